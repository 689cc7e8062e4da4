import { useEffect, useState } from 'react';
import { api, fullName, standing, useDebounced, useRemote, type Person, type Query, type Summary } from '../shared/api';
import { BulkDeactivate, BulkGroups, Confirm, DeleteModal, type Verb } from './ask';
import { ago, count, fullDate, saveCsv, seatsFree } from './fields';
import { InviteModal } from './invite';
import { EditPanel, ProfilePanel } from './person';
import { Avatar, Banner, Checkbox, go, Icon, Kebab, Link, reason, Select, StatusPill, Tip, type Notice } from './ui';

const STEP = 25;

const STATUSES = ['', 'User', 'Admin', 'Deactivated'].map((value) => ({ value, label: value || 'All' }));
const LOGINS = [
  { value: '', label: 'Any time' },
  { value: '30', label: 'Over 30 days ago' },
  { value: '90', label: 'Over 90 days ago' },
  { value: 'never', label: 'Never' },
];

/** The first `wanted` people of a query; the server hands out 500 at a time. */
async function readPeople(query: Query, wanted: number) {
  const page_size = Math.min(500, wanted);
  const items: Person[] = [];
  let total = 0;
  for (let page = 1; ; page++) {
    const answer = await api.list({ ...query, page, page_size });
    items.push(...answer.items);
    total = answer.total;
    if (answer.items.length < page_size || items.length >= Math.min(wanted, total)) break;
  }
  return { items: items.slice(0, wanted), total };
}

function usePeople(query: Query) {
  const key = JSON.stringify(query);
  const [wanted, setWanted] = useState({ key, size: STEP });
  const [turn, setTurn] = useState(0);
  const [found, setFound] = useState<{ key: string; items: Person[]; total: number }>();
  const [problem, setProblem] = useState('');
  const size = wanted.key === key ? wanted.size : STEP;
  useEffect(() => setWanted({ key, size: STEP }), [key]);
  useEffect(() => {
    let current = true;
    readPeople(JSON.parse(key), size).then(
      (answer) => current && (setFound({ key, ...answer }), setProblem('')),
      (error) => current && setProblem(reason(error)),
    );
    return () => {
      current = false;
    };
  }, [key, size, turn]);
  const here = found?.key === key ? found : undefined;
  return {
    people: here?.items,
    total: here?.total ?? 0,
    problem,
    loadingMore: here !== undefined && here.items.length < Math.min(size, here.total),
    more: () => setWanted({ key, size: size + STEP }),
    reload: () => setTurn((n) => n + 1),
  };
}

export function UsersPage({ open, notice, setNotice }: { open?: { id: number; edit: boolean }; notice?: Notice; setNotice: (notice?: Notice) => void }) {
  const [text, setText] = useState('');
  const [status, setStatus] = useState('');
  const [login, setLogin] = useState('');
  const [sort, setSort] = useState({ by: 'name', dir: 'asc' });
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const [box, setBox] = useState<'invite' | 'deactivate' | 'groups'>();
  const [doomed, setDoomed] = useState<Person>();
  const [exporting, setExporting] = useState(false);
  const search = useDebounced(text.trim(), 300);
  const query: Query = {
    search,
    standing: status,
    idle_days: login === 'never' ? '' : login,
    never: login === 'never' ? '1' : '',
    sort: sort.by,
    dir: sort.dir,
  };
  const list = usePeople(query);
  const { data: summary, reload } = useRemote<Summary>(api.summary, []);
  const narrowed = Boolean(search || status || login);
  const chosen = (list.people ?? []).filter((person) => picked.has(person.id));
  const everyone = Boolean(list.people?.length) && chosen.length === list.people?.length;

  const changed = (news?: Notice) => {
    if (news) setNotice(news);
    setBox(undefined);
    setDoomed(undefined);
    list.reload();
    reload();
  };
  const good = (news: string) => changed({ good: true, text: news });
  const bulk = (news: Notice) => {
    setPicked(new Set());
    changed(news);
  };
  const pick = (id: number, on: boolean) => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  };
  const clear = () => {
    setText('');
    setStatus('');
    setLogin('');
  };
  const saveAll = async () => {
    setExporting(true);
    try {
      const { items } = await readPeople(query, Infinity);
      const rows = items.map((person) => [
        person.email,
        person.first_name,
        person.last_name,
        standing(person),
        person.groups.join('; '),
        person.managers.join('; '),
        person.last_login ? person.last_login.slice(0, 10) : '',
      ]);
      saveCsv(`users-${summary?.today ?? 'export'}.csv`, [['Email', 'First Name', 'Last Name', 'Status', 'Groups', 'Managers', 'Last Login'], ...rows]);
      setNotice({ good: true, text: `${count(rows.length, 'user')} exported.` });
    } catch (problem) {
      setNotice({ good: false, text: reason(problem) });
    }
    setExporting(false);
  };
  const heading = (by: string, label: string) => (
    <th className="cursor-pointer hover:text-ink" onClick={() => setSort({ by, dir: sort.by === by && sort.dir === 'asc' ? 'desc' : 'asc' })}>
      {label} {sort.by === by && (sort.dir === 'asc' ? '↑' : '↓')}
    </th>
  );

  return (
    <div className={chosen.length ? 'pb-20' : ''}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="mr-auto">
          <h1 className="text-xl font-bold">
            Users {summary && <span className="ml-1 rounded bg-slate-200 px-1.5 py-0.5 align-middle text-xs text-sub">{summary.total.toLocaleString('en-US')}</span>}
          </h1>
          {summary && <Seats summary={summary} />}
        </div>
        <Tip text="Export to CSV">
          <button type="button" className="btn px-2.5" disabled={exporting} onClick={saveAll}>
            <Icon name="download" />
          </button>
        </Tip>
        <Link href="/admin/users/import" className="btn">
          Import Users
        </Link>
        <button type="button" className="btn btn-primary" onClick={() => setBox('invite')}>
          Invite Users
        </button>
      </div>

      <div className="mt-4 flex flex-wrap items-center gap-2">
        <div className="relative flex-1 min-w-60 max-w-sm">
          <span className="absolute left-2.5 top-2.5 text-sub">
            <Icon name="search" />
          </span>
          <input className="input px-8" placeholder="Search by name or email" value={text} onChange={(event) => setText(event.target.value)} />
          {text && (
            <span className="absolute right-2.5 top-2.5 cursor-pointer text-sub hover:text-ink" onClick={() => setText('')}>
              <Icon name="close" />
            </span>
          )}
        </div>
        <Select label="Status" value={status} choices={STATUSES} onChange={setStatus} />
        <Select label="Last login" value={login} choices={LOGINS} onChange={setLogin} />
      </div>

      {notice && (
        <div className="sticky top-16 z-20 mt-3">
          <Banner notice={notice} onClose={() => setNotice(undefined)} />
        </div>
      )}
      {list.problem && (
        <div className="mt-3">
          <Banner notice={{ good: false, text: list.problem }} />
        </div>
      )}

      <div className="card mt-3 overflow-x-auto">
        <table className="people w-full">
          <thead>
            <tr>
              <th className="w-8">
                <Checkbox checked={everyone} onChange={(on) => setPicked(new Set(on ? list.people?.map((person) => person.id) : []))} />
              </th>
              {heading('name', 'Name')}
              <th>Groups</th>
              {heading('status', 'Status')}
              {heading('last_login', 'Last login')}
              <th className="actions" />
            </tr>
          </thead>
          <tbody>
            {!list.people && !list.problem && <Skeleton />}
            {list.people?.map((person) => (
              <Row
                key={person.id}
                person={person}
                today={summary?.today}
                picked={picked.has(person.id)}
                onPick={(on) => pick(person.id, on)}
                onDelete={() => setDoomed(person)}
                onDone={good}
                onRefused={(text) => setNotice({ good: false, text })}
              />
            ))}
          </tbody>
        </table>
        {list.people?.length === 0 && (
          <div className="border-t border-line px-6 py-12 text-center">
            <div className="font-semibold">Nobody here</div>
            <div className="text-sub">{search ? `We couldn’t find anyone for “${search}”.` : 'No user fits these filters.'}</div>
            {narrowed && (
              <button type="button" className="btn-link mt-3" onClick={clear}>
                Clear search and filters
              </button>
            )}
          </div>
        )}
      </div>

      {list.people && list.people.length > 0 && (
        <div className="mt-3 flex items-center justify-center gap-4 text-sub">
          <span>
            Showing {list.people.length.toLocaleString('en-US')} of {count(list.total, narrowed ? 'match' : 'user', narrowed ? 'matches' : 'users')}
          </span>
          {list.people.length < list.total && (
            <button type="button" className="btn" disabled={list.loadingMore} onClick={list.more}>
              {list.loadingMore ? 'Loading…' : 'Load more'}
            </button>
          )}
        </div>
      )}

      {chosen.length > 0 && (
        <div className="fixed inset-x-0 bottom-0 z-30 border-t border-line bg-white px-6 py-3 shadow-[0_-4px_12px_rgba(0,0,0,0.08)]">
          <div className="mx-auto flex max-w-6xl items-center gap-3">
            <b>{chosen.length} selected</b>
            <span className="btn-link cursor-pointer" onClick={() => setPicked(new Set())}>
              Clear
            </span>
            <button type="button" className="btn ml-auto" onClick={() => setBox('groups')}>
              Add to Group
            </button>
            <button type="button" className="btn text-bad" onClick={() => setBox('deactivate')}>
              Deactivate
            </button>
          </div>
        </div>
      )}

      {box === 'invite' && <InviteModal summary={summary} onDone={good} onClose={() => setBox(undefined)} />}
      {box === 'groups' && <BulkGroups people={chosen} groups={summary?.groups ?? []} onDone={bulk} onClose={() => setBox(undefined)} />}
      {box === 'deactivate' && <BulkDeactivate people={chosen} onDone={bulk} onClose={() => setBox(undefined)} />}
      {doomed && <DeleteModal person={doomed} onDone={good} onClose={() => setDoomed(undefined)} />}
      {open && !open.edit && (
        <ProfilePanel key={open.id} id={open.id} onClose={() => go('/admin/users')} onEdit={() => go(`/admin/users/${open.id}/edit`)} onChanged={() => changed()} />
      )}
      {open?.edit && (
        <EditPanel
          key={open.id}
          id={open.id}
          summary={summary}
          onClose={() => go('/admin/users')}
          onSaved={(text) => {
            go('/admin/users');
            good(text);
          }}
        />
      )}
    </div>
  );
}

function Seats({ summary }: { summary: Summary }) {
  const share = Math.min(100, (summary.seats_used / Math.max(1, summary.seats_total)) * 100);
  return (
    <div className="flex items-center gap-2 text-[13px] text-sub">
      <span className="h-1.5 w-24 overflow-hidden rounded-full bg-slate-200">
        <span className={`block h-full ${seatsFree(summary) ? 'bg-brand' : 'bg-bad'}`} style={{ width: `${share}%` }} />
      </span>
      {summary.seats_used} of {summary.seats_total} seats used
    </div>
  );
}

function Skeleton() {
  return [70, 55, 80, 60, 75, 50].map((width) => (
    <tr key={width}>
      <td />
      <td className="py-4!">
        <div className="bone" style={{ width: `${width}%` }} />
      </td>
      <td>
        <div className="bone w-24" />
      </td>
      <td>
        <div className="bone w-14" />
      </td>
      <td>
        <div className="bone w-20" />
      </td>
      <td />
    </tr>
  ));
}

interface RowProps {
  person: Person;
  today?: string;
  picked: boolean;
  onPick: (on: boolean) => void;
  onDelete: () => void;
  onDone: (text: string) => void;
  onRefused: (text: string) => void;
}

function Row({ person, today, picked, onPick, onDelete, onDone, onRefused }: RowProps) {
  const name = fullName(person);
  return (
    <tr className={picked ? 'bg-brand-wash' : 'bg-white hover:bg-wash'}>
      <td>
        <Checkbox checked={picked} onChange={onPick} />
      </td>
      <td>
        <div className="flex cursor-pointer items-center gap-3" onClick={() => go(`/admin/users/${person.id}`)}>
          <Avatar name={name} />
          <div className="min-w-0">
            <div className="flex items-center gap-1.5 font-semibold hover:text-brand">
              {name}
              {person.scim_managed && (
                <span className="text-sub" title="Synced with SCIM">
                  <Icon name="lock" size={13} />
                </span>
              )}
            </div>
            {name !== person.email && <div className="text-[13px] text-sub">{person.email}</div>}
          </div>
        </div>
      </td>
      <td>
        <GroupsCell groups={person.groups} />
      </td>
      <td>
        <StatusPill person={person} />
      </td>
      <td className="whitespace-nowrap">
        <LastLogin person={person} today={today} />
      </td>
      <td className="actions">
        <Kebab>{(close) => <RowMenu person={person} close={close} onDelete={onDelete} onDone={onDone} onRefused={onRefused} />}</Kebab>
      </td>
    </tr>
  );
}

function GroupsCell({ groups }: { groups: string[] }) {
  const rest = groups.slice(2);
  return (
    <div className="flex flex-wrap gap-1">
      {groups.slice(0, 2).map((group) => (
        <span key={group} className="chip">
          {group}
        </span>
      ))}
      {rest.length > 0 && (
        <Tip text={rest.map((group) => <div key={group}>{group}</div>)}>
          <span className="chip text-sub">+{rest.length}</span>
        </Tip>
      )}
    </div>
  );
}

function LastLogin({ person, today }: { person: Person; today?: string }) {
  if (person.status === 'invited') return <span className="text-sub">Invitation pending</span>;
  if (!person.last_login) return <span className="text-sub">Never</span>;
  return <span title={fullDate(person.last_login)}>{today && ago(person.last_login, today)}</span>;
}

function RowMenu({ person, close, onDelete, onDone, onRefused }: Pick<RowProps, 'person' | 'onDelete' | 'onDone' | 'onRefused'> & { close: () => void }) {
  const [verb, setVerb] = useState<Verb>();
  if (verb) {
    return (
      <Confirm
        verb={verb}
        person={person}
        onCancel={close}
        onDone={(text) => {
          close();
          onDone(text);
        }}
      />
    );
  }
  const resend = () => {
    close();
    api.resend(person.id).then(() => onDone(`Invitation sent again to ${person.email}.`), (problem) => onRefused(reason(problem)));
  };
  const item = (label: string, act: () => void, tone = '') => (
    <button type="button" className={`pop-item ${tone}`} onClick={act}>
      {label}
    </button>
  );
  const off = person.status === 'deactivated';
  return (
    <>
      {item('Edit User Information', () => {
        close();
        go(`/admin/users/${person.id}/edit`);
      })}
      {!off && (person.role === 'Admin' ? item('Remove Admin', () => setVerb('plain')) : item('Make Admin', () => setVerb('admin')))}
      {person.status === 'invited' && item('Resend Invitation', resend)}
      <div className="my-1 border-t border-line" />
      {off ? item('Reactivate', () => setVerb('reactivate')) : item('Deactivate', () => setVerb('deactivate'))}
      {item(
        'Permanently Delete',
        () => {
          close();
          onDelete();
        },
        'text-bad',
      )}
    </>
  );
}
