import { Component, inject, type QueryList, signal, ViewChildren } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatSelectModule } from '@angular/material/select';

import { api, ROLES, type Person } from '../../../shared/api';
import { ChipsField } from '../shared/chips-field';
import { problemOf, showFieldErrors } from '../shared/forms';
import { Notify } from '../shared/notify';
import template from './invite-dialog.html?raw';
import { PeopleActions } from './people-actions';

@Component({
  selector: 'app-invite-dialog',
  imports: [
    ChipsField,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatProgressBarModule,
    MatSelectModule,
    ReactiveFormsModule,
  ],
  template,
})
export class InviteDialog {
  private readonly actions = inject(PeopleActions);
  private readonly dialog = inject<MatDialogRef<InviteDialog, Person>>(MatDialogRef);
  private readonly groups = inject<string[]>(MAT_DIALOG_DATA);
  private readonly notify = inject(Notify);

  @ViewChildren(ChipsField) private chips!: QueryList<ChipsField>;

  readonly busy = signal(false);
  readonly roles = ROLES;
  readonly problemOf = problemOf;
  readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email]],
    first_name: ['', Validators.required],
    last_name: ['', Validators.required],
    role: ['Learner' as string, Validators.required],
    groups: [[] as string[]],
    managers: [[] as string[]],
  });

  readonly suggestGroups = (text: string) => this.actions.suggestGroups(text, this.groups);
  readonly suggestManagers = (text: string) => this.actions.suggestManagers(text);

  async send(): Promise<void> {
    this.chips.forEach((field) => field.flush());
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    try {
      const person = await api.invite(this.form.getRawValue());
      this.notify.done(`Invitation sent to ${person.email}`);
      this.dialog.close(person);
    } catch (error) {
      if (!showFieldErrors(this.form, error).length) this.notify.failed(error);
    } finally {
      this.busy.set(false);
    }
  }
}
