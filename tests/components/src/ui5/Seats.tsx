import { ProgressIndicator } from '@ui5/webcomponents-react';
import type { Summary } from '../shared/api';

export function Seats({ summary: { seats_used: used, seats_total: total } }: { summary: Summary }) {
  return (
    <ProgressIndicator
      className="seats"
      value={Math.round((100 * used) / total)}
      displayValue={`${used} of ${total} seats`}
      valueState={used < total ? 'Information' : 'Critical'}
    />
  );
}
