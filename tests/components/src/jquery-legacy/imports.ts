import { api, type ImportPreview, type ImportResult } from '../shared/api';
import { busy, covered, el, html, messageOf, plural } from './ui';

const COLUMNS = ['Email', 'First Name', 'Last Name', 'Managers', 'Groups', 'Role'];
const SAMPLE = `${COLUMNS.join(',')}\r\njane@company.com,Jane,Doe,boss@company.com;lead@company.com,Sales;New Hires,Learner\r\n`;
const STEPS = ['Upload', 'Review', 'Done'];

export function importPage($main: JQuery) {
  const frame = (step: number, body: ReturnType<typeof html>) =>
    $main.html(html`
      <ol class="breadcrumb"><li><a href="/admin/users">Users</a></li><li class="active">Import from CSV</li></ol>
      <ul class="steps">${STEPS.map((name, n) => html`<li class="${n === step ? 'active' : ''}">${n + 1}. ${name}</li>`)}</ul>
      <div class="panel panel-default"><div class="panel-body">${body}</div></div>`.text);
  const complain = (error: unknown) => {
    $main.find('.alert-danger').remove();
    $main.find('.panel-body').prepend(el(html`<div class="alert alert-danger">${messageOf(error)}</div>`));
  };

  function upload() {
    frame(0, html`
      <p>Prepare a CSV file (UTF-8) with its columns in this order. The first line holds the column names.</p>
      <table class="table table-bordered table-condensed columns">
        <tr>${COLUMNS.map((name) => html`<th>${name}</th>`)}</tr>
        <tr class="text-muted"><td>required</td><td>required</td><td>required</td>
          <td>separate several with ;</td><td>separate several with ;</td><td>required</td></tr>
      </table>
      <p><a href="data:text/csv;charset=utf-8,${encodeURIComponent(SAMPLE)}" download="sample.csv">Download a sample file</a></p>
      <form class="form-horizontal">
        <div class="form-group">
          <label class="control-label">CSV file</label>
          <div class="controls"><input type="file" accept=".csv"></div>
        </div>
        <div class="form-group"><div class="controls controls-alone">
          <button type="submit" class="btn btn-primary">Upload</button>
          <a href="/admin/users" class="btn btn-link">Cancel</a>
        </div></div>
      </form>`);
    $main.find('form').on('submit', async (event) => {
      event.preventDefault();
      const file = $main.find<HTMLInputElement>('input[type=file]')[0].files?.[0];
      if (!file) return complain(new Error('Please choose a file first.'));
      try {
        review(await covered($main.find('.panel'), api.upload(file)));
      } catch (error) {
        complain(error);
      }
    });
  }

  function review(preview: ImportPreview) {
    const bad = preview.invalid > 0;
    frame(1, html`
      <p><b>${preview.filename}</b>: ${plural(preview.rows.length, 'row')}, ${preview.valid} ready to import${bad && `, ${preview.invalid} with errors`}.</p>
      ${bad && html`<div class="alert alert-warning">Some rows have errors and cannot be imported.
        <div class="checkbox"><label><input type="checkbox" class="js-skip"> Skip the ${plural(preview.invalid, 'row')} with errors</label></div></div>`}
      <div class="scroll"><table class="table table-condensed table-bordered">
        <thead><tr><th>Row</th>${COLUMNS.map((name) => html`<th>${name}</th>`)}<th>Errors</th></tr></thead>
        <tbody>${preview.rows.map((row) => html`<tr class="${row.errors.length ? 'danger' : ''}">
          <td>${row.row}</td><td>${row.email}</td><td>${row.first_name}</td><td>${row.last_name}</td>
          <td>${row.managers.map((name) => html`<div>${name}</div>`)}</td><td>${row.groups.map((name) => html`<div>${name}</div>`)}</td>
          <td>${row.role}</td><td class="text-danger">${row.errors.map((error) => html`<div>${error}</div>`)}</td>
        </tr>`)}</tbody>
      </table></div>
      <button type="button" class="btn btn-primary js-import">Import ${plural(preview.valid, 'User')}</button>
      <button type="button" class="btn btn-default js-again">Choose another file</button>
      <a href="/admin/users" class="btn btn-link">Cancel</a>`);
    const $import = $main.find('.js-import');
    const allow = () => $import.prop('disabled', !preview.valid || (bad && !$main.find('.js-skip').is(':checked')));
    allow();
    $main.find('.js-skip').on('change', allow);
    $main.find('.js-again').on('click', upload);
    $import.on('click', async () => {
      try {
        result(await busy($import, 'Importing...', () => api.commit(preview.token)));
      } catch (error) {
        complain(error);
      }
    });
  }

  function result(outcome: ImportResult) {
    frame(2, html`
      <div class="alert alert-success">Import finished. ${plural(outcome.created, 'user was', 'users were')} invited.</div>
      ${outcome.skipped.length > 0 && html`<p>${plural(outcome.skipped.length, 'row was', 'rows were')} skipped:</p>
        <table class="table table-condensed table-bordered">
          <thead><tr><th>Row</th><th>Email</th><th>Reason</th></tr></thead>
          <tbody>${outcome.skipped.map((row) => html`<tr><td>${row.row}</td><td>${row.email}</td><td>${row.reason}</td></tr>`)}</tbody>
        </table>`}
      <a href="/admin/users" class="btn btn-primary">Back to Users</a>
      <button type="button" class="btn btn-default js-again">Import another file</button>`);
    $main.find('.js-again').on('click', upload);
  }

  upload();
}
