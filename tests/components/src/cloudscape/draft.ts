import { useState } from 'react';
import { ApiError } from '../shared/api';

/** What a form holds, what the server said about it, and the manager that is typed but not added yet. */
export function useDraft<T extends { managers: string[] }>(initial: T) {
  const [draft, setDraft] = useState(initial);
  const [error, setError] = useState<ApiError>();
  const [managerText, setManagerText] = useState('');
  const [saving, setSaving] = useState(false);

  const change = (part: Partial<T>) => {
    setDraft((current) => ({ ...current, ...part }));
    setError((current) => {
      if (!current) return current;
      const others = Object.entries(current.fields).filter(([field]) => !(field in part));
      return new ApiError(current.message, current.status, Object.fromEntries(others));
    });
  };

  const save = async (send: () => Promise<void>) => {
    if (managerText) {
      const managers = `Select “${managerText}” from the list to add it, or clear the field`;
      return setError(new ApiError('Please check the highlighted fields', 422, { managers }));
    }
    setSaving(true);
    setError(undefined);
    try {
      await send();
    } catch (failure) {
      setError(failure as ApiError);
      setSaving(false);
    }
  };

  return { draft, change, error, managerText, setManagerText, saving, save };
}
