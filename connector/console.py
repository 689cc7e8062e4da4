"""A lane at a console: signs in, hands the tab out, and signs in again when a session ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self, TypeVar, cast

from playwright.async_api import BrowserContext, StorageState
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from connector import by_hand, stopping
from connector.addresses import same_address
from connector.browser import WINDOW
from connector.driven_browser import DrivenBrowser
from connector.errors import (
    ConsoleDrift,
    ConsoleUnavailable,
    LaneLost,
    Refused,
    SessionEnded,
    SignInFailed,
)
from connector.evidence import StepLog
from connector.models import Guard
from connector.one_time_codes import OneTimeCodes
from connector.redaction import Redactor
from connector.session_store import SavedSession
from connector.settings import Settings
from connector.shared_session import SharedSession
from connector.sign_in import BY_HAND, sign_in
from connector.tracing import Tracing
from page_objects.account_menu import AccountMenu
from page_objects.controls import engine
from page_objects.lane import Lane, is_gone, is_navigation
from page_objects.people_screen import PeopleScreen
from page_objects.words import Vocabulary

T = TypeVar("T")
SignedIn = Callable[[str, str | None], Awaitable[None]]
"""Hears how somebody signed in, and why she was not let in where she was not."""

_MOST_RENEWALS = 3
_MOST_REPLACED = 2
_CODE_STEP = "step of the last one-time code"
_READ_SESSION_STORAGE = "() => Object.fromEntries(Object.entries(sessionStorage))"
_WRITE_SESSION_STORAGE = """stored => {
  const own = stored[location.origin];
  for (const [key, value] of Object.entries(own ?? {}))
    if (sessionStorage.getItem(key) === null) sessionStorage.setItem(key, value);
}"""


def _closed() -> ConsoleUnavailable:
    return ConsoleUnavailable("the connector was closed while it worked", advice="it reads first when it goes on")


async def _untold(how: str, problem: str | None) -> None:
    """Nobody asks."""


class Console:
    """One lane at a console, in a browser of its own or beside others.

    `say` gets a sentence for the operator; `redactor` learns what a session consists of, so that it is told nowhere;
    `signed_in` hears how somebody signed in, and where she was not let in, why.
    """

    def __init__(
        self,
        settings: Settings,
        browser: DrivenBrowser,
        *,
        say: Callable[[str], None] = lambda text: None,
        vocabulary: Vocabulary | None = None,
        redactor: Redactor | None = None,
        signed_in: SignedIn | None = None,
    ) -> None:
        self.settings = settings
        self.account = settings.email or ""
        self.steps = StepLog()
        self.tracing = Tracing(lambda text: self.steps.note(text))
        self._redactor = redactor or Redactor(())
        self._told_sign_in = signed_in or _untold
        self._vocabulary = vocabulary or Vocabulary()
        self.say = say
        self._shared = SharedSession(settings, browser, self._redactor, say)
        self._first: Console = self
        self._context: BrowserContext | None = None
        self._lane: Lane | None = None
        self._tab: Lane | None = None
        self._signed_in = 0
        """Of which sign-in, counted by `SharedSession.sign_ins`, the session of this lane is."""
        self.losses = 0
        """How often a session or a browser was lost and replaced: who acted meanwhile cannot tell what came of it."""
        self._rescued: SavedSession | None = None
        """What a tab that crashed leaves to the next one: newer than what is saved."""

    def beside(self) -> Console:
        """Another lane in the same browser and session, to be closed before this one."""
        lane = Console(
            self.settings,
            self._shared.browser,
            say=self.say,
            vocabulary=self._vocabulary,
            redactor=self._redactor,
            signed_in=self._told_sign_in,
        )
        lane._shared, lane._first = self._shared, self._first
        self._shared.lanes += 1
        return lane

    @property
    def lanes(self) -> int:
        """How many lanes there are at this console."""
        return self._shared.lanes

    @property
    def one_by_one(self) -> asyncio.Lock:
        """Held by a lane from a guard that counts something (seats, admins) until its change is read back."""
        return self._shared.one_by_one

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # Shielded: a cancellation in the middle of Playwright's shutdown would leave the browser behind.
        await asyncio.shield(self.close())

    async def close(self) -> None:
        """Ends the lane, and the browser with the first one, for good. Safe to call at any time, and twice."""
        self._lane = self._tab = None
        context, self._context = self._context, None
        if self._first is not self:
            self._shared.lanes -= 1
            if context is not None and self._shared.browser.alive:
                with suppress(PlaywrightError):  # the browser went away meanwhile, and the lane with it
                    await context.close()
            return
        self._shared.closed = True
        await self._shared.browser.close()
        await self._shared.written()

    async def end_trace(self) -> bytes | None:
        """The trace that `tracing.begin` began, as Playwright made it: for the sanitiser alone. None: there is none."""
        lane = self._tab if self._tab is not None and self._alive(self._tab) else None
        return await self.tracing.end(self._shared.browser.traces, lane)

    @property
    def current_lane(self) -> Lane | None:
        """The lane in use, signed in or not, if one has been opened."""
        return self._tab

    async def lane(self) -> Lane:
        """The signed-in lane, opened and verified on first use.

        Raises ConsoleUnavailable, SignInFailed, ConsoleDrift; Refused (wrong-tenant) for another account.
        """
        if self._lane is not None and self._alive(self._lane):
            return self._lane
        await self.tracing.suspend()
        lane = await self._new_lane()
        await self.tracing.go_on(lane.page.context)
        return lane

    async def _new_lane(self) -> Lane:
        if self._shared.closed:
            raise _closed()
        if self._shared.locked_out is not None:
            raise self._shared.locked_out
        if self._lane is not None:
            await self._give_up_tab()
        self._signed_in = self._shared.sign_ins
        saved, self._rescued = self._rescued or await self._newest(), None
        if saved is None:
            self.settings.require_credentials()
        lane = self._tab = await self._open_lane(saved)
        people = PeopleScreen(lane)
        if saved is not None:
            try:
                await people.open()
                if await self._right_account(lane):
                    self._lane = lane
                    return lane
                self.say(f"The saved session belongs to another account than {self.account}; signing in anew.")
                await lane.page.context.clear_cookies()
            except SessionEnded:
                self.steps.note("the saved session has ended")
        return await self._sign_in_once(lane)

    async def steadily(self, action: Callable[[], Awaitable[T]]) -> T:
        """Runs something that can be begun anew, because it reads before it changes anything.

        Where the console ends the session it is renewed, and where the tab or the browser goes away it is started
        again, once; then the action begins anew. So it does where the page is replaced in the middle of a step, as by
        a form to sign in that takes its place. Raises SignInFailed where session after session ends before the action
        does.
        """
        renewals = restarts = replaced = 0
        while True:
            try:
                return await self._told_apart(action)
            except SessionEnded as error:
                renewals += 1
                if renewals > _MOST_RENEWALS:
                    raise SignInFailed(
                        "the console ends the session again and again",
                        screen=error.screen,
                        seen=f"{renewals} sessions ended before one step was done",
                        advice="somebody may be signing in with the same account elsewhere; give the connector its own",
                    ) from error
                await self.renew()
            except PlaywrightError as error:
                timed_out = isinstance(error, PlaywrightTimeout)
                if is_navigation(error) and not timed_out and replaced < _MOST_REPLACED:
                    replaced += 1
                    self.steps.note("the page was replaced in the middle of a step; beginning anew")
                    continue
                if not is_gone(error) or restarts:
                    raise
                if stopping.ends():
                    raise _closed() from error
                restarts += 1
                self.steps.note(f"the browser or its tab went away ({str(error).splitlines()[0]}); starting it again")
                self.say("The browser went away; starting it again and looking before anything is repeated.")
                self.losses += 1
                await self._give_up_tab()
                await self.lane()

    async def _told_apart(self, action: Callable[[], Awaitable[T]]) -> T:
        """Runs something; where what it waited for cannot come, as a form to sign in took its place, it says so."""
        try:
            return await action()
        except PlaywrightTimeout as error:
            lane = self._lane
            if lane is None or not self._alive(lane) or not await lane.asks_to_sign_in():
                raise
            raise SessionEnded("the console asked to sign in again in the middle of a step") from error

    async def renew(self) -> None:
        """Signs in again after the console ended the session."""
        self.losses += 1
        self.steps.note("the console ended the session; signing in again")
        await self.tracing.suspend()
        lane, self._lane = self._lane, None
        if lane is None or not self._alive(lane):
            await self._give_up_tab()
            await self.lane()
            return
        lane = await self._sign_in_once(lane)
        await self.tracing.go_on(lane.page.context)

    async def sign_in_by_hand(self, seconds: float) -> None:
        """Lets a person sign in in the open browser, and saves the session once the People screen is there.

        `seconds` is how long to wait. Raises SignInFailed where nobody does in time, Refused (wrong-tenant) for
        another account, ConsoleUnavailable where the window is closed.
        """
        lane = self._tab = await self._open_lane(self._shared.load())
        people = PeopleScreen(lane)

        async def is_in() -> bool:
            await people.open()
            if not await self._right_account(lane):
                raise Refused(
                    f"the console is signed in with another account than {self.account}",
                    Guard.WRONG_TENANT,
                    advice="sign in with that account, or set WORKRAMP_EMAIL to the one that is to be used",
                )
            return True

        await by_hand.signed_in(lane, is_in, seconds, self.say)
        await self._told_sign_in("by hand", None)
        self._lane = lane
        await self.save_session()

    async def _newest(self) -> SavedSession | None:
        """The session as the first lane has it now, else as it was saved or loaded last."""
        saved, first = self._shared.known(), self._first
        lane, context = first._lane, first._context
        if first is self or saved is None or lane is None or context is None or not first._alive(lane):
            return saved
        try:
            state = cast(dict[str, Any], await context.storage_state(indexed_db=True))
        except PlaywrightError as error:
            self.steps.note(f"the session of the first lane cannot be had: {str(error).splitlines()[0]}")
            return saved
        newest = saved.model_copy(update={"storage_state": state})
        self._redactor.learn(newest.secrets())
        return newest

    def _alive(self, lane: Lane) -> bool:
        return self._shared.browser.alive and not lane.crashed and not lane.page.is_closed()

    async def _give_up_tab(self) -> None:
        """Drops a tab that is no more; keeps what the session consists of by now. The other lanes keep theirs."""
        self._lane = self._tab = None
        context, self._context = self._context, None
        if not self._shared.browser.alive or context is None:
            return
        try:
            if self._shared.session is not None:
                state = cast(dict[str, Any], await context.storage_state())
                self._rescued = self._shared.session.model_copy(update={"storage_state": state})
            await context.close()
        except PlaywrightError as error:
            self.steps.note(f"nothing newer than the saved session is left: {str(error).splitlines()[0]}")

    async def _sign_in_once(self, lane: Lane) -> Lane:
        """Signs in, or takes up the session of another lane that signed in meanwhile; the lane to go on with."""
        shared = self._shared
        async with shared.signing_in:
            if shared.locked_out is not None:
                raise shared.locked_out
            if self._signed_in == shared.sign_ins:
                await self._sign_in(lane)
                shared.sign_ins += 1
                self._signed_in = shared.sign_ins
                self._lane = lane
                return lane
        self.steps.note("another lane has signed in meanwhile")
        await self._give_up_tab()
        self._rescued = None
        return await self.lane()

    async def _sign_in(self, lane: Lane) -> None:
        if self._shared.codes is None and self.settings.totp_secret is not None:
            used = int(lane.learnt.get(_CODE_STEP, 0))
            self._shared.codes = OneTimeCodes(
                self.settings.totp_secret, used, made=lambda code: self._redactor.learn([code])
            )
        people = PeopleScreen(lane)
        try:
            # The console itself leads to its sign-in page; only where it shows neither, its address is tried.
            if not await lane.asks_to_sign_in():
                await people.open()
        except SessionEnded:
            self.steps.note("the console asks to sign in")
        except ConsoleDrift:
            await lane.go(lane.base_url + "/login", screen="sign-in page")
        try:
            answered = await sign_in(lane, self.settings, self._shared.codes, self.say)
        except SignInFailed as error:
            self._shared.locked_out = error
            await self._told_sign_in("by password", error.message)
            raise
        if self._shared.codes is not None and self._shared.codes.used:
            lane.learnt[_CODE_STEP] = self._shared.codes.used
        try:
            await people.here_or_open()
        except SessionEnded as error:
            raise SignInFailed(
                "the console asks to sign in again right after signing in"
                if answered
                else "the console asks to sign in, and shows nothing to sign in by",
                screen=lane.where("sign-in page"),
                advice=f"look at what the console shows after signing in, {BY_HAND}",
            ) from error
        if not await self._right_account(lane):
            raise Refused("the console is signed in with another account", Guard.WRONG_TENANT, whom=self.account)
        await self._told_sign_in("by password", None)
        session = await self._session_now()
        await self._shared.write(session)

    async def _right_account(self, lane: Lane) -> bool:
        """The page is on the configured origin, and shows no other account than the configured one."""
        if not lane.page.url.startswith(f"{self.settings.url}/"):
            raise Refused(
                f"the console led to another address: {lane.page.url.partition('?')[0]}",
                Guard.WRONG_TENANT,
                advice=f"WORKRAMP_URL is {self.settings.url}; set it to the address your console ends up on",
            )
        shown = await AccountMenu(lane).addresses()
        if any(same_address(address, self.account) for address in shown):
            return True
        # A console that shows no account at all cannot contradict; the session is then known by who signed in.
        return not shown

    async def save_session(self) -> None:
        """Keeps the session, and what was learnt about the console, for the next start.

        Raises SettingsError where it cannot be kept.
        """
        if self._context is None or self._tab is None:
            return
        session = await self._session_now()
        await self._shared.save(session)

    async def _session_now(self) -> SavedSession:
        assert self._context is not None
        assert self._tab is not None
        state = await self._context.storage_state(indexed_db=True)
        origin = self.settings.url
        stored: dict[str, str] = await self._tab.page.evaluate(_READ_SESSION_STORAGE)
        session = SavedSession(
            origin=origin,
            account=self.account,
            storage_state=cast(dict[str, Any], state),
            session_storage={origin: stored} if stored else {},
            layout=dict(self._tab.learnt),
            saved_at=datetime.now(UTC),
        )
        self._shared.take(session)
        return session

    async def session_written(self) -> None:
        """Waits until a session that is being saved is on the disk."""
        await self._shared.written()

    async def save_what_was_learnt(self) -> None:
        """Has the session saved again where something was learnt about the console since; an ended one is left alone.

        It is on the disk once the console is closed.
        """
        lane = self._lane
        if lane is None or not self._alive(lane) or lane.learnt == self._shared.learnt_saved:
            return
        try:
            session = await self._session_now()
        except PlaywrightError as error:
            if not stopping.ends():
                self.say(f"What was learnt about the console could not be saved: {str(error).splitlines()[0]}")
            return
        await self._shared.write(session)

    @asynccontextmanager
    async def visitor(self) -> AsyncIterator[Lane]:
        """A tab that nobody is signed in to, beside the signed-in one, which it leaves alone."""
        try:
            context = await (await self._shared.browser.launched()).new_context(**WINDOW)
            lane = Lane(
                page=await context.new_page(),
                base_url=self.settings.url,
                timeout=self.settings.timeout,
                vocabulary=self._vocabulary,
            )
        except PlaywrightError as error:
            raise ConsoleUnavailable("the browser opens no second window", seen=str(error).splitlines()[0]) from error
        try:
            yield lane
        finally:
            await context.close()

    async def _open_lane(self, saved: SavedSession | None) -> Lane:
        context = await self._new_context(saved)
        try:
            page = await context.new_page()
        except PlaywrightError as error:
            raise LaneLost("the browser opens no tab", seen=str(error).splitlines()[0]) from error
        shared = self._shared
        if shared.learnt is None:
            shared.learnt = dict(saved.layout) if saved else {}
            shared.learnt_saved = dict(shared.learnt)
        return Lane(
            page=page,
            base_url=self.settings.url,
            timeout=self.settings.timeout,
            vocabulary=self._vocabulary,
            step=lambda text: self.steps.note(text),
            learnt=shared.learnt,
        )

    async def _new_context(self, saved: SavedSession | None) -> BrowserContext:
        try:
            if self._context is not None:
                await self._context.close()
            browser = await self._shared.browser.launched()
            self._context = await browser.new_context(
                storage_state=cast(StorageState, saved.storage_state) if saved else None,
                accept_downloads=True,
                **WINDOW,
            )
            await engine.bring(self._context)
            if saved and saved.session_storage:
                import json

                await self._context.add_init_script(f"({_WRITE_SESSION_STORAGE})({json.dumps(saved.session_storage)})")
        except PlaywrightError as error:
            raise ConsoleUnavailable(
                "the browser does not start", seen=str(error).splitlines()[0], advice="see WORKRAMP_BROWSER"
            ) from error
        return self._context
