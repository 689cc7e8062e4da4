import { useState } from 'react';
import { Dropdown, type DropdownProps } from 'semantic-ui-react';
import { type Account, api, useDebounced, useRemote } from '../shared/api';

interface ListFieldProps extends Omit<DropdownProps, 'value' | 'onChange'> {
  value: string[];
  onChange: (value: string[]) => void;
}

/** Groups to pick or to name: the server creates those that do not exist yet. */
export function GroupsDropdown({ groups, value, onChange, ...rest }: ListFieldProps & { groups: string[] }) {
  const names = [...new Set([...groups, ...value])];
  return (
    <Dropdown
      {...rest}
      fluid
      multiple
      search
      selection
      deburr
      allowAdditions
      additionLabel="Create group "
      additionPosition="bottom"
      placeholder="Add to groups"
      options={names.map((name) => ({ key: name, text: name, value: name }))}
      value={value}
      onChange={(_, data) => onChange((data.value as string[]).map((name) => name.trim()))}
    />
  );
}

/** Managers, looked up on the server while typing; any other address is invited as a manager. */
export function ManagersDropdown({ value, onChange, ...rest }: ListFieldProps) {
  const [query, setQuery] = useState('');
  const [picked, setPicked] = useState<Account[]>([]);
  const settled = useDebounced(query.trim(), 300);
  const { data: found = [], loading } = useRemote(() => api.options(settled), [settled]);

  const selected = value.map((email) => picked.find((person) => person.email === email) ?? { email, name: email });
  const people = [...selected, ...found.filter((person) => !value.includes(person.email))];

  return (
    <Dropdown
      {...rest}
      fluid
      multiple
      selection
      search={(options) => options}
      allowAdditions
      additionLabel="Invite as manager: "
      additionPosition="bottom"
      placeholder="Search people"
      loading={loading}
      noResultsMessage={loading ? 'Searching…' : 'Nobody found.'}
      options={people.map(({ email, name }) => ({ key: email, text: name, value: email, description: email }))}
      renderLabel={(item) => item.value as string}
      value={value}
      searchQuery={query}
      onSearchChange={(_, data) => setQuery(data.searchQuery)}
      onChange={(_, data) => {
        setPicked(people);
        setQuery('');
        onChange((data.value as string[]).map((email) => email.trim()));
      }}
    />
  );
}
