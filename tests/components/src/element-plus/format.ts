import dayjs from 'dayjs';
import { ElNotification } from 'element-plus';
import type { Status } from '../shared/api';

export const STATUS: Record<Status, { label: string; type: 'success' | 'warning' | 'info' }> = {
  active: { label: 'Active', type: 'success' },
  invited: { label: 'Invited', type: 'warning' },
  deactivated: { label: 'Inactive', type: 'info' },
};

export const formatTime = (value: string | null) => (value ? dayjs(value).format('YYYY-MM-DD HH:mm') : 'Never');

export const notifyFailure = (error: unknown, title = 'Something went wrong') =>
  ElNotification.error({ title, message: error instanceof Error ? error.message : String(error) });

export const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
