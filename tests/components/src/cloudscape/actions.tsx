import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { api, fullName, type ApiError, type Person } from '../shared/api';
import { useNotifications } from './notifications';

type Verb = 'resend' | 'reactivate' | 'deactivate';

/** What can be done with a person's account, as items of a ButtonDropdown. */
export const accountItems = ({ status }: Person): ButtonDropdownProps.Item[] => [
  {
    id: 'resend',
    text: 'Resend invitation',
    disabled: status !== 'invited',
    disabledReason: 'The invitation has already been accepted.',
  },
  status === 'deactivated' ? { id: 'reactivate', text: 'Reactivate' } : { id: 'deactivate', text: 'Deactivate' },
];

/** Carries out those actions: some at once, deactivating after the modal is confirmed. */
export function useAccountActions(onChanged: (person: Person) => void) {
  const { notify } = useNotifications();
  const [busy, setBusy] = useState(false);
  const [target, setTarget] = useState<Person>();
  const [error, setError] = useState('');

  const reactivate = async (person: Person) => {
    setBusy(true);
    try {
      onChanged(await api.reactivate(person.id));
      notify('success', `${fullName(person)} can sign in again.`, 'User reactivated');
    } catch (failure) {
      notify('error', (failure as ApiError).message, `Failed to reactivate ${fullName(person)}`);
    }
    setBusy(false);
  };

  const resend = async (person: Person) => {
    setBusy(true);
    try {
      onChanged(await api.resend(person.id));
      notify('success', `A new invitation is on its way to ${person.email}.`, 'Invitation resent');
    } catch (failure) {
      notify('error', (failure as ApiError).message, `Failed to resend the invitation to ${person.email}`);
    }
    setBusy(false);
  };

  const deactivate = async (person: Person) => {
    setBusy(true);
    setError('');
    try {
      onChanged(await api.deactivate(person.id));
      setTarget(undefined);
      notify('success', `${fullName(person)} can no longer sign in.`, 'User deactivated');
    } catch (failure) {
      setError((failure as ApiError).message);
    }
    setBusy(false);
  };

  const run = (verb: Verb, person: Person) => {
    if (verb === 'resend') return resend(person);
    if (verb === 'reactivate') return reactivate(person);
    setError('');
    setTarget(person);
  };

  const modal = target && (
    <Modal
      visible
      header="Deactivate user"
      onDismiss={() => setTarget(undefined)}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={() => setTarget(undefined)}>
              Cancel
            </Button>
            <Button variant="primary" loading={busy} onClick={() => deactivate(target)}>
              Deactivate
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {error && <Alert type="error">{error}</Alert>}
        <span>
          Deactivate <b>{fullName(target)}</b> ({target.email})? They can no longer sign in.
        </span>
        <Alert type={target.scim_managed ? 'warning' : 'info'}>
          {target.scim_managed
            ? 'This user is provisioned through SCIM. Deactivate them in your identity provider, or the next sync may bring them back.'
            : 'Completion records and content they created are kept. You can reactivate them later, which may need a free seat.'}
        </Alert>
      </SpaceBetween>
    </Modal>
  );

  return { busy, run, modal };
}
