import { type FormEvent, useState } from 'react';
import { Alert, Button, Form, Modal } from 'react-bootstrap';
import { ApiError, api } from '../shared/api';
import { useToast } from './Toasts';
import { type Errors, type Fields, UserForm } from './UserForm';
import { split } from './words';

const EMPTY: Fields = { email: '', first_name: '', last_name: '', role: '', groups: [], managers: '' };

interface Props {
  show: boolean;
  groups: string[];
  onHide: () => void;
  onDone: () => void;
}

export function AddUserModal({ show, groups, onHide, onDone }: Props) {
  const toast = useToast();
  const [fields, setFields] = useState(EMPTY);
  const [errors, setErrors] = useState<Errors>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    setProblem('');
    setErrors({});
    try {
      const person = await api.invite({ ...fields, managers: split(fields.managers) });
      toast(`Invitation sent to ${person.email}`);
      onDone();
    } catch (refusal) {
      const { fields: found, message } = refusal as ApiError;
      setErrors(found);
      setProblem(message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      show={show}
      onHide={onHide}
      onExited={() => {
        setFields(EMPTY);
        setErrors({});
        setProblem('');
      }}
    >
      <Form onSubmit={submit} noValidate>
        <Modal.Header closeButton>
          <Modal.Title>Add User</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {problem && <Alert variant="danger">{problem}</Alert>}
          <UserForm isNew fields={fields} errors={errors} groups={groups} onChange={(part) => setFields({ ...fields, ...part })} />
        </Modal.Body>
        <Modal.Footer>
          <Button variant="secondary" onClick={onHide}>
            Cancel
          </Button>
          <Button type="submit" disabled={busy}>
            Send Invitation
          </Button>
        </Modal.Footer>
      </Form>
    </Modal>
  );
}
