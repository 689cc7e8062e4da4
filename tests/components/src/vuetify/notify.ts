import { reactive } from 'vue';
import { ApiError } from '../shared/api';

export const snackbar = reactive({ open: false, text: '', color: 'success' });

export function notify(text: string, color: 'success' | 'error' | 'info' = 'success') {
  Object.assign(snackbar, { open: true, text, color });
}

export const complain = (error: unknown) =>
  notify(error instanceof ApiError ? error.message : 'Something went wrong. Please try again.', 'error');
