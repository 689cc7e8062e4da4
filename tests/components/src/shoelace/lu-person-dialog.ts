import { LitElement, css, html, nothing } from 'lit';
import type { SlDialog, SlInput, SlSelect } from '@shoelace-style/shoelace';
import { ApiError, ROLES, api, type Draft, type Person } from '../shared/api';
import type { LuManagerPicker } from './lu-manager-picker';
import './lu-manager-picker';
import { nameOf } from './people';
import { toast } from './toast';

const ABOUT: Record<string, string> = {
  Learner: 'Takes assigned training',
  Manager: 'Sees reports for direct reports',
  'Content Creator': 'Creates and publishes content',
  Admin: 'Full access, counts as an admin seat',
};

/** The form for a new person, and for somebody who is there already. */
export class LuPersonDialog extends LitElement {
  static properties = { groups: { attribute: false }, person: { state: true }, errors: { state: true }, problem: { state: true }, busy: { state: true } };
  declare groups: string[];
  declare person: Person | undefined;
  declare errors: Record<string, string>;
  declare problem: string;
  declare busy: boolean;

  static styles = css`
    form { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
    form > * { grid-column: 1 / -1; }
    form > .half { grid-column: auto; }
    .error { color: var(--sl-color-danger-700); font-size: 14px; margin-top: 4px; }
    sl-dialog { --width: 560px; }
    @media (max-width: 560px) { form > .half { grid-column: 1 / -1; } }
  `;

  constructor() {
    super();
    this.groups = [];
    this.errors = {};
    this.problem = '';
    this.busy = false;
  }

  private get dialog() {
    return this.renderRoot.querySelector<SlDialog>('sl-dialog')!;
  }

  private field<T extends { value: unknown }>(name: string) {
    return this.renderRoot.querySelector(`[name="${name}"]`) as unknown as T;
  }

  async show(person?: Person) {
    this.person = person;
    this.errors = {};
    this.problem = '';
    await this.updateComplete;
    for (const name of ['email', 'first_name', 'last_name'] as const) this.field<SlInput>(name).value = person?.[name] ?? '';
    this.field<SlSelect>('role').value = person ? String(ROLES.indexOf(person.role)) : '';
    this.field<SlSelect>('groups').value = (person?.groups ?? []).map((group) => String(this.groups.indexOf(group)));
    this.renderRoot.querySelector<LuManagerPicker>('lu-manager-picker')!.value = [...(person?.managers ?? [])];
    await this.dialog.show();
  }

  private draft(): Draft {
    return {
      email: this.field<SlInput>('email').value.trim(),
      first_name: this.field<SlInput>('first_name').value.trim(),
      last_name: this.field<SlInput>('last_name').value.trim(),
      role: ROLES[Number(this.field<SlSelect>('role').value || NaN)] ?? '',
      groups: (this.field<SlSelect>('groups').value as string[]).map((index) => this.groups[Number(index)]),
      managers: this.renderRoot.querySelector<LuManagerPicker>('lu-manager-picker')!.value,
    };
  }

  private missing(draft: Draft) {
    const errors: Record<string, string> = {};
    if (!draft.email) errors.email = 'Enter an email address';
    else if (!/^\S+@\S+\.\S+$/.test(draft.email)) errors.email = 'This does not look like an email address';
    if (!draft.first_name) errors.first_name = 'Enter a first name';
    if (!draft.last_name) errors.last_name = 'Enter a last name';
    if (!draft.role) errors.role = 'Choose a role';
    return errors;
  }

  private async save() {
    const draft = this.draft();
    this.problem = '';
    this.errors = this.missing(draft);
    if (Object.keys(this.errors).length) return;
    this.busy = true;
    try {
      const saved = this.person ? await api.edit(this.person.id, draft) : await api.invite(draft);
      await this.dialog.hide();
      toast(this.person ? 'Changes saved' : `Invitation sent to ${saved.email}`);
      this.dispatchEvent(new CustomEvent('saved', { detail: saved, bubbles: true, composed: true }));
    } catch (refusal) {
      this.errors = (refusal as ApiError).fields ?? {};
      this.problem = (refusal as Error).message;
    } finally {
      this.busy = false;
    }
  }

  private note(name: string) {
    return this.errors[name] ? html`<div class="error" slot="help-text">${this.errors[name]}</div>` : nothing;
  }

  render() {
    return html`<sl-dialog label=${this.person ? `Edit ${nameOf(this.person)}` : 'Invite User'} @sl-request-close=${(event: CustomEvent) => this.busy && event.preventDefault()}>
      <form @submit=${(event: Event) => { event.preventDefault(); void this.save(); }}>
        <sl-alert variant="danger" ?open=${this.problem !== ''}><sl-icon slot="icon" name="exclamation-octagon"></sl-icon>${this.problem}</sl-alert>
        <sl-input name="email" type="email" label="Email address" placeholder="name@company.com" required autocomplete="off" ?disabled=${this.person !== undefined}>${this.note('email')}</sl-input>
        <sl-input class="half" name="first_name" label="First name" required autocomplete="off">${this.note('first_name')}</sl-input>
        <sl-input class="half" name="last_name" label="Last name" required autocomplete="off">${this.note('last_name')}</sl-input>
        <sl-select name="role" label="Role" placeholder="Select a role" required hoist>
          ${ROLES.map((role, index) => html`<sl-option value=${index}>${role}<small slot="suffix">${ABOUT[role]}</small></sl-option>`)}
          ${this.note('role')}
        </sl-select>
        <sl-select name="groups" label="Groups" placeholder="None" multiple clearable hoist max-options-visible="3" help-text=${this.errors.groups ?? 'Groups decide which content the person sees first.'}>
          ${this.groups.map((group, index) => html`<sl-option value=${index}>${group}</sl-option>`)}
        </sl-select>
        <lu-manager-picker .error=${this.errors.managers ?? ''}></lu-manager-picker>
      </form>
      <sl-button slot="footer" @click=${() => this.dialog.hide()} ?disabled=${this.busy}>Cancel</sl-button>
      <sl-button slot="footer" variant="primary" ?loading=${this.busy} @click=${this.save}>${this.person ? 'Save changes' : 'Send Invitation'}</sl-button>
    </sl-dialog>`;
  }
}
customElements.define('lu-person-dialog', LuPersonDialog);
