import { useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import {
  Button,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Label,
  LabelGroup,
  MenuToggle,
  Radio,
  Select,
  SelectList,
  SelectOption,
  TextInput,
  TextInputGroup,
  TextInputGroupMain,
  TextInputGroupUtilities,
  type MenuToggleElement,
} from '@patternfly/react-core';
import ExclamationCircleIcon from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon';
import RhMicronsCloseIcon from '@patternfly/react-icons/dist/esm/icons/rh-microns-close-icon';
import { api, ROLES, useDebounced, useRemote, type Role } from '../shared/api';

export type Errors = Record<string, string>;

function Helper({ error, children }: { error?: string; children?: ReactNode }) {
  if (!error && !children) return null;
  return (
    <FormHelperText>
      <HelperText>
        <HelperTextItem variant={error ? 'error' : 'default'} icon={error ? <ExclamationCircleIcon /> : undefined}>
          {error ?? children}
        </HelperTextItem>
      </HelperText>
    </FormHelperText>
  );
}

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  error?: string;
  type?: 'text' | 'email';
  isRequired?: boolean;
  onChange: (value: string) => void;
}

export function TextField({ id, label, value, error, type = 'text', isRequired, onChange }: TextFieldProps) {
  return (
    <FormGroup label={label} isRequired={isRequired} fieldId={id}>
      <TextInput
        id={id}
        type={type}
        value={value}
        isRequired={isRequired}
        validated={error ? 'error' : 'default'}
        onChange={(_event, text) => onChange(text)}
      />
      <Helper error={error} />
    </FormGroup>
  );
}

const ROLE_HELP: Record<Role, string> = {
  Learner: 'Completes assigned training and sees their own progress.',
  Manager: 'Sees reports and progress of direct reports.',
  'Content Creator': 'Creates, edits and publishes training content.',
  Admin: 'Full access: people, content, groups, integrations and billing.',
};

interface RoleFieldProps {
  id: string;
  value: string;
  error?: string;
  onChange: (role: Role) => void;
}

export function RoleField({ id, value, error, onChange }: RoleFieldProps) {
  return (
    <FormGroup label="Role" role="radiogroup" isRequired isStack fieldId={id}>
      {ROLES.map((role) => (
        <Radio
          key={role}
          id={`${id}-${role.replace(' ', '-')}`}
          name={id}
          label={role}
          description={ROLE_HELP[role]}
          isChecked={value === role}
          onChange={() => onChange(role)}
        />
      ))}
      <Helper error={error} />
    </FormGroup>
  );
}

interface Option {
  value: string;
  text: string;
  description?: string;
}

interface MultiTypeaheadProps {
  id: string;
  label: string;
  placeholder: string;
  options: Option[];
  selected: string[];
  error?: string;
  help?: string;
  input: string;
  createText: (input: string) => string;
  onInput: (input: string) => void;
  onChange: (selected: string[]) => void;
}

const CREATE = 'create-new';

function MultiTypeahead(props: MultiTypeaheadProps) {
  const { id, label, placeholder, options, selected, error, help, input, createText, onInput, onChange } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [focused, setFocused] = useState<number | null>(null);
  const inputRef = useRef<HTMLInputElement>(null);

  const wanted = input.trim();
  const isKnown = options.some(({ value }) => value.toLowerCase() === wanted.toLowerCase());
  const shown: Option[] = wanted && !isKnown ? [...options, { value: CREATE, text: createText(wanted) }] : options;
  const optionId = (index: number) => `${id}-option-${index}`;

  const close = () => {
    setIsOpen(false);
    setFocused(null);
  };

  const toggleValue = (value: string) =>
    onChange(selected.includes(value) ? selected.filter((other) => other !== value) : [...selected, value]);

  const onSelect = (value: string) => {
    toggleValue(value === CREATE ? wanted : value);
    onInput('');
    setFocused(null);
    inputRef.current?.focus();
  };

  const onInputChange = (_event: FormEvent<HTMLInputElement>, value: string) => {
    onInput(value);
    setFocused(null);
    setIsOpen(true);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      if (isOpen && focused !== null && shown[focused]) onSelect(shown[focused].value);
      setIsOpen(true);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setIsOpen(true);
      if (shown.length === 0) return;
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setFocused(focused === null ? (step === 1 ? 0 : shown.length - 1) : (focused + step + shown.length) % shown.length);
    }
  };

  const onClear = () => {
    onChange([]);
    onInput('');
    inputRef.current?.focus();
  };

  const toggle = (toggleRef: Ref<MenuToggleElement>) => (
    <MenuToggle
      variant="typeahead"
      aria-label={`${label} menu toggle`}
      innerRef={toggleRef}
      isExpanded={isOpen}
      isFullWidth
      status={error ? 'danger' : undefined}
      onClick={() => {
        setIsOpen(!isOpen);
        inputRef.current?.focus();
      }}
    >
      <TextInputGroup isPlain>
        <TextInputGroupMain
          inputId={id}
          innerRef={inputRef}
          value={input}
          placeholder={placeholder}
          autoComplete="off"
          role="combobox"
          isExpanded={isOpen}
          aria-controls={`${id}-listbox`}
          {...(focused !== null && { 'aria-activedescendant': optionId(focused) })}
          onClick={() => setIsOpen(true)}
          onChange={onInputChange}
          onKeyDown={onKeyDown}
        >
          <LabelGroup aria-label={`Current ${label.toLowerCase()}`} numLabels={10}>
            {selected.map((value) => (
              <Label
                key={value}
                variant="outline"
                onClose={(event) => {
                  event.stopPropagation();
                  toggleValue(value);
                }}
              >
                {value}
              </Label>
            ))}
          </LabelGroup>
        </TextInputGroupMain>
        {selected.length > 0 && (
          <TextInputGroupUtilities>
            <Button
              variant="plain"
              icon={<RhMicronsCloseIcon />}
              aria-label={`Clear ${label.toLowerCase()}`}
              onClick={onClear}
            />
          </TextInputGroupUtilities>
        )}
      </TextInputGroup>
    </MenuToggle>
  );

  return (
    <FormGroup label={label} fieldId={id}>
      <Select
        variant="typeahead"
        isOpen={isOpen}
        isScrollable
        maxMenuHeight="240px"
        popperProps={{ appendTo: 'inline' }}
        selected={selected}
        onSelect={(_event, value) => onSelect(value as string)}
        onOpenChange={(open) => !open && close()}
        toggle={toggle}
      >
        <SelectList isAriaMultiselectable id={`${id}-listbox`}>
          {shown.map(({ value, text, description }, index) => (
            <SelectOption
              key={value}
              id={optionId(index)}
              value={value}
              description={description}
              isFocused={focused === index}
            >
              {text}
            </SelectOption>
          ))}
          {shown.length === 0 && <SelectOption isDisabled>No results found</SelectOption>}
        </SelectList>
      </Select>
      <Helper error={error}>{help}</Helper>
    </FormGroup>
  );
}

interface ListFieldProps {
  id: string;
  value: string[];
  error?: string;
  onChange: (value: string[]) => void;
}

export function GroupsField({ id, value, error, onChange }: ListFieldProps) {
  const [input, setInput] = useState('');
  const { data: summary } = useRemote(api.summary, []);
  const groups = (summary?.groups ?? []).filter((group) => group.toLowerCase().includes(input.trim().toLowerCase()));
  return (
    <MultiTypeahead
      id={id}
      label="Groups"
      placeholder="Select groups"
      help="Groups decide which content a person sees."
      options={groups.map((group) => ({ value: group, text: group }))}
      selected={value}
      error={error}
      input={input}
      createText={(name) => `Create new group "${name}"`}
      onInput={setInput}
      onChange={onChange}
    />
  );
}

export function ManagersField({ id, value, error, onChange }: ListFieldProps) {
  const [input, setInput] = useState('');
  const search = useDebounced(input.trim(), 250);
  const { data: people = [] } = useRemote(() => api.options(search), [search]);
  return (
    <MultiTypeahead
      id={id}
      label="Managers"
      placeholder="Find by name or email"
      help="A manager who is not a user yet is invited."
      options={people.map(({ email, name }) => ({ value: email, text: name || email, description: email }))}
      selected={value}
      error={error}
      input={input}
      createText={(email) => `Use "${email}"`}
      onInput={setInput}
      onChange={onChange}
    />
  );
}
