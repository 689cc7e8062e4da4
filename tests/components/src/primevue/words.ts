import { ApiError, type Person, type Status } from '../shared/api';

export const STATUS: Record<Status, { label: string; severity: 'success' | 'info' | 'secondary' }> = {
  active: { label: 'Active', severity: 'success' },
  invited: { label: 'Invite pending', severity: 'info' },
  deactivated: { label: 'Inactive', severity: 'secondary' },
};

export const STATUS_CHOICES = (Object.keys(STATUS) as Status[]).map((value) => ({ value, label: STATUS[value].label }));

export const LOGIN_CHOICES = [
  { value: '30', label: 'More than 30 days ago' },
  { value: '60', label: 'More than 60 days ago' },
  { value: '90', label: 'More than 90 days ago' },
  { value: 'never', label: 'Never logged in' },
];

export const labelOf = (choices: { value: string; label: string }[], value: string) =>
  choices.find((choice) => choice.value === value)?.label ?? value;

const exact = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat('en-US', { numeric: 'auto' });

export const moment = (iso: string | null) => (iso ? exact.format(new Date(iso)) : 'Never');

export function ago(iso: string | null, today: string) {
  if (!iso) return 'Never';
  const days = Math.round((Date.parse(iso.slice(0, 10)) - Date.parse(today)) / 86_400_000);
  if (days > -14) return relative.format(days, 'day');
  if (days > -60) return relative.format(Math.round(days / 7), 'week');
  if (days > -730) return relative.format(Math.round(days / 30.4), 'month');
  return relative.format(Math.round(days / 365.25), 'year');
}

export const count = (n: number, one: string, many: string) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

export const reason = (error: unknown) => (error instanceof Error ? error.message : 'Something went wrong');

/** What the server found wrong: by field, and the rest. */
export function faults(error: unknown): { fields: Record<string, string>; general: string } {
  const fields = error instanceof ApiError ? error.fields : {};
  return { fields, general: reason(error) };
}

export const signedOut = (error: unknown) => error instanceof ApiError && error.status === 401;

export const isWaiting = (person: Person) => person.status === 'invited';
