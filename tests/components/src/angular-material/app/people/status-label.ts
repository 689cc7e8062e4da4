import { Component, Input } from '@angular/core';
import { MatIconModule } from '@angular/material/icon';

import type { Status } from '../../../shared/api';
import { statusOf } from './words';

@Component({
  selector: 'app-status',
  imports: [MatIconModule],
  template: `
    <span class="status" [class]="status">
      <mat-icon inline>{{ statusOf(status).icon }}</mat-icon>
      {{ statusOf(status).label }}
    </span>
  `,
})
export class StatusLabel {
  @Input({ required: true }) status!: Status;
  readonly statusOf = statusOf;
}
