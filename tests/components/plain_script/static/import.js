// Admin → People → Import Users: choose a file, review its rows, import, see what came of it.
import { html, render, $, api, icons, saveAs, plural } from './lib.js';

const head = (step) => html`
  <nav class="crumbs" aria-label="Breadcrumb"><a href="/admin/users" data-link>People</a> / <span aria-current="page">Import Users</span></nav>
  <header class="page-head"><h1>Import Users</h1></header>
  <ol class="steps">${['Upload', 'Review', 'Results'].map((s, i) => html`<li class="${i < step ? 'done' : ''}" ><span>${i + 1}</span>${s}</li>`)}</ol>`;

function stage(main, step, template) {
  render(main, html`${head(step)}${template}`);
  $('.steps', main).children[step].setAttribute('aria-current', 'step');
}

export function showImport(main) { upload(main); }

function upload(main, problem = '') {
  stage(main, 0, html`
    <div class="card">
      <div class="form-alert" role="alert" hidden>${problem}</div>
      <label class="drop">
        <input type="file" accept=".csv,text/csv" class="hidden-text" aria-label="CSV file">
        ${icons.up}<strong>Choose a CSV file</strong><span>or drop it here</span>
      </label>
      <p class="hint">Columns: Email, First Name, Last Name, Role (required), Managers, Groups. Separate several managers or groups with a semicolon. Up to 1,000 people.</p>
      <p><button type="button" class="link-button" id="template">Download a template</button></p>
    </div>`);
  const alert = $('.form-alert', main);
  const drop = $('.drop', main);
  const input = $('input', drop);
  const say = text => { alert.textContent = text; alert.hidden = !text; };
  say(problem);
  let busy = false;
  const send = async file => {
    if (!file || busy) return;
    busy = true;
    say('');
    drop.classList.add('busy');
    $('strong', drop).textContent = `Reading ${file.name}…`;
    const data = new FormData();
    data.append('file', file);
    try {
      const preview = await api.post('/imports', data);
      if (main.contains(drop)) review(main, preview);
    } catch (error) {
      if (error.status !== 401 && main.contains(drop)) upload(main, error.message);
    }
  };
  input.addEventListener('change', () => send(input.files[0]));
  drop.addEventListener('dragover', event => { event.preventDefault(); drop.classList.add('over'); });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', event => { event.preventDefault(); drop.classList.remove('over'); send(event.dataTransfer.files[0]); });
  $('#template', main).addEventListener('click', () => saveAs(
    new Blob(['Email,First Name,Last Name,Role,Managers,Groups\r\n'], { type: 'text/csv' }), 'import-template.csv'));
}

async function review(main, preview) {
  const summary = await api.get('/summary').catch(() => null);
  const free = summary ? summary.seats_total - summary.seats_used : null;
  const { rows, valid, invalid } = preview;
  stage(main, 1, html`
    <div class="card">
      <h2>${preview.filename}</h2>
      <p role="status"><strong>${plural(valid, 'row')}</strong> ready to import${invalid ? html`, <strong class="bad">${plural(invalid, 'row')}</strong> with errors (will be skipped)` : ''}.</p>
      ${free !== null && valid > free ? html`<p class="note">Only ${plural(free, 'seat')} ${free === 1 ? 'is' : 'are'} free. A seat is used when an invited person activates.</p>` : ''}
      ${invalid ? html`<label class="inline"><input type="checkbox" id="only-bad"> Show only rows with errors</label>` : ''}
      <div class="form-alert" role="alert" hidden></div>
      <p class="actions">
        <button type="button" class="button button-primary" id="commit">Import ${plural(valid, 'user')}</button>
        <button type="button" class="button" id="other">Choose another file</button>
      </p>
    </div>
    <div class="table-wrap"><table aria-label="Rows of the file">
      <thead><tr>${['Row', 'Email', 'First Name', 'Last Name', 'Role', 'Managers', 'Groups', 'Check'].map(c => html`<th scope="col">${c}</th>`)}</tr></thead>
      <tbody>${rows.map(r => html`
        <tr class="${r.errors.length ? 'row-bad' : 'row-good'}">
          <td>${r.row}</td><td>${r.email}</td><td>${r.first_name}</td><td>${r.last_name}</td><td>${r.role}</td>
          <td>${r.managers.join('; ')}</td><td>${r.groups.join('; ')}</td>
          <td>${r.errors.length ? r.errors.map(e => html`<span class="bad">${e}</span><br>`) : html`<span class="good">Ready</span>`}</td>
        </tr>`)}</tbody>
    </table></div>`);
  const button = $('#commit', main);
  button.disabled = !valid;
  $('#other', main).addEventListener('click', () => upload(main));
  $('#only-bad', main)?.addEventListener('change', event => main.classList.toggle('only-bad', event.target.checked));
  main.classList.remove('only-bad');
  button.focus();
  button.addEventListener('click', async () => {
    button.disabled = true;
    button.classList.add('busy');
    try {
      const result = await api.post(`/imports/${preview.token}`);
      if (main.contains(button)) results(main, result);
    } catch (error) {
      if (error.status === 401 || !main.contains(button)) return;
      if (error.status === 404) return upload(main, error.message);
      const alert = $('.form-alert', main);
      alert.textContent = error.message;
      alert.hidden = false;
      button.disabled = false;
      button.classList.remove('busy');
    }
  });
}

function results(main, { created, skipped }) {
  main.classList.remove('only-bad');
  stage(main, 2, html`
    <div class="card">
      <h2 tabindex="-1">Import complete</h2>
      <p role="status">${plural(created, 'user')} invited${skipped.length ? `, ${plural(skipped.length, 'row')} skipped` : ''}.</p>
      <p class="actions"><a class="button button-primary" href="/admin/users" data-link>Back to People</a>
        <button type="button" class="button" id="again">Import another file</button></p>
    </div>
    ${skipped.length ? html`
      <div class="table-wrap"><table aria-label="Skipped rows">
        <thead><tr><th scope="col">Row</th><th scope="col">Email</th><th scope="col">Reason</th></tr></thead>
        <tbody>${skipped.map(s => html`<tr><td>${s.row}</td><td>${s.email}</td><td>${s.reason}</td></tr>`)}</tbody>
      </table></div>` : ''}`);
  $('h2', main).focus();
  $('#again', main).addEventListener('click', () => upload(main));
}
