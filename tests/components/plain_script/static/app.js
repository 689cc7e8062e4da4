// The frame: routing, sign-in, navigation and the small screens.
import { html, render, $, $$, api, icons, toast, failed, whenSignedOut, initials, plural } from './lib.js';
import { showPeople, leavePeople } from './people.js';
import { showImport } from './import.js';

const app = $('#app');
let me = null;

// --- routing -----------------------------------------------------------------------------------

const routes = [
  [/^\/$/, 'Home', showHome],
  [/^\/library$/, 'Library', main => showEmpty(main, 'Library', 'Guides, paths and academies your team has published appear here.')],
  [/^\/reports$/, 'Reports', showReports],
  [/^\/admin\/users$/, 'People', main => showPeople(main, null, me)],
  [/^\/admin\/users\/(\d+)$/, 'People', (main, id) => showPeople(main, Number(id), me)],
  [/^\/admin\/users\/import$/, 'Import Users', showImport],
  [/^\/admin\/groups$/, 'Groups', showGroups],
  [/^\/admin\/settings$/, 'Settings', main => showEmpty(main, 'Settings', 'Branding, notifications and integrations of this workspace are managed by your account team.')],
];

export function go(url, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState']({}, '', url);
  route();
}
addEventListener('popstate', () => route());
addEventListener('navigate-to', event => go(event.detail));

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-link]');
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  go(link.getAttribute('href'));
});

async function route() {
  const path = location.pathname.length > 1 ? location.pathname.replace(/\/$/, '') : '/';
  if (path === '/login') return showLogin();
  if (!me) {
    try { me = await api.get('/me'); } catch (error) { if (error.status !== 401) failed(error); return; }
  }
  frame();
  const main = $('#main');
  const match = routes.find(([pattern]) => pattern.test(path));
  document.title = `${match ? match[1] : 'Page not found'} · WorkRamp`;
  mark(path);
  if (!match || match[1] !== 'People') { leavePeople(); main.dataset.view = match?.[1] ?? 'missing'; }
  if (!match) return showEmpty(main, 'Page not found', 'There is nothing at this address.');
  try { await match[2](main, path.match(match[0])[1]); } catch (error) { failed(error); }
}

whenSignedOut(() => {
  if (location.pathname === '/login') return;
  const wasIn = me !== null;
  me = null;
  $$('dialog[open]').forEach(d => d.close());
  const next = location.pathname + location.search;
  go(`/login${next === '/' ? '' : `?next=${encodeURIComponent(next)}`}`, { replace: true });
  if (wasIn) toast('Your session has ended. Please sign in again.', 'info');
});

// --- sign in -----------------------------------------------------------------------------------

function showLogin() {
  leavePeople();
  document.title = 'Sign in · WorkRamp';
  render(app, html`
    <main class="login">
      <form class="login-card" novalidate>
        <div class="brand"><span class="logo" aria-hidden="true"></span>WorkRamp</div>
        <h1>Sign in</h1>
        <div class="form-alert" role="alert" hidden></div>
        <div class="field">
          <label for="email">Email address</label>
          <input id="email" name="email" type="email" autocomplete="username" autofocus>
        </div>
        <div class="field" id="password-step" hidden>
          <label for="password">Password</label>
          <input id="password" name="password" type="password" autocomplete="current-password">
        </div>
        <button class="button button-primary wide">Continue</button>
        <button type="button" class="link-button" id="other" hidden>Use a different email</button>
      </form>
    </main>`);
  const form = $('form', app);
  const email = $('#email', form);
  const password = $('#password', form);
  const step = $('#password-step', form);
  const alert = $('.form-alert', form);
  const button = $('.button-primary', form);
  const say = text => { alert.textContent = text; alert.hidden = !text; };
  email.focus();
  const second = on => {
    step.hidden = !on;
    $('#other', form).hidden = !on;
    email.readOnly = on;
    button.textContent = on ? 'Sign in' : 'Continue';
    say('');
    (on ? password : email).focus();
  };
  $('#other', form).addEventListener('click', () => { password.value = ''; second(false); });
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (step.hidden) {
      if (!/^\S+@\S+\.\S+$/.test(email.value.trim())) { say('Enter a valid email address'); return email.focus(); }
      return second(true);
    }
    if (!password.value) { say('Enter your password'); return password.focus(); }
    button.disabled = true;
    try {
      me = await api.post('/session', { email: email.value.trim(), password: password.value });
      const next = new URLSearchParams(location.search).get('next') ?? '/';
      go(/^\/(?![/\\])/.test(next) ? next : '/', { replace: true });
    } catch (error) {
      button.disabled = false;
      say(error.message);
      password.select();
    }
  });
}

// --- the frame ---------------------------------------------------------------------------------

const NAV = [['/', 'Home', icons.home], ['/library', 'Library', icons.book], ['/reports', 'Reports', icons.chart]];
const ADMIN = [['/admin/users', 'People'], ['/admin/groups', 'Groups'], ['/admin/settings', 'Settings']];

function frame() {
  if ($('.frame', app)) return;
  const [first_name, last_name = ''] = me.name.split(' ');
  render(app, html`
    <a class="skip" href="#main">Skip to content</a>
    <div class="frame">
      <header class="topbar">
        <a class="brand" href="/" data-link><span class="logo" aria-hidden="true"></span>WorkRamp</a>
        <button type="button" class="account" popovertarget="account-menu" aria-haspopup="menu" aria-label="Account: ${me.name}">
          <span class="avatar">${initials({ first_name, last_name, email: me.email })}</span>${icons.chevron}
        </button>
        <div id="account-menu" class="popup menu" popover>
          <div class="menu-head"><strong>${me.name}</strong><small>${me.email}</small></div>
          <div role="menu" aria-label="Account"><button type="button" role="menuitem" id="sign-out">Sign out</button></div>
        </div>
      </header>
      <nav class="sidebar" aria-label="Main">
        <ul>
          ${NAV.map(([href, name, icon]) => html`<li><a href="${href}" data-link>${icon}<span>${name}</span></a></li>`)}
          <li>
            <button type="button" id="admin-toggle" aria-expanded="false" aria-controls="admin-nav">${icons.gear}<span>Admin</span>${icons.chevron}</button>
            <ul id="admin-nav" hidden>${ADMIN.map(([href, name]) => html`<li><a href="${href}" data-link>${name}</a></li>`)}</ul>
          </li>
        </ul>
      </nav>
      <main id="main" tabindex="-1"></main>
    </div>`);
  const toggle = $('#admin-toggle');
  toggle.addEventListener('click', () => openAdmin(toggle.getAttribute('aria-expanded') !== 'true'));
  $('#sign-out').addEventListener('click', async () => {
    try { await api.remove('/session'); } catch (error) { return failed(error); }
    me = null;
    go('/login');
    toast('You have signed out.', 'info');
  });
}

function openAdmin(on) {
  $('#admin-toggle').setAttribute('aria-expanded', String(on));
  $('#admin-nav').hidden = !on;
}

function mark(path) {
  for (const link of $$('.sidebar a')) {
    const href = link.getAttribute('href');
    const here = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (path.startsWith('/admin/')) openAdmin(true);
}

// --- small screens -----------------------------------------------------------------------------

function showEmpty(main, title, text) {
  render(main, html`<header class="page-head"><h1>${title}</h1></header><div class="card empty"><p>${text}</p></div>`);
}

const tiles = s => [
  ['Users', s.total], ['Active', s.counts.active], ['Invited', s.counts.invited], ['Inactive', s.counts.deactivated],
].map(([name, n]) => html`<div class="card tile"><strong>${n.toLocaleString('en-US')}</strong><span>${name}</span></div>`);

async function showHome(main) {
  render(main, html`<header class="page-head"><h1>Welcome back</h1></header><div class="tiles">${[1, 2, 3, 4].map(() => html`<div class="card tile"><span class="bone"></span></div>`)}</div>`);
  const summary = await api.get('/summary');
  render(main, html`
    <header class="page-head"><h1>Welcome back, ${me.name.split(' ')[0]}</h1></header>
    <div class="tiles">${tiles(summary)}</div>
    <div class="card">
      <h2>Manage your team</h2>
      <p>${summary.seats_used} of ${summary.seats_total} seats are in use.</p>
      <p><a class="button" href="/admin/users" data-link>Go to People</a></p>
    </div>`);
}

async function showReports(main) {
  render(main, html`<header class="page-head"><h1>Reports</h1></header><div class="card"><span class="bone"></span></div>`);
  const s = await api.get('/summary');
  render(main, html`
    <header class="page-head"><h1>Reports</h1></header>
    <div class="card">
      <h2>Seat utilization</h2>
      <progress max="${s.seats_total}" value="${s.seats_used}" aria-label="Seats used"></progress>
      <p>${s.seats_used} of ${plural(s.seats_total, 'seat')} used</p>
    </div>`);
}

async function showGroups(main) {
  render(main, html`<header class="page-head"><h1>Groups</h1></header><div class="card"><span class="bone"></span></div>`);
  const groups = await api.get('/groups');
  render(main, html`
    <header class="page-head"><h1>Groups</h1></header>
    <div class="table-wrap"><table>
      <thead><tr><th scope="col">Group</th><th scope="col">Members</th></tr></thead>
      <tbody>${groups.map(g => html`<tr><td>${g.name}</td><td>${g.members}</td></tr>`)}</tbody>
    </table></div>`);
}

route();
