import { FormGroup, HTMLSelect, InputGroup, Intent, MenuItem, Spinner } from '@blueprintjs/core';
import { type ItemRenderer, MultiSelect } from '@blueprintjs/select';
import { type KeyboardEvent, useState } from 'react';
import { type Account, api, type Draft, ROLES, useDebounced, useRemote } from '../shared/api';

export type Errors = Partial<Record<string, string>>;

interface FieldProps {
  draft: Draft;
  errors: Errors;
  onChange: (change: Partial<Draft>) => void;
}

const intentOf = (error?: string) => (error ? Intent.DANGER : Intent.NONE);

/** The errors that still stand once `change` has been made. */
export const remaining = (errors: Errors, change: Partial<Draft>): Errors =>
  Object.fromEntries(Object.entries(errors).filter(([name]) => !(name in change)));

/** Enter picks from the list; it must not send the form around it. */
const keepEnter = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.preventDefault();
};

const popoverProps = { matchTargetWidth: true, minimal: true };

export function NameFields({ draft, errors, onChange }: FieldProps) {
  return (
    <div className="names">
      <FormGroup label="First name" labelFor="first-name" labelInfo="(required)" helperText={errors.first_name} intent={intentOf(errors.first_name)}>
        <InputGroup
          id="first-name"
          intent={intentOf(errors.first_name)}
          value={draft.first_name}
          onValueChange={(first_name) => onChange({ first_name })}
        />
      </FormGroup>
      <FormGroup label="Last name" labelFor="last-name" labelInfo="(required)" helperText={errors.last_name} intent={intentOf(errors.last_name)}>
        <InputGroup
          id="last-name"
          intent={intentOf(errors.last_name)}
          value={draft.last_name}
          onValueChange={(last_name) => onChange({ last_name })}
        />
      </FormGroup>
    </div>
  );
}

export function RoleField({ draft, errors, onChange }: FieldProps) {
  return (
    <FormGroup label="Role" labelFor="role" labelInfo="(required)" helperText={errors.role} intent={intentOf(errors.role)}>
      <HTMLSelect id="role" fill options={ROLES} value={draft.role} onChange={(event) => onChange({ role: event.currentTarget.value })} />
    </FormGroup>
  );
}

export function GroupsField({ draft, errors, onChange, groups }: FieldProps & { groups: string[] }) {
  const remove = (group: string) => onChange({ groups: draft.groups.filter((other) => other !== group) });

  const renderGroup: ItemRenderer<string> = (group, { handleClick, handleFocus, modifiers, ref }) =>
    modifiers.matchesPredicate ? (
      <MenuItem
        key={group}
        ref={ref}
        active={modifiers.active}
        roleStructure="listoption"
        selected={draft.groups.includes(group)}
        shouldDismissPopover={false}
        text={group}
        onClick={handleClick}
        onFocus={handleFocus}
      />
    ) : null;

  return (
    <FormGroup label="Groups" labelFor="groups" labelInfo="(optional)" helperText={errors.groups} intent={intentOf(errors.groups)}>
      <MultiSelect<string>
        fill
        items={groups}
        itemPredicate={(query, group) => group.toLowerCase().includes(query.toLowerCase())}
        itemRenderer={renderGroup}
        noResults={<MenuItem disabled roleStructure="listoption" text="No groups match" />}
        onItemSelect={(group) => (draft.groups.includes(group) ? remove(group) : onChange({ groups: [...draft.groups, group] }))}
        onRemove={remove}
        onClear={() => onChange({ groups: [] })}
        placeholder="Select groups…"
        popoverProps={popoverProps}
        resetOnSelect
        selectedItems={draft.groups}
        tagInputProps={{ inputProps: { id: 'groups', onKeyDown: keepEnter }, tagProps: { minimal: true }, intent: intentOf(errors.groups) }}
        tagRenderer={(group) => group}
      />
    </FormGroup>
  );
}

const isAddress = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim());

export function ManagersField({ draft, errors, onChange }: FieldProps) {
  const [query, setQuery] = useState('');
  const sought = useDebounced(query.trim());
  const { data: accounts = [], loading } = useRemote(() => api.options(sought), [sought]);

  const remove = (email: string) => onChange({ managers: draft.managers.filter((other) => other !== email) });

  const renderAccount: ItemRenderer<Account> = ({ email, name }, { handleClick, handleFocus, modifiers, ref }) =>
    modifiers.matchesPredicate ? (
      <MenuItem
        key={email}
        ref={ref}
        active={modifiers.active}
        label={name ? email : undefined}
        roleStructure="listoption"
        selected={draft.managers.includes(email)}
        shouldDismissPopover={false}
        text={name || email}
        onClick={handleClick}
        onFocus={handleFocus}
      />
    ) : null;

  return (
    <FormGroup
      label="Managers"
      labelFor="managers"
      labelInfo="(optional)"
      helperText={errors.managers ?? 'Search by name, or type the email address of somebody who is not a user yet'}
      intent={intentOf(errors.managers)}
    >
      <MultiSelect<Account>
        fill
        items={accounts}
        itemsEqual="email"
        itemPredicate={(text, { name, email }) => `${name} ${email}`.toLowerCase().includes(text.trim().toLowerCase())}
        itemRenderer={renderAccount}
        createNewItemFromQuery={isAddress(query) ? (text) => ({ email: text.trim().toLowerCase(), name: '' }) : undefined}
        createNewItemPosition="first"
        createNewItemRenderer={(text, active, handleClick) => (
          <MenuItem
            active={active}
            icon="envelope"
            roleStructure="listoption"
            shouldDismissPopover={false}
            text={`Add “${text.trim()}”`}
            onClick={handleClick}
          />
        )}
        noResults={<MenuItem disabled roleStructure="listoption" text={loading ? 'Searching…' : 'Nobody found'} />}
        onItemSelect={({ email }) => (draft.managers.includes(email) ? remove(email) : onChange({ managers: [...draft.managers, email] }))}
        onRemove={({ email }) => remove(email)}
        onQueryChange={setQuery}
        placeholder="Add managers…"
        popoverProps={popoverProps}
        query={query}
        resetOnSelect
        selectedItems={draft.managers.map((email) => ({ email, name: '' }))}
        tagInputProps={{
          inputProps: { id: 'managers', onKeyDown: keepEnter },
          intent: intentOf(errors.managers),
          rightElement: loading && query ? <Spinner size={16} style={{ margin: 7 }} /> : undefined,
          tagProps: { minimal: true },
        }}
        tagRenderer={({ email }) => email}
      />
    </FormGroup>
  );
}
