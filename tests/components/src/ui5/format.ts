import type { Status } from '../shared/api';

const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });

export const formatMoment = (iso: string | null) => (iso ? moment.format(new Date(iso)) : '');

export const STATUSES: Record<Status, { text: string; state: 'Positive' | 'Information' | 'None' }> = {
  active: { text: 'Active', state: 'Positive' },
  invited: { text: 'Invitation Sent', state: 'Information' },
  deactivated: { text: 'Deactivated', state: 'None' },
};

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
