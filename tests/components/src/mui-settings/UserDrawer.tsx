import { Autocomplete, Box, Button, Drawer, FormControlLabel, Stack, Switch, Tab, Tabs, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { ApiError, type Person, api, fullName } from '../shared/api';
import { ManagersField } from './UsersTab';

interface Props {
  person: Person;
  groups: string[];
  onClose: () => void;
  onDone: () => void;
}

export function UserDrawer({ person, groups, onClose, onDone }: Props) {
  const [tab, setTab] = useState(0);
  const [name, setName] = useState(fullName(person));
  const [admin, setAdmin] = useState(person.role === 'Admin');
  const [chosen, setChosen] = useState(person.groups);
  const [managers, setManagers] = useState(person.managers);
  const [error, setError] = useState('');
  const [busy, setBusy] = useState(false);

  async function save() {
    setBusy(true);
    try {
      const role = admin ? 'Admin' : person.role === 'Admin' ? 'Learner' : person.role;
      const names = name === fullName(person) ? {} : { first_name: name.split(' ')[0], last_name: name.split(' ').slice(1).join(' ') };
      await api.edit(person.id, { ...names, role, groups: chosen, managers });
      onDone();
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      setError(Object.values(fields)[0] ?? message);
      setBusy(false);
    }
  }

  return (
    <Drawer anchor="right" open onClose={onClose}>
      <Stack sx={{ width: 440, p: 3, height: '100%' }}>
        <Typography variant="h6">{fullName(person)}</Typography>
        <Typography color="text.secondary">{person.email}</Typography>
        <Tabs value={tab} onChange={(_, value) => setTab(value)} variant="fullWidth">
          <Tab label="Details" />
          <Tab label="Managers" />
          <Tab label="Groups" />
        </Tabs>
        <Box sx={{ flex: 1, pt: 2 }}>
          {tab === 0 && (
            <>
              <TextField fullWidth margin="dense" label="Name" value={name} onChange={(event) => setName(event.target.value)} />
              <TextField fullWidth margin="dense" label="Email" value={person.email} disabled />
              <FormControlLabel control={<Switch checked={admin} onChange={(event) => setAdmin(event.target.checked)} />} label="Admin" />
            </>
          )}
          {tab === 1 && <ManagersField value={managers} onChange={setManagers} />}
          {tab === 2 && (
            <Autocomplete multiple options={groups} value={chosen} onChange={(_, value) => setChosen(value)} renderInput={(params) => <TextField {...params} margin="dense" label="Groups" />} />
          )}
          {error && <Typography color="error">{error}</Typography>}
        </Box>
        <Stack direction="row" spacing={1} sx={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="contained" loading={busy} onClick={save}>
            Save
          </Button>
        </Stack>
      </Stack>
    </Drawer>
  );
}
