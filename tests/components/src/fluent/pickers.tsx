import {
  Avatar, Field, Tag, TagPicker, TagPickerControl, TagPickerGroup, TagPickerInput, TagPickerList, TagPickerOption,
} from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { api, useDebounced, type Account } from '../shared/api';

interface PickerProps {
  value: string[];
  onChange: (value: string[]) => void;
  error?: string;
}

export function GroupPicker({ groups, value, onChange, error, label = 'Groups' }: PickerProps & { groups: string[]; label?: string }) {
  const [query, setQuery] = useState('');
  const text = query.trim();
  const offered = groups.filter((group) => !value.includes(group) && group.toLowerCase().includes(text.toLowerCase()));
  const fresh = text && ![...groups, ...value].some((group) => group.toLowerCase() === text.toLowerCase());
  return (
    <Field label={label} validationMessage={error}>
      <TagPicker
        selectedOptions={value}
        onOptionSelect={(_, data) => {
          if (data.value === 'no-options') return;
          onChange(data.selectedOptions);
          setQuery('');
        }}
      >
        <TagPickerControl>
          <TagPickerGroup aria-label="Selected groups">
            {value.map((group) => (
              <Tag key={group} value={group} shape="rounded">{group}</Tag>
            ))}
          </TagPickerGroup>
          <TagPickerInput aria-label="Select groups" value={query} onChange={(event) => setQuery(event.target.value)} />
        </TagPickerControl>
        <TagPickerList>
          {offered.map((group) => (
            <TagPickerOption key={group} value={group}>{group}</TagPickerOption>
          ))}
          {fresh && <TagPickerOption value={text} text={text}>{`Create “${text}”`}</TagPickerOption>}
          {!offered.length && !fresh && <TagPickerOption value="no-options">No groups left to choose</TagPickerOption>}
        </TagPickerList>
      </TagPicker>
    </Field>
  );
}

export function ManagerPicker({ value, onChange, error }: PickerProps) {
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<Account[]>([]);
  const asked = useDebounced(query.trim(), 250);
  useEffect(() => {
    let current = true;
    api.options(asked).then((answer) => current && setFound(answer), () => undefined);
    return () => {
      current = false;
    };
  }, [asked]);
  const offered = found.filter((person) => !value.includes(person.email));
  const stranger = /^\S+@\S+\.\S+$/.test(asked) && !found.some((person) => person.email === asked.toLowerCase());
  return (
    <Field label="Managers" validationMessage={error}>
      <TagPicker
        selectedOptions={value}
        onOptionSelect={(_, data) => {
          if (data.value === 'no-options') return;
          onChange(data.selectedOptions);
          setQuery('');
        }}
      >
        <TagPickerControl>
          <TagPickerGroup aria-label="Selected managers">
            {value.map((email) => (
              <Tag key={email} value={email} shape="rounded" media={<Avatar aria-hidden name={email} color="colorful" />}>{email}</Tag>
            ))}
          </TagPickerGroup>
          <TagPickerInput aria-label="Select managers" value={query} onChange={(event) => setQuery(event.target.value)} />
        </TagPickerControl>
        <TagPickerList>
          {offered.map((person) => (
            <TagPickerOption
              key={person.email}
              value={person.email}
              text={person.email}
              media={<Avatar shape="circular" aria-hidden name={person.name} color="colorful" />}
              secondaryContent={person.email}
            >
              {person.name || person.email}
            </TagPickerOption>
          ))}
          {stranger && <TagPickerOption value={asked} text={asked}>{`Invite ${asked}`}</TagPickerOption>}
          {!offered.length && !stranger && <TagPickerOption value="no-options">No people found</TagPickerOption>}
        </TagPickerList>
      </TagPicker>
    </Field>
  );
}
