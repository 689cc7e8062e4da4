import { useState } from 'react';
import {
  Alert,
  Button,
  Content,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core';
import { api, fullName, type Person } from '../shared/api';
import { useToast } from './toasts';

const named = (people: Person[]) => (people.length === 1 ? fullName(people[0]) : `${people.length} people`);

interface Outcome {
  done: Person[];
  failed: { person: Person; message: string }[];
}

async function forEach(people: Person[], work: (id: number) => Promise<Person>) {
  const outcome: Outcome = { done: [], failed: [] };
  for (const person of people) {
    try {
      outcome.done.push(await work(person.id));
    } catch (error) {
      outcome.failed.push({ person, message: (error as Error).message });
    }
  }
  return outcome;
}

interface DeactivateModalProps {
  people: Person[];
  onClose: () => void;
  onDeactivated: (people: Person[]) => void;
}

function DeactivateModal({ people, onClose, onDeactivated }: DeactivateModalProps) {
  const [isLoading, setIsLoading] = useState(false);
  const [failed, setFailed] = useState<Outcome['failed']>([]);
  const remaining = failed.length > 0 ? failed.map(({ person }) => person) : people;

  const onConfirm = async () => {
    setIsLoading(true);
    const outcome = await forEach(remaining, api.deactivate);
    setIsLoading(false);
    setFailed(outcome.failed);
    if (outcome.done.length > 0) onDeactivated(outcome.done);
    if (outcome.failed.length === 0) onClose();
  };

  return (
    <Modal isOpen variant="small" aria-labelledby="deactivate-title" aria-describedby="deactivate-body" onClose={onClose}>
      <ModalHeader title={`Deactivate ${named(people)}?`} titleIconVariant="warning" labelId="deactivate-title" />
      <ModalBody id="deactivate-body">
        {failed.map(({ person, message }) => (
          <Alert key={person.id} variant="danger" isInline title={`Could not deactivate ${fullName(person)}`}>
            {message}
          </Alert>
        ))}
        <Content component="p">
          They lose access right away. Completion records are kept for reporting. Review the content they own or
          assigned, and any API keys tied to the account.
        </Content>
        {people.some((person) => person.scim_managed) && (
          <Content component="p">
            Accounts managed by your identity provider should be deprovisioned there; a change here may conflict with
            the sync.
          </Content>
        )}
        <List className="deactivate-people">
          {remaining.map((person) => (
            <ListItem key={person.id}>{person.email}</ListItem>
          ))}
        </List>
      </ModalBody>
      <ModalFooter>
        <Button variant="danger" isLoading={isLoading} isDisabled={isLoading} onClick={onConfirm}>
          Deactivate
        </Button>
        <Button variant="link" isDisabled={isLoading} onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** Deactivating, reactivating and resending, for one person or several; `onChanged` follows each. */
export function usePersonActions(onChanged: () => void) {
  const toast = useToast();
  const [leaving, setLeaving] = useState<Person[]>([]);

  const run = async (
    people: Person[],
    work: (id: number) => Promise<Person>,
    words: { done: (people: Person[]) => string; failed: string },
  ) => {
    const { done, failed } = await forEach(people, work);
    if (done.length > 0) toast('success', words.done(done));
    for (const { person, message } of failed) toast('danger', `${words.failed} ${fullName(person)}`, message);
    onChanged();
  };

  return {
    deactivate: setLeaving,
    reactivate: (people: Person[]) =>
      run(people, api.reactivate, {
        done: (done) => `${named(done)} reactivated`,
        failed: 'Could not reactivate',
      }),
    resend: (people: Person[]) =>
      run(people, api.resend, {
        done: (done) => `Invitation resent to ${done.length === 1 ? done[0].email : named(done)}`,
        failed: 'Could not resend the invitation to',
      }),
    modal: leaving.length > 0 && (
      <DeactivateModal
        people={leaving}
        onClose={() => setLeaving([])}
        onDeactivated={(done) => {
          toast('success', `${named(done)} deactivated`);
          onChanged();
        }}
      />
    ),
  };
}
