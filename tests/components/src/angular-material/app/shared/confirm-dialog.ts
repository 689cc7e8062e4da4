import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule } from '@angular/material/dialog';

export interface Question {
  title: string;
  lines: string[];
  confirm: string;
}

@Component({
  selector: 'app-confirm-dialog',
  imports: [MatButtonModule, MatDialogModule],
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <mat-dialog-content>
      @for (line of question.lines; track line) {
        <p>{{ line }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton mat-dialog-close cdkFocusInitial>Cancel</button>
      <button matButton [mat-dialog-close]="true">{{ question.confirm }}</button>
    </mat-dialog-actions>
  `,
})
export class ConfirmDialog {
  readonly question = inject<Question>(MAT_DIALOG_DATA);
}
