// Small things everything else is made of: templates, the API, toasts, confirmation.

class Safe { constructor(text) { this.text = text; } toString() { return this.text; } }
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = text => String(text).replace(/[&<>"']/g, c => ENTITIES[c]);
const put = value => {
  if (value === null || value === undefined || value === false || value === true) return '';
  if (value instanceof Safe) return value.text;
  if (Array.isArray(value)) return value.map(put).join('');
  return escape(value);
};
export const html = (strings, ...values) => new Safe(strings.reduce((out, s, i) => out + put(values[i - 1]) + s));
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
export const render = (element, template) => { element.innerHTML = put(template); return element; };
export const make = template => {
  const holder = document.createElement('template');
  holder.innerHTML = put(template).trim();
  return holder.content.firstElementChild;
};
let counter = 0;
export const uid = (prefix = 'u') => `${prefix}-${++counter}`;

const svg = inner => new Safe(`<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${inner}</svg>`);
export const icons = {
  home: svg('<path d="M3 11l9-8 9 8M5 9v11h5v-6h4v6h5V9"/>'),
  book: svg('<path d="M4 5a2 2 0 012-2h13v16H6a2 2 0 00-2 2zM4 21a2 2 0 002 0h13"/>'),
  chart: svg('<path d="M4 20V10M10 20V4M16 20v-7M22 20H2"/>'),
  gear: svg('<circle cx="12" cy="12" r="3"/><path d="M12 2v4M12 18v4M2 12h4M18 12h4M5 5l3 3M16 16l3 3M19 5l-3 3M8 16l-3 3"/>'),
  chevron: svg('<path d="M6 9l6 6 6-6"/>'),
  kebab: svg('<circle cx="12" cy="5" r="1"/><circle cx="12" cy="12" r="1"/><circle cx="12" cy="19" r="1"/>'),
  close: svg('<path d="M6 6l12 12M18 6L6 18"/>'),
  plus: svg('<path d="M12 5v14M5 12h14"/>'),
  up: svg('<path d="M12 16V4M7 9l5-5 5 5M4 20h16"/>'),
  down: svg('<path d="M12 4v12M7 11l5 5 5-5M4 20h16"/>'),
  search: svg('<circle cx="11" cy="11" r="7"/><path d="M16.5 16.5L21 21"/>'),
};

// --- API ---------------------------------------------------------------------------------------

export class ApiError extends Error {
  constructor(status, { message = 'Something went wrong. Please try again.', fields = {} } = {}) {
    super(message);
    this.status = status;
    this.fields = fields ?? {};
  }
}

let onSignedOut = () => {};
export const whenSignedOut = callback => { onSignedOut = callback; };

async function request(path, { method = 'GET', data, signal } = {}) {
  const headers = { 'X-Requested-With': 'fetch' };
  let body;
  if (data instanceof FormData) body = data;
  else if (data !== undefined) { body = JSON.stringify(data); headers['Content-Type'] = 'application/json'; }
  let response;
  try {
    response = await fetch(`/api${path}`, { method, headers, body, signal, credentials: 'same-origin' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, { message: 'WorkRamp could not be reached. Check your connection and try again.' });
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => undefined);
  if (response.status === 401 && path !== '/session') onSignedOut();
  throw new ApiError(response.status, problem);
}

export const api = {
  get: (path, options) => request(path, options).then(r => r.json()),
  post: (path, data = {}) => request(path, { method: 'POST', data }).then(r => r.json()),
  patch: (path, data) => request(path, { method: 'PATCH', data }).then(r => r.json()),
  remove: path => request(path, { method: 'DELETE' }).then(r => r.json()),
  download: async path => {
    const response = await request(path);
    const name = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'download';
    saveAs(await response.blob(), name);
  },
};

export function saveAs(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

// --- toasts ------------------------------------------------------------------------------------

export function toast(text, kind = 'success') {
  const shelf = $('#toasts');
  // a popover opened later lies above: hide and show again to stay above every dialog
  if (shelf.matches(':popover-open')) shelf.hidePopover();
  shelf.showPopover();
  const item = make(html`
    <div class="toast toast-${kind}" role="${kind === 'error' ? 'alert' : 'status'}">
      <span>${text}</span>
      <button type="button" class="icon-button" aria-label="Dismiss">${icons.close}</button>
    </div>`);
  const drop = () => {
    item.remove();
    if (!shelf.children.length && shelf.matches(':popover-open')) shelf.hidePopover();
  };
  $('button', item).addEventListener('click', drop);
  shelf.append(item);
  setTimeout(drop, kind === 'error' ? 9000 : 6000);
}

export const failed = error => {
  if (error.name === 'AbortError' || error.status === 401) return;
  toast(error.message, 'error');
};

// --- dialogs -----------------------------------------------------------------------------------

export function openDialog(template) {
  const dialog = make(template);
  document.body.append(dialog);
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', event => { if (event.target.closest('[data-close]')) dialog.close(); });
  dialog.showModal();
  return dialog;
}

// Asks, runs `action` while the dialog is still open, and resolves to true when it went well.
export function confirmAction({ title, body, button, action }) {
  const id = uid('confirm');
  const dialog = openDialog(html`
    <dialog class="modal modal-small" role="alertdialog" aria-labelledby="${id}-t" aria-describedby="${id}-b">
      <h2 id="${id}-t">${title}</h2>
      <div id="${id}-b" class="modal-body">${body}</div>
      <div class="form-alert" role="alert" hidden></div>
      <footer>
        <button type="button" class="button" data-close autofocus>Cancel</button>
        <button type="button" class="button button-danger" data-go>${button}</button>
      </footer>
    </dialog>`);
  return new Promise(resolve => {
    let done = false;
    dialog.addEventListener('close', () => resolve(done));
    $('[data-go]', dialog).addEventListener('click', async event => {
      const go = event.currentTarget;
      go.disabled = true;
      go.classList.add('busy');
      try {
        await action();
        done = true;
        dialog.close();
      } catch (error) {
        const alert = $('.form-alert', dialog);
        alert.textContent = error.message;
        alert.hidden = false;
        go.disabled = false;
        go.classList.remove('busy');
      }
    });
  });
}

// --- words -------------------------------------------------------------------------------------

export const STATUS = { active: 'Active', invited: 'Invited', deactivated: 'Inactive' };
export const ROLES = ['Admin', 'Manager', 'Learner', 'Content Creator'];
export const fullName = p => `${p.first_name} ${p.last_name}`.trim();
export const titleOf = p => fullName(p) || p.email;
export const plural = (n, one, many = `${one}s`) => `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
const DAY = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' });
const MOMENT = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'short' });
export const day = iso => iso ? html`<time datetime="${iso}" title="${MOMENT.format(new Date(iso))}">${DAY.format(new Date(iso))}</time>` : html`<span class="faint">Never</span>`;
export const moment = iso => iso ? html`<time datetime="${iso}">${MOMENT.format(new Date(iso))}</time>` : html`<span class="faint">Never</span>`;
export const initials = p => ((p.first_name[0] ?? '') + (p.last_name[0] ?? '') || p.email[0]).toUpperCase();
export const debounce = (fn, ms) => { let t; return (...args) => { clearTimeout(t); t = setTimeout(() => fn(...args), ms); }; };
