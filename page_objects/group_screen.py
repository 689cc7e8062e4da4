"""One group: its members, read in bulk, each once. A dialog, a drawer or a page of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import reading, words
from page_objects.controls import engine
from page_objects.controls.base import Action, Closer, Declared, Screen
from page_objects.lane import Deadline, Lane
from page_objects.table import PeopleTable

_EMPTY_SECONDS = 1.5
_CLOSES_SECONDS = 5.0
_GROWS_SECONDS = 1.5
"""How long more members may take to be drawn where nothing is asked of the console for them."""
_MEMBER_COLUMNS = ("name", "first_name", "last_name", "email", "role", "status", "last_login")


class MemberTable(PeopleTable):
    """The table of a group's members, where they are in one."""

    keeps_places = False
    what = "the table of members"
    needs = "one table with columns such as Name and Email"

    def __init__(self, lane: Lane, screen: str, scope: Locator) -> None:
        super().__init__(lane, screen)
        self.view = scope
        self.scope = scope

    def columns(self) -> dict[str, list[str]]:
        every = super().columns()
        return {key: every[key] for key in _MEMBER_COLUMNS}

    async def lines(self) -> list[str]:
        found: list[str] = await engine.evaluate(self.view, "counters", {"columns": self.columns()}) or []
        return found

    def nobody_query(self) -> None:
        return None

    async def says_nobody(self) -> bool:
        return await self.lane.find("text", words.NO_MEMBERS, scope=self.view).count() > 0


class GroupView(Screen):
    """One group, shown with exactly its name."""

    name = "group"
    cancel_button = Declared(Action, words.CANCEL, required=False)
    close_button = Declared(Closer, words.CLOSE, required=False)

    def __init__(self, lane: Lane, list_columns: Mapping[str, list[str]], group: str) -> None:
        kinds = [alias for word in words.GROUP_KINDS.values() for alias in lane.vocabulary.of(word)]
        scope = lane.find("group-view", columns=dict(list_columns), name=group, kinds=kinds, since="group")
        super().__init__(lane, scope)
        self.group = group
        self._left: list[str] = []
        """What its screen showed before the link to its members was followed."""
        self.table = MemberTable(lane, self.name, scope)

    @property
    def view(self) -> Locator:
        """What shows the group."""
        assert self.scope is not None
        return self.scope

    async def arrive(self) -> None:
        """Waits until this group is shown. Raises ConsoleDrift where another one, or none, is."""
        await self.lane.one(
            self.view,
            what=f"the group '{self.group}'",
            screen=self.name,
            expected=f"a page, dialog or drawer titled '{self.group}'",
        )

    async def pieces(self) -> list[str]:
        """The texts that the group's own screen shows besides its members."""
        found: list[str] = await engine.evaluate(self.view, "groupPieces") or []
        return [*self._left, *(piece for piece in found if piece not in self._left)]

    async def members(self, expected: int | None) -> tuple[str, ...]:
        """The addresses of all members, each once, in the order shown. `expected`: how many the list of groups says.

        Raises ConsoleDrift where the members cannot be found, or are not as many as the screen itself says, or, in a
        list without columns, which may hold other addresses, as the list of groups says.
        """
        emails: dict[str, str] = {}
        counted, by = None, "the list of groups"
        if await self.in_a_table(expected):
            async for page in self.table.pages():
                for row in page.rows:
                    emails.setdefault(self.table.address(row), self.table.address(row))
        elif expected != 0:
            said = (expected, reading.total_of(await self.table.lines()))
            every = await self._all_listed(said)
            # A link may spell an address otherwise than its text; two members may differ in the case of a letter.
            spelt = {address: address for address in every}
            listed = spelt if len(spelt) in said else {address.casefold(): address for address in every}
            # Words that there is nobody may be those of another list, where as many are listed as there should be.
            if len(listed) == expected or not await self.table.says_nobody():
                emails, counted = listed, expected
        total = reading.total_of(await self.table.lines())
        if total is not None:
            counted, by = total, "the screen"
        if counted is not None and counted != len(emails):
            raise ConsoleDrift(
                f"the members of '{self.group}' could not be read completely",
                screen=self.lane.where(self.name),
                expected=f"{counted} members, as {by} says",
                seen=f"{len(emails)} different addresses",
                advice="somebody may be changing the group: try again; else report it with the evidence",
            )
        return tuple(emails.values())

    async def _all_listed(self, counts: Collection[int | None]) -> list[str]:
        """The addresses of a list, of which more are asked for until there are as many as one of the counts says.

        Raises ConsoleDrift where the list is gone, or others come in its place.
        """
        listed = await self._listed()
        more = self.lane.find("members-more", words.LOAD_MORE, scope=self.view)
        while len(listed) not in counts and await more.count() == 1:
            mark = self.lane.traffic.mark()
            await self.lane.click(more, what="what shows more members", screen=self.name)
            now = await self._grown(listed, mark)
            if now == listed:
                break
            if not set(listed) <= set(now):
                raise ConsoleDrift(
                    f"the members of '{self.group}' could not be read completely",
                    screen=self.lane.where(self.name),
                    expected="more of them below those that were listed",
                    seen=f"{len(now)} addresses, and some of the {len(listed)} before are gone",
                )
            listed = now
        return listed

    async def _grown(self, before: list[str], mark: int) -> list[str]:
        """What is listed once it is more than before, or nothing more is on its way."""
        deadline, patience = Deadline(self.lane.timeout), Deadline(min(_GROWS_SECONDS, self.lane.timeout))
        while (now := await self._listed()) == before or not set(before) <= set(now):
            if deadline.passed or (patience.passed and await self.lane.at_rest(mark)):
                break
            await self.lane.pause(deadline)
        return now

    async def _listed(self) -> list[str]:
        found: list[str] = await engine.evaluate(self.view, "listedAddresses") or []
        return found

    async def in_a_table(self, expected: int | None) -> bool:
        """Waits for the members: True where they are in a table, False where in a list, or where there are none."""
        deadline = Deadline(self.lane.timeout)
        quiet: Deadline | None = None
        while True:
            now = await self.table.look()
            if not now.busy and now.rows and any(row.email for row in now.rows):
                return True
            listed = await self._listed()
            settled = not now.busy and self.lane.traffic.idle(0)
            # Addresses on a screen that leads to its members are others': of those who are left out of the group.
            if settled and not now.found and expected != 0 and await self._follow():
                deadline, quiet = Deadline(self.lane.timeout), None
                continue
            as_many = bool(listed) and expected in (None, len(listed))
            if settled and not now.found and (as_many or await self.table.says_nobody()):
                return False
            if not settled:
                quiet = None
            elif quiet is None:
                quiet = Deadline(_EMPTY_SECONDS)
            if deadline.passed or (quiet is not None and quiet.passed):
                break
            await deadline.pause()
        if (listed and not now.found) or (not expected and not reading.total_of(await self.table.lines())):
            return False
        inventory: Any = await engine.evaluate(self.lane.page, "headerTexts")
        raise ConsoleDrift(
            f"the members of '{self.group}' are missing",
            screen=self.lane.where(self.name),
            expected=f"a table or list with the e-mail addresses of {expected or 'its'} members",
            seen=", ".join(inventory) or ", ".join(await self.pieces())[:300] or "nothing",
        )

    async def _follow(self) -> bool:
        """Follows the one link that says how many members there are, where they lie behind it; once."""
        if self._left:
            return False
        words_for = [self.lane.vocabulary.of(word) for word in (words.COLUMN_MEMBERS, words.MEMBERS_LINK)]
        link = self.lane.find("members-link", scope=self.view, labels=words_for[0], words=words_for[1])
        if await link.count() != 1:
            return False
        self._left = await self.pieces()
        await self.lane.remember("group")
        await self.lane.click(link, what=f"the members of '{self.group}'", screen=self.name)
        await self.arrive()
        return True

    async def leave(self) -> None:
        """Closes a dialog or drawer; a page of its own just stays."""
        if await self.view.count() != 1 or not await engine.evaluate(self.view, "liesOver"):
            return
        for button in (self.cancel_button, self.close_button):
            if await button.is_shown():
                await button.click()
                break
        else:
            await self.lane.page.keyboard.press("Escape")
        deadline = Deadline(min(self.lane.timeout, _CLOSES_SECONDS))
        while await self.view.count() == 1 and await engine.evaluate(self.view, "liesOver"):
            if deadline.passed:
                self.lane.step("the group does not close: loading the page again")
                await self.lane.page.reload()
                return
            await deadline.pause()
