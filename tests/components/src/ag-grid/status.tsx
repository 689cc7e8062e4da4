import { Intent, Tag } from '@blueprintjs/core';
import type { Status } from '../shared/api';

export const STATUS: Record<Status, { label: string; intent: Intent }> = {
  active: { label: 'Active', intent: Intent.SUCCESS },
  invited: { label: 'Invited', intent: Intent.WARNING },
  deactivated: { label: 'Inactive', intent: Intent.NONE },
};

export const StatusTag = ({ status }: { status: Status }) => (
  <Tag minimal round intent={STATUS[status].intent}>
    {STATUS[status].label}
  </Tag>
);

const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short' });

export const dayOf = (at: string | null | undefined) => (at ? day.format(new Date(at)) : 'Never');
export const momentOf = (at: string | null | undefined) => (at ? moment.format(new Date(at)) : 'Never');
