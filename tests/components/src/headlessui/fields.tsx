import {
  Combobox,
  ComboboxInput,
  ComboboxOption,
  ComboboxOptions,
  Field,
  Label,
  Listbox,
  ListboxButton,
  ListboxOption,
  ListboxOptions,
} from '@headlessui/react';
import { CheckIcon, ChevronUpDownIcon, XMarkIcon } from '@heroicons/react/20/solid';
import { useState } from 'react';
import { type Draft, ROLES, api, useDebounced, useRemote } from '../shared/api';
import { INPUT, LABEL, OPTION, OPTIONS } from './classes';

export type Errors = Partial<Record<keyof Draft, string>>;

export const Problem = ({ text }: { text?: string }) => (text ? <p className="mt-1 text-sm text-red-600">{text}</p> : null);

interface Props {
  draft: Draft;
  errors: Errors;
  groups: string[];
  onChange: (part: Partial<Draft>) => void;
}

export function TextField({
  name,
  label,
  type = 'text',
  draft,
  errors,
  onChange,
}: Omit<Props, 'groups'> & { name: 'email' | 'first_name' | 'last_name'; label: string; type?: string }) {
  return (
    <div>
      <label htmlFor={name} className={LABEL}>
        {label}
      </label>
      <input
        id={name}
        name={name}
        type={type}
        className={`${INPUT} mt-2`}
        value={draft[name]}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
      <Problem text={errors[name]} />
    </div>
  );
}

function MultiCombobox({
  label,
  value,
  options,
  placeholder,
  onChange,
  onQuery,
}: {
  label: string;
  value: string[];
  options: string[];
  placeholder: string;
  onChange: (value: string[]) => void;
  onQuery?: (text: string) => void;
}) {
  const [query, setQuery] = useState('');
  const typed = query.trim();
  const shown = options.filter((option) => option.toLowerCase().includes(typed.toLowerCase()));
  const search = (text: string) => {
    setQuery(text);
    onQuery?.(text);
  };
  return (
    <Field>
      <Label className={LABEL}>{label}</Label>
      {value.length > 0 && (
        <ul className="mt-2 flex flex-wrap gap-2">
          {value.map((one) => (
            <li key={one} className="inline-flex items-center gap-1 rounded-full bg-indigo-50 px-2 py-1 text-xs font-medium text-indigo-700">
              {one}
              <button type="button" onClick={() => onChange(value.filter((other) => other !== one))}>
                <span className="sr-only">Remove</span>
                <XMarkIcon className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Combobox
        multiple
        immediate
        value={value}
        onChange={(chosen: string[]) => {
          search('');
          onChange(chosen);
        }}
        onClose={() => search('')}
      >
        <ComboboxInput className={`${INPUT} mt-2`} placeholder={placeholder} value={query} onChange={(event) => search(event.target.value)} />
        <ComboboxOptions anchor="bottom start" className={`${OPTIONS} w-(--input-width) empty:invisible`}>
          {shown.map((option) => (
            <ComboboxOption key={option} value={option} className={`group relative ${OPTION}`}>
              {option}
              <span className="absolute inset-y-0 right-0 hidden items-center pr-3 group-data-selected:flex">
                <CheckIcon className="size-5" />
              </span>
            </ComboboxOption>
          ))}
          {typed !== '' && !options.some((option) => option.toLowerCase() === typed.toLowerCase()) && (
            <ComboboxOption value={typed} className={OPTION}>
              Add “{typed}”
            </ComboboxOption>
          )}
        </ComboboxOptions>
      </Combobox>
    </Field>
  );
}

export function AccessFields({ draft, errors, groups, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed);
  const { data: people = [] } = useRemote(() => api.options(search), [search]);
  return (
    <>
      <Field>
        <Label className={LABEL}>Role</Label>
        <Listbox value={draft.role} onChange={(role) => onChange({ role })}>
          <ListboxButton className={`${INPUT} mt-2 grid w-full grid-cols-1 text-left`}>
            <span className={`col-start-1 row-start-1 ${draft.role ? '' : 'text-gray-400'}`}>{draft.role || 'Select a role'}</span>
            <ChevronUpDownIcon className="col-start-1 row-start-1 size-5 self-center justify-self-end text-gray-500" />
          </ListboxButton>
          <ListboxOptions anchor="bottom start" className={`${OPTIONS} w-(--button-width)`}>
            {ROLES.map((role) => (
              <ListboxOption key={role} value={role} className={OPTION}>
                {role}
              </ListboxOption>
            ))}
          </ListboxOptions>
        </Listbox>
        <Problem text={errors.role} />
      </Field>
      <div>
        <MultiCombobox
          label="Groups (optional)"
          value={draft.groups}
          options={groups}
          placeholder="Search or add a group"
          onChange={(value) => onChange({ groups: value })}
        />
        <Problem text={errors.groups} />
      </div>
      <div>
        <MultiCombobox
          label="Managers (optional)"
          value={draft.managers}
          options={people.map((person) => person.email)}
          placeholder="Search by email"
          onChange={(value) => onChange({ managers: value })}
          onQuery={setTyped}
        />
        <Problem text={errors.managers} />
      </div>
    </>
  );
}
