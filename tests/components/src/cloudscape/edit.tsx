import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { api, fullName, ROLES, type Draft, type Person } from '../shared/api';
import { useDraft } from './draft';
import { GroupsField, ManagersField } from './fields';
import { ROLE_DESCRIPTION } from './format';
import { useNotifications } from './notifications';
import { PersonFallback, usePerson } from './person';

const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: role, description: ROLE_DESCRIPTION[role] }));

export function EditPage() {
  const { person, error } = usePerson();
  return person ? <EditForm person={person} /> : <PersonFallback error={error} />;
}

function EditForm({ person }: { person: Person }) {
  const navigate = useNavigate();
  const { notify } = useNotifications();
  const { first_name, last_name, role, groups, managers } = person;
  const { draft, change, error, managerText, setManagerText, saving, save } = useDraft<Omit<Draft, 'email'>>({
    first_name,
    last_name,
    role,
    groups,
    managers,
  });
  const page = `/admin/users/${person.id}`;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(async () => {
      const saved = await api.edit(person.id, draft);
      notify('success', `The changes to ${fullName(saved)} are saved.`, 'User updated');
      navigate(page);
    });
  };

  return (
    <ContentLayout header={<Header variant="h1">Edit {fullName(person)}</Header>}>
      <form onSubmit={submit} noValidate>
        <Form
          errorText={error?.message}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => navigate(page)}>
                Cancel
              </Button>
              <Button variant="primary" loading={saving}>
                Save changes
              </Button>
            </SpaceBetween>
          }
        >
          <Container header={<Header variant="h2">User settings</Header>}>
            <SpaceBetween size="l">
              {person.scim_managed && (
                <Alert type="warning">
                  This user is provisioned through SCIM. The next sync may overwrite what you change here.
                </Alert>
              )}
              <KeyValuePairs items={[{ label: 'Email address', value: person.email }]} />
              <ColumnLayout columns={2}>
                <FormField label="First name" errorText={error?.fields.first_name}>
                  <Input value={draft.first_name} onChange={({ detail }) => change({ first_name: detail.value })} />
                </FormField>
                <FormField label="Last name" errorText={error?.fields.last_name}>
                  <Input value={draft.last_name} onChange={({ detail }) => change({ last_name: detail.value })} />
                </FormField>
              </ColumnLayout>
              <FormField label="Role" errorText={error?.fields.role}>
                <Select
                  triggerVariant="option"
                  options={ROLE_OPTIONS}
                  selectedOption={ROLE_OPTIONS.find(({ value }) => value === draft.role) ?? null}
                  onChange={({ detail }) => change({ role: detail.selectedOption.value })}
                />
              </FormField>
              <GroupsField
                value={draft.groups}
                onChange={(groups) => change({ groups })}
                errorText={error?.fields.groups}
              />
              <ManagersField
                value={draft.managers}
                text={managerText}
                onTextChange={setManagerText}
                onChange={(managers) => change({ managers })}
                errorText={error?.fields.managers}
              />
            </SpaceBetween>
          </Container>
        </Form>
      </form>
    </ContentLayout>
  );
}
