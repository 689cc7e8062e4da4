import { useState, type FormEvent } from 'react';
import { Breadcrumb, Breadcrumbs, Button, FieldError, Form, Label, Link, Radio, RadioGroup, Text } from 'react-aria-components';
import { useParams } from 'react-router-dom';
import { api, ApiError, fullName, ROLES, useRemote, type Person } from '../shared/api';
import { DeactivateDialog } from './DeactivateDialog';
import { GroupPicker, ManagerPicker, Tags } from './pickers';
import { complain, say } from './toasts';
import { Alert, Avatar, StatusLight, TextInput } from './ui';
import { lastLogin, ROLE_HELP } from './words';

export function PersonPage() {
  const { id = '' } = useParams();
  const { data: person, loading, reload } = useRemote(() => api.get(id), [id]);
  const [editing, setEditing] = useState(false);
  const [leaving, setLeaving] = useState(false);

  if (!person) return loading ? <p className="muted">Loading…</p> : <Alert>This person does not exist.</Alert>;

  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      say(done);
    } catch (error) {
      complain(error);
    }
    reload();
  };

  return (
    <>
      <Breadcrumbs className="breadcrumbs">
        <Breadcrumb>
          <Link href="/admin/users">People</Link>
        </Breadcrumb>
        <Breadcrumb>
          <Link>{fullName(person)}</Link>
        </Breadcrumb>
      </Breadcrumbs>
      <div className="page-head">
        <Avatar name={fullName(person)} />
        <div className="grow">
          <h1>{fullName(person)}</h1>
          <StatusLight status={person.status} />
        </div>
        {!editing && (
          <div className="page-actions">
            {person.status === 'invited' && (
              <Button className="button" onPress={() => void act(() => api.resend(person.id), 'Invitation resent')}>
                Resend invitation
              </Button>
            )}
            {person.status === 'deactivated' ? (
              <Button
                className="button"
                onPress={() => void act(() => api.reactivate(person.id), `${fullName(person)} is active again`)}
              >
                Reactivate
              </Button>
            ) : (
              <Button className="button" onPress={() => setLeaving(true)}>
                Deactivate…
              </Button>
            )}
            <Button className="button primary" onPress={() => setEditing(true)}>
              Edit profile
            </Button>
          </div>
        )}
      </div>
      {editing ? (
        <ProfileForm
          person={person}
          onClose={() => setEditing(false)}
          onSaved={() => {
            setEditing(false);
            reload();
          }}
        />
      ) : (
        <Profile person={person} />
      )}
      {leaving && <DeactivateDialog people={[person]} onClose={() => setLeaving(false)} onDone={reload} />}
    </>
  );
}

function Profile({ person }: { person: Person }) {
  return (
    <dl className="profile">
      <dt>Email</dt>
      <dd>{person.email}</dd>
      <dt>First name</dt>
      <dd>{person.first_name || <span className="muted">Not given</span>}</dd>
      <dt>Last name</dt>
      <dd>{person.last_name || <span className="muted">Not given</span>}</dd>
      <dt>Role</dt>
      <dd>{person.role}</dd>
      <dt>Groups</dt>
      <dd>
        <Tags label="Groups" items={person.groups} empty="No groups" />
      </dd>
      <dt>Managers</dt>
      <dd>
        <Tags label="Managers" items={person.managers} empty="No managers" />
      </dd>
      <dt>Last login</dt>
      <dd>{lastLogin(person.last_login)}</dd>
      {person.scim_managed && (
        <>
          <dt>Source</dt>
          <dd>Managed by SCIM</dd>
        </>
      )}
    </dl>
  );
}

function ProfileForm({ person, onClose, onSaved }: { person: Person; onClose: () => void; onSaved: () => void }) {
  const { data: summary } = useRemote(() => api.summary(), []);
  const [first, setFirst] = useState(person.first_name);
  const [last, setLast] = useState(person.last_name);
  const [role, setRole] = useState<string>(person.role);
  const [groups, setGroups] = useState(person.groups);
  const [managers, setManagers] = useState(person.managers);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const changing = (name: string, set: (value: string[]) => void) => (value: string[]) => {
    set(value);
    setErrors(({ [name]: _, ...others }) => others);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setProblem('');
    try {
      await api.edit(person.id, { first_name: first, last_name: last, role, groups, managers });
      say('Profile saved', person.email);
      onSaved();
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError) setErrors(error.fields);
      setProblem(error instanceof ApiError ? error.message : 'Something went wrong');
    }
  };

  return (
    <Form className="profile-form" validationErrors={errors} onSubmit={(event) => void submit(event)}>
      {problem && <Alert>{problem}</Alert>}
      <TextInput label="Email" value={person.email} isReadOnly description="Only your identity provider can change this." />
      <div className="columns">
        <TextInput label="First name" name="first_name" value={first} onChange={setFirst} />
        <TextInput label="Last name" name="last_name" value={last} onChange={setLast} />
      </div>
      <RadioGroup className="cards" name="role" value={role} onChange={setRole}>
        <Label>Role</Label>
        {ROLES.map((name) => (
          <Radio key={name} value={name} className="card">
            <span className="radio-dot" />
            <span>
              <strong>{name}</strong>
              <span className="muted">{ROLE_HELP[name]}</span>
            </span>
          </Radio>
        ))}
        {role === 'Admin' && person.role !== 'Admin' && (
          <Text slot="description">Admins can see and change everything, including other admins.</Text>
        )}
        <FieldError />
      </RadioGroup>
      <GroupPicker label="Groups" known={summary?.groups ?? []} value={groups} onChange={changing('groups', setGroups)} errorMessage={errors.groups} />
      <ManagerPicker label="Managers" value={managers} onChange={changing('managers', setManagers)} errorMessage={errors.managers} />
      <div className="buttons">
        <Button className="button" onPress={onClose}>
          Discard
        </Button>
        <Button type="submit" className="button primary" isPending={busy}>
          Save changes
        </Button>
      </div>
    </Form>
  );
}
