import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { ApiError, type Draft, api } from '../shared/api';
import { type Errors, PersonFields, TextField } from './PersonFields';
import { Button, Label, Switch } from './ui/basic';
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogHeader, DialogTitle } from './ui/dialog';

const EMPTY: Draft = { email: '', first_name: '', last_name: '', role: '', groups: [], managers: [] };

function check(draft: Draft): Errors {
  const errors: Errors = {};
  if (!draft.email.trim()) errors.email = 'Email address is required.';
  if (!draft.first_name.trim()) errors.first_name = 'First name is required.';
  if (!draft.last_name.trim()) errors.last_name = 'Last name is required.';
  if (!draft.role) errors.role = 'Please select a role.';
  return errors;
}

export function InviteDialog({ groups, onClose, onDone }: { groups: string[]; onClose: () => void; onDone: () => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const [welcome, setWelcome] = useState(true);
  const onChange = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = check(draft);
    setErrors(found);
    if (Object.keys(found).length) return;
    setBusy(true);
    try {
      await api.invite(draft);
      toast.success('Invitation sent', { description: `We emailed ${draft.email.trim()} a link to join.` });
      onDone();
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      setErrors(fields);
      if (!Object.keys(fields).length) toast.error(message);
      setBusy(false);
    }
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent>
        <DialogHeader>
          <DialogTitle>Invite User</DialogTitle>
          <DialogDescription>They will receive an email to set their password and activate their account.</DialogDescription>
        </DialogHeader>
        <form onSubmit={submit} noValidate className="grid gap-4">
          <TextField name="email" label="Email address" type="email" {...{ draft, errors, onChange }} />
          <div className="grid grid-cols-2 gap-4">
            <TextField name="first_name" label="First name" {...{ draft, errors, onChange }} />
            <TextField name="last_name" label="Last name" {...{ draft, errors, onChange }} />
          </div>
          <PersonFields {...{ draft, errors, groups, onChange }} />
          <div className="flex items-center gap-2">
            <Switch id="welcome" checked={welcome} onCheckedChange={setWelcome} />
            <Label htmlFor="welcome">Include a welcome note</Label>
          </div>
          <DialogFooter>
            <Button type="button" variant="outline" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={busy}>
              {busy ? 'Sending...' : 'Invite'}
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
