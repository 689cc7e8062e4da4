import $ from 'jquery';
import { Modal } from 'bootstrap';
import Swal from 'sweetalert2';
import { addressesIn, type Summary } from '../shared/api';
import { groupPicker, managerPicker } from './select2';
import { Refusal, esc, plural, send } from './util';

/** The form for new users: a list of addresses, one group for all, managers for each. */
export function invite(summary: Summary, after: () => void) {
  const $modal = $(`
    <div class="modal fade" tabindex="-1" aria-labelledby="invite-title" aria-hidden="true" data-bs-backdrop="static">
      <div class="modal-dialog modal-lg"><form class="modal-content" novalidate>
        <div class="modal-header"><h5 class="modal-title" id="invite-title">Invite New Users</h5><button type="button" class="btn-close" data-bs-dismiss="modal" aria-label="Close"></button></div>
        <div class="modal-body">
          <div class="alert alert-danger d-none" role="alert"></div>
          <div class="mb-3">
            <label class="form-label" for="emails">Email addresses <span class="text-danger">*</span></label>
            <textarea class="form-control" id="emails" rows="4" placeholder="Paste a list of emails"></textarea>
            <div class="invalid-feedback"></div>
            <div class="form-text">Separate addresses with commas, spaces or line breaks. <span class="count"></span></div>
          </div>
          <div class="mb-3"><label class="form-label" for="group">Group</label><select id="group"><option></option></select></div>
          <ul class="list-group recipients"></ul>
        </div>
        <div class="modal-footer"><button type="button" class="btn btn-light" data-bs-dismiss="modal">Cancel</button><button type="submit" class="btn btn-primary">Send Invites</button></div>
      </form></div>
    </div>`).appendTo('body');
  const modal = new Modal($modal[0]);
  const $emails = $modal.find('#emails');
  const $group = $modal.find('#group');
  groupPicker($group, summary.groups, $modal, 'Choose or create a group');

  let timer = 0;
  const managers = () =>
    Object.fromEntries($modal.find('.recipients li').toArray().map((row) => [$(row).data('email') as string, ($(row).find('select').val() as string[] | undefined) ?? []]));
  const list = () => {
    const emails = [...new Set(addressesIn(String($emails.val())))];
    $modal.find('.count').text(emails.length ? plural(emails.length, 'address').replace('addresss', 'addresses') : '');
    $modal.find('.recipients li').filter((_, row) => !emails.includes($(row).data('email'))).remove();
    const shown = $modal.find('.recipients li').toArray().map((row) => $(row).data('email'));
    for (const email of emails.filter((address) => !shown.includes(address))) {
      $(`<li class="list-group-item"><span>${esc(email)}</span><a href="#" class="ms-auto small add">Add Manager</a></li>`).data('email', email).appendTo($modal.find('.recipients'));
    }
  };
  $emails.on('input', () => {
    $emails.removeClass('is-invalid');
    window.clearTimeout(timer);
    timer = window.setTimeout(list, 300);
  });
  $modal.on('click', '.add', (event) => {
    event.preventDefault();
    const $row = $(event.currentTarget).closest('li');
    $(event.currentTarget).remove();
    managerPicker($(`<select multiple aria-label="Managers of ${esc($row.data('email'))}"></select>`).appendTo($row), $modal).select2('open');
  });

  $modal.find('form').on('submit', async (event) => {
    event.preventDefault();
    window.clearTimeout(timer);
    list();
    const emails = addressesIn(String($emails.val()));
    const wrong = (message: string) => $emails.addClass('is-invalid').siblings('.invalid-feedback').text(message);
    if (!emails.length) {
      wrong('Please enter at least one email address.');
      return;
    }
    const $send = $modal.find('[type=submit]').prop('disabled', true).prepend('<span class="spinner-border spinner-border-sm me-2"></span>');
    $modal.find('.alert').addClass('d-none');
    try {
      await send('POST', '/api/invitations', { emails, groups: $group.val() ? [$group.val()] : [], managers: managers() });
      modal.hide();
      await Swal.fire({ icon: 'success', title: 'Invitations sent', text: `${plural(emails.length, 'user')} invited to your Employee Learning Cloud.` });
      after();
    } catch (refusal) {
      const fields = (refusal as Refusal).fields;
      if (fields.emails) wrong(fields.emails);
      else $modal.find('.alert').removeClass('d-none').text(fields.managers ?? fields.groups ?? (refusal as Error).message);
    } finally {
      $send.prop('disabled', false).find('.spinner-border').remove();
    }
  });
  $modal.on('hidden.bs.modal', () => $modal.remove());
  modal.show();
}
