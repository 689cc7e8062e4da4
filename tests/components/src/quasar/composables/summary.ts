import { ref } from 'vue';
import { api, type Summary } from '../../shared/api';
import { notifyFailure } from './notify';

const summary = ref<Summary>();

async function refresh() {
  try {
    summary.value = await api.summary();
  } catch (error) {
    notifyFailure(error);
  }
}

/** Head counts, seats and groups, shared by all screens. */
export const useSummary = () => ({ summary, refresh });
