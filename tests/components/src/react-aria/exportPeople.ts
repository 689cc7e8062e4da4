import { api, type Person, type Query } from '../shared/api';
import { STATUS } from './words';

const HEAD = ['Email', 'First Name', 'Last Name', 'Role', 'Status', 'Managers', 'Groups', 'Last Login'];

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

export const toCsv = (rows: string[][]) => `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

export function download(name: string, text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export async function exportPeople(query: Query): Promise<number> {
  const people: Person[] = [];
  for (let page = 1; ; page += 1) {
    const part = await api.list({ ...query, page, page_size: 200 });
    people.push(...part.items);
    if (people.length >= part.total || part.items.length === 0) break;
  }
  const rows = people.map((person) => [
    person.email,
    person.first_name,
    person.last_name,
    person.role,
    STATUS[person.status],
    person.managers.join('; '),
    person.groups.join('; '),
    person.last_login ?? '',
  ]);
  download(`people-${new Date().toISOString().slice(0, 10)}.csv`, toCsv([HEAD, ...rows]));
  return people.length;
}
