import { useState } from 'react';
import { ApiError, type Draft, api } from '../shared/api';
import { useNotification } from './Notification';
import { SlideOver } from './SlideOver';
import { PRIMARY, WHITE } from './classes';
import { AccessFields, type Errors, TextField } from './fields';

const EMPTY: Draft = { email: '', first_name: '', last_name: '', role: 'Learner', groups: [], managers: [] };

interface Props {
  open: boolean;
  groups: string[];
  onClose: () => void;
  onDone: () => void;
}

export function InvitePanel({ open, groups, onClose, onDone }: Props) {
  const notify = useNotification();
  const [draft, setDraft] = useState(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const onChange = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  function close() {
    setDraft(EMPTY);
    setErrors({});
    onClose();
  }

  async function send() {
    setBusy(true);
    setErrors({});
    try {
      await api.invite(draft);
      notify('Invitation sent!');
      setDraft(EMPTY);
      onDone();
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      setErrors(fields);
      if (!Object.keys(fields).length) notify(message, true);
    } finally {
      setBusy(false);
    }
  }

  return (
    <SlideOver
      open={open}
      title="Invite a user"
      onClose={close}
      footer={
        <>
          <button type="button" className={WHITE} onClick={close}>
            Cancel
          </button>
          <button type="button" className={PRIMARY} disabled={busy} onClick={send}>
            Send invite
          </button>
        </>
      }
    >
      <TextField name="email" label="Email address" type="email" {...{ draft, errors, onChange }} />
      <TextField name="first_name" label="First name" {...{ draft, errors, onChange }} />
      <TextField name="last_name" label="Last name" {...{ draft, errors, onChange }} />
      <AccessFields {...{ draft, errors, groups, onChange }} />
    </SlideOver>
  );
}
