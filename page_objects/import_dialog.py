"""The CSV import: a dialog or page that takes a file, shows what it read, imports and says what came of it.

Consoles put this into one to four steps. What is rendered decides the next: a file field takes the file; a button to
import, once the file was reviewed, is clicked exactly once; anything that only leads on is clicked until then.
"""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Locator
from playwright.async_api import TimeoutError as PlaywrightTimeout

from connector.errors import ConsoleDrift, ConsoleUnavailable, SessionEnded
from connector.models import Invite
from page_objects import reading, words
from page_objects.controls import boxes, engine
from page_objects.controls.base import Action, Closer, Declared, Screen, Sender
from page_objects.controls.fields import FileField
from page_objects.import_columns import FileColumn, match_columns
from page_objects.lane import Deadline, Lane
from page_objects.leaving import leave

_TEMPLATE_SECONDS = 10.0
_MOST_STEPS = 4
_ROWS = r"(?:rows?|lines?|records?|entries|people|persons?|users?|learners?|members?)"
_IMPORTED = re.compile(
    rf"(?:\b\d+ of )?\b(?:\d+|no|all) (?:\w+ )?{_ROWS} (?:(?:was|were|has been|have been) )?"
    r"(?:imported|added|created)\b[^.!\n]{0,80}"
    rf"|\b(?:\d+|no|all) (?:\w+ )?{_ROWS} (?:was|were|has been|have been) invited\b"
    r"|\bimported:? \d+\b|\b\d+ (?:of \d+ )?imported\b"
    r"|\bimport (?:is |was |has )?(?:complete|completed|finished|done|successful|succeeded|failed)\b"
    r"|\b(?:import (?:results?|summary|report)|results? of the import)\b",
    re.I,
)
"""How a console tells what came of an import that is over: '2 of 3 rows imported', 'Import result'."""
_TO_COME = re.compile(r"\b(?:will|can|would|shall|to|may|cannot|ready|be)\b", re.I)

_UNDER_WAY = re.compile(
    r"\b(?:importing|processing|inviting|adding|uploading)\b[^.!?\n]{0,40}(?:…|\.\.\.|\d ?%)"
    r"|\b(?:import|upload) (?:is )?(?:in progress|under way|running)\b|\bplease wait\b",
    re.I,
)
"""What a page says while it imports: 'Importing 4 users…'. One that promises to send a mail is over with."""
_PROMISED = re.compile(r"\b(?:when|once|until|till|after|as soon as|if)\b[^.!?\n]{0,40}$", re.I)


@dataclass(frozen=True)
class ReviewRow:
    """One row of the review: its address, the pieces it shows, and whether words of objection are among them."""

    email: str
    parts: tuple[str, ...]
    objects: bool

    def besides(self, person: Invite) -> str:
        """What the row says besides what was sent, its number and its role: the console's verdict on it."""
        return " ".join(self.says(person))

    def says(self, person: Invite) -> list[str]:
        """The pieces of the verdict."""
        sent = {
            person.email,
            person.first_name,
            person.last_name,
            f"{person.first_name} {person.last_name}",
            *person.groups,
            *person.managers,
            ", ".join(person.groups),
            ", ".join(person.managers),
            "; ".join(person.groups),
            "; ".join(person.managers),
            ";".join(person.groups),
            ";".join(person.managers),
            *words.ROLE_NAMES[person.role.value].aliases,
            person.role.value,
        }
        known = {reading.plain(text).casefold() for text in sent} | set(words.NOTHING)
        return [
            part
            for part in self.parts
            if part.casefold() not in known and not re.fullmatch(r"(?:row )?#?\d+", part, re.I)
        ]


class ImportDialog(Screen):
    """'Import Users': CSV upload (guide, "Bulk option"). The surface is what holds the file field."""

    name = "Import Users"
    file = Declared(FileField, words.UPLOAD)
    template_link = Declared(Action, words.TEMPLATE, required=False)
    upload_button = Declared(Sender, words.UPLOAD, required=False)
    next_button = Declared(Sender, words.NEXT_STEP, required=False)
    import_now = Declared(Sender, words.RUN_IMPORT, required=False)
    done_button = Declared(Action, words.IMPORT_DONE, required=False)
    cancel_button = Declared(Action, words.CANCEL, required=False)
    close_button = Declared(Closer, words.CLOSE, required=False)

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane, lane.find("step-surface", since="form"))
        self._passed: list[ReviewRow] = []
        """The rows of reviews that lie in steps before the one that is shown."""
        self._opened_at = ""
        """The address of the page on which the file was given."""
        self.told = ""
        """What the console says where it took the file and showed no review."""
        self.unmatched: list[str] = []
        """Titles of needed columns for which the console asks what they are, and offers nothing that they could be."""
        self._columns: Sequence[FileColumn] = ()

    async def arrive(self) -> None:
        """Waits until there is a field for a file."""
        await self.file.arrive()

    async def template(self) -> tuple[str, ...] | None:
        """The first line of the template that the console offers: what its columns are called, in their order.

        None where it offers none as a CSV file.
        """
        if not await self.template_link.is_shown():
            return None
        try:
            async with self.lane.page.expect_download(timeout=min(self.lane.timeout, _TEMPLATE_SECONDS) * 1000) as wait:
                await self.template_link.click()
            path = await (await wait.value).path()
            text = await asyncio.to_thread(path.read_text, "utf-8-sig")
        except (PlaywrightTimeout, UnicodeDecodeError) as error:
            self.lane.step(f"the template is no CSV file to download: {str(error).splitlines()[0]}")
            return None
        first = next(csv.reader(io.StringIO(text)), [])
        return tuple(cell.strip() for cell in first) if len(first) > 1 else None

    async def text(self) -> str:
        """Everything the dialog says as it stands."""
        return await self._content()

    async def upload(self, path: Path, columns: Sequence[FileColumn] = ()) -> bool:
        """Gives the file and goes on to the review, where there is one: whether nothing was imported by that.

        `columns` are those of the file, for a step on the way that asks what each of them is. Where one of them cannot
        be said there, this ends at that step, and `unmatched` names it.
        False where the console took the file, and has neither a review nor a button to import: it may have imported
        at once, and `told` is what it says of that. Raises ConsoleUnavailable where it did not answer.
        """
        traffic = self.lane.traffic
        start = mark = traffic.mark()
        before, hints, told = await self._content(), await self.objections(), await self._tells()
        self._opened_at = self.lane.page.url
        self._columns = columns
        await self.file.upload(path)
        deadline = Deadline(self.lane.timeout)
        while True:
            if await self.lane.asks_to_sign_in():
                raise SessionEnded("the console asked to sign in again", screen=self.name)
            if traffic.changing(start) and await self._is_over(told, start):
                return False
            if await self._match(mark):
                return True
            if await self._reviewed(path, before, mark, hints):
                # A review may object to rows and lead on to the step that has the button to import.
                # Back at the list of people after something was sent, the button is the one that leads to the import.
                back = traffic.changing(start) and await self._is_list()
                reviews = not back and (await self._can_import() or await self.next_button.is_shown())
                if reviews:
                    await self._match_now()
                if reviews or not traffic.changing(start) or traffic.refused(start):
                    return True
                self.told = " ".join(line for line in await self.objections() if line not in hints)
                return False
            if lost := [*traffic.troubles(mark), *traffic.given_up(mark)]:
                raise ConsoleUnavailable(
                    f"{self.name}: the console did not answer the upload",
                    screen=self.lane.where(self.name),
                    seen=", ".join(lost),
                    advice="try again later",
                )
            if await self.upload_button.is_enabled() and traffic.idle(mark):
                # A page may look busy for good, and lead on all the same.
                if await self._match_now():
                    return True
                mark = traffic.mark()
                # Noted before the click: a review that comes at once is a change, too. Where nothing changed, there is
                # no review, and a step of the same name in a bar of steps is not clicked again and again.
                before = await self._content()
                self._passed += await self._rows()
                # What was pressed a moment ago may be on its way out, with all that lies in its step.
                button = self.upload_button.locator
                await self.lane.click(button, what="the button to upload", screen=self.name, may_go=True)
            if deadline.passed:
                if traffic.changing(start) and not traffic.refused(start):
                    self.told = await self._content()
                    return False
                raise ConsoleDrift(
                    f"{self.name}: no review came after the upload",
                    screen=self.lane.where(self.name),
                    expected="a review with a button such as Import",
                    seen=", ".join(await self.objections())
                    or ", ".join(await engine.evaluate(self.lane.page, "inventory", "action")),
                )
            await self.lane.pause(deadline)

    async def _match(self, mark: int) -> bool:
        """Says what the columns are, where this step asks for it: whether one of them cannot be said."""
        return await self.lane.at_rest(mark) and await self._match_now()

    async def _match_now(self) -> bool:
        self.unmatched = await match_columns(self, self._columns) if self._columns else []
        return bool(self.unmatched)

    async def _tells(self) -> list[str]:
        """What the page tells of an import that is over."""
        text = str(await engine.evaluate(self.lane.page, "wholeText") or "")
        found = [match for match in _IMPORTED.finditer(text) if not _PROMISED.search(text[: match.start()])]
        return [said for match in found if not _TO_COME.search(said := " ".join(match[0].split()))]

    async def _is_over(self, before: list[str], mark: int) -> bool:
        """Whether the page tells of an import that is over, did not before, and has no button of its own to import."""
        if not await self.lane.at_rest(mark):
            return False
        told = [said for said in await self._tells() if said not in before]
        if not told:
            return False
        if await self._can_import() and not await self._is_list():
            return False  # a review may tell of earlier imports
        self.told = "; ".join(told)
        return True

    async def leads_on(self) -> bool:
        """Whether the review has no button to import, but one that leads on to another step."""
        return not await self.import_now.is_shown() and await self.next_button.is_enabled()

    async def go_on(self) -> None:
        """From a review that leads on to the step that has the button to import. What leads on may import, too.

        Stops where the console objects to going on, or where nothing leads on.
        """
        for _ in range(_MOST_STEPS):
            if not await self.leads_on():
                return
            mark, before, objected = self.lane.traffic.mark(), await self._content(), await self.objections()
            if await self._match_now():
                return
            await self.next_button.click()
            deadline = Deadline(self.lane.timeout)
            while not (await self.lane.at_rest(mark) and await self._content() != before):
                if deadline.passed:
                    return
                await self.lane.pause(deadline)
            if set(await self.objections()).difference(objected):
                return

    async def _reviewed(self, path: Path, before: str, mark: int, hints: list[str]) -> bool:
        """Whether the review is there, or an objection to the file that was not said before it was given."""
        if not await self.lane.at_rest(mark):
            return False
        said = [line for line in await self.objections() if line not in hints and not _names_the_file(line, path.name)]
        if said and not await self._can_import():
            return True
        return await self._can_import() and (await self._content() != before or path.name in before)

    async def _can_import(self) -> bool:
        """Whether there is a button to import, and not just a link to where the file was given."""
        leads_to = await self.import_now.locator.evaluate_all("found => found.map(el => el.closest('a')?.href ?? '')")
        return len(leads_to) == 1 and leads_to[0] != self._opened_at

    async def _is_list(self) -> bool:
        """Whether this is the list of people again, where a button of the same word leads to the import."""
        if not await self.lane.count("people-search", columns=self.lane.column_words()):
            return False
        return await engine.evaluate(self.import_now.locator, "liesOver") is False

    async def _content(self) -> str:
        assert self.scope is not None
        return str(await engine.evaluate(self.scope, "wholeText") or "")

    async def review(self) -> list[ReviewRow]:
        """The rows of the review that show an address, of all its pages; empty where the review shows none.

        Those of reviews in steps before this one are among them. Raises ConsoleDrift where the next page of a review
        does not come.
        """
        return [*self._passed, *await self._present_review()]

    async def _present_review(self) -> list[ReviewRow]:
        found = shown = await self._rows()
        number = 1
        # 'Next' may be the next step of the import as well as the next page: only a number among page numbers is sure.
        while shown:
            number += 1
            columns = self.lane.column_words()
            page = self.lane.find("page-number", scope=self.scope, number=number, columns=columns)
            if await page.count() != 1:
                break
            await self.lane.click(page, what=f"page {number} of the review", screen=self.name)
            shown = await self._rows_after(shown, number)
            found = [*found, *shown]
        return found

    async def _rows(self) -> list[ReviewRow]:
        assert self.scope is not None
        asked = {"columns": self.lane.column_words()}
        rows: list[dict[str, Any]] = await engine.evaluate(self.scope, "importRows", asked) or []
        return [ReviewRow(row["email"], tuple(row["parts"]), row["objects"]) for row in rows]

    async def _rows_after(self, before: list[ReviewRow], number: int) -> list[ReviewRow]:
        deadline = Deadline(self.lane.timeout)
        while True:
            now = await self._rows()
            if now and now != before and not await engine.evaluate(self.lane.page, "busy"):
                return now
            if deadline.passed:
                raise ConsoleDrift(
                    f"{self.name}: page {number} of the review did not come",
                    screen=self.lane.where(self.name),
                    expected="other rows than before",
                    seen=f"{len(now)} rows",
                )
            await self.lane.pause(deadline)

    async def objections(self) -> list[str]:
        """What the dialog says in alerts and beside its fields."""
        assert self.scope is not None
        if await self.scope.count() != 1:
            return []
        said: list[str] = await engine.evaluate(self.scope, "messages") or []
        return said

    async def skip_bad_rows(self, skip: bool) -> None:
        """Sets the choice to leave out rows with errors, where the review offers it: a box, or a choice."""
        asked: dict[str, Any] = {"scope": self.scope, "like": words.SKIP_BAD_ROWS_LIKE}
        choice = self.lane.find("radio", words.SKIP_BAD_ROWS, **asked)
        if await choice.count() == 1:
            if skip:
                await self.lane.click(choice, what="the choice to skip rows with errors", screen=self.name)
            return
        box: Locator = self.lane.find("agreement", words.SKIP_BAD_ROWS, **asked)
        if await box.count() == 1:
            await boxes.tick(box, skip)

    async def can_run(self) -> bool:
        """Whether the console lets the import be started now."""
        return await self.import_now.is_enabled()

    async def run(self) -> str:
        """Starts the import: one click, never repeated here. What the dialog says once that has been answered."""
        assert self.scope is not None
        mark = self.lane.traffic.mark()
        before, told = set(await self.objections()), await self._tells()
        await self.import_now.click()
        deadline = Deadline(self.lane.timeout)
        while not deadline.passed:
            if await self.lane.at_rest(mark):
                gone = not await self.scope.count() or not await self.import_now.is_shown()
                said = [line for line in await self.objections() if line not in before]
                # The button may have another word once it was refused: 'Try again'.
                if said and (self.lane.traffic.refused(mark) if gone else self.lane.traffic.changing(mark)):
                    return " ".join(said)
                # A page that shows how far it is tells the result once it is over.
                if gone and (not _UNDER_WAY.search(await self._content()) or await self._tells() != told):
                    break
            await self.lane.pause(deadline)
        return await self._content()

    async def results(self) -> list[ReviewRow]:
        """The rows that tell after the import what became of each; none while its button to import is there."""
        return [] if await self._can_import() else await self._rows()

    async def leave(self) -> None:
        """Closes the dialog, if it is open."""
        assert self.scope is not None
        ways_out = (self.done_button.locator, self.cancel_button.locator, self.close_button.locator)
        await leave(self.lane, self.scope, *ways_out, screen=self.name)


def _names_the_file(line: str, name: str) -> bool:
    """Whether a line says no more than which file was given, and its size: 'Selected: people.csv (1 KB)'.

    What objects to the file may name it, too.
    """
    rest = re.sub(r"\d[\d.,]*\s*(?:bytes?|[kKMG]i?B)\b", " ", line.replace(name, " "))
    told = r"selected|chosen|attached|ready|added|uploaded|file|name|size|csv|your|has been|is|was|1|(?:to|for) upload"
    return (
        name in line
        and not re.search(r"\b0 bytes", line)
        and not re.sub(rf"\b(?:{told})\b|[^\w]", "", rest, flags=re.I)
    )
