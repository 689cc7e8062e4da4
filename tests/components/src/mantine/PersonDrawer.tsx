import { Badge, Button, Divider, Drawer, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { ApiError, type Draft, type Person, api, fullName } from '../shared/api';
import { AccessFields } from './fields';
import { STATUS, day } from './words';

interface Props {
  person: Person;
  groups: string[];
  onClose: () => void;
  onChanged: (person: Person) => void;
  onDeactivate: (person: Person) => void;
  onReactivate: (person: Person) => void;
  onResend: (person: Person) => void;
}

function Row({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      {children}
    </div>
  );
}

function EditForm({ person, groups, onCancel, onSaved }: { person: Person; groups: string[]; onCancel: () => void; onSaved: (person: Person) => void }) {
  const [busy, setBusy] = useState(false);
  const { first_name, last_name, role, groups: chosen, managers, email } = person;
  const form = useForm<Draft>({ initialValues: { email, first_name, last_name, role, groups: chosen, managers } });

  const submit = form.onSubmit(async ({ email: _, ...values }) => {
    setBusy(true);
    try {
      const saved = await api.edit(person.id, values);
      notifications.show({ message: 'Profile updated', color: 'teal' });
      onSaved(saved);
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      form.setErrors(fields);
      if (!Object.keys(fields).length) notifications.show({ message, color: 'red' });
      setBusy(false);
    }
  });

  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="First name" {...form.getInputProps('first_name')} />
        <TextInput label="Last name" {...form.getInputProps('last_name')} />
        <AccessFields form={form} groups={groups} />
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={busy}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function PersonDrawer({ person, groups, onClose, onChanged, onDeactivate, onReactivate, onResend }: Props) {
  const [editing, setEditing] = useState(false);
  return (
    <Drawer opened onClose={onClose} position="right" title={<Text fw={600}>{fullName(person)}</Text>}>
      {editing ? (
        <EditForm
          person={person}
          groups={groups}
          onCancel={() => setEditing(false)}
          onSaved={(saved) => {
            setEditing(false);
            onChanged(saved);
          }}
        />
      ) : (
        <Stack gap="sm">
          <Row label="Email">{person.email}</Row>
          <Row label="Role">{person.role}</Row>
          <Row label="Status">
            <Badge color={STATUS[person.status].color} variant="light">
              {STATUS[person.status].label}
            </Badge>
            {person.scim_managed && (
              <Badge ml="xs" variant="outline">
                SCIM
              </Badge>
            )}
          </Row>
          <Row label="Groups">
            {person.groups.length ? person.groups.map((group) => <Text key={group}>{group}</Text>) : 'No groups'}
          </Row>
          <Row label="Managers">
            {person.managers.length ? person.managers.map((manager) => <Text key={manager}>{manager}</Text>) : 'No managers'}
          </Row>
          <Row label="Last login">{day(person.last_login)}</Row>
          <Divider />
          <Group>
            <Button variant="light" onClick={() => setEditing(true)}>
              Edit
            </Button>
            {person.status === 'invited' && (
              <Button variant="light" onClick={() => onResend(person)}>
                Resend invite
              </Button>
            )}
            {person.status === 'deactivated' ? (
              <Button variant="light" color="teal" onClick={() => onReactivate(person)}>
                Reactivate
              </Button>
            ) : (
              <Button variant="light" color="red" onClick={() => onDeactivate(person)}>
                Deactivate
              </Button>
            )}
          </Group>
        </Stack>
      )}
    </Drawer>
  );
}
