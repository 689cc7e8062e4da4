import $ from 'jquery';
import { api, type Account, type Person, type Query, type Summary } from '../shared/api';
import { editGroups, editManagers, inviteUsers, showUser } from './dialogs';
import { confirm, covered, el, growl, growlError, html, icons, plural } from './ui';

const LENGTHS = [10, 25, 50, 100];
const SHOWN_GROUPS = 3;

const nameOf = (person: Person) => `${person.first_name} ${person.last_name}`.trim();
const called = (person: Person) => (nameOf(person) ? html`<b>${nameOf(person)}</b> (${person.email})` : html`<b>${person.email}</b>`);

function groupsCell(groups: string[]) {
  const more = groups.slice(SHOWN_GROUPS);
  return html`${groups.slice(0, SHOWN_GROUPS).map((group) => html`<span class="label label-default">${group}</span> `)}
    ${more.length > 0 && html`<span class="text-muted more" title="${more.join('\n')}">+${more.length} more</span>`}`;
}

function menu(person: Person, account: Account) {
  const entry = (name: string, words: string) => html`<li><a href="#" class="js-${name}">${words}</a></li>`;
  const gone = person.status === 'deactivated';
  return html`<span class="dropdown">
    <a href="#" class="dropdown-toggle row-arrow"><span class="caret"></span></a>
    <ul class="dropdown-menu pull-right">
      ${!gone && html`${entry('groups', 'Edit Group')}${entry('managers', 'Edit Managers')}`}
      ${person.status === 'invited' && entry('resend', 'Resend Invitation')}
      ${!gone && person.role !== 'Admin' && entry('promote', 'Make Admin')}
      ${!gone && person.role === 'Admin' && person.email !== account.email && entry('demote', 'Remove Admin')}
      ${!gone && html`<li class="divider"></li>${entry('deactivate', 'Deactivate This User')}`}
      ${entry('delete', 'Permanently Delete This User')}
    </ul>
  </span>`;
}

function row(person: Person, account: Account) {
  const gone = person.status === 'deactivated';
  return el(html`<tr class="${gone ? 'row-off' : ''}">
    <td class="cell-check"><input type="checkbox"></td>
    <td><a href="#" class="js-show">${nameOf(person) || html`<i>(no name)</i>`}</a>
      ${person.role === 'Admin' && !gone && html`<span class="label label-primary">Admin</span>`}</td>
    <td>${person.email}${person.status === 'invited' && html`<div class="text-muted small">Invitation not yet accepted</div>`}</td>
    <td>${groupsCell(person.groups)}</td>
    <td>${person.managers.map((manager) => html`<div>${manager}</div>`)}</td>
    <td class="cell-actions">${gone && html`<a href="#" class="js-reactivate">Reactivate</a>`}${menu(person, account)}</td>
  </tr>`).data('person', person);
}

/** Everybody who matches, page after page, as a CSV file for a spreadsheet. */
async function exportCsv(query: Query) {
  const people: Person[] = [];
  for (let page = 1; ; page++) {
    const part = await api.list({ ...query, page, page_size: 500 });
    people.push(...part.items);
    if (!part.items.length || people.length >= part.total) break;
  }
  const quote = (value: string) => (/[",;\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const words = { active: 'Active', invited: 'Invited', deactivated: 'Deactivated' };
  const lines = [
    ['Email', 'First Name', 'Last Name', 'Managers', 'Groups', 'Role', 'Status', 'Last Login'],
    ...people.map((p) => [
      ...[p.email, p.first_name, p.last_name, p.managers.join(';'), p.groups.join(';')],
      ...[p.role, words[p.status], p.last_login ?? ''],
    ]),
  ];
  const text = `\ufeff${lines.map((cells) => cells.map(quote).join(',')).join('\r\n')}\r\n`;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = 'users.csv';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  growl(`${plural(people.length, 'user')} exported.`);
}

export function usersTab($main: JQuery, account: Account) {
  const query = { search: '', sort: 'name', dir: 'asc', page: 1, page_size: 25 };
  let summary: Summary | undefined;
  let turn = 0;

  const heading = (key: string, words: string) => html`<th><a href="#" class="js-sort" data-sort="${key}">${words}</a> <span class="sort-mark"></span></th>`;
  $main.html(html`
    <div class="toolbar clearfix">
      <div class="pull-right">
        <button type="button" class="btn btn-default js-export">${icons.download} Export to CSV</button>
        <a class="btn btn-default" href="/admin/users/import">${icons.upload} Import from CSV</a>
        <button type="button" class="btn btn-primary js-invite">${icons.plus} Invite New User</button>
      </div>
      <form class="form-inline js-search">
        <div class="input-group">
          <input type="text" class="form-control" placeholder="Search by name or email">
          <button type="submit" class="btn btn-default">${icons.search}</button>
        </div>
        <a href="#" class="js-clear" style="display:none">Clear</a>
      </form>
    </div>
    <div class="toolbar clearfix">
      <div class="pull-right text-muted js-seats"></div>
      <label class="length">Show <select class="form-control input-sm">
        ${LENGTHS.map((n) => html`<option${n === query.page_size && ' selected'}>${n}</option>`)}
      </select> entries</label>
      <span class="dropdown js-bulk" style="display:none">
        <button type="button" class="btn btn-default btn-sm dropdown-toggle">With selected (<span class="js-ticked"></span>) <span class="caret"></span></button>
        <ul class="dropdown-menu">
          <li><a href="#" class="js-bulk-resend">Resend Invitations</a></li>
          <li><a href="#" class="js-bulk-deactivate">Deactivate Users</a></li>
        </ul>
      </span>
    </div>
    <div class="panel panel-default js-list">
      <table class="table table-striped table-hover">
        <thead><tr>
          <th class="cell-check"><input type="checkbox" class="js-all"></th>
          ${heading('name', 'Name')}${heading('email', 'Email')}
          <th>Groups</th><th>Managers</th><th></th>
        </tr></thead>
        <tbody></tbody>
      </table>
    </div>
    <div class="toolbar clearfix">
      <ul class="pager-links pull-right">
        <li><a href="#" class="js-first">«</a></li><li><a href="#" class="js-previous">‹</a></li>
        <li class="pager-text"></li>
        <li><a href="#" class="js-next">›</a></li><li><a href="#" class="js-last">»</a></li>
      </ul>
      <div class="text-muted js-range"></div>
    </div>`.text);

  const $list = $main.find('.js-list');
  const $body = $list.find('tbody');
  const $search = $main.find<HTMLInputElement>('.js-search input');
  const pages = (total: number) => Math.max(1, Math.ceil(total / query.page_size));
  let last = 1;

  const ticked = () => $body.find('.cell-check input:checked').map((_, box) => $(box).closest('tr').data('person')).get() as Person[];
  const showTicked = () => {
    const count = ticked().length;
    $main.find('.js-bulk').toggle(count > 0).find('.js-ticked').text(count);
    $main.find('.js-all').prop('checked', count > 0 && count === $body.find('.cell-check input').length);
  };

  async function load(): Promise<void> {
    const mine = ++turn;
    try {
      const [listing, counts] = await covered($list, Promise.all([api.list(query), api.summary()]));
      if (mine !== turn) return;
      summary = counts;
      last = pages(listing.total);
      if (query.page > last) {
        query.page = last;
        return load();
      }
      const from = (listing.page - 1) * listing.page_size;
      $body.empty().append(listing.items.map((person) => row(person, account)));
      if (!listing.items.length) $body.append(el(html`<tr><td colspan="6" class="empty">No matching users found</td></tr>`));
      $main.find('.js-range').text(
        listing.total
          ? `Showing ${from + 1} to ${from + listing.items.length} of ${listing.total} entries` +
              (query.search ? ` (filtered from ${counts.total} total)` : '')
          : 'Showing 0 entries',
      );
      $main.find('.js-seats').text(`${plural(counts.total, 'user')} · ${counts.seats_used} of ${counts.seats_total} licenses in use`);
      $main.find('.pager-text').text(`Page ${query.page} of ${last}`);
      $main.find('.js-first, .js-previous').parent().toggleClass('disabled', query.page <= 1);
      $main.find('.js-next, .js-last').parent().toggleClass('disabled', query.page >= last);
      $main.find('.sort-mark').text('');
      $main.find(`[data-sort=${query.sort}]`).next().text(query.dir === 'asc' ? '▲' : '▼');
      showTicked();
    } catch (error) {
      if (mine === turn) growlError(error);
    }
  }

  const go = (page: number) => {
    const to = Math.min(Math.max(1, page), last);
    if (to === query.page) return;
    query.page = to;
    void load();
  };
  const change = (part: Partial<typeof query>) => {
    Object.assign(query, part, { page: 1 });
    void load();
  };
  /** Asks, does it, tells how it went and reads the list again. */
  const act = async (ask: Promise<boolean> | null, work: () => Promise<unknown>, done: string) => {
    if (ask && !(await ask)) return;
    try {
      await covered($list, work());
      growl(done);
    } catch (error) {
      growlError(error);
    }
    void load();
  };
  const each = async (people: Person[], work: (id: number) => Promise<unknown>, done: string) => {
    let count = 0;
    for (const person of people) {
      try {
        await covered($list, work(person.id));
        count++;
      } catch (error) {
        growlError(error);
      }
    }
    if (count) growl(`${plural(count, 'user')} ${done}.`);
    void load();
  };

  $main.find('.js-search').on('submit', (event) => {
    event.preventDefault();
    const search = String($search.val()).trim();
    $main.find('.js-clear').toggle(search !== '');
    change({ search });
  });
  $main.find('.js-clear').on('click', () => {
    $search.val('');
    $main.find('.js-search').trigger('submit');
  });
  $main.find('.length select').on('change', (event) => change({ page_size: Number($(event.target).val()) }));
  $main.find('.js-sort').on('click', (event) => {
    const sort = $(event.currentTarget).data('sort') as string;
    change({ sort, dir: query.sort === sort && query.dir === 'asc' ? 'desc' : 'asc' });
  });
  $main.find('.js-first').on('click', () => go(1));
  $main.find('.js-previous').on('click', () => go(query.page - 1));
  $main.find('.js-next').on('click', () => go(query.page + 1));
  $main.find('.js-last').on('click', () => go(last));
  $main.find('.js-all').on('change', (event) => {
    $body.find('.cell-check input').prop('checked', (event.target as HTMLInputElement).checked);
    showTicked();
  });
  $body.on('change', '.cell-check input', showTicked);
  $main.find('.js-export').on('click', () => void covered($list, exportCsv({ search: query.search, sort: query.sort, dir: query.dir })).catch(growlError));
  $main.find('.js-invite').on('click', async () => {
    try {
      inviteUsers(await covered($list, api.summary()), () => void load());
    } catch (error) {
      growlError(error);
    }
  });
  $main.find('.js-bulk-resend').on('click', async () => {
    const people = ticked();
    if (await confirm(html`Send the invitation to ${plural(people.length, 'selected user')} again?`)) void each(people, api.resend, 'invited again');
  });
  $main.find('.js-bulk-deactivate').on('click', async () => {
    const people = ticked();
    if (await confirm(html`Are you sure you want to deactivate ${plural(people.length, 'selected user')}?`)) void each(people, api.deactivate, 'deactivated');
  });

  const on = (name: string, work: (person: Person) => void) =>
    $body.on('click', `.js-${name}`, (event) => work($(event.currentTarget).closest('tr').data('person') as Person));
  on('show', (person) => showUser(person));
  on('groups', (person) => editGroups(person, summary?.groups ?? [], () => void load()));
  on('managers', (person) => editManagers(person, () => void load()));
  on('resend', (person) => void act(null, () => api.resend(person.id), `The invitation was sent to ${person.email} again.`));
  on('promote', (person) =>
    void act(
      confirm(html`Make ${called(person)} an admin? Admins have full access to your account.`),
      () => api.edit(person.id, { role: 'Admin' }),
      `${person.email} is now an admin.`,
    ));
  on('demote', (person) =>
    void act(
      confirm(html`Remove the admin rights of ${called(person)}?`),
      () => api.edit(person.id, { role: 'Learner' }),
      `${person.email} is no longer an admin.`,
    ));
  on('deactivate', (person) =>
    void act(
      confirm(html`<p>Are you sure you want to deactivate ${called(person)}?</p>
        <p class="text-muted">They will no longer be able to log in. Their training records are kept.</p>
        ${person.scim_managed && html`<p class="text-warning">This user is kept in sync with your identity provider, which may activate them again.</p>`}`),
      () => api.deactivate(person.id),
      `${person.email} has been deactivated.`,
    ));
  on('reactivate', (person) =>
    void act(
      confirm(html`<p>Do you want to reactivate ${called(person)}?</p>
        <p class="text-muted">This takes a license. ${summary?.seats_used} of ${summary?.seats_total} are in use.</p>`),
      () => api.reactivate(person.id),
      `${person.email} has been reactivated.`,
    ));
  on('delete', (person) =>
    void act(
      confirm(
        html`<h4 class="text-danger">This cannot be undone!</h4>
          <p>${called(person)} and all of their training records will be removed for good.</p>
          <p>Do you really want to permanently delete this user?</p>`,
        'Yes, Delete Permanently',
        'danger',
      ),
      () => api.remove(person.id),
      `${person.email} has been permanently deleted.`,
    ));

  void load();
}
