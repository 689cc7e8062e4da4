import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';

import { api, fullName, type Person, type Query } from '../../../shared/api';
import { ConfirmDialog, type Question } from '../shared/confirm-dialog';
import type { Suggestion } from '../shared/chips-field';
import { saveCsv } from '../shared/files';
import { Notify } from '../shared/notify';
import { statusOf } from './words';

/** What can be done to a person, from the list or from their page. */
@Injectable({ providedIn: 'root' })
export class PeopleActions {
  private readonly dialog = inject(MatDialog);
  private readonly notify = inject(Notify);

  async deactivate(person: Person): Promise<Person | undefined> {
    const name = fullName(person);
    const lines = [
      `${name} (${person.email}) will no longer be able to log in.`,
      'Completion records and content they created are kept. You can reactivate them later.',
    ];
    if (person.scim_managed) {
      lines.push('This person is managed by SCIM. The next sync with your identity provider may undo the change.');
    }
    if (!(await this.ask({ title: `Deactivate ${name}?`, lines, confirm: 'Deactivate' }))) return undefined;
    return this.attempt(() => api.deactivate(person.id), `${name} has been deactivated`);
  }

  async reactivate(person: Person): Promise<Person | undefined> {
    const name = fullName(person);
    const lines = [`${name} (${person.email}) will be able to log in again.`, 'This takes up one licensed seat.'];
    if (!(await this.ask({ title: `Reactivate ${name}?`, lines, confirm: 'Reactivate' }))) return undefined;
    return this.attempt(() => api.reactivate(person.id), `${name} has been reactivated`);
  }

  resend(person: Person): Promise<Person | undefined> {
    return this.attempt(() => api.resend(person.id), `Invitation resent to ${person.email}`);
  }

  async export(query: Query): Promise<void> {
    const people: Person[] = [];
    await this.attempt(async () => {
      for (let page = 1, total = 1; people.length < total; page++) {
        const listing = await api.list({ ...query, page, page_size: 500 });
        if (!listing.items.length) break;
        total = listing.total;
        people.push(...listing.items);
      }
      saveCsv(`people-${new Date().toISOString().slice(0, 10)}.csv`, [
        ['Email', 'First Name', 'Last Name', 'Role', 'Managers', 'Groups', 'Status', 'Last Login'],
        ...people.map((person) => [
          person.email,
          person.first_name,
          person.last_name,
          person.role,
          person.managers.join('; '),
          person.groups.join('; '),
          statusOf(person.status).label,
          person.last_login ?? '',
        ]),
      ]);
    });
    if (people.length) this.notify.done(`Exported ${people.length} people`);
  }

  async suggestGroups(text: string, groups: string[]): Promise<Suggestion[]> {
    const wanted = text.trim().toLowerCase();
    const found: Suggestion[] = groups
      .filter((group) => group.toLowerCase().includes(wanted))
      .map((group) => ({ value: group, label: group }));
    if (wanted && !groups.some((group) => group.toLowerCase() === wanted)) {
      found.push({ value: text.trim(), label: `Create group “${text.trim()}”`, icon: 'add' });
    }
    return found;
  }

  async suggestManagers(text: string): Promise<Suggestion[]> {
    const accounts = await api.options(text);
    return accounts.map(({ email, name }) => ({ value: email, label: name || email, detail: name ? email : '' }));
  }

  private ask(data: Question): Promise<boolean | undefined> {
    const dialog = this.dialog.open<ConfirmDialog, Question, boolean>(ConfirmDialog, { data, width: '460px' });
    return firstValueFrom(dialog.afterClosed());
  }

  private async attempt<T>(work: () => Promise<T>, message?: string): Promise<T | undefined> {
    try {
      const result = await work();
      if (message) this.notify.done(message);
      return result;
    } catch (error) {
      this.notify.failed(error);
      return undefined;
    }
  }
}
