import { ref } from 'vue';
import { ApiError } from '../../shared/api';
import { notifyFailure } from './notify';

/** The server's complaints, field by field; `of` gives a Quasar field its error props. */
export function useFormErrors() {
  const errors = ref<Record<string, string>>({});
  return {
    errors,
    of: (field: string) => ({ error: field in errors.value, errorMessage: errors.value[field] }),
    clear(field?: string) {
      if (field) delete errors.value[field];
      else errors.value = {};
    },
    take(error: unknown) {
      if (error instanceof ApiError) errors.value = { ...error.fields };
      notifyFailure(error);
    },
  };
}
