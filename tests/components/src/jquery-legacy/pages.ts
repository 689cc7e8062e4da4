import { api, type Account } from '../shared/api';
import { covered, growlError, html, plural } from './ui';

export const emptyPage = (title: string, words: string) => ($main: JQuery) =>
  void $main.html(html`<h2 class="page-title">${title}</h2><div class="well text-muted">${words}</div>`.text);

export function dashboardPage($main: JQuery, account: Account) {
  $main.html(html`
    <h2 class="page-title">Welcome back, ${account.name}</h2>
    <div class="row">
      <div class="col-6"><div class="panel panel-default">
        <div class="panel-heading">Your team</div>
        <div class="panel-body js-team"></div>
      </div></div>
      <div class="col-6"><div class="panel panel-default">
        <div class="panel-heading">Getting started</div>
        <div class="panel-body"><ol>
          <li>Publish your first guide in the Library</li>
          <li>Invite your colleagues under Settings</li>
          <li>Follow their progress in Reports</li>
        </ol></div>
      </div></div>
    </div>`.text);
  const $team = $main.find('.js-team');
  covered($team, api.summary()).then((summary) => {
    $team.html(html`<p class="lead">${plural(summary.total, 'user')} in ${plural(summary.groups.length, 'group')}</p>
      <p class="text-muted">${plural(summary.counts.invited, 'invitation')} waiting to be accepted.</p>`.text);
  }, growlError);
}

export function generalTab($main: JQuery) {
  $main.html(html`<div class="panel panel-default">
    <div class="panel-heading">Company</div>
    <div class="panel-body js-company"></div>
  </div>`.text);
  const $company = $main.find('.js-company');
  covered($company, api.summary()).then((summary) => {
    const row = (label: string, value: string) => html`<div class="form-group">
      <label class="control-label">${label}</label><div class="controls"><p class="form-control-static">${value}</p></div>
    </div>`;
    $company.html(html`<form class="form-horizontal">
      ${row('Company name', 'Corp Example, Inc.')}
      ${row('Language', 'English (US)')}
      ${row('Licenses', `${summary.seats_used} of ${summary.seats_total} in use`)}
      ${row('Users', String(summary.total))}
    </form>`.text);
  }, growlError);
}

export function groupsTab($main: JQuery) {
  $main.html(html`<p class="text-muted">A group is created as soon as somebody is saved into it.</p>
    <div class="panel panel-default js-groups"><table class="table table-striped">
      <thead><tr><th>Group</th></tr></thead><tbody></tbody>
    </table></div>`.text);
  const $groups = $main.find('.js-groups');
  covered($groups, api.summary()).then((summary) => {
    $groups.find('tbody').html(summary.groups.map((group) => html`<tr><td>${group}</td></tr>`).join(''));
  }, growlError);
}
