import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import Tabs from '@cloudscape-design/components/tabs';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { api, fullName, type ApiError, type Person } from '../shared/api';
import { accountItems, useAccountActions } from './actions';
import { useFollow } from './follow';
import { PersonStatus, timestamp } from './format';
import { useShell } from './shell';

/** The person of the address, and their name for the breadcrumbs. */
export function usePerson() {
  const { id = '' } = useParams();
  const { setPageTitle } = useShell();
  const [person, setPerson] = useState<Person>();
  const [error, setError] = useState('');

  useEffect(() => {
    let current = true;
    setPerson(undefined);
    setError('');
    api.get(id).then(
      (answer) => current && setPerson(answer),
      (failure: ApiError) => current && setError(failure.message),
    );
    return () => {
      current = false;
    };
  }, [id]);

  useEffect(() => {
    setPageTitle(person ? fullName(person) : '');
  }, [person, setPageTitle]);

  return { person, setPerson, error };
}

export function PersonFallback({ error }: { error: string }) {
  const follow = useFollow();
  if (!error) {
    return (
      <Box padding="xxl" textAlign="center">
        <StatusIndicator type="loading">Loading person</StatusIndicator>
      </Box>
    );
  }
  return (
    <Alert
      type="error"
      header="This person cannot be shown"
      action={
        <Button href="/admin/users" onFollow={follow()}>
          Back to people
        </Button>
      }
    >
      {error}
    </Alert>
  );
}

const Values = ({ title, column, values }: { title: string; column: string; values: string[] }) => (
  <Table
    header={<Header counter={`(${values.length})`}>{title}</Header>}
    columnDefinitions={[{ id: 'value', header: column, cell: (value) => value, isRowHeader: true }]}
    items={values}
    empty={
      <Box textAlign="center" color="inherit">
        No {title.toLowerCase()}
      </Box>
    }
  />
);

export function PersonPage() {
  const { person, setPerson, error } = usePerson();
  const { busy, run, modal } = useAccountActions(setPerson);
  const follow = useFollow();

  if (!person) return <PersonFallback error={error} />;

  const details = (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'First name', value: person.first_name || '-' },
          { label: 'Last name', value: person.last_name || '-' },
          { label: 'Email address', value: person.email },
          { label: 'User ID', value: person.id },
          { label: 'Provisioned by', value: person.scim_managed ? 'Identity provider (SCIM)' : 'Learning platform' },
        ]}
      />
    </Container>
  );

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button href={`/admin/users/${person.id}/edit`} onFollow={follow()}>
                Edit
              </Button>
              <ButtonDropdown
                items={accountItems(person)}
                loading={busy}
                onItemClick={({ detail }) => run(detail.id as Parameters<typeof run>[0], person)}
              >
                Actions
              </ButtonDropdown>
            </SpaceBetween>
          }
        >
          {fullName(person)}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container header={<Header variant="h2">Overview</Header>}>
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'Status', value: <PersonStatus status={person.status} /> },
              { label: 'Role', value: person.role },
              { label: 'Last login', value: timestamp(person.last_login) },
            ]}
          />
        </Container>
        <Tabs
          tabs={[
            { id: 'details', label: 'Details', content: details },
            { id: 'groups', label: 'Groups', content: <Values title="Groups" column="Group" values={person.groups} /> },
            {
              id: 'managers',
              label: 'Managers',
              content: <Values title="Managers" column="Email address" values={person.managers} />,
            },
          ]}
        />
      </SpaceBetween>
      {modal}
    </ContentLayout>
  );
}
