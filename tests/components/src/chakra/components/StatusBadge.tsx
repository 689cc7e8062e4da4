import { Badge, Status as Dot } from '@chakra-ui/react';
import type { Status } from '../../shared/api';
import { STATUS } from '../format';

export const StatusBadge = ({ status }: { status: Status }) => (
  <Badge variant="surface" colorPalette={STATUS[status].palette}>
    <Dot.Root size="sm">
      <Dot.Indicator />
    </Dot.Root>
    {STATUS[status].label}
  </Badge>
);
