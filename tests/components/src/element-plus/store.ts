import { computed, ref } from 'vue';
import { api, type Account, type Summary } from '../shared/api';

export const account = ref<Account>();
export const summary = ref<Summary>();

export const seatsFree = computed(() => (summary.value ? summary.value.seats_total - summary.value.seats_used : 0));

export async function loadSummary() {
  summary.value = await api.summary();
}
