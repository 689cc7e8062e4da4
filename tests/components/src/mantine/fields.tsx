import { MultiSelect, Select, TagsInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useState } from 'react';
import { type Draft, ROLES, api, useDebounced, useRemote } from '../shared/api';

export function AccessFields({ form, groups }: { form: UseFormReturnType<Draft>; groups: string[] }) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed);
  const { data: people = [] } = useRemote(() => api.options(search), [search]);
  const { managers } = form.values;

  return (
    <>
      <Select
        label="Role"
        placeholder="Pick a role"
        withAsterisk
        searchable
        data={ROLES}
        key={form.key('role')}
        {...form.getInputProps('role')}
      />
      <MultiSelect
        label="Groups"
        placeholder="Pick groups"
        description="Groups decide which content people see"
        searchable
        clearable
        nothingFoundMessage="No group found"
        data={groups}
        {...form.getInputProps('groups')}
      />
      <TagsInput
        label="Managers"
        placeholder="Type an email and press Enter"
        searchValue={typed}
        onSearchChange={setTyped}
        data={people.map((person) => person.email).filter((email) => !managers.includes(email))}
        {...form.getInputProps('managers')}
      />
    </>
  );
}
