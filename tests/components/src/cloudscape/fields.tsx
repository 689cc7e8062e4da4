import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import Multiselect from '@cloudscape-design/components/multiselect';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TokenGroup from '@cloudscape-design/components/token-group';
import { useEffect, useState } from 'react';
import { api, useDebounced, useRemote, type Account } from '../shared/api';

interface ListFieldProps {
  value: string[];
  onChange: (value: string[]) => void;
  errorText?: string;
}

const optional = (label: string) => (
  <>
    {label} <i>- optional</i>
  </>
);

export function GroupsField({ value, onChange, errorText }: ListFieldProps) {
  const { data: summary } = useRemote(api.summary, []);
  return (
    <FormField
      label={optional('Groups')}
      description="Groups decide which content a person sees and who reports on them."
      errorText={errorText}
    >
      <Multiselect
        filteringType="auto"
        filteringPlaceholder="Find groups"
        placeholder="Choose groups"
        statusType={summary ? 'finished' : 'loading'}
        loadingText="Loading groups"
        empty="No groups"
        noMatch="No matches"
        options={summary?.groups.map((group) => ({ value: group, label: group })) ?? []}
        selectedOptions={value.map((group) => ({ value: group, label: group }))}
        onChange={({ detail }) => onChange(detail.selectedOptions.map((option) => option.value!))}
      />
    </FormField>
  );
}

interface ManagersFieldProps extends ListFieldProps {
  text: string;
  onTextChange: (text: string) => void;
}

/** `text` is what has been typed but is not among the managers yet. */
export function ManagersField({ value, onChange, text, onTextChange, errorText }: ManagersFieldProps) {
  const search = useDebounced(text.trim(), 200);
  const [found, setFound] = useState<Account[]>([]);
  const [status, setStatus] = useState<'loading' | 'finished' | 'error'>('loading');

  useEffect(() => {
    let current = true;
    setStatus('loading');
    api.options(search).then(
      (accounts) => {
        if (!current) return;
        setFound(accounts);
        setStatus('finished');
      },
      () => current && setStatus('error'),
    );
    return () => {
      current = false;
    };
  }, [search]);

  const add = (email: string) => {
    const address = email.trim().toLowerCase();
    if (address && !value.includes(address)) onChange([...value, address]);
    onTextChange('');
  };

  return (
    <FormField
      label={optional('Managers')}
      description="Find a person by name or email. An email address that is new here gets an invitation."
      errorText={errorText}
    >
      <SpaceBetween size="xs">
        <Autosuggest
          value={text}
          onChange={({ detail }) => onTextChange(detail.value)}
          onSelect={({ detail }) => detail.value.includes('@') && add(detail.value)}
          options={found
            .filter(({ email }) => !value.includes(email))
            .map(({ email, name }) => ({ value: email, label: name || email, description: email }))}
          filteringType="manual"
          hideEnteredTextOption={!text.includes('@')}
          enteredTextLabel={(entered) => `Use: "${entered}"`}
          placeholder="Add a manager"
          statusType={status}
          loadingText="Loading people"
          errorText="Failed to load people"
          empty="No people found"
        />
        {value.length > 0 && (
          <TokenGroup
            items={value.map((email) => ({ label: email, dismissLabel: `Remove ${email}` }))}
            onDismiss={({ detail }) => onChange(value.filter((_, index) => index !== detail.itemIndex))}
          />
        )}
      </SpaceBetween>
    </FormField>
  );
}
