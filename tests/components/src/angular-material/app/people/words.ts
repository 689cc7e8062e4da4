import type { Status } from '../../../shared/api';

export const STATUSES: { value: Status; label: string; icon: string }[] = [
  { value: 'active', label: 'Active', icon: 'check_circle' },
  { value: 'invited', label: 'Pending', icon: 'schedule' },
  { value: 'deactivated', label: 'Inactive', icon: 'block' },
];

export const statusOf = (status: Status) => STATUSES.find((known) => known.value === status)!;

export const LAST_LOGINS = [
  { value: '30', label: 'More than 30 days ago' },
  { value: '60', label: 'More than 60 days ago' },
  { value: '90', label: 'More than 90 days ago' },
  { value: 'never', label: 'Never logged in' },
];
