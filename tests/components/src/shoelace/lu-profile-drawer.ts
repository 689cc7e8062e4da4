import { LitElement, css, html, nothing } from 'lit';
import type { SlDrawer } from '@shoelace-style/shoelace';
import { api, type Person } from '../shared/api';
import type { RowAction } from './lu-people-table';
import { STATUS, initialsOf, nameOf } from './people';

/** Everything about one person, at the side of the list. */
export class LuProfileDrawer extends LitElement {
  static properties = { person: { state: true } };
  declare person: Person | undefined;

  static styles = css`
    sl-drawer { --size: min(460px, 100vw); }
    .head { display: flex; gap: 14px; align-items: center; margin-bottom: 12px; }
    .head sl-avatar { --size: 52px; }
    .head div { color: var(--sl-color-neutral-600); }
    dl { display: grid; grid-template-columns: 120px 1fr; gap: 10px 12px; margin: 8px 0; }
    dt { color: var(--sl-color-neutral-500); }
    dd { margin: 0; }
    ul { padding-left: 18px; }
    .muted { color: var(--sl-color-neutral-500); }
  `;

  async show(id: number) {
    this.person = undefined;
    await this.updateComplete;
    const drawer = this.renderRoot.querySelector<SlDrawer>('sl-drawer')!;
    const [person] = await Promise.all([api.get(id), drawer.show()]);
    this.person = person;
  }

  refresh() {
    if (this.person && this.renderRoot.querySelector<SlDrawer>('sl-drawer')!.open) api.get(this.person.id).then((person) => (this.person = person));
  }

  private ask(action: RowAction) {
    this.dispatchEvent(new CustomEvent('row-action', { detail: { action, person: this.person }, bubbles: true, composed: true }));
  }

  private list(values: string[], none: string) {
    return values.length ? html`<ul>${values.map((value) => html`<li>${value}</li>`)}</ul>` : html`<p class="muted">${none}</p>`;
  }

  private profile(person: Person) {
    const status = STATUS[person.status];
    return html`
      <div class="head">
        <sl-avatar initials=${initialsOf(nameOf(person))} label="Avatar"></sl-avatar>
        <div>${person.email} <sl-copy-button value=${person.email} copy-label="Copy email"></sl-copy-button></div>
      </div>
      ${person.scim_managed
        ? html`<sl-alert open><sl-icon slot="icon" name="info-circle"></sl-icon>Managed by your identity provider (SCIM). Changes made here may be overwritten.</sl-alert>`
        : nothing}
      <sl-tab-group>
        <sl-tab slot="nav" panel="about">About</sl-tab>
        <sl-tab slot="nav" panel="groups">Groups</sl-tab>
        <sl-tab slot="nav" panel="managers">Managers</sl-tab>
        <sl-tab-panel name="about">
          <dl>
            <dt>First name</dt><dd>${person.first_name || '–'}</dd>
            <dt>Last name</dt><dd>${person.last_name || '–'}</dd>
            <dt>Email</dt><dd>${person.email}</dd>
            <dt>Role</dt><dd>${person.role}</dd>
            <dt>Status</dt><dd><sl-badge variant=${status.variant} pill>${status.label}</sl-badge></dd>
            <dt>Last login</dt>
            <dd>${person.last_login ? html`<sl-format-date date=${person.last_login} month="long" day="numeric" year="numeric" lang="en-US"></sl-format-date>` : 'Never'}</dd>
          </dl>
        </sl-tab-panel>
        <sl-tab-panel name="groups">${this.list(person.groups, 'Not in any group')}</sl-tab-panel>
        <sl-tab-panel name="managers">${this.list(person.managers, 'No manager')}</sl-tab-panel>
      </sl-tab-group>
    `;
  }

  render() {
    const person = this.person;
    return html`<sl-drawer label=${person ? nameOf(person) : 'Loading…'}>
      ${person ? this.profile(person) : html`<sl-skeleton effect="sheen"></sl-skeleton><br /><sl-skeleton effect="sheen"></sl-skeleton>`}
      ${person
        ? html`<sl-button slot="footer" @click=${() => this.ask('edit')}>Edit</sl-button>
            ${person.status === 'invited' ? html`<sl-button slot="footer" @click=${() => this.ask('resend')}>Resend invite</sl-button>` : nothing}
            ${person.status === 'deactivated'
              ? html`<sl-button slot="footer" variant="primary" @click=${() => this.ask('reactivate')}>Reactivate</sl-button>`
              : html`<sl-button slot="footer" variant="danger" outline @click=${() => this.ask('deactivate')}>Deactivate</sl-button>`}`
        : nothing}
    </sl-drawer>`;
  }
}
customElements.define('lu-profile-drawer', LuProfileDrawer);
