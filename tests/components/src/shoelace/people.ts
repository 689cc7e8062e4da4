import type { Person, Status } from '../shared/api';

export const STATUS: Record<Status, { label: string; variant: 'success' | 'warning' | 'neutral' }> = {
  active: { label: 'Active', variant: 'success' },
  invited: { label: 'Invite pending', variant: 'warning' },
  deactivated: { label: 'Inactive', variant: 'neutral' },
};

export const nameOf = (person: Pick<Person, 'first_name' | 'last_name' | 'email'>) =>
  `${person.first_name} ${person.last_name}`.trim() || person.email;

export const initialsOf = (name: string) =>
  [...name.split(/\s+/)].map((part) => [...part][0]).slice(0, 2).join('').toUpperCase();

export const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;

export const toCsv = (people: Person[]) =>
  [
    ['Email', 'First name', 'Last name', 'Role', 'Status', 'Groups', 'Managers', 'Last login'],
    ...people.map((person) => [
      person.email,
      person.first_name,
      person.last_name,
      person.role,
      STATUS[person.status].label,
      person.groups.join('; '),
      person.managers.join('; '),
      person.last_login ?? '',
    ]),
  ]
    .map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
    .join('\r\n');

export function download(name: string, text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
