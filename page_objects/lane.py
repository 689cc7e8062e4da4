"""A lane: one tab at the console, with what every screen and control needs to know about it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar

from playwright.async_api import Dialog, Locator, Page, Position, Response
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from connector.errors import ConsoleDrift, ConsoleUnavailable, NotClicked, SessionEnded, SignInFailed
from page_objects import words
from page_objects.controls import engine
from page_objects.traffic import Deadline, Traffic, retry_after
from page_objects.unanswered import Unanswered
from page_objects.words import Vocabulary, Word

__all__ = ["Deadline", "Lane", "Traffic", "is_gone", "is_navigation"]

T = TypeVar("T")

_MOVES_SECONDS = 1.5
_CLICK_SECONDS = 3.0
_MOST_INTERRUPTIONS = 6
_DOCUMENTS_KEPT = 10
_FRESH_SECONDS = 2.0
_ANSWER_SECONDS = 0.3
_LIST_STAYS_SECONDS = 1.5
_GIVES_UP_SECONDS = 0.5
"""How long after the time-out a page that never comes is given up: whoever opened it has told so by then."""
_PASSING_TROUBLES = ("ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_CONNECTION_CLOSED", "ERR_NETWORK_CHANGED")


@dataclass
class Lane:
    """One signed-in tab. `timeout` is in seconds and bounds every single wait. `step` is told each step."""

    page: Page
    base_url: str
    timeout: float
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    step: Callable[[str], None] = lambda text: None
    known_groups: set[str] = field(default_factory=set)
    """Names of groups that this console has been seen to use: what a text of names joined by commas is read with."""
    offered_groups: set[str] = field(default_factory=set)
    """Those that a field was seen to offer: a name that is only known need not be one that can be chosen."""
    groups_listed: bool = False
    """Whether those are all the groups there are: the list of groups was read."""
    noted: dict[str, Any] = field(default_factory=dict)
    """What was found out in this tab and is not worth keeping longer, e.g. which plain fields bring up a list."""
    learnt: dict[str, Any] = field(default_factory=dict)
    """What earlier steps found out about this console (how it searches, where actions lie); kept with the session."""

    def __post_init__(self) -> None:
        self.traffic = Traffic(self.page)
        self._unanswered = Unanswered(
            self.page, self.traffic, self.timeout + _GIVES_UP_SECONDS, lambda text: self.step(text)
        )
        self._confirming: Callable[[str], bool] | None = None
        self.native_questions: list[str] = []
        self.last_click = 0
        """The mark of the traffic just before the last click."""
        self._reached = False
        self._forgotten = 0
        self._came = 0
        """The mark of the traffic when the present document came."""
        self._fresh: tuple[str, int, float] | None = None
        self.crashed = False
        """Whether the tab went down; nothing works in it any more."""
        self.page.on("crash", self._crashed)
        self.page.on("dialog", self._native_dialog)
        self.page.set_default_timeout(self.timeout * 1000)

    def _crashed(self, page: Page) -> None:
        self.crashed = True

    def offers_group(self, name: str) -> None:
        """Notes that a field offered the group, and let it be chosen."""
        self.offered_groups.add(name)
        self.known_groups.add(name)

    def know_groups(self, names: Iterable[str]) -> None:
        """Takes in the names of all groups, as the list of groups shows them."""
        self.known_groups.update(names)
        self.groups_listed = True

    # -- finding ------------------------------------------------------------------------------------------------
    def find(self, kind: str, *aliases: Word, scope: Locator | None = None, **query: Any) -> Locator:
        """A locator for everything of this kind that carries one of the words, within a scope or the page."""
        root: Locator | Page = self.page if scope is None else scope
        return root.locator(engine.selector(**self.query(kind, *aliases, **query)))

    def query(self, kind: str, *aliases: Word, **query: Any) -> dict[str, Any]:
        """The same as data, for what a surface must hold."""
        if aliases:
            query["words"] = [alias for word in aliases for alias in self.vocabulary.of(word)]
        if kind == "field" and (asked := [q for word in aliases if (q := words.FIELD_QUESTIONS.get(word.key))]):
            query["like"] = "|".join(asked)
        if kind == "field" and (told := [t for word in aliases if (t := words.FIELD_INSTRUCTIONS.get(word.key))]):
            query["told"] = "|".join(told)
        return {"kind": kind, **query}

    def column_words(self) -> dict[str, list[str]]:
        return {key: self.vocabulary.of(word) for key, word in words.COLUMNS.items()}

    async def count(self, kind: str, *aliases: Word, **query: Any) -> int:
        """How many elements of this kind carry one of the words now; the same as `find` would find on the page."""
        return await engine.count(self.page, **self.query(kind, *aliases, **query))

    async def counts(self, *queries: dict[str, Any]) -> list[int]:
        """How many elements of the page each of these queries finds now, in one look."""
        return await engine.counts(self.page, *queries)

    async def asks_to_sign_in(self) -> bool:
        """Whether a form to sign in is there now."""
        return await engine.count(self.page, "sign-in", **self.sign_in_words()) > 0

    def sign_in_words(self) -> dict[str, Any]:
        """The words by which a sign-in form is known, and the origin beyond which every form is one."""
        of = self.vocabulary.of
        return {
            "emails": of(words.SIGN_IN_EMAIL),
            "codes": of(words.CODE),
            "actions": [*of(words.CONTINUE), *of(words.LOG_IN)],
            "sso": of(words.SINGLE_SIGN_ON),
            "stay": of(words.STAY_SIGNED_IN),
            "decline": of(words.STAY_SIGNED_OUT),
            "base": self.base_url,
        }

    async def one(
        self,
        locator: Locator,
        *,
        what: str,
        screen: str,
        expected: str,
        kind: str = "action",
        signing_in: bool = False,
        waited: bool = False,
    ) -> Locator:
        """Waits until exactly one element answers to the locator; `waited`: it has been waited for already.

        Raises SessionEnded where the sign-in page came instead (unless that is where one is, `signing_in`),
        ConsoleDrift where it is missing or ambiguous.
        """
        deadline = Deadline(0 if waited else self.timeout)
        count = 0
        while True:
            try:
                count = await locator.count()
                if count == 1:
                    return locator
                if count == 0:
                    instead = await engine.evaluate(self.page, "instead", self.sign_in_words())
                    if instead["closable"] and await self.clear_view(screen):
                        continue
                    if instead["asks"] and not signing_in:
                        raise SessionEnded("the console asked to sign in again", screen=screen)
                if (
                    count == 0
                    and (lost := self.traffic.read_troubles(self.last_click))
                    and self.traffic.idle(self.last_click)
                ):
                    raise ConsoleUnavailable(
                        f"{screen}: {what} did not come: the console did not answer",
                        screen=self.where(screen),
                        seen=", ".join(lost),
                        advice="try again later",
                    )
            except PlaywrightError as error:
                if not is_navigation(error):
                    raise
            if deadline.passed:
                break
            await self.pause(deadline)
        seen = ", ".join(await engine.evaluate(self.page, "inventory", kind)) or "nothing of the kind"
        problem = "is missing" if count == 0 else f"is there {count} times"
        raise ConsoleDrift(f"{screen}: {what} {problem}", screen=self.where(screen), expected=expected, seen=seen)

    async def click(
        self,
        locator: Locator,
        *,
        what: str,
        screen: str,
        may_go: bool = False,
        arrive: Callable[[], Awaitable[Locator]] | None = None,
    ) -> bool:
        """Clicks one element, once; whether it was clicked, as one that `may_go` may not be there any more.

        `arrive`: waits for exactly that one, as `one` does, where it has not been waited for yet.

        Interruptions over it are closed first (see overlays.py). Anything else that lies over all of it, and is not
        part of it, is NotClicked.
        """
        # Looking for what covers it takes the focus from the field before it, which may send something by itself.
        mark = self.traffic.mark()
        seen = None
        if arrive is not None and not self.traffic.pace:
            seen = await engine.evaluate(locator, "coverOf")
        if arrive is not None and seen is None:
            await arrive()
            mark = self.traffic.mark()
        if self.traffic.pace:
            await self.keep_pace()
            mark = self.traffic.mark()
        self.note_click(what, mark)
        deadline = Deadline(self.timeout)
        folds: Deadline | None = None
        folded = False
        cover = ""
        while True:
            if may_go and not await locator.count():
                return False
            found, seen = seen or await engine.evaluate(locator, "coverOf"), None
            if found is None and await self.clear_view(screen):
                continue  # what came up over the page since it was found hid it
            view = found or {"own": False, "cover": "", "free": None}
            cover = view["cover"]
            if cover and await self.clear_view(screen):
                continue
            if cover and view.get("list"):
                # Once it has had time to go away by itself: on one that is about to, the key would close the form.
                folds = folds or Deadline(min(_LIST_STAYS_SECONDS, self.timeout / 2))
                if folds.passed and not folded:
                    self.step("fold the list that lies over it")
                    folded = await engine.evaluate(self.page, "foldList")
            if not cover or view["free"]:
                problem = await self._click_now(locator, deadline, force=view["own"], at=view["free"])
                if problem is None:
                    return True
                cover = problem if "intercepts" in problem else cover
            if deadline.passed:
                break
            await deadline.pause()
        if may_go and not await locator.count():
            return False
        raise NotClicked(
            f"{screen}: {what} could not be clicked",
            screen=self.where(screen),
            expected=f"{what} to be free and enabled",
            seen=f"{cover} is over it" if cover and "intercepts" not in cover else cover or problem,
        )

    async def about_to_click(self, what: str) -> None:
        """Keeps the pace that the console asked for, and notes the click."""
        await self.keep_pace()
        self.note_click(what, self.traffic.mark())

    async def keep_pace(self) -> None:
        """Waits as long as the console asked for between two clicks."""
        if self.traffic.pace:
            await asyncio.sleep(self.traffic.pace)

    def note_click(self, what: str, mark: int) -> None:
        """Notes a click that is made now, or was made right after the mark."""
        self.note_used()
        self.step(f"click {what}")
        self.last_click = mark

    async def _click_now(self, locator: Locator, deadline: Deadline, *, force: bool, at: Position | None) -> str | None:
        """One click if it can be made now; else what keeps it from being made, with nothing clicked."""
        slice_ = min(_CLICK_SECONDS, deadline.left) * 1000 + 1
        try:
            await locator.click(force=force, timeout=slice_, position=at)
        except PlaywrightTimeout as error:
            log = str(error)
            if "click action done" in log:
                return None  # it was made, and what it led to took its time
            tried = log.rpartition("performing click action")[2] if "performing click action" in log else ""
            if tried and "intercepts" not in tried:
                raise  # whether it was made cannot be told: it is not made again
            if "element is not enabled" in log:
                return "it is disabled"
            return next((line.strip(" -") for line in log.splitlines() if "intercepts" in line), log.splitlines()[0])
        return None

    async def fill(self, locator: Locator, value: str, arrive: Callable[[], Awaitable[Locator]]) -> None:
        """Replaces what a field holds; what comes over the page meanwhile and hides the field is put away first.

        `arrive` waits for exactly that field, as `one` does, and raises as it does. Raises Playwright's TimeoutError
        where the field is there and cannot be written in.
        """
        deadline = Deadline(self.timeout)
        while True:
            try:
                await locator.fill(value, timeout=min(_CLICK_SECONDS, deadline.left) * 1000 + 1)
                return
            except PlaywrightTimeout:
                if deadline.passed:
                    raise
            await arrive()
            # A page that is busy with what was typed may answer late: it is not typed again.
            if await engine.evaluate(locator, "holdsNow") == value:
                return

    async def clear_view(self, screen: str) -> bool:
        """Closes interruptions that are in the way, each by its own words; whether any was."""
        closed = 0
        while (found := await engine.evaluate(self.page, "closable")) is not None:
            closed += 1
            if closed > _MOST_INTERRUPTIONS:
                raise ConsoleDrift(
                    f"{screen}: one interruption comes after the other",
                    screen=self.where(screen),
                    expected="a screen that can be worked on",
                    seen=f"{found['kind']} '{found['said']}'",
                )
            self.step(f"close the {found['kind']} '{found['said']}' by '{found['by']}'")
            closer = self.page.locator(engine.selector("closes-interruption"))
            gone = Deadline(min(_CLICK_SECONDS, self.timeout))
            try:
                await closer.click(timeout=min(_CLICK_SECONDS, self.timeout) * 1000)
            except PlaywrightTimeout:
                self.step("it could not be closed")
                return closed > 1
            while await engine.evaluate(self.page, "closable") == found:
                if gone.passed:
                    self.step("it stays although it was closed")
                    return closed > 1
                await gone.pause()
        return closed > 0

    async def pause(self, deadline: Deadline) -> None:
        """Gives the console a moment before it is looked at again: while it owes an answer to the last click, that.

        Not much longer than without, though: some requests are never answered.
        """
        if not await self.traffic.settles(self.last_click, min(_ANSWER_SECONDS, deadline.left)):
            await deadline.pause()

    async def at_rest(self, mark: int) -> bool:
        """Whether the page shows no work, and nothing that was asked since the mark is under way.

        In this order: what a click has just sent is heard of no later than the answer to a look after it.
        """
        return not await engine.evaluate(self.page, "busy") and self.traffic.idle(mark)

    async def comes_to_rest(self, scope: Locator) -> None:
        """Waits until what is on its way in is there: some forms begin anew when they have arrived."""
        deadline = Deadline(min(_MOVES_SECONDS, self.timeout))
        while await engine.evaluate(scope, "moves") and not deadline.passed:
            await deadline.pause()

    async def remember(self, slot: str = "click") -> None:
        """Notes what is visible now, so that what a click brings up can be told from it. `slot` names the memory."""
        await engine.evaluate(self.page, "remember", slot)

    def where(self, screen: str) -> str:
        """The screen's name with the page's address, without its query (which can hold personal data)."""
        return f"{screen} ({self.page.url.partition('?')[0]})"

    # -- going --------------------------------------------------------------------------------------------------
    async def go(self, url: str, *, screen: str) -> int:
        """Opens an address; the HTTP status of its page.

        Raises ConsoleUnavailable for no answer, 429 and 5xx, retried within the time-out.
        """
        deadline = Deadline(self.timeout)
        await self.forget_documents()
        self.step(f"open {url.partition('?')[0]}")
        while True:
            try:
                response = await self._goto(url, deadline)
                status = response.status if response else 200
                if status != 429 and status < 500:
                    self._reached = True
                    return status
                trouble = f"HTTP {status}"
                wait = retry_after(response) if response else None
            except PlaywrightTimeout:
                trouble, wait = f"no answer within {self.timeout:g} s", None
            except PlaywrightError as error:
                if is_gone(error):
                    raise
                trouble, wait = str(error).splitlines()[0], None
                # Whoever was there a moment ago may be there again in the next; an unknown host will not.
                passing = any(each in trouble for each in ("ERR_ABORTED", "interrupted", *_PASSING_TROUBLES))
                if not passing and not self._reached and "ERR_" in trouble:
                    raise ConsoleUnavailable(
                        f"{screen} cannot be reached",
                        screen=screen,
                        seen=trouble,
                        advice="check the address and network",
                    ) from error
            if deadline.passed or (wait or 0) > deadline.left:
                raise ConsoleUnavailable(
                    f"{screen} cannot be read", screen=screen, seen=trouble, advice="try again later"
                )
            if wait:
                await asyncio.sleep(wait)  # what the console asked for
            else:
                await deadline.pause()

    def note_new(self) -> None:
        """Notes that nothing was changed yet since the present document came: to sign in changes nobody."""
        self._came = self.traffic.mark()

    async def _goto(self, url: str, deadline: Deadline) -> Response | None:
        """Opens an address; None for another place in the same document, as addresses behind a # are.

        Such a document shows what it knew before: once something was changed it is read anew. Until then it is only
        led elsewhere and back where the place is the same, as some keep in it who is signed in. One that keeps to its
        place, as what was filled in is not saved, is read anew and then led on.
        """
        before = self.page.url
        if url == self.page.url and "#" in url and not self.traffic.changing(self._came):
            await self.page.evaluate("() => { location.hash = ''; }")
        response = await self.page.goto(url, wait_until="domcontentloaded", timeout=deadline.left * 1000 + 1)
        if response is None and (self.traffic.changing(self._came) or await self._keeps_to(before, url)):
            response = await self.page.reload(wait_until="domcontentloaded", timeout=deadline.left * 1000 + 1)
            if await self._keeps_to(before, url):
                await self.page.goto(url, wait_until="domcontentloaded", timeout=deadline.left * 1000 + 1)
        if response is not None:
            self.note_new()
        return response

    async def _keeps_to(self, before: str, url: str) -> bool:
        """Whether a document is where it was before, once it has heard that it is to be elsewhere."""
        heard = "() => new Promise((done) => setTimeout(() => done(location.href)))"
        return url != before and await self.page.evaluate(heard) == before

    async def forget_documents(self) -> None:
        """Has the browser let go of the documents that were left, once there are some.

        By itself it keeps them as long as the machine has memory: eight megabytes each, and a list has hundreds.
        """
        if self.traffic.documents - self._forgotten >= _DOCUMENTS_KEPT:
            self._forgotten = self.traffic.documents
            await self.page.request_gc()

    def note_fresh(self) -> None:
        """Notes that the screen has just been opened and nothing was done on it yet."""
        self._fresh = (self.page.url, self.traffic.mark(), monotonic())

    def note_used(self) -> None:
        """Notes that something is done on the screen now: it is searched, scrolled or clicked."""
        self._fresh = None

    def is_fresh(self) -> bool:
        """Whether it still is as it was opened: a moment ago, and nothing was asked of the console since.

        A list that filters itself shows what was there when it was opened, which an hour later is no answer. Once only:
        whoever asks is about to do something on it.
        """
        fresh, self._fresh = self._fresh, None
        if fresh is None:
            return False
        url, mark, since = fresh
        return (url, mark) == (self.page.url, self.traffic.mark()) and monotonic() - since < _FRESH_SECONDS

    async def answer_to_change(self, mark: int) -> int | None:
        """The HTTP status that answered the changing request since the mark; None where none was sent or answered."""
        deadline = Deadline(self.timeout)
        while not (self.traffic.changing(mark) and self.traffic.idle(mark)) and not deadline.passed:
            await deadline.pause()
        return self.traffic.answer(mark)

    async def reload_if_lost(self, mark: int, *, screen: str) -> bool:
        """Opens the page again where it could not be read since the mark; whether that was needed."""
        if not self.traffic.idle(mark) or not self.traffic.read_troubles(mark):
            return False
        await self.go(self.page.url, screen=screen)
        return True

    async def patiently(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Repeats something that changes nothing while the console does not answer it, until the time-out is over."""
        deadline = Deadline(self.timeout)
        while True:
            try:
                return await attempt()
            except ConsoleUnavailable as error:
                if deadline.passed or isinstance(error, (SessionEnded, SignInFailed)):
                    raise
                self.step(f"again: {error.seen}")
                await deadline.pause()

    # -- the browser's own questions --------------------------------------------------------------------------------
    def answer_questions(self, judge: Callable[[str], bool] | None) -> None:
        """How to answer the browser's own confirm boxes from now on: by the judge, or no (the default)."""
        self._confirming = judge

    async def _native_dialog(self, dialog: Dialog) -> None:
        self.native_questions.append(dialog.message)
        if dialog.type == "beforeunload" or (self._confirming is not None and self._confirming(dialog.message)):
            await dialog.accept()
        else:
            await dialog.dismiss()


def is_navigation(error: PlaywrightError) -> bool:
    """The page was replaced while it was looked at: look again."""
    text = str(error)
    gone = ("context was destroyed", "navigat", "Frame was detached", "not attached to the DOM", "Cannot find context")
    return any(each in text for each in gone)


def is_gone(error: PlaywrightError) -> bool:
    """The tab or the browser is no more: it crashed, was killed or was closed."""
    text = str(error).casefold()
    return any(each in text for each in ("has been closed", "crashed", "target closed", "connection closed"))
