import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import { type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import { api, fullName, ROLES, useRemote, type Draft } from '../shared/api';
import { useDraft } from './draft';
import { GroupsField, ManagersField } from './fields';
import { ROLE_DESCRIPTION } from './format';
import { useNotifications } from './notifications';

const BLANK: Draft = { email: '', first_name: '', last_name: '', role: 'Learner', groups: [], managers: [] };

export function InvitePage() {
  const navigate = useNavigate();
  const { notify } = useNotifications();
  const { data: summary } = useRemote(api.summary, []);
  const { draft, change, error, managerText, setManagerText, saving, save } = useDraft(BLANK);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(async () => {
      const person = await api.invite(draft);
      notify('success', `${fullName(person)} gets an email at ${person.email} to activate the account.`, 'Invitation sent');
      navigate('/admin/users');
    });
  };

  const seats = summary && `${summary.seats_total - summary.seats_used} of ${summary.seats_total} seats are free. `;

  return (
    <ContentLayout
      header={
        <Header variant="h1" description={`${seats ?? ''}A seat is used once the invitation is accepted.`}>
          Invite user
        </Header>
      }
    >
      <form onSubmit={submit} noValidate>
        <Form
          errorText={error?.message}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => navigate('/admin/users')}>
                Cancel
              </Button>
              <Button variant="primary" loading={saving}>
                Send invitation
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <Container header={<Header variant="h2">Person</Header>}>
              <SpaceBetween size="l">
                <FormField label="Email address" errorText={error?.fields.email}>
                  <Input
                    type="email"
                    inputMode="email"
                    placeholder="name@company.example"
                    value={draft.email}
                    onChange={({ detail }) => change({ email: detail.value })}
                  />
                </FormField>
                <ColumnLayout columns={2}>
                  <FormField label="First name" errorText={error?.fields.first_name}>
                    <Input value={draft.first_name} onChange={({ detail }) => change({ first_name: detail.value })} />
                  </FormField>
                  <FormField label="Last name" errorText={error?.fields.last_name}>
                    <Input value={draft.last_name} onChange={({ detail }) => change({ last_name: detail.value })} />
                  </FormField>
                </ColumnLayout>
              </SpaceBetween>
            </Container>
            <Container header={<Header variant="h2">Access</Header>}>
              <SpaceBetween size="l">
                <FormField label="Role" stretch errorText={error?.fields.role}>
                  <Tiles
                    columns={2}
                    value={draft.role}
                    onChange={({ detail }) => change({ role: detail.value })}
                    items={ROLES.map((role) => ({ value: role, label: role, description: ROLE_DESCRIPTION[role] }))}
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
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}
