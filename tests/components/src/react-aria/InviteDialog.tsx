import { useState, type FormEvent } from 'react';
import {
  Button,
  Dialog,
  FieldError,
  Form,
  Heading,
  Label,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  Popover,
  Select,
  SelectValue,
  Text,
} from 'react-aria-components';
import { api, ApiError, ROLES } from '../shared/api';
import { GroupPicker, ManagerPicker } from './pickers';
import { say } from './toasts';
import { Alert, Icon, TextInput } from './ui';
import { ROLE_HELP } from './words';

interface Props {
  groups: string[];
  seatsLeft: number;
  onClose: () => void;
  onInvited: () => void;
}

export function InviteDialog({ groups, seatsLeft, onClose, onInvited }: Props) {
  const [email, setEmail] = useState('');
  const [first, setFirst] = useState('');
  const [last, setLast] = useState('');
  const [role, setRole] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [managers, setManagers] = useState<string[]>([]);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  const changing = (name: string, set: (value: string[]) => void) => (value: string[]) => {
    set(value);
    setErrors(({ [name]: _, ...others }) => others);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setErrors({});
    setProblem('');
    try {
      const person = await api.invite({
        email,
        first_name: first,
        last_name: last,
        role: role ?? '',
        groups: chosen,
        managers,
      });
      say('Invitation sent', `${person.email} will get an email with a link to join.`);
      onInvited();
      onClose();
    } catch (error) {
      setBusy(false);
      if (error instanceof ApiError) {
        setErrors(error.fields);
        if (Object.keys(error.fields).length === 0) setProblem(error.message);
      } else {
        setProblem('Something went wrong');
      }
    }
  };

  return (
    <ModalOverlay isOpen onOpenChange={(open) => !open && onClose()} className="overlay">
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">Invite User</Heading>
          <Form validationErrors={errors} onSubmit={(event) => void submit(event)}>
            {problem && <Alert>{problem}</Alert>}
            {seatsLeft <= 0 && <Alert>All seats are in use. A seat is needed once an invitation is accepted.</Alert>}
            <TextInput label="Email address" name="email" type="email" value={email} onChange={setEmail} isRequired autoFocus />
            <div className="columns">
              <TextInput label="First name" name="first_name" value={first} onChange={setFirst} isRequired />
              <TextInput label="Last name" name="last_name" value={last} onChange={setLast} isRequired />
            </div>
            <Select
              className="field"
              name="role"
              placeholder="Choose a role"
              value={role}
              onChange={(key) => setRole(key === null ? null : String(key))}
              isRequired
            >
              <Label>Role</Label>
              <Button className="select-button">
                <SelectValue>{({ defaultChildren, isPlaceholder }) => (isPlaceholder ? defaultChildren : role)}</SelectValue>
                <Icon name="chevron" />
              </Button>
              <FieldError />
              <Popover className="popover picker">
                <ListBox className="listbox">
                  {ROLES.map((name) => (
                    <ListBoxItem key={name} id={name} textValue={name}>
                      <div>
                        <Text slot="label">{name}</Text>
                        <Text slot="description">{ROLE_HELP[name]}</Text>
                      </div>
                    </ListBoxItem>
                  ))}
                </ListBox>
              </Popover>
            </Select>
            <GroupPicker label="Groups (optional)" known={groups} value={chosen} onChange={changing('groups', setChosen)} errorMessage={errors.groups} />
            <ManagerPicker label="Managers (optional)" value={managers} onChange={changing('managers', setManagers)} errorMessage={errors.managers} />
            <div className="buttons">
              <Button className="button" onPress={onClose}>
                Cancel
              </Button>
              <Button type="submit" className="button primary" isPending={busy}>
                Send invitation
              </Button>
            </div>
          </Form>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
