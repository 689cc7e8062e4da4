import { useState } from 'react';
import {
  Button, DataTable, DataTableSkeleton, DismissibleTag, Dropdown, InlineLoading, Link as CarbonLink, OverflowMenu, OverflowMenuItem, Pagination,
  Popover, PopoverContent, RadioButton, RadioButtonGroup, Stack, Table, TableBatchAction, TableBatchActions, TableBody, TableCell,
  TableContainer, TableHead, TableHeader, TableRow, TableSelectAll, TableSelectRow, TableToolbar, TableToolbarContent, TableToolbarSearch,
} from '@carbon/react';
import { Add, Email, Filter, Upload, Misuse } from '@carbon/icons-react';
import { Link, useNavigate } from 'react-router-dom';
import { api, fullName, standing, useDebounced, useRemote, type Person } from '../shared/api';
import { useActions } from './actions';
import { GroupsCell, lastLogin, StatusTag } from './cells';
import { EditPanel } from './EditPanel';
import { Invite } from './Invite';

const HEADERS = [
  { key: 'name', header: 'Name', sorted: true },
  { key: 'email', header: 'Email', sorted: true },
  { key: 'groups', header: 'Groups', sorted: false },
  { key: 'standing', header: 'Status', sorted: false },
  { key: 'last_login', header: 'Last login', sorted: true },
];

const LOGINS = [
  { id: '', label: 'Any time' },
  { id: '30', label: 'More than 30 days ago' },
  { id: '90', label: 'More than 90 days ago' },
  { id: 'never', label: 'Never' },
];

const NO_FILTERS = { standing: '', login: '' };
type Filters = typeof NO_FILTERS;
type Row = { id: string } & Record<string, Person | string>;

function content(key: string, person: Person) {
  if (key === 'name') return <CarbonLink as={Link} to={`/admin/users/${person.id}`}>{fullName(person)}</CarbonLink>;
  if (key === 'email') return person.email;
  if (key === 'groups') return <GroupsCell groups={person.groups} />;
  if (key === 'standing') return <StatusTag person={person} />;
  return lastLogin(person);
}

export function Users({ groups, onChanged }: { groups: string[]; onChanged: () => void }) {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [filters, setFilters] = useState(NO_FILTERS);
  const [sort, setSort] = useState({ key: 'name', dir: 'ASC' as 'ASC' | 'DESC' });
  const [paging, setPaging] = useState({ page: 1, pageSize: 20 });
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Person>();
  const search = useDebounced(text, 250);
  const { data, loading, reload } = useRemote(
    () =>
      api.list({
        search,
        standing: filters.standing,
        idle_days: filters.login === 'never' ? '' : filters.login,
        never: filters.login === 'never' ? '1' : '',
        sort: sort.key,
        dir: sort.dir.toLowerCase(),
        page: paging.page,
        page_size: paging.pageSize,
      }),
    [search, filters, sort, paging],
  );
  const refresh = () => {
    reload();
    onChanged();
  };
  const { start, dialog } = useActions(refresh);
  const toFirstPage = () => setPaging({ ...paging, page: 1 });
  const applyFilters = (next: Filters) => {
    setFilters(next);
    toFirstPage();
  };

  if (!data) return <DataTableSkeleton headers={HEADERS} columnCount={5} rowCount={10} />;

  const rows: Row[] = data.items.map((person) => ({
    id: String(person.id),
    ...Object.fromEntries(HEADERS.map(({ key }) => [key, person])),
  }));
  const chosenLogin = LOGINS.find(({ id }) => id === filters.login);

  return (
    <>
      <DataTable rows={rows} headers={HEADERS}>
        {({ rows, selectedRows, getTableProps, getRowProps, getSelectionProps, getBatchActionProps, getToolbarProps }) => {
          const batch = getBatchActionProps();
          const chosen = selectedRows.map((row) => row.cells[0].value as Person);
          const tabIndex = batch.shouldShowBatchActions ? 0 : -1;
          const runBatch = (action: 'deactivate' | 'resend', people: Person[]) => {
            start(action, people);
            batch.onCancel();
          };
          const invited = chosen.filter(({ status }) => status === 'invited');
          const present = chosen.filter(({ status }) => status !== 'deactivated');
          return (
            <TableContainer title="Users" description={`${data.total} ${data.total === 1 ? 'user' : 'users'}`}>
              <TableToolbar {...getToolbarProps()}>
                <TableBatchActions {...batch}>
                  <TableBatchAction tabIndex={tabIndex} renderIcon={Email} disabled={!invited.length} onClick={() => runBatch('resend', invited)}>Resend invitation</TableBatchAction>
                  <TableBatchAction tabIndex={tabIndex} renderIcon={Misuse} disabled={!present.length} onClick={() => runBatch('deactivate', present)}>Deactivate</TableBatchAction>
                </TableBatchActions>
                <TableToolbarContent>
                  <TableToolbarSearch persistent placeholder="Search by name or email" onChange={(_, value) => { setText(value ?? ''); toFirstPage(); }} />
                  {loading && <InlineLoading />}
                  <FilterButton filters={filters} onApply={applyFilters} />
                  <Button kind="ghost" renderIcon={Upload} onClick={() => navigate('/admin/users/import')}>Import</Button>
                  <Button renderIcon={Add} onClick={() => setInviting(true)}>Invite Users</Button>
                </TableToolbarContent>
              </TableToolbar>
              {filters.standing && <DismissibleTag text={`Status: ${filters.standing}`} onClose={() => applyFilters({ ...filters, standing: '' })} />}
              {filters.login && <DismissibleTag text={`Last login: ${chosenLogin?.label}`} onClose={() => applyFilters({ ...filters, login: '' })} />}
              <Table {...getTableProps()}>
                <TableHead>
                  <TableRow>
                    <TableSelectAll {...getSelectionProps()} />
                    {HEADERS.map(({ key, header, sorted }) => (
                      <TableHeader
                        key={key}
                        isSortable={sorted}
                        isSortHeader={sort.key === key}
                        sortDirection={sort.key === key ? sort.dir : 'NONE'}
                        onClick={() => setSort({ key, dir: sort.key === key && sort.dir === 'ASC' ? 'DESC' : 'ASC' })}
                      >
                        {header}
                      </TableHeader>
                    ))}
                    <TableHeader aria-label="Actions" />
                  </TableRow>
                </TableHead>
                <TableBody>
                  {rows.map((row) => {
                    const person = row.cells[0].value as Person;
                    const { key, ...rowProps } = getRowProps({ row });
                    return (
                      <TableRow key={key} {...rowProps}>
                        <TableSelectRow {...getSelectionProps({ row })} />
                        {row.cells.map((cell) => <TableCell key={cell.id}>{content(cell.info.header, cell.value as Person)}</TableCell>)}
                        <TableCell className="cds--table-column-menu">
                          <OverflowMenu size="sm" flipped iconDescription="Options">
                            <OverflowMenuItem itemText="Edit User Information" onClick={() => setEditing(person)} />
                            {standing(person) === 'User' && <OverflowMenuItem itemText="Make Admin" onClick={() => start('admin', [person])} />}
                            {person.status === 'invited' && <OverflowMenuItem itemText="Resend invitation" onClick={() => start('resend', [person])} />}
                            {person.status === 'deactivated' ? (
                              <OverflowMenuItem itemText="Reactivate" onClick={() => start('reactivate', [person])} />
                            ) : (
                              <OverflowMenuItem itemText="Deactivate" onClick={() => start('deactivate', [person])} />
                            )}
                            <OverflowMenuItem hasDivider isDelete itemText="Permanently Delete" onClick={() => start('delete', [person])} />
                          </OverflowMenu>
                        </TableCell>
                      </TableRow>
                    );
                  })}
                  {!rows.length && (
                    <TableRow>
                      <TableCell colSpan={HEADERS.length + 2}>No users match your search or filters.</TableCell>
                    </TableRow>
                  )}
                </TableBody>
              </Table>
              <Pagination page={paging.page} pageSize={paging.pageSize} pageSizes={[10, 20, 50, 100]} totalItems={data.total} onChange={({ page, pageSize }) => setPaging({ page, pageSize })} />
            </TableContainer>
          );
        }}
      </DataTable>
      {inviting && <Invite groups={groups} onClose={() => setInviting(false)} onInvited={() => { setInviting(false); refresh(); }} />}
      {editing && <EditPanel person={editing} groups={groups} onClose={() => setEditing(undefined)} onSaved={() => { setEditing(undefined); refresh(); }} />}
      {dialog}
    </>
  );
}

function FilterButton({ filters, onApply }: { filters: Filters; onApply: (filters: Filters) => void }) {
  const [open, setOpen] = useState(false);
  const [draft, setDraft] = useState(filters);
  const apply = (next: Filters) => {
    onApply(next);
    setOpen(false);
  };
  return (
    <Popover open={open} align="bottom-end" dropShadow onRequestClose={() => setOpen(false)}>
      <Button kind="ghost" hasIconOnly renderIcon={Filter} iconDescription="Filter" onClick={() => { setDraft(filters); setOpen(!open); }} />
      <PopoverContent className="filter">
        <Stack gap={6}>
          <RadioButtonGroup legendText="Status" name="standing" orientation="vertical" valueSelected={draft.standing} onChange={(value) => setDraft({ ...draft, standing: String(value) })}>
            <RadioButton labelText="All" value="" />
            <RadioButton labelText="User" value="User" />
            <RadioButton labelText="Admin" value="Admin" />
            <RadioButton labelText="Deactivated" value="Deactivated" />
          </RadioButtonGroup>
          <Dropdown
            id="login-filter"
            titleText="Last login"
            label="Any time"
            items={LOGINS}
            itemToString={(item) => item?.label ?? ''}
            selectedItem={LOGINS.find(({ id }) => id === draft.login)}
            onChange={({ selectedItem }) => setDraft({ ...draft, login: selectedItem?.id ?? '' })}
          />
          <div className="actions">
            <Button size="sm" kind="secondary" onClick={() => apply(NO_FILTERS)}>Reset filters</Button>
            <Button size="sm" onClick={() => apply(draft)}>Apply filters</Button>
          </div>
        </Stack>
      </PopoverContent>
    </Popover>
  );
}
