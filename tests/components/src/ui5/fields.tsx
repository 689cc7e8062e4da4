import { useState } from 'react';
import { MultiComboBox, MultiComboBoxItem, MultiInput, SuggestionItem, Token } from '@ui5/webcomponents-react';
import { addressesIn, api, useDebounced, useRemote } from '../shared/api';

interface ListFieldProps {
  id: string;
  value: string[];
  onChange: (value: string[]) => void;
  error?: string;
}

/** Known groups to pick from; a name that is typed in and not among them becomes a new group. */
export function GroupsField({ id, value, onChange, error }: ListFieldProps) {
  const { data } = useRemote(api.summary, []);
  const groups = [...new Set([...(data?.groups ?? []), ...value])];
  const [typed, setTyped] = useState('');

  const addTyped = (text: string) => {
    const name = text.trim();
    if (!name) return;
    const known = groups.find((group) => group.toLowerCase() === name.toLowerCase()) ?? name;
    if (!value.includes(known)) onChange([...value, known]);
    setTyped('');
  };

  return (
    <MultiComboBox
      id={id}
      noValidation
      placeholder="Select or enter groups"
      loading={!data}
      selectedValues={value}
      value={typed}
      valueState={error ? 'Negative' : 'None'}
      valueStateMessage={<span>{error}</span>}
      onInput={(e) => setTyped(e.target.value)}
      onSelectionChange={(e) => {
        onChange(e.detail.items.map((item) => item.value!));
        setTyped('');
      }}
      onChange={(e) => addTyped(e.target.value)}
    >
      {groups.map((group) => (
        <MultiComboBoxItem key={group} text={group} value={group} />
      ))}
    </MultiComboBox>
  );
}

/** E-mail addresses of managers, suggested by name or address. */
export function ManagersField({ id, value, onChange, error }: ListFieldProps) {
  const [typed, setTyped] = useState('');
  const query = useDebounced(typed, 250);
  const { data: suggestions = [] } = useRemote(async () => (query ? api.options(query) : []), [query]);

  return (
    <MultiInput
      id={id}
      showSuggestions
      noTypeahead
      filter="None"
      placeholder="Name or email"
      value={typed}
      tokens={value.map((address) => (
        <Token key={address} text={address} />
      ))}
      valueState={error ? 'Negative' : 'None'}
      valueStateMessage={<span>{error}</span>}
      onInput={(e) => setTyped(e.target.value)}
      onChange={(e) => {
        const added = addressesIn(e.target.value).filter((address) => !value.includes(address));
        if (added.length) onChange([...value, ...added]);
        setTyped('');
      }}
      onTokenDelete={(e) => {
        const gone = e.detail.tokens.map((token) => token.text);
        onChange(value.filter((address) => !gone.includes(address)));
      }}
    >
      {suggestions.map((person) => (
        <SuggestionItem key={person.email} text={person.email} additionalText={person.name} />
      ))}
    </MultiInput>
  );
}
