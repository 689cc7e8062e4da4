import { useEffect, useState } from 'react';
import {
  Button,
  Cell,
  Column,
  Dialog,
  DialogTrigger,
  Input,
  Label,
  Link,
  ListBox,
  ListBoxItem,
  Menu,
  MenuItem,
  MenuTrigger,
  Popover,
  Row,
  SearchField,
  Select,
  SelectValue,
  Separator,
  Table,
  TableBody,
  TableHeader,
  ToggleButton,
  ToggleButtonGroup,
  Toolbar,
  type Key,
  type Selection,
  type SortDescriptor,
} from 'react-aria-components';
import { useNavigate } from 'react-router-dom';
import { api, fullName, useDebounced, useRemote, type Person, type Query, type Status } from '../shared/api';
import { DeactivateDialog } from './DeactivateDialog';
import { exportPeople } from './exportPeople';
import { InviteDialog } from './InviteDialog';
import { complain, say } from './toasts';
import { Avatar, Checkbox, Icon, SeatMeter, StatusLight } from './ui';
import { groupsInShort, lastLogin, STATUS } from './words';

const SIZES = [12, 24, 48];

const COLUMNS = [
  { id: 'name', title: 'Name', sortable: true },
  { id: 'email', title: 'Email', sortable: true },
  { id: 'role', title: 'Role', sortable: true },
  { id: 'groups', title: 'Groups', sortable: false },
  { id: 'status', title: 'Status', sortable: true },
  { id: 'last_login', title: 'Last Login', sortable: true },
];

export function PeoplePage() {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const search = useDebounced(text, 250);
  const [status, setStatus] = useState<Status | 'all'>('all');
  const [page, setPage] = useState(1);
  const [size, setSize] = useState(SIZES[0]);
  const [sort, setSort] = useState<SortDescriptor>({ column: 'name', direction: 'ascending' });
  const [selected, setSelected] = useState<Selection>(new Set());
  const [leaving, setLeaving] = useState<Person[]>([]);
  const [inviting, setInviting] = useState(false);

  useEffect(() => setPage(1), [search, status, size]);

  const query: Query = {
    search,
    status: status === 'all' ? '' : status,
    sort: String(sort.column),
    dir: sort.direction === 'descending' ? 'desc' : 'asc',
  };
  const { data, loading, reload } = useRemote(
    () => api.list({ ...query, page, page_size: size }),
    [search, status, sort.column, sort.direction, page, size],
  );
  const { data: summary, reload: recount } = useRemote(() => api.summary(), []);
  const people = data?.items ?? [];
  const total = data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / size));
  const picked = people.filter((person) => selected === 'all' || selected.has(person.id));

  useEffect(() => setSelected(new Set()), [data]);

  const refresh = () => {
    reload();
    recount();
  };

  const act = async (work: () => Promise<unknown>, done: string, detail?: string) => {
    try {
      await work();
      say(done, detail);
    } catch (error) {
      complain(error);
    }
    refresh();
  };

  const onAction = (person: Person, action: Key) => {
    if (action === 'open') navigate(`/admin/users/${person.id}`);
    if (action === 'deactivate') setLeaving([person]);
    if (action === 'reactivate') void act(() => api.reactivate(person.id), `${fullName(person)} is active again`);
    if (action === 'resend') void act(() => api.resend(person.id), 'Invitation resent', person.email);
  };

  const save = async (wanted: Query) => {
    try {
      const count = await exportPeople(wanted);
      say(`Exported ${count} people`);
    } catch (error) {
      complain(error);
    }
  };

  const counts: [Status | 'all', string, number | undefined][] = [
    ['all', 'Everyone', summary?.total],
    ['active', STATUS.active, summary?.counts.active],
    ['invited', STATUS.invited, summary?.counts.invited],
    ['deactivated', STATUS.deactivated, summary?.counts.deactivated],
  ];

  return (
    <>
      <div className="page-head">
        <div>
          <h1>People</h1>
          <p className="muted">Everyone who learns, manages or writes on WorkRamp.</p>
        </div>
        {summary && <SeatMeter summary={summary} />}
        <div className="page-actions">
          <MenuTrigger>
            <Button className="button">
              Export <Icon name="chevron" />
            </Button>
            <Popover placement="bottom end" className="popover">
              <Menu className="menu">
                <MenuItem onAction={() => void save({})}>All people (CSV)</MenuItem>
                <MenuItem onAction={() => void save(query)}>This view (CSV)</MenuItem>
              </Menu>
            </Popover>
          </MenuTrigger>
          <MenuTrigger>
            <Button className="button primary">
              Add people <Icon name="chevron" />
            </Button>
            <Popover placement="bottom end" className="popover">
              <Menu className="menu">
                <MenuItem onAction={() => setInviting(true)}>Invite User</MenuItem>
                <MenuItem href="/admin/users/import">Import Users</MenuItem>
              </Menu>
            </Popover>
          </MenuTrigger>
        </div>
      </div>

      <div className="filters">
        <SearchField aria-label="Search people" value={text} onChange={setText} className="search">
          <Icon name="search" />
          <Input placeholder="Name or email" />
          <Button className="icon-button">
            <Icon name="close" />
          </Button>
        </SearchField>
        <ToggleButtonGroup
          aria-label="Status"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[status]}
          onSelectionChange={(keys) => setStatus([...keys][0] as Status | 'all')}
          className="segments"
        >
          {counts.map(([id, title, count]) => (
            <ToggleButton key={id} id={id}>
              {title} <span className="count">{count ?? ''}</span>
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </div>

      <Table
        aria-label="People"
        className={`table${loading && data ? ' stale' : ''}`}
        selectionMode="multiple"
        selectedKeys={selected}
        onSelectionChange={setSelected}
        sortDescriptor={sort}
        onSortChange={setSort}
      >
        <TableHeader>
          <Column className="react-aria-Column narrow">
            <Checkbox slot="selection" />
          </Column>
          {COLUMNS.map((column) => (
            <Column key={column.id} id={column.id} allowsSorting={column.sortable} isRowHeader={column.id === 'name'}>
              {({ sortDirection }) => (
                <>
                  {column.title}
                  {sortDirection && <Icon name={sortDirection === 'ascending' ? 'up' : 'down'} />}
                </>
              )}
            </Column>
          ))}
          <Column className="react-aria-Column narrow">
            <span className="sr-only">Actions</span>
          </Column>
        </TableHeader>
        <TableBody
          items={people}
          renderEmptyState={() => <p className="empty">{data ? 'Nobody matches. Try another search or status.' : 'Loading people…'}</p>}
        >
          {(person) => (
            <Row id={person.id} textValue={fullName(person)}>
              <Cell>
                <Checkbox slot="selection" />
              </Cell>
              <Cell textValue={fullName(person)}>
                <div className="who">
                  <Avatar name={fullName(person)} />
                  <Link href={`/admin/users/${person.id}`}>{fullName(person)}</Link>
                </div>
              </Cell>
              <Cell>{person.email}</Cell>
              <Cell>{person.role}</Cell>
              <Cell>
                {person.groups.length > 1 ? (
                  <DialogTrigger>
                    <Button className="text-button">{groupsInShort(person.groups)}</Button>
                    <Popover placement="bottom start" className="popover">
                      <Dialog className="group-list" aria-label={`Groups of ${fullName(person)}`}>
                        <ul>
                          {person.groups.map((group) => (
                            <li key={group}>{group}</li>
                          ))}
                        </ul>
                      </Dialog>
                    </Popover>
                  </DialogTrigger>
                ) : (
                  groupsInShort(person.groups)
                )}
              </Cell>
              <Cell>
                <StatusLight status={person.status} />
              </Cell>
              <Cell>{lastLogin(person.last_login)}</Cell>
              <Cell>
                <MenuTrigger>
                  <Button aria-label={`Actions for ${fullName(person)}`} className="icon-button">
                    <Icon name="more" />
                  </Button>
                  <Popover placement="bottom end" className="popover">
                    <Menu className="menu" onAction={(key) => onAction(person, key)}>
                      <MenuItem id="open">Open profile</MenuItem>
                      {person.status === 'invited' && <MenuItem id="resend">Resend invitation</MenuItem>}
                      <Separator />
                      {person.status === 'deactivated' ? (
                        <MenuItem id="reactivate">Reactivate</MenuItem>
                      ) : (
                        <MenuItem id="deactivate" className="react-aria-MenuItem danger">
                          Deactivate…
                        </MenuItem>
                      )}
                    </Menu>
                  </Popover>
                </MenuTrigger>
              </Cell>
            </Row>
          )}
        </TableBody>
      </Table>

      <div className="pager">
        <Select
          value={size}
          onChange={(key) => setSize(Number(key))}
          className="inline-field"
        >
          <Label>Rows per page</Label>
          <Button className="select-button">
            <SelectValue />
            <Icon name="chevron" />
          </Button>
          <Popover className="popover">
            <ListBox className="listbox">
              {SIZES.map((n) => (
                <ListBoxItem key={n} id={n} textValue={String(n)}>
                  {n}
                </ListBoxItem>
              ))}
            </ListBox>
          </Popover>
        </Select>
        <span className="muted">
          {total === 0 ? 'Nobody' : `${(page - 1) * size + 1}–${Math.min(page * size, total)} of ${total} people`}
        </span>
        <Toolbar aria-label="Pages" className="toolbar">
          <Button className="icon-button" aria-label="First page" isDisabled={page <= 1} onPress={() => setPage(1)}>
            <Icon name="first" />
          </Button>
          <Button className="icon-button" aria-label="Previous page" isDisabled={page <= 1} onPress={() => setPage(page - 1)}>
            <Icon name="left" />
          </Button>
          <span>
            Page {page} of {pages}
          </span>
          <Button className="icon-button" aria-label="Next page" isDisabled={page >= pages} onPress={() => setPage(page + 1)}>
            <Icon name="right" />
          </Button>
          <Button className="icon-button" aria-label="Last page" isDisabled={page >= pages} onPress={() => setPage(pages)}>
            <Icon name="last" />
          </Button>
        </Toolbar>
      </div>

      {picked.length > 0 && (
        <Toolbar aria-label="Selected people" className="action-bar">
          <Button className="icon-button" aria-label="Clear selection" onPress={() => setSelected(new Set())}>
            <Icon name="close" />
          </Button>
          <span>{picked.length} selected</span>
          <Button
            className="button"
            isDisabled={picked.every((person) => person.status === 'deactivated')}
            onPress={() => setLeaving(picked.filter((person) => person.status !== 'deactivated'))}
          >
            Deactivate…
          </Button>
        </Toolbar>
      )}

      {leaving.length > 0 && <DeactivateDialog people={leaving} onClose={() => setLeaving([])} onDone={refresh} />}
      {inviting && (
        <InviteDialog
          groups={summary?.groups ?? []}
          seatsLeft={summary ? summary.seats_total - summary.seats_used : 1}
          onClose={() => setInviting(false)}
          onInvited={refresh}
        />
      )}
    </>
  );
}
