import { date } from 'quasar';
import type { Person, Role, Status } from '../shared/api';

export const STATUSES: Record<Status, { label: string; color: string }> = {
  active: { label: 'Active', color: 'positive' },
  invited: { label: 'Invited', color: 'info' },
  deactivated: { label: 'Inactive', color: 'grey-6' },
};

export const ROLE_OPTIONS: { value: Role; label: string; caption: string }[] = [
  { value: 'Learner', label: 'Learner', caption: 'Completes assigned training and sees own progress' },
  { value: 'Manager', label: 'Manager', caption: 'Follows the progress of direct reports' },
  { value: 'Content Creator', label: 'Content Creator', caption: 'Creates, edits and publishes training content' },
  { value: 'Admin', label: 'Admin', caption: 'Full access to users, content, billing and reports' },
];

export const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const lastLogin = (person: Person, format = 'MMM D, YYYY') =>
  person.last_login ? date.formatDate(person.last_login, format) : 'Never';
