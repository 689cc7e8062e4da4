import type { Role, Status } from '../shared/api';

export const STATUS: Record<Status, string> = { active: 'Active', invited: 'Invited', deactivated: 'Inactive' };
export const BG: Record<Status, string> = { active: 'success', invited: 'info', deactivated: 'secondary' };
export const roleWord = (role: Role) => (role === 'Content Creator' ? 'Author' : role);
export const day = (value: string | null) => value?.slice(0, 10) ?? '';
export const split = (text: string) => text.split(/[;,\s]+/).filter(Boolean);
