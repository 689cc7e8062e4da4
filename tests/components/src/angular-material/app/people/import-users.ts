import { Component, computed, inject, signal, ViewChild } from '@angular/core';
import { FormControl, FormsModule, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatCardModule } from '@angular/material/card';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIconModule } from '@angular/material/icon';
import { MatInputModule } from '@angular/material/input';
import { MatListModule } from '@angular/material/list';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatSlideToggleModule } from '@angular/material/slide-toggle';
import { MatStepper, MatStepperModule } from '@angular/material/stepper';
import { MatTableModule } from '@angular/material/table';
import { RouterLink } from '@angular/router';

import { api, ApiError, type ImportPreview, type ImportResult } from '../../../shared/api';
import { problemOf } from '../shared/forms';
import { saveCsv } from '../shared/files';
import { Notify } from '../shared/notify';
import template from './import-users.html?raw';

@Component({
  selector: 'app-import-users',
  imports: [
    FormsModule,
    MatButtonModule,
    MatCardModule,
    MatFormFieldModule,
    MatIconModule,
    MatInputModule,
    MatListModule,
    MatProgressBarModule,
    MatSlideToggleModule,
    MatStepperModule,
    MatTableModule,
    ReactiveFormsModule,
    RouterLink,
  ],
  template,
})
export class ImportUsers {
  private readonly notify = inject(Notify);

  @ViewChild(MatStepper) private stepper!: MatStepper;

  readonly columns = ['row', 'check', 'email', 'name', 'role', 'groups', 'managers'];
  readonly problemOf = problemOf;
  readonly filename = new FormControl('', { nonNullable: true });
  readonly file = signal<File | undefined>(undefined);
  readonly preview = signal<ImportPreview | undefined>(undefined);
  readonly result = signal<ImportResult | undefined>(undefined);
  readonly busy = signal(false);
  readonly skip = signal(false);
  readonly onlyProblems = signal(false);

  readonly rows = computed(() =>
    (this.preview()?.rows ?? []).filter((row) => !this.onlyProblems() || row.errors.length > 0),
  );
  readonly ready = computed(() => {
    const preview = this.preview();
    return !!preview && preview.valid > 0 && (preview.invalid === 0 || this.skip());
  });

  downloadTemplate(): void {
    saveCsv('import-users-template.csv', [
      ['Email', 'First Name', 'Last Name', 'Role', 'Managers', 'Groups'],
      ['name@company.com', 'First', 'Last', 'Learner', 'manager@company.com', 'First group; Second group'],
    ]);
  }

  choose(input: HTMLInputElement): void {
    const file = input.files?.[0];
    input.value = '';
    if (!file) return;
    this.file.set(file);
    this.filename.setValue(file.name);
  }

  async upload(): Promise<void> {
    const file = this.file();
    this.filename.markAsTouched();
    if (!file) {
      this.filename.setErrors({ server: 'Choose a file first' });
      return;
    }
    await this.work(async () => {
      this.preview.set(await api.upload(file));
      this.skip.set(false);
      this.onlyProblems.set(false);
      this.advance();
    });
  }

  async import(): Promise<void> {
    await this.work(async () => {
      const result = await api.commit(this.preview()!.token);
      this.result.set(result);
      this.notify.done(`Import finished: ${result.created} invited, ${result.skipped.length} skipped`);
      this.advance();
    });
  }

  startOver(): void {
    this.file.set(undefined);
    this.preview.set(undefined);
    this.result.set(undefined);
    this.stepper.steps.forEach((step) => (step.editable = true));
    this.stepper.reset();
    this.filename.reset();
  }

  private advance(): void {
    const { selected } = this.stepper;
    if (!selected) return;
    selected.completed = true;
    if (this.result()) this.stepper.steps.forEach((step) => (step.editable = false));
    this.stepper.next();
  }

  private async work(step: () => Promise<void>): Promise<void> {
    this.busy.set(true);
    try {
      await step();
    } catch (error) {
      if (error instanceof ApiError && error.status === 422 && !this.preview()) {
        this.filename.setErrors({ server: error.message });
      } else {
        this.notify.failed(error);
      }
    } finally {
      this.busy.set(false);
    }
  }
}
