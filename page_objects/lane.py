"""A lane: one tab at the console, with what every screen and control needs to know about it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar
from urllib.parse import unquote_plus

from playwright.async_api import Dialog, Locator, Page, Request, Response
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from connector.errors import ConsoleDrift, ConsoleUnavailable, SessionEnded
from page_objects import words
from page_objects.controls import engine
from page_objects.words import Vocabulary, Word

T = TypeVar("T")

_LONGEST_PACE = 60.0
_TRACKED = ("document", "xhr", "fetch")


class Deadline:
    """A point in time by which something must have happened; pauses between looks grow from 20 ms to half a second."""

    def __init__(self, seconds: float) -> None:
        self._end = monotonic() + seconds
        self._pause = 0.02

    @property
    def left(self) -> float:
        """Seconds left, never negative."""
        return max(self._end - monotonic(), 0.0)

    @property
    def passed(self) -> bool:
        return self.left <= 0

    async def pause(self) -> None:
        """Gives the console a moment before it is looked at again; never beyond the deadline."""
        await asyncio.sleep(min(self._pause, self.left))
        self._pause = min(self._pause * 1.5, 0.5)


@dataclass
class _Exchange:
    number: int
    url: str
    body: str
    method: str
    done: bool = False
    aborted: bool = False
    status: int | None = None


class Traffic:
    """What the page asked of the console: which requests are under way, which ended how."""

    def __init__(self, page: Page) -> None:
        self._exchanges: dict[Request, _Exchange] = {}
        self._count = 0
        self.pace = 0.0
        """Seconds to wait before each click since the console said that requests come too fast; 0 until it does."""
        page.on("request", self._started)
        page.on("response", self._answered)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def _started(self, request: Request) -> None:
        if request.resource_type not in _TRACKED:
            return
        self._count += 1
        if len(self._exchanges) > 400:
            for old in [r for r, e in self._exchanges.items() if e.done]:
                del self._exchanges[old]
        try:
            body = request.post_data or ""
        except UnicodeDecodeError:  # an uploaded file: nothing a search term could be found in
            body = ""
        self._exchanges[request] = _Exchange(self._count, request.url, body, request.method)

    def _answered(self, response: Response) -> None:
        if exchange := self._exchanges.get(response.request):
            exchange.status = response.status
        if response.status == 429:
            self.pace = min(_retry_after(response) or 1.0, _LONGEST_PACE)

    def _ended(self, request: Request) -> None:
        if exchange := self._exchanges.get(request):
            exchange.done = True
            # The page itself gives a request up when it is left or no longer interested.
            exchange.aborted = "ERR_ABORTED" in (request.failure or "")

    def mark(self) -> int:
        """A number that tells the requests before now from those after."""
        return self._count

    def _since(self, mark: int) -> list[_Exchange]:
        return [exchange for exchange in self._exchanges.values() if exchange.number > mark]

    def idle(self, mark: int) -> bool:
        """No request since the mark is still under way."""
        return all(exchange.done for exchange in self._since(mark))

    def answered(self, mark: int, term: str) -> bool:
        """A request since the mark that carried the term has been answered."""
        wanted = term.casefold()
        return any(
            exchange.done and wanted in unquote_plus(f"{exchange.url} {exchange.body}").casefold()
            for exchange in self._since(mark)
        )

    def changing(self, mark: int) -> bool:
        """A request since the mark that can change something was sent."""
        return any(exchange.method not in ("GET", "HEAD", "OPTIONS") for exchange in self._since(mark))

    def answer(self, mark: int) -> int | None:
        """The status of the last changing request since the mark; None where there was none, or no answer."""
        changing = [e for e in self._since(mark) if e.method not in ("GET", "HEAD", "OPTIONS")]
        return changing[-1].status if changing else None

    def read_troubles(self, mark: int) -> list[str]:
        """Reading requests since the mark that ended without an answer: lost, or with a status of 429 or 5xx."""
        return [
            f"{exchange.method} {exchange.url.partition('?')[0]}: {exchange.status or 'connection lost'}"
            for exchange in self._since(mark)
            if exchange.method == "GET" and exchange.done and not exchange.aborted and _no_answer(exchange.status)
        ]

    def troubles(self, mark: int) -> list[str]:
        """Changing requests since the mark that ended without a clear answer: lost, or with a status of 429 or 5xx."""
        return [
            f"{exchange.method} {exchange.url.partition('?')[0]}: {exchange.status or 'connection lost'}"
            for exchange in self._since(mark)
            if exchange.method != "GET" and exchange.done and _no_answer(exchange.status)
        ]


def _no_answer(status: int | None) -> bool:
    return status is None or status == 429 or status >= 500


@dataclass
class Lane:
    """One signed-in tab. `timeout` is in seconds and bounds every single wait. `step` is told each step."""

    page: Page
    base_url: str
    timeout: float
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    step: Callable[[str], None] = lambda text: None
    known_groups: set[str] = field(default_factory=set)
    """Names of groups that this console has been seen to offer: what a text of names joined by commas is read with."""
    noted: dict[str, Any] = field(default_factory=dict)
    """What was found out in this tab and is not worth keeping longer, e.g. which plain fields bring up a list."""
    learnt: dict[str, Any] = field(default_factory=dict)
    """What earlier steps found out about this console (how it searches, where actions lie); kept with the session."""

    def __post_init__(self) -> None:
        self.traffic = Traffic(self.page)
        self._confirming: Callable[[str], bool] | None = None
        self.native_questions: list[str] = []
        self.last_click = 0
        """The mark of the traffic just before the last click."""
        self.page.on("dialog", self._native_dialog)
        self.page.set_default_timeout(self.timeout * 1000)

    # -- finding ------------------------------------------------------------------------------------------------
    def find(self, kind: str, *aliases: Word, scope: Locator | None = None, **query: Any) -> Locator:
        """A locator for everything of this kind that carries one of the words, within a scope or the page."""
        if aliases:
            query["words"] = [alias for word in aliases for alias in self.vocabulary.of(word)]
        root: Locator | Page = self.page if scope is None else scope
        return root.locator(engine.selector(kind, **query))

    def query(self, kind: str, word: Word) -> dict[str, Any]:
        """The same as data, for what a surface must hold."""
        return {"kind": kind, "words": self.vocabulary.of(word)}

    def column_words(self) -> dict[str, list[str]]:
        return {key: self.vocabulary.of(word) for key, word in words.COLUMNS.items()}

    @property
    def sign_in_form(self) -> Locator:
        return self.page.locator(engine.selector("sign-in", **self.sign_in_words()))

    def sign_in_words(self) -> dict[str, list[str]]:
        """The words by which a sign-in form is known."""
        return {
            "emails": self.vocabulary.of(words.SIGN_IN_EMAIL),
            "actions": [*self.vocabulary.of(words.CONTINUE), *self.vocabulary.of(words.LOG_IN)],
        }

    async def one(self, locator: Locator, *, what: str, screen: str, expected: str, kind: str = "action") -> Locator:
        """Waits until exactly one element answers to the locator.

        Raises SessionEnded where the sign-in page came instead, ConsoleDrift where it is missing or ambiguous.
        """
        deadline = Deadline(self.timeout)
        count = 0
        while True:
            try:
                count = await locator.count()
                if count == 1:
                    return locator
                if count == 0 and await self.sign_in_form.count():
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
            await deadline.pause()
        seen = ", ".join(await engine.evaluate(self.page, "inventory", kind)) or "nothing of the kind"
        problem = "is missing" if count == 0 else f"is there {count} times"
        raise ConsoleDrift(f"{screen}: {what} {problem}", screen=self.where(screen), expected=expected, seen=seen)

    async def click(self, locator: Locator, *, what: str, screen: str) -> None:
        """Clicks one element. Something that lies over it and is not part of it is ConsoleDrift."""
        if self.traffic.pace:
            await asyncio.sleep(self.traffic.pace)  # what the console asked for
        self.step(f"click {what}")
        self.last_click = self.traffic.mark()
        try:
            covered = await locator.evaluate(_COVERED_BY_ITS_OWN)
            await locator.click(force=covered, timeout=self.timeout * 1000)
        except PlaywrightTimeout as error:
            reason = next((line.strip() for line in str(error).splitlines() if "intercepts" in line), "")
            disabled = "element is not enabled" in str(error)
            raise ConsoleDrift(
                f"{screen}: {what} could not be clicked",
                screen=self.where(screen),
                expected=f"{what} to be free and enabled",
                seen=reason or ("it is disabled" if disabled else str(error).splitlines()[0]),
            ) from error

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
        self.step(f"open {url.partition('?')[0]}")
        while True:
            try:
                response = await self.page.goto(url, wait_until="domcontentloaded", timeout=deadline.left * 1000 + 1)
                status = response.status if response else 200
                if status != 429 and status < 500:
                    return status
                trouble = f"HTTP {status}"
                wait = _retry_after(response) if response else None
            except PlaywrightTimeout:
                trouble, wait = f"no answer within {self.timeout:g} s", None
            except PlaywrightError as error:
                trouble, wait = str(error).splitlines()[0], None
                if "ERR_ABORTED" not in trouble and "interrupted" not in trouble and "ERR_" in trouble:
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
                if deadline.passed or isinstance(error, SessionEnded):
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
    return "context was destroyed" in text or "navigat" in text or "Frame was detached" in text


def _retry_after(response: Response) -> float | None:
    value = response.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None


# A composite control often lies under a part of itself (the chosen value over its input): the click then belongs to it.
_COVERED_BY_ITS_OWN = """el => {
  const box = el.getBoundingClientRect();
  const outside = box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth;
  if (outside) el.scrollIntoView({block: 'center'});
  const at = el.getBoundingClientRect();
  const hit = document.elementFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  if (!hit || el.contains(hit) || !el.matches('input, [role=combobox], textarea')) return false;
  for (let a = el.parentElement, up = 0; a && up < 4; a = a.parentElement, up += 1) {
    if (a.querySelectorAll('input:not([type=hidden]), select, textarea, [role=combobox]').length > 1) return false;
    if (a.contains(hit)) return true;
  }
  return false;
}"""
