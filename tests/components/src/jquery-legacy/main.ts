import $ from 'jquery';
import { api, type Account } from '../shared/api';
import { importPage } from './imports';
import { loginPage } from './login';
import { dashboardPage, emptyPage, generalTab, groupsTab } from './pages';
import { html, icons, startDropdowns, type Markup } from './ui';
import { usersTab } from './users';

type Draw = ($main: JQuery, account: Account) => void;

interface Page {
  title: string;
  section: string;
  tab?: string;
  draw: Draw;
}

const PAGES: Record<string, Page> = {
  '/admin': { title: 'Home', section: 'Home', draw: dashboardPage },
  '/admin/library': { title: 'Library', section: 'Library', draw: emptyPage('Library', 'No guides have been published yet.') },
  '/admin/reports': { title: 'Reports', section: 'Reports', draw: emptyPage('Reports', 'There are no saved reports.') },
  '/admin/settings': { title: 'Settings', section: 'Settings', tab: 'General', draw: generalTab },
  '/admin/users': { title: 'Users', section: 'Settings', tab: 'Users', draw: usersTab },
  '/admin/users/import': { title: 'Import Users', section: 'Settings', tab: 'Users', draw: importPage },
  '/admin/groups': { title: 'Groups', section: 'Settings', tab: 'Groups', draw: groupsTab },
};

const SECTIONS = [
  ['Home', '/admin'],
  ['Library', '/admin/library'],
  ['Reports', '/admin/reports'],
];
const TABS = [
  ['General', '/admin/settings'],
  ['Users', '/admin/users'],
  ['Groups', '/admin/groups'],
];

const item = (name: string, href: string, current?: string, icon?: Markup) =>
  html`<li class="${name === current ? 'active' : ''}"><a href="${href}">${icon} ${name}</a></li>`;

function shell(page: Page, account: Account) {
  $('#app').html(html`
    <div class="navbar navbar-inverse">
      <div class="container">
        <a class="navbar-brand" href="/admin">WorkRamp</a>
        <ul class="nav navbar-nav">
          ${SECTIONS.map(([name, href]) => item(name, href, page.section))}
        </ul>
        <ul class="nav navbar-nav navbar-right">
          ${item('Settings', '/admin/settings', page.section, icons.cog)}
          <li class="dropdown">
            <a href="#" class="dropdown-toggle">${icons.user} ${account.name} <b class="caret"></b></a>
            <ul class="dropdown-menu pull-right">
              <li class="dropdown-header">${account.email}</li>
              <li class="divider"></li>
              <li><a href="#" class="js-logout">Log Out</a></li>
            </ul>
          </li>
        </ul>
      </div>
    </div>
    <div class="container">
      ${page.tab && html`<h2 class="page-title">Settings</h2>
        <ul class="nav nav-tabs">${TABS.map(([name, href]) => item(name, href, page.tab))}</ul>`}
      <div id="main"></div>
    </div>
    <div class="footer container">© 2026 WorkRamp · <a href="#">Help</a> · <a href="#">Terms</a></div>`.text);
  $('.js-logout').on('click', async () => {
    await api.logout().catch(() => undefined);
    window.location.assign('/login');
  });
}

async function start() {
  startDropdowns();
  const path = window.location.pathname.replace(/\/+$/, '');
  if (path === '/login') return loginPage($('#app'));
  const page = PAGES[path];
  if (!page) return window.location.replace('/admin');
  try {
    const account = await api.session();
    document.title = `${page.title} | WorkRamp`;
    shell(page, account);
    page.draw($('#main'), account);
  } catch {
    window.location.replace(`/login?next=${encodeURIComponent(path)}`);
  }
}

$(() => void start());
