import { Component, inject } from '@angular/core';
import { MatCardModule } from '@angular/material/card';
import { MatIconModule } from '@angular/material/icon';

import { Session } from './shared/session';

@Component({
  selector: 'app-home',
  imports: [MatCardModule, MatIconModule],
  template: `
    <section class="page">
      <h1>Welcome back, {{ account()?.name }}</h1>
      <mat-card appearance="outlined">
        <mat-card-header>
          <mat-icon mat-card-avatar>school</mat-icon>
          <mat-card-title>My learning</mat-card-title>
          <mat-card-subtitle>Guides, paths and challenges assigned to you</mat-card-subtitle>
        </mat-card-header>
        <mat-card-content><p class="faint">You’re all caught up. Nothing is due.</p></mat-card-content>
      </mat-card>
    </section>
  `,
})
export class Home {
  readonly account = inject(Session).account;
}
