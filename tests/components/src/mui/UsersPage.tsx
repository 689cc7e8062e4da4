import { Box, Button, Chip, InputAdornment, Link, MenuItem, Stack, TextField, Typography } from '@mui/material';
import AddIcon from '@mui/icons-material/Add';
import BlockIcon from '@mui/icons-material/Block';
import EditIcon from '@mui/icons-material/Edit';
import MailIcon from '@mui/icons-material/MailOutline';
import RestoreIcon from '@mui/icons-material/Restore';
import SearchIcon from '@mui/icons-material/Search';
import UploadIcon from '@mui/icons-material/Upload';
import { DataGrid, GridActionsCellItem, type GridColDef, type GridSortModel } from '@mui/x-data-grid';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { ApiError, type Person, api, fullName, useDebounced, useRemote } from '../shared/api';
import { AddUserDialog } from './AddUserDialog';
import { ConfirmDialog } from './ConfirmDialog';
import { EditUserDialog } from './EditUserDialog';
import { ImportDialog } from './ImportDialog';
import { useNotify } from './Snackbars';
import { STATUS, day, roleWord } from './words';

const NO_ROWS: Person[] = [];

export function UsersPage() {
  const notify = useNotify();
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState('all');
  const [paging, setPaging] = useState({ page: 0, pageSize: 25 });
  const [sorting, setSorting] = useState<GridSortModel>([]);
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const [editing, setEditing] = useState<Person>();
  const [deactivating, setDeactivating] = useState<Person>();

  const text = useDebounced(search);
  const summary = useRemote(api.summary, []);
  const users = useRemote(
    () =>
      api.list({
        search: text,
        status: status === 'all' ? '' : status,
        sort: sorting[0]?.field,
        dir: sorting[0]?.sort ?? undefined,
        page: paging.page + 1,
        page_size: paging.pageSize,
      }),
    [text, status, sorting, paging],
  );

  function refresh() {
    users.reload();
    summary.reload();
  }

  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      notify(done);
      refresh();
    } catch (problem) {
      notify((problem as ApiError).message, 'error');
    }
  }

  const columns: GridColDef<Person>[] = [
    {
      field: 'name',
      headerName: 'Name',
      width: 220,
      valueGetter: (_, row) => fullName(row),
      renderCell: ({ row }) => (
        <>
          <Link component={RouterLink} to={`/admin/users/${row.id}`}>
            {fullName(row)}
          </Link>
          {row.scim_managed && <Chip label="SCIM" size="small" variant="outlined" sx={{ ml: 1 }} />}
        </>
      ),
    },
    { field: 'email', headerName: 'Email', width: 270 },
    { field: 'role', headerName: 'Role', width: 190, valueFormatter: roleWord },
    {
      field: 'groups',
      headerName: 'Groups',
      width: 230,
      sortable: false,
      valueFormatter: (groups: string[]) => groups.join(', '),
    },
    {
      field: 'status',
      headerName: 'Status',
      width: 120,
      renderCell: ({ row }) => <Chip size="small" {...STATUS[row.status]} />,
    },
    { field: 'last_login', headerName: 'Last Login', width: 120, valueFormatter: day },
    {
      field: 'actions',
      type: 'actions',
      width: 60,
      getActions: ({ row }) => [
        <GridActionsCellItem showInMenu icon={<EditIcon />} label="Edit" onClick={() => setEditing(row)} />,
        ...(row.status === 'invited'
          ? [
              <GridActionsCellItem
                showInMenu
                icon={<MailIcon />}
                label="Resend invite"
                onClick={() => run(() => api.resend(row.id), `Invite resent to ${row.email}`)}
              />,
            ]
          : []),
        row.status === 'deactivated' ? (
          <GridActionsCellItem
            showInMenu
            icon={<RestoreIcon />}
            label="Reactivate"
            onClick={() => run(() => api.reactivate(row.id), 'User reactivated')}
          />
        ) : (
          <GridActionsCellItem
            showInMenu
            icon={<BlockIcon />}
            label="Deactivate"
            onClick={() => setDeactivating(row)}
          />
        ),
      ],
    },
  ];

  return (
    <>
      <Stack direction="row" spacing={2} sx={{ alignItems: 'center', mb: 2 }}>
        <Box sx={{ flexGrow: 1 }}>
          <Typography variant="h4">Users</Typography>
          {summary.data && (
            <Typography variant="body2" color="text.secondary">
              {summary.data.counts.active} active · {summary.data.counts.invited} invited · {summary.data.counts.deactivated}{' '}
              inactive · {summary.data.seats_used} of {summary.data.seats_total} seats used
            </Typography>
          )}
        </Box>
        <Button startIcon={<UploadIcon />} onClick={() => setImporting(true)}>
          Import Users
        </Button>
        <Button variant="contained" startIcon={<AddIcon />} onClick={() => setAdding(true)}>
          Add User
        </Button>
      </Stack>
      <Stack direction="row" spacing={2} sx={{ mb: 2 }}>
        <TextField
          size="small"
          placeholder="Search users"
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setPaging((before) => ({ ...before, page: 0 }));
          }}
          sx={{ width: 320 }}
          slotProps={{
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <SearchIcon />
                </InputAdornment>
              ),
            },
          }}
        />
        <TextField
          select
          size="small"
          label="Status"
          value={status}
          onChange={(event) => {
            setStatus(event.target.value);
            setPaging((before) => ({ ...before, page: 0 }));
          }}
          sx={{ width: 160 }}
        >
          <MenuItem value="all">All</MenuItem>
          <MenuItem value="active">Active</MenuItem>
          <MenuItem value="invited">Invited</MenuItem>
          <MenuItem value="deactivated">Inactive</MenuItem>
        </TextField>
      </Stack>
      <Box sx={{ height: 600 }}>
        <DataGrid
          rows={users.data?.items ?? NO_ROWS}
          rowCount={users.data?.total ?? 0}
          columns={columns}
          loading={users.loading}
          paginationMode="server"
          sortingMode="server"
          disableColumnFilter
          disableRowSelectionOnClick
          pageSizeOptions={[10, 25, 50, 100]}
          paginationModel={paging}
          onPaginationModelChange={setPaging}
          sortModel={sorting}
          onSortModelChange={setSorting}
        />
      </Box>
      {adding && (
        <AddUserDialog
          groups={summary.data?.groups ?? []}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            refresh();
          }}
        />
      )}
      {importing && (
        <ImportDialog
          onClose={(changed) => {
            setImporting(false);
            if (changed) refresh();
          }}
        />
      )}
      {editing && (
        <EditUserDialog
          person={editing}
          groups={summary.data?.groups ?? []}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            refresh();
          }}
        />
      )}
      {deactivating && (
        <ConfirmDialog
          title="Deactivate user?"
          text={`${fullName(deactivating)} (${deactivating.email}) will no longer be able to sign in. Completion records are kept.`}
          action="Deactivate"
          onClose={() => setDeactivating(undefined)}
          onConfirm={() => run(() => api.deactivate(deactivating.id), 'User deactivated')}
        />
      )}
    </>
  );
}
