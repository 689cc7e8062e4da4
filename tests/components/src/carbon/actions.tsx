import { useState } from 'react';
import { InlineNotification, Modal, TextInput } from '@carbon/react';
import { api, fullName, type Person } from '../shared/api';
import { useNotify } from './toasts';

export type Action = 'deactivate' | 'reactivate' | 'resend' | 'admin' | 'delete';

const RUN: Record<Action, (person: Person) => Promise<unknown>> = {
  deactivate: ({ id }) => api.deactivate(id),
  reactivate: ({ id }) => api.reactivate(id),
  resend: ({ id }) => api.resend(id),
  admin: ({ id }) => api.edit(id, { role: 'Admin' }),
  delete: ({ id }) => api.remove(id),
};

const DONE: Record<Action, string> = {
  deactivate: 'Deactivated',
  reactivate: 'Reactivated',
  resend: 'Invitation resent',
  admin: 'Admin rights granted',
  delete: 'Permanently deleted',
};

const CONFIRM = {
  deactivate: { verb: 'Deactivate', text: 'They can no longer log in. Their completion records are kept, and so is the content they own: check whether it needs a new owner.' },
  admin: { verb: 'Make Admin', text: 'Admins manage users, content, groups, integrations and billing.' },
  delete: { verb: 'Permanently Delete', text: 'This removes the user and all of their training records. It cannot be undone.' },
};

type Confirmed = keyof typeof CONFIRM;

/** Runs actions on people, asking first where that is due; `dialog` has to be rendered. */
export function useActions(onDone: (action: Action) => void) {
  const notify = useNotify();
  const [asked, setAsked] = useState<{ action: Confirmed; people: Person[] }>();

  async function run(action: Action, people: Person[]) {
    const done: Person[] = [];
    for (const person of people) {
      try {
        await RUN[action](person);
        done.push(person);
      } catch (reason) {
        notify('error', fullName(person), (reason as Error).message);
      }
    }
    if (done.length) notify('success', DONE[action], done.map(fullName).join(', '));
    setAsked(undefined);
    if (done.length) onDone(action);
  }

  const start = (action: Action, people: Person[]) =>
    action in CONFIRM ? setAsked({ action: action as Confirmed, people }) : void run(action, people);

  const dialog = asked && <Confirmation {...asked} onCancel={() => setAsked(undefined)} onConfirm={() => run(asked.action, asked.people)} />;
  return { start, dialog };
}

interface ConfirmationProps {
  action: Confirmed;
  people: Person[];
  onCancel: () => void;
  onConfirm: () => Promise<void>;
}

function Confirmation({ action, people, onCancel, onConfirm }: ConfirmationProps) {
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState('');
  const { verb, text } = CONFIRM[action];
  const [person] = people;
  const one = people.length === 1;
  return (
    <Modal
      open
      size="sm"
      danger={action !== 'admin'}
      modalLabel="Users"
      modalHeading={`${verb}: ${one ? fullName(person) : `${people.length} users`}`}
      primaryButtonText={one ? verb : `${verb} ${people.length} users`}
      secondaryButtonText="Cancel"
      primaryButtonDisabled={action === 'delete' && typed !== person.email}
      loadingStatus={busy ? 'active' : 'inactive'}
      loadingDescription="Working"
      onRequestClose={onCancel}
      onRequestSubmit={() => {
        setBusy(true);
        void onConfirm();
      }}
    >
      <p>{people.map(({ email }) => email).join(', ')}</p>
      <p>{text}</p>
      {action === 'deactivate' && people.some((each) => each.scim_managed) && (
        <InlineNotification kind="warning" lowContrast hideCloseButton title="Managed by SCIM" subtitle="Deprovision in your identity provider, or the next sync may undo this." />
      )}
      {action === 'delete' && (
        <TextInput id="confirm-email" labelText={`Type ${person.email} to confirm`} value={typed} onChange={(e) => setTyped(e.target.value)} />
      )}
    </Modal>
  );
}
