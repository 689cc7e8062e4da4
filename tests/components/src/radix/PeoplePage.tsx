import { type ColumnDef, flexRender, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { MoreHorizontalIcon, PlusIcon, UploadIcon } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { toast } from 'sonner';
import { ApiError, type Person, type Status, api, fullName, useDebounced, useRemote } from '../shared/api';
import { EditSheet } from './EditSheet';
import { InviteDialog } from './InviteDialog';
import { Badge, Button, Input, Tabs, TabsList, TabsTrigger } from './ui/basic';
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
  DialogFooter,
  DialogHeader,
} from './ui/dialog';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from './ui/menus';

const STEP = 20;
const NOBODY: Person[] = [];
const WORDS: Record<Status, string> = { active: 'Active', invited: 'Invited', deactivated: 'Deactivated' };

function ago(moment: string | null, today: string | undefined) {
  if (!moment) return 'Never';
  const days = Math.round((Date.parse(today ?? new Date().toISOString()) - Date.parse(moment.slice(0, 10))) / 86_400_000);
  if (days < 1) return 'Today';
  if (days < 2) return 'Yesterday';
  if (days < 30) return `${days} days ago`;
  const months = Math.floor(days / 30);
  return months === 1 ? '1 month ago' : `${months} months ago`;
}

export function PeoplePage() {
  const [search, setSearch] = useState('');
  const [status, setStatus] = useState('all');
  const [size, setSize] = useState(STEP);
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Person>();
  const [deactivating, setDeactivating] = useState<Person>();

  const text = useDebounced(search);
  useEffect(() => setSize(STEP), [text, status]);
  const summary = useRemote(api.summary, []);
  const people = useRemote(
    () => api.list({ search: text, status: status === 'all' ? '' : status, page_size: size }),
    [text, status, size],
  );

  function refresh() {
    people.reload();
    summary.reload();
  }

  async function run(work: () => Promise<unknown>, done: string) {
    try {
      await work();
      toast.success(done);
      refresh();
    } catch (problem) {
      toast.error((problem as ApiError).message);
    }
  }

  const today = summary.data?.today;
  const columns = useMemo<ColumnDef<Person>[]>(() => [
    {
      id: 'name',
      header: 'Name',
      cell: ({ row: { original: person } }) => (
        <div className="flex items-center gap-2 font-medium">
          {fullName(person)}
          {person.scim_managed && <Badge variant="outline">SCIM</Badge>}
        </div>
      ),
    },
    { accessorKey: 'email', header: 'Email' },
    { accessorKey: 'role', header: 'Role' },
    {
      accessorKey: 'groups',
      header: 'Groups',
      cell: ({ row: { original: person } }) => (
        <div className="flex gap-1" title={person.groups.join('\n')}>
          {person.groups.slice(0, 2).map((group) => (
            <Badge key={group} variant="secondary">
              {group}
            </Badge>
          ))}
          {person.groups.length > 2 && <Badge variant="secondary">+{person.groups.length - 2}</Badge>}
        </div>
      ),
    },
    {
      accessorKey: 'status',
      header: 'Status',
      cell: ({ row: { original: person } }) => (
        <Badge variant={person.status === 'active' ? 'default' : 'outline'}>{WORDS[person.status]}</Badge>
      ),
    },
    {
      accessorKey: 'last_login',
      header: 'Last Login',
      cell: ({ row: { original: person } }) => (
        <span title={person.last_login?.slice(0, 10)}>{ago(person.last_login, today)}</span>
      ),
    },
    {
      id: 'actions',
      cell: ({ row: { original: person } }) => (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="icon">
              <span className="sr-only">Open menu</span>
              <MoreHorizontalIcon />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end">
            <DropdownMenuLabel>Actions</DropdownMenuLabel>
            <DropdownMenuItem onSelect={() => navigator.clipboard?.writeText(person.email)}>Copy email</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => setEditing(person)}>Edit</DropdownMenuItem>
            {person.status === 'invited' && (
              <DropdownMenuItem onSelect={() => run(() => api.resend(person.id), 'Invitation resent')}>
                Resend invitation
              </DropdownMenuItem>
            )}
            <DropdownMenuSeparator />
            {person.status === 'deactivated' ? (
              <DropdownMenuItem onSelect={() => run(() => api.reactivate(person.id), 'User reactivated')}>
                Reactivate
              </DropdownMenuItem>
            ) : (
              <DropdownMenuItem variant="destructive" onSelect={() => setDeactivating(person)}>
                Deactivate
              </DropdownMenuItem>
            )}
          </DropdownMenuContent>
        </DropdownMenu>
      ),
    },
  ], [today]);

  const items = people.data?.items ?? NOBODY;
  const total = people.data?.total ?? 0;
  const table = useReactTable({
    data: items,
    columns,
    getCoreRowModel: getCoreRowModel(),
    getRowId: (person) => String(person.id),
  });
  const counts = summary.data?.counts;

  return (
    <div className="grid gap-4">
      <div className="flex items-center justify-between">
        <div>
          <h1 className="text-2xl font-semibold tracking-tight">People</h1>
          {summary.data && (
            <p className="text-muted-foreground">
              {summary.data.seats_used} of {summary.data.seats_total} seats in use
            </p>
          )}
        </div>
        <div className="flex gap-2">
          <Button variant="outline" asChild>
            <Link to="/admin/users/import">
              <UploadIcon />
              Import Users
            </Link>
          </Button>
          <Button onClick={() => setInviting(true)}>
            <PlusIcon />
            Invite User
          </Button>
        </div>
      </div>
      <div className="flex items-center justify-between gap-4">
        <Tabs value={status} onValueChange={setStatus}>
          <TabsList>
            <TabsTrigger value="all">
              All <Badge variant="secondary">{summary.data?.total ?? '–'}</Badge>
            </TabsTrigger>
            {(Object.keys(WORDS) as Status[]).map((value) => (
              <TabsTrigger key={value} value={value}>
                {WORDS[value]} <Badge variant="secondary">{counts?.[value] ?? '–'}</Badge>
              </TabsTrigger>
            ))}
          </TabsList>
        </Tabs>
        <Input
          placeholder="Filter people..."
          className="max-w-sm"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="overflow-x-auto rounded-md border">
        <table className="w-full text-sm">
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id} className="border-b">
                {group.headers.map((header) => (
                  <th key={header.id} className="h-10 px-3 text-left align-middle font-medium">
                    {header.isPlaceholder ? null : flexRender(header.column.columnDef.header, header.getContext())}
                  </th>
                ))}
              </tr>
            ))}
          </thead>
          <tbody>
            {table.getRowModel().rows.map((row) => (
              <tr key={row.id} className="border-b last:border-0 hover:bg-muted/50">
                {row.getVisibleCells().map((cell) => (
                  <td key={cell.id} className="p-2 px-3 align-middle whitespace-nowrap">
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </td>
                ))}
              </tr>
            ))}
            {people.data && !items.length && (
              <tr>
                <td colSpan={columns.length} className="h-24 text-center">
                  No results.
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <div className="flex items-center justify-between text-muted-foreground">
        <span>
          Showing {items.length} of {total} people
        </span>
        {items.length < total && (
          <Button variant="outline" size="sm" disabled={people.loading} onClick={() => setSize(size + STEP)}>
            Load more
          </Button>
        )}
      </div>
      {inviting && (
        <InviteDialog
          groups={summary.data?.groups ?? []}
          onClose={() => setInviting(false)}
          onDone={() => {
            setInviting(false);
            refresh();
          }}
        />
      )}
      {editing && (
        <EditSheet
          person={editing}
          groups={summary.data?.groups ?? []}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            refresh();
          }}
        />
      )}
      <AlertDialog open={!!deactivating} onOpenChange={(open) => !open && setDeactivating(undefined)}>
        <AlertDialogContent>
          <DialogHeader>
            <AlertDialogTitle>Are you absolutely sure?</AlertDialogTitle>
            <AlertDialogDescription>
              This will deactivate {deactivating && fullName(deactivating)} ({deactivating?.email}). They will lose access, but their
              completion records are retained.
            </AlertDialogDescription>
          </DialogHeader>
          <DialogFooter>
            <AlertDialogCancel>Cancel</AlertDialogCancel>
            <AlertDialogAction
              onClick={() => {
                const person = deactivating!;
                run(() => api.deactivate(person.id), 'User deactivated');
              }}
            >
              Continue
            </AlertDialogAction>
          </DialogFooter>
        </AlertDialogContent>
      </AlertDialog>
    </div>
  );
}
