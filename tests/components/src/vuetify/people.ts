import type { Person, Status } from '../shared/api';

export const STATUS_LABEL: Record<Status, string> = { active: 'Active', invited: 'Pending', deactivated: 'Inactive' };
export const STATUS_COLOR: Record<Status, string> = { active: 'success', invited: 'warning', deactivated: 'grey' };
export const STATUS_FILTER = [
  { title: 'Active', value: 'active' },
  { title: 'Pending', value: 'invited' },
  { title: 'Inactive', value: 'deactivated' },
];
export const LOGIN_FILTER = [
  { title: 'More than 30 days ago', value: '30' },
  { title: 'More than 90 days ago', value: '90' },
  { title: 'Never signed in', value: 'never' },
];
export const ROLE_OPTIONS = ['Learner', 'Manager', 'Content Creator', 'Admin'];

const AVATAR_COLORS = ['indigo', 'teal', 'deep-orange', 'purple', 'blue-grey', 'pink'];
export const avatarColor = (person: Person) => AVATAR_COLORS[person.id % AVATAR_COLORS.length];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function ago(moment: string | null, today: string): string {
  if (!moment) return 'Never';
  const days = Math.round((Date.parse(`${moment.slice(0, 10)}T00:00Z`) - Date.parse(`${today}T00:00Z`)) / 86_400_000);
  if (days > -14) return relative.format(days, 'day');
  if (days > -60) return relative.format(Math.round(days / 7), 'week');
  if (days > -365) return relative.format(Math.round(days / 30.4), 'month');
  return relative.format(Math.round(days / 365), 'year');
}

export const exactly = (moment: string) =>
  new Date(moment).toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

export const emailRule = (value: string) =>
  /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test((value ?? '').trim()) || 'Please enter a valid email address';
export const requiredRule = (label: string) => (value: string) => !!value?.trim() || `${label} is required`;
