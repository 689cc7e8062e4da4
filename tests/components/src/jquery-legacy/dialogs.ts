import $ from 'jquery';
import { addressesIn, api, type Person, type Summary } from '../shared/api';
import { busy, clearErrors, el, growl, html, modal, multiselect, plural, showErrors, tagsInput, type Choice, type Tags } from './ui';

const BUTTONS = (save: string) => html`<button type="button" class="btn btn-default" data-dismiss="modal">Cancel</button>
  <button type="button" class="btn btn-primary js-save">${save}</button>`;

const people = async (text: string): Promise<Choice[]> =>
  (await api.options(text)).map((found) => ({
    value: found.email,
    label: found.name ? `${found.name} <${found.email}>` : found.email,
  }));

const among = (names: string[]) => (text: string): Choice[] =>
  names.filter((name) => name.toLowerCase().includes(text.toLowerCase())).map((name) => ({ value: name, label: name }));

const personLine = (person: Person) => html`<div class="form-group">
  <label class="control-label">User</label>
  <div class="controls"><p class="form-control-static">${`${person.first_name} ${person.last_name} <${person.email}>`.trim()}</p></div>
</div>`;

export function editGroups(person: Person, groups: string[], done: () => void) {
  const box = modal({
    title: 'Edit Group',
    body: html`<form class="form-horizontal">
      ${personLine(person)}
      <div class="form-group">
        <label class="control-label">Groups</label>
        <div class="controls js-tags"></div>
      </div>
      <div class="form-group"><div class="controls controls-alone">
        <span class="help-block">Press Enter or comma after each group. A group that does not exist will be created.</span>
      </div></div>
    </form>`,
    footer: BUTTONS('Save'),
  });
  const tags = tagsInput(box.$.find('.js-tags'), {
    tags: person.groups,
    source: among(groups),
    known: groups,
    placeholder: 'Add a group',
  });
  saving(box, () => api.edit(person.id, { groups: tags.get() }), `Groups of ${person.email} saved.`, { groups: '.js-tags' }, done);
}

export function editManagers(person: Person, done: () => void) {
  const box = modal({
    title: 'Edit Managers',
    body: html`<form class="form-horizontal">
      ${personLine(person)}
      <div class="form-group">
        <label class="control-label" for="edit_managers">Managers</label>
        <div class="controls js-tags"></div>
      </div>
      <div class="form-group"><div class="controls controls-alone">
        <span class="help-block">Type a name or an email address. Somebody who is not a user yet will be invited.</span>
      </div></div>
    </form>`,
    footer: BUTTONS('Save'),
  });
  const tags = tagsInput(box.$.find('.js-tags'), {
    tags: person.managers,
    source: people,
    placeholder: 'Add a manager',
    id: 'edit_managers',
  });
  saving(box, () => api.edit(person.id, { managers: tags.get() }), `Managers of ${person.email} saved.`, { managers: '.js-tags' }, done);
}

function saving(
  box: ReturnType<typeof modal>,
  work: () => Promise<unknown>,
  message: string,
  places: Record<string, string>,
  done: () => void,
) {
  const $form = box.$.find('form');
  const $save = box.$.find('.js-save');
  $form.on('submit', (event) => event.preventDefault());
  $save.on('click', async () => {
    clearErrors($form);
    try {
      await busy($save, 'Saving...', work);
      box.close();
      growl(message);
      done();
    } catch (error) {
      showErrors($form, error, places);
    }
  });
}

export function inviteUsers(summary: Summary, done: () => void) {
  const managers: Record<string, Tags> = {};
  const box = modal({
    title: 'Invite New User',
    size: 'lg',
    body: html`<form class="form-horizontal">
      <div class="form-group">
        <label class="control-label" for="invite_emails">Email addresses</label>
        <div class="controls js-emails">
          <textarea class="form-control" id="invite_emails" rows="4" placeholder="Paste a list of email addresses"></textarea>
          <span class="help-block">Separate the addresses with commas, spaces or line breaks.</span>
        </div>
      </div>
      <div class="form-group">
        <label class="control-label">Group</label>
        <div class="controls js-groups"></div>
      </div>
      <div class="form-group js-people" style="display:none">
        <label class="control-label">People</label>
        <div class="controls js-managers"><table class="table table-condensed table-bordered"><tbody></tbody></table></div>
      </div>
    </form>`,
    footer: html`<span class="pull-left text-muted">${summary.seats_used} of ${summary.seats_total} licenses in use</span>
      ${BUTTONS('Send Invitation')}`,
  });
  const $form = box.$.find('form');
  const $text = box.$.find('textarea');
  const $body = box.$.find('.js-people tbody');
  const $save = box.$.find('.js-save');
  const groups = multiselect(box.$.find('.js-groups'), summary.groups);
  const emails = () => [...new Set(addressesIn(String($text.val())).map((email) => email.toLowerCase()))];

  const line = (email: string) => {
    const $line = el(html`<tr><td class="cell-email">${email}</td><td><a href="#" class="js-add-manager">Add Manager</a></td></tr>`);
    return $line.data('email', email).on('click', '.js-add-manager', (event) => {
      const $cell = $(event.currentTarget).parent().empty();
      managers[email] = tagsInput($cell, { tags: [], source: people, placeholder: 'Name or email of the manager' });
      managers[email].focus();
    });
  };
  $text.on('input', () => {
    const wanted = emails().filter((email) => email.includes('@'));
    const kept = new Map($body.children().get().map((node) => [$(node).data('email') as string, $(node)]));
    $body.children().detach();
    $body.append(wanted.map((email) => kept.get(email) ?? line(email)));
    for (const email of Object.keys(managers)) if (!wanted.includes(email)) delete managers[email];
    for (const [email, $line] of kept) if (!wanted.includes(email)) $line.remove();
    box.$.find('.js-people').toggle(wanted.length > 0);
    $save.text(wanted.length > 1 ? `Send ${wanted.length} Invitations` : 'Send Invitation');
  });
  $form.on('submit', (event) => event.preventDefault());
  $save.on('click', async () => {
    clearErrors($form);
    try {
      const sent = await busy($save, 'Sending...', () =>
        api.inviteList({
          emails: emails(),
          groups: groups.get(),
          managers: Object.fromEntries(Object.entries(managers).map(([email, tags]) => [email, tags.get()])),
        }),
      );
      box.close();
      growl(sent.invited.length === 1 ? `An invitation was sent to ${sent.invited[0]}.` : `${plural(sent.invited.length, 'invitation')} were sent.`);
      done();
    } catch (error) {
      showErrors($form, error, { emails: '.js-emails', groups: '.js-groups', managers: '.js-managers' });
    }
  });
  setTimeout(() => $text.trigger('focus'), 50);
}

export function showUser(person: Person) {
  const account = { active: 'Active', invited: 'Invited, not yet activated', deactivated: 'Deactivated' }[person.status];
  const login = person.last_login
    ? new Date(person.last_login).toLocaleString('en-US', { dateStyle: 'short', timeStyle: 'short' })
    : 'Never';
  const lines = (values: string[]) => (values.length ? values.map((value) => html`<div>${value}</div>`) : html`<span class="text-muted">None</span>`);
  const box = modal({
    title: 'User Details',
    body: html`<dl class="dl-horizontal">
      <dt>Name</dt><dd>${`${person.first_name} ${person.last_name}`.trim() || '–'}</dd>
      <dt>Email</dt><dd>${person.email}</dd>
      <dt>Role</dt><dd>${person.role}</dd>
      <dt>Account</dt><dd>${account}${person.scim_managed && ' (synced with your identity provider)'}</dd>
      <dt>Groups</dt><dd>${lines(person.groups)}</dd>
      <dt>Managers</dt><dd>${lines(person.managers)}</dd>
      <dt>Last login</dt><dd>${login}</dd>
    </dl>`,
    footer: html`<button type="button" class="btn btn-default" data-dismiss="modal">Close</button>`,
  });
  box.$.trigger('focus');
}
