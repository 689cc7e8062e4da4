import { Progress } from '@chakra-ui/react';
import type { Summary } from '../../shared/api';

export function SeatMeter({ summary }: { summary: Summary }) {
  const full = summary.seats_used >= summary.seats_total;
  return (
    <Progress.Root
      value={Math.min(summary.seats_used, summary.seats_total)}
      max={summary.seats_total}
      size="sm"
      width="56"
      colorPalette={full ? 'red' : undefined}
    >
      <Progress.Label mb="1" color="fg.muted" textStyle="xs">
        {summary.seats_used} of {summary.seats_total} seats in use
      </Progress.Label>
      <Progress.Track>
        <Progress.Range />
      </Progress.Track>
    </Progress.Root>
  );
}
