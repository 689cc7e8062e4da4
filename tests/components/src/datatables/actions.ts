import $ from 'jquery';
import { Modal } from 'bootstrap';
import type { Person, Summary } from '../shared/api';
import { groupPicker, managerPicker } from './select2';
import { Refusal, Toast, esc, nameOf, send, sure } from './util';

export type Action = 'deactivate' | 'reactivate' | 'delete' | 'resend' | 'groups' | 'managers';

const ITEMS: [Action, string, (person: Person) => boolean][] = [
  ['groups', 'Edit Group', () => true],
  ['managers', 'Edit Managers', () => true],
  ['resend', 'Resend Invitation', (person) => person.status === 'invited'],
  ['deactivate', 'Deactivate This User', (person) => person.status !== 'deactivated'],
  ['delete', 'Permanently Delete This User', () => true],
];

/** The drop-down behind the arrow. */
export const menu = (person: Person) => `
  <ul class="dropdown-menu dropdown-menu-end">
    ${ITEMS.filter(([, , fits]) => fits(person))
      .map(([action, label]) => `${action === 'deactivate' ? '<li><hr class="dropdown-divider" /></li>' : ''}<li><button class="dropdown-item ${action === 'delete' ? 'text-danger' : ''}" type="button" data-do="${action}">${label}</button></li>`)
      .join('')}
  </ul>`;

export async function act(action: Action, person: Person, after: () => void) {
  const name = `<b>${esc(nameOf(person))}</b>`;
  const url = `/api/users/${person.id}`;
  let changed = true;
  if (action === 'deactivate') {
    const question = { title: 'Are you sure?', html: `${name} will lose access to Learn:Up and Academy. Completion records are kept.`, yes: 'Yes, deactivate', done: 'Deactivated', doneText: `${nameOf(person)} can no longer log in.` };
    changed = await sure(question, () => send('POST', `${url}/deactivate`));
  } else if (action === 'reactivate') {
    const question = { title: 'Reactivate this user?', html: `${name} will take a seat of your plan.`, yes: 'Yes, reactivate', done: 'Reactivated', doneText: `${nameOf(person)} can log in again.` };
    changed = await sure(question, () => send('POST', `${url}/reactivate`));
  } else if (action === 'delete') {
    const question = { title: 'Permanently delete?', html: `${name} and all training records will be removed. This cannot be undone.`, yes: 'Yes, delete forever', done: 'Deleted', doneText: 'The user has been removed.' };
    changed = await sure(question, () => send('DELETE', url));
  } else if (action === 'resend') {
    await send('POST', `${url}/resend`).then(
      () => Toast.fire({ icon: 'success', title: 'Invitation sent again' }),
      (refusal: Error) => Toast.fire({ icon: 'error', title: esc(refusal.message) }),
    );
  } else {
    edit(action, person, after);
    return;
  }
  if (changed) after();
}

function edit(what: 'groups' | 'managers', person: Person, after: () => void) {
  const title = what === 'groups' ? 'Edit Group' : 'Edit Managers';
  const $modal = $(`
    <div class="modal fade" tabindex="-1" aria-labelledby="edit-title" aria-hidden="true">
      <div class="modal-dialog"><form class="modal-content">
        <div class="modal-header"><h5 class="modal-title" id="edit-title">${title}</h5><button type="button" class="btn-close" data-bs-dismiss="modal" aria-label="Close"></button></div>
        <div class="modal-body">
          <p class="text-secondary">${esc(nameOf(person))} &lt;${esc(person.email)}&gt;</p>
          <label class="form-label" for="edit-list">${what === 'groups' ? 'Groups' : 'Managers'}</label>
          <select id="edit-list" multiple></select>
          <div class="text-danger small mt-2" role="alert"></div>
        </div>
        <div class="modal-footer"><button type="button" class="btn btn-light" data-bs-dismiss="modal">Close</button><button type="submit" class="btn btn-primary">Save</button></div>
      </form></div>
    </div>`).appendTo('body');
  const modal = new Modal($modal[0]);
  const $list = $modal.find('select');
  if (what === 'groups') {
    $.getJSON('/api/summary').done((summary: Summary) => {
      groupPicker($list, summary.groups, $modal, 'Type to search or create');
      $list.val(person.groups).trigger('change');
    });
  } else {
    for (const manager of person.managers) $list.append(new Option(manager, manager, true, true));
    managerPicker($list, $modal);
  }
  $modal.find('form').on('submit', async (event) => {
    event.preventDefault();
    const $save = $modal.find('[type=submit]').prop('disabled', true);
    try {
      await send('PATCH', `/api/users/${person.id}`, { [what]: $list.val() });
      modal.hide();
      void Toast.fire({ icon: 'success', title: 'Saved' });
      after();
    } catch (refusal) {
      $modal.find('[role=alert]').text((refusal as Refusal).fields[what] ?? (refusal as Error).message);
      $save.prop('disabled', false);
    }
  });
  $modal.on('hidden.bs.modal', () => $modal.remove());
  modal.show();
}
