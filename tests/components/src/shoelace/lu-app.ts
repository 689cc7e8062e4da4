import { LitElement, css, html, nothing } from 'lit';
import { api, type Account } from '../shared/api';
import './lu-sign-in';
import './lu-home';
import './lu-people';
import './lu-import';
import { initialsOf } from './people';

const PLACES = [
  { path: '/home', icon: 'house', label: 'Home' },
  { path: '/library', icon: 'collection-play', label: 'Library' },
  { path: '/reports', icon: 'bar-chart', label: 'Reports' },
];
const ADMIN = [
  { path: '/admin/users', icon: 'people', label: 'People' },
  { path: '/admin/groups', icon: 'diagram-3', label: 'Groups' },
  { path: '/admin/integrations', icon: 'plug', label: 'Integrations' },
];

/** The frame around every screen: who is signed in, the side bar, and what lies at the address. */
export class LuApp extends LitElement {
  static properties = { account: { state: true }, path: { state: true }, narrow: { state: true } };
  declare account: Account | null | undefined;
  declare path: string;
  declare narrow: boolean;

  static styles = css`
    :host { display: block; min-height: 100vh; }
    .boot { display: grid; place-items: center; height: 100vh; font-size: 2rem; }
    .frame { display: grid; grid-template-columns: 232px minmax(0, 1fr); min-height: 100vh; }
    aside { background: var(--sl-color-neutral-0); border-right: 1px solid var(--sl-color-neutral-200); padding: 20px 12px; position: sticky; top: 0; height: 100vh; box-sizing: border-box; display: flex; flex-direction: column; }
    .brand { font-weight: 700; font-size: 17px; padding: 0 10px 18px; }
    .brand small { display: block; font-weight: 400; color: var(--sl-color-neutral-500); font-size: 12px; }
    h2 { font-size: 11px; letter-spacing: 0.08em; text-transform: uppercase; color: var(--sl-color-neutral-500); margin: 18px 10px 6px; }
    nav a { display: flex; gap: 10px; align-items: center; padding: 8px 10px; border-radius: 6px; color: var(--sl-color-neutral-800); text-decoration: none; }
    nav a:hover { background: var(--sl-color-neutral-100); }
    nav a[aria-current] { background: var(--sl-color-primary-50); color: var(--sl-color-primary-700); font-weight: 600; }
    .me { margin-top: auto; }
    .me sl-avatar { --size: 28px; }
    main { padding: 28px 32px; min-width: 0; }
    .menu { display: none; }
    @media (max-width: 800px) {
      .frame { grid-template-columns: minmax(0, 1fr); }
      aside { display: none; }
      aside.open { display: flex; position: fixed; inset: 0 auto 0 0; width: 232px; z-index: 10; box-shadow: var(--sl-shadow-x-large); }
      .menu { display: block; padding: 8px 16px 0; }
      main { padding: 12px 16px; }
    }
  `;

  constructor() {
    super();
    this.path = window.location.pathname;
    this.narrow = false;
    window.addEventListener('popstate', () => (this.path = window.location.pathname));
    this.addEventListener('navigate', (event) => this.go((event as CustomEvent<string>).detail));
    this.addEventListener('signed-in', (event) => {
      this.account = (event as CustomEvent<Account>).detail;
      this.go(new URLSearchParams(window.location.search).get('next') ?? '/home');
    });
    api.session().then(
      (account) => {
        this.account = account;
        if (this.path === '/' || this.path === '/login') this.go('/home');
      },
      () => {
        this.account = null;
        if (this.path !== '/login') this.go(this.path === '/' ? '/login' : `/login?next=${encodeURIComponent(this.path)}`);
      },
    );
  }

  private go(address: string) {
    window.history.pushState({}, '', address);
    this.path = window.location.pathname;
    this.narrow = false;
  }

  private follow(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    this.go((event.currentTarget as HTMLAnchorElement).getAttribute('href')!);
  }

  private async chose(event: CustomEvent<{ item: { value: string } }>) {
    if (event.detail.item.value !== 'sign-out') return;
    await api.logout();
    this.account = null;
    this.go('/login');
  }

  private links(places: typeof PLACES) {
    return html`<nav>
      ${places.map(
        (place) => html`<a href=${place.path} aria-current=${this.path.startsWith(place.path) ? 'page' : nothing} @click=${this.follow}>
          <sl-icon name=${place.icon}></sl-icon>${place.label}
        </a>`,
      )}
    </nav>`;
  }

  private screen() {
    if (this.path === '/home') return html`<lu-home .account=${this.account}></lu-home>`;
    if (this.path === '/admin/users/import') return html`<lu-import></lu-import>`;
    if (this.path.startsWith('/admin/users')) return html`<lu-people></lu-people>`;
    return html`<h1>Nothing here yet</h1><p>This part of Learn:Up is not switched on for your company.</p>`;
  }

  render() {
    if (this.account === undefined) return html`<div class="boot"><sl-spinner></sl-spinner></div>`;
    if (this.account === null) return html`<lu-sign-in></lu-sign-in>`;
    return html`<div class="frame">
      <aside class=${this.narrow ? 'open' : ''}>
        <div class="brand">Confirm Learn:Up<small>formerly WorkRamp</small></div>
        ${this.links(PLACES)}
        <h2>Admin</h2>
        ${this.links(ADMIN)}
        <sl-dropdown class="me" placement="top-start" @sl-select=${this.chose}>
          <sl-button slot="trigger" variant="text" caret>
            <sl-avatar slot="prefix" initials=${initialsOf(this.account.name)} label=${this.account.name}></sl-avatar>
            ${this.account.name}
          </sl-button>
          <sl-menu>
            <sl-menu-label>${this.account.email}</sl-menu-label>
            <sl-menu-item value="profile">My profile</sl-menu-item>
            <sl-divider></sl-divider>
            <sl-menu-item value="sign-out">Sign out</sl-menu-item>
          </sl-menu>
        </sl-dropdown>
      </aside>
      <div>
        <div class="menu"><sl-icon-button name="list" label="Menu" @click=${() => (this.narrow = !this.narrow)}></sl-icon-button></div>
        <main>${this.screen()}</main>
      </div>
    </div>`;
  }
}
customElements.define('lu-app', LuApp);
