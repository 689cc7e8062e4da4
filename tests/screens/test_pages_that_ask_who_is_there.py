"""Pages that ask who is there, in the words of identity providers: what they ask for, and which button goes with it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route

from connector.errors import SessionEnded
from page_objects.lane import Lane
from page_objects.people_screen import PeopleScreen
from page_objects.sign_in_screen import Look, SignInScreen
from tests.screens.conftest import Show

REMEMBER = "<label><input type=checkbox> Keep me signed in</label>"

# What each shows is usual for it: a field, by its label or placeholder, and the button below it.
EMAILS = {
    "okta": f"<h2>Sign In</h2><label for=f>Username</label><input id=f type=text>{REMEMBER}"
    "<input type=submit value=Next>",
    "entra": "<h1>Sign in</h1><input type=email placeholder='Email, phone, or Skype'"
    " aria-label='Enter your email, phone, or Skype.'>"
    "<a href=#>Can't access your account?</a><input type=submit value=Next>",
    "google": "<h1>Sign in</h1><input type=email aria-label='Email or phone'><button type=button>Forgot email?</button>"
    "<button type=button>Create account</button><button type=button>Next</button>",
    "ping": "<h1>Sign On</h1><label for=f>Username</label><input id=f type=text><button>Sign On</button>",
    "auth0": "<h1>Welcome</h1><label for=f>Email address</label><input id=f inputmode=email autocomplete=username>"
    "<button>Continue</button><button>Continue with Google</button>",
}
PASSWORDS = {
    "okta": "<h2>Verify with your password</h2><label for=f>Password</label><input id=f type=password>"
    "<input type=submit value=Verify><a href=#>Forgot password?</a><a href=#>Verify with something else</a>",
    "entra": "<h1>Enter password</h1><input type=password placeholder=Password aria-label='Enter the password for"
    " ann@northwind.example'><a href=#>Forgot my password</a><input type=submit value='Sign in'>",
    "google": "<h1>Welcome</h1><input type=password aria-label='Enter your password'><label><input type=checkbox>Show"
    " password</label><button type=button>Try another way</button><button type=button>Next</button>",
    "ping": "<h1>Sign On</h1><label for=f>Password</label><input id=f type=password><button>Sign On</button>",
    "adfs": "<div>Sign in with your organizational account</div><input type=password placeholder=Password>"
    "<span role=button tabindex=0>Sign in</span>",
    "jumpcloud": "<h1>Log in to your user portal</h1><label for=f>Password</label><input id=f type=password>"
    "<button>SSO Login</button><a href=#>Reset user password</a>",
}


async def _asked(page: Page, field: str) -> tuple[Look, int]:
    screen = SignInScreen(Lane(page=page, base_url="https://console.example", timeout=1), lambda address: None)
    return await screen.look(), await screen._button(field).count()


@pytest.mark.parametrize("provider", EMAILS)
def test_an_address_is_asked_for_and_one_button_goes_on(show: Show, provider: str) -> None:
    look, buttons = show(EMAILS[provider], lambda page: _asked(page, "email"))
    assert (look.asks, look.email, look.password, look.code) == (True, 1, 0, 0)
    assert buttons == 1


@pytest.mark.parametrize("provider", PASSWORDS)
def test_a_password_is_asked_for_and_one_button_goes_on(show: Show, provider: str) -> None:
    look, buttons = show(PASSWORDS[provider], lambda page: _asked(page, "password"))
    assert (look.asks, look.email, look.password, look.code) == (True, 0, 1, 0)
    assert buttons == 1


LIST = """<main><label>Search by name or email <input id=q type=search></label><table>
<thead><tr><th>Name</th><th>Email</th><th>Status</th></tr></thead>
<tbody><tr><td>Ann Lee</td><td>ann@x.example</td><td>Active</td></tr></tbody></table></main><script>
q.onkeydown = async (event) => {
  if (event.key !== "Enter") return;
  await fetch("/search?" + q.value);
  document.querySelector("main").innerHTML = `<p>No users found</p><form><h2>Log in</h2>
    <label>Email <input type=email></label><label>Password <input type=password></label><button>Log in</button></form>`;
};</script>"""


def test_a_search_that_ends_at_a_form_to_sign_in_finds_nobody_missing(show: Show) -> None:
    async def answer(route: Route) -> None:
        if "/search" in route.request.url:
            await route.fulfill(status=401, body="")
        else:
            await route.fulfill(body=LIST, content_type="text/html")

    async def work(page: Page) -> None:
        await page.route("**/*", answer)
        await page.goto("https://console.example/admin/users")
        people = PeopleScreen(Lane(page=page, base_url="https://console.example", timeout=3))
        people.lane.note_fresh()
        with pytest.raises(SessionEnded):
            await people.matches("zoe@x.example")

    show("", work)


def test_that_nobody_is_there_is_no_answer_where_it_was_said_for_a_moment(show: Show) -> None:
    async def work(page: Page) -> tuple[bool, bool]:
        table = PeopleScreen(Lane(page=page, base_url="https://console.example", timeout=3)).table
        now = await table.look()
        said = await table.has_nobody(now)
        await page.locator("p").evaluate("p => p.remove()")
        return said, await table.has_nobody(now)

    assert show("<main><h1>Users</h1><p>No users found</p></main>", work) == (True, False)
