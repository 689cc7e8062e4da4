import {
  Alert,
  Button,
  Classes,
  H4,
  HTMLSelect,
  InputGroup,
  Intent,
  Menu,
  MenuDivider,
  MenuItem,
  NonIdealState,
  PopoverNext,
  ProgressBar,
  SegmentedControl,
  showContextMenu,
  Tag,
  Tooltip,
} from '@blueprintjs/core';
import { type CellContextMenuEvent, type ColDef, type GridApi, type IDatasource, themeQuartz } from 'ag-grid-community';
import { AgGridReact, type CustomCellRendererProps } from 'ag-grid-react';
import { useMemo, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router-dom';
import { api, fullName, type Person, type Query, ROLES, useDebounced, useRemote } from '../shared/api';
import { ImportDialog } from './ImportDialog';
import { InviteDialog } from './InviteDialog';
import { PersonDrawer } from './PersonDrawer';
import { dayOf, StatusTag } from './status';
import { toastError, toastSuccess } from './toaster';

const BLOCK = 50;
const GROUPS_SHOWN = 2;

const theme = themeQuartz.withParams({
  accentColor: '#2d72d2',
  fontFamily: 'inherit',
  fontSize: 14,
  headerBackgroundColor: '#f6f7f9',
  wrapperBorderRadius: 4,
});

interface Actions {
  open: (person: Person) => void;
  deactivate: (person: Person) => void;
  reactivate: (person: Person) => void;
  resend: (person: Person) => void;
}

type CellProps = CustomCellRendererProps<Person, unknown, Actions>;

const Skeleton = () => <span className={Classes.SKELETON}>Loading person</span>;

const NameCell = ({ data }: CellProps) => (data ? <Link to={`/admin/users/${data.id}`}>{fullName(data)}</Link> : <Skeleton />);

const StatusCell = ({ data }: CellProps) => data && <StatusTag status={data.status} />;

const GroupsCell = ({ data }: CellProps) =>
  data && (
    <div className="tags">
      {data.groups.slice(0, GROUPS_SHOWN).map((group) => (
        <Tag key={group} minimal>
          {group}
        </Tag>
      ))}
      {data.groups.length > GROUPS_SHOWN && (
        <Tooltip content={data.groups.slice(GROUPS_SHOWN).join(' · ')}>
          <Tag minimal round>
            +{data.groups.length - GROUPS_SHOWN}
          </Tag>
        </Tooltip>
      )}
    </div>
  );

const MenuCell = ({ data, context }: CellProps) =>
  data && (
    <PopoverNext placement="bottom-end" content={<PersonMenu person={data} actions={context} />}>
      <Button variant="minimal" size="small" icon="more" />
    </PopoverNext>
  );

function PersonMenu({ person, actions }: { person: Person; actions: Actions }) {
  return (
    <Menu>
      <MenuItem icon="person" text="Open profile" onClick={() => actions.open(person)} />
      {person.status === 'invited' && <MenuItem icon="envelope" text="Resend invitation" onClick={() => actions.resend(person)} />}
      <MenuDivider />
      {person.status === 'deactivated' ? (
        <MenuItem icon="unlock" text="Reactivate" onClick={() => actions.reactivate(person)} />
      ) : (
        <MenuItem icon="blocked-person" intent={Intent.DANGER} text="Deactivate…" onClick={() => actions.deactivate(person)} />
      )}
    </Menu>
  );
}

const columns: ColDef<Person>[] = [
  { colId: 'name', headerName: 'Name', pinned: 'left', width: 220, cellRenderer: NameCell, initialSort: 'asc' },
  { field: 'role', headerName: 'Role', width: 150 },
  { field: 'status', headerName: 'Status', width: 120, cellRenderer: StatusCell },
  { field: 'groups', headerName: 'Groups', width: 300, sortable: false, cellRenderer: GroupsCell },
  { field: 'last_login', headerName: 'Last Login', width: 150, valueFormatter: ({ data, value }) => (data ? dayOf(value) : '') },
  { field: 'managers', headerName: 'Managers', width: 280, sortable: false, valueFormatter: ({ value }) => value?.join(', ') ?? '' },
  { field: 'email', headerName: 'Email', width: 280 },
  { colId: 'menu', headerName: '', pinned: 'right', width: 64, sortable: false, resizable: false, cellRenderer: MenuCell },
];

const defaultColDef: ColDef<Person> = { sortable: true, suppressMovable: true, sortingOrder: ['asc', 'desc'] };

const STATUSES = [
  { label: 'All', value: '' },
  { label: 'Active', value: 'active' },
  { label: 'Invited', value: 'invited' },
  { label: 'Inactive', value: 'deactivated' },
];

const LOGINS: { label: string; value: string; query: Query }[] = [
  { label: 'Last login: any time', value: '', query: {} },
  { label: 'Not in the last 30 days', value: '30', query: { idle_days: '30' } },
  { label: 'Not in the last 90 days', value: '90', query: { idle_days: '90' } },
  { label: 'Never logged in', value: 'never', query: { never: '1' } },
];

const NO_FILTERS = { search: '', status: '', role: '', login: '' };

const NoRows = () => <NonIdealState icon="search" title="No people found" description="Try another search or fewer filters." />;

export function People() {
  const { id } = useParams();
  const navigate = useNavigate();
  const grid = useRef<GridApi<Person>>(undefined);
  const [filters, setFilters] = useState(NO_FILTERS);
  const [total, setTotal] = useState<number>();
  const [dialog, setDialog] = useState<'invite' | 'import'>();
  const [leaving, setLeaving] = useState<Person>();
  const [alerting, setAlerting] = useState(false);
  const [busy, setBusy] = useState(false);
  const [changed, setChanged] = useState<Person>();
  const { data: summary, reload } = useRemote(api.summary, []);

  const search = useDebounced(filters.search.trim(), 250);
  const { status, role, login } = filters;
  const filter = (part: Partial<typeof NO_FILTERS>) => setFilters((now) => ({ ...now, ...part }));

  const datasource = useMemo<IDatasource>(() => {
    let current = true;
    const idle = LOGINS.find(({ value }) => value === login)?.query;
    return {
      getRows: async ({ startRow, sortModel: [order], successCallback, failCallback }) => {
        try {
          const page = startRow / BLOCK + 1;
          const { items, total } = await api.list({ search, status, role, ...idle, sort: order?.colId, dir: order?.sort, page, page_size: BLOCK });
          successCallback(items, total);
          if (current) setTotal(total);
        } catch (error) {
          failCallback();
          toastError(error);
        }
      },
      destroy: () => {
        current = false;
      },
    };
  }, [search, status, role, login]);

  const refresh = () => {
    grid.current?.refreshInfiniteCache();
    reload();
  };

  const act = async (work: () => Promise<Person>, message: (person: Person) => string) => {
    setBusy(true);
    try {
      const person = await work();
      setChanged(person);
      toastSuccess(message(person));
      refresh();
    } catch (error) {
      toastError(error);
    } finally {
      setBusy(false);
    }
  };

  const close = () => navigate('/admin/users');

  const actions: Actions = {
    open: (person) => navigate(`/admin/users/${person.id}`),
    deactivate: (person) => {
      setLeaving(person);
      setAlerting(true);
    },
    reactivate: (person) => act(() => api.reactivate(person.id), (done) => `${fullName(done)} has been reactivated`),
    resend: (person) => act(() => api.resend(person.id), (done) => `Invitation resent to ${done.email}`),
  };

  const deactivate = async () => {
    if (!leaving) return;
    await act(() => api.deactivate(leaving.id), (done) => `${fullName(done)} has been deactivated`);
    setAlerting(false);
  };

  const openMenu = ({ data, event }: CellContextMenuEvent<Person>) => {
    if (!data || !(event instanceof MouseEvent)) return;
    showContextMenu({ content: <PersonMenu person={data} actions={actions} />, targetOffset: { left: event.clientX, top: event.clientY } });
  };

  return (
    <div className="people">
      <div className="bar">
        <H4>People</H4>
        {summary && <Tag minimal round>{summary.total}</Tag>}
        <span className="grow" />
        {summary && (
          <div className="seats">
            {summary.seats_used} of {summary.seats_total} seats used
            <ProgressBar animate={false} stripes={false} intent={Intent.PRIMARY} value={summary.seats_used / summary.seats_total} />
          </div>
        )}
        <Button icon="import" text="Import Users" onClick={() => setDialog('import')} />
        <Button icon="new-person" intent={Intent.PRIMARY} text="Invite User" onClick={() => setDialog('invite')} />
      </div>
      <div className="bar">
        <InputGroup
          type="search"
          leftIcon="search"
          placeholder="Search name or email…"
          value={filters.search}
          onValueChange={(search) => filter({ search })}
        />
        <SegmentedControl options={STATUSES} value={status} onValueChange={(status) => filter({ status })} />
        <HTMLSelect
          options={[{ label: 'All roles', value: '' }, ...ROLES]}
          value={role}
          onChange={(event) => filter({ role: event.currentTarget.value })}
        />
        <HTMLSelect options={LOGINS.map(({ label, value }) => ({ label, value }))} value={login} onChange={(event) => filter({ login: event.currentTarget.value })} />
        {JSON.stringify(filters) !== JSON.stringify(NO_FILTERS) && (
          <Button variant="minimal" icon="filter-remove" text="Clear" onClick={() => setFilters(NO_FILTERS)} />
        )}
        <span className="grow" />
        <span className={Classes.TEXT_MUTED}>{total !== undefined && `${total} ${total === 1 ? 'person' : 'people'}`}</span>
      </div>
      <div className="grid">
        <AgGridReact<Person>
          theme={theme}
          rowModelType="infinite"
          datasource={datasource}
          cacheBlockSize={BLOCK}
          infiniteInitialRowCount={15}
          rowHeight={40}
          columnDefs={columns}
          defaultColDef={defaultColDef}
          context={actions}
          activeOverlay={total === 0 ? NoRows : undefined}
          suppressCellFocus
          preventDefaultOnContextMenu
          onGridReady={({ api }) => {
            grid.current = api;
          }}
          onCellContextMenu={openMenu}
        />
      </div>

      <PersonDrawer
        id={id}
        changed={changed}
        summary={summary}
        onClose={close}
        onSaved={refresh}
        onDeactivate={actions.deactivate}
        onReactivate={actions.reactivate}
        onResend={actions.resend}
      />
      <InviteDialog isOpen={dialog === 'invite'} summary={summary} onClose={() => setDialog(undefined)} onInvited={refresh} />
      <ImportDialog isOpen={dialog === 'import'} onClose={() => setDialog(undefined)} onImported={refresh} />
      <Alert
        isOpen={alerting}
        icon="blocked-person"
        intent={Intent.DANGER}
        confirmButtonText="Deactivate user"
        cancelButtonText="Keep user"
        loading={busy}
        canEscapeKeyCancel
        onCancel={() => setAlerting(false)}
        onConfirm={deactivate}
      >
        {leaving && (
          <>
            <p>
              Deactivate <b>{fullName(leaving)}</b> ({leaving.email})?
            </p>
            <p>They can no longer log in and their seat is freed. Completions and scores are kept for reporting.</p>
            {leaving.scim_managed && <p>This user is provisioned through SCIM: deactivate them in the identity provider too, or the next sync may undo this.</p>}
          </>
        )}
      </Alert>
    </div>
  );
}
