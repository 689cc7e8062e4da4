import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import {
  Button, Confirm, Container, Dimmer, Dropdown, Grid, Header, Icon, Input, Label, Loader, Message, Pagination, Popup,
  Table,
} from 'semantic-ui-react';
import { api, fullName, type Person, type Query, standing, useDebounced, useRemote } from '../shared/api';
import InviteModal from './InviteModal';
import PersonSidebar from './PersonSidebar';
import StatusLabel from './StatusLabel';

const PAGE_SIZE = 20;
const SHOWN_GROUPS = 2;

interface Filter {
  text: string;
  query: Query;
}

const STATUS_FILTERS: Record<string, Filter> = {
  any: { text: 'Any', query: {} },
  user: { text: 'User', query: { standing: 'User' } },
  admin: { text: 'Admin', query: { standing: 'Admin' } },
  deactivated: { text: 'Deactivated', query: { standing: 'Deactivated' } },
  invited: { text: 'Invitation pending', query: { status: 'invited' } },
};

const LOGIN_FILTERS: Record<string, Filter> = {
  any: { text: 'Any time', query: {} },
  month: { text: 'Over 30 days ago', query: { idle_days: '30' } },
  quarter: { text: 'Over 90 days ago', query: { idle_days: '90' } },
  never: { text: 'Never', query: { never: '1' } },
};

const optionsOf = (filters: Record<string, Filter>) =>
  Object.entries(filters).map(([value, { text }]) => ({ key: value, value, text }));

interface Notice {
  positive: boolean;
  header: string;
  content?: string;
}

interface Question {
  header: string;
  content: string;
  confirmButton?: { content: string; negative: true; primary: false };
  work: () => Promise<unknown>;
  done: string;
}

function GroupLabels({ groups }: { groups: string[] }) {
  const hidden = groups.slice(SHOWN_GROUPS);
  return (
    <Label.Group size="small">
      {groups.slice(0, SHOWN_GROUPS).map((group) => (
        <Label key={group} content={group} />
      ))}
      {hidden.length > 0 && (
        <Popup content={hidden.join(', ')} trigger={<Label as="a" basic content={`+${hidden.length} more`} />} />
      )}
    </Label.Group>
  );
}

export default function Users() {
  const navigate = useNavigate();
  const { id } = useParams();
  const [text, setText] = useState('');
  const [status, setStatus] = useState('any');
  const [login, setLogin] = useState('any');
  const [sort, setSort] = useState<{ column: 'name' | 'email'; direction: 'ascending' | 'descending' }>({
    column: 'name',
    direction: 'ascending',
  });
  const [page, setPage] = useState(1);
  const [inviting, setInviting] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const [busy, setBusy] = useState(false);
  const [notice, setNotice] = useState<Notice>();

  const search = useDebounced(text.trim(), 300);
  const { data: summary, reload: reloadSummary } = useRemote(api.summary, []);
  const { data: listing, loading, reload } = useRemote(
    () =>
      api.list({
        ...STATUS_FILTERS[status].query,
        ...LOGIN_FILTERS[login].query,
        search,
        sort: sort.column,
        dir: sort.direction === 'descending' ? 'desc' : 'asc',
        page,
        page_size: PAGE_SIZE,
      }),
    [search, status, login, sort, page],
  );
  useEffect(() => setPage(1), [search, status, login, sort]);

  const pages = Math.max(1, Math.ceil((listing?.total ?? 0) / PAGE_SIZE));
  useEffect(() => {
    if (listing && page > pages) setPage(pages);
  }, [listing, page, pages]);

  const tell = (message: Notice) => {
    setNotice(message);
    window.scrollTo({ top: 0, behavior: 'smooth' });
  };

  const refresh = () => {
    reload();
    reloadSummary();
  };

  const perform = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await work();
      tell({ positive: true, header: done });
      refresh();
    } catch (reason) {
      tell({ positive: false, header: 'That did not work', content: (reason as Error).message });
    }
    setBusy(false);
    setQuestion(undefined);
  };

  const sortBy = (column: 'name' | 'email') => () =>
    setSort({
      column,
      direction: sort.column === column && sort.direction === 'ascending' ? 'descending' : 'ascending',
    });
  const sortedBy = (column: 'name' | 'email') => (sort.column === column ? sort.direction : undefined);

  const askToDeactivate = (person: Person) =>
    setQuestion({
      header: `Deactivate ${fullName(person)}?`,
      content: `${person.email} will no longer be able to log in. Their training records, and the content they own, are kept.`,
      confirmButton: { content: 'Yes, deactivate', negative: true, primary: false },
      work: () => api.deactivate(person.id),
      done: `${fullName(person)} has been deactivated`,
    });

  const askToDelete = (person: Person) =>
    setQuestion({
      header: `Permanently delete ${fullName(person)}?`,
      content: `This removes ${person.email} and all of their training records. It cannot be undone.`,
      confirmButton: { content: 'Delete forever', negative: true, primary: false },
      work: () => api.remove(person.id),
      done: `${fullName(person)} has been permanently deleted`,
    });

  const askToMakeAdmin = (person: Person) =>
    setQuestion({
      header: 'Make Admin',
      content: `${fullName(person)} will have full access to users, content, integrations and billing.`,
      work: () => api.edit(person.id, { role: 'Admin' }),
      done: `${fullName(person)} is now an admin`,
    });

  return (
    <>
      <title>Users | Learn:Up</title>
      {notice && (
        <Message
          positive={notice.positive}
          negative={!notice.positive}
          header={notice.header}
          content={notice.content}
          onDismiss={() => setNotice(undefined)}
        />
      )}

      <Grid verticalAlign="middle" columns={2}>
        <Grid.Column>
          <Header as="h2">
            Users
            <Header.Subheader>
              {summary
                ? `${summary.total} in total · ${summary.seats_used} of ${summary.seats_total} seats in use`
                : 'Loading…'}
            </Header.Subheader>
          </Header>
        </Grid.Column>
        <Grid.Column textAlign="right">
          <Button basic as={Link} to="/admin/users/import" icon="upload" content="Import CSV" />
          <Button primary icon="add user" content="Invite Users" onClick={() => setInviting(true)} />
        </Grid.Column>
      </Grid>

      <Input
        fluid
        icon="search"
        placeholder="Search by name or email…"
        loading={loading && search !== ''}
        value={text}
        onChange={(_, { value }) => setText(value)}
        style={{ marginTop: '1em' }}
      />

      <Dimmer.Dimmable dimmed={loading} style={{ marginTop: '1em', minHeight: '12em' }}>
        <Dimmer active={loading} inverted>
          <Loader content="Loading users" />
        </Dimmer>
        <Table celled sortable selectable>
          <Table.Header>
            <Table.Row>
              <Table.HeaderCell sorted={sortedBy('name')} onClick={sortBy('name')}>
                Name
              </Table.HeaderCell>
              <Table.HeaderCell sorted={sortedBy('email')} onClick={sortBy('email')}>
                Email
              </Table.HeaderCell>
              <Table.HeaderCell>
                Status
                <Dropdown
                  inline
                  options={optionsOf(STATUS_FILTERS)}
                  value={status}
                  onChange={(_, { value }) => setStatus(String(value))}
                />
              </Table.HeaderCell>
              <Table.HeaderCell>Groups</Table.HeaderCell>
              <Table.HeaderCell>
                Last login
                <Dropdown
                  inline
                  options={optionsOf(LOGIN_FILTERS)}
                  value={login}
                  onChange={(_, { value }) => setLogin(String(value))}
                />
              </Table.HeaderCell>
              <Table.HeaderCell collapsing />
            </Table.Row>
          </Table.Header>
          <Table.Body>
            {listing?.items.map((person) => (
              <Table.Row key={person.id}>
                <Table.Cell>
                  <Link to={`/admin/users/${person.id}`}>{fullName(person)}</Link>
                </Table.Cell>
                <Table.Cell>{person.email}</Table.Cell>
                <Table.Cell collapsing>
                  <StatusLabel person={person} />
                </Table.Cell>
                <Table.Cell>
                  <GroupLabels groups={person.groups} />
                </Table.Cell>
                <Table.Cell>
                  {person.last_login ? (
                    <Popup
                      content={dayjs(person.last_login).format('MMMM D, YYYY h:mm A')}
                      trigger={<span>{dayjs(person.last_login).fromNow()}</span>}
                    />
                  ) : (
                    'Never'
                  )}
                </Table.Cell>
                <Table.Cell collapsing textAlign="center">
                  <Dropdown icon="ellipsis vertical" direction="left" className="icon" disabled={busy}>
                    <Dropdown.Menu>
                      <Dropdown.Item
                        icon="edit"
                        text="Edit User Information"
                        onClick={() => navigate(`/admin/users/${person.id}`)}
                      />
                      {standing(person) === 'User' && (
                        <Dropdown.Item icon="shield" text="Make Admin" onClick={() => askToMakeAdmin(person)} />
                      )}
                      {person.status === 'invited' && (
                        <Dropdown.Item
                          icon="mail outline"
                          text="Resend Invitation"
                          onClick={() =>
                            perform(() => api.resend(person.id), `The invitation to ${person.email} was sent again`)
                          }
                        />
                      )}
                      <Dropdown.Divider />
                      {person.status === 'deactivated' ? (
                        <Dropdown.Item
                          icon="undo"
                          text="Reactivate"
                          onClick={() =>
                            perform(() => api.reactivate(person.id), `${fullName(person)} has been reactivated`)
                          }
                        />
                      ) : (
                        <Dropdown.Item icon="ban" text="Deactivate" onClick={() => askToDeactivate(person)} />
                      )}
                      <Dropdown.Item
                        icon={{ name: 'trash', color: 'red' }}
                        text="Permanently Delete"
                        onClick={() => askToDelete(person)}
                      />
                    </Dropdown.Menu>
                  </Dropdown>
                </Table.Cell>
              </Table.Row>
            ))}
            {listing?.total === 0 && (
              <Table.Row>
                <Table.Cell colSpan={6} textAlign="center">
                  <Header icon size="small" disabled>
                    <Icon name="user times" />
                    No users match your search and filters.
                  </Header>
                </Table.Cell>
              </Table.Row>
            )}
          </Table.Body>
        </Table>
      </Dimmer.Dimmable>

      {pages > 1 && (
        <Container textAlign="center" style={{ marginTop: '1.5em' }}>
          <Pagination activePage={page} totalPages={pages} onPageChange={(_, data) => setPage(Number(data.activePage))} />
        </Container>
      )}

      {inviting && summary && (
        <InviteModal
          groups={summary.groups}
          seatsLeft={summary.seats_total - summary.seats_used}
          onClose={() => setInviting(false)}
          onInvited={(emails) => {
            setInviting(false);
            tell({
              positive: true,
              header: emails.length === 1 ? 'Invitation sent' : `${emails.length} invitations sent`,
              content: emails.join(', '),
            });
            refresh();
          }}
        />
      )}

      <Confirm
        open={Boolean(question)}
        size="tiny"
        header={question?.header}
        content={question?.content}
        confirmButton={{ content: 'OK', ...question?.confirmButton, loading: busy, disabled: busy }}
        onCancel={() => setQuestion(undefined)}
        onConfirm={() => question && perform(question.work, question.done)}
      />

      <PersonSidebar
        id={id}
        groups={summary?.groups ?? []}
        onClose={() => navigate('/admin/users')}
        onSaved={(person) => {
          navigate('/admin/users');
          tell({ positive: true, header: 'Changes saved', content: `${fullName(person)} is up to date.` });
          refresh();
        }}
      />
    </>
  );
}
