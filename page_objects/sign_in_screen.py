"""The pages before the console: what they ask for now, and answering it on a page that the caller has allowed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Locator, Page
from pydantic import SecretStr

from connector.errors import ConsoleDrift, ConsoleUnavailable
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Screen
from page_objects.lane import Deadline, Lane, is_navigation
from page_objects.words import Word

Allowed = Callable[[str], None]
"""Given the address of a document in which something is about to be typed; raises where that is not allowed."""

_SETTLED_SECONDS = 0.6
_SETTLED_ELSEWHERE_SECONDS = 3.0
_SILENT_SECONDS = 5.0
_ADDRESS_OF_DOCUMENT = "el => el.ownerDocument.defaultView.location.href"
_SUBMITS: dict[str, tuple[Word, ...]] = {
    "email": (words.CONTINUE, words.LOG_IN),
    "password": (words.LOG_IN, words.CONTINUE),
    "code": (words.VERIFY,),
}


@dataclass(frozen=True)
class Look:
    """What a page asks of somebody who is not signed in, as one look at it tells.

    `email`, `password`, `code` count fields, `sso`, `back` and `decline` buttons, of which `back` leads to the page to
    sign in from a dialog that says that the session is over; `asked` says that it is a page to sign in,
    `inside` that it has the frame of an application; `document` tells one loaded page from the next.
    """

    origin: str
    document: float
    ready: bool
    busy: bool
    asked: bool
    email: int
    email_holds: str
    password: int
    code: int
    code_sent: bool
    sso: int
    back: int
    decline: int
    inside: bool
    heads: tuple[str, ...]
    frames: tuple[str, ...]

    @property
    def shape(self) -> tuple[Any, ...]:
        """What tells one question from the next."""
        if not self.asks:
            return (self.origin,)
        return (self.origin, self.email, self.password, self.code, self.sso, self.back, self.decline)

    @property
    def asks(self) -> bool:
        """Whether there is anything that could be answered."""
        return (
            bool(self.asked and (self.email or self.password or self.code or self.sso or self.back)) or self.decline > 0
        )

    @property
    def over(self) -> bool:
        """Whether this is no page to sign in any more, but an application."""
        return self.inside and not self.asks and not self.password

    def described(self) -> str:
        """The page in a few words, for a message."""
        asked = [
            name
            for name, there in (
                ("e-mail address", self.email),
                ("password", self.password),
                ("one-time code", self.code),
                ("single sign-on", self.sso),
                ("signing in again", self.back),
            )
            if there
        ]
        said = f"'{' | '.join(self.heads)}' at {self.origin}" if self.heads else f"a page at {self.origin}"
        framed = f", with a frame of {', '.join(self.frames)}" if self.frames else ""
        return said + (f", asking for {', '.join(asked)}" if asked else "") + framed


class SignInScreen(Screen):
    """Where the console, or the identity provider it leads to, asks who is there.

    Nothing is typed but into a field whose own document was allowed the moment before: the field is held by a handle
    that dies with its document, so that a page which takes its place meanwhile gets nothing. Fields in frames are not
    looked for.
    """

    name = "sign-in page"

    def __init__(self, lane: Lane, allowed: Allowed) -> None:
        super().__init__(lane)
        self._allowed = allowed
        self._before: set[str] = set()

    # -- looking ------------------------------------------------------------------------------------------------
    async def look(self, page: Page | None = None) -> Look:
        """What is asked for now."""
        while True:
            try:
                found = await engine.evaluate(page or self.lane.page, "signInLook", self.lane.sign_in_words())
            except PlaywrightError as error:
                if not is_navigation(error):
                    raise
                continue
            if found is not None:
                return Look(**{**found, "heads": tuple(found["heads"]), "frames": tuple(found["frames"])})

    async def settled(self, mark: int) -> Look:
        """Waits until the page asks for something or is an application; else the look when the time is over."""
        deadline = Deadline(self.lane.timeout)
        quiet: Deadline | None = None
        while True:
            now = await self.look()
            if now.asks or (now.over and now.ready):
                return now
            # A page that asks for nothing may be one that is still being drawn, or on its way elsewhere.
            at_rest = now.ready and not now.busy and self.lane.traffic.idle(mark)
            at_home = now.origin == self.lane.base_url
            quiet = (
                (quiet or Deadline(_SETTLED_SECONDS if at_home else _SETTLED_ELSEWHERE_SECONDS)) if at_rest else None
            )
            if (quiet is not None and quiet.passed) or deadline.passed:
                return now
            await self.lane.pause(deadline)

    async def after(self, asked: Look, mark: int) -> tuple[Look, list[str]]:
        """Waits until the page asks for something else, or asks the same once more: what it then says against it.

        Raises ConsoleDrift where nothing happens, ConsoleUnavailable where no answer comes.
        """
        deadline = Deadline(self.lane.timeout)
        silent: Deadline | None = None
        while True:
            now = await self.settled(mark)
            if lost := self.lane.traffic.given_up(mark):
                raise ConsoleUnavailable(
                    "the console did not answer while signing in",
                    screen=self.lane.where(self.name),
                    seen=", ".join(lost),
                    advice="try again later",
                )
            if now.shape != asked.shape:
                return now, []
            if self.lane.traffic.idle(mark) and now.ready:
                said = await self.said()
                if (await self.look()).shape != asked.shape:
                    continue  # the console came meanwhile: these may be its words, and not the sign-in page's
                if now.document != asked.document:
                    return now, said  # without a word against it, whether it may be answered once more is not told here
                if fresh := [line for line in said if line not in self._before]:
                    return now, fresh
                if self.lane.traffic.changing(mark):
                    silent = silent or Deadline(_SILENT_SECONDS)
                    if silent.passed:
                        return now, said or ["the console answered, and neither goes on nor shows a reason"]
            if deadline.passed:
                raise ConsoleDrift(
                    "the sign-in page stays as it is after its button was clicked",
                    screen=self.lane.where(self.name),
                    expected="the next step or the console",
                    seen=now.described(),
                )
            await self.lane.pause(deadline)

    async def said(self) -> list[str]:
        """What the page says in alerts and beside its fields."""
        found: list[str] = await engine.evaluate(self.lane.page, "messages")
        return found

    # -- answering ----------------------------------------------------------------------------------------------
    async def type_email(self, email: str) -> None:
        """Types the address; nothing is sent."""
        await self._type("email", [email])

    async def type_password(self, password: SecretStr) -> None:
        """Types the password; nothing is sent."""
        await self._type("password", [password.get_secret_value()])

    async def type_code(self, code: SecretStr, fields: int) -> None:
        """Types a one-time code into one field, or digit by digit into as many as there are."""
        digits = code.get_secret_value()
        await self._type("code", [digits] if fields == 1 else list(digits))

    async def _type(self, field: str, values: list[str]) -> None:
        found = self.lane.find("sign-in-field", field=field, **self.lane.sign_in_words())
        self.lane.step(f"fill {field}")
        handles = await found.element_handles()
        if len(handles) != len(values):
            raise ConsoleDrift(
                f"{self.name}: the {field} has an unexpected number of fields",
                screen=self.lane.where(self.name),
                expected=f"{len(values)}",
                seen=f"{len(handles)}",
            )
        for handle, value in zip(handles, values, strict=True):
            self._allowed(str(await handle.evaluate(_ADDRESS_OF_DOCUMENT)))
            await handle.fill(value, timeout=self.lane.timeout * 1000)

    async def submit(self, field: str) -> None:
        """Clicks the button that goes with a field."""
        await self._click(self._button(field), "the button to go on", _SUBMITS[field])

    async def submit_code(self, asked: Look) -> None:
        """Sends a code that was typed; many pages do so by themselves with the last digit."""
        deadline = Deadline(self.lane.timeout)
        mark = self.lane.traffic.mark()
        while not (ready := await self._button("code").count() == 1) and not deadline.passed:
            now = await self.look()
            if now.document != asked.document or now.shape != asked.shape or self.lane.traffic.changing(mark):
                return
            await deadline.pause()
        if ready and await engine.evaluate(self._button("code"), "disabled"):
            return  # it works already: `after` waits for what comes of it
        await self.submit("code")

    async def choose_single_sign_on(self) -> None:
        """Leaves for the identity provider."""
        found = self.lane.find("action", words.SINGLE_SIGN_ON)
        await self._click(found, "the button for single sign-on", (words.SINGLE_SIGN_ON,))

    async def go_back_in(self) -> None:
        """Leaves a dialog that says that the session is over, for the page to sign in."""
        await self._click(self.lane.find("way-back"), "the way to sign in again", (words.LOG_IN,))

    async def decline_to_stay(self) -> None:
        """Answers 'Stay signed in?' with no."""
        found = self.lane.find("declining", **self.lane.sign_in_words())
        await self._click(found, "the answer no", (words.STAY_SIGNED_OUT,))

    async def note(self) -> None:
        """To be called before something is typed: what is said by now is no answer to it."""
        self._before = set(await self.said())

    def _button(self, field: str) -> Locator:
        actions = [alias for word in _SUBMITS[field] for alias in self.lane.vocabulary.of(word)]
        return self.lane.find("submit", field=field, **{**self.lane.sign_in_words(), "words": actions})

    async def _click(self, found: Locator, what: str, expected: tuple[Word, ...]) -> None:
        button = await self.lane.one(
            found,
            what=what,
            screen=self.name,
            expected=" / ".join(alias for word in expected for alias in word.aliases[:3]),
            signing_in=True,
        )
        await self.lane.click(button, what=what, screen=self.name)
