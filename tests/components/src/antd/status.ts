import type { BadgeProps } from 'antd';
import type { Status } from '../shared/api';

export const STATUS: Record<Status, Pick<BadgeProps, 'status' | 'text'>> = {
  active: { status: 'success', text: 'Active' },
  invited: { status: 'processing', text: 'Invited' },
  deactivated: { status: 'default', text: 'Deactivated' },
};
