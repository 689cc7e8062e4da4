import { DatePipe } from '@angular/common';
import { Component, computed, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { NonNullableFormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatCardModule } from '@angular/material/card';
import { MatChipsModule } from '@angular/material/chips';
import { MatDialog } from '@angular/material/dialog';
import { MatDividerModule } from '@angular/material/divider';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIconModule } from '@angular/material/icon';
import { MatInputModule } from '@angular/material/input';
import { MatMenuModule } from '@angular/material/menu';
import { MatPaginatorModule, type PageEvent } from '@angular/material/paginator';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatSelectModule } from '@angular/material/select';
import { MatSortModule, type Sort } from '@angular/material/sort';
import { MatTableModule } from '@angular/material/table';
import { MatTabsModule } from '@angular/material/tabs';
import { MatTooltipModule } from '@angular/material/tooltip';
import { RouterLink } from '@angular/router';
import { debounceTime } from 'rxjs';

import { api, fullName, initials, ROLES, type Person, type Query, type Summary } from '../../../shared/api';
import { Notify } from '../shared/notify';
import { InviteDialog } from './invite-dialog';
import { PeopleActions } from './people-actions';
import template from './people.html?raw';
import { StatusLabel } from './status-label';
import { LAST_LOGINS, STATUSES } from './words';

@Component({
  selector: 'app-people',
  imports: [
    DatePipe,
    MatButtonModule,
    MatCardModule,
    MatChipsModule,
    MatDividerModule,
    MatFormFieldModule,
    MatIconModule,
    MatInputModule,
    MatMenuModule,
    MatPaginatorModule,
    MatProgressBarModule,
    MatSelectModule,
    MatSortModule,
    MatTableModule,
    MatTabsModule,
    MatTooltipModule,
    ReactiveFormsModule,
    RouterLink,
    StatusLabel,
  ],
  template,
})
export class People {
  private readonly dialog = inject(MatDialog);
  private readonly notify = inject(Notify);
  protected readonly actions = inject(PeopleActions);

  readonly columns = ['name', 'email', 'role', 'groups', 'status', 'last_login', 'menu'];
  readonly roles = ROLES;
  readonly lastLogins = LAST_LOGINS;
  readonly fullName = fullName;
  readonly initials = initials;

  readonly filters = inject(NonNullableFormBuilder).group({ search: '', role: '', lastLogin: '' });
  private readonly applied = signal(this.filters.getRawValue());
  readonly tab = signal(0);
  readonly sort = signal<Sort>({ active: 'name', direction: 'asc' });
  readonly paging = signal({ index: 0, size: 10 });
  private readonly turn = signal(0);

  readonly people = signal<Person[]>([]);
  readonly total = signal(0);
  readonly loading = signal(true);
  readonly summary = signal<Summary | undefined>(undefined);

  readonly tabs = computed(() => {
    const summary = this.summary();
    return [
      { label: 'All', count: summary?.total },
      ...STATUSES.map(({ value, label }) => ({ label, count: summary?.counts[value] })),
    ];
  });
  readonly filtered = computed(() => Object.values(this.applied()).some(Boolean) || this.tab() > 0);
  private readonly query = computed<Query>(() => {
    const { search, role, lastLogin } = this.applied();
    return {
      search: search.trim(),
      role,
      status: STATUSES[this.tab() - 1]?.value,
      idle_days: lastLogin === 'never' ? '' : lastLogin,
      never: lastLogin === 'never' ? '1' : '',
      sort: this.sort().active,
      dir: this.sort().direction,
    };
  });

  constructor() {
    this.filters.valueChanges.pipe(debounceTime(300), takeUntilDestroyed()).subscribe(() => {
      this.applied.set(this.filters.getRawValue());
      this.toFirstPage();
    });
    toObservable(computed(() => ({ ...this.query(), ...this.page(), turn: this.turn() })))
      .pipe(takeUntilDestroyed())
      .subscribe(() => void this.load());
  }

  private page(): { page: number; page_size: number } {
    const { index, size } = this.paging();
    return { page: index + 1, page_size: size };
  }

  private async load(): Promise<void> {
    const asked = { ...this.query(), ...this.page() };
    this.loading.set(true);
    try {
      const [listing, summary] = await Promise.all([api.list(asked), api.summary()]);
      if (JSON.stringify(asked) !== JSON.stringify({ ...this.query(), ...this.page() })) return;
      const last = Math.max(0, Math.ceil(listing.total / listing.page_size) - 1);
      if (asked.page > last + 1) {
        this.paging.update((paging) => ({ ...paging, index: last }));
        return;
      }
      this.people.set(listing.items);
      this.total.set(listing.total);
      this.summary.set(summary);
      this.loading.set(false);
    } catch (error) {
      this.notify.failed(error);
      this.loading.set(false);
    }
  }

  reload(): void {
    this.turn.update((turn) => turn + 1);
  }

  toTab(index: number): void {
    this.tab.set(index);
    this.toFirstPage();
  }

  toOrder(sort: Sort): void {
    this.sort.set(sort);
    this.toFirstPage();
  }

  toPage(event: PageEvent): void {
    this.paging.set({ index: event.pageIndex, size: event.pageSize });
  }

  clearFilters(): void {
    this.filters.reset();
    this.tab.set(0);
  }

  invite(): void {
    this.dialog
      .open<InviteDialog, string[], Person>(InviteDialog, {
        data: this.summary()?.groups ?? [],
        width: '640px',
        maxWidth: '95vw',
      })
      .afterClosed()
      .subscribe((person) => person && this.reload());
  }

  async deactivate(person: Person): Promise<void> {
    if (await this.actions.deactivate(person)) this.reload();
  }

  async reactivate(person: Person): Promise<void> {
    if (await this.actions.reactivate(person)) this.reload();
  }

  export(): void {
    void this.actions.export(this.query());
  }

  private toFirstPage(): void {
    this.paging.update((paging) => ({ ...paging, index: 0 }));
  }
}
