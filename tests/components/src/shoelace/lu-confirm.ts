import { LitElement, html } from 'lit';
import type { SlDialog } from '@shoelace-style/shoelace';

export interface Question {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
  work: () => Promise<unknown>;
}

/** Asks before something is done, and does it when the answer is yes. */
export class LuConfirm extends LitElement {
  static properties = { question: { state: true }, busy: { state: true }, problem: { state: true } };
  declare question: Question | undefined;
  declare busy: boolean;
  declare problem: string;

  constructor() {
    super();
    this.busy = false;
    this.problem = '';
  }

  private get dialog() {
    return this.renderRoot.querySelector<SlDialog>('sl-dialog')!;
  }

  async ask(question: Question) {
    this.question = question;
    this.problem = '';
    await this.updateComplete;
    await this.dialog.show();
  }

  private async yes() {
    this.busy = true;
    this.problem = '';
    try {
      await this.question!.work();
      await this.dialog.hide();
    } catch (refusal) {
      this.problem = (refusal as Error).message;
    } finally {
      this.busy = false;
    }
  }

  render() {
    const question = this.question;
    return html`<sl-dialog label=${question?.title ?? ''} style="--width: 440px">
      <sl-alert variant="danger" ?open=${this.problem !== ''} style="margin-bottom: 12px"><sl-icon slot="icon" name="exclamation-octagon"></sl-icon>${this.problem}</sl-alert>
      ${question?.text}
      <sl-button slot="footer" autofocus @click=${() => this.dialog.hide()}>Cancel</sl-button>
      <sl-button slot="footer" variant=${question?.danger ? 'danger' : 'primary'} ?loading=${this.busy} @click=${this.yes}>${question?.action}</sl-button>
    </sl-dialog>`;
  }
}
customElements.define('lu-confirm', LuConfirm);
