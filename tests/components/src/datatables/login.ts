import $ from 'jquery';
import { esc, send } from './util';

export function login() {
  const next = new URLSearchParams(window.location.search).get('next') ?? '/dashboard';
  const draw = (body: string) =>
    $('#page').html(`
      <div class="login-box card shadow-sm"><div class="card-body p-4">
        <h1 class="h4 text-center mb-1">WorkRamp</h1>
        <p class="text-center text-secondary mb-4">Log in to your Employee Learning Cloud</p>
        ${body}
      </div></div>`);

  const askEmail = (email = '') => {
    draw(`<form>
      <div class="form-floating mb-3"><input type="email" class="form-control" id="email" placeholder="name@example.com" autocomplete="username" required value="${esc(email)}" /><label for="email">Work email</label></div>
      <button class="btn btn-primary w-100" type="submit">Continue</button>
      <hr /><a class="btn btn-outline-secondary w-100" href="/sso">Sign in with single sign on</a>
    </form>`);
    $('form').on('submit', (event) => {
      event.preventDefault();
      askPassword(String($('#email').val()).trim());
    });
    $('#email').trigger('focus');
  };

  const askPassword = (email: string) => {
    draw(`<form>
      <div class="alert alert-danger py-2 d-none" role="alert"></div>
      <p class="d-flex justify-content-between"><span>${esc(email)}</span><a href="#" id="other">Not you?</a></p>
      <div class="form-floating mb-3"><input type="password" class="form-control" id="password" placeholder="Password" autocomplete="current-password" required /><label for="password">Password</label></div>
      <button class="btn btn-primary w-100" type="submit">Log In</button>
      <div class="text-center mt-3"><a href="/forgot">Forgot your password?</a></div>
    </form>`);
    $('#other').on('click', (event) => {
      event.preventDefault();
      askEmail(email);
    });
    $('form').on('submit', async (event) => {
      event.preventDefault();
      const $button = $('form button').prop('disabled', true).text('Logging in…');
      try {
        await send('POST', '/api/login', { email, password: $('#password').val() });
        window.location.assign(next);
      } catch (refusal) {
        $('.alert').removeClass('d-none').text((refusal as Error).message);
        $('#password').val('').trigger('focus');
        $button.prop('disabled', false).text('Log In');
      }
    });
    $('#password').trigger('focus');
  };

  askEmail();
}
