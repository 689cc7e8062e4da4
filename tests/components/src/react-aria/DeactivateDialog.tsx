import { useState } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { api, fullName, type Person } from '../shared/api';
import { complain, say } from './toasts';

interface Props {
  people: Person[];
  onClose: () => void;
  onDone: () => void;
}

export function DeactivateDialog({ people, onClose, onDone }: Props) {
  const [busy, setBusy] = useState(false);
  const one = people.length === 1 ? people[0] : undefined;

  const go = async () => {
    setBusy(true);
    let done = 0;
    for (const person of people) {
      try {
        await api.deactivate(person.id);
        done += 1;
      } catch (error) {
        complain(error);
      }
    }
    if (done > 0) say(one ? `${fullName(one)} is deactivated` : `${done} people are deactivated`, 'Their seats are free again.');
    onDone();
    onClose();
  };

  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && !busy && onClose()} className="overlay">
      <Modal className="modal small">
        <Dialog role="alertdialog" className="dialog">
          <Heading slot="title">{one ? `Deactivate ${fullName(one)}?` : `Deactivate ${people.length} people?`}</Heading>
          {one ? (
            <p>
              <strong>{one.email}</strong> will be signed out and lose access.
            </p>
          ) : (
            <ul>
              {people.map((person) => (
                <li key={person.id}>{person.email}</li>
              ))}
            </ul>
          )}
          <p>Completion records and content are kept. You can bring people back later if a seat is free.</p>
          <div className="buttons">
            <Button className="button" onPress={onClose} isDisabled={busy} autoFocus>
              Keep access
            </Button>
            <Button className="button negative" onPress={() => void go()} isPending={busy}>
              Deactivate
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
