import { DatePipe } from '@angular/common';
import { Component, inject, Input, type QueryList, signal, ViewChildren } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatCardModule } from '@angular/material/card';
import { MatChipsModule } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIconModule } from '@angular/material/icon';
import { MatInputModule } from '@angular/material/input';
import { MatListModule } from '@angular/material/list';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatSelectModule } from '@angular/material/select';
import { MatTabsModule } from '@angular/material/tabs';
import { MatTooltipModule } from '@angular/material/tooltip';
import { Title } from '@angular/platform-browser';
import { RouterLink } from '@angular/router';

import { api, ApiError, fullName, initials, ROLES, type Person } from '../../../shared/api';
import { ChipsField } from '../shared/chips-field';
import { problemOf, showFieldErrors } from '../shared/forms';
import { Notify } from '../shared/notify';
import { PeopleActions } from './people-actions';
import template from './person-page.html?raw';
import { StatusLabel } from './status-label';

@Component({
  selector: 'app-person-page',
  imports: [
    ChipsField,
    DatePipe,
    MatButtonModule,
    MatCardModule,
    MatChipsModule,
    MatFormFieldModule,
    MatIconModule,
    MatInputModule,
    MatListModule,
    MatProgressBarModule,
    MatSelectModule,
    MatTabsModule,
    MatTooltipModule,
    ReactiveFormsModule,
    RouterLink,
    StatusLabel,
  ],
  template,
})
export class PersonPage {
  private readonly actions = inject(PeopleActions);
  private readonly notify = inject(Notify);
  private readonly title = inject(Title);

  @ViewChildren(ChipsField) private chips!: QueryList<ChipsField>;

  @Input() set id(id: string) {
    void this.load(id);
  }

  readonly person = signal<Person | undefined>(undefined);
  readonly groups = signal<string[]>([]);
  readonly missing = signal(false);
  readonly busy = signal(true);
  readonly tab = signal(0);

  readonly roles = ROLES;
  readonly fullName = fullName;
  readonly initials = initials;
  readonly problemOf = problemOf;
  readonly form = inject(NonNullableFormBuilder).group({
    email: [{ value: '', disabled: true }],
    first_name: ['', Validators.required],
    last_name: ['', Validators.required],
    role: ['' as string, Validators.required],
    groups: [[] as string[]],
    managers: [[] as string[]],
  });

  readonly suggestGroups = (text: string) => this.actions.suggestGroups(text, this.groups());
  readonly suggestManagers = (text: string) => this.actions.suggestManagers(text);

  private async load(id: string): Promise<void> {
    this.busy.set(true);
    try {
      const [person, summary] = await Promise.all([api.get(id), api.summary()]);
      this.groups.set(summary.groups);
      this.show(person);
    } catch (error) {
      this.missing.set(error instanceof ApiError && error.status === 404);
      if (!this.missing()) this.notify.failed(error);
    } finally {
      this.busy.set(false);
    }
  }

  private show(person: Person): void {
    this.title.setTitle(`${fullName(person)} | WorkRamp`);
    this.person.set(person);
    this.discard();
  }

  discard(): void {
    const { email, first_name, last_name, role, groups, managers } = this.person()!;
    this.form.reset({ email, first_name, last_name, role, groups: [...groups], managers: [...managers] });
  }

  async save(person: Person): Promise<void> {
    this.chips.forEach((field) => field.flush());
    this.form.markAllAsTouched();
    if (this.form.invalid) {
      const { first_name, last_name, role } = this.form.controls;
      this.tab.set(first_name.invalid || last_name.invalid || role.invalid ? 0 : 1);
      return;
    }
    this.busy.set(true);
    try {
      const { email: _email, ...draft } = this.form.getRawValue();
      this.show(await api.edit(person.id, draft));
      this.notify.done('Changes saved');
    } catch (error) {
      const names = showFieldErrors(this.form, error);
      if (!names.length) this.notify.failed(error);
      else this.tab.set(names.includes('groups') || names.includes('managers') ? 1 : 0);
    } finally {
      this.busy.set(false);
    }
  }

  resend(person: Person): void {
    void this.actions.resend(person);
  }

  async deactivate(person: Person): Promise<void> {
    const changed = await this.actions.deactivate(person);
    if (changed) this.show(changed);
  }

  async reactivate(person: Person): Promise<void> {
    const changed = await this.actions.reactivate(person);
    if (changed) this.show(changed);
  }
}
