import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { useState } from 'react';
import { ApiError, type Draft, type Person, api } from '../shared/api';
import { type Errors, PersonFields } from './PersonFields';
import { useNotify } from './Snackbars';

interface Props {
  person: Person;
  groups: string[];
  onClose: () => void;
  onDone: (person: Person) => void;
}

export function EditUserDialog({ person, groups, onClose, onDone }: Props) {
  const notify = useNotify();
  const [draft, setDraft] = useState<Draft>(person);
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  async function save() {
    setBusy(true);
    try {
      const { first_name, last_name, role, groups: chosen, managers } = draft;
      const saved = await api.edit(person.id, { first_name, last_name, role, groups: chosen, managers });
      notify('User updated');
      onDone(saved);
    } catch (refusal) {
      const { fields, message } = refusal as ApiError;
      setErrors(fields);
      if (!Object.keys(fields).length) notify(message, 'error');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm">
      <DialogTitle>Edit user</DialogTitle>
      <DialogContent dividers>
        <TextField fullWidth disabled margin="dense" label="Email address" value={person.email} />
        <Stack direction="row" spacing={2}>
          <TextField
            fullWidth
            margin="dense"
            label="First name"
            value={draft.first_name}
            onChange={(event) => change({ first_name: event.target.value })}
          />
          <TextField
            fullWidth
            margin="dense"
            label="Last name"
            value={draft.last_name}
            onChange={(event) => change({ last_name: event.target.value })}
          />
        </Stack>
        <PersonFields draft={draft} errors={errors} groups={groups} onChange={change} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" onClick={save} loading={busy}>
          Save
        </Button>
      </DialogActions>
    </Dialog>
  );
}
