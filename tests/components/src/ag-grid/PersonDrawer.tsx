import { Button, Callout, Classes, Drawer, FormGroup, InputGroup, Intent, NonIdealState, Tab, Tabs } from '@blueprintjs/core';
import { type FormEvent, useEffect, useState } from 'react';
import { api, ApiError, type Draft, fullName, type Person, type Summary } from '../shared/api';
import { type Errors, GroupsField, ManagersField, NameFields, remaining, RoleField } from './fields';
import { momentOf, StatusTag } from './status';
import { messageOf, toastError, toastSuccess } from './toaster';

interface Props {
  id?: string;
  /** The person as an action elsewhere on the page left them. */
  changed?: Person;
  summary?: Summary;
  onClose: () => void;
  onSaved: () => void;
  onDeactivate: (person: Person) => void;
  onReactivate: (person: Person) => void;
  onResend: (person: Person) => void;
}

const draftOf = ({ email, first_name, last_name, role, groups, managers }: Person): Draft => ({
  email,
  first_name,
  last_name,
  role,
  groups,
  managers,
});

export function PersonDrawer({ id, changed, summary, onClose, onSaved, ...actions }: Props) {
  const [person, setPerson] = useState<Person>();
  const [draft, setDraft] = useState<Draft>();
  const [missing, setMissing] = useState<string>();
  const [tab, setTab] = useState('profile');
  const [errors, setErrors] = useState<Errors>({});
  const [busy, setBusy] = useState(false);

  const show = (next?: Person) => {
    setPerson(next);
    setDraft(next && draftOf(next));
    setErrors({});
  };

  useEffect(() => {
    if (!id) return;
    let current = true;
    show();
    setMissing(undefined);
    setTab('profile');
    api.get(id).then(
      (answer) => current && show(answer),
      (error) => current && setMissing(messageOf(error)),
    );
    return () => {
      current = false;
    };
  }, [id]);

  useEffect(() => {
    if (changed) setPerson((shown) => (shown?.id === changed.id ? { ...shown, status: changed.status } : shown));
  }, [changed]);

  const dirty = !!person && JSON.stringify(draft) !== JSON.stringify(draftOf(person));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!person || !draft) return;
    setBusy(true);
    setErrors({});
    try {
      const saved = await api.edit(person.id, draft);
      show(saved);
      toastSuccess(`Saved ${fullName(saved)}`);
      onSaved();
    } catch (error) {
      toastError(error);
      if (error instanceof ApiError) {
        setErrors(error.fields);
        const inTeams = 'groups' in error.fields || 'managers' in error.fields;
        if (inTeams || 'role' in error.fields) setTab(inTeams ? 'teams' : 'profile');
      }
    } finally {
      setBusy(false);
    }
  };

  const body = () => {
    if (missing) return <NonIdealState icon="blocked-person" title={missing} />;
    if (!person || !draft) return <DrawerSkeleton />;
    const change = (part: Partial<Draft>) => {
      setDraft({ ...draft, ...part });
      setErrors(remaining(errors, part));
    };
    const fields = { draft, errors, onChange: change };
    return (
      <Tabs id="person" selectedTabId={tab} onChange={(next) => setTab(String(next))} renderActiveTabPanelOnly>
        <Tab
          id="profile"
          title="Profile"
          panel={
            <>
              <NameFields {...fields} />
              <FormGroup label="Email address" labelFor="person-email">
                <InputGroup id="person-email" readOnly value={person.email} />
              </FormGroup>
              <RoleField {...fields} />
            </>
          }
        />
        <Tab
          id="teams"
          title="Groups & managers"
          panel={
            <>
              <GroupsField {...fields} groups={summary?.groups ?? []} />
              <ManagersField {...fields} />
            </>
          }
        />
        <Tab id="access" title="Access" panel={<Access person={person} {...actions} />} />
      </Tabs>
    );
  };

  return (
    <Drawer
      isOpen={!!id}
      icon="person"
      title={person ? fullName(person) : 'Loading…'}
      size={460}
      canOutsideClickClose={!dirty}
      onClose={onClose}
    >
      <form className="drawer-form" onSubmit={submit}>
        <div className={Classes.DRAWER_BODY}>{body()}</div>
        <div className={Classes.DRAWER_FOOTER}>
          <div className="bar">
            <span className="grow" />
            <Button text="Reset" disabled={!dirty} onClick={() => show(person)} />
            <Button type="submit" intent={Intent.PRIMARY} text="Save changes" disabled={!dirty} loading={busy} />
          </div>
        </div>
      </form>
    </Drawer>
  );
}

function Access({ person, onDeactivate, onReactivate, onResend }: { person: Person } & Pick<Props, 'onDeactivate' | 'onReactivate' | 'onResend'>) {
  return (
    <>
      <dl className="facts">
        <dt>Status</dt>
        <dd>
          <StatusTag status={person.status} />
        </dd>
        <dt>Last login</dt>
        <dd>{momentOf(person.last_login)}</dd>
        <dt>Provisioned by</dt>
        <dd>{person.scim_managed ? 'Identity provider (SCIM)' : 'WorkRamp'}</dd>
      </dl>
      {person.status === 'invited' && (
        <Callout intent={Intent.WARNING} title="Invitation not accepted yet" style={{ marginBottom: 15 }}>
          <p>A seat is used once the invitation is accepted.</p>
          <Button icon="envelope" text="Resend invitation" onClick={() => onResend(person)} />
        </Callout>
      )}
      {person.status === 'deactivated' ? (
        <Callout icon="blocked-person" title="This user cannot log in">
          <p>Reactivating gives access back and takes a licensed seat. Completions and scores have been kept.</p>
          <Button intent={Intent.SUCCESS} icon="unlock" text="Reactivate" onClick={() => onReactivate(person)} />
        </Callout>
      ) : (
        <Button variant="outlined" intent={Intent.DANGER} icon="blocked-person" text="Deactivate" onClick={() => onDeactivate(person)} />
      )}
    </>
  );
}

const DrawerSkeleton = () => (
  <div className={Classes.DIALOG_BODY}>
    {['First name', 'Last name', 'Email address', 'Role'].map((label) => (
      <FormGroup key={label} label={<span className={Classes.SKELETON}>{label}</span>}>
        <InputGroup className={Classes.SKELETON} disabled />
      </FormGroup>
    ))}
  </div>
);
