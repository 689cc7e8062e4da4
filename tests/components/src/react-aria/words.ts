import type { Role, Status } from '../shared/api';

export const STATUS: Record<Status, string> = {
  active: 'Active',
  invited: 'Invite sent',
  deactivated: 'Deactivated',
};

export const ROLE_HELP: Record<Role, string> = {
  Learner: 'Takes the training that is assigned to them.',
  Manager: 'Follows the progress of their direct reports.',
  'Content Creator': 'Writes and publishes guides, paths and academies.',
  Admin: 'Manages people, content, groups, integrations and billing.',
};

const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });

export const lastLogin = (value: string | null) => (value ? moment.format(new Date(value)) : 'Not yet');

/** "Sales", or "Sales and 2 more". */
export const groupsInShort = (groups: string[]) =>
  groups.length > 1 ? `${groups[0]} and ${groups.length - 1} more` : groups[0] ?? '';
