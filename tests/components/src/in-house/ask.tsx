import { useState } from 'react';
import { api, fullName, type Person } from '../shared/api';
import { called, count, GroupsField } from './fields';
import { Modal, reason, useSubmit, type Notice } from './ui';

export type Verb = 'admin' | 'plain' | 'deactivate' | 'reactivate';

interface Question {
  title: string;
  text: string;
  yes: string;
  done: string;
  run: () => Promise<Person>;
}

function question(verb: Verb, person: Person): Question {
  const name = fullName(person);
  switch (verb) {
    case 'admin':
      return {
        title: `Make ${name} an admin?`,
        text: 'Admins can see and change everything in this workspace, including billing.',
        yes: 'Yes, make admin',
        done: `${called(person)} is now an admin.`,
        run: () => api.edit(person.id, { role: 'Admin' }),
      };
    case 'plain':
      return {
        title: `Remove ${name} as an admin?`,
        text: 'They keep their account and training, but can no longer change settings.',
        yes: 'Yes, remove',
        done: `${called(person)} is no longer an admin.`,
        run: () => api.edit(person.id, { role: 'Learner' }),
      };
    case 'deactivate':
      return {
        title: `Deactivate ${name}?`,
        text: 'They lose access right away. Completion records and anything they created stay in the workspace.',
        yes: 'Yes, deactivate',
        done: `${called(person)} has been deactivated.`,
        run: () => api.deactivate(person.id),
      };
    case 'reactivate':
      return {
        title: `Reactivate ${name}?`,
        text: 'They get back in with their old groups and training. This takes up a seat.',
        yes: 'Yes, reactivate',
        done: `${called(person)} has been reactivated.`,
        run: () => api.reactivate(person.id),
      };
  }
}

/** The second step of a row or panel action, shown in the place of the first. */
export function Confirm({ verb, person, onDone, onCancel }: { verb: Verb; person: Person; onDone: (text: string) => void; onCancel: () => void }) {
  const [asked] = useState(() => question(verb, person));
  const { busy, submit, message } = useSubmit();
  const sync = person.scim_managed && (verb === 'deactivate' || verb === 'reactivate');
  return (
    <div className="w-72 max-w-full px-4 py-3">
      <div className="font-bold break-words">{asked.title}</div>
      <div className="text-[13px] text-sub break-all">{person.email}</div>
      <p className="mt-2">{asked.text}</p>
      {sync && <p className="mt-2 rounded bg-amber-50 px-2 py-1.5 text-[13px] text-amber-900">This user is synced with SCIM. Your identity provider may undo this at the next sync.</p>}
      {message && <p className="err">{message}</p>}
      <div className="mt-3 flex gap-2">
        <button type="button" disabled={busy} className={`btn ${verb === 'deactivate' || verb === 'plain' ? 'btn-danger' : 'btn-primary'}`} onClick={() => submit(() => asked.run().then(() => onDone(asked.done)))}>
          {busy ? 'Working…' : asked.yes}
        </button>
        <button type="button" className="btn" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </div>
  );
}

export function DeleteModal({ person, onDone, onClose }: { person: Person; onDone: (text: string) => void; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const { busy, submit, message } = useSubmit();
  return (
    <Modal
      title="Permanently delete this user?"
      yes="Permanently Delete"
      no="Keep user"
      danger
      off={busy || typed.trim().toLowerCase() !== person.email.toLowerCase()}
      onYes={() => submit(() => api.remove(person.id).then(() => onDone(`${called(person)} has been permanently deleted.`)))}
      onClose={onClose}
    >
      <p>
        This removes <b>{fullName(person)}</b> together with all of their training records. It cannot be undone. To only take away access, deactivate the user instead.
      </p>
      <div>
        <div className="label">
          Type <span className="rounded bg-slate-100 px-1 break-all">{person.email}</span> to go on
        </div>
        <input className="input" autoFocus autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />
      </div>
      {message && <div className="err">{message}</div>}
    </Modal>
  );
}

/** Does the same to several people, one after the other, and tells what came of it. */
async function each(people: Person[], work: (person: Person) => Promise<unknown>, done: string): Promise<Notice> {
  const refused: string[] = [];
  for (const person of people) {
    await work(person).catch((problem) => refused.push(`${person.email}: ${reason(problem)}`));
  }
  const text = `${count(people.length - refused.length, 'user')} ${done}.`;
  if (refused.length === 0) return { good: true, text };
  return { good: false, text: `${text} ${refused.length} could not be changed:\n${refused.join('\n')}` };
}

interface BulkProps {
  people: Person[];
  onDone: (notice: Notice) => void;
  onClose: () => void;
}

export function BulkDeactivate({ people, onDone, onClose }: BulkProps) {
  const { busy, submit } = useSubmit();
  const active = people.filter((person) => person.status !== 'deactivated');
  return (
    <Modal
      title={`Deactivate ${count(active.length, 'user')}?`}
      yes={busy ? 'Working…' : 'Yes, deactivate'}
      danger
      off={busy || active.length === 0}
      onYes={() => submit(() => each(active, (person) => api.deactivate(person.id), 'deactivated').then(onDone))}
      onClose={onClose}
    >
      <p>They lose access right away. Completion records and anything they created stay in the workspace.</p>
      <ul className="max-h-48 overflow-y-auto rounded border border-line px-3 py-2 text-[13px]">
        {active.map((person) => (
          <li key={person.id}>{called(person)}</li>
        ))}
        {active.length === 0 && <li>Everyone selected is deactivated already.</li>}
      </ul>
    </Modal>
  );
}

export function BulkGroups({ people, groups, onDone, onClose }: BulkProps & { groups: string[] }) {
  const [chosen, setChosen] = useState<string[]>([]);
  const { busy, submit } = useSubmit();
  const save = () => each(people, (person) => api.edit(person.id, { groups: [...person.groups, ...chosen] }), `added to ${chosen.join(' and ')}`).then(onDone);
  return (
    <Modal title={`Add ${count(people.length, 'user')} to groups`} yes={busy ? 'Saving…' : 'Add'} off={busy || chosen.length === 0} onYes={() => submit(save)} onClose={onClose}>
      <div>
        <div className="label">Groups</div>
        <GroupsField groups={groups} items={chosen} onChange={setChosen} />
      </div>
    </Modal>
  );
}
