import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Role, Status } from '../shared/api';

export const STATUS_TEXT: Record<Status, string> = {
  active: 'Active',
  invited: 'Invited',
  deactivated: 'Inactive',
};

const STATUS_TYPE: Record<Status, StatusIndicatorProps.Type> = {
  active: 'success',
  invited: 'pending',
  deactivated: 'stopped',
};

export const PersonStatus = ({ status }: { status: Status }) => (
  <StatusIndicator type={STATUS_TYPE[status]}>{STATUS_TEXT[status]}</StatusIndicator>
);

export const ROLE_DESCRIPTION: Record<Role, string> = {
  Learner: 'Completes assigned training and sees own progress.',
  Manager: 'Sees reports and progress of direct reports.',
  'Content Creator': 'Creates and publishes guides, paths and academies.',
  Admin: 'Manages users, content, groups, integrations and billing.',
};

const dateFormat = new Intl.DateTimeFormat('en-US', {
  dateStyle: 'long',
  timeStyle: 'short',
  hourCycle: 'h23',
  timeZone: 'UTC',
});

export const timestamp = (iso: string | null) =>
  iso ? `${dateFormat.format(new Date(iso)).replace(' at ', ', ')} (UTC)` : '-';

export const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);
