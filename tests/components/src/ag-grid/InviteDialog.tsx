import { Button, Callout, Dialog, DialogBody, DialogFooter, FormGroup, InputGroup, Intent } from '@blueprintjs/core';
import { type FormEvent, useState } from 'react';
import { api, ApiError, type Draft, type Summary } from '../shared/api';
import { type Errors, GroupsField, ManagersField, NameFields, remaining, RoleField } from './fields';
import { messageOf, toastSuccess } from './toaster';

const EMPTY: Draft = { email: '', first_name: '', last_name: '', role: 'Learner', groups: [], managers: [] };

interface Props {
  isOpen: boolean;
  summary?: Summary;
  onClose: () => void;
  onInvited: () => void;
}

export function InviteDialog({ isOpen, summary, onClose, onInvited }: Props) {
  const [draft, setDraft] = useState(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  const change = (part: Partial<Draft>) => {
    setDraft((now) => ({ ...now, ...part }));
    setErrors((now) => remaining(now, part));
  };

  const reset = () => {
    setDraft(EMPTY);
    setErrors({});
    setFailure(undefined);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setFailure(undefined);
    try {
      const person = await api.invite(draft);
      toastSuccess(`Invitation sent to ${person.email}`);
      onInvited();
      onClose();
    } catch (error) {
      if (error instanceof ApiError) setErrors(error.fields);
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };

  const fields = { draft, errors, onChange: change };

  return (
    <Dialog isOpen={isOpen} icon="new-person" title="Invite User" canOutsideClickClose={false} onClose={onClose} onClosed={reset}>
      <form onSubmit={submit}>
        <DialogBody>
          {failure && (
            <Callout intent={Intent.DANGER} compact style={{ marginBottom: 15 }}>
              {failure}
            </Callout>
          )}
          <FormGroup
            label="Email address"
            labelFor="invite-email"
            labelInfo="(required)"
            helperText={errors.email}
            intent={errors.email ? Intent.DANGER : Intent.NONE}
          >
            <InputGroup
              id="invite-email"
              inputMode="email"
              autoFocus
              leftIcon="envelope"
              intent={errors.email ? Intent.DANGER : Intent.NONE}
              value={draft.email}
              onValueChange={(email) => change({ email })}
            />
          </FormGroup>
          <NameFields {...fields} />
          <RoleField {...fields} />
          <GroupsField {...fields} groups={summary?.groups ?? []} />
          <ManagersField {...fields} />
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button type="submit" intent={Intent.PRIMARY} icon="send-message" text="Send invitation" loading={busy} />
            </>
          }
        >
          {summary && `${summary.seats_total - summary.seats_used} seats available`}
        </DialogFooter>
      </form>
    </Dialog>
  );
}
