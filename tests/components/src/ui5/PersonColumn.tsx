import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  Bar,
  BusyIndicator,
  Button,
  DynamicPage,
  DynamicPageHeader,
  DynamicPageTitle,
  FlexBox,
  Form,
  FormItem,
  IllustratedMessage,
  Input,
  Label,
  MessageStrip,
  ObjectStatus,
  Option,
  Select,
  Text,
  Title,
  Toolbar,
  ToolbarButton,
} from '@ui5/webcomponents-react';
import { api, fullName, ROLES, useRemote, type Person } from '../shared/api';
import { GroupsField, ManagersField } from './fields';
import { formatMoment, STATUSES } from './format';
import { fieldsOf, reasonOf, toast } from './messages';

type Editable = Pick<Person, 'first_name' | 'last_name' | 'role' | 'groups' | 'managers'>;

interface PersonColumnProps {
  id: string;
  version: number;
  onSaved: () => void;
}

export function PersonColumn({ id, version, onSaved }: PersonColumnProps) {
  const navigate = useNavigate();
  const { data: person, loading } = useRemote(() => api.get(id), [id, version]);
  const [draft, setDraft] = useState<Editable>();
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});

  const close = () => navigate('/admin/users');
  if (!person) {
    return loading ? (
      <FlexBox className="fill" alignItems="Center" justifyContent="Center">
        <BusyIndicator active />
      </FlexBox>
    ) : (
      <IllustratedMessage name="UnableToLoad" titleText="User not found">
        <Button onClick={close}>Close</Button>
      </IllustratedMessage>
    );
  }

  const edit = (value?: Editable) => {
    setDraft(value);
    setMessage('');
    setErrors({});
  };
  const change = (part: Partial<Editable>) => setDraft({ ...draft!, ...part });

  const save = async () => {
    setBusy(true);
    try {
      const { first_name, last_name, role, groups, managers } = draft!;
      await api.edit(person.id, { first_name, last_name, role, groups, managers });
      edit();
      toast('Changes saved');
      onSaved();
    } catch (error) {
      setMessage(reasonOf(error));
      setErrors(fieldsOf(error));
    } finally {
      setBusy(false);
    }
  };

  const status = STATUSES[person.status];
  const stateOf = (field: string) => ({
    valueState: errors[field] ? ('Negative' as const) : ('None' as const),
    valueStateMessage: <span>{errors[field]}</span>,
  });

  return (
    <DynamicPage
      hidePinButton
      showFooter={Boolean(draft)}
      titleArea={
        <DynamicPageTitle
          heading={<Title>{fullName(person)}</Title>}
          snappedHeading={<Title>{fullName(person)}</Title>}
          subheading={<Text>{person.email}</Text>}
          actionsBar={
            <Toolbar design="Transparent">
              {!draft && <ToolbarButton design="Emphasized" text="Edit" onClick={() => edit(person)} />}
            </Toolbar>
          }
          navigationBar={
            <Toolbar design="Transparent">
              <ToolbarButton design="Transparent" icon="decline" tooltip="Close" onClick={close} />
            </Toolbar>
          }
        />
      }
      headerArea={
        <DynamicPageHeader>
          <FlexBox direction="Column" className="stack">
            <ObjectStatus state={status.state}>{status.text}</ObjectStatus>
            {person.scim_managed && (
              <MessageStrip design="Information" hideCloseButton>
                This user is managed by your identity provider.
              </MessageStrip>
            )}
          </FlexBox>
        </DynamicPageHeader>
      }
      footerArea={
        <Bar
          design="FloatingFooter"
          endContent={
            <>
              <Button design="Emphasized" loading={busy} onClick={save}>
                Save
              </Button>
              <Button design="Transparent" onClick={() => edit()}>
                Cancel
              </Button>
            </>
          }
        />
      }
    >
      {message && (
        <MessageStrip design="Negative" hideCloseButton>
          {message}
        </MessageStrip>
      )}
      {draft ? (
        <Form headerText="User Information" layout="S1 M1 L1 XL1" accessibleMode="Edit">
          <FormItem labelContent={<Label for="first-name" showColon>First Name</Label>}>
            <Input
              id="first-name"
              value={draft.first_name}
              {...stateOf('first_name')}
              onInput={(e) => change({ first_name: e.target.value })}
            />
          </FormItem>
          <FormItem labelContent={<Label for="last-name" showColon>Last Name</Label>}>
            <Input
              id="last-name"
              value={draft.last_name}
              {...stateOf('last_name')}
              onInput={(e) => change({ last_name: e.target.value })}
            />
          </FormItem>
          <FormItem labelContent={<Label for="role" required showColon>Role</Label>}>
            <Select
              id="role"
              value={draft.role}
              {...stateOf('role')}
              onChange={(e) => change({ role: e.detail.selectedOption.value as Person['role'] })}
            >
              {ROLES.map((role) => (
                <Option key={role} value={role}>
                  {role}
                </Option>
              ))}
            </Select>
          </FormItem>
          <FormItem labelContent={<Label for="groups" showColon>Groups</Label>}>
            <GroupsField id="groups" value={draft.groups} onChange={(groups) => change({ groups })} error={errors.groups} />
          </FormItem>
          <FormItem labelContent={<Label for="managers" showColon>Managers</Label>}>
            <ManagersField
              id="managers"
              value={draft.managers}
              onChange={(managers) => change({ managers })}
              error={errors.managers}
            />
          </FormItem>
        </Form>
      ) : (
        <Form headerText="User Information" layout="S1 M1 L1 XL1">
          {[
            ['First Name', person.first_name],
            ['Last Name', person.last_name],
            ['Email', person.email],
            ['Role', person.role],
            ['Groups', person.groups.join('; ')],
            ['Managers', person.managers.join('; ')],
            ['Last Login', formatMoment(person.last_login)],
          ].map(([label, value]) => (
            <FormItem key={label} labelContent={<Label showColon>{label}</Label>}>
              <Text emptyIndicatorMode="On">{value}</Text>
            </FormItem>
          ))}
        </Form>
      )}
    </DynamicPage>
  );
}
