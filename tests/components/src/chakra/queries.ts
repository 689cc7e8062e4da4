import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, type Person, api } from '../shared/api';
import { toaster } from './components/ui/toaster';

export const useSummary = () => useQuery({ queryKey: ['summary'], queryFn: api.summary });

export const usePerson = (id: string) => useQuery({ queryKey: ['person', id], queryFn: () => api.get(id) });

/** Marks everything that a change to a person may have touched as stale. */
export function useRefresh() {
  const client = useQueryClient();
  return (person?: Person) => {
    if (person) client.setQueryData(['person', String(person.id)], person);
    client.invalidateQueries({ queryKey: ['people'] });
    client.invalidateQueries({ queryKey: ['summary'] });
  };
}

export function usePersonAction(act: (id: number) => Promise<Person>, done: string) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (person: Person) => act(person.id),
    onSuccess: (person) => {
      refresh(person);
      toaster.success({ title: done, description: person.email });
    },
  });
}

export const toastError = (error: Error) => toaster.error({ title: 'That didn’t work', description: error.message });

export const fieldErrors = (error: unknown) => (error instanceof ApiError ? error.fields : {});
