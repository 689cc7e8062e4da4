// Admin → People: the list, its filters, the drawer of a person, inviting.
import { html, render, make, $, $$, api, icons, toast, failed, openDialog, confirmAction, debounce, plural, uid,
  STATUS, ROLES, fullName, titleOf, day, moment, initials } from './lib.js';
import { dropDown, tokenInput, textField, setFieldError } from './controls.js';

const PAGE = 25;
const COLUMNS = [['name', 'Name'], ['email', 'Email'], ['role', 'Role'], [null, 'Groups'], ['status', 'Status'], ['last_login', 'Last Login']];
const STATUS_OPTIONS = [{ value: '', label: 'All' }, ...Object.entries(STATUS).map(([value, label]) => ({ value, label }))];
const ROLE_OPTIONS = [{ value: '', label: 'All' }, ...ROLES.map(r => ({ value: r, label: r }))];
const LOGIN_OPTIONS = [
  { value: '', label: 'Any time' },
  { value: '30', label: 'Over 30 days ago' },
  { value: '60', label: 'Over 60 days ago' },
  { value: '90', label: 'Over 90 days ago' },
  { value: 'never', label: 'Never' },
];
const ROLE_HINTS = {
  Admin: 'Full platform access',
  Manager: 'Reports and progress of direct reports',
  Learner: 'Completes assigned training',
  'Content Creator': 'Creates and publishes training content',
};

let view = null;   // everything the screen knows while it is shown

const goTo = url => dispatchEvent(new CustomEvent('navigate-to', { detail: url }));
const listUrl = (id = null) => `/admin/users${id ? `/${id}` : ''}${location.search}`;

export function leavePeople() {
  if (!view) return;
  view.abort?.abort();
  view.observer.disconnect();
  view.drawer.remove();
  view = null;
}

export async function showPeople(main, id, me) {
  if (!view || main.dataset.view !== 'People' || !main.contains(view.root)) {
    leavePeople();
    main.dataset.view = 'People';
    build(main, me);
    load();
  } else {
    const before = view.query;
    readQuery();
    if (JSON.stringify(before) !== JSON.stringify(view.query)) { syncFilters(); load(); }
  }
  if (id) await openDrawer(id);
  else closeDrawer();
}

// --- list --------------------------------------------------------------------------------------

function readQuery() {
  const p = new URLSearchParams(location.search);
  const pick = (name, allowed, other = '') => allowed.includes(p.get(name)) ? p.get(name) : other;
  view.query = {
    q: p.get('q') ?? '',
    status: pick('status', Object.keys(STATUS)),
    role: pick('role', ROLES),
    login: pick('login', LOGIN_OPTIONS.map(o => o.value)),
    sort: pick('sort', COLUMNS.map(c => c[0]).filter(Boolean), 'name'),
    dir: pick('dir', ['asc', 'desc'], 'asc'),
  };
}

function writeQuery(change) {
  Object.assign(view.query, change);
  const p = new URLSearchParams();
  for (const [key, value] of Object.entries(view.query)) {
    if (value && !(key === 'sort' && value === 'name') && !(key === 'dir' && value === 'asc')) p.set(key, value);
  }
  history.replaceState({}, '', location.pathname + (p.size ? `?${p}` : ''));
  view.selected.clear();
  load();
}

function build(main, me) {
  render(main, html`
    <div class="people">
      <header class="page-head">
        <div><h1>People</h1><p class="subtitle" id="totals"><span class="bone"></span></p></div>
        <div class="actions">
          <button type="button" class="button" id="export">${icons.down} Export CSV</button>
          <a class="button" href="/admin/users/import" data-link>${icons.up} Import Users</a>
          <button type="button" class="button button-primary" id="invite">${icons.plus} Invite User</button>
        </div>
      </header>
      <div class="filters" role="search" aria-label="People">
        <div class="field search">
          <label for="search">Search</label>
          <div class="search-box">${icons.search}<input id="search" type="search" placeholder="Name or email" autocomplete="off" spellcheck="false"></div>
        </div>
      </div>
      <div class="selection" role="region" aria-label="Selection" hidden></div>
      <div class="table-wrap">
        <table aria-label="People">
          <thead><tr>
            <th class="check"><input type="checkbox" id="check-all" aria-label="Select all loaded people"></th>
            ${COLUMNS.map(([key, name]) => html`<th scope="col" data-column="${key ?? ''}">${key ? html`<button type="button" class="sort" data-sort="${key}">${name}<span class="arrow" aria-hidden="true"></span></button>` : name}</th>`)}
            <th class="kebab"><span class="hidden-text">Actions</span></th>
          </tr></thead>
          <tbody></tbody>
        </table>
      </div>
      <div class="more"><p id="shown" role="status"></p><button type="button" class="button" id="load-more" hidden>Load more</button></div>
    </div>`);
  view = {
    me, root: $('.people', main), items: [], total: 0, page: 1, loading: false, selected: new Set(), rows: new Map(), summary: null,
    drawer: make(html`<aside class="drawer" role="dialog" aria-label="Person" tabindex="-1" hidden></aside>`), person: null,
  };
  document.body.append(view.drawer);
  readQuery();

  const { root } = view;
  const filters = $('.filters', root);
  view.filters = {
    status: dropDown({ name: 'status', label: 'Status', options: STATUS_OPTIONS, value: view.query.status, onChange: v => writeQuery({ status: v }) }),
    role: dropDown({ name: 'role', label: 'Role', options: ROLE_OPTIONS, value: view.query.role, onChange: v => writeQuery({ role: v }) }),
    login: dropDown({ name: 'login', label: 'Last Login', options: LOGIN_OPTIONS, value: view.query.login, onChange: v => writeQuery({ login: v }) }),
  };
  const clear = make(html`<button type="button" class="link-button" id="clear-filters" hidden>Clear filters</button>`);
  filters.append(...Object.values(view.filters), clear);
  const search = $('#search', root);
  search.value = view.query.q;
  const searchSoon = debounce(() => { if (view?.root === root && search.value.trim() !== view.query.q) writeQuery({ q: search.value.trim() }); }, 250);
  search.addEventListener('input', searchSoon);
  clear.addEventListener('click', () => { writeQuery({ q: '', status: '', role: '', login: '' }); syncFilters(); });

  $('#invite', root).addEventListener('click', invite);
  $('#export', root).addEventListener('click', async event => {
    const button = event.currentTarget;
    button.disabled = true;
    try { await api.download('/people/export'); toast('Export downloaded.'); } catch (error) { failed(error); }
    button.disabled = false;
  });
  $('thead', root).addEventListener('click', event => {
    const key = event.target.closest('[data-sort]')?.dataset.sort;
    if (key) writeQuery({ sort: key, dir: view.query.sort === key && view.query.dir === 'asc' ? 'desc' : 'asc' });
  });
  $('#check-all', root).addEventListener('change', event => {
    view.selected = new Set(event.target.checked ? view.items.map(p => p.id) : []);
    drawSelection();
  });
  const body = $('tbody', root);
  body.addEventListener('change', event => {
    const id = Number(event.target.dataset.check);
    if (!id) return;
    if (event.target.checked) view.selected.add(id); else view.selected.delete(id);
    drawSelection();
  });
  body.addEventListener('click', event => {
    const item = event.target.closest('[data-do]');
    if (!item) return;
    const person = view.items.find(p => p.id === Number(item.closest('tr').dataset.id));
    item.closest('[popover]').hidePopover();
    act(item.dataset.do, person);
  });
  body.addEventListener('toggle', event => { if (event.newState === 'open') placeMenu(event.target); }, true);
  body.addEventListener('keydown', menuKeys);
  $('.table-wrap', root).addEventListener('scroll', closeMenus, { passive: true });

  $('#load-more', root).addEventListener('click', () => load({ more: true }));
  view.observer = new IntersectionObserver(entries => {
    if (entries.some(e => e.isIntersecting) && !$('#load-more', root).hidden) load({ more: true });
  }, { rootMargin: '150px' });
  view.observer.observe($('#load-more', root));
}

function syncFilters() {
  for (const key of ['status', 'role', 'login']) view.filters[key].value = view.query[key];
  $('#search', view.root).value = view.query.q;
}

function params(page, size) {
  const { q, status, role, login, sort, dir } = view.query;
  const p = new URLSearchParams({ page, page_size: size, sort, dir });
  if (q) p.set('search', q);
  if (status) p.set('status', status);
  if (role) p.set('role', role);
  if (login === 'never') p.set('never', '1');
  else if (login) p.set('idle_days', login);
  return p;
}

async function load({ more = false, quiet = false } = {}) {
  if (more && view.loading) return;
  view.abort?.abort();
  const mine = view;
  const abort = view.abort = new AbortController();
  const table = $('table', view.root);
  view.loading = true;
  table.setAttribute('aria-busy', 'true');
  $('#load-more', view.root).disabled = true;
  if (!more && !quiet) drawBones();
  const pages = quiet ? Math.min(view.page, 500 / PAGE) : 1;
  try {
    const [found, summary] = await Promise.all([
      more ? api.get(`/people?${params(view.page + 1, PAGE)}`, { signal: abort.signal })
        : api.get(`/people?${params(1, PAGE * pages)}`, { signal: abort.signal }),
      api.get('/summary', { signal: abort.signal }),
    ]);
    if (view !== mine) return;
    const known = new Set(view.items.map(p => p.id));
    view.items = more ? [...view.items, ...found.items.filter(p => !known.has(p.id))] : found.items;
    view.page = more ? view.page + 1 : pages;
    view.total = found.total;
    view.summary = summary;
    drawRows();
    table.setAttribute('aria-busy', 'false');
    view.loading = false;
  } catch (error) {
    if (error.name === 'AbortError' || view !== mine) return;
    view.loading = false;
    table.setAttribute('aria-busy', 'false');
    if (error.status === 401) return;
    if (more) { $('#load-more', view.root).disabled = false; return failed(error); }
    render($('tbody', view.root), html`<tr><td colspan="8" class="empty"><p role="alert">${error.message}</p><button type="button" class="button" id="retry">Try again</button></td></tr>`);
    $('#retry', view.root).addEventListener('click', () => load());
  }
}

function drawBones() {
  render($('tbody', view.root), Array.from({ length: 8 }, () => html`<tr class="bones" aria-hidden="true"><td></td>${COLUMNS.map(() => html`<td><span class="bone"></span></td>`)}<td></td></tr>`));
  $('#shown', view.root).textContent = 'Loading…';
  $('#load-more', view.root).hidden = true;
}

const badge = status => html`<span class="badge badge-${status}">${STATUS[status]}</span>`;
const groupChips = groups => groups.length
  ? html`${groups.slice(0, 2).map(g => html`<span class="chip">${g}</span>`)}${groups.length > 2 ? html`<span class="chip chip-more" title="${groups.slice(2).join('\n')}">+${groups.length - 2}</span>` : ''}`
  : html`<span class="faint">—</span>`;

const row = p => html`
  <tr data-id="${p.id}">
    <td class="check"><input type="checkbox" data-check="${p.id}" aria-label="Select ${titleOf(p)}"></td>
    <th scope="row"><span class="avatar avatar-small" aria-hidden="true">${initials(p)}</span><a href="${listUrl(p.id)}" data-link data-person="${p.id}">${titleOf(p)}</a></th>
    <td>${p.email}</td>
    <td>${p.role}</td>
    <td class="chips">${groupChips(p.groups)}</td>
    <td>${badge(p.status)}</td>
    <td>${day(p.last_login)}</td>
    <td class="kebab">
      <button type="button" class="icon-button" popovertarget="menu-${p.id}" aria-haspopup="menu" aria-label="Actions for ${titleOf(p)}">${icons.kebab}</button>
      <div class="popup menu" id="menu-${p.id}" role="menu" popover aria-label="Actions for ${titleOf(p)}">
        ${actionsOf(p, true).map(([what, word]) => html`<button type="button" role="menuitem" tabindex="-1" data-do="${what}" class="${what === 'deactivate' ? 'danger' : ''}">${word}</button>`)}
      </div>
    </td>
  </tr>`;

function actionsOf(p, inMenu = false) {
  const list = [];
  if (inMenu) list.push(['view', 'View details']);
  list.push(['edit', 'Edit']);
  if (p.status === 'invited') list.push(['resend', 'Resend invitation']);
  list.push(p.status === 'deactivated' ? ['reactivate', 'Reactivate'] : ['deactivate', 'Deactivate']);
  return list;
}

// Rows that say the same as before stay the very same elements: an open menu or a focused link survives a reload.
function placeRows(body, items) {
  const rows = new Map();
  items.forEach((p, i) => {
    const text = String(row(p));
    const old = view.rows.get(p.id);
    const element = old?.text === text ? old.element : make(row(p));
    rows.set(p.id, { text, element });
    if (body.children[i] !== element) body.insertBefore(element, body.children[i] ?? null);
  });
  view.rows = rows;
  while (body.children.length > items.length) body.lastElementChild.remove();
}

function drawRows() {
  const { root, items, total, summary, query } = view;
  const filtered = Boolean(query.q || query.status || query.role || query.login);
  const focused = document.activeElement?.closest?.('tr[data-id]')?.dataset.id;
  if (items.length) placeRows($('tbody', root), items);
  else render($('tbody', root), html`<tr><td colspan="8" class="empty"><p>${filtered ? 'No people match your search and filters.' : 'Nobody here yet.'}</p></td></tr>`);
  if (focused && !root.contains(document.activeElement)) $(`tr[data-id="${focused}"] a`, root)?.focus({ preventScroll: true });
  render($('#totals', root), html`
    <strong>${plural(summary.total, 'user')}</strong> (${summary.counts.active} active, ${summary.counts.invited} invited, ${summary.counts.deactivated} inactive)
    · <strong>${summary.seats_used}</strong> of ${summary.seats_total} seats used`);
  $('#shown', root).textContent = total ? `Showing ${items.length} of ${plural(total, 'user')}` : '';
  const more = $('#load-more', root);
  more.hidden = items.length >= total;
  more.disabled = false;
  // a button still in sight after loading will not intersect anew by itself
  view.observer.unobserve(more);
  view.observer.observe(more);
  $('#clear-filters', root).hidden = !filtered;
  for (const th of $$('th[data-column]', root)) {
    if (th.dataset.column && th.dataset.column === query.sort) th.setAttribute('aria-sort', query.dir === 'desc' ? 'descending' : 'ascending');
    else th.removeAttribute('aria-sort');
  }
  drawSelection();
}

function drawSelection() {
  const { root, items, selected } = view;
  for (const box of $$('[data-check]', root)) {
    box.checked = selected.has(Number(box.dataset.check));
    box.closest('tr').classList.toggle('selected', box.checked);
  }
  const all = $('#check-all', root);
  all.checked = items.length > 0 && selected.size === items.length;
  all.indeterminate = selected.size > 0 && selected.size < items.length;
  const bar = $('.selection', root);
  bar.hidden = !selected.size;
  if (!selected.size) return;
  render(bar, html`<span>${selected.size} selected</span>
    <button type="button" class="button button-danger-quiet" data-bulk>Deactivate</button>
    <button type="button" class="link-button" data-none>Clear selection</button>`);
  $('[data-none]', bar).addEventListener('click', () => { selected.clear(); drawSelection(); });
  $('[data-bulk]', bar).addEventListener('click', deactivateSelected);
}

// --- the kebab menu ----------------------------------------------------------------------------

function placeMenu(menu) {
  const box = $(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  menu.style.left = `${Math.max(8, box.right - menu.offsetWidth)}px`;
  menu.style.top = `${box.bottom + menu.offsetHeight + 8 > innerHeight ? box.top - menu.offsetHeight - 4 : box.bottom + 4}px`;
  $('[role=menuitem]', menu).focus();
}
const closeMenus = () => $$('.people .menu:popover-open').forEach(m => m.hidePopover());
addEventListener('scroll', closeMenus, { passive: true });

function menuKeys(event) {
  const menu = event.target.closest('[role=menu]');
  if (!menu) return;
  const items = $$('[role=menuitem]', menu);
  const at = items.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) { event.preventDefault(); items[(to + items.length) % items.length].focus(); }
  if (event.key === 'Tab') menu.hidePopover();
}

// --- doing things ------------------------------------------------------------------------------

async function act(what, person) {
  try {
    if (what === 'view') return goTo(listUrl(person.id));
    if (what === 'edit') {
      view.editNext = true;
      if (view.person?.id === person.id) return editPerson();
      return goTo(listUrl(person.id));
    }
    if (what === 'deactivate') await deactivate(person);
    if (what === 'reactivate') {
      changed(await api.post(`/people/${person.id}/reactivate`));
      toast(`${titleOf(person)} has been reactivated.`);
    }
    if (what === 'resend') {
      changed(await api.post(`/people/${person.id}/resend`));
      toast(`Invitation resent to ${person.email}.`);
    }
  } catch (error) { failed(error); }
}

function changed(person) {
  if (!view) return;
  if (view.person?.id === person.id) drawPerson(person);
  view.items = view.items.map(p => p.id === person.id ? person : p);
  if (view.summary) drawRows();
  load({ quiet: true });
}

const scimNote = html`<p class="note">This user is managed by SCIM. Deprovision them in your identity provider: deactivating here may conflict with the SCIM sync.</p>`;

async function deactivate(person) {
  const done = await confirmAction({
    title: `Deactivate ${titleOf(person)}?`,
    body: html`<p><strong>${person.email}</strong> will no longer be able to log in. Completion records and progress are retained for reporting, and content they own or assigned remains in the platform.</p>${person.scim_managed ? scimNote : ''}`,
    button: 'Deactivate',
    action: async () => changed(await api.post(`/people/${person.id}/deactivate`)),
  });
  if (done) toast(`${titleOf(person)} has been deactivated.`);
}

async function deactivateSelected() {
  const people = view.items.filter(p => view.selected.has(p.id) && p.status !== 'deactivated');
  if (!people.length) return toast('Everybody selected is already inactive.', 'error');
  if (people.length === 1) { await deactivate(people[0]); view?.selected.clear(); if (view) drawSelection(); return; }
  const problems = [];
  let count = 0;
  const done = await confirmAction({
    title: `Deactivate ${plural(people.length, 'user')}?`,
    body: html`<p>They will no longer be able to log in. Completion records and progress are retained for reporting.</p>
      <ul class="names">${people.map(p => html`<li>${titleOf(p)} <small>${p.email}</small></li>`)}</ul>
      ${people.some(p => p.scim_managed) ? scimNote : ''}`,
    button: 'Deactivate',
    action: async () => {
      for (const p of people) {
        try { await api.post(`/people/${p.id}/deactivate`); count++; } catch (error) {
          if (error.status === 401) throw error;
          problems.push(`${p.email}: ${error.message}`);
        }
      }
    },
  });
  if (!done || !view) return;
  view.selected.clear();
  load({ quiet: true });
  if (count) toast(`${plural(count, 'user')} deactivated.`);
  problems.forEach(text => toast(text, 'error'));
}

// --- forms -------------------------------------------------------------------------------------

const groupField = values => tokenInput({
  name: 'groups', label: 'Groups', values, placeholder: 'Add a group',
  hint: 'Groups decide which content people see and who reports on them.',
  suggest: async text => {
    view.summary ??= await api.get('/summary');
    return view.summary.groups.filter(g => g.toLowerCase().includes(text.toLowerCase())).map(g => ({ value: g, label: g }));
  },
  create: text => ({ value: text, label: `Create group “${text}”` }),
});

const managerField = values => tokenInput({
  name: 'managers', label: 'Managers', values, placeholder: 'Name or email', separators: /[,;]/, delay: 150,
  hint: 'Managers who are not users yet will be invited.',
  suggest: async text => (await api.get(`/people/lookup?${new URLSearchParams({ q: text })}`)).map(p => ({ value: p.email, label: p.name || p.email, hint: p.email })),
  create: text => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? { value: text, label: text, hint: 'Add this email address' } : null,
});

// Gathers the fields' values; null when something typed never became a token.
function gather(fields) {
  const data = {};
  let odd = null;
  for (const field of fields) {
    if (field.pending) {
      setFieldError(field, `Choose “${field.pending}” from the list, or clear it`);
      odd ??= field;
    }
    data[field.dataset.field] = field.value;
  }
  if (odd) { $('input', odd).focus(); return null; }
  return data;
}

function showProblems(form, fields, error) {
  if (error.status === 401) return;
  for (const field of fields) setFieldError(field, error.fields?.[field.dataset.field]);
  const alert = $('.form-alert', form);
  alert.textContent = error.message;
  alert.hidden = false;
  const first = fields.find(f => error.fields?.[f.dataset.field]);
  if (first) $('input, [role=combobox]', first).focus();
}

async function sending(form, work) {
  const button = $('[type=submit]', form);
  if (button.disabled) return;
  button.disabled = true;
  button.classList.add('busy');
  $('.form-alert', form).hidden = true;
  try { await work(); } finally { button.disabled = false; button.classList.remove('busy'); }
}

function invite() {
  const id = uid('invite');
  const dialog = openDialog(html`
    <dialog class="modal" aria-labelledby="${id}">
      <form novalidate>
        <header><h2 id="${id}">Invite User</h2><button type="button" class="icon-button" data-close aria-label="Close">${icons.close}</button></header>
        <div class="modal-body">
          <div class="form-alert" role="alert" hidden></div>
          <div class="fields"></div>
          <p class="hint">They receive an email to set their password and activate their account. A seat is used upon activation.</p>
        </div>
        <footer>
          <button type="button" class="button" data-close>Cancel</button>
          <button type="submit" class="button button-primary">Send invitation</button>
        </footer>
      </form>
    </dialog>`);
  const form = $('form', dialog);
  const fields = [
    textField({ name: 'email', label: 'Email address', type: 'email', required: true }),
    textField({ name: 'first_name', label: 'First name', required: true }),
    textField({ name: 'last_name', label: 'Last name', required: true }),
    dropDown({ name: 'role', label: 'Role', required: true, value: 'Learner', options: ROLES.map(r => ({ value: r, label: r, hint: ROLE_HINTS[r] })) }),
    groupField([]),
    managerField([]),
  ];
  $('.fields', form).append(...fields);
  $('input', fields[0]).focus();
  form.addEventListener('submit', event => {
    event.preventDefault();
    const data = gather(fields);
    if (!data) return;
    sending(form, async () => {
      try {
        const person = await api.post('/people', data);
        dialog.close();
        toast(`Invitation sent to ${person.email}.`);
        if (view) load({ quiet: true });
      } catch (error) { showProblems(form, fields, error); }
    });
  });
}

// --- the drawer --------------------------------------------------------------------------------

async function openDrawer(id) {
  const { drawer } = view;
  const mine = view;
  if (view.person?.id === id && !drawer.hidden) { if (view.editNext) editPerson(); return; }
  drawer.hidden = false;
  view.person = { id };
  drawer.onkeydown = event => {
    if (event.key === 'Escape' && !event.defaultPrevented) goTo(listUrl());
  };
  render(drawer, html`<header><span class="bone"></span>${closeButton()}</header><div class="drawer-body">${[1, 2, 3, 4, 5].map(() => html`<p><span class="bone"></span></p>`)}</div>`);
  drawer.focus();
  try {
    const person = await api.get(`/people/${id}`);
    if (view !== mine || view.person?.id !== id) return;
    drawPerson(person);
    if (view.editNext) editPerson();
    else drawer.focus();
  } catch (error) {
    if (view !== mine) return;
    failed(error);
    goTo(listUrl());
  }
}

function closeDrawer() {
  const { drawer, person } = view;
  view.editNext = false;
  if (drawer.hidden) return;
  const had = drawer.contains(document.activeElement);
  drawer.hidden = true;
  drawer.innerHTML = '';
  view.person = null;
  if (had) $(`[data-person="${person?.id}"]`, view.root)?.focus();
}

const closeButton = () => html`<a class="icon-button" href="${listUrl()}" data-link role="button" aria-label="Close">${icons.close}</a>`;

const drawerHead = p => html`
  <header>
    <span class="avatar" aria-hidden="true">${initials(p)}</span>
    <div><h2>${titleOf(p)}</h2><p>${badge(p.status)}${p.scim_managed ? html` <span class="badge badge-scim">SCIM</span>` : ''}</p></div>
    ${closeButton()}
  </header>`;

function drawPerson(p) {
  const { drawer } = view;
  view.person = p;
  drawer.setAttribute('aria-label', titleOf(p));
  render(drawer, html`
    ${drawerHead(p)}
    <div class="drawer-body">
      <dl>
        <dt>First name</dt><dd>${p.first_name || '—'}</dd>
        <dt>Last name</dt><dd>${p.last_name || '—'}</dd>
        <dt>Email address</dt><dd>${p.email}</dd>
        <dt>Role</dt><dd>${p.role}</dd>
        <dt>Status</dt><dd>${STATUS[p.status]}</dd>
        <dt>Groups</dt><dd>${p.groups.length ? html`<ul class="chips">${p.groups.map(g => html`<li class="chip">${g}</li>`)}</ul>` : '—'}</dd>
        <dt>Managers</dt><dd>${p.manager_people.length ? html`<ul>${p.manager_people.map(m => html`<li>${m.id ? html`<a href="${listUrl(m.id)}" data-link>${m.name || m.email}</a>` : m.email}${m.name ? html`<br><small>${m.email}</small>` : ''}</li>`)}</ul>` : '—'}</dd>
        <dt>Last Login</dt><dd>${moment(p.last_login)}</dd>
      </dl>
    </div>
    <footer>${actionsOf(p).map(([what, word]) => html`<button type="button" class="button ${what === 'deactivate' ? 'button-danger-quiet' : what === 'edit' ? 'button-primary' : ''}" data-act="${what}">${word}</button>`)}</footer>`);
  for (const button of $$('[data-act]', drawer)) {
    button.addEventListener('click', async () => {
      if (button.dataset.act === 'edit') return editPerson();
      button.disabled = true;
      await act(button.dataset.act, p);
      button.disabled = false;
    });
  }
}

function editPerson() {
  const { drawer, person: p } = view;
  if (!p?.email) return;
  view.editNext = false;
  drawer.setAttribute('aria-label', `Edit ${titleOf(p)}`);
  render(drawer, html`
    ${drawerHead(p)}
    <form novalidate>
      <div class="drawer-body"><div class="form-alert" role="alert" hidden></div><div class="fields"></div></div>
      <footer>
        <button type="submit" class="button button-primary">Save changes</button>
        <button type="button" class="button" data-cancel>Cancel</button>
      </footer>
    </form>`);
  const fields = [
    textField({ name: 'first_name', label: 'First name', value: p.first_name }),
    textField({ name: 'last_name', label: 'Last name', value: p.last_name }),
    textField({ name: 'email', label: 'Email address', type: 'email', value: p.email, readonly: true, hint: 'The email address cannot be changed here.' }),
    dropDown({ name: 'role', label: 'Role', value: p.role, options: ROLES.map(r => ({ value: r, label: r, hint: ROLE_HINTS[r] })) }),
    groupField(p.groups),
    managerField(p.managers),
  ];
  const form = $('form', drawer);
  $('.fields', form).append(...fields);
  $('input', fields[0]).focus();
  $('[data-cancel]', form).addEventListener('click', () => { drawPerson(p); drawer.focus(); });
  form.addEventListener('submit', event => {
    event.preventDefault();
    const data = gather(fields);
    if (!data) return;
    sending(form, async () => {
      try {
        const saved = await api.patch(`/people/${p.id}`, data);
        changed(saved);
        drawer.focus();
        toast(`Changes to ${titleOf(saved)} saved.`);
      } catch (error) { showProblems(form, fields, error); }
    });
  });
}
