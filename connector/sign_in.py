"""Signing in by password. Nothing is typed on an origin that the settings do not name, and no password twice."""

from __future__ import annotations

from urllib.parse import urlsplit

from connector.errors import SignInFailed
from connector.settings import Settings
from page_objects.lane import Lane
from page_objects.sign_in_screen import SignInScreen, Step

_MOST_STEPS = 5


async def sign_in(lane: Lane, settings: Settings) -> None:
    """Signs the configured account in, from wherever the lane is; ends when the sign-in page is gone.

    Raises SettingsError without credentials, SignInFailed where the console or the origin does not allow it.
    """
    email, password = settings.require_credentials()
    screen = SignInScreen(lane)
    step = await screen.step()
    password_sent = False
    for _ in range(_MOST_STEPS):
        if step is Step.GONE:
            return
        _check_origin(lane, settings)
        if step is Step.EMAIL:
            lane.step("sign in: e-mail address")
            await screen.enter_email(email)
        elif password_sent:
            raise SignInFailed(
                "the console asks for the password again",
                screen=lane.where(screen.name),
                seen=" ".join(await screen.said()) or "no reason is shown",
                advice="check WORKRAMP_EMAIL and WORKRAMP_PASSWORD; a wrong password is not tried again",
            )
        else:
            lane.step("sign in: password")
            password_sent = True
            await screen.enter_password(email, password, both=step is Step.BOTH)
        step = await screen.after(step)
    raise SignInFailed(
        "signing in does not come to an end: the console may ask for a one-time code, which is not supported yet",
        screen=lane.where(screen.name),
        seen=f"still asked for {step.value} after {_MOST_STEPS} steps",
    )


def _check_origin(lane: Lane, settings: Settings) -> None:
    """No key is pressed off the configured origins."""
    url = lane.page.url
    if not settings.may_type_on(url):
        parts = urlsplit(url)
        raise SignInFailed(
            "signing in led to an address where credentials are not typed",
            screen="sign-in page",
            expected=", ".join([settings.url, *settings.sso_origin]),
            seen=f"{parts.scheme}://{parts.netloc}",
            advice="if this is your identity provider, name its origin in WORKRAMP_SSO_ORIGIN",
        )
