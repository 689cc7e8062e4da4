import $ from 'jquery';
import 'bootstrap';
import 'bootstrap/dist/css/bootstrap.min.css';
import 'bootstrap-icons/font/bootstrap-icons.css';
import 'datatables.net-bs5/css/dataTables.bootstrap5.min.css';
import 'datatables.net-buttons-bs5/css/buttons.bootstrap5.min.css';
import 'datatables.net-select-bs5/css/select.bootstrap5.min.css';
import 'select2/dist/css/select2.min.css';
import 'select2-bootstrap-5-theme/dist/select2-bootstrap-5-theme.min.css';
import 'sweetalert2/dist/sweetalert2.min.css';
import './site.css';
import type { Account } from '../shared/api';
import { dashboard } from './dashboard';
import { importPage } from './import';
import { frame } from './layout';
import { login } from './login';
import { profile } from './profile';
import { users } from './users';

// Bootstrap tells jQuery of its events only where it finds jQuery on the window.
Object.assign(window, { $, jQuery: $ });

$(document).on('ajaxError', (_event, response) => {
  if (response.status === 401 && window.location.pathname !== '/login') {
    window.location.assign(`/login?next=${encodeURIComponent(window.location.pathname)}`);
  }
});

const path = window.location.pathname.replace(/\/$/, '');
const person = /^\/admin\/users\/(\d+)$/.exec(path);

if (path === '/login') login();
else {
  $.getJSON('/api/session').done((account: Account) => {
    if (path === '/admin/users' || path === '/settings') users(frame(account, 'users'));
    else if (path === '/admin/users/import') importPage(frame(account, 'users'));
    else if (person) profile(frame(account, 'users'), Number(person[1]));
    else dashboard(frame(account, 'home'), path);
  });
}
