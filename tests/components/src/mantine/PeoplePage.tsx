import { ActionIcon, Badge, Button, Group, LoadingOverlay, Menu, Pagination, Paper, Select, Table, Text, TextInput, Title } from '@mantine/core';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconDots, IconPencil, IconPlus, IconRefresh, IconSearch, IconSend, IconUpload, IconUserOff } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiError, type Person, api, fullName, useDebounced, useRemote } from '../shared/api';
import { ImportModal } from './ImportModal';
import { InviteModal } from './InviteModal';
import { PersonDrawer } from './PersonDrawer';
import { STATUS, day } from './words';

const SIZE = 15;

export function PeoplePage() {
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState<string | null>(null);
  const [page, setPage] = useState(1);
  const [inviting, setInviting] = useState(false);
  const [importing, setImporting] = useState(false);
  const [selected, setSelected] = useState<Person>();

  const text = useDebounced(search);
  const summary = useRemote(api.summary, []);
  const people = useRemote(
    () => api.list({ search: text, status: status ?? '', page, page_size: SIZE }),
    [text, status, page],
  );

  function refresh() {
    people.reload();
    summary.reload();
  }

  async function run(work: () => Promise<Person>, message: string) {
    try {
      const person = await work();
      notifications.show({ message, color: 'teal' });
      setSelected((open) => (open?.id === person.id ? person : open));
      refresh();
    } catch (problem) {
      notifications.show({ title: 'Error', message: (problem as ApiError).message, color: 'red' });
    }
  }

  const deactivate = (person: Person) =>
    modals.openConfirmModal({
      title: 'Deactivate user',
      children: (
        <Text size="sm">
          Are you sure you want to deactivate <b>{fullName(person)}</b>? They will not be able to log in anymore.
        </Text>
      ),
      labels: { confirm: 'Deactivate', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: () => run(() => api.deactivate(person.id), `${fullName(person)} has been deactivated`),
    });
  const reactivate = (person: Person) => run(() => api.reactivate(person.id), `${fullName(person)} has been reactivated`);
  const resend = (person: Person) => run(() => api.resend(person.id), `Invite resent to ${person.email}`);

  const total = people.data?.total ?? 0;
  const first = total ? (page - 1) * SIZE + 1 : 0;

  return (
    <>
      <Group justify="space-between" mb="md">
        <Group align="baseline">
          <Title order={2}>People</Title>
          {summary.data && (
            <Text c="dimmed">
              {summary.data.seats_used} of {summary.data.seats_total} seats
            </Text>
          )}
        </Group>
        <Group>
          <Button variant="default" leftSection={<IconUpload size={16} />} onClick={() => setImporting(true)}>
            Import Users
          </Button>
          <Button leftSection={<IconPlus size={16} />} onClick={() => setInviting(true)}>
            Add User
          </Button>
        </Group>
      </Group>
      <Paper withBorder p="md" pos="relative">
        <LoadingOverlay visible={people.loading} />
        <Group mb="md">
          <TextInput
            placeholder="Search people"
            leftSection={<IconSearch size={16} />}
            w={300}
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value);
              setPage(1);
            }}
          />
          <Select
            placeholder="All statuses"
            clearable
            data={[
              { value: 'active', label: 'Active' },
              { value: 'invited', label: 'Invited' },
              { value: 'deactivated', label: 'Inactive' },
            ]}
            value={status}
            onChange={(value) => {
              setStatus(value);
              setPage(1);
            }}
          />
        </Group>
        <Table.ScrollContainer minWidth={900}>
          <Table highlightOnHover verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Role</Table.Th>
                <Table.Th>Groups</Table.Th>
                <Table.Th>Status</Table.Th>
                <Table.Th>Last login</Table.Th>
                <Table.Th />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {people.data?.items.map((person) => (
                <Table.Tr key={person.id} onClick={() => setSelected(person)} style={{ cursor: 'pointer' }}>
                  <Table.Td>
                    <Text size="sm" fw={500}>
                      {fullName(person)}{' '}
                      {person.scim_managed && (
                        <Badge size="xs" variant="outline">
                          SCIM
                        </Badge>
                      )}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {person.email}
                    </Text>
                  </Table.Td>
                  <Table.Td>{person.role}</Table.Td>
                  <Table.Td>
                    <Group gap={4}>
                      {person.groups.map((group) => (
                        <Badge key={group} variant="default" tt="none">
                          {group}
                        </Badge>
                      ))}
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    <Badge color={STATUS[person.status].color} variant="light">
                      {STATUS[person.status].label}
                    </Badge>
                  </Table.Td>
                  <Table.Td>{day(person.last_login)}</Table.Td>
                  <Table.Td onClick={(event) => event.stopPropagation()}>
                    <Menu position="bottom-end" withinPortal>
                      <Menu.Target>
                        <ActionIcon variant="subtle" color="gray">
                          <IconDots size={16} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item leftSection={<IconPencil size={14} />} onClick={() => setSelected(person)}>
                          View details
                        </Menu.Item>
                        {person.status === 'invited' && (
                          <Menu.Item leftSection={<IconSend size={14} />} onClick={() => resend(person)}>
                            Resend invite
                          </Menu.Item>
                        )}
                        {person.status === 'deactivated' ? (
                          <Menu.Item leftSection={<IconRefresh size={14} />} onClick={() => reactivate(person)}>
                            Reactivate
                          </Menu.Item>
                        ) : (
                          <Menu.Item color="red" leftSection={<IconUserOff size={14} />} onClick={() => deactivate(person)}>
                            Deactivate
                          </Menu.Item>
                        )}
                      </Menu.Dropdown>
                    </Menu>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        {people.data && !total && (
          <Text ta="center" c="dimmed" py="xl">
            Nobody matches your search
          </Text>
        )}
        <Group justify="space-between" mt="md">
          <Text size="sm" c="dimmed">
            {first}–{Math.min(page * SIZE, total)} of {total} people
          </Text>
          <Pagination total={Math.ceil(total / SIZE)} value={page} onChange={setPage} />
        </Group>
      </Paper>
      <InviteModal
        opened={inviting}
        groups={summary.data?.groups ?? []}
        onClose={() => setInviting(false)}
        onDone={() => {
          setInviting(false);
          refresh();
        }}
      />
      {importing && (
        <ImportModal
          onClose={(changed) => {
            setImporting(false);
            if (changed) refresh();
          }}
        />
      )}
      {selected && (
        <PersonDrawer
          key={selected.id}
          person={selected}
          groups={summary.data?.groups ?? []}
          onClose={() => setSelected(undefined)}
          onChanged={(person) => {
            setSelected(person);
            refresh();
          }}
          onDeactivate={deactivate}
          onReactivate={reactivate}
          onResend={resend}
        />
      )}
    </>
  );
}
