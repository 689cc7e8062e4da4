import $ from 'jquery';
import DataTable from 'datatables.net-bs5';
import Swal from 'sweetalert2';
import type { ImportPreview, ImportResult, ImportRow } from '../shared/api';
import { tabs } from './layout';
import { Refusal, esc, plural, send } from './util';

const COLUMNS = ['Email', 'First Name', 'Last Name', 'Managers', 'Groups', 'Role'];

const upload = (file: File): Promise<ImportPreview> =>
  new Promise((resolve, reject) => {
    const data = new FormData();
    data.append('file', file);
    $.ajax({ url: '/api/imports', method: 'POST', data, processData: false, contentType: false })
      .done(resolve)
      .fail((response) => reject(new Refusal(response.responseJSON?.error ?? 'Upload failed', {})));
  });

export function importPage($main: JQuery) {
  const draw = (body: string) => $main.html(`${tabs()}<div class="card"><div class="card-header fw-semibold">Import users from a CSV file</div><div class="card-body">${body}</div></div>`);

  const choose = () => {
    draw(`
      <p>The first row holds the column names, in this order:</p>
      <p>${COLUMNS.map((name) => `<code class="me-2">${name}</code>`).join('')}</p>
      <p class="text-secondary">Several managers or groups are separated by semicolons. <a href="data:text/csv,${encodeURIComponent(`${COLUMNS.join(',')}\r\n`)}" download="template.csv">Download a sample file</a></p>
      <form class="row g-2">
        <div class="col-sm-6"><label class="form-label" for="file">CSV file</label><input class="form-control" type="file" id="file" accept=".csv" /><div class="invalid-feedback"></div></div>
        <div class="col-12"><button type="submit" class="btn btn-primary">Upload</button> <a class="btn btn-link" href="/admin/users">Cancel</a></div>
      </form>`);
    $main.find('form').on('submit', async (event) => {
      event.preventDefault();
      const $file = $<HTMLInputElement>('#file');
      const file = $file[0].files?.[0];
      const wrong = (message: string) => $file.addClass('is-invalid').siblings('.invalid-feedback').text(message);
      if (!file) {
        wrong('Please choose a file.');
        return;
      }
      const $button = $main.find('[type=submit]').prop('disabled', true).text('Uploading…');
      try {
        review(await upload(file));
      } catch (refusal) {
        wrong((refusal as Error).message);
        $button.prop('disabled', false).text('Upload');
      }
    });
  };

  const review = (preview: ImportPreview) => {
    draw(`
      <p><b>${esc(preview.filename)}</b>: ${plural(preview.rows.length, 'row')} found, ${preview.valid} OK, ${preview.invalid} with errors.</p>
      <table class="table table-sm w-100" id="rows"></table>
      ${preview.invalid ? '<div class="form-check my-3"><input class="form-check-input" type="checkbox" id="ignore" /><label class="form-check-label" for="ignore">Ignore rows with errors</label></div>' : ''}
      <button type="button" class="btn btn-success" id="start">Start Import</button> <button type="button" class="btn btn-link" id="back">Back</button>`);
    new DataTable<ImportRow>('#rows', {
      data: preview.rows,
      order: [],
      columns: [
        { title: 'Line', data: 'row' },
        { title: 'Email', data: 'email', render: DataTable.render.text() },
        { title: 'First Name', data: 'first_name', render: DataTable.render.text() },
        { title: 'Last Name', data: 'last_name', render: DataTable.render.text() },
        { title: 'Role', data: 'role', render: DataTable.render.text() },
        { title: 'Groups', data: 'groups', render: (groups: string[]) => esc(groups.join(', ')) },
        { title: 'Result', data: 'errors', render: (errors: string[]) => (errors.length ? `<span class="text-danger">${errors.map(esc).join('<br>')}</span>` : '<span class="text-success">OK</span>') },
      ],
    });
    const usable = () => $('#start').prop('disabled', preview.valid === 0 || (preview.invalid > 0 && !$('#ignore').prop('checked')));
    usable();
    $('#ignore').on('change', usable);
    $('#back').on('click', choose);
    $('#start').on('click', async () => {
      $('#start').prop('disabled', true).prepend('<span class="spinner-border spinner-border-sm me-2"></span>');
      try {
        done(await send<ImportResult>('POST', `/api/imports/${preview.token}`));
      } catch (refusal) {
        await Swal.fire({ icon: 'error', title: 'Import failed', text: (refusal as Error).message });
        choose();
      }
    });
  };

  const done = (result: ImportResult) => {
    draw(`
      <p><b>${plural(result.created, 'user')}</b> added, <b>${plural(result.skipped.length, 'row')}</b> ignored.</p>
      ${result.skipped.length ? `<table class="table table-sm"><thead><tr><th>Line</th><th>Email</th><th>Reason</th></tr></thead><tbody>${result.skipped.map((row) => `<tr><td>${row.row}</td><td>${esc(row.email)}</td><td>${esc(row.reason)}</td></tr>`).join('')}</tbody></table>` : ''}
      <a class="btn btn-primary" href="/admin/users">Back to Users</a>`);
    void Swal.fire({ icon: 'success', title: 'Import finished', text: `${plural(result.created, 'user')} added.` });
  };

  choose();
}
