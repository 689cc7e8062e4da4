import { Alert, Breadcrumbs, Button, Card, CardContent, Chip, CircularProgress, Link, Stack, Typography } from '@mui/material';
import { type ReactNode, useState } from 'react';
import { Link as RouterLink, useParams } from 'react-router-dom';
import { ApiError, api, fullName, useRemote } from '../shared/api';
import { ConfirmDialog } from './ConfirmDialog';
import { EditUserDialog } from './EditUserDialog';
import { useNotify } from './Snackbars';
import { STATUS, day, roleWord } from './words';

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <Typography variant="caption" color="text.secondary">
        {label}
      </Typography>
      <Typography component="div">{children}</Typography>
    </div>
  );
}

export function PersonPage() {
  const { id = '' } = useParams();
  const notify = useNotify();
  const [editing, setEditing] = useState(false);
  const [deactivating, setDeactivating] = useState(false);
  const { data: person, loading, reload } = useRemote(() => api.get(id), [id]);
  const { data: summary } = useRemote(api.summary, []);

  if (!person) return loading ? <CircularProgress /> : <Alert severity="warning">User not found</Alert>;

  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      notify(done);
      reload();
    } catch (problem) {
      notify((problem as ApiError).message, 'error');
    }
  }

  return (
    <>
      <Breadcrumbs sx={{ mb: 2 }}>
        <Link component={RouterLink} to="/admin/users">
          Users
        </Link>
        <Typography>{fullName(person)}</Typography>
      </Breadcrumbs>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center', mb: 2 }}>
        <Typography variant="h4">{fullName(person)}</Typography>
        <Chip {...STATUS[person.status]} />
        {person.scim_managed && <Chip label="SCIM" variant="outlined" />}
        <span style={{ flexGrow: 1 }} />
        {person.status === 'invited' && (
          <Button onClick={() => run(() => api.resend(person.id), `Invite resent to ${person.email}`)}>Resend invite</Button>
        )}
        <Button variant="outlined" onClick={() => setEditing(true)}>
          Edit
        </Button>
        {person.status === 'deactivated' ? (
          <Button variant="outlined" onClick={() => run(() => api.reactivate(person.id), 'User reactivated')}>
            Reactivate
          </Button>
        ) : (
          <Button variant="outlined" color="error" onClick={() => setDeactivating(true)}>
            Deactivate
          </Button>
        )}
      </Stack>
      <Card>
        <CardContent>
          <Stack spacing={2}>
            <Fact label="Email">{person.email}</Fact>
            <Fact label="Role">{roleWord(person.role)}</Fact>
            <Fact label="Groups">
              <Stack direction="row" spacing={1}>
                {person.groups.length ? person.groups.map((group) => <Chip key={group} label={group} size="small" />) : 'None'}
              </Stack>
            </Fact>
            <Fact label="Managers">{person.managers.join(', ') || 'None'}</Fact>
            <Fact label="Last login">{day(person.last_login)}</Fact>
          </Stack>
        </CardContent>
      </Card>
      {editing && (
        <EditUserDialog
          person={person}
          groups={summary?.groups ?? []}
          onClose={() => setEditing(false)}
          onDone={() => {
            setEditing(false);
            reload();
          }}
        />
      )}
      {deactivating && (
        <ConfirmDialog
          title="Deactivate user?"
          text={`${fullName(person)} (${person.email}) will no longer be able to sign in. Completion records are kept.`}
          action="Deactivate"
          onClose={() => setDeactivating(false)}
          onConfirm={() => run(() => api.deactivate(person.id), 'User deactivated')}
        />
      )}
    </>
  );
}
