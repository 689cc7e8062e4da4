import $ from 'jquery';
import type { Account } from '../shared/api';
import { esc, send } from './util';

/** The bar on top of every page; gives the place for the page itself. */
export function frame(account: Account, place: 'home' | 'users') {
  const link = (href: string, label: string, on = false) => `<li class="nav-item"><a class="nav-link ${on ? 'active' : ''}" href="${href}">${label}</a></li>`;
  $('#page').html(`
    <nav class="navbar navbar-expand-lg navbar-dark bg-dark">
      <div class="container-fluid">
        <a class="navbar-brand" href="/dashboard">WorkRamp<small>now Confirm Learn:Up</small></a>
        <button class="navbar-toggler" type="button" data-bs-toggle="collapse" data-bs-target="#bar" aria-controls="bar" aria-expanded="false" aria-label="Toggle navigation"><span class="navbar-toggler-icon"></span></button>
        <div class="collapse navbar-collapse" id="bar">
          <ul class="navbar-nav me-auto">
            ${link('/dashboard', 'Dashboard', place === 'home')}${link('/guides', 'Guides')}${link('/academy', 'Academy')}${link('/insights', 'Insights')}
          </ul>
          <ul class="navbar-nav">
            ${link('/settings', '<i class="bi bi-gear"></i> Settings', place === 'users')}
            <li class="nav-item dropdown">
              <a class="nav-link dropdown-toggle" href="#" role="button" data-bs-toggle="dropdown" aria-expanded="false">${esc(account.name)}</a>
              <ul class="dropdown-menu dropdown-menu-end">
                <li><span class="dropdown-item-text text-secondary small">${esc(account.email)}</span></li>
                <li><hr class="dropdown-divider" /></li>
                <li><a class="dropdown-item" href="/me">My Account</a></li>
                <li><a class="dropdown-item" href="#" id="logout">Log Out</a></li>
              </ul>
            </li>
          </ul>
        </div>
      </div>
    </nav>
    <main class="container-fluid py-3"></main>
  `);
  $('#logout').on('click', async (event) => {
    event.preventDefault();
    await send('POST', '/api/logout');
    window.location.assign('/login');
  });
  return $('main');
}

export const tabs = () => `
  <h1 class="h3 mb-3">Settings</h1>
  <ul class="nav nav-tabs mb-3">
    <li class="nav-item"><a class="nav-link" href="/admin/company">Company</a></li>
    <li class="nav-item"><a class="nav-link active" aria-current="page" href="/admin/users">Users</a></li>
    <li class="nav-item"><a class="nav-link" href="/admin/groups">Groups</a></li>
    <li class="nav-item"><a class="nav-link" href="/admin/integrations">Integrations</a></li>
  </ul>`;
