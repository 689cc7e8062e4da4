import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { ApiError, type Draft, type Person, api, fullName } from '../shared/api';
import { type Errors, PersonFields, TextField } from './PersonFields';
import { Button } from './ui/basic';
import { Dialog, DialogDescription, DialogFooter, DialogHeader, DialogTitle, SheetContent } from './ui/dialog';

interface Props {
  person: Person;
  groups: string[];
  onClose: () => void;
  onDone: () => void;
}

export function EditSheet({ person, groups, onClose, onDone }: Props) {
  const [draft, setDraft] = useState<Draft>(person);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const onChange = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    try {
      const { first_name, last_name, role, groups: chosen, managers } = draft;
      await api.edit(person.id, { first_name, last_name, role, groups: chosen, managers });
      toast.success('Changes saved');
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
      <SheetContent>
        <DialogHeader>
          <DialogTitle>{fullName(person)}</DialogTitle>
          <DialogDescription>{person.email}</DialogDescription>
        </DialogHeader>
        <form onSubmit={submit} className="grid gap-4">
          <TextField name="first_name" label="First name" {...{ draft, errors, onChange }} />
          <TextField name="last_name" label="Last name" {...{ draft, errors, onChange }} />
          <PersonFields {...{ draft, errors, groups, onChange }} />
          <DialogFooter>
            <Button type="button" variant="outline" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={busy}>
              Save changes
            </Button>
          </DialogFooter>
        </form>
      </SheetContent>
    </Dialog>
  );
}
