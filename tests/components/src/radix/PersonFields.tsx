import { useState } from 'react';
import { type Draft, ROLES, api, useDebounced, useRemote } from '../shared/api';
import { Input, Label } from './ui/basic';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from './ui/menus';
import { MultiSelect } from './ui/multi-select';

export type Errors = Partial<Record<keyof Draft, string>>;

interface Props {
  draft: Draft;
  errors: Errors;
  groups: string[];
  onChange: (part: Partial<Draft>) => void;
}

const Problem = ({ text }: { text?: string }) => (text ? <p className="text-xs text-destructive">{text}</p> : null);

export function TextField({ name, label, type, draft, errors, onChange }: Omit<Props, 'groups'> & { name: 'email' | 'first_name' | 'last_name'; label: string; type?: string }) {
  return (
    <div className="grid gap-2">
      <Label htmlFor={name}>{label}</Label>
      <Input
        id={name}
        type={type}
        value={draft[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
        aria-invalid={!!errors[name]}
      />
      <Problem text={errors[name]} />
    </div>
  );
}

export function PersonFields({ draft, errors, groups, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed);
  const { data: people = [] } = useRemote(() => api.options(search), [search]);

  return (
    <>
      <div className="grid gap-2">
        <Label htmlFor="role">Role</Label>
        <Select value={draft.role} onValueChange={(role) => onChange({ role })}>
          <SelectTrigger id="role" aria-invalid={!!errors.role}>
            <SelectValue placeholder="Select a role" />
          </SelectTrigger>
          <SelectContent>
            {ROLES.map((role) => (
              <SelectItem key={role} value={role}>
                {role}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
        <Problem text={errors.role} />
      </div>
      <div className="grid gap-2">
        <Label>Groups</Label>
        <MultiSelect
          value={draft.groups}
          options={groups.map((value) => ({ value }))}
          placeholder="Select groups..."
          searchPlaceholder="Search groups..."
          create={(text) => `Create "${text}"`}
          onChange={(value) => onChange({ groups: value })}
        />
        <Problem text={errors.groups} />
      </div>
      <div className="grid gap-2">
        <Label>Managers</Label>
        <MultiSelect
          serverSide
          value={draft.managers}
          options={people.map((person) => ({ value: person.email, label: `${person.name} <${person.email}>` }))}
          placeholder="Select managers..."
          searchPlaceholder="Search by name or email..."
          create={(text) => `Add ${text}`}
          onSearch={setTyped}
          onChange={(value) => onChange({ managers: value })}
        />
        <Problem text={errors.managers} />
      </div>
    </>
  );
}
