import { LitElement, css, html, nothing } from 'lit';
import type { SlInput, SlSelect } from '@shoelace-style/shoelace';
import { api, type Listing, type Person, type Summary } from '../shared/api';
import './lu-confirm';
import type { LuConfirm } from './lu-confirm';
import './lu-people-table';
import type { RowAction, Sort } from './lu-people-table';
import './lu-person-dialog';
import type { LuPersonDialog } from './lu-person-dialog';
import './lu-profile-drawer';
import type { LuProfileDrawer } from './lu-profile-drawer';
import { download, nameOf, plural, toCsv } from './people';
import { toast } from './toast';

const STATUSES = [
  ['active', 'Active'],
  ['invited', 'Invite pending'],
  ['deactivated', 'Inactive'],
];
const LOGINS = [
  ['30', 'Over 30 days ago'],
  ['90', 'Over 90 days ago'],
  ['never', 'Never'],
];
const SIZES = [20, 50, 100];

export class LuPeople extends LitElement {
  static properties = {
    summary: { state: true },
    listing: { state: true },
    loading: { state: true },
    search: { state: true },
    status: { state: true },
    login: { state: true },
    page: { state: true },
    size: { state: true },
    sort: { state: true },
    selected: { state: true },
  };
  declare summary: Summary | undefined;
  declare listing: Listing | undefined;
  declare loading: boolean;
  declare search: string;
  declare status: string;
  declare login: string;
  declare page: number;
  declare size: number;
  declare sort: Sort;
  declare selected: Set<number>;
  private timer = 0;
  private turn = 0;

  static styles = css`
    :host { display: block; }
    header { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-bottom: 18px; }
    h1 { font-size: 26px; margin: 0 auto 0 0; }
    .seats { display: flex; flex-wrap: wrap; gap: 24px; align-items: center; margin-bottom: 18px; background: var(--sl-color-neutral-0); border: 1px solid var(--sl-color-neutral-200); border-radius: 8px; padding: 14px 18px; }
    .seats .usage { flex: 1 1 240px; }
    .seats sl-progress-bar { --height: 8px; margin-top: 6px; }
    .filters { display: flex; flex-wrap: wrap; gap: 12px; margin-bottom: 12px; }
    .filters sl-input { flex: 1 1 260px; }
    .filters sl-select { width: 190px; }
    .chips { display: flex; gap: 8px; margin-bottom: 12px; align-items: center; }
    .bulk { display: flex; gap: 12px; align-items: center; background: var(--sl-color-primary-50); border-radius: 8px; padding: 8px 14px; margin-bottom: 12px; }
    footer { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; justify-content: flex-end; margin-top: 12px; font-size: 14px; }
    footer sl-select { width: 86px; }
  `;

  constructor() {
    super();
    this.loading = false;
    this.search = '';
    this.status = '';
    this.login = '';
    this.page = 1;
    this.size = SIZES[0];
    this.sort = { key: 'name', dir: 'asc' };
    this.selected = new Set();
  }

  connectedCallback() {
    super.connectedCallback();
    void this.load();
  }

  private query() {
    return {
      search: this.search,
      status: this.status,
      idle_days: this.login && this.login !== 'never' ? this.login : undefined,
      never: this.login === 'never' ? '1' : undefined,
      sort: this.sort.key,
      dir: this.sort.dir,
    };
  }

  private async load() {
    const turn = ++this.turn;
    this.loading = true;
    try {
      const [summary, listing] = await Promise.all([
        api.summary(),
        api.list({ ...this.query(), page: this.page, page_size: this.size }),
      ]);
      if (turn !== this.turn) return;
      this.summary = summary;
      this.listing = listing;
    } catch (problem) {
      void toast((problem as Error).message, 'danger');
    } finally {
      if (turn === this.turn) this.loading = false;
    }
  }

  private narrow(change: Partial<Pick<LuPeople, 'search' | 'status' | 'login' | 'size' | 'sort'>>) {
    Object.assign(this, change, { page: 1, selected: new Set() });
    void this.load();
  }

  private turnTo(page: number) {
    this.page = page;
    this.selected = new Set();
    void this.load();
  }

  private find<T>(name: string) {
    return this.renderRoot.querySelector(name) as T;
  }

  private refresh() {
    void this.load();
    this.find<LuProfileDrawer>('lu-profile-drawer').refresh();
  }

  private async act(event: CustomEvent<{ action: RowAction; person: Person }>) {
    const { action, person } = event.detail;
    const confirm = this.find<LuConfirm>('lu-confirm');
    if (action === 'view') void this.find<LuProfileDrawer>('lu-profile-drawer').show(person.id);
    if (action === 'edit') void this.find<LuPersonDialog>('lu-person-dialog').show(await api.get(person.id));
    if (action === 'resend') {
      await api.resend(person.id).then(
        () => toast(`We sent ${person.email} a new invite`),
        (refusal: Error) => toast(refusal.message, 'danger'),
      );
    }
    if (action === 'deactivate') {
      void confirm.ask({
        title: `Deactivate ${nameOf(person)}?`,
        text: `${person.email} will not be able to sign in any more. Completions and scores are kept for reporting.`,
        action: 'Deactivate',
        danger: true,
        work: async () => {
          await api.deactivate(person.id);
          void toast(`${nameOf(person)} is now inactive`);
          this.refresh();
        },
      });
    }
    if (action === 'reactivate') {
      void confirm.ask({
        title: `Reactivate ${nameOf(person)}?`,
        text: `${person.email} gets access again and uses one of your licensed seats.`,
        action: 'Reactivate',
        work: async () => {
          await api.reactivate(person.id);
          void toast(`${nameOf(person)} is active again`);
          this.refresh();
        },
      });
    }
  }

  private bulk() {
    const people = (this.listing?.items ?? []).filter((person) => this.selected.has(person.id) && person.status !== 'deactivated');
    void this.find<LuConfirm>('lu-confirm').ask({
      title: `Deactivate ${plural(people.length, 'user')}?`,
      text: people.map((person) => person.email).join(', '),
      action: 'Deactivate',
      danger: true,
      work: async () => {
        for (const person of people) await api.deactivate(person.id);
        void toast(`${plural(people.length, 'user')} deactivated`);
        this.selected = new Set();
        this.refresh();
      },
    });
  }

  private async exportAll() {
    const people: Person[] = [];
    for (let page = 1; ; page++) {
      const listing = await api.list({ ...this.query(), page, page_size: 500 });
      people.push(...listing.items);
      if (people.length >= listing.total || !listing.items.length) break;
    }
    download('people.csv', toCsv(people));
  }

  private typed(event: Event) {
    const search = (event.target as SlInput).value;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.narrow({ search }), 300);
  }

  private seats() {
    const summary = this.summary;
    if (!summary) return html`<div class="seats"><sl-skeleton class="usage" effect="sheen"></sl-skeleton></div>`;
    return html`<div class="seats">
      <div class="usage">
        <span><strong>${summary.seats_used}</strong> of <strong>${summary.seats_total}</strong> licensed seats in use</span>
        <sl-progress-bar value=${Math.round((100 * summary.seats_used) / summary.seats_total)} label="Licensed seats"></sl-progress-bar>
      </div>
      <span>${summary.counts.active} active</span>
      <span>${summary.counts.deactivated} inactive</span>
      <span>${summary.counts.invited} pending</span>
    </div>`;
  }

  private chips() {
    const chips: [string, () => void][] = [];
    const status = STATUSES.find(([value]) => value === this.status);
    const login = LOGINS.find(([value]) => value === this.login);
    if (status) chips.push([`Status: ${status[1]}`, () => this.narrow({ status: '' })]);
    if (login) chips.push([`Last login: ${login[1]}`, () => this.narrow({ login: '' })]);
    if (!chips.length) return nothing;
    return html`<div class="chips">
      ${chips.map(([label, remove]) => html`<sl-tag removable pill size="medium" @sl-remove=${remove}>${label}</sl-tag>`)}
      <sl-button variant="text" size="small" @click=${() => this.narrow({ status: '', login: '' })}>Clear filters</sl-button>
    </div>`;
  }

  private pager() {
    const listing = this.listing;
    if (!listing) return nothing;
    const from = listing.total ? (listing.page - 1) * listing.page_size + 1 : 0;
    const to = Math.min(listing.total, listing.page * listing.page_size);
    return html`<footer>
      <span>Rows per page</span>
      <sl-select size="small" value=${String(this.size)} aria-label="Rows per page" @sl-change=${(event: Event) => this.narrow({ size: Number((event.target as SlSelect).value) })}>
        ${SIZES.map((size) => html`<sl-option value=${size}>${size}</sl-option>`)}
      </sl-select>
      <span>${from}–${to} of ${listing.total}</span>
      <sl-tooltip content="Previous page"><sl-icon-button name="chevron-left" label="Previous page" ?disabled=${listing.page <= 1} @click=${() => this.turnTo(listing.page - 1)}></sl-icon-button></sl-tooltip>
      <sl-tooltip content="Next page"><sl-icon-button name="chevron-right" label="Next page" ?disabled=${to >= listing.total} @click=${() => this.turnTo(listing.page + 1)}></sl-icon-button></sl-tooltip>
    </footer>`;
  }

  render() {
    return html`
      <header>
        <h1>People</h1>
        <sl-tooltip content="Export as CSV"><sl-icon-button name="download" label="Export" @click=${this.exportAll}></sl-icon-button></sl-tooltip>
        <sl-button @click=${() => this.dispatchEvent(new CustomEvent('navigate', { detail: '/admin/users/import', bubbles: true, composed: true }))}>
          <sl-icon slot="prefix" name="upload"></sl-icon>Import Users
        </sl-button>
        <sl-button variant="primary" @click=${() => this.find<LuPersonDialog>('lu-person-dialog').show()}>
          <sl-icon slot="prefix" name="person-plus"></sl-icon>Invite User
        </sl-button>
      </header>
      ${this.seats()}
      <div class="filters">
        <sl-input placeholder="Search by name or email" type="search" clearable @sl-input=${this.typed}><sl-icon slot="prefix" name="search"></sl-icon></sl-input>
        <sl-select placeholder="Status" clearable .value=${this.status} @sl-change=${(event: Event) => this.narrow({ status: (event.target as SlSelect).value as string })}>
          ${STATUSES.map(([value, label]) => html`<sl-option value=${value}>${label}</sl-option>`)}
        </sl-select>
        <sl-select placeholder="Last login" clearable .value=${this.login} @sl-change=${(event: Event) => this.narrow({ login: (event.target as SlSelect).value as string })}>
          ${LOGINS.map(([value, label]) => html`<sl-option value=${value}>${label}</sl-option>`)}
        </sl-select>
      </div>
      ${this.chips()}
      ${this.selected.size
        ? html`<div class="bulk">
            <strong>${this.selected.size} selected</strong>
            <sl-button size="small" @click=${this.bulk}>Deactivate</sl-button>
            <sl-button size="small" variant="text" @click=${() => (this.selected = new Set())}>Clear selection</sl-button>
          </div>`
        : nothing}
      <lu-people-table
        .people=${this.listing?.items}
        .loading=${this.loading}
        .sort=${this.sort}
        .selected=${this.selected}
        @sort=${(event: CustomEvent<Sort>) => this.narrow({ sort: event.detail })}
        @selection=${(event: CustomEvent<Set<number>>) => (this.selected = event.detail)}
        @row-action=${this.act}
      ></lu-people-table>
      ${this.pager()}
      <lu-profile-drawer @row-action=${this.act}></lu-profile-drawer>
      <lu-person-dialog .groups=${this.summary?.groups ?? []} @saved=${this.refresh}></lu-person-dialog>
      <lu-confirm></lu-confirm>
    `;
  }
}
customElements.define('lu-people', LuPeople);
