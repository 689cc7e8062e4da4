import { useState } from 'react';
import { addressesIn, api, type Summary } from '../shared/api';
import { count, GroupsField, ManagersField, seatsFree } from './fields';
import { Banner, Modal, Toggle, useSubmit } from './ui';

export function InviteModal({ summary, onDone, onClose }: { summary?: Summary; onDone: (text: string) => void; onClose: () => void }) {
  const [text, setText] = useState('');
  const [groups, setGroups] = useState<string[]>([]);
  const [managers, setManagers] = useState<string[]>([]);
  const [admin, setAdmin] = useState(false);
  const { busy, submit, fields, general, forget } = useSubmit();
  const emails = [...new Set(addressesIn(text).map((email) => email.toLowerCase()))];
  const free = seatsFree(summary);
  const send = async () => {
    const { invited } = await api.inviteList({ emails, groups, managers, admin });
    onDone(invited.length === 1 ? `Invitation sent to ${invited[0]}.` : `${count(invited.length, 'invitation')} sent.`);
  };
  return (
    <Modal title="Invite Users" yes={busy ? 'Inviting…' : 'Invite'} off={busy} onYes={() => submit(send)} onClose={onClose}>
      {general && <Banner notice={{ good: false, text: general }} />}
      <div>
        <label className="label" htmlFor="invite-emails">
          Email addresses
        </label>
        <textarea
          id="invite-emails"
          rows={3}
          autoFocus
          className={`input h-auto py-2 ${fields.emails ? 'input-bad' : ''}`}
          placeholder="Paste or type as many as you like, separated by commas or on lines of their own"
          value={text}
          onChange={(event) => (setText(event.target.value), forget())}
        />
        {fields.emails ? (
          <div className="err">{fields.emails}</div>
        ) : (
          <div className="hint">
            {emails.length > 0 && `${count(emails.length, 'address', 'addresses')}. `}
            {emails.length > free ? <span className="text-bad">{free ? `Only ${count(free, 'seat')} left.` : 'No seats left.'}</span> : `${count(free, 'seat')} left.`}
          </div>
        )}
      </div>
      <div>
        <div className="label">Groups</div>
        <GroupsField groups={summary?.groups ?? []} items={groups} onChange={setGroups} error={fields.groups} />
        <div className="hint">Everyone in this invite joins these groups.</div>
      </div>
      <div>
        <div className="label">Managers</div>
        <ManagersField items={managers} onChange={setManagers} error={fields.managers} />
      </div>
      <div className="flex items-center justify-between gap-4">
        <div>
          <div className="font-semibold">Make admins</div>
          <div className="text-[13px] text-sub">Admins can see and change everything in this workspace.</div>
        </div>
        <Toggle on={admin} onChange={setAdmin} />
      </div>
    </Modal>
  );
}
