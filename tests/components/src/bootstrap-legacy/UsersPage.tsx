import { useEffect, useState } from 'react';
import { Button, Dropdown, Form, Modal, Pagination, Table } from 'react-bootstrap';
import { useToast } from '../bootstrap/Toasts';
import { ApiError, type Person, api, addressesIn, fullName, useDebounced, useRemote } from '../shared/api';

const SIZE = 20;

function InviteModal({ groups, onClose, onDone }: { groups: string[]; onClose: () => void; onDone: () => void }) {
  const [text, setText] = useState('');
  const [group, setGroup] = useState('');
  const [managers, setManagers] = useState<Record<string, string>>({});
  const [error, setError] = useState('');
  const toast = useToast();
  const emails = addressesIn(text);

  async function send() {
    try {
      const named = Object.fromEntries(Object.entries(managers).map(([email, manager]) => [email.toLowerCase(), manager.trim() ? [manager] : []]));
      const done = await api.inviteList({ emails, groups: group ? [group] : [], managers: named });
      toast(`${done.invited.length} invited`);
      onDone();
    } catch (problem) {
      const { fields, message } = problem as ApiError;
      setError(Object.values(fields)[0] ?? message);
    }
  }

  return (
    <Modal show onHide={onClose}>
      <Modal.Header closeButton>
        <Modal.Title>Invite New User</Modal.Title>
      </Modal.Header>
      <Modal.Body>
        <Form.Group className="mb-3" controlId="emails">
          <Form.Label>Email addresses</Form.Label>
          <Form.Control as="textarea" rows={3} value={text} onChange={(event) => setText(event.target.value)} isInvalid={!!error} />
          <Form.Control.Feedback type="invalid">{error}</Form.Control.Feedback>
        </Form.Group>
        <Form.Group className="mb-3" controlId="group">
          <Form.Label>Group</Form.Label>
          <Form.Select value={group} onChange={(event) => setGroup(event.target.value)}>
            <option value="">Choose a group</option>
            {groups.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Form.Select>
        </Form.Group>
        {emails.map((email) => (
          <div key={email} className="d-flex align-items-center gap-2 mb-1">
            <span>{email}</span>
            {managers[email] === undefined ? (
              <Button variant="link" size="sm" onClick={() => setManagers({ ...managers, [email]: '' })}>
                Add Manager
              </Button>
            ) : (
              <Form.Control size="sm" placeholder="Manager email" value={managers[email]} onChange={(event) => setManagers({ ...managers, [email]: event.target.value })} />
            )}
          </div>
        ))}
      </Modal.Body>
      <Modal.Footer>
        <Button variant="secondary" onClick={onClose}>Cancel</Button>
        <Button onClick={send}>Invite</Button>
      </Modal.Footer>
    </Modal>
  );
}

function EditModal({ person, what, groups, onClose, onDone }: { person: Person; what: 'groups' | 'managers'; groups: string[]; onClose: () => void; onDone: () => void }) {
  const [chosen, setChosen] = useState(person.groups);
  const [managers, setManagers] = useState(person.managers.join(', '));
  const [error, setError] = useState('');

  async function save() {
    try {
      await api.edit(person.id, what === 'groups' ? { groups: chosen } : { managers: addressesIn(managers) });
      onDone();
    } catch (problem) {
      setError(Object.values((problem as ApiError).fields)[0] ?? (problem as ApiError).message);
    }
  }

  return (
    <Modal show onHide={onClose}>
      <Modal.Header closeButton>
        <Modal.Title>{what === 'groups' ? 'Edit Group' : 'Edit Managers'}</Modal.Title>
      </Modal.Header>
      <Modal.Body>
        <p>{person.email}</p>
        {what === 'groups' ? (
          <fieldset>
            <legend className="fs-6">Groups</legend>
            {groups.map((group) => (
              <Form.Check
                key={group}
                id={`group-${group}`}
                label={group}
                checked={chosen.includes(group)}
                onChange={(event) => setChosen(event.target.checked ? [...chosen, group] : chosen.filter((other) => other !== group))}
              />
            ))}
          </fieldset>
        ) : (
          <Form.Group controlId="managers">
            <Form.Label>Managers</Form.Label>
            <Form.Control value={managers} onChange={(event) => setManagers(event.target.value)} isInvalid={!!error} />
            <Form.Control.Feedback type="invalid">{error}</Form.Control.Feedback>
          </Form.Group>
        )}
      </Modal.Body>
      <Modal.Footer>
        <Button variant="secondary" onClick={onClose}>Cancel</Button>
        <Button onClick={save}>Save</Button>
      </Modal.Footer>
    </Modal>
  );
}

export function UsersPage() {
  const toast = useToast();
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<{ person: Person; what: 'groups' | 'managers' }>();
  const text = useDebounced(search);
  useEffect(() => setPage(1), [text]);
  const summary = useRemote(api.summary, []);
  const users = useRemote(() => api.list({ search: text, page, page_size: SIZE }), [text, page]);
  const total = users.data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / SIZE));

  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      toast(done);
    } catch (problem) {
      toast((problem as ApiError).message, 'danger');
    }
    users.reload();
    summary.reload();
  }

  return (
    <>
      <div className="d-flex justify-content-between mb-3">
        <Form.Control className="w-25" type="search" placeholder="Search by name or email" value={search} onChange={(event) => setSearch(event.target.value)} />
        <Button onClick={() => setInviting(true)}>Invite New User</Button>
      </div>
      <Table hover>
        <thead>
          <tr>
            <th>Name</th>
            <th>Email</th>
            <th>Groups</th>
            <th>Managers</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {users.data?.items.map((person) => (
            <tr key={person.id}>
              <td className={person.status === 'deactivated' ? 'text-muted' : undefined}>{fullName(person)}</td>
              <td>{person.email}</td>
              <td>
                {person.groups.map((group) => (
                  <div key={group}>{group}</div>
                ))}
              </td>
              <td>
                {person.managers.map((manager) => (
                  <div key={manager}>{manager}</div>
                ))}
              </td>
              <td className="text-end">
                {person.status === 'deactivated' ? (
                  <Button variant="link" onClick={() => run(() => api.reactivate(person.id), 'User reactivated')}>
                    Reactivate
                  </Button>
                ) : (
                  <Dropdown align="end">
                    <Dropdown.Toggle variant="light" size="sm" />
                    <Dropdown.Menu>
                      <Dropdown.Item onClick={() => setEditing({ person, what: 'groups' })}>Edit Group</Dropdown.Item>
                      <Dropdown.Item onClick={() => setEditing({ person, what: 'managers' })}>Edit Managers</Dropdown.Item>
                      <Dropdown.Divider />
                      <Dropdown.Item onClick={() => window.confirm(`Deactivate ${person.email}?`) && run(() => api.deactivate(person.id), 'User deactivated')}>
                        Deactivate This User
                      </Dropdown.Item>
                      <Dropdown.Item onClick={() => window.confirm(`Permanently delete ${person.email}?`) && run(() => api.remove(person.id), 'User deleted')}>
                        Permanently Delete This User
                      </Dropdown.Item>
                    </Dropdown.Menu>
                  </Dropdown>
                )}
              </td>
            </tr>
          ))}
          {users.data && !total && (
            <tr>
              <td colSpan={5}>No users found</td>
            </tr>
          )}
        </tbody>
      </Table>
      <div className="d-flex justify-content-between">
        <span>
          Showing {total ? (page - 1) * SIZE + 1 : 0}-{Math.min(page * SIZE, total)} of {total} users
        </span>
        <Pagination>
          <Pagination.Prev disabled={page === 1} onClick={() => setPage(page - 1)} />
          {Array.from({ length: pages }, (_, index) => (
            <Pagination.Item key={index} active={index + 1 === page} onClick={() => setPage(index + 1)}>
              {index + 1}
            </Pagination.Item>
          ))}
          <Pagination.Next disabled={page === pages} onClick={() => setPage(page + 1)} />
        </Pagination>
      </div>
      {inviting && (
        <InviteModal
          groups={summary.data?.groups ?? []}
          onClose={() => setInviting(false)}
          onDone={() => {
            setInviting(false);
            users.reload();
          }}
        />
      )}
      {editing && (
        <EditModal
          {...editing}
          groups={summary.data?.groups ?? []}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            toast('Saved');
            users.reload();
          }}
        />
      )}
    </>
  );
}
