import MoreVertIcon from '@mui/icons-material/MoreVert';
import {
  Autocomplete, Box, Button, Chip, CircularProgress, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle,
  FormControlLabel, IconButton, InputAdornment, Menu, MenuItem, Paper, Stack, Switch, Table, TableBody, TableCell,
  TableContainer, TableHead, TableRow, TextField, Typography,
} from '@mui/material';
import SearchIcon from '@mui/icons-material/Search';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useNotify } from '../mui/Snackbars';
import { ApiError, type Person, addressesIn, api, fullName, standing, useDebounced, useRemote } from '../shared/api';
import { UserDrawer } from './UserDrawer';

const STEP = 25;

/** People are fetched while somebody types. */
export function ManagersField({ value, onChange }: { value: string[]; onChange: (value: string[]) => void }) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed, 300);
  const { data: people = [], loading } = useRemote(() => (search ? api.options(search) : Promise.resolve([])), [search]);
  return (
    <Autocomplete
      multiple
      filterOptions={(options) => options}
      options={people.map((person) => person.email)}
      loading={loading}
      noOptionsText={typed ? 'No matches' : 'Start typing'}
      value={value}
      onChange={(_, next) => onChange(next)}
      onInputChange={(_, text) => setTyped(text)}
      renderInput={(params) => <TextField {...params} margin="dense" label="Managers" />}
    />
  );
}

function InviteDialog({ open, groups, onClose, onDone }: { open: boolean; groups: string[]; onClose: () => void; onDone: () => void }) {
  const [emails, setEmails] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [managers, setManagers] = useState<string[]>([]);
  const [admin, setAdmin] = useState(false);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);
  const notify = useNotify();

  async function send() {
    setBusy(true);
    setError('');
    try {
      const done = await api.inviteList({ emails: addressesIn(emails), groups: chosen, managers, admin });
      notify(`${done.invited.length} invited`);
      setEmails('');
      setChosen([]);
      setManagers([]);
      setAdmin(false);
      onDone();
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      setError(Object.values(fields)[0] ?? message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onClose={onClose} fullWidth>
      <DialogTitle>Invite Users</DialogTitle>
      <DialogContent>
        <TextField multiline minRows={3} fullWidth margin="dense" label="Emails" placeholder="ann@company.com, bob@company.com" value={emails} onChange={(event) => setEmails(event.target.value)} error={!!error} helperText={error || 'One or more addresses'} />
        <Autocomplete multiple options={groups} value={chosen} onChange={(_, value) => setChosen(value)} renderInput={(params) => <TextField {...params} margin="dense" label="Groups" />} />
        <ManagersField value={managers} onChange={setManagers} />
        <FormControlLabel control={<Switch checked={admin} onChange={(event) => setAdmin(event.target.checked)} />} label="Make users admins" />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button variant="contained" loading={busy} onClick={send}>
          Invite
        </Button>
      </DialogActions>
    </Dialog>
  );
}

interface Question {
  person: Person;
  title: string;
  yes: string;
  work: () => Promise<unknown>;
}

export function UsersTab() {
  const notify = useNotify();
  const [search, setSearch] = useState('');
  const [size, setSize] = useState(STEP);
  const [menu, setMenu] = useState<{ anchor: HTMLElement; person: Person }>();
  const [asking, setAsking] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Person>();
  const text = useDebounced(search);
  useEffect(() => setSize(STEP), [text]);
  const summary = useRemote(api.summary, []);
  const users = useRemote(() => api.list({ search: text, page_size: size }), [text, size]);
  const people = users.data?.items ?? [];
  const more = people.length < (users.data?.total ?? 0);

  const watcher = useRef<IntersectionObserver>(null);
  const end = useCallback(
    (node: HTMLElement | null) => {
      watcher.current?.disconnect();
      if (!node || users.loading || !more) return;
      watcher.current = new IntersectionObserver(([entry]) => entry.isIntersecting && setSize((now) => now + STEP));
      watcher.current.observe(node);
    },
    [users.loading, more],
  );

  const refresh = () => {
    users.reload();
    summary.reload();
  };
  async function run(work: () => Promise<unknown>) {
    try {
      await work();
      notify('Saved');
      refresh();
    } catch (problem) {
      notify((problem as ApiError).message, 'error');
    }
  }
  const ask = (person: Person, title: string, yes: string, work: () => Promise<unknown>) => {
    setQuestion({ person, title, yes, work });
    setAsking(true);
  };
  const choose = (work: (person: Person) => void) => {
    const person = menu!.person;
    setMenu(undefined);
    work(person);
  };
  const whose = menu?.person;

  return (
    <>
      <Stack direction="row" sx={{ justifyContent: 'space-between', mb: 2 }}>
        <TextField size="small" placeholder="Search" value={search} onChange={(event) => setSearch(event.target.value)} slotProps={{ input: { startAdornment: <InputAdornment position="start"><SearchIcon /></InputAdornment> } }} />
        <Button variant="contained" onClick={() => setInviting(true)}>
          Invite Users
        </Button>
      </Stack>
      <Typography variant="body2" color="text.secondary">
        {users.data?.total ?? 0} users · {summary.data?.seats_used} of {summary.data?.seats_total} seats used
      </Typography>
      <TableContainer component={Paper} sx={{ mt: 1 }}>
        <Table size="small">
          <TableHead>
            <TableRow>
              {['Name', 'Email', 'Status', 'Groups', ''].map((title) => (
                <TableCell key={title}>{title}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {people.map((person) => (
              <TableRow key={person.id} hover>
                <TableCell>{fullName(person)}</TableCell>
                <TableCell>{person.email}</TableCell>
                <TableCell>{standing(person)}</TableCell>
                <TableCell>
                  {person.groups.map((group) => (
                    <Chip key={group} size="small" label={group} />
                  ))}
                </TableCell>
                <TableCell align="right">
                  <IconButton aria-label="more" aria-haspopup="true" onClick={(event) => setMenu({ anchor: event.currentTarget, person })}>
                    <MoreVertIcon />
                  </IconButton>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
        {users.data && !people.length && <Typography sx={{ p: 3 }}>No users found</Typography>}
      </TableContainer>
      {more && (
        <Box ref={end} sx={{ textAlign: 'center', p: 2 }}>
          {users.loading && <CircularProgress size={20} />}
        </Box>
      )}
      <Menu open={!!menu} anchorEl={menu?.anchor} onClose={() => setMenu(undefined)}>
        <MenuItem onClick={() => choose(setEditing)}>Edit User Information</MenuItem>
        {whose?.role !== 'Admin' && (
          <MenuItem onClick={() => choose((person) => ask(person, 'Make this user an admin?', 'Make Admin', () => api.edit(person.id, { role: 'Admin' })))}>Make Admin</MenuItem>
        )}
        {whose?.status === 'invited' && <MenuItem onClick={() => choose((person) => run(() => api.resend(person.id)))}>Resend Invitation</MenuItem>}
        {whose?.status === 'deactivated' ? (
          <MenuItem onClick={() => choose((person) => run(() => api.reactivate(person.id)))}>Reactivate</MenuItem>
        ) : (
          <MenuItem onClick={() => choose((person) => ask(person, 'Deactivate user?', 'Deactivate', () => api.deactivate(person.id)))}>Deactivate</MenuItem>
        )}
        <MenuItem sx={{ color: 'error.main' }} onClick={() => choose((person) => ask(person, 'Permanently delete user?', 'Permanently Delete', () => api.remove(person.id)))}>
          Permanently Delete
        </MenuItem>
      </Menu>
      <Dialog open={asking} onClose={() => setAsking(false)}>
        <DialogTitle>{question?.title}</DialogTitle>
        <DialogContent>
          <DialogContentText>
            {question && fullName(question.person)} ({question?.person.email})
          </DialogContentText>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Cancel</Button>
          <Button
            color="error"
            onClick={() => {
              setAsking(false);
              run(question!.work);
            }}
          >
            {question?.yes}
          </Button>
        </DialogActions>
      </Dialog>
      <InviteDialog
        open={inviting}
        groups={summary.data?.groups ?? []}
        onClose={() => setInviting(false)}
        onDone={() => {
          setInviting(false);
          refresh();
        }}
      />
      {editing && (
        <UserDrawer
          person={editing}
          groups={summary.data?.groups ?? []}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            notify('Saved');
            refresh();
          }}
        />
      )}
    </>
  );
}
