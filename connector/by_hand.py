"""Signing in by hand: a person does in a window what a program cannot, and the program notices when it is done."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable

from playwright.async_api import Error as PlaywrightError

from connector.errors import ConnectorError, ConsoleDrift, ConsoleUnavailable, SignInFailed
from page_objects.lane import Deadline, Lane, is_gone
from page_objects.sign_in_screen import Look, SignInScreen

_AT_REST_SECONDS = 1.0
_COPY = (
    "or run it on a machine with a desktop, with the same WORKRAMP_URL, WORKRAMP_EMAIL and WORKRAMP_STATE_KEY, and "
    "copy the folder `sessions` of its state directory into WORKRAMP_STATE_DIR here (without a WORKRAMP_STATE_KEY "
    "the file session.key beside it, too)"
)


def require_display() -> None:
    """Raises SignInFailed where no window can be opened."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise SignInFailed(
            "signing in by hand needs a window, and this machine has no display",
            expected="a desktop session (DISPLAY or WAYLAND_DISPLAY is set)",
            seen="neither is set",
            advice=f"log in to this machine with X forwarding (ssh -X), {_COPY}",
        )


async def signed_in(
    lane: Lane, is_in: Callable[[], Awaitable[bool]], seconds: float, say: Callable[[str], None]
) -> None:
    """Waits until a person has signed in.

    Nothing is typed. Only when a page of the console is at rest and asks for nothing is the People screen opened in
    the person's own tab, once for each such page: what is kept in that tab alone belongs to the session as well.

    Args:
        lane: the tab in the window.
        is_in: opens the People screen and says whether the right account is there; raises SessionEnded where not.
        seconds: how long to wait.
        say: hears what the person is to do.

    Raises SignInFailed where nobody signed in in time, ConsoleUnavailable where the window was closed; what `is_in`
    raises that is no mere absence.
    """
    screen = SignInScreen(lane, _never)
    deadline = Deadline(seconds)
    tried: tuple[float, str] | None = None
    rest: Deadline | None = None
    why = ""
    try:
        await lane.go(f"{lane.base_url}/admin/users", screen="People")
        say(f"Sign in in the window that was opened ({seconds / 60:.0f} minutes); it closes by itself.")
        while not deadline.passed:
            now = await screen.look()
            key = (now.document, lane.page.url)
            rest = (rest or Deadline(_AT_REST_SECONDS)) if _may_be_in(now, lane) and key != tried else None
            if rest is not None and rest.passed:
                try:
                    if await is_in():
                        return
                except (ConsoleDrift, ConsoleUnavailable) as error:
                    why = error.message
                    lane.step(f"not signed in yet: {why}")
                after = await screen.look()
                tried, rest = (after.document, lane.page.url), None
            await deadline.pause()
    except PlaywrightError as error:
        if not is_gone(error):
            raise
        raise ConsoleUnavailable(
            "the window was closed before somebody had signed in", advice="run `workramp sign-in` again"
        ) from error
    raise SignInFailed(
        f"nobody signed in within {seconds / 60:.0f} minutes",
        screen=lane.where(screen.name),
        expected=f"the People screen at {lane.base_url}",
        seen=why or (await screen.look()).described(),
        advice="run `workramp sign-in` again; --wait gives more time",
    )


def _may_be_in(now: Look, lane: Lane) -> bool:
    return (
        now.origin == lane.base_url
        and now.ready
        and not now.busy
        and not now.asks
        and not now.asked
        and lane.traffic.idle(0)
    )


def _never(address: str) -> None:
    raise ConnectorError(f"nothing is typed while a person signs in ({address.partition('?')[0]})")
