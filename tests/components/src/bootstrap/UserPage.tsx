import { type FormEvent, useEffect, useState } from 'react';
import { Alert, Badge, Breadcrumb, Button, Card, Form, Modal, Spinner, Tab, Tabs } from 'react-bootstrap';
import { useNavigate, useParams } from 'react-router-dom';
import { ApiError, api, fullName, useRemote } from '../shared/api';
import { useToast } from './Toasts';
import { type Errors, type Fields, UserForm } from './UserForm';
import { BG, STATUS, day, roleWord, split } from './words';

export function UserPage() {
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const toast = useToast();
  const { data: person, loading, reload } = useRemote(() => api.get(id), [id]);
  const summary = useRemote(api.summary, []);
  const [tab, setTab] = useState('overview');
  const [fields, setFields] = useState<Fields>();
  const [errors, setErrors] = useState<Errors>({});
  const [confirming, setConfirming] = useState(false);

  useEffect(() => {
    if (person) setFields({ ...person, managers: person.managers.join(', ') });
  }, [person]);

  if (!person || !fields) return loading ? <Spinner animation="border" /> : <Alert variant="warning">User not found</Alert>;

  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      toast(done);
      setErrors({});
      reload();
    } catch (problem) {
      const { fields: found, message } = problem as ApiError;
      setErrors(found);
      toast(message, 'danger');
    }
  }

  function save(event: FormEvent) {
    event.preventDefault();
    const { first_name, last_name, role, groups, managers } = fields!;
    run(() => api.edit(person!.id, { first_name, last_name, role, groups, managers: split(managers) }), 'User saved');
  }

  return (
    <>
      <Breadcrumb>
        <Breadcrumb.Item
          href="/admin/users"
          onClick={(event) => {
            event.preventDefault();
            navigate('/admin/users');
          }}
        >
          Users
        </Breadcrumb.Item>
        <Breadcrumb.Item active>{fullName(person)}</Breadcrumb.Item>
      </Breadcrumb>
      <div className="d-flex align-items-center gap-2 mb-3">
        <h2 className="mb-0 me-2">{fullName(person)}</h2>
        <Badge bg={BG[person.status]}>{STATUS[person.status]}</Badge>
        {person.scim_managed && <Badge bg="light" text="dark">SCIM</Badge>}
        <div className="ms-auto d-flex gap-2">
          {person.status === 'invited' && (
            <Button variant="outline-secondary" onClick={() => run(() => api.resend(person.id), `Invitation resent to ${person.email}`)}>
              Resend Invitation
            </Button>
          )}
          {person.status === 'deactivated' ? (
            <Button variant="outline-secondary" onClick={() => run(() => api.reactivate(person.id), 'User reactivated')}>
              Reactivate
            </Button>
          ) : (
            <Button variant="outline-danger" onClick={() => setConfirming(true)}>
              Deactivate
            </Button>
          )}
        </div>
      </div>
      <Tabs activeKey={tab} onSelect={(key) => setTab(key ?? 'overview')}>
        <Tab eventKey="overview" title="Overview">
          <Card body className="border-top-0 rounded-top-0">
            <dl className="row mb-0">
              <dt className="col-sm-2">Email</dt>
              <dd className="col-sm-10">{person.email}</dd>
              <dt className="col-sm-2">Role</dt>
              <dd className="col-sm-10">{roleWord(person.role)}</dd>
              <dt className="col-sm-2">Groups</dt>
              <dd className="col-sm-10">
                <ul className="list-unstyled mb-0">
                  {person.groups.map((group) => (
                    <li key={group}>{group}</li>
                  ))}
                </ul>
              </dd>
              <dt className="col-sm-2">Managers</dt>
              <dd className="col-sm-10">{person.managers.join(', ') || '–'}</dd>
              <dt className="col-sm-2">Last Login</dt>
              <dd className="col-sm-10">{day(person.last_login) || '–'}</dd>
            </dl>
          </Card>
        </Tab>
        <Tab eventKey="edit" title="Edit">
          <Card body className="border-top-0 rounded-top-0">
            <Form onSubmit={save} style={{ maxWidth: 600 }}>
              <UserForm
                fields={fields}
                errors={errors}
                groups={summary.data?.groups ?? []}
                onChange={(part) => setFields({ ...fields, ...part })}
              />
              <Button type="submit">Save</Button>
            </Form>
          </Card>
        </Tab>
      </Tabs>
      <Modal show={confirming} onHide={() => setConfirming(false)} centered>
        <Modal.Header closeButton>
          <Modal.Title>Deactivate user?</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {fullName(person)} &lt;{person.email}&gt; will lose access immediately.
        </Modal.Body>
        <Modal.Footer>
          <Button variant="secondary" onClick={() => setConfirming(false)}>
            Cancel
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              setConfirming(false);
              run(() => api.deactivate(person.id), 'User deactivated');
            }}
          >
            Yes, deactivate
          </Button>
        </Modal.Footer>
      </Modal>
    </>
  );
}
