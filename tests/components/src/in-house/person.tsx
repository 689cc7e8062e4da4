import { useEffect, useState, type ReactNode } from 'react';
import { api, fullName, type Person, type Summary } from '../shared/api';
import { Confirm, type Verb } from './ask';
import { called, fullDate, GroupsField, ManagersField } from './fields';
import { Avatar, Banner, Icon, reason, SidePanel, StatusPill, Toggle, useSubmit, type Notice } from './ui';

function usePerson(id: number, turn = 0) {
  const [person, setPerson] = useState<Person>();
  const [problem, setProblem] = useState('');
  useEffect(() => {
    api.get(id).then(setPerson, (error) => setProblem(reason(error)));
  }, [id, turn]);
  return { person, problem };
}

function Waiting({ problem }: { problem: string }) {
  if (problem) return <div className="p-6 text-bad">{problem}</div>;
  return (
    <div className="space-y-4 p-6">
      {[64, 40, 80, 52].map((width) => (
        <div key={width} className="bone" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}

function Heading({ person, title, onClose }: { person?: Person; title?: string; onClose: () => void }) {
  return (
    <div className="flex items-start gap-3 border-b border-line px-6 py-4">
      {person && <Avatar name={fullName(person)} large />}
      <div className="flex-1 min-w-0">
        <div className="text-lg font-bold break-words">{title ?? (person && fullName(person))}</div>
        {person && <div className="text-sub break-all">{person.email}</div>}
      </div>
      <button type="button" title="Close" className="icon-btn -mr-2" onClick={onClose}>
        <Icon name="close" />
      </button>
    </div>
  );
}

function ScimNote() {
  return (
    <div className="flex gap-2 rounded-md bg-amber-50 px-3 py-2 text-[13px] text-amber-900">
      <Icon name="lock" />
      <span>Synced with SCIM. Changes made here can be overwritten by your identity provider.</span>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <div className="mb-1 text-xs font-semibold text-sub">{name}</div>
      <div className="break-words">{children}</div>
    </div>
  );
}

interface PanelProps {
  id: number;
  onClose: () => void;
  onChanged: () => void;
}

export function ProfilePanel({ id, onClose, onChanged, onEdit }: PanelProps & { onEdit: () => void }) {
  const [turn, setTurn] = useState(0);
  const [verb, setVerb] = useState<Verb>();
  const [notice, setNotice] = useState<Notice>();
  const { person, problem } = usePerson(id, turn);
  const done = (text: string) => {
    setVerb(undefined);
    setNotice({ good: true, text });
    setTurn(turn + 1);
    onChanged();
  };
  const resend = (to: Person) => api.resend(to.id).then(() => done(`Invitation sent again to ${to.email}.`), (error) => setNotice({ good: false, text: reason(error) }));
  return (
    <SidePanel onClose={onClose}>
      <Heading person={person} onClose={onClose} />
      {!person && <Waiting problem={problem} />}
      {person && (
        <>
          <div className="flex-1 space-y-5 overflow-y-auto px-6 py-5">
            {notice && <Banner notice={notice} onClose={() => setNotice(undefined)} />}
            {person.scim_managed && <ScimNote />}
            <Fact name="Status">
              <StatusPill person={person} />
              {person.status === 'invited' && <span className="ml-2 text-sub">Invitation pending</span>}
            </Fact>
            <Fact name="Groups">
              {person.groups.length === 0 && <span className="text-sub">Not in any group</span>}
              <div className="flex flex-wrap gap-1">
                {person.groups.map((group) => (
                  <span key={group} className="chip">
                    {group}
                  </span>
                ))}
              </div>
            </Fact>
            <Fact name="Managers">
              {person.managers.length === 0 && <span className="text-sub">No manager</span>}
              {person.managers.map((manager) => (
                <div key={manager}>{manager}</div>
              ))}
            </Fact>
            <Fact name="Last login">{person.last_login ? fullDate(person.last_login) : <span className="text-sub">Never</span>}</Fact>
          </div>
          <div className="border-t border-line bg-wash px-6 py-3">
            {verb ? (
              <div className="-mx-4">
                <Confirm verb={verb} person={person} onDone={done} onCancel={() => setVerb(undefined)} />
              </div>
            ) : (
              <div className="flex flex-wrap gap-2">
                <button type="button" className="btn btn-primary" onClick={onEdit}>
                  Edit User Information
                </button>
                {person.status === 'invited' && (
                  <button type="button" className="btn" onClick={() => resend(person)}>
                    Resend Invitation
                  </button>
                )}
                {person.status === 'deactivated' ? (
                  <button type="button" className="btn" onClick={() => setVerb('reactivate')}>
                    Reactivate
                  </button>
                ) : (
                  <button type="button" className="btn text-bad" onClick={() => setVerb('deactivate')}>
                    Deactivate
                  </button>
                )}
              </div>
            )}
          </div>
        </>
      )}
    </SidePanel>
  );
}

interface Draft {
  first_name: string;
  last_name: string;
  role: string;
  groups: string[];
  managers: string[];
}

const TABS = ['Details', 'Managers', 'Groups'] as const;
type Tab = (typeof TABS)[number];

const tabOf = (field: string): Tab => (field === 'managers' ? 'Managers' : field === 'groups' ? 'Groups' : 'Details');

export function EditPanel({ id, summary, onClose, onSaved }: Omit<PanelProps, 'onChanged'> & { summary?: Summary; onSaved: (text: string) => void }) {
  const { person, problem } = usePerson(id);
  return (
    <SidePanel onClose={onClose} sticky>
      <Heading title="Edit User Information" person={person} onClose={onClose} />
      {person ? <EditForm person={person} groups={summary?.groups ?? []} onClose={onClose} onSaved={onSaved} /> : <Waiting problem={problem} />}
    </SidePanel>
  );
}

function EditForm({ person, groups, onClose, onSaved }: { person: Person; groups: string[]; onClose: () => void; onSaved: (text: string) => void }) {
  const [tab, setTab] = useState<Tab>('Details');
  const [draft, setDraft] = useState<Draft>(person);
  const { busy, submit, fields, general } = useSubmit();
  const [refused] = Object.keys(fields);
  useEffect(() => {
    if (refused) setTab(tabOf(refused));
  }, [refused]);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const names = ['first_name', 'last_name', 'role', 'groups', 'managers'] as const;
  const changes = Object.fromEntries(names.filter((name) => JSON.stringify(draft[name]) !== JSON.stringify(person[name])).map((name) => [name, draft[name]]));
  const save = async () => onSaved(`Changes to ${called(await api.edit(person.id, changes))} saved.`);
  return (
    <>
      <div className="flex gap-5 border-b border-line px-6">
        {TABS.map((name) => (
          <div
            key={name}
            className={`-mb-px flex items-center gap-1.5 border-b-2 py-2.5 font-semibold cursor-pointer ${tab === name ? 'border-brand text-brand' : 'border-transparent text-sub hover:text-ink'}`}
            onClick={() => setTab(name)}
          >
            {name}
            {Object.keys(fields).some((field) => tabOf(field) === name) && <span className="h-1.5 w-1.5 rounded-full bg-bad" />}
          </div>
        ))}
      </div>
      <div className="flex-1 space-y-4 overflow-y-auto px-6 py-5">
        {general && <Banner notice={{ good: false, text: general }} />}
        {person.scim_managed && <ScimNote />}
        {tab === 'Details' && (
          <>
            <TextField id="first-name" label="First name" value={draft.first_name} error={fields.first_name} onChange={(first_name) => set({ first_name })} />
            <TextField id="last-name" label="Last name" value={draft.last_name} error={fields.last_name} onChange={(last_name) => set({ last_name })} />
            <div>
              <div className="label">Email</div>
              <input className="input" disabled value={person.email} />
              <div className="hint">Contact support to change the address someone signs in with.</div>
            </div>
            <div>
              <div className="flex items-center justify-between gap-4">
                <div>
                  <div className="font-semibold">Admin</div>
                  <div className="text-[13px] text-sub">Can see and change everything in this workspace.</div>
                </div>
                <Toggle on={draft.role === 'Admin'} onChange={(on) => set({ role: on ? 'Admin' : person.role === 'Admin' ? 'Learner' : person.role })} />
              </div>
              {fields.role && <div className="err">{fields.role}</div>}
            </div>
          </>
        )}
        {tab === 'Managers' && (
          <div>
            <p className="mb-3 text-sub">Managers see the progress of the people who report to them. Someone without an account is invited when you save.</p>
            <ManagersField items={draft.managers} onChange={(managers) => set({ managers })} error={fields.managers} />
          </div>
        )}
        {tab === 'Groups' && (
          <div>
            <p className="mb-3 text-sub">Groups decide which content someone sees. A new group is created when you save.</p>
            <GroupsField groups={groups} items={draft.groups} onChange={(groups) => set({ groups })} error={fields.groups} />
          </div>
        )}
      </div>
      <div className="flex gap-2 border-t border-line bg-wash px-6 py-3">
        <button type="button" className="btn btn-primary" disabled={busy || Object.keys(changes).length === 0} onClick={() => submit(save)}>
          {busy ? 'Saving…' : 'Save Changes'}
        </button>
        <button type="button" className="btn" onClick={onClose}>
          Cancel
        </button>
      </div>
    </>
  );
}

function TextField({ id, label, value, error, onChange }: { id: string; label: string; value: string; error?: string; onChange: (value: string) => void }) {
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input id={id} className={`input ${error ? 'input-bad' : ''}`} value={value} onChange={(event) => onChange(event.target.value)} />
      {error && <div className="err">{error}</div>}
    </div>
  );
}
