"""Pages that ask who is there, in the words of identity providers: what they ask for, and which button goes with it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from page_objects.lane import Lane
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
