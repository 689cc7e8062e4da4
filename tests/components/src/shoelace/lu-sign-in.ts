import { LitElement, css, html } from 'lit';
import type { SlInput } from '@shoelace-style/shoelace';
import { api } from '../shared/api';

export class LuSignIn extends LitElement {
  static properties = { step: { state: true }, email: { state: true }, busy: { state: true }, error: { state: true } };
  declare step: 'email' | 'password';
  declare email: string;
  declare busy: boolean;
  declare error: string;

  static styles = css`
    :host { display: grid; place-items: center; min-height: 100vh; background: linear-gradient(160deg, var(--sl-color-primary-50), var(--sl-color-neutral-0)); }
    sl-card { width: min(400px, 92vw); }
    h1 { font-size: 22px; margin: 0 0 4px; }
    p { margin: 0 0 20px; color: var(--sl-color-neutral-600); }
    form > * { display: block; margin-bottom: 16px; }
    .sso { text-align: center; }
    .who { display: flex; justify-content: space-between; align-items: center; }
  `;

  constructor() {
    super();
    this.step = 'email';
    this.email = '';
    this.busy = false;
    this.error = '';
  }

  private async submit(event: SubmitEvent) {
    event.preventDefault();
    this.error = '';
    if (this.step === 'email') {
      this.email = this.renderRoot.querySelector<SlInput>('sl-input[name=email]')!.value.trim();
      this.step = 'password';
      await this.updateComplete;
      this.renderRoot.querySelector<SlInput>('sl-input[name=password]')!.focus();
      return;
    }
    this.busy = true;
    try {
      const account = await api.login(this.email, this.renderRoot.querySelector<SlInput>('sl-input[name=password]')!.value);
      this.dispatchEvent(new CustomEvent('signed-in', { detail: account, bubbles: true, composed: true }));
    } catch (problem) {
      this.error = (problem as Error).message;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<sl-card>
      <h1>Welcome back</h1>
      <p>Sign in to Confirm Learn:Up</p>
      <form @submit=${this.submit}>
        <sl-alert variant="danger" ?open=${this.error !== ''}><sl-icon slot="icon" name="exclamation-octagon"></sl-icon>${this.error}</sl-alert>
        ${this.step === 'email'
          ? html`<sl-input name="email" type="email" label="Email address" autocomplete="username" required autofocus .value=${this.email}></sl-input>
              <sl-button type="submit" variant="primary">Continue</sl-button>
              <sl-divider></sl-divider>
              <div class="sso"><sl-button variant="text" href="/sso">Sign in with single sign on</sl-button></div>`
          : html`<div class="who">
                <span>${this.email}</span>
                <sl-button variant="text" size="small" @click=${() => (this.step = 'email')}>Change</sl-button>
              </div>
              <sl-input name="password" type="password" label="Password" password-toggle autocomplete="current-password" required></sl-input>
              <sl-button type="submit" variant="primary" ?loading=${this.busy}>Sign in</sl-button>`}
      </form>
    </sl-card>`;
  }
}
customElements.define('lu-sign-in', LuSignIn);
