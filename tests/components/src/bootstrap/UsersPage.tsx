import { useEffect, useState } from 'react';
import { Badge, Button, ButtonGroup, ButtonToolbar, Card, Col, Form, Modal, Pagination, Row, Spinner, Table } from 'react-bootstrap';
import { Link, useNavigate } from 'react-router-dom';
import { ApiError, type Person, api, fullName, useDebounced, useRemote } from '../shared/api';
import { AddUserModal } from './AddUserModal';
import { useToast } from './Toasts';
import { BG, STATUS, day, roleWord } from './words';

const SIZE = 25;

export function UsersPage() {
  const toast = useToast();
  const navigate = useNavigate();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState('');
  const [idle, setIdle] = useState('');
  const [page, setPage] = useState(1);
  const [picked, setPicked] = useState<number[]>([]);
  const [adding, setAdding] = useState(false);
  const [confirming, setConfirming] = useState(false);

  const text = useDebounced(search);
  const summary = useRemote(api.summary, []);
  const users = useRemote(
    () => api.list({ search: text, status, ...(idle === 'never' ? { never: '1' } : { idle_days: idle }), page, page_size: SIZE }),
    [text, status, idle, page],
  );
  useEffect(() => setPage(1), [text, status, idle]);
  useEffect(() => setPicked([]), [text, status, idle, page]);

  const items = users.data?.items ?? [];
  const total = users.data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / SIZE));
  const chosen = items.filter((person) => picked.includes(person.id));
  const only = (wanted: Person['status'][]) => chosen.length > 0 && chosen.every((person) => wanted.includes(person.status));

  function refresh() {
    users.reload();
    summary.reload();
  }

  async function each(work: (id: number) => Promise<Person>, done: string) {
    let count = 0;
    for (const person of chosen) {
      try {
        await work(person.id);
        count += 1;
      } catch (problem) {
        toast(`${person.email}: ${(problem as ApiError).message}`, 'danger');
      }
    }
    if (count) toast(`${count} ${count === 1 ? 'user' : 'users'} ${done}`);
    setPicked([]);
    refresh();
  }

  return (
    <>
      <div className="d-flex justify-content-between align-items-center mb-3">
        <div>
          <h2 className="mb-0">Users</h2>
          {summary.data && (
            <small className="text-muted">
              {summary.data.total} users ({summary.data.counts.active} active, {summary.data.counts.deactivated} inactive) ·{' '}
              {summary.data.seats_used} of {summary.data.seats_total} seats used
            </small>
          )}
        </div>
        <div className="d-flex gap-2">
          <Button variant="outline-primary" onClick={() => navigate('/admin/users/import')}>
            Import Users
          </Button>
          <Button onClick={() => setAdding(true)}>Add User</Button>
        </div>
      </div>
      <Card body>
        <Row className="mb-3 g-2">
          <Col md={4}>
            <Form.Control
              type="search"
              placeholder="Name or email"
              aria-label="Search"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
          </Col>
          <Col md={2}>
            <Form.Select aria-label="Status" value={status} onChange={(event) => setStatus(event.target.value)}>
              <option value="">All statuses</option>
              <option value="active">Active</option>
              <option value="invited">Invited</option>
              <option value="deactivated">Inactive</option>
            </Form.Select>
          </Col>
          <Col md={2}>
            <Form.Select aria-label="Last login" value={idle} onChange={(event) => setIdle(event.target.value)}>
              <option value="">Any last login</option>
              <option value="30">30+ days ago</option>
              <option value="90">90+ days ago</option>
              <option value="never">Never</option>
            </Form.Select>
          </Col>
          <Col className="text-md-end">
            <ButtonToolbar className="justify-content-end gap-2">
              {chosen.length > 0 && <span className="align-self-center text-muted">{chosen.length} selected</span>}
              <ButtonGroup>
                <Button
                  variant="outline-secondary"
                  disabled={!only(['invited'])}
                  onClick={() => each(api.resend, 'sent another invitation')}
                >
                  Resend Invitation
                </Button>
                <Button variant="outline-secondary" disabled={!only(['deactivated'])} onClick={() => each(api.reactivate, 'reactivated')}>
                  Reactivate
                </Button>
                <Button variant="outline-danger" disabled={!only(['active', 'invited'])} onClick={() => setConfirming(true)}>
                  Deactivate
                </Button>
              </ButtonGroup>
            </ButtonToolbar>
          </Col>
        </Row>
        <Table hover responsive size="sm" className="align-middle">
          <thead>
            <tr>
              <th>
                <Form.Check
                  checked={items.length > 0 && chosen.length === items.length}
                  onChange={(event) => setPicked(event.target.checked ? items.map((person) => person.id) : [])}
                />
              </th>
              <th>First Name</th>
              <th>Last Name</th>
              <th>Email</th>
              <th>Role</th>
              <th>Groups</th>
              <th>Status</th>
              <th>Last Login</th>
            </tr>
          </thead>
          <tbody>
            {items.map((person) => (
              <tr key={person.id}>
                <td>
                  <Form.Check
                    checked={picked.includes(person.id)}
                    onChange={(event) =>
                      setPicked(event.target.checked ? [...picked, person.id] : picked.filter((id) => id !== person.id))
                    }
                  />
                </td>
                <td>
                  <Link to={`/admin/users/${person.id}`}>{person.first_name || '(none)'}</Link>
                </td>
                <td>{person.last_name}</td>
                <td>
                  {person.email} {person.scim_managed && <Badge bg="light" text="dark">SCIM</Badge>}
                </td>
                <td>{roleWord(person.role)}</td>
                <td>{person.groups.join(', ')}</td>
                <td>
                  <Badge bg={BG[person.status]}>{STATUS[person.status]}</Badge>
                </td>
                <td>{day(person.last_login)}</td>
              </tr>
            ))}
            {users.data && !items.length && (
              <tr>
                <td colSpan={8} className="text-center text-muted py-4">
                  No users found
                </td>
              </tr>
            )}
          </tbody>
        </Table>
        <div className="d-flex justify-content-between align-items-center">
          <span className="text-muted">
            {users.loading ? (
              <Spinner animation="border" size="sm" />
            ) : (
              `Showing ${total ? (page - 1) * SIZE + 1 : 0} to ${Math.min(page * SIZE, total)} of ${total} users`
            )}
          </span>
          <Pagination className="mb-0">
            <Pagination.Prev disabled={page === 1} onClick={() => setPage(page - 1)} />
            {Array.from({ length: pages }, (_, index) => (
              <Pagination.Item key={index} active={index + 1 === page} onClick={() => setPage(index + 1)}>
                {index + 1}
              </Pagination.Item>
            ))}
            <Pagination.Next disabled={page === pages} onClick={() => setPage(page + 1)} />
          </Pagination>
        </div>
      </Card>
      <AddUserModal
        show={adding}
        groups={summary.data?.groups ?? []}
        onHide={() => setAdding(false)}
        onDone={() => {
          setAdding(false);
          refresh();
        }}
      />
      <Modal show={confirming} onHide={() => setConfirming(false)} centered>
        <Modal.Header closeButton>
          <Modal.Title>
            Deactivate {chosen.length} {chosen.length === 1 ? 'user' : 'users'}?
          </Modal.Title>
        </Modal.Header>
        <Modal.Body>
          <ul>
            {chosen.map((person) => (
              <li key={person.id}>
                {fullName(person)} &lt;{person.email}&gt;
              </li>
            ))}
          </ul>
          They will lose access immediately. Their completion records are retained for reporting.
        </Modal.Body>
        <Modal.Footer>
          <Button variant="secondary" onClick={() => setConfirming(false)}>
            Cancel
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              setConfirming(false);
              each(api.deactivate, 'deactivated');
            }}
          >
            Yes, deactivate
          </Button>
        </Modal.Footer>
      </Modal>
    </>
  );
}
