import type { Role, Status } from '../shared/api';

export const STATUS: Record<Status, { label: string; color: 'success' | 'info' | 'default' }> = {
  active: { label: 'Active', color: 'success' },
  invited: { label: 'Invited', color: 'info' },
  deactivated: { label: 'Inactive', color: 'default' },
};

export const roleWord = (role: Role) => (role === 'Content Creator' ? 'Content Creator / Author' : role);

export const day = (value: string | null) => (value ? new Date(value).toLocaleDateString('en-US') : '—');
