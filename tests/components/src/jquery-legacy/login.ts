import { api } from '../shared/api';
import { busy, el, html, messageOf } from './ui';

/** Where to after signing in: only a path of this console. */
const next = () => {
  const wanted = new URLSearchParams(window.location.search).get('next') ?? '';
  return /^\/admin(\/|$)/.test(wanted) ? wanted : '/admin';
};

export function loginPage($app: JQuery) {
  document.title = 'Log In | WorkRamp';
  const returning = window.location.search.includes('next=');
  $app.html(html`
    <div class="signin">
      <div class="signin-brand">WorkRamp</div>
      <div class="panel panel-default"><div class="panel-body">
        <h4>Log in to your account</h4>
        ${returning && html`<div class="alert alert-info">Please log in to continue.</div>`}
        <form novalidate>
          <div class="form-group js-email">
            <label for="login_email">Email address</label>
            <input type="email" class="form-control" id="login_email" name="email" placeholder="you@company.com" autocomplete="username">
          </div>
          <div class="js-password" style="display:none">
            <p><span class="js-who"></span> <a href="#" class="js-back">Not you?</a></p>
            <div class="form-group">
              <label>Password</label>
              <input type="password" class="form-control" name="password" autocomplete="current-password">
            </div>
          </div>
          <button type="submit" class="btn btn-primary btn-block">Continue</button>
        </form>
      </div></div>
    </div>`.text);

  const $form = $app.find('form');
  const $email = $form.find<HTMLInputElement>('[name=email]');
  const $password = $form.find<HTMLInputElement>('[name=password]');
  const $button = $form.find('button');
  let second = false;

  const turn = (to: boolean) => {
    second = to;
    $app.find('.alert').remove();
    $form.find('.js-email').toggle(!to);
    $form.find('.js-password').toggle(to);
    $form.find('.js-who').text(String($email.val()));
    $button.text(to ? 'Log In' : 'Continue');
    (to ? $password : $email).trigger('focus');
  };
  const complain = (message: string) => {
    $app.find('.alert').remove();
    $form.before(el(html`<div class="alert alert-danger">${message}</div>`));
  };

  $form.find('.js-back').on('click', () => turn(false));
  $form.on('submit', async (event) => {
    event.preventDefault();
    const email = String($email.val()).trim();
    if (!second) {
      if (!email.includes('@')) return complain('Please enter your email address.');
      return turn(true);
    }
    try {
      await busy($button, 'Logging in...', () => api.login(email, String($password.val())));
      window.location.assign(next());
    } catch (error) {
      complain(messageOf(error));
      $password.val('').trigger('focus');
    }
  });
  $email.trigger('focus');
}
