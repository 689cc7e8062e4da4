import { Notify } from 'quasar';

export const notifySuccess = (message: string) => Notify.create({ type: 'positive', message });

export const notifyFailure = (error: unknown) =>
  Notify.create({ type: 'negative', message: error instanceof Error ? error.message : 'Something went wrong' });
