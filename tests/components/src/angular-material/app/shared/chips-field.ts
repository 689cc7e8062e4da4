import { LiveAnnouncer } from '@angular/cdk/a11y';
import { COMMA, ENTER, SEMICOLON } from '@angular/cdk/keycodes';
import { Component, DestroyRef, ElementRef, inject, Input, type OnInit, signal, ViewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatAutocompleteModule, MatAutocompleteTrigger } from '@angular/material/autocomplete';
import { MatChipsModule } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIconModule } from '@angular/material/icon';
import { debounceTime, startWith, switchMap } from 'rxjs';

import template from './chips-field.html?raw';

export interface Suggestion {
  value: string;
  label: string;
  detail?: string;
  icon?: string;
}

/** A list of values as chips: chosen from suggestions or typed. */
@Component({
  selector: 'app-chips-field',
  imports: [MatAutocompleteModule, MatChipsModule, MatFormFieldModule, MatIconModule, ReactiveFormsModule],
  template,
})
export class ChipsField implements OnInit {
  private readonly announcer = inject(LiveAnnouncer);
  private readonly destroyRef = inject(DestroyRef);

  @Input({ required: true }) control!: FormControl<string[]>;
  @Input({ required: true }) suggest!: (text: string) => Promise<Suggestion[]>;
  @Input() label = '';
  @Input() placeholder = '';
  @Input() hint = '';
  /** Whether a comma ends a value too; group names may hold one. */
  @Input() separated = false;

  @ViewChild('box') private box!: ElementRef<HTMLInputElement>;
  @ViewChild(MatAutocompleteTrigger) private trigger!: MatAutocompleteTrigger;

  readonly query = new FormControl('', { nonNullable: true });
  readonly suggestions = signal<Suggestion[]>([]);

  get separators(): number[] {
    return this.separated ? [ENTER, COMMA, SEMICOLON] : [ENTER];
  }

  ngOnInit(): void {
    this.query.valueChanges
      .pipe(
        startWith(''),
        debounceTime(200),
        switchMap((text) => this.suggest(text).catch(() => [])),
        takeUntilDestroyed(this.destroyRef),
      )
      .subscribe((found) => this.suggestions.set(found));
  }

  /** Turns whatever is still being typed into a chip. */
  flush(): void {
    const value = this.box.nativeElement.value.trim();
    if (value) this.choose(value);
  }

  typed(): void {
    if (!this.trigger.activeOption) this.flush();
  }

  blurred(): void {
    if (!this.trigger.panelOpen) this.flush();
  }

  closed(): void {
    if (document.activeElement !== this.box.nativeElement) this.flush();
  }

  choose(value: string): void {
    const chosen = this.control.value;
    if (!chosen.some((item) => item.toLowerCase() === value.toLowerCase())) this.set([...chosen, value]);
    this.query.setValue('');
    this.box.nativeElement.value = '';
  }

  remove(value: string): void {
    this.set(this.control.value.filter((item) => item !== value));
    this.announcer.announce(`Removed ${value}`);
  }

  private set(values: string[]): void {
    this.control.setValue(values);
    this.control.markAsDirty();
  }
}
