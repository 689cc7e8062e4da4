import { LitElement, css, html } from 'lit';
import { api, type Account, type Summary } from '../shared/api';
import { plural } from './people';

export class LuHome extends LitElement {
  static properties = { account: { attribute: false }, summary: { state: true } };
  declare account: Account;
  declare summary: Summary | undefined;

  static styles = css`
    h1 { font-size: 26px; margin: 0 0 20px; }
    .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(220px, 1fr)); gap: 16px; }
    sl-card { width: 100%; }
    strong { font-size: 28px; display: block; }
  `;

  connectedCallback() {
    super.connectedCallback();
    api.summary().then((summary) => (this.summary = summary));
  }

  private open(address: string) {
    this.dispatchEvent(new CustomEvent('navigate', { detail: address, bubbles: true, composed: true }));
  }

  render() {
    return html`<h1>Hello, ${this.account.name}</h1>
      <div class="cards">
        <sl-card><strong>${this.summary?.counts.active ?? '–'}</strong>learners with access
          <div slot="footer"><sl-button size="small" @click=${() => this.open('/admin/users')}>Manage people</sl-button></div>
        </sl-card>
        <sl-card><strong>${this.summary?.groups.length ?? '–'}</strong>groups<div slot="footer">Assign content to whole teams</div></sl-card>
        <sl-card><strong>12</strong>courses in the library<div slot="footer">${plural(3, 'draft')} waiting for review</div></sl-card>
      </div>`;
  }
}
customElements.define('lu-home', LuHome);
