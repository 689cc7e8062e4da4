import { useState, type ReactNode } from 'react';
import {
  Bar,
  Button,
  Dialog,
  FlexBox,
  Label,
  Link,
  List,
  ListItemCustom,
  MessageStrip,
  Option,
  Select,
  Text,
  TextArea,
} from '@ui5/webcomponents-react';
import { addressesIn, api, fullName, type Draft, type Person } from '../shared/api';
import { GroupsField, ManagersField } from './fields';
import { fieldsOf, reasonOf } from './messages';

interface FormDialogProps {
  title: string;
  action: string;
  disabled?: boolean;
  submit: () => Promise<void>;
  onCancel: () => void;
  children: (errors: Record<string, string>) => ReactNode;
}

function FormDialog({ title, action, disabled, submit, onCancel, children }: FormDialogProps) {
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});

  const send = async () => {
    setBusy(true);
    setMessage('');
    setErrors({});
    try {
      await submit();
    } catch (error) {
      setMessage(reasonOf(error));
      setErrors(fieldsOf(error));
      setBusy(false);
    }
  };

  return (
    <Dialog
      open
      headerText={title}
      onClose={(e) => e.target === e.currentTarget && onCancel()}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <Button design="Emphasized" loading={busy} disabled={disabled} onClick={send}>
                {action}
              </Button>
              <Button design="Transparent" onClick={onCancel}>
                Cancel
              </Button>
            </>
          }
        />
      }
    >
      <FlexBox direction="Column" className="invite stack">
        {message && (
          <MessageStrip design="Negative" hideCloseButton>
            {message}
          </MessageStrip>
        )}
        {children(errors)}
      </FlexBox>
    </Dialog>
  );
}

export function InviteDialog({ onClose }: { onClose: (invited?: number) => void }) {
  const [text, setText] = useState('');
  const [groups, setGroups] = useState<string[]>([]);
  const [role, setRole] = useState('Learner');
  const [managers, setManagers] = useState<Record<string, string[]>>({});
  const emails = [...new Set(addressesIn(text))];

  const invite = async () => {
    const own = Object.fromEntries(emails.map((email) => [email.toLowerCase(), managers[email] ?? []]));
    const { invited } = await api.inviteList({ emails, groups, managers: own, admin: role === 'Admin' });
    onClose(invited.length);
  };

  return (
    <FormDialog title="Invite New User" action="Invite" disabled={!emails.length} submit={invite} onCancel={() => onClose()}>
      {(errors) => (
        <>
          <Label for="emails" required showColon>
            Email Addresses
          </Label>
          <TextArea
            id="emails"
            required
            rows={3}
            placeholder="Paste a list of email addresses"
            value={text}
            valueState={errors.emails ? 'Negative' : 'None'}
            valueStateMessage={<span>{errors.emails}</span>}
            onInput={(e) => setText(e.target.value)}
          />
          <Label for="invite-role" required showColon>
            Role
          </Label>
          <Select id="invite-role" value={role} onChange={(e) => setRole(e.detail.selectedOption.value!)}>
            <Option value="Learner">Learner</Option>
            <Option value="Admin">Admin</Option>
          </Select>
          <Label for="invite-groups" showColon>
            Groups
          </Label>
          <GroupsField id="invite-groups" value={groups} onChange={setGroups} error={errors.groups} />
          {emails.length > 0 && (
            <List headerText="Managers" selectionMode="None">
              {emails.map((email, index) => (
                <ListItemCustom key={email} type="Inactive">
                  <FlexBox direction="Column" fitContainer className="stack">
                    <FlexBox justifyContent="SpaceBetween" fitContainer>
                      <Label for={`invite-managers-${index}`}>{email}</Label>
                      {!managers[email] && (
                        <Link onClick={() => setManagers({ ...managers, [email]: [] })}>Add Manager</Link>
                      )}
                    </FlexBox>
                    {managers[email] && (
                      <ManagersField
                        id={`invite-managers-${index}`}
                        value={managers[email]}
                        onChange={(value) => setManagers({ ...managers, [email]: value })}
                        error={errors.managers}
                      />
                    )}
                  </FlexBox>
                </ListItemCustom>
              ))}
            </List>
          )}
        </>
      )}
    </FormDialog>
  );
}

interface PersonDialogProps {
  person: Person;
  onClose: (saved?: boolean) => void;
}

const save = async (person: Person, draft: Partial<Draft>, onClose: PersonDialogProps['onClose']) => {
  await api.edit(person.id, draft);
  onClose(true);
};

export function GroupsDialog({ person, onClose }: PersonDialogProps) {
  const [groups, setGroups] = useState(person.groups);
  return (
    <FormDialog title="Edit Group" action="Save" submit={() => save(person, { groups }, onClose)} onCancel={() => onClose()}>
      {(errors) => (
        <>
          <Text>{fullName(person)}</Text>
          <Label for="edit-groups" showColon>
            Groups
          </Label>
          <GroupsField id="edit-groups" value={groups} onChange={setGroups} error={errors.groups} />
        </>
      )}
    </FormDialog>
  );
}

export function ManagersDialog({ person, onClose }: PersonDialogProps) {
  const [managers, setManagers] = useState(person.managers);
  return (
    <FormDialog title="Edit Managers" action="Save" submit={() => save(person, { managers }, onClose)} onCancel={() => onClose()}>
      {(errors) => (
        <>
          <Text>{fullName(person)}</Text>
          <Label for="edit-managers" showColon>
            Managers
          </Label>
          <ManagersField id="edit-managers" value={managers} onChange={setManagers} error={errors.managers} />
        </>
      )}
    </FormDialog>
  );
}
