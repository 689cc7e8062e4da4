import { LitElement, css, html, nothing } from 'lit';
import type { SlSwitch } from '@shoelace-style/shoelace';
import { api, type ImportPreview, type ImportResult } from '../shared/api';
import { download, plural } from './people';
import { toast } from './toast';

const TEMPLATE = 'Email,First name,Last name,Role,Managers,Groups\r\n';

/** Bulk adding from a file: choose it, look at what it holds, import. */
export class LuImport extends LitElement {
  static properties = { file: { state: true }, preview: { state: true }, result: { state: true }, skip: { state: true }, busy: { state: true }, over: { state: true }, problem: { state: true } };
  declare file: File | undefined;
  declare preview: ImportPreview | undefined;
  declare result: ImportResult | undefined;
  declare skip: boolean;
  declare busy: boolean;
  declare over: boolean;
  declare problem: string;

  static styles = css`
    h1 { font-size: 26px; margin: 8px 0 16px; }
    .steps { display: flex; gap: 24px; list-style: none; padding: 0; margin: 0 0 20px; color: var(--sl-color-neutral-500); }
    .steps [aria-current] { color: var(--sl-color-primary-700); font-weight: 600; }
    .drop { display: block; border: 2px dashed var(--sl-color-neutral-300); border-radius: 10px; padding: 48px 20px; text-align: center; background: var(--sl-color-neutral-0); cursor: pointer; }
    .drop.over { border-color: var(--sl-color-primary-600); background: var(--sl-color-primary-50); }
    .drop sl-icon { font-size: 36px; color: var(--sl-color-primary-600); }
    .drop input { position: absolute; opacity: 0; width: 1px; height: 1px; }
    .drop u { color: var(--sl-color-primary-700); }
    .bar { display: flex; flex-wrap: wrap; gap: 12px; align-items: center; margin-top: 16px; }
    .bar .end { margin-left: auto; }
    .scroll { overflow: auto; max-height: 460px; border: 1px solid var(--sl-color-neutral-200); border-radius: 8px; background: var(--sl-color-neutral-0); margin-top: 12px; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; }
    th { position: sticky; top: 0; background: var(--sl-color-neutral-50); text-align: left; padding: 8px 12px; }
    td { border-top: 1px solid var(--sl-color-neutral-200); padding: 8px 12px; vertical-align: top; }
    .bad td { background: var(--sl-color-danger-50); }
    .why { color: var(--sl-color-danger-700); }
    sl-alert { margin-bottom: 12px; }
  `;

  constructor() {
    super();
    this.restart();
  }

  private restart() {
    this.file = undefined;
    this.preview = undefined;
    this.result = undefined;
    this.skip = false;
    this.busy = false;
    this.over = false;
    this.problem = '';
  }

  private async working<T>(work: () => Promise<T>) {
    this.busy = true;
    this.problem = '';
    try {
      return await work();
    } catch (refusal) {
      this.problem = (refusal as Error).message;
    } finally {
      this.busy = false;
    }
  }

  private async upload() {
    this.preview = await this.working(() => api.upload(this.file!));
  }

  private async commit() {
    this.result = await this.working(() => api.commit(this.preview!.token));
    if (this.result) void toast(`${plural(this.result.created, 'user')} imported`);
  }

  private back() {
    this.dispatchEvent(new CustomEvent('navigate', { detail: '/admin/users', bubbles: true, composed: true }));
  }

  private choosing() {
    return html`
      <label
        class=${`drop ${this.over ? 'over' : ''}`}
        @dragover=${(event: DragEvent) => { event.preventDefault(); this.over = true; }}
        @dragleave=${() => (this.over = false)}
        @drop=${(event: DragEvent) => { event.preventDefault(); this.over = false; this.file = event.dataTransfer?.files[0]; }}
      >
        <input type="file" accept=".csv" @change=${(event: Event) => (this.file = (event.target as HTMLInputElement).files?.[0])} />
        <sl-icon name="cloud-arrow-up"></sl-icon>
        <div>Drag your CSV here or <u>browse</u></div>
        ${this.file ? html`<p><sl-tag removable @sl-remove=${(event: Event) => { event.preventDefault(); this.file = undefined; }}>${this.file.name}</sl-tag></p>` : html`<p>Up to 1,000 rows, UTF-8</p>`}
      </label>
      <div class="bar">
        <sl-button variant="text" @click=${() => download('people-template.csv', TEMPLATE)}>Download template</sl-button>
        <sl-button class="end" @click=${this.back}>Cancel</sl-button>
        <sl-button variant="primary" ?disabled=${!this.file} ?loading=${this.busy} @click=${this.upload}>Upload and review</sl-button>
      </div>
    `;
  }

  private review(preview: ImportPreview) {
    const stuck = preview.valid === 0 || (preview.invalid > 0 && !this.skip);
    return html`
      <p>${preview.filename}: <sl-badge variant="success" pill>${preview.valid} ready</sl-badge> ${preview.invalid ? html`<sl-badge variant="danger" pill>${plural(preview.invalid, 'row')} with problems</sl-badge>` : nothing}</p>
      ${preview.invalid ? html`<sl-switch ?checked=${this.skip} @sl-change=${(event: Event) => (this.skip = (event.target as SlSwitch).checked)}>Skip rows with problems</sl-switch>` : nothing}
      <div class="scroll">
        <table>
          <thead><tr><th>Row</th><th>Email</th><th>Name</th><th>Role</th><th>Groups</th><th>Managers</th><th>Problems</th></tr></thead>
          <tbody>
            ${preview.rows.map(
              (row) => html`<tr class=${row.errors.length ? 'bad' : ''}>
                <td>${row.row}</td><td>${row.email}</td><td>${row.first_name} ${row.last_name}</td><td>${row.role}</td><td>${row.groups.join(', ')}</td><td>${row.managers.join(', ')}</td>
                <td class="why">${row.errors.map((why) => html`<div>${why}</div>`)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div class="bar">
        <sl-button class="end" @click=${this.restart}>Choose another file</sl-button>
        <sl-button variant="primary" ?disabled=${stuck} ?loading=${this.busy} @click=${this.commit}>Import ${plural(preview.valid, 'user')}</sl-button>
      </div>
    `;
  }

  private outcome(result: ImportResult) {
    return html`
      <sl-alert variant="success" open><sl-icon slot="icon" name="check2-circle"></sl-icon><strong>${plural(result.created, 'user')} imported.</strong> Invitations are on their way.</sl-alert>
      ${result.skipped.length
        ? html`<sl-alert variant="warning" open><sl-icon slot="icon" name="exclamation-triangle"></sl-icon><strong>${plural(result.skipped.length, 'row')} skipped</strong>
            <ul>${result.skipped.map((row) => html`<li>Row ${row.row}, ${row.email || 'no email'}: ${row.reason}</li>`)}</ul></sl-alert>`
        : nothing}
      <div class="bar"><sl-button @click=${this.restart}>Import another file</sl-button><sl-button variant="primary" @click=${this.back}>Done</sl-button></div>
    `;
  }

  render() {
    const step = this.result ? 2 : this.preview ? 1 : 0;
    return html`
      <sl-breadcrumb><sl-breadcrumb-item @click=${this.back}>People</sl-breadcrumb-item><sl-breadcrumb-item>Import Users</sl-breadcrumb-item></sl-breadcrumb>
      <h1>Import Users</h1>
      <ol class="steps">${['1. Upload', '2. Review', '3. Result'].map((label, index) => html`<li aria-current=${index === step ? 'step' : nothing}>${label}</li>`)}</ol>
      ${this.problem ? html`<sl-alert variant="danger" open><sl-icon slot="icon" name="exclamation-octagon"></sl-icon>${this.problem}</sl-alert>` : nothing}
      ${this.result ? this.outcome(this.result) : this.preview ? this.review(this.preview) : this.choosing()}
    `;
  }
}
customElements.define('lu-import', LuImport);
