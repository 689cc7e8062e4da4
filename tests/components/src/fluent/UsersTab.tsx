import {
  Avatar, Badge, Body1, Button, createTableColumn, DataGrid, DataGridBody, DataGridCell, DataGridHeader, DataGridHeaderCell,
  DataGridRow, Dropdown, Link, makeStyles, Menu, MenuDivider, MenuItem, MenuList, MenuPopover, MenuTrigger, Option, ProgressBar,
  SearchBox, Skeleton, SkeletonItem, Subtitle2, TableCellLayout, Tag, Text, tokens, Tooltip, type TableColumnDefinition,
  type TableRowId,
} from '@fluentui/react-components';
import {
  ArrowDownloadRegular, ArrowUploadRegular, ChevronLeftRegular, ChevronRightRegular, DeleteRegular, EditRegular, MailRegular,
  MoreHorizontalRegular, PeopleSearchRegular, PersonAddRegular, PersonAvailableRegular, PersonProhibitedRegular, ShieldPersonRegular,
} from '@fluentui/react-icons';
import { useState, type ReactNode } from 'react';
import { api, fullName, standing, useDebounced, useRemote, type Person } from '../shared/api';
import { ConfirmDialog, type Question } from './ConfirmDialog';
import { EditDrawer } from './EditDrawer';
import { exportUsers } from './exportUsers';
import { ImportDialog } from './ImportDialog';
import { InviteDialog } from './InviteDialog';
import { useToasts } from './toasts';

const useStyles = makeStyles({
  tools: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '8px' },
  grow: { flexGrow: 1 },
  seats: { width: '220px', display: 'flex', flexDirection: 'column', rowGap: '4px' },
  card: { backgroundColor: tokens.colorNeutralBackground1, border: `1px solid ${tokens.colorNeutralStroke2}`, borderRadius: '8px' },
  scroll: { overflow: 'auto', maxHeight: 'calc(100vh - 330px)', minHeight: '320px' },
  grid: { minWidth: '900px' },
  head: { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground1 },
  menuCell: { flex: '0 0 56px', justifyContent: 'flex-end' },
  bulk: { display: 'flex', alignItems: 'center', columnGap: '12px', padding: '8px 12px', backgroundColor: tokens.colorBrandBackground2 },
  foot: { display: 'flex', alignItems: 'center', columnGap: '8px', padding: '8px 12px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  bones: { display: 'flex', flexDirection: 'column', rowGap: '14px', padding: '16px' },
  empty: { display: 'flex', flexDirection: 'column', alignItems: 'center', rowGap: '8px', padding: '48px' },
  size: { minWidth: '80px' },
});

const STANDINGS = ['User', 'Admin', 'Deactivated'];
const SIZES = ['20', '50', '100'];
const BADGE = { User: 'informative', Admin: 'brand', Deactivated: 'subtle' } as const;

const onDate = (moment: string) =>
  new Date(moment).toLocaleDateString('en-US', { dateStyle: 'long', timeZone: 'UTC' });

export function UsersTab() {
  const styles = useStyles();
  const toasts = useToasts();
  const [typed, setTyped] = useState('');
  const search = useDebounced(typed.trim(), 300);
  const [status, setStatus] = useState('');
  const [page, setPage] = useState(1);
  const [size, setSize] = useState('20');
  const [sort, setSort] = useState<{ sortColumn: TableRowId | undefined; sortDirection: 'ascending' | 'descending' }>({
    sortColumn: 'name',
    sortDirection: 'ascending',
  });
  const [selected, setSelected] = useState(new Set<TableRowId>());
  const [inviting, setInviting] = useState(false);
  const [importing, setImporting] = useState(false);
  const [editing, setEditing] = useState(false);
  const [opened, setOpened] = useState<Person | null>(null);
  const [question, setQuestion] = useState<Question | null>(null);

  const summary = useRemote(() => api.summary(), []);
  const listing = useRemote(
    () =>
      api.list({
        search,
        standing: status,
        sort: String(sort.sortColumn ?? 'name'),
        dir: sort.sortDirection === 'descending' ? 'desc' : 'asc',
        page,
        page_size: Number(size),
      }),
    [search, status, sort.sortColumn, sort.sortDirection, page, size],
  );
  const reload = () => {
    summary.reload();
    listing.reload();
  };

  const people = listing.data?.items ?? [];
  const total = listing.data?.total ?? 0;
  const pages = Math.max(1, Math.ceil(total / Number(size)));
  const picked = people.filter((person) => selected.has(String(person.id)));

  const edit = (person: Person) => {
    setOpened(person);
    setEditing(true);
  };
  const perform = async (work: () => Promise<unknown>, done: string, failed: string) => {
    try {
      await work();
      toasts.success(done);
    } catch (error) {
      toasts.failure(failed, error);
    }
    setSelected(new Set());
    reload();
  };

  const askDeactivate = (targets: Person[]) =>
    setQuestion({
      title: targets.length === 1 ? 'Deactivate user' : `Deactivate ${targets.length} users`,
      text: (
        <>
          <p>You are about to remove access to WorkRamp for the following. Training records stay available in reports.</p>
          <ul>
            {targets.map((person) => (
              <li key={person.id}>{fullName(person)} ({person.email})</li>
            ))}
          </ul>
        </>
      ),
      action: 'Deactivate',
      run: () =>
        perform(
          async () => {
            for (const person of targets) await api.deactivate(person.id);
          },
          targets.length === 1 ? `${fullName(targets[0])} has been deactivated` : `${targets.length} users have been deactivated`,
          'Could not deactivate',
        ),
    });

  const askAdmin = (person: Person) =>
    setQuestion({
      title: 'Make admin',
      text: `${fullName(person)} (${person.email}) will be able to manage users, content and settings.`,
      action: 'Make admin',
      run: () => perform(() => api.edit(person.id, { role: 'Admin' }), `${fullName(person)} is now an admin`, 'Could not make admin'),
    });

  const askDelete = (person: Person) =>
    setQuestion({
      title: 'Permanently delete user',
      text: <p>All training records of {fullName(person)} ({person.email}) will be removed. This cannot be undone.</p>,
      understand: 'I understand that this cannot be undone',
      action: 'Permanently delete',
      run: () => perform(() => api.remove(person.id), 'User deleted', 'Could not delete'),
    });

  const columns: TableColumnDefinition<Person>[] = [
    column('name', 'Name', (person) => (
      <TableCellLayout truncate media={<Avatar aria-hidden name={fullName(person)} color="colorful" size={28} />}>
        <Link onClick={() => edit(person)}>{fullName(person)}</Link>
      </TableCellLayout>
    )),
    column('email', 'Email', (person) => <TableCellLayout truncate title={person.email}>{person.email}</TableCellLayout>),
    column('status', 'Status', (person) => (
      <TableCellLayout>
        <Badge appearance="tint" color={BADGE[standing(person)]}>{standing(person)}</Badge>{' '}
        {person.status === 'invited' && <Badge appearance="outline" color="warning">Invite pending</Badge>}
      </TableCellLayout>
    )),
    column('groups', 'Groups', (person) => (
      <TableCellLayout truncate>
        {person.groups.length > 0 && <Tag size="extra-small">{person.groups[0]}</Tag>}
        {person.groups.length > 1 && (
          <Tooltip content={person.groups.slice(1).join(' | ')} relationship="description">
            <Text size={200}> +{person.groups.length - 1}</Text>
          </Tooltip>
        )}
      </TableCellLayout>
    )),
    column('last_login', 'Last login', (person) => (person.last_login ? onDate(person.last_login) : 'Never')),
    column('menu', '', (person) => (
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<MoreHorizontalRegular />} aria-label="More options" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<EditRegular />} onClick={() => edit(person)}>Edit User Information</MenuItem>
            {person.role !== 'Admin' && person.status !== 'deactivated' && (
              <MenuItem icon={<ShieldPersonRegular />} onClick={() => askAdmin(person)}>Make Admin</MenuItem>
            )}
            {person.status === 'invited' && (
              <MenuItem
                icon={<MailRegular />}
                onClick={() => perform(() => api.resend(person.id), `Invite resent to ${person.email}`, 'Could not resend the invite')}
              >
                Resend Invite
              </MenuItem>
            )}
            {person.status === 'deactivated' ? (
              <MenuItem
                icon={<PersonAvailableRegular />}
                onClick={() => perform(() => api.reactivate(person.id), `${fullName(person)} has been reactivated`, 'Could not reactivate')}
              >
                Reactivate
              </MenuItem>
            ) : (
              <MenuItem icon={<PersonProhibitedRegular />} onClick={() => askDeactivate([person])}>Deactivate</MenuItem>
            )}
            <MenuDivider />
            <MenuItem icon={<DeleteRegular />} onClick={() => askDelete(person)}>Permanently Delete</MenuItem>
          </MenuList>
        </MenuPopover>
      </Menu>
    )),
  ];

  return (
    <>
      <div className={styles.tools}>
        <Subtitle2>Users{summary.data && ` (${summary.data.total})`}</Subtitle2>
        <div className={styles.grow} />
        {summary.data && (
          <div className={styles.seats}>
            <Text size={200}>{summary.data.seats_used} of {summary.data.seats_total} seats used</Text>
            <ProgressBar value={summary.data.seats_used / summary.data.seats_total} />
          </div>
        )}
        <Button icon={<ArrowUploadRegular />} onClick={() => setImporting(true)}>Import CSV</Button>
        <Button icon={<ArrowDownloadRegular />} onClick={() => exportUsers({ search, standing: status }).catch((error) => toasts.failure('Export failed', error))}>
          Export CSV
        </Button>
        <Button appearance="primary" icon={<PersonAddRegular />} onClick={() => setInviting(true)}>Invite Users</Button>
      </div>
      <div className={styles.tools}>
        <SearchBox
          placeholder="Search by name or email"
          value={typed}
          onChange={(_, data) => {
            setTyped(data.value);
            setPage(1);
          }}
        />
        <Dropdown
          aria-label="Status"
          placeholder="All statuses"
          clearable
          selectedOptions={status ? [status] : []}
          value={status}
          onOptionSelect={(_, data) => {
            setStatus(data.selectedOptions[0] ?? '');
            setPage(1);
          }}
        >
          {STANDINGS.map((name) => (
            <Option key={name}>{name}</Option>
          ))}
        </Dropdown>
      </div>
      <div className={styles.card}>
        {picked.length > 0 && (
          <div className={styles.bulk}>
            <Text weight="semibold">{picked.length} selected</Text>
            <Button
              size="small"
              icon={<PersonProhibitedRegular />}
              disabled={picked.some((person) => person.status === 'deactivated')}
              onClick={() => askDeactivate(picked)}
            >
              Deactivate selected
            </Button>
            <Button size="small" appearance="transparent" onClick={() => setSelected(new Set())}>Clear selection</Button>
          </div>
        )}
        <div className={styles.scroll}>
          {listing.loading ? (
            <Skeleton aria-label="Loading users" className={styles.bones}>
              {Array.from({ length: 8 }, (_, index) => (
                <SkeletonItem key={index} size={24} />
              ))}
            </Skeleton>
          ) : people.length === 0 ? (
            <div className={styles.empty}>
              <PeopleSearchRegular fontSize={40} />
              <Subtitle2>No users found</Subtitle2>
              <Body1>Check the spelling or remove the filter.</Body1>
            </div>
          ) : (
            <DataGrid
              className={styles.grid}
              items={people}
              columns={columns}
              getRowId={(person: Person) => String(person.id)}
              focusMode="composite"
              sortable
              sortState={sort}
              onSortChange={(_, next) => setSort(next)}
              selectionMode="multiselect"
              selectedItems={selected}
              onSelectionChange={(_, data) => setSelected(data.selectedItems)}
            >
              <DataGridHeader className={styles.head}>
                <DataGridRow selectionCell={{ checkboxIndicator: { 'aria-label': 'Select all rows' } }}>
                  {({ columnId, renderHeaderCell }) => (
                    <DataGridHeaderCell className={columnId === 'menu' ? styles.menuCell : undefined}>
                      {renderHeaderCell()}
                    </DataGridHeaderCell>
                  )}
                </DataGridRow>
              </DataGridHeader>
              <DataGridBody<Person>>
                {({ item, rowId }) => (
                  <DataGridRow<Person> key={rowId} selectionCell={{ checkboxIndicator: { 'aria-label': 'Select row' } }}>
                    {({ columnId, renderCell }) => (
                      <DataGridCell
                        focusMode={columnId === 'menu' || columnId === 'name' ? 'group' : 'cell'}
                        className={columnId === 'menu' ? styles.menuCell : undefined}
                        onClick={columnId === 'menu' || columnId === 'name' ? (event) => event.stopPropagation() : undefined}
                      >
                        {renderCell(item)}
                      </DataGridCell>
                    )}
                  </DataGridRow>
                )}
              </DataGridBody>
            </DataGrid>
          )}
        </div>
        <div className={styles.foot}>
          <Text size={200}>
            {total ? `${(page - 1) * Number(size) + 1}–${Math.min(page * Number(size), total)} of ${total}` : '0 of 0'}
          </Text>
          <div className={styles.grow} />
          <Text size={200} id="rows-per-page">Rows per page</Text>
          <Dropdown
            size="small"
            className={styles.size}
            aria-labelledby="rows-per-page"
            value={size}
            selectedOptions={[size]}
            onOptionSelect={(_, data) => {
              setSize(data.optionValue ?? '20');
              setPage(1);
            }}
          >
            {SIZES.map((count) => (
              <Option key={count}>{count}</Option>
            ))}
          </Dropdown>
          <Tooltip content="Previous page" relationship="label">
            <Button appearance="subtle" icon={<ChevronLeftRegular />} disabled={page === 1 || listing.loading} onClick={() => setPage(page - 1)} />
          </Tooltip>
          <Text size={200}>Page {page} of {pages}</Text>
          <Tooltip content="Next page" relationship="label">
            <Button appearance="subtle" icon={<ChevronRightRegular />} disabled={page >= pages || listing.loading} onClick={() => setPage(page + 1)} />
          </Tooltip>
        </div>
      </div>
      <InviteDialog open={inviting} groups={summary.data?.groups ?? []} onClose={() => setInviting(false)} onInvited={reload} />
      <ImportDialog open={importing} onClose={() => setImporting(false)} onImported={reload} />
      <EditDrawer open={editing} person={opened} groups={summary.data?.groups ?? []} onClose={() => setEditing(false)} onSaved={reload} />
      <ConfirmDialog question={question} onClose={() => setQuestion(null)} />
    </>
  );
}

const SORTABLE = ['name', 'email', 'status', 'last_login'];

function column(columnId: string, title: string, renderCell: (person: Person) => ReactNode) {
  // The server sorts; a column with any comparison can be asked for it.
  const compare = SORTABLE.includes(columnId) ? (_a: Person, _b: Person) => 0 : undefined;
  return createTableColumn<Person>({ columnId, renderHeaderCell: () => title, renderCell, compare });
}
