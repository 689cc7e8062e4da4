import { Label, type LabelProps } from '@patternfly/react-core';
import BanIcon from '@patternfly/react-icons/dist/esm/icons/ban-icon';
import CheckCircleIcon from '@patternfly/react-icons/dist/esm/icons/check-circle-icon';
import PendingIcon from '@patternfly/react-icons/dist/esm/icons/pending-icon';
import type { ReactElement } from 'react';
import type { Status } from '../shared/api';

export const STATUSES: { status: Status; text: string; color: LabelProps['color']; icon: ReactElement }[] = [
  { status: 'active', text: 'Active', color: 'green', icon: <CheckCircleIcon /> },
  { status: 'invited', text: 'Pending invitation', color: 'blue', icon: <PendingIcon /> },
  { status: 'deactivated', text: 'Inactive', color: 'grey', icon: <BanIcon /> },
];

export function StatusLabel({ status }: { status: Status }) {
  const { text, color, icon } = STATUSES.find((known) => known.status === status)!;
  return (
    <Label color={color} icon={icon}>
      {text}
    </Label>
  );
}
