import { useRef, useState } from 'react';
import {
  Autocomplete,
  Button,
  ComboBox,
  FieldError,
  Group,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Select,
  SelectValue,
  Tag,
  TagGroup,
  TagList,
  Text,
  useFilter,
  type Key,
} from 'react-aria-components';
import { api, useDebounced, useRemote } from '../shared/api';
import { Icon } from './ui';

interface PickerProps {
  label: string;
  value: string[];
  onChange: (value: string[]) => void;
  errorMessage?: string;
}

function Chip({ id }: { id: string }) {
  return (
    <Tag id={id} textValue={id} className="tag">
      {({ allowsRemoving }) => (
        <>
          {id}
          {allowsRemoving && (
            <Button slot="remove">
              <Icon name="close" />
            </Button>
          )}
        </>
      )}
    </Tag>
  );
}

/** Labels to read, as on a profile. */
export function Tags({ label, items, empty }: { label: string; items: string[]; empty: string }) {
  return (
    <TagGroup aria-label={label}>
      <TagList items={items.map((id) => ({ id }))} className="tags" renderEmptyState={() => <span className="muted">{empty}</span>}>
        {({ id }) => <Chip id={id} />}
      </TagList>
    </TagGroup>
  );
}

export function GroupPicker({ label, value, onChange, errorMessage, known }: PickerProps & { known: string[] }) {
  const field = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const { contains } = useFilter({ sensitivity: 'base' });
  const all = [...known, ...value.filter((group) => !known.includes(group))];
  const wanted = text.trim();
  const isNew = wanted !== '' && !all.some((group) => group.toLowerCase() === wanted.toLowerCase());
  const create = () => {
    onChange([...value, wanted]);
    setText('');
  };
  return (
    <Select
      className="field"
      selectionMode="multiple"
      placeholder="No groups"
      value={value}
      onChange={(keys: Key[]) => onChange(keys.map(String))}
      onOpenChange={() => setText('')}
      isInvalid={Boolean(errorMessage)}
      allowsEmptyCollection
    >
      <Label>{label}</Label>
      <Group ref={field} className="field-group tag-field">
        <SelectValue className="tag-field-value">
          {({ isPlaceholder, defaultChildren }) =>
            isPlaceholder ? (
              defaultChildren
            ) : (
              <TagGroup
                aria-label={label}
                onRemove={(keys) => onChange(value.filter((group) => !keys.has(group)))}
              >
                <TagList items={value.map((id) => ({ id }))} className="tags">
                  {({ id }) => <Chip id={id} />}
                </TagList>
              </TagGroup>
            )
          }
        </SelectValue>
        <Button className="icon-button">
          <Icon name="plus" />
        </Button>
      </Group>
      <FieldError>{errorMessage}</FieldError>
      <Popover triggerRef={field} placement="bottom start" className="popover picker">
        <Autocomplete filter={contains} inputValue={text} onInputChange={setText}>
          <SearchField aria-label="Find a group" autoFocus className="search">
            <Icon name="search" />
            <Input placeholder="Find or create a group" />
          </SearchField>
          <ListBox items={all.map((id) => ({ id }))} className="listbox" renderEmptyState={() => <span className="muted">No matches</span>}>
            {({ id }) => (
              <ListBoxItem id={id} textValue={id}>
                {({ isSelected }) => (
                  <>
                    <span className="listbox-check">{isSelected && <Icon name="check" />}</span>
                    {id}
                  </>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Autocomplete>
        {isNew && (
          <Button className="button quiet" onPress={create}>
            Create “{wanted}”
          </Button>
        )}
      </Popover>
    </Select>
  );
}

export function ManagerPicker({ label, value, onChange, errorMessage }: PickerProps) {
  const [text, setText] = useState('');
  const settled = useDebounced(text.trim(), 200);
  const { data, loading } = useRemote(() => api.options(settled), [settled]);
  const items = (data ?? [])
    .filter((account) => !value.includes(account.email))
    .map((account) => ({ id: account.email, name: account.name || account.email, note: account.email }));
  const typed = text.trim().toLowerCase();
  if (!loading && /^\S+@\S+\.\S+$/.test(typed) && !value.includes(typed) && !items.some(({ id }) => id === typed)) {
    items.push({ id: typed, name: `Invite ${typed}`, note: 'Becomes a manager once they join' });
  }
  return (
    <div className="field">
      <ComboBox
        className="field"
        items={items}
        inputValue={text}
        onInputChange={setText}
        value={null}
        onChange={(key: Key | null) => {
          if (key !== null) onChange([...value, String(key)]);
          setText('');
        }}
        isInvalid={Boolean(errorMessage)}
        allowsEmptyCollection
      >
        <Label>{label}</Label>
        <Group className="field-group">
          <Input placeholder="Search by name or email" />
          <Button className="icon-button">
            <Icon name="chevron" />
          </Button>
        </Group>
        <FieldError>{errorMessage}</FieldError>
        <Popover className="popover picker">
          <ListBox className="listbox" renderEmptyState={() => <span className="muted">{loading ? 'Searching…' : 'Nobody found'}</span>}>
            {(item: (typeof items)[number]) => (
              <ListBoxItem textValue={item.name}>
                <div>
                  <Text slot="label">{item.name}</Text>
                  <Text slot="description">{item.note}</Text>
                </div>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {value.length > 0 && (
        <TagGroup
          aria-label="Selected managers"
          onRemove={(keys) => onChange(value.filter((address) => !keys.has(address)))}
        >
          <TagList items={value.map((id) => ({ id }))} className="tags">
            {({ id }) => <Chip id={id} />}
          </TagList>
        </TagGroup>
      )}
    </div>
  );
}
