import { Alert, Avatar, Breadcrumb, Button, Card, DataList, EmptyState, Flex, HStack, Heading, SimpleGrid, Skeleton, Stack, Tag, Text, Wrap } from '@chakra-ui/react';
import { LuMail, LuUserRoundX } from 'react-icons/lu';
import { Link as RouterLink, useParams } from 'react-router-dom';
import { type Draft, type Person, ROLES, api, fullName } from '../../shared/api';
import { DeactivateDialog } from '../components/DeactivateDialog';
import { EditableName } from '../components/EditableName';
import { EditableRow } from '../components/EditableRow';
import { StatusBadge } from '../components/StatusBadge';
import { GroupPicker, ManagerPicker } from '../components/pickers';
import { OptionSelect } from '../components/ui/option-select';
import { toaster } from '../components/ui/toaster';
import { dateTime, timeAgo } from '../format';
import { toastError, usePerson, usePersonAction, useRefresh } from '../queries';

const ROLE_ITEMS = ROLES.map((role) => ({ value: role, label: role }));

function Tags({ items, none }: { items: string[]; none: string }) {
  if (items.length === 0) return <Text color="fg.subtle">{none}</Text>;
  return (
    <Wrap gap="1">
      {items.map((item) => (
        <Tag.Root key={item} size="lg">
          <Tag.Label>{item}</Tag.Label>
        </Tag.Root>
      ))}
    </Wrap>
  );
}

function Profile({ person }: { person: Person }) {
  const refresh = useRefresh();
  const save = async (change: Partial<Draft>) => {
    refresh(await api.edit(person.id, change));
    toaster.success({ title: 'Changes saved' });
  };
  return (
    <Card.Root>
      <Card.Header>
        <Card.Title as="h2">Profile</Card.Title>
      </Card.Header>
      <Card.Body>
        <Stack gap="4">
          <SimpleGrid columns={{ base: 1, md: 2 }} gap="4">
            <EditableName label="First name" name="first_name" value={person.first_name} onSave={save} />
            <EditableName label="Last name" name="last_name" value={person.last_name} onSave={save} />
          </SimpleGrid>
          <EditableRow name="role" label="Role" value={person.role} onSave={save} display={person.role}>
            {(draft, setDraft) => <OptionSelect size="sm" maxW="xs" items={ROLE_ITEMS} value={draft} onChange={setDraft} />}
          </EditableRow>
          <EditableRow
            name="groups"
            label="Groups"
            value={person.groups}
            onSave={save}
            display={<Tags items={person.groups} none="Not in any group" />}
          >
            {(draft, setDraft) => <GroupPicker value={draft} onChange={setDraft} />}
          </EditableRow>
          <EditableRow
            name="managers"
            label="Managers"
            value={person.managers}
            onSave={save}
            display={<Tags items={person.managers} none="No managers" />}
          >
            {(draft, setDraft) => <ManagerPicker value={draft} onChange={setDraft} />}
          </EditableRow>
        </Stack>
      </Card.Body>
    </Card.Root>
  );
}

function Account({ person }: { person: Person }) {
  return (
    <Card.Root>
      <Card.Header>
        <Card.Title as="h2">Account</Card.Title>
      </Card.Header>
      <Card.Body>
        <DataList.Root>
          <DataList.Item>
            <DataList.ItemLabel>Email address</DataList.ItemLabel>
            <DataList.ItemValue>{person.email}</DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>Last login</DataList.ItemLabel>
            <DataList.ItemValue>
              {person.last_login ? `${dateTime(person.last_login)} (${timeAgo(person.last_login)})` : 'Never'}
            </DataList.ItemValue>
          </DataList.Item>
          <DataList.Item>
            <DataList.ItemLabel>Managed by</DataList.ItemLabel>
            <DataList.ItemValue>{person.scim_managed ? 'Identity provider (SCIM)' : 'WorkRamp'}</DataList.ItemValue>
          </DataList.Item>
        </DataList.Root>
      </Card.Body>
    </Card.Root>
  );
}

function Header({ person }: { person: Person }) {
  const resend = usePersonAction(api.resend, 'Invitation resent');
  return (
    <Flex justify="space-between" align="center" gap="4" wrap="wrap">
      <HStack gap="4">
        <Avatar.Root size="xl">
          <Avatar.Fallback name={fullName(person)} />
        </Avatar.Root>
        <Stack gap="1">
          <HStack>
            <Heading as="h1" size="2xl">
              {fullName(person)}
            </Heading>
            <StatusBadge status={person.status} />
          </HStack>
          <Text color="fg.muted">{person.email}</Text>
        </Stack>
      </HStack>
      {person.status === 'invited' && (
        <Button variant="outline" loading={resend.isPending} onClick={() => resend.mutate(person, { onError: toastError })}>
          <LuMail /> Resend invitation
        </Button>
      )}
    </Flex>
  );
}

function InactiveNotice({ person }: { person: Person }) {
  const reactivate = usePersonAction(api.reactivate, 'User reactivated');
  return (
    <Alert.Root status="neutral">
      <Alert.Indicator />
      <Alert.Content>
        <Alert.Title>This user is inactive</Alert.Title>
        <Alert.Description>They cannot sign in. Reactivating may require a free seat.</Alert.Description>
      </Alert.Content>
      <Button
        size="sm"
        alignSelf="center"
        loading={reactivate.isPending}
        onClick={() => reactivate.mutate(person, { onError: toastError })}
      >
        Reactivate
      </Button>
    </Alert.Root>
  );
}

function RemoveAccess({ person }: { person: Person }) {
  return (
    <Card.Root borderColor="border.error">
      <Card.Body>
        <Flex justify="space-between" align="center" gap="4">
          <Stack gap="1">
            <Card.Title as="h2">Remove access</Card.Title>
            <Card.Description>Stops this person from signing in. You can reactivate them later.</Card.Description>
          </Stack>
          <DeactivateDialog person={person} />
        </Flex>
      </Card.Body>
    </Card.Root>
  );
}

export function PersonPage() {
  const { id = '' } = useParams();
  const { data: person, isError } = usePerson(id);
  if (isError)
    return (
      <EmptyState.Root>
        <EmptyState.Content>
          <EmptyState.Indicator>
            <LuUserRoundX />
          </EmptyState.Indicator>
          <EmptyState.Title>User not found</EmptyState.Title>
          <Button asChild variant="outline">
            <RouterLink to="/admin/users">Back to People</RouterLink>
          </Button>
        </EmptyState.Content>
      </EmptyState.Root>
    );
  return (
    <Stack gap="6" maxW="4xl" mx="auto">
      <Breadcrumb.Root>
        <Breadcrumb.List>
          <Breadcrumb.Item>
            <Breadcrumb.Link asChild>
              <RouterLink to="/admin/users">People</RouterLink>
            </Breadcrumb.Link>
          </Breadcrumb.Item>
          <Breadcrumb.Separator />
          <Breadcrumb.Item>
            <Breadcrumb.CurrentLink>{person ? fullName(person) : '…'}</Breadcrumb.CurrentLink>
          </Breadcrumb.Item>
        </Breadcrumb.List>
      </Breadcrumb.Root>
      {person ? (
        <>
          <Header person={person} />
          {person.status === 'deactivated' && <InactiveNotice person={person} />}
          <Profile key={person.id} person={person} />
          <Account person={person} />
          {person.status !== 'deactivated' && <RemoveAccess person={person} />}
        </>
      ) : (
        <>
          <Skeleton height="16" />
          <Skeleton height="96" />
          <Skeleton height="32" />
        </>
      )}
    </Stack>
  );
}
