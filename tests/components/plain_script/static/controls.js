// Hand-written form controls: a drop-down and a token input. Both return an element with a `value`.
import { html, make, $, uid, icons, render } from './lib.js';

// A popup in the top layer beneath (or above) its anchor, following it while open.
export function attachPopup(anchor, popup) {
  const place = () => {
    const box = anchor.getBoundingClientRect();
    popup.style.minWidth = `${box.width}px`;
    popup.style.left = `${Math.max(8, Math.min(box.left, innerWidth - popup.offsetWidth - 8))}px`;
    const below = innerHeight - box.bottom - 8;
    const height = popup.offsetHeight;
    popup.style.top = height > below && box.top > below ? `${Math.max(8, box.top - height - 4)}px` : `${box.bottom + 4}px`;
  };
  return {
    get isOpen() { return popup.matches(':popover-open'); },
    open() {
      if (!this.isOpen) {
        popup.showPopover();
        addEventListener('scroll', place, { capture: true, passive: true });
        addEventListener('resize', place);
      }
      place();
    },
    close() {
      if (popup.matches(':popover-open')) popup.hidePopover();
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    },
  };
}

export function setFieldError(field, message) {
  const note = $('.error', field);
  note.textContent = message ?? '';
  note.hidden = !message;
  const control = $('input, [role=combobox]', field);
  if (message) control.setAttribute('aria-invalid', 'true');
  else control.removeAttribute('aria-invalid');
}

export function textField({ name, label, type = 'text', value = '', required = false, autocomplete = 'off', readonly = false, hint = '' }) {
  const id = uid('f');
  const field = make(html`
    <div class="field" data-field="${name}">
      <label for="${id}">${label}${required ? html` <span class="star" aria-hidden="true">*</span>` : ''}</label>
      <input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" aria-describedby="${id}-e">
      ${hint ? html`<p class="hint">${hint}</p>` : ''}
      <p class="error" id="${id}-e" hidden></p>
    </div>`);
  const input = $('input', field);
  input.value = value;
  if (required) input.setAttribute('aria-required', 'true');
  input.readOnly = readonly;
  input.addEventListener('input', () => setFieldError(field));
  Object.defineProperty(field, 'value', { get: () => input.value });
  return field;
}

// options: [{ value, label, hint? }]
export function dropDown({ name, label, options, value, required = false, onChange = () => {} }) {
  const id = uid('dd');
  const field = make(html`
    <div class="field dropdown" data-field="${name}">
      <span class="label" id="${id}-l">${label}${required ? html` <span class="star" aria-hidden="true">*</span>` : ''}</span>
      <button type="button" class="dropdown-button" role="combobox" aria-haspopup="listbox" aria-expanded="false"
        aria-controls="${id}-p" aria-labelledby="${id}-l" aria-describedby="${id}-e"><span class="dropdown-value"></span>${icons.chevron}</button>
      <ul class="popup listbox" id="${id}-p" role="listbox" aria-labelledby="${id}-l" popover="manual">
        ${options.map((o, i) => html`<li role="option" id="${id}-o${i}" data-i="${i}" aria-selected="false">
          <span>${o.label}</span>${o.hint ? html`<small>${o.hint}</small>` : ''}</li>`)}
      </ul>
      <p class="error" id="${id}-e" hidden></p>
    </div>`);
  const button = $('button', field);
  const list = $('ul', field);
  const items = [...list.children];
  const popup = attachPopup(button, list);
  let current = value;
  let active = 0;
  let typed = '';
  let typedAt = 0;

  const show = () => {
    const index = options.findIndex(o => o.value === current);
    $('.dropdown-value', field).textContent = options[index]?.label ?? 'Select…';
    items.forEach((item, i) => item.setAttribute('aria-selected', String(i === index)));
  };
  const highlight = i => {
    active = Math.max(0, Math.min(options.length - 1, i));
    items.forEach((item, k) => item.classList.toggle('active', k === active));
    button.setAttribute('aria-activedescendant', items[active].id);
    items[active].scrollIntoView({ block: 'nearest' });
  };
  const open = () => {
    popup.open();
    button.setAttribute('aria-expanded', 'true');
    highlight(Math.max(0, options.findIndex(o => o.value === current)));
  };
  const close = () => {
    popup.close();
    button.setAttribute('aria-expanded', 'false');
    button.removeAttribute('aria-activedescendant');
  };
  const choose = i => {
    close();
    setFieldError(field);
    if (options[i].value === current) return;
    current = options[i].value;
    show();
    onChange(current);
  };

  button.addEventListener('click', () => popup.isOpen ? close() : open());
  button.addEventListener('blur', close);
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('mousemove', event => {
    const item = event.target.closest('li');
    if (item && Number(item.dataset.i) !== active) highlight(Number(item.dataset.i));
  });
  list.addEventListener('click', event => {
    const item = event.target.closest('li');
    if (item) choose(Number(item.dataset.i));
  });
  button.addEventListener('keydown', event => {
    const { key } = event;
    if (!popup.isOpen) {
      if (['ArrowDown', 'ArrowUp', 'Enter', ' '].includes(key)) { event.preventDefault(); open(); }
      return;
    }
    if (key === 'ArrowDown') highlight(active + 1);
    else if (key === 'ArrowUp') highlight(active - 1);
    else if (key === 'Home') highlight(0);
    else if (key === 'End') highlight(options.length - 1);
    else if (key === 'Enter' || key === ' ') choose(active);
    else if (key === 'Escape') { event.stopPropagation(); close(); }
    else if (key === 'Tab') { choose(active); return; }
    else if (key.length === 1 && !event.ctrlKey && !event.metaKey) {
      typed = Date.now() - typedAt > 700 ? key : typed + key;
      typedAt = Date.now();
      const hit = options.findIndex(o => o.label.toLowerCase().startsWith(typed.toLowerCase()));
      if (hit >= 0) highlight(hit);
    } else return;
    event.preventDefault();
  });
  show();
  Object.defineProperty(field, 'value', { get: () => current, set: v => { current = v; show(); } });
  return field;
}

const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();

// suggest(text) -> promise of [{ value, label, hint? }]; create(text) -> { value, label } or null for what may be
// added although nobody suggested it; separators: what ends a token while typing or pasting.
export function tokenInput({ name, label, values = [], suggest, create, separators = null, delay = 0, placeholder = '', hint = '' }) {
  const id = uid('tk');
  const field = make(html`
    <div class="field tokens" data-field="${name}">
      <label for="${id}">${label} <span class="optional">(optional)</span></label>
      <div class="token-box">
        <input id="${id}" type="text" role="combobox" aria-autocomplete="list" aria-expanded="false" aria-controls="${id}-p"
          aria-describedby="${id}-h ${id}-e" autocomplete="off" spellcheck="false">
      </div>
      <ul class="popup listbox" id="${id}-p" role="listbox" aria-label="${label}" popover="manual"></ul>
      <p class="hint" id="${id}-h">${hint}</p>
      <p class="error" id="${id}-e" hidden></p>
    </div>`);
  const box = $('.token-box', field);
  const input = $('input', field);
  const list = $('ul.popup', field);
  const popup = attachPopup(box, list);
  let tokens = [...values];
  let options = [];
  let active = -1;
  let round = 0;
  let timer;

  const draw = () => {
    box.querySelectorAll('.token').forEach(t => t.remove());
    for (const token of tokens) {
      const chip = make(html`<span class="token"><span>${token}</span><button type="button" aria-label="Remove ${token}">${icons.close}</button></span>`);
      $('button', chip).addEventListener('click', () => { remove(token); input.focus(); });
      input.before(chip);
    }
    input.placeholder = tokens.length ? '' : placeholder;
  };
  const add = value => {
    if (!tokens.some(t => same(t, value))) tokens.push(value);
    setFieldError(field);
    draw();
  };
  const remove = value => {
    tokens = tokens.filter(t => t !== value);
    setFieldError(field);
    draw();
    if (popup.isOpen) look();
  };
  const highlight = i => {
    active = i;
    [...list.children].forEach((item, k) => {
      item.classList.toggle('active', k === i);
      item.setAttribute('aria-selected', String(k === i));
      if (k === i) { input.setAttribute('aria-activedescendant', item.id); item.scrollIntoView({ block: 'nearest' }); }
    });
    if (i < 0) input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    clearTimeout(timer);
    round++;
    popup.close();
    input.setAttribute('aria-expanded', 'false');
    highlight(-1);
  };
  const look = async () => {
    const mine = ++round;
    const text = input.value.trim();
    let found;
    try { found = await suggest(text); } catch { found = []; }
    if (mine !== round) return;
    options = found.filter(o => !tokens.some(t => same(t, o.value)));
    const exact = options.findIndex(o => same(o.value, text));
    if (exact > 0) options.unshift(...options.splice(exact, 1));
    if (text && exact < 0 && !tokens.some(t => same(t, text))) {
      const extra = create(text);
      if (extra) options.push(extra);
    }
    render(list, options.length
      ? options.map((o, i) => html`<li role="option" id="${id}-o${i}" data-i="${i}" aria-selected="false"><span>${o.label}</span>${o.hint ? html`<small>${o.hint}</small>` : ''}</li>`)
      : html`<li class="nothing" role="presentation">No matches</li>`);
    popup.open();
    input.setAttribute('aria-expanded', 'true');
    highlight(text && options.length ? 0 : -1);
  };
  const lookSoon = () => { clearTimeout(timer); round++; options = []; active = -1; if (delay) timer = setTimeout(look, delay); else look(); };
  const choose = option => {
    add(option.value);
    input.value = '';
    close();
  };
  // Takes what was typed without a choice from the list, when it stands for something by itself.
  const takeTyped = () => {
    const text = input.value.trim();
    if (!text) return true;
    const known = options.find(o => same(o.value, text));
    const option = known ?? (separators ? create(text) : null);
    if (!option) return false;
    add(option.value);
    input.value = '';
    return true;
  };

  input.addEventListener('click', () => { if (!popup.isOpen) look(); });
  input.addEventListener('input', () => {
    setFieldError(field);
    if (separators && separators.test(input.value)) {
      const parts = input.value.split(separators);
      const rest = parts.pop();
      const odd = parts.map(p => p.trim()).filter(p => p && !(create(p) && (add(create(p).value), true)));
      input.value = [...odd, rest.trimStart()].join(' ').trimStart();
    }
    lookSoon();
  });
  input.addEventListener('paste', event => {
    const text = event.clipboardData.getData('text');
    if (!separators || !(separators.test(text) || /\s/.test(text.trim()))) return;
    event.preventDefault();
    const odd = text.split(/[\s,;]+/).filter(p => p && !(create(p) && (add(create(p).value), true)));
    input.value = odd.join(' ');
    lookSoon();
  });
  input.addEventListener('blur', () => { takeTyped(); close(); });
  input.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!popup.isOpen) return void look();
      const n = options.length;
      if (n) highlight(event.key === 'ArrowDown' ? (active + 1) % n : (active - 1 + n) % n);
    } else if (event.key === 'Enter') {
      if (!input.value.trim() && active < 0) return;
      event.preventDefault();
      if (popup.isOpen && active >= 0) choose(options[active]);
      else if (takeTyped()) close();
      else look();
    } else if (event.key === 'Escape' && popup.isOpen) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === 'Backspace' && !input.value && tokens.length) {
      remove(tokens.at(-1));
    }
  });
  box.addEventListener('mousedown', event => {
    if (event.target === box) { event.preventDefault(); input.focus(); }
  });
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const item = event.target.closest('[data-i]');
    if (item) choose(options[Number(item.dataset.i)]);
  });
  draw();
  Object.defineProperty(field, 'value', { get: () => [...tokens] });
  // what is still in the box and never became a token
  Object.defineProperty(field, 'pending', { get: () => (takeTyped(), input.value.trim()) });
  return field;
}
