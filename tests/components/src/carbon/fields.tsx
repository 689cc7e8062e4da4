import { useState } from 'react';
import { ComboBox, DismissibleTag, FilterableMultiSelect } from '@carbon/react';
import { api, useDebounced, useRemote, type Account } from '../shared/api';

interface FieldProps {
  value: string[];
  onChange: (value: string[]) => void;
  error?: string;
}

export const GroupsField = ({ groups, value, onChange, error }: FieldProps & { groups: string[] }) => (
  <FilterableMultiSelect
    id="groups"
    titleText="Groups"
    placeholder="Filter groups"
    items={groups}
    itemToString={(group) => group ?? ''}
    selectedItems={value}
    onChange={({ selectedItems }) => onChange(selectedItems ?? [])}
    invalid={!!error}
    invalidText={error}
  />
);

export function ManagersField({ value, onChange, error }: FieldProps) {
  const [text, setText] = useState('');
  const [turn, setTurn] = useState(0);
  const wanted = useDebounced(text, 200);
  const { data: found = [] } = useRemote(() => api.options(wanted), [wanted]);

  const add = (email: string) => {
    if (!value.includes(email)) onChange([...value, email]);
    setText('');
    setTurn(turn + 1);
  };

  return (
    <div>
      <ComboBox<Account | string>
        key={turn}
        id="managers"
        titleText="Managers"
        placeholder="Search by name or email"
        helperText="An address that is not a user yet is invited."
        allowCustomValue
        items={found.filter((person) => !value.includes(person.email))}
        itemToString={(item) => (typeof item === 'string' ? item : item ? `${item.name || item.email} (${item.email})` : '')}
        onInputChange={setText}
        onChange={({ selectedItem, inputValue }) => {
          const email = selectedItem && typeof selectedItem !== 'string' ? selectedItem.email : inputValue?.trim();
          if (email) add(email);
        }}
        invalid={!!error}
        invalidText={error}
      />
      {value.map((email) => (
        <DismissibleTag key={email} text={email} type="cool-gray" dismissTooltipLabel="Remove manager" onClose={() => onChange(value.filter((other) => other !== email))} />
      ))}
    </div>
  );
}
