import { api, fullName, type Person, type Summary } from '../shared/api';
import { TagInput } from './ui';

interface Props {
  items: string[];
  onChange: (items: string[]) => void;
  error?: string;
}

const same = (a: string, b: string) => a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0;

export function GroupsField({ groups, ...props }: Props & { groups: string[] }) {
  const known = (text: string) => groups.find((group) => same(group, text)) ?? null;
  return (
    <TagInput
      {...props}
      placeholder="Find or create a group"
      suggest={async (text) => {
        const hits = groups.filter((group) => group.toLowerCase().includes(text.toLowerCase()));
        return hits.sort((a, b) => Number(same(b, text)) - Number(same(a, text))).map((group) => ({ value: group, label: group }));
      }}
      exact={known}
      create={(text) => (known(text) ? null : `Create group “${text}”`)}
    />
  );
}

const address = (text: string) => (/^[^\s@,;]+@[^\s@,;.]+(\.[^\s@,;.]+)+$/.test(text) ? text.toLowerCase() : null);

export function ManagersField(props: Props) {
  return (
    <TagInput
      {...props}
      placeholder="Start typing a name or email"
      suggest={async (text) => {
        if (!text) return [];
        const people = await api.options(text);
        return people.map(({ email, name }) => ({ value: email, label: name || email, hint: name ? email : undefined }));
      }}
      exact={address}
      create={(text) => (address(text) ? `Invite ${text} as a manager` : null)}
    />
  );
}

// Dates

const UTC = { timeZone: 'UTC' } as const;

export const fullDate = (iso: string) =>
  `${new Date(iso).toLocaleString('en-US', { ...UTC, month: 'short', day: 'numeric', year: 'numeric', hour: 'numeric', minute: '2-digit' })} UTC`;

/** “Today”, “3 days ago”, or the day itself once it is two weeks past. */
export function ago(iso: string, today: string) {
  const days = Math.round((Date.parse(today) - Date.parse(iso.slice(0, 10))) / 86_400_000);
  if (days <= 0) return 'Today';
  if (days === 1) return 'Yesterday';
  if (days < 14) return `${days} days ago`;
  return new Date(iso).toLocaleDateString('en-US', { ...UTC, month: 'short', day: 'numeric', year: 'numeric' });
}

// Files

const cell = (value: string) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export function saveCsv(filename: string, rows: string[][]) {
  const text = rows.map((row) => row.map(cell).join(',')).join('\r\n');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\uFEFF', text, '\r\n'], { type: 'text/csv;charset=utf-8' }));
  link.download = filename;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

// Words

export const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;

export const seatsFree = (summary?: Summary) => (summary ? Math.max(0, summary.seats_total - summary.seats_used) : 0);

export const called = (person: Person) => (person.first_name ? `${fullName(person)} (${person.email})` : person.email);
