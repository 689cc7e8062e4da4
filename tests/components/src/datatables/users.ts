import $ from 'jquery';
import DataTable from 'datatables.net-bs5';
import 'datatables.net-buttons-bs5';
import 'datatables.net-select-bs5';
import type { Listing, Person, Summary } from '../shared/api';
import { act, menu, type Action } from './actions';
import { invite } from './invite';
import { tabs } from './layout';
import { esc, initials, nameOf, plural, send, sure, when } from './util';

const SORTS = ['', 'name', 'email', '', '', 'last_login', ''];

const badges = (person: Person) =>
  [
    person.role === 'Admin' ? '<span class="badge text-bg-primary ms-2">Admin</span>' : '',
    person.status === 'invited' ? '<span class="badge text-bg-warning ms-2">Pending</span>' : '',
    person.status === 'deactivated' ? '<span class="badge text-bg-secondary ms-2">Deactivated</span>' : '',
  ].join('');

const buttons = (person: Person) => `
  <div class="btn-group">
    ${person.status === 'deactivated' ? '<button type="button" class="btn btn-sm btn-success" data-do="reactivate">Reactivate</button>' : `<a class="btn btn-sm btn-outline-secondary" href="/admin/users/${person.id}">Profile</a>`}
    <button type="button" class="btn btn-sm ${person.status === 'deactivated' ? 'btn-success' : 'btn-outline-secondary'} dropdown-toggle dropdown-toggle-split" data-bs-toggle="dropdown" data-bs-popper-config='{"strategy":"fixed"}' aria-expanded="false"><span class="visually-hidden">Toggle Dropdown</span></button>
    ${menu(person)}
  </div>`;

function exportCsv(search: string) {
  const quote = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  $.getJSON('/api/users', { search, page: 1, page_size: 500 }).done((listing: Listing) => {
    const rows = listing.items.map((person) => [person.email, person.first_name, person.last_name, person.managers.join(';'), person.groups.join(';'), when(person.last_login)]);
    const text = [['Email', 'First Name', 'Last Name', 'Managers', 'Groups', 'Last Login'], ...rows].map((row) => row.map(quote).join(',')).join('\r\n');
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
    $('<a>').attr({ href: url, download: 'users.csv' })[0].click();
    URL.revokeObjectURL(url);
  });
}

export function users($main: JQuery) {
  $main.html(`
    ${tabs()}
    <div class="row g-3 mb-3 boxes"></div>
    <div class="card">
      <div class="card-header d-flex align-items-center gap-2">
        <span class="me-auto fw-semibold">All Users</span>
        <a class="btn btn-sm btn-outline-primary" href="/admin/users/import"><i class="bi bi-upload"></i> Import CSV</a>
        <button type="button" class="btn btn-sm btn-primary" id="invite"><i class="bi bi-plus-lg"></i> Invite New User</button>
      </div>
      <div class="card-body table-responsive"><table class="table table-hover align-middle w-100" id="users"></table></div>
    </div>`);

  let summary: Summary;
  const box = (icon: string, value: string, label: string) => `<div class="col-6 col-lg-3"><div class="info-box"><i class="bi ${icon} fs-3 text-primary"></i><span><b>${value}</b>${label}</span></div></div>`;
  const count = () =>
    $.getJSON('/api/summary').done((answer: Summary) => {
      summary = answer;
      $('.boxes').html(
        box('bi-people', String(summary.total), 'Total users') +
          box('bi-ticket-perforated', `${summary.seats_used} / ${summary.seats_total}`, 'Seats used') +
          box('bi-envelope', String(summary.counts.invited), 'Pending invitations') +
          box('bi-person-x', String(summary.counts.deactivated), 'Deactivated'),
      );
    });
  void count();

  const table = new DataTable<Person>('#users', {
    serverSide: true,
    processing: true,
    searchDelay: 350,
    order: [[1, 'asc']],
    rowId: 'id',
    select: { style: 'multi', selector: 'td:first-child' },
    layout: {
      topStart: {
        buttons: [
          { extend: 'selected', text: 'Deactivate Selected', className: 'btn-sm', action: () => void bulk() },
          { text: 'Export CSV', className: 'btn-sm', action: () => exportCsv(String(table.search())) },
        ],
      },
      topEnd: 'search',
      bottomStart: ['info', 'pageLength'],
      bottomEnd: 'paging',
    },
    language: { search: '', searchPlaceholder: 'Search users', info: 'Showing _START_ to _END_ of _TOTAL_ users', infoEmpty: 'No users', infoFiltered: '(filtered from _MAX_)', lengthMenu: '_MENU_ per page', zeroRecords: 'No matching users found' },
    ajax: (request: any, draw) => {
      const order = request.order[0];
      $.getJSON('/api/users', {
        search: request.search.value,
        page: request.start / request.length + 1,
        page_size: request.length,
        sort: order ? SORTS[order.column] : '',
        dir: order?.dir,
      }).done((listing: Listing) => draw({ draw: request.draw, data: listing.items, recordsTotal: summary?.total ?? listing.total, recordsFiltered: listing.total }));
    },
    createdRow: (row, person) => $(row).toggleClass('off', (person as Person).status === 'deactivated'),
    columns: [
      { data: null, orderable: false, render: DataTable.render.select() },
      { title: 'Name', data: null, render: (person: Person) => `<span class="avatar" aria-hidden="true">${esc(initials(nameOf(person)))}</span><a href="/admin/users/${person.id}">${esc(nameOf(person))}</a>${badges(person)}` },
      { title: 'Email', data: 'email', render: DataTable.render.text() },
      { title: 'Groups', data: 'groups', orderable: false, render: (groups: string[]) => groups.map((group) => `<span class="badge rounded-pill text-bg-light border me-1">${esc(group)}</span>`).join('') },
      { title: 'Managers', data: 'managers', orderable: false, render: (managers: string[]) => managers.map(esc).join('<br>') },
      { title: 'Last Login', data: 'last_login', render: (moment: string | null) => when(moment) },
      { title: '', data: null, orderable: false, className: 'text-end', render: (person: Person) => buttons(person) },
    ],
  });

  const again = () => {
    table.draw('page');
    void count();
  };

  async function bulk() {
    const people = (table.rows({ selected: true }).data().toArray() as Person[]).filter((person) => person.status !== 'deactivated');
    const question = { title: 'Are you sure?', html: `${plural(people.length, 'user')} will lose access.`, yes: 'Yes, deactivate', done: 'Deactivated', doneText: `${plural(people.length, 'user')} deactivated.` };
    if (await sure(question, async () => { for (const person of people) await send('POST', `/api/users/${person.id}/deactivate`); })) again();
  }

  $('#users').on('click', '[data-do]', (event) => {
    const person = table.row($(event.currentTarget).closest('tr')).data() as Person;
    void act($(event.currentTarget).data('do') as Action, person, again);
  });
  $('#invite').on('click', () => invite(summary, again));
}
