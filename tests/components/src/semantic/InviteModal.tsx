import { useState } from 'react';
import { Button, Form, Message, Modal } from 'semantic-ui-react';
import { addressesIn, api, type ApiError } from '../shared/api';
import { GroupsDropdown, ManagersDropdown } from './fields';

interface Props {
  groups: string[];
  seatsLeft: number;
  onClose: () => void;
  onInvited: (emails: string[]) => void;
}

export default function InviteModal({ groups, seatsLeft, onClose, onInvited }: Props) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string[]>([]);
  const [managers, setManagers] = useState<string[]>([]);
  const [admin, setAdmin] = useState(false);
  const [error, setError] = useState<ApiError>();
  const [sending, setSending] = useState(false);
  const emails = addressesIn(text);

  const invite = async () => {
    setSending(true);
    setError(undefined);
    try {
      const { invited } = await api.inviteList({ emails, groups: chosen, managers, admin });
      onInvited(invited);
    } catch (reason) {
      setError(reason as ApiError);
      setSending(false);
    }
  };

  return (
    <Modal open size="small" closeIcon closeOnDimmerClick={false} onClose={onClose}>
      <Modal.Header>Invite Users</Modal.Header>
      <Modal.Content>
        <Form loading={sending} error={Boolean(error)} warning={emails.length > seatsLeft}>
          {error && !Object.keys(error.fields).length && <Message error content={error.message} />}
          <Form.TextArea
            label="Email addresses"
            placeholder="Paste one or many, separated by commas or new lines"
            rows={4}
            autoFocus
            value={text}
            onChange={(_, { value }) => setText(String(value ?? ''))}
            error={error?.fields.emails}
          />
          <Message
            warning
            icon="warning sign"
            header={`${seatsLeft} seats available`}
            content="A seat is taken when an invited person activates their account."
          />
          <Form.Field
            control={GroupsDropdown}
            label="Groups"
            groups={groups}
            value={chosen}
            onChange={setChosen}
            error={error?.fields.groups}
          />
          <Form.Field
            control={ManagersDropdown}
            label="Managers"
            value={managers}
            onChange={setManagers}
            error={error?.fields.managers}
          />
          <Form.Checkbox
            toggle
            label="Make these users admins"
            checked={admin}
            onChange={(_, { checked }) => setAdmin(Boolean(checked))}
          />
        </Form>
      </Modal.Content>
      <Modal.Actions>
        <Button content="Cancel" onClick={onClose} />
        <Button
          primary
          icon="send"
          labelPosition="right"
          content="Invite"
          disabled={!emails.length || sending}
          onClick={invite}
        />
      </Modal.Actions>
    </Modal>
  );
}
