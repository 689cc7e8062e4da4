"""The Groups screen: all groups, each once; the way to make one, to look into one, and to select one.

Help center: Settings -> Groups; '+ Add Group'; a click on its name, or Edit Group in its menu, shows the members;
groups are deleted by selecting them in the list. How the list looks is not documented: a table with any markup, or
cards, are read. A group is known by its exact name as shown, case included (NFC, runs of blanks as one).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Literal

from playwright.async_api import Locator

from connector.errors import ConsoleDrift, SessionEnded
from connector.models import Group
from page_objects import reading, way, words
from page_objects.controls import engine
from page_objects.controls.base import Action, Declared, Screen
from page_objects.group_dialogs import DeleteGroupDialog, InlineGroupForm, NewGroupForm
from page_objects.group_screen import GroupView
from page_objects.lane import Deadline, Lane
from page_objects.rows import Row, TableReading
from page_objects.table import PeopleTable
from page_objects.way import Goal
from page_objects.words import Vocabulary

MEMORY = "groups address"
_MENU = "menu"
_MENU_SECONDS = 5.0
_TOOLBAR_SECONDS = 5.0
_COUNT = re.compile(r"^(?:members|users|people)?:?\s*(\d[\d,. ]*)\s*(?:members?|users?|people|persons?)?$", re.I)
_NONE = re.compile(r"^no (members|users|people)( yet)?$", re.I)
_NOT_A_NAME = (words.OPEN_GROUP, words.DELETE_GROUP, words.ROW_MENU, *words.GROUP_KINDS.values())

Kind = Literal["static", "dynamic"]


def plain_name(name: str) -> str:
    """A group's name as it is compared: NFC, without invisible characters, runs of blanks as one; case counts."""
    text = re.sub("[\u00ad\u200b-\u200f\u2060\ufeff]", "", unicodedata.normalize("NFC", name))
    return " ".join(text.split())


def kind_said(pieces: list[str], vocabulary: Vocabulary) -> Kind | None:
    """Whether texts say that a group is static or dynamic; None where they say neither, or both."""
    said = {piece.casefold() for text in pieces for piece in (text, *re.split(r"\s*[,·•|]\s*", text))}
    kinds: list[Kind] = ["static", "dynamic"]
    found = [kind for kind in kinds if any(word.casefold() in said for word in vocabulary.of(words.GROUP_KINDS[kind]))]
    return found[0] if len(found) == 1 else None


class GroupsTable(PeopleTable):
    """The one list of groups on the screen, as a table or as cards."""

    what = "the list of groups"
    needs = "one list with a column such as Name and one such as Members or Type, or cards that say '12 members'"

    def columns(self) -> dict[str, list[str]]:
        return {key: self.lane.vocabulary.of(word) for key, word in words.GROUP_COLUMNS.items()}

    def query(self) -> dict[str, Any]:
        """What tells the rows of the list and, within one, the name from other words."""
        not_names = [alias for word in _NOT_A_NAME for alias in self.lane.vocabulary.of(word)]
        return {"columns": self.columns(), "not": not_names}

    async def _looked(self, function: str) -> TableReading:
        asked = self.query() | {"signIn": self.lane.sign_in_words()}
        found = await engine.evaluate(self.lane.page, "lookAtGroups", asked)
        rows = tuple(
            Row(None, row["cells"] | {"": row["name"], "raw": row["raw"]}, row["text"], (), tuple(row["pieces"]))
            for row in found["rows"]
        )
        headers = tuple(h["name"] for h in found["headers"])
        keys = tuple(h["key"] for h in found["headers"] if h["key"])
        return TableReading(found["found"], headers, keys, rows, None, found["busy"], asks=found["asks"])

    async def says_nobody(self) -> bool:
        return await self.lane.find("text", words.NO_GROUPS).count() > 0

    def total_in(self, lines: list[str]) -> int | None:
        return reading.total_of(lines, "groups|results?|records|entries|rows|items")

    def group(self, row: Row) -> Group:
        """What a row tells. Raises ConsoleDrift where the list has no place for names, or the row shows none."""
        name = row.cells[""]
        if not name:
            raise ConsoleDrift(
                f"{self.screen}: a row shows no name of a group",
                screen=self.lane.where(self.screen),
                expected="a column such as " + " / ".join(words.COLUMN_GROUP.aliases[:3]),
                seen=row.text,
            )
        pieces = list(row.pieces)
        if name in pieces:
            pieces.remove(name)  # a group may be called 'Dynamic'
        cells = row.cells
        kind = kind_said([cells["kind"]] if "kind" in cells else pieces, self.lane.vocabulary)
        counts = [cells["members"]] if "members" in cells else [p for p in pieces if re.search(r"[a-z]", p, re.I)]
        return Group(name=name, kind=kind, members=_count(counts))

    def row_named(self, name: str) -> Locator:
        """The rows of exactly this name."""
        return self.lane.page.locator(engine.selector("group-row", name=plain_name(name), **self.query()))

    def opener_of(self, name: str) -> Locator:
        """What leads from the row of exactly this name to the group."""
        return self.lane.page.locator(engine.selector("group-opener", name=plain_name(name), **self.query()))


def _count(texts: list[str]) -> int | None:
    texts = [piece for text in texts for piece in re.split(r"\s*[·•|]\s*", text)]
    found = {int(re.sub(r"\D", "", match[1])) for text in texts if (match := _COUNT.match(text.strip()))}
    found |= {0 for text in texts if _NONE.match(text.strip())}
    return found.pop() if len(found) == 1 else None


@dataclass
class Selected:
    """One group ticked in the list, with the action that deletes what is selected. `leave` unticks it."""

    screen: GroupsScreen
    name: str
    action: Locator
    ticked: bool

    async def leave(self) -> None:
        """Takes the tick away again, or closes the menu that holds the action."""
        if not self.ticked:
            if await self.action.count():
                await self.screen.lane.page.keyboard.press("Escape")
            return
        tick = self.screen.table.row_named(self.name).locator(engine.selector("group-tick"))
        if await tick.count() != 1 or not await engine.evaluate(tick, "tickState"):
            return
        view = await engine.evaluate(tick, "coverOf") or {"cover": "", "free": None}
        if view["cover"] and not view["free"]:
            self.screen.lane.step(f"{view['cover']} lies over the tick: loading the page again")
            await self.screen.lane.page.reload()
            return
        await self.screen.lane.click(tick, what=f"the tick of '{self.name}' again", screen=self.screen.name)


class GroupsScreen(Screen):
    """Settings -> Groups."""

    name = "Groups"
    add_button = Declared(Action, words.ADD_GROUP)

    def __init__(self, lane: Lane) -> None:
        super().__init__(lane)
        self.table = GroupsTable(lane, self.name)

    # -- arriving -----------------------------------------------------------------------------------------------
    async def open(self) -> TableReading:
        """Opens the screen afresh and waits for its list. Raises as `way.go_to`; ConsoleDrift without names."""
        await way.go_to(self.lane, self._goal())
        found = await self.table.read()
        if found.asks:
            raise SessionEnded("the console asked to sign in", screen=self.name)
        if found.rows and "name" not in found.keys:
            raise ConsoleDrift(
                f"{self.name}: the list of groups has no column for names",
                screen=self.lane.where(self.name),
                expected=" / ".join(words.COLUMN_GROUP.aliases),
                seen=", ".join(filter(None, found.headers)) or "no headers",
            )
        return found

    def _goal(self) -> Goal:
        async def here() -> tuple[bool, bool]:
            now = await self.table.look()
            there = bool(now.found) or await self.table.says_nobody()
            return there and await self._is_about_groups(), now.busy

        return Goal(
            screen=self.name,
            memory=MEMORY,
            path=None,
            ways=words.WAYS_TO_GROUPS,
            here=here,
            what=self.table.what,
            expected=self.table.needs,
        )

    async def _is_about_groups(self) -> bool:
        """By its own words: other lists of names exist, and what is in them could be deleted as well."""
        if await self.lane.find("action", words.ADD_GROUP).count():
            return True
        titles = {"words": self.lane.vocabulary.of(words.GROUPS)}
        return bool(await engine.evaluate(self.lane.page, "saysGroups", titles))

    # -- reading ------------------------------------------------------------------------------------------------
    async def pages(self) -> AsyncIterator[TableReading]:
        """All pages of the list, opened afresh."""
        await self.open()
        async for page in self.table.pages():
            yield page

    async def shown_total(self) -> int | None:
        """How many groups the screen says there are."""
        return await self.table.shown_total()

    async def show_row(self, name: str) -> Locator:
        """Opens the list afresh and goes to the page with the one row of this name. Raises ConsoleDrift."""
        row = self.table.row_named(name)
        async for _ in self.pages():
            if await row.count():
                break
        return await self.lane.one(row, what=f"the row of the group '{name}'", screen=self.name, expected=name)

    # -- acting -------------------------------------------------------------------------------------------------
    async def open_new(self) -> NewGroupForm:
        """Opens the form that makes a group, unless it stands open already; the screen must be open."""
        inline = InlineGroupForm(self.lane)

        async def attempt() -> NewGroupForm:
            if await inline.is_here():
                return inline
            await self.lane.remember("form")
            await self.add_button.click()
            form = NewGroupForm(self.lane)
            await form.arrive()
            return form

        return await self.lane.patiently(attempt)

    async def open_group(self, name: str) -> GroupView:
        """Opens one group by its name, or by what its row or menu offers."""
        row = await self.show_row(name)
        view = GroupView(self.lane, self.table.columns(), name)
        opener = self.table.opener_of(name)
        if await opener.count() != 1:
            opener = self.lane.find("action", words.OPEN_GROUP, scope=row, ofRow=True)
        if await opener.count() != 1:
            opener = await self._in_menu(row, name, *self.lane.vocabulary.of(words.OPEN_GROUP))
        await self.lane.remember("group")
        await self.lane.click(opener, what=f"the group '{name}'", screen=self.name)
        await view.arrive()
        return view

    async def _in_menu(self, row: Locator, name: str, *spellings: str, within: str = "row") -> Locator:
        trigger = self.lane.find("menu", words.ROW_MENU, scope=row, within=within)
        trigger = await self.lane.one(
            trigger,
            what=f"the way into the group '{name}'",
            screen=self.name,
            expected="its name as a link, a button or a menu in its row with " + " / ".join(spellings[:3]),
        )
        await self.lane.remember(_MENU)
        await self.lane.click(trigger, what="the menu of the group", screen=self.name)
        item = self.lane.page.locator(engine.selector("option", words=list(spellings), since=_MENU))
        deadline = Deadline(min(self.lane.timeout, _MENU_SECONDS))
        while await item.count() != 1:
            if deadline.passed:
                held = await engine.evaluate(self.lane.page, "menuItems", _MENU)
                await self.lane.page.keyboard.press("Escape")
                raise ConsoleDrift(
                    f"{self.name}: nothing offers '{spellings[0]}' for this group",
                    screen=self.lane.where(self.name),
                    expected=" / ".join(spellings[:6]),
                    seen=", ".join(held or ()) or "an empty menu",
                )
            await deadline.pause()
        return item

    async def select(self, name: str) -> Selected:
        """Selects exactly this group and gives the action that deletes what is selected; nothing is deleted yet.

        Raises ConsoleDrift where anything else is selected, also on another page, or where nothing offers to delete.
        """
        row = await self.show_row(name)
        tick = row.locator(engine.selector("group-tick"))
        if await tick.count() != 1:
            return Selected(self, name, await self._deleter(row, name), ticked=False)
        if ticked := await self._ticked():
            raise self._others(ticked, "nothing ticked in a list just opened")
        await self.lane.remember()
        await self.lane.click(tick, what=f"the tick of '{name}'", screen=self.name)
        action = self.lane.find("toolbar", words.DELETE_GROUP, columns=self.table.columns())
        selected = Selected(self, name, action, ticked=True)
        try:
            await self.require_selected(name)
            deadline = Deadline(min(self.lane.timeout, _TOOLBAR_SECONDS))
            while await action.count() != 1 and not deadline.passed:
                await deadline.pause()
            await self.lane.one(
                action,
                what="the button that deletes what is selected",
                screen=self.name,
                expected=" / ".join(words.DELETE_GROUP.aliases[:3]),
            )
        except BaseException:
            await selected.leave()
            raise
        return selected

    async def _deleter(self, row: Locator, name: str) -> Locator:
        """What deletes this one group: in its row or the row's menu; where its row has neither, in its own view."""
        action, within = self.lane.find("action", words.DELETE_GROUP, scope=row, ofRow=True), "row"
        if await action.count() == 1:
            return action
        if not await self.lane.find("menu", words.ROW_MENU, scope=row).count():
            within = "view"
            row = (await self.open_group(name)).view
            # What a row in it offers is done to a member or to a rule.
            action = self.lane.find("action", words.DELETE_GROUP, scope=row, outsideRows=True)
            if await action.count() == 1:
                return action
        return await self._in_menu(row, name, *self.lane.vocabulary.of(words.DELETE_GROUP), within=within)

    async def require_selected(self, name: str) -> None:
        """Waits until exactly this group is shown as selected. Raises ConsoleDrift for none, another or more."""
        deadline = Deadline(min(self.lane.timeout, _TOOLBAR_SECONDS))
        while (ticked := await self._ticked()) != [plain_name(name)]:
            if deadline.passed or len(ticked) > 1:
                raise self._others(ticked, f"'{name}' ticked, and nothing else")
            await deadline.pause()
        counts: list[int] = await engine.evaluate(self.lane.page, "selectedCounts")
        if any(count != 1 for count in counts):
            raise self._others([f"{max(counts)} selected"], f"'{name}' selected, and nothing else")

    async def _ticked(self) -> list[str]:
        found: list[str] = await engine.evaluate(self.lane.page, "groupsTicked", self.table.query())
        return found

    def _others(self, seen: list[str], expected: str) -> ConsoleDrift:
        return ConsoleDrift(
            f"{self.name}: something else is selected than the one group",
            screen=self.lane.where(self.name),
            expected=expected,
            seen=", ".join(seen) or "nothing ticked",
            advice="nothing was deleted; report it with the evidence",
        )

    async def ask(self, selected: Selected, known: frozenset[str]) -> DeleteGroupDialog:
        """Clicks the action that deletes the one selected group; gives the question. `known` are all groups' names."""
        dialog = DeleteGroupDialog(self.lane, selected.name, known)
        self.lane.native_questions.clear()
        self.lane.answer_questions(dialog.judge)
        await dialog.answer.note_before("question")
        await self.lane.click(selected.action, what=f"'{words.DELETE_GROUP.aliases[0]}'", screen=self.name)
        return dialog
