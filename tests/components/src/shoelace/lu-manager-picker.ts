import { LitElement, css, html, nothing } from 'lit';
import type { SlInput } from '@shoelace-style/shoelace';
import { api, type Account } from '../shared/api';

/** Managers as removable tags over a field that looks people up while somebody types. */
export class LuManagerPicker extends LitElement {
  static properties = { value: { attribute: false }, found: { state: true }, open: { state: true }, error: {} };
  declare value: string[];
  declare found: Account[];
  declare open: boolean;
  declare error: string;
  private timer = 0;

  static styles = css`
    :host { display: block; }
    .tags { display: flex; flex-wrap: wrap; gap: 6px; margin-bottom: 6px; }
    .tags:empty { display: none; }
    sl-popup::part(popup) { z-index: 900; }
    sl-menu { max-height: 220px; overflow: auto; box-shadow: var(--sl-shadow-large); }
    small { color: var(--sl-color-neutral-500); }
    .error { color: var(--sl-color-danger-700); font-size: 14px; margin-top: 4px; }
  `;

  constructor() {
    super();
    this.value = [];
    this.found = [];
    this.open = false;
    this.error = '';
  }

  private get input() {
    return this.renderRoot.querySelector<SlInput>('sl-input')!;
  }

  private typed() {
    window.clearTimeout(this.timer);
    const text = this.input.value.trim();
    if (!text) {
      this.open = false;
      return;
    }
    this.timer = window.setTimeout(async () => {
      const found = await api.options(text).catch(() => []);
      if (text !== this.input.value.trim()) return;
      this.found = found.filter((person) => !this.value.includes(person.email)).slice(0, 8);
      this.open = true;
    }, 250);
  }

  private change(value: string[]) {
    this.value = value;
    this.dispatchEvent(new CustomEvent('change', { bubbles: true }));
  }

  private add(email: string) {
    this.change([...this.value, email]);
    this.input.value = '';
    this.open = false;
    this.input.focus();
  }

  render() {
    return html`
      <sl-popup placement="bottom" flip sync="width" strategy="fixed" ?active=${this.open} distance="4">
        <div slot="anchor">
          <div class="tags">
            ${this.value.map(
              (email) => html`<sl-tag removable @sl-remove=${() => this.change(this.value.filter((other) => other !== email))}>${email}</sl-tag>`,
            )}
          </div>
          <sl-input label="Managers" placeholder="Search by name or email" autocomplete="off" @sl-input=${this.typed} @sl-blur=${() => window.setTimeout(() => (this.open = false), 200)}>
            <sl-icon slot="prefix" name="search"></sl-icon>
          </sl-input>
          ${this.error ? html`<div class="error" role="alert">${this.error}</div>` : nothing}
        </div>
        <sl-menu @sl-select=${(event: CustomEvent) => this.add(event.detail.item.value)}>
          ${this.found.length
            ? this.found.map((person) => html`<sl-menu-item value=${person.email}>${person.name} <small>${person.email}</small></sl-menu-item>`)
            : html`<sl-menu-label>Nobody found</sl-menu-label>`}
        </sl-menu>
      </sl-popup>
    `;
  }
}
customElements.define('lu-manager-picker', LuManagerPicker);
