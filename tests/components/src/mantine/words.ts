import type { Status } from '../shared/api';

export const STATUS: Record<Status, { label: string; color: string }> = {
  active: { label: 'Active', color: 'teal' },
  invited: { label: 'Invited', color: 'blue' },
  deactivated: { label: 'Inactive', color: 'gray' },
};

export const day = (value: string | null) =>
  value ? new Date(value).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }) : 'Never logged in';
