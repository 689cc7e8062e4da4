import { inject, Injectable } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';

import { ApiError } from '../../../shared/api';

@Injectable({ providedIn: 'root' })
export class Notify {
  private readonly snackBar = inject(MatSnackBar);

  done(message: string): void {
    this.snackBar.open(message, 'Dismiss');
  }

  failed(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) return;
    const message = error instanceof ApiError ? error.message : 'Can’t reach the server. Try again in a moment.';
    this.snackBar.open(message, 'Dismiss', { duration: 10000 });
  }
}
