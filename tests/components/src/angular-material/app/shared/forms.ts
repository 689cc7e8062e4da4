import type { AbstractControl, FormGroup } from '@angular/forms';

import { ApiError } from '../../../shared/api';

/** Puts the server's remarks on the fields they belong to and says which fields those were. */
export function showFieldErrors(form: FormGroup, error: unknown): string[] {
  if (!(error instanceof ApiError)) return [];
  const names = Object.keys(error.fields).filter((name) => form.get(name));
  for (const name of names) {
    const control = form.get(name)!;
    control.setErrors({ server: error.fields[name] });
    control.markAsTouched();
  }
  return names;
}

export function problemOf(control: AbstractControl | null, label: string): string {
  if (control?.hasError('server')) return control.getError('server');
  if (control?.hasError('required')) return `${label} is required`;
  if (control?.hasError('email')) return 'Enter a valid email address';
  return '';
}
