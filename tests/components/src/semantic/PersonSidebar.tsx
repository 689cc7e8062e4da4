import dayjs from 'dayjs';
import { useState } from 'react';
import { Button, Divider, Form, Header, List, Message, Placeholder, Sidebar, Tab, TabPane } from 'semantic-ui-react';
import { api, type ApiError, fullName, type Person, useRemote } from '../shared/api';
import { GroupsDropdown, ManagersDropdown } from './fields';
import StatusLabel from './StatusLabel';

interface FormProps {
  groups: string[];
  onClose: () => void;
  onSaved: (person: Person) => void;
}

const TAB_OF: Record<string, number> = { groups: 1, managers: 2 };

function PersonForm({ person, groups, onClose, onSaved }: FormProps & { person: Person }) {
  const [draft, setDraft] = useState(person);
  const [tab, setTab] = useState(0);
  const [error, setError] = useState<ApiError>();
  const [saving, setSaving] = useState(false);
  const set = (change: Partial<Person>) => setDraft((current) => ({ ...current, ...change }));

  const save = async () => {
    setSaving(true);
    setError(undefined);
    try {
      const { first_name, last_name, role, groups, managers } = draft;
      onSaved(await api.edit(person.id, { first_name, last_name, role, groups, managers }));
    } catch (reason) {
      const refusal = reason as ApiError;
      setError(refusal);
      setTab(TAB_OF[Object.keys(refusal.fields)[0]] ?? 0);
    }
    setSaving(false);
  };

  const panes = [
    {
      menuItem: 'Details',
      render: () => (
        <TabPane basic attached={false}>
          <Form.Group widths="equal">
            <Form.Input
              label="First name"
              value={draft.first_name}
              onChange={(_, { value }) => set({ first_name: value })}
              error={error?.fields.first_name}
            />
            <Form.Input
              label="Last name"
              value={draft.last_name}
              onChange={(_, { value }) => set({ last_name: value })}
              error={error?.fields.last_name}
            />
          </Form.Group>
          <Form.Input label="Email" icon="lock" value={person.email} readOnly />
          <Form.Checkbox
            toggle
            label="Admin"
            checked={draft.role === 'Admin'}
            onChange={(_, { checked }) =>
              set({ role: checked ? 'Admin' : person.role === 'Admin' ? 'Learner' : person.role })
            }
            error={error?.fields.role}
          />
          <Divider />
          <List horizontal relaxed="very">
            <List.Item header="Role" content={person.role} />
            <List.Item
              header="Last login"
              content={person.last_login ? dayjs(person.last_login).format('MMMM D, YYYY h:mm A') : 'Never'}
            />
          </List>
        </TabPane>
      ),
    },
    {
      menuItem: 'Groups',
      render: () => (
        <TabPane basic attached={false}>
          <Form.Field
            control={GroupsDropdown}
            groups={groups}
            value={draft.groups}
            onChange={(value: string[]) => set({ groups: value })}
            error={error?.fields.groups}
          />
        </TabPane>
      ),
    },
    {
      menuItem: 'Managers',
      render: () => (
        <TabPane basic attached={false}>
          <Form.Field
            control={ManagersDropdown}
            value={draft.managers}
            onChange={(value: string[]) => set({ managers: value })}
            error={error?.fields.managers}
          />
        </TabPane>
      ),
    },
  ];

  return (
    <Form onSubmit={save} loading={saving} error={Boolean(error)} warning={person.scim_managed}>
      <Header as="h2">
        {fullName(person)} <StatusLabel person={person} />
        <Header.Subheader>{person.email}</Header.Subheader>
      </Header>
      <Message
        warning
        icon="sync"
        content="This user is managed by your identity provider. The next sync may overwrite changes made here."
      />
      {error && <Message error content={error.message} />}
      <Tab
        menu={{ secondary: true, pointing: true }}
        panes={panes}
        activeIndex={tab}
        onTabChange={(_, { activeIndex }) => setTab(Number(activeIndex))}
      />
      <Divider hidden />
      <Button primary type="submit" content="Save Changes" />
      <Button basic type="button" content="Close" onClick={onClose} />
    </Form>
  );
}

function PersonPanel({ id, ...rest }: FormProps & { id: string }) {
  const { data: person, loading } = useRemote(() => api.get(id), [id]);
  if (person) return <PersonForm person={person} {...rest} />;
  if (!loading) {
    return (
      <>
        <Divider hidden clearing />
        <Message negative header="User not found" content="They may have been deleted." />
      </>
    );
  }
  return (
    <Placeholder fluid>
      <Placeholder.Header>
        <Placeholder.Line />
        <Placeholder.Line />
      </Placeholder.Header>
      <Placeholder.Paragraph>
        <Placeholder.Line />
        <Placeholder.Line />
        <Placeholder.Line />
      </Placeholder.Paragraph>
    </Placeholder>
  );
}

export default function PersonSidebar({ id, onClose, ...rest }: FormProps & { id?: string }) {
  return (
    <Sidebar animation="overlay" direction="right" width="wide" visible={Boolean(id)}>
      {id && (
        <>
          <Button basic floated="right" size="small" icon="close" onClick={onClose} />
          <PersonPanel key={id} id={id} onClose={onClose} {...rest} />
        </>
      )}
    </Sidebar>
  );
}
