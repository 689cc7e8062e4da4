import { Autocomplete, MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { type Draft, ROLES, api, useDebounced, useRemote } from '../shared/api';
import { roleWord } from './words';

export type Errors = Partial<Record<keyof Draft, string>>;

interface Props {
  draft: Draft;
  errors: Errors;
  groups: string[];
  onChange: (part: Partial<Draft>) => void;
}

export function PersonFields({ draft, errors, groups, onChange }: Props) {
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed);
  const { data: people = [], loading } = useRemote(() => api.options(search), [search]);

  return (
    <>
      <TextField
        select
        required
        fullWidth
        margin="dense"
        label="Role"
        value={draft.role}
        onChange={(event) => onChange({ role: event.target.value })}
        error={!!errors.role}
        helperText={errors.role}
      >
        {ROLES.map((role) => (
          <MenuItem key={role} value={role}>
            {roleWord(role)}
          </MenuItem>
        ))}
      </TextField>
      <Autocomplete
        multiple
        freeSolo
        options={groups}
        value={draft.groups}
        onChange={(_, value) => onChange({ groups: value })}
        renderInput={(params) => (
          <TextField
            {...params}
            margin="dense"
            label="Groups"
            placeholder="Add groups"
            error={!!errors.groups}
            helperText={errors.groups ?? 'Press Enter to create a new group'}
          />
        )}
      />
      <Autocomplete
        multiple
        freeSolo
        filterOptions={(options) => options}
        loading={loading}
        options={people.map((person) => person.email)}
        value={draft.managers}
        onChange={(_, value) => onChange({ managers: value })}
        onInputChange={(_, value) => setTyped(value)}
        renderInput={(params) => (
          <TextField
            {...params}
            margin="dense"
            label="Managers"
            placeholder="Manager email"
            error={!!errors.managers}
            helperText={errors.managers}
          />
        )}
      />
    </>
  );
}
