import { Listbox, ListboxButton, ListboxOption, ListboxOptions } from '@headlessui/react';
import { ChevronUpDownIcon } from '@heroicons/react/20/solid';
import { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { type Person, type Status, api, fullName, initials, useDebounced, useRemote } from '../shared/api';
import { EditPanel } from './EditPanel';
import { InvitePanel } from './InvitePanel';
import { INPUT, OPTION, OPTIONS, PRIMARY, WHITE } from './classes';

const SIZE = 10;
const STATUS: Record<Status, { word: string; look: string }> = {
  active: { word: 'Active', look: 'bg-green-50 text-green-700 ring-green-600/20' },
  invited: { word: 'Invited', look: 'bg-yellow-50 text-yellow-800 ring-yellow-600/20' },
  deactivated: { word: 'Deactivated', look: 'bg-gray-50 text-gray-600 ring-gray-500/10' },
};
const FILTERS = [
  { value: '', word: 'Any status' },
  { value: 'active', word: 'Active' },
  { value: 'invited', word: 'Invited' },
  { value: 'deactivated', word: 'Deactivated' },
];

export function Users() {
  const [search, setSearch] = useState('');
  const [filter, setFilter] = useState(FILTERS[0]);
  const [page, setPage] = useState(1);
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<Person>();

  const text = useDebounced(search);
  const summary = useRemote(api.summary, []);
  const users = useRemote(
    () => api.list({ search: text, status: filter.value, page, page_size: SIZE }),
    [text, filter, page],
  );
  useEffect(() => setPage(1), [text, filter]);

  const total = users.data?.total ?? 0;
  const from = total ? (page - 1) * SIZE + 1 : 0;
  const to = Math.min(page * SIZE, total);
  const groups = summary.data?.groups ?? [];

  function refresh() {
    users.reload();
    summary.reload();
  }

  return (
    <>
      <div className="flex items-center">
        <div className="flex-auto">
          <h1 className="text-base font-semibold text-gray-900">Users</h1>
          <p className="mt-2 text-sm text-gray-700">
            {summary.data
              ? `${summary.data.total} users, ${summary.data.seats_used} of ${summary.data.seats_total} seats taken.`
              : 'A list of all the users in your account.'}
          </p>
        </div>
        <div className="flex gap-3">
          <Link to="/admin/users/import" className={WHITE}>
            Import Users
          </Link>
          <button type="button" className={PRIMARY} onClick={() => setInviting(true)}>
            Invite User
          </button>
        </div>
      </div>
      <div className="mt-6 flex gap-4">
        <div className="w-72">
          <label htmlFor="search" className="sr-only">
            Search
          </label>
          <input id="search" type="search" placeholder="Search" className={INPUT} value={search} onChange={(event) => setSearch(event.target.value)} />
        </div>
        <div className="w-44">
          <Listbox value={filter} onChange={setFilter}>
            <ListboxButton className={`${INPUT} grid grid-cols-1 text-left`}>
              <span className="col-start-1 row-start-1">{filter.word}</span>
              <ChevronUpDownIcon className="col-start-1 row-start-1 size-5 self-center justify-self-end text-gray-500" />
            </ListboxButton>
            <ListboxOptions anchor="bottom start" className={`${OPTIONS} w-(--button-width)`}>
              {FILTERS.map((one) => (
                <ListboxOption key={one.value} value={one} className={OPTION}>
                  {one.word}
                </ListboxOption>
              ))}
            </ListboxOptions>
          </Listbox>
        </div>
      </div>
      <div className="mt-6 overflow-hidden shadow-sm ring-1 ring-black/5 sm:rounded-lg">
        <table className="min-w-full divide-y divide-gray-300">
          <thead className="bg-gray-50">
            <tr>
              {['Name', 'Email', 'Role', 'Groups', 'Status', 'Last Login'].map((title) => (
                <th key={title} scope="col" className="px-4 py-3.5 text-left text-sm font-semibold text-gray-900">
                  {title}
                </th>
              ))}
              <th scope="col">
                <span className="sr-only">Edit</span>
              </th>
            </tr>
          </thead>
          <tbody className={`divide-y divide-gray-200 bg-white ${users.loading ? 'opacity-50' : ''}`}>
            {users.data?.items.map((person) => (
              <tr key={person.id}>
                <td className="px-4 py-3 text-sm whitespace-nowrap">
                  <div className="flex items-center gap-3">
                    <span aria-hidden="true" className="flex size-8 items-center justify-center rounded-full bg-gray-200 text-xs text-gray-600">
                      {initials(fullName(person))}
                    </span>
                    <span className="font-medium text-gray-900">{fullName(person)}</span>
                  </div>
                </td>
                <td className="px-4 py-3 text-sm whitespace-nowrap text-gray-500">
                  {person.email}
                  {person.scim_managed && <span className="ml-2 rounded bg-blue-50 px-1.5 py-0.5 text-xs text-blue-700">SCIM</span>}
                </td>
                <td className="px-4 py-3 text-sm whitespace-nowrap text-gray-500">{person.role}</td>
                <td className="px-4 py-3 text-sm whitespace-nowrap text-gray-500" title={person.groups.join('\n')}>
                  {person.groups.length > 1 ? `${person.groups.length} groups` : person.groups[0]}
                </td>
                <td className="px-4 py-3 text-sm whitespace-nowrap">
                  <span className={`rounded-full px-2 py-1 text-xs font-medium ring-1 ring-inset ${STATUS[person.status].look}`}>
                    {STATUS[person.status].word}
                  </span>
                </td>
                <td className="px-4 py-3 text-sm whitespace-nowrap text-gray-500">
                  {person.last_login && (
                    <time dateTime={person.last_login}>
                      {new Date(person.last_login).toLocaleDateString('en-GB')}
                    </time>
                  )}
                </td>
                <td className="px-4 py-3 text-right text-sm font-medium">
                  <button type="button" className="text-indigo-600 hover:text-indigo-900" onClick={() => setEditing(person)}>
                    Edit<span className="sr-only">, {fullName(person)}</span>
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <nav className="flex items-center justify-between border-t border-gray-200 bg-white px-4 py-3">
          <p className="text-sm text-gray-700">
            Showing <span className="font-medium">{from}</span> to <span className="font-medium">{to}</span> of{' '}
            <span className="font-medium">{total}</span> results
          </p>
          <div className="flex gap-3">
            <button type="button" className={WHITE} disabled={page === 1} onClick={() => setPage(page - 1)}>
              Previous
            </button>
            <button type="button" className={WHITE} disabled={to >= total} onClick={() => setPage(page + 1)}>
              Next
            </button>
          </div>
        </nav>
      </div>
      <InvitePanel
        open={inviting}
        groups={groups}
        onClose={() => setInviting(false)}
        onDone={() => {
          setInviting(false);
          refresh();
        }}
      />
      {editing && (
        <EditPanel
          key={editing.id}
          person={editing}
          groups={groups}
          onClose={() => setEditing(undefined)}
          onDone={() => {
            setEditing(undefined);
            refresh();
          }}
        />
      )}
    </>
  );
}
