import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { isEmail, isNotEmpty, useForm } from '@mantine/form';
import { notifications } from '@mantine/notifications';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { ApiError, type Draft, api } from '../shared/api';
import { AccessFields } from './fields';

interface Props {
  opened: boolean;
  groups: string[];
  onClose: () => void;
  onDone: () => void;
}

export function InviteModal({ opened, groups, onClose, onDone }: Props) {
  const [busy, setBusy] = useState(false);
  const form = useForm<Draft>({
    initialValues: { email: '', first_name: '', last_name: '', role: 'Learner', groups: [], managers: [] },
    validate: {
      email: isEmail('Invalid email address'),
      first_name: isNotEmpty('Enter a first name'),
      last_name: isNotEmpty('Enter a last name'),
      role: isNotEmpty('Pick a role'),
    },
  });

  const submit = form.onSubmit(async (values) => {
    setBusy(true);
    try {
      await api.invite(values);
      notifications.show({
        title: 'Invitation sent',
        message: `${values.first_name} ${values.last_name} will receive an email shortly`,
        color: 'teal',
        icon: <IconCheck size={18} />,
      });
      form.reset();
      onDone();
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      form.setErrors(fields);
      if (!Object.keys(fields).length) notifications.show({ message, color: 'red', icon: <IconX size={18} /> });
    } finally {
      setBusy(false);
    }
  });

  return (
    <Modal opened={opened} onClose={onClose} title="Invite a new user" size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput label="Email address" withAsterisk placeholder="name@company.com" {...form.getInputProps('email')} />
          <Group grow align="flex-start">
            <TextInput label="First name" withAsterisk {...form.getInputProps('first_name')} />
            <TextInput label="Last name" withAsterisk {...form.getInputProps('last_name')} />
          </Group>
          <AccessFields form={form} groups={groups} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Send invite
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
