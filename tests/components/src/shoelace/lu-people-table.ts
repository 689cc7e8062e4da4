import { LitElement, css, html, nothing } from 'lit';
import type { Person } from '../shared/api';
import { STATUS, initialsOf, nameOf } from './people';

export type Sort = { key: string; dir: 'asc' | 'desc' };
export type RowAction = 'view' | 'edit' | 'resend' | 'deactivate' | 'reactivate';

const COLUMNS = [
  { key: 'name', label: 'Name' },
  { key: 'email', label: 'Email' },
  { key: 'role', label: 'Role' },
  { key: '', label: 'Groups' },
  { key: 'status', label: 'Status' },
  { key: 'last_login', label: 'Last login' },
];
const SHOWN_GROUPS = 2;

/** The rows of one page. Says what somebody asks for; does nothing itself. */
export class LuPeopleTable extends LitElement {
  static properties = {
    people: { attribute: false },
    loading: { type: Boolean },
    sort: { attribute: false },
    selected: { attribute: false },
  };
  declare people: Person[] | undefined;
  declare loading: boolean;
  declare sort: Sort;
  declare selected: Set<number>;

  static styles = css`
    :host { display: block; overflow-x: auto; background: var(--sl-color-neutral-0); border: 1px solid var(--sl-color-neutral-200); border-radius: 8px; }
    table { border-collapse: collapse; width: 100%; font-size: 14px; }
    th { position: sticky; top: 0; background: var(--sl-color-neutral-50); text-align: left; font-weight: 600; padding: 10px 12px; white-space: nowrap; z-index: 1; }
    td { border-top: 1px solid var(--sl-color-neutral-200); padding: 8px 12px; vertical-align: middle; }
    tr.selected td { background: var(--sl-color-primary-50); }
    tbody.loading { opacity: 0.5; }
    th button { all: unset; cursor: pointer; display: inline-flex; gap: 4px; align-items: center; }
    th button:focus-visible { outline: var(--sl-focus-ring); }
    .who { display: flex; gap: 10px; align-items: center; white-space: nowrap; }
    .who sl-avatar { --size: 30px; }
    .who button { all: unset; cursor: pointer; font-weight: 600; color: var(--sl-color-primary-700); }
    .who button:hover { text-decoration: underline; }
    .groups { display: flex; gap: 4px; flex-wrap: wrap; }
    .muted { color: var(--sl-color-neutral-500); }
    .empty { text-align: center; padding: 56px 12px; color: var(--sl-color-neutral-600); }
    .empty sl-icon { font-size: 36px; display: block; margin: 0 auto 8px; }
    .actions { width: 1%; }
  `;

  private say(name: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  private ask(action: RowAction, person: Person) {
    this.say('row-action', { action, person });
  }

  private sortBy(key: string) {
    this.say('sort', { key, dir: this.sort.key === key && this.sort.dir === 'asc' ? 'desc' : 'asc' });
  }

  private heading(column: (typeof COLUMNS)[number]) {
    if (!column.key) return html`<th scope="col">${column.label}</th>`;
    const on = this.sort.key === column.key;
    return html`<th scope="col" aria-sort=${on ? (this.sort.dir === 'asc' ? 'ascending' : 'descending') : nothing}>
      <button @click=${() => this.sortBy(column.key)}>
        ${column.label}${on ? html`<sl-icon name=${this.sort.dir === 'asc' ? 'caret-up-fill' : 'caret-down-fill'}></sl-icon>` : nothing}
      </button>
    </th>`;
  }

  private toggle(people: Person[], on: boolean) {
    const next = new Set(this.selected);
    for (const person of people) on ? next.add(person.id) : next.delete(person.id);
    this.say('selection', next);
  }

  private row(person: Person) {
    const name = nameOf(person);
    const more = person.groups.slice(SHOWN_GROUPS);
    const status = STATUS[person.status];
    return html`<tr class=${this.selected.has(person.id) ? 'selected' : ''}>
      <td><sl-checkbox .checked=${this.selected.has(person.id)} @sl-change=${(event: Event) => this.toggle([person], (event.target as HTMLInputElement).checked)}><sl-visually-hidden>Select ${name}</sl-visually-hidden></sl-checkbox></td>
      <td><div class="who"><sl-avatar initials=${initialsOf(name)} label="Avatar of ${name}"></sl-avatar><button @click=${() => this.ask('view', person)}>${name}</button></div></td>
      <td>${person.email}</td>
      <td>${person.role}</td>
      <td>
        <div class="groups">
          ${person.groups.slice(0, SHOWN_GROUPS).map((group) => html`<sl-tag size="small" pill>${group}</sl-tag>`)}
          ${more.length ? html`<sl-tooltip content=${more.join(' · ')}><sl-tag size="small" pill variant="primary">+${more.length}</sl-tag></sl-tooltip>` : nothing}
        </div>
      </td>
      <td><sl-badge variant=${status.variant} pill>${status.label}</sl-badge></td>
      <td>
        ${person.last_login
          ? html`<sl-tooltip content=${new Date(person.last_login).toLocaleString('en-US')}><sl-relative-time date=${person.last_login} lang="en-US"></sl-relative-time></sl-tooltip>`
          : html`<span class="muted">Never</span>`}
      </td>
      <td class="actions">
        <sl-dropdown placement="bottom-end" hoist @sl-select=${(event: CustomEvent) => this.ask(event.detail.item.value as RowAction, person)}>
          <sl-icon-button slot="trigger" name="three-dots-vertical" label="Actions"></sl-icon-button>
          <sl-menu>
            <sl-menu-item value="view"><sl-icon slot="prefix" name="person-vcard"></sl-icon>View profile</sl-menu-item>
            <sl-menu-item value="edit"><sl-icon slot="prefix" name="pencil"></sl-icon>Edit</sl-menu-item>
            ${person.status === 'invited' ? html`<sl-menu-item value="resend"><sl-icon slot="prefix" name="send"></sl-icon>Resend invite</sl-menu-item>` : nothing}
            <sl-divider></sl-divider>
            ${person.status === 'deactivated'
              ? html`<sl-menu-item value="reactivate"><sl-icon slot="prefix" name="arrow-counterclockwise"></sl-icon>Reactivate</sl-menu-item>`
              : html`<sl-menu-item value="deactivate"><sl-icon slot="prefix" name="person-dash"></sl-icon>Deactivate</sl-menu-item>`}
          </sl-menu>
        </sl-dropdown>
      </td>
    </tr>`;
  }

  private body() {
    if (!this.people) {
      return Array.from({ length: 8 }, () => html`<tr>${Array.from({ length: 8 }, () => html`<td><sl-skeleton effect="sheen"></sl-skeleton></td>`)}</tr>`);
    }
    if (!this.people.length) {
      return html`<tr><td colspan="8" class="empty"><sl-icon name="search"></sl-icon>No people match your search</td></tr>`;
    }
    return this.people.map((person) => this.row(person));
  }

  render() {
    const people = this.people ?? [];
    const chosen = people.filter((person) => this.selected.has(person.id)).length;
    return html`<table>
      <thead>
        <tr>
          <th><sl-checkbox .checked=${chosen > 0 && chosen === people.length} .indeterminate=${chosen > 0 && chosen < people.length} @sl-change=${(event: Event) => this.toggle(people, (event.target as HTMLInputElement).checked)}><sl-visually-hidden>Select all</sl-visually-hidden></sl-checkbox></th>
          ${COLUMNS.map((column) => this.heading(column))}
          <th></th>
        </tr>
      </thead>
      <tbody class=${this.loading ? 'loading' : ''} aria-busy=${this.loading ? 'true' : 'false'}>${this.body()}</tbody>
    </table>`;
  }
}
customElements.define('lu-people-table', LuPeopleTable);
