import { Component, inject, Input, signal } from '@angular/core';
import { NonNullableFormBuilder, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatCardModule } from '@angular/material/card';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIconModule } from '@angular/material/icon';
import { MatInputModule } from '@angular/material/input';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';

import { ApiError } from '../../shared/api';
import { problemOf } from './shared/forms';
import { Notify } from './shared/notify';
import { Session } from './shared/session';
import template from './sign-in.html?raw';

@Component({
  selector: 'app-sign-in',
  imports: [
    MatButtonModule,
    MatCardModule,
    MatFormFieldModule,
    MatIconModule,
    MatInputModule,
    MatProgressBarModule,
    ReactiveFormsModule,
  ],
  template,
})
export class SignIn {
  private readonly notify = inject(Notify);
  private readonly router = inject(Router);
  private readonly session = inject(Session);

  @Input() next?: string;

  readonly busy = signal(false);
  readonly hidden = signal(true);
  readonly form = inject(NonNullableFormBuilder).group({
    email: ['', [Validators.required, Validators.email]],
    password: ['', Validators.required],
  });
  readonly problemOf = problemOf;

  async submit(): Promise<void> {
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    const { email, password } = this.form.getRawValue();
    try {
      await this.session.signIn(email, password);
      await this.router.navigateByUrl(this.next?.startsWith('/') ? this.next : '/home');
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.form.controls.password.setErrors({ server: error.message });
      } else {
        this.notify.failed(error);
      }
    } finally {
      this.busy.set(false);
    }
  }
}
