import { Alert, Button, CloseButton, Dialog, Field, HStack, Input, Portal, RadioCard, SimpleGrid, Stack } from '@chakra-ui/react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { LuUserPlus } from 'react-icons/lu';
import { type Draft, ROLES, type Role, api } from '../../shared/api';
import { fieldErrors, useRefresh, useSummary } from '../queries';
import { GroupPicker, ManagerPicker } from './pickers';
import { toaster } from './ui/toaster';

const ABOUT: Record<Role, string> = {
  Learner: 'Takes assigned training',
  Manager: 'Follows the progress of a team',
  'Content Creator': 'Writes and publishes content',
  Admin: 'Full access to the platform',
};

const EMPTY: Draft = { email: '', first_name: '', last_name: '', role: 'Learner', groups: [], managers: [] };

function InviteForm({ onDone }: { onDone: () => void }) {
  const refresh = useRefresh();
  const { data: summary } = useSummary();
  const { register, control, handleSubmit, setError, formState } = useForm<Draft>({ defaultValues: EMPTY });
  const { errors } = formState;
  const invite = useMutation({
    mutationFn: api.invite,
    onSuccess: (person) => {
      refresh(person);
      toaster.success({ title: 'Invitation sent', description: `${person.email} will receive an email to set a password.` });
      onDone();
    },
    onError: (error) => {
      for (const [name, message] of Object.entries(fieldErrors(error))) setError(name as keyof Draft, { message });
    },
  });
  return (
    <form noValidate onSubmit={handleSubmit((draft) => invite.mutate(draft))}>
      <Dialog.Header>
        <Dialog.Title>Invite User</Dialog.Title>
      </Dialog.Header>
      <Dialog.Body>
        <Stack gap="4">
          {invite.isError && (
            <Alert.Root status="error" size="sm">
              <Alert.Indicator />
              <Alert.Title>{invite.error.message}</Alert.Title>
            </Alert.Root>
          )}
          {summary && summary.seats_used >= summary.seats_total && (
            <Alert.Root status="warning" size="sm">
              <Alert.Indicator />
              <Alert.Title>All {summary.seats_total} seats are in use. This person takes one once they activate their account.</Alert.Title>
            </Alert.Root>
          )}
          <Field.Root required invalid={!!errors.email}>
            <Field.Label>
              Email address <Field.RequiredIndicator />
            </Field.Label>
            <Input type="email" {...register('email', { required: 'Email is required' })} />
            <Field.ErrorText>{errors.email?.message}</Field.ErrorText>
          </Field.Root>
          <HStack gap="4" align="start">
            <Field.Root required invalid={!!errors.first_name}>
              <Field.Label>
                First name <Field.RequiredIndicator />
              </Field.Label>
              <Input {...register('first_name', { required: 'First name is required' })} />
              <Field.ErrorText>{errors.first_name?.message}</Field.ErrorText>
            </Field.Root>
            <Field.Root required invalid={!!errors.last_name}>
              <Field.Label>
                Last name <Field.RequiredIndicator />
              </Field.Label>
              <Input {...register('last_name', { required: 'Last name is required' })} />
              <Field.ErrorText>{errors.last_name?.message}</Field.ErrorText>
            </Field.Root>
          </HStack>
          <Controller
            name="role"
            control={control}
            render={({ field }) => (
              <RadioCard.Root size="sm" name={field.name} value={field.value} onValueChange={(e) => field.onChange(e.value)}>
                <RadioCard.Label>Role</RadioCard.Label>
                <SimpleGrid columns={2} gap="2">
                  {ROLES.map((role) => (
                    <RadioCard.Item key={role} value={role}>
                      <RadioCard.ItemHiddenInput onBlur={field.onBlur} />
                      <RadioCard.ItemControl>
                        <RadioCard.ItemContent>
                          <RadioCard.ItemText>{role}</RadioCard.ItemText>
                          <RadioCard.ItemDescription>{ABOUT[role]}</RadioCard.ItemDescription>
                        </RadioCard.ItemContent>
                        <RadioCard.ItemIndicator />
                      </RadioCard.ItemControl>
                    </RadioCard.Item>
                  ))}
                </SimpleGrid>
              </RadioCard.Root>
            )}
          />
          <Controller
            name="groups"
            control={control}
            render={({ field }) => (
              <Field.Root invalid={!!errors.groups}>
                <Field.Label>Groups</Field.Label>
                <GroupPicker value={field.value} onChange={field.onChange} />
                <Field.HelperText>Groups decide which content this person sees first.</Field.HelperText>
              </Field.Root>
            )}
          />
          <Controller
            name="managers"
            control={control}
            render={({ field }) => (
              <Field.Root invalid={!!errors.managers}>
                <Field.Label>Managers</Field.Label>
                <ManagerPicker value={field.value} onChange={field.onChange} />
                <Field.ErrorText>{errors.managers?.message}</Field.ErrorText>
              </Field.Root>
            )}
          />
        </Stack>
      </Dialog.Body>
      <Dialog.Footer>
        <Dialog.ActionTrigger asChild>
          <Button variant="outline">Cancel</Button>
        </Dialog.ActionTrigger>
        <Button type="submit" loading={invite.isPending}>
          Send invitation
        </Button>
      </Dialog.Footer>
    </form>
  );
}

export function InviteDialog() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root size="lg" lazyMount unmountOnExit closeOnInteractOutside={false} open={open} onOpenChange={(e) => setOpen(e.open)}>
      <Dialog.Trigger asChild>
        <Button>
          <LuUserPlus /> Invite User
        </Button>
      </Dialog.Trigger>
      <Portal>
        <Dialog.Backdrop />
        <Dialog.Positioner>
          <Dialog.Content>
            <InviteForm onDone={() => setOpen(false)} />
            <Dialog.CloseTrigger asChild>
              <CloseButton size="sm" />
            </Dialog.CloseTrigger>
          </Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  );
}
