import {
  Badge, Body1, Button, DrawerBody, DrawerFooter, DrawerHeader, DrawerHeaderTitle, Field, Input, makeStyles, MessageBar,
  MessageBarBody, OverlayDrawer, Persona, Switch, Tab, TabList, tokens,
} from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons';
import { useEffect, useState } from 'react';
import { api, ApiError, fullName, standing, type Person } from '../shared/api';
import { GroupPicker, ManagerPicker } from './pickers';
import { useToasts } from './toasts';

const useStyles = makeStyles({
  drawer: { width: 'min(520px, 100vw)' },
  who: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', padding: '8px 0 12px' },
  fields: { display: 'flex', flexDirection: 'column', rowGap: '14px', paddingTop: '16px', paddingBottom: '16px' },
  footer: { borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
});

export function EditDrawer({ person, open, groups, onClose, onSaved }: {
  person: Person | null;
  open: boolean;
  groups: string[];
  onClose: () => void;
  onSaved: () => void;
}) {
  const styles = useStyles();
  const toasts = useToasts();
  const [tab, setTab] = useState('details');
  const [draft, setDraft] = useState<Person | null>(person);
  const [admin, setAdmin] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    if (!open || !person) return;
    setDraft(person);
    setAdmin(person.role === 'Admin');
    setTab('details');
    setErrors({});
    setBusy(false);
  }, [open, person]);

  if (!draft || !person) return null;
  const change = (part: Partial<Person>) => setDraft({ ...draft, ...part });

  const save = async () => {
    setBusy(true);
    setErrors({});
    try {
      const role = admin === (person.role === 'Admin') ? person.role : admin ? 'Admin' : 'Learner';
      const { first_name, last_name, groups: wanted, managers } = draft;
      await api.edit(person.id, { first_name, last_name, role, groups: wanted, managers });
      toasts.success('User information updated');
      onSaved();
      onClose();
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {};
      const known = Object.keys(fields);
      setErrors(known.length ? fields : { form: (error as Error).message });
      if (known.includes('managers')) setTab('managers');
      setBusy(false);
    }
  };

  return (
    <OverlayDrawer className={styles.drawer} position="end" open={open} onOpenChange={(_, data) => !data.open && onClose()}>
      <DrawerHeader>
        <DrawerHeaderTitle
          action={<Button appearance="subtle" aria-label="Close" icon={<DismissRegular />} onClick={onClose} />}
        >
          Edit User Information
        </DrawerHeaderTitle>
        <div className={styles.who}>
          <Persona name={fullName(person)} secondaryText={person.email} avatar={{ color: 'colorful' }} size="large" />
          <Badge appearance="tint" color={person.status === 'deactivated' ? 'subtle' : 'success'}>{standing(person)}</Badge>
        </div>
        <TabList selectedValue={tab} onTabSelect={(_, data) => setTab(String(data.value))}>
          <Tab value="details">Details</Tab>
          <Tab value="managers">Managers</Tab>
          <Tab value="groups">Groups</Tab>
          <Tab value="attributes">Custom attributes</Tab>
        </TabList>
      </DrawerHeader>
      <DrawerBody>
        <div className={styles.fields}>
          {errors.form && (
            <MessageBar intent="error">
              <MessageBarBody>{errors.form}</MessageBarBody>
            </MessageBar>
          )}
          {tab === 'details' && (
            <>
              {person.scim_managed && (
                <MessageBar intent="warning">
                  <MessageBarBody>This user is provisioned through SCIM. Changes may be overwritten.</MessageBarBody>
                </MessageBar>
              )}
              <Field label="First name" validationMessage={errors.first_name}>
                <Input value={draft.first_name} onChange={(_, data) => change({ first_name: data.value })} />
              </Field>
              <Field label="Last name" validationMessage={errors.last_name}>
                <Input value={draft.last_name} onChange={(_, data) => change({ last_name: data.value })} />
              </Field>
              <Field label="Email" hint="Contact support to change an email address">
                <Input value={person.email} readOnly appearance="filled-darker" />
              </Field>
              <Field validationMessage={errors.role}>
                <Switch label="Admin" checked={admin} onChange={(_, data) => setAdmin(data.checked)} />
              </Field>
            </>
          )}
          {tab === 'managers' && <ManagerPicker value={draft.managers} onChange={(managers) => change({ managers })} error={errors.managers} />}
          {tab === 'groups' && <GroupPicker groups={groups} value={draft.groups} onChange={(value) => change({ groups: value })} error={errors.groups} />}
          {tab === 'attributes' && <Body1>Your company has not defined any custom attributes.</Body1>}
        </div>
      </DrawerBody>
      <DrawerFooter className={styles.footer}>
        <Button appearance="primary" disabled={busy} onClick={save}>Save</Button>
        <Button onClick={onClose}>Cancel</Button>
      </DrawerFooter>
    </OverlayDrawer>
  );
}
