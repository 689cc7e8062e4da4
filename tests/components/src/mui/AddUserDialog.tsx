import { Alert, Button, Dialog, DialogActions, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { type FormEvent, useState } from 'react';
import { ApiError, type Draft, api } from '../shared/api';
import { type Errors, PersonFields } from './PersonFields';
import { useNotify } from './Snackbars';

const EMPTY: Draft = { email: '', first_name: '', last_name: '', role: '', groups: [], managers: [] };

export function AddUserDialog({ groups, onClose, onDone }: { groups: string[]; onClose: () => void; onDone: () => void }) {
  const notify = useNotify();
  const [draft, setDraft] = useState(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setErrors((before) => {
      const after = { ...before };
      for (const name of Object.keys(part) as (keyof Draft)[]) delete after[name];
      return after;
    });
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setProblem('');
    setBusy(true);
    try {
      await api.invite(draft);
      notify('Invite sent');
      onDone();
    } catch (refusal) {
      const { fields, message } = refusal as ApiError;
      setErrors(fields);
      if (!Object.keys(fields).length) setProblem(message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm">
      <form onSubmit={submit} noValidate>
        <DialogTitle>Add user</DialogTitle>
        <DialogContent dividers>
          {problem && <Alert severity="error">{problem}</Alert>}
          <TextField
            required
            fullWidth
            autoFocus
            margin="dense"
            label="Email address"
            type="email"
            value={draft.email}
            onChange={(event) => change({ email: event.target.value })}
            error={!!errors.email}
            helperText={errors.email}
          />
          <Stack direction="row" spacing={2}>
            <TextField
              required
              fullWidth
              margin="dense"
              label="First name"
              value={draft.first_name}
              onChange={(event) => change({ first_name: event.target.value })}
              error={!!errors.first_name}
              helperText={errors.first_name}
            />
            <TextField
              required
              fullWidth
              margin="dense"
              label="Last name"
              value={draft.last_name}
              onChange={(event) => change({ last_name: event.target.value })}
              error={!!errors.last_name}
              helperText={errors.last_name}
            />
          </Stack>
          <PersonFields draft={draft} errors={errors} groups={groups} onChange={change} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="contained" loading={busy}>
            Send invite
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
