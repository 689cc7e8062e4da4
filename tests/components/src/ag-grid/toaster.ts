import { Intent, OverlayToaster, Position, type ToastProps } from '@blueprintjs/core';
import { ApiError } from '../shared/api';

const toaster = OverlayToaster.create({ position: Position.TOP, maxToasts: 3 });

export const toast = async (props: ToastProps) => (await toaster).show(props);

export const toastSuccess = (message: string) => toast({ message, intent: Intent.SUCCESS, icon: 'tick-circle' });

export const messageOf = (error: unknown) =>
  error instanceof ApiError ? error.message : 'The server could not be reached. Please try again.';

export const toastError = (error: unknown) => toast({ message: messageOf(error), intent: Intent.DANGER, icon: 'error', timeout: 8000 });
