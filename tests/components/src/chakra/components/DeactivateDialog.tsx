import { Alert, Button, Checkbox, CloseButton, Dialog, Field, NativeSelect, Portal, Stack, Text } from '@chakra-ui/react';
import { useState } from 'react';
import { type Person, api, fullName } from '../../shared/api';
import { usePersonAction } from '../queries';

const REASONS = ['Left the company', 'Changed role', 'On long-term leave', 'Contract ended', 'Other'];

export function DeactivateDialog({ person }: { person: Person }) {
  const [open, setOpen] = useState(false);
  const [understood, setUnderstood] = useState(false);
  const deactivate = usePersonAction(api.deactivate, 'User deactivated');
  const onOpenChange = (e: { open: boolean }) => {
    setOpen(e.open);
    setUnderstood(false);
    deactivate.reset();
  };
  return (
    <Dialog.Root role="alertdialog" lazyMount unmountOnExit open={open} onOpenChange={onOpenChange}>
      <Dialog.Trigger asChild>
        <Button variant="outline" colorPalette="red">
          Deactivate user
        </Button>
      </Dialog.Trigger>
      <Portal>
        <Dialog.Backdrop />
        <Dialog.Positioner>
          <Dialog.Content>
            <Dialog.Header>
              <Dialog.Title>Deactivate {fullName(person)}?</Dialog.Title>
            </Dialog.Header>
            <Dialog.Body>
              <Stack gap="4">
                {deactivate.isError && (
                  <Alert.Root status="error" size="sm">
                    <Alert.Indicator />
                    <Alert.Title>{deactivate.error.message}</Alert.Title>
                  </Alert.Root>
                )}
                <Text>
                  <strong>{person.email}</strong> will no longer be able to sign in. Completion records stay available in reports, and
                  content they created remains in place.
                </Text>
                {person.scim_managed && (
                  <Alert.Root status="warning" size="sm">
                    <Alert.Indicator />
                    <Alert.Title>Your identity provider manages this person and may conflict with a change made here.</Alert.Title>
                  </Alert.Root>
                )}
                <Field.Root>
                  <Field.Label>
                    Reason <Field.RequiredIndicator fallback={<Text color="fg.muted">(optional)</Text>} />
                  </Field.Label>
                  <NativeSelect.Root>
                    <NativeSelect.Field placeholder="Choose a reason">
                      {REASONS.map((reason) => (
                        <option key={reason}>{reason}</option>
                      ))}
                    </NativeSelect.Field>
                    <NativeSelect.Indicator />
                  </NativeSelect.Root>
                </Field.Root>
                <Checkbox.Root checked={understood} onCheckedChange={(e) => setUnderstood(!!e.checked)}>
                  <Checkbox.HiddenInput />
                  <Checkbox.Control />
                  <Checkbox.Label>I understand</Checkbox.Label>
                </Checkbox.Root>
              </Stack>
            </Dialog.Body>
            <Dialog.Footer>
              <Dialog.ActionTrigger asChild>
                <Button variant="outline">Keep active</Button>
              </Dialog.ActionTrigger>
              <Button
                colorPalette="red"
                disabled={!understood}
                loading={deactivate.isPending}
                onClick={() => deactivate.mutate(person, { onSuccess: () => setOpen(false) })}
              >
                Yes, deactivate
              </Button>
            </Dialog.Footer>
            <Dialog.CloseTrigger asChild>
              <CloseButton size="sm" />
            </Dialog.CloseTrigger>
          </Dialog.Content>
        </Dialog.Positioner>
      </Portal>
    </Dialog.Root>
  );
}
