import { ref } from 'vue';
import { ApiError, api, type Account, type Summary } from '../shared/api';

export const account = ref<Account | null>(null);
export const summary = ref<Summary>();

export async function refreshSummary() {
  summary.value = await api.summary();
}

export const reasonOf = (error: unknown) => (error instanceof Error ? error.message : 'Something went wrong');

export const fieldsOf = (error: unknown) => (error instanceof ApiError ? error.fields : {});
