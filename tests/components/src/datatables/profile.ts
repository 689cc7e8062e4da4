import $ from 'jquery';
import type { Person } from '../shared/api';
import { act, menu, type Action } from './actions';
import { esc, initials, nameOf, when } from './util';

const STANDING = { active: 'Active', invited: 'Invitation pending', deactivated: 'Deactivated' };

export function profile($main: JQuery, id: number) {
  const draw = (person: Person) => {
    const row = (label: string, value: string) => `<tr><th scope="row" class="w-25">${label}</th><td>${value || '<span class="text-secondary">None</span>'}</td></tr>`;
    $main.html(`
      <nav aria-label="breadcrumb"><ol class="breadcrumb"><li class="breadcrumb-item"><a href="/settings">Settings</a></li><li class="breadcrumb-item"><a href="/admin/users">Users</a></li><li class="breadcrumb-item active" aria-current="page">${esc(nameOf(person))}</li></ol></nav>
      <div class="card"><div class="card-body">
        <div class="d-flex align-items-center mb-3">
          <span class="avatar">${esc(initials(nameOf(person)))}</span><h1 class="h4 mb-0 me-auto">${esc(nameOf(person))}</h1>
          <div class="btn-group">
            ${person.status === 'deactivated' ? '<button type="button" class="btn btn-success" data-do="reactivate">Reactivate</button>' : ''}
            <button type="button" class="btn btn-outline-secondary dropdown-toggle" data-bs-toggle="dropdown" aria-expanded="false">Actions</button>
            ${menu(person)}
          </div>
        </div>
        <table class="table"><tbody>
          ${row('Email', esc(person.email))}
          ${row('Status', STANDING[person.status])}
          ${row('Role', esc(person.role))}
          ${row('Groups', person.groups.map(esc).join('<br>'))}
          ${row('Managers', person.managers.map(esc).join('<br>'))}
          ${row('Last Login', when(person.last_login))}
          ${person.scim_managed ? row('Provisioning', 'Managed by SCIM') : ''}
        </tbody></table>
      </div></div>`);
    $main.find('[data-do]').on('click', (event) => void act($(event.currentTarget).data('do') as Action, person, load));
  };
  const load = () =>
    void $.getJSON(`/api/users/${id}`)
      .done(draw)
      .fail(() => $main.html('<div class="alert alert-warning">This user does not exist. <a href="/admin/users">Back to Users</a></div>'));
  load();
}
