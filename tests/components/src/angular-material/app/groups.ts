import { Component, inject, type OnInit, signal } from '@angular/core';
import { MatCardModule } from '@angular/material/card';
import { MatIconModule } from '@angular/material/icon';
import { MatListModule } from '@angular/material/list';

import { api } from '../../shared/api';
import { Notify } from './shared/notify';

@Component({
  selector: 'app-groups',
  imports: [MatCardModule, MatIconModule, MatListModule],
  template: `
    <section class="page">
      <h1>Groups</h1>
      <p class="faint">Put people into a group on their own page or when you invite them.</p>
      <mat-card appearance="outlined">
        <mat-list>
          @for (group of groups(); track group) {
            <mat-list-item>
              <mat-icon matListItemIcon>workspaces</mat-icon>
              <span matListItemTitle>{{ group }}</span>
            </mat-list-item>
          }
        </mat-list>
      </mat-card>
    </section>
  `,
})
export class Groups implements OnInit {
  private readonly notify = inject(Notify);
  readonly groups = signal<string[]>([]);

  ngOnInit(): void {
    api.summary().then(
      (summary) => this.groups.set(summary.groups),
      (error) => this.notify.failed(error),
    );
  }
}
