"""Goes through every screen without changing anything: opens what can be opened and left, and looks at it.

Never clicked: an action on a person (a console may act at once, without a question), a button that sends, saves or
uploads, anything that speaks of deletion. So the question before a deactivation is not looked at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from connector.actions.context import Context
from connector.addresses import same_address
from connector.errors import ConsoleDrift, ConsoleUnavailable, SessionEnded
from connector.models import Person, Status
from connector.stops import ACTIONS, Look, Stop, look, nothing_is_typed
from page_objects import inspection, way, words
from page_objects.import_dialog import ImportDialog
from page_objects.inspection import Finding, State
from page_objects.invite_arrival import Arrival
from page_objects.invite_dialog import AnyInviteForm, InviteOneForm
from page_objects.lane import Deadline, Lane
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from page_objects.sign_in_screen import SignInScreen
from page_objects.words import Word

Visit = Callable[[Lane, Look], Awaitable[None]]
"""Is told of each stop while its screen is still there."""
Progress = Callable[[str, int, int | None], None]

_COMES_UP_SECONDS = 3.0
_MOST_OF_UNKNOWN_STATUS = 3


@dataclass
class Walk:
    """One walk through a signed-in console; `looks` are its results in order."""

    context: Context
    visit: Visit
    progress: Progress
    looks: list[Look] = field(default_factory=list)

    @property
    def lane(self) -> Lane:
        return self.context.lane

    async def go(self) -> list[Look]:
        """All stops. Raises SessionEnded and ConsoleUnavailable; drift is what the looks tell."""
        self.looks.clear()
        await self._sign_in_page()
        people = self.context.people
        self._tell("People")
        if not await self._open(people):
            await self._go_where_it_is_documented()
            await self._stop(Stop("people", "people"))
            self._skip_people("the list of people is not readable")
            return self.looks
        await self._stop(Stop("people", "people"))
        first_page = await people.table.look()
        persons = [people.person(row) for row in first_page.rows if row.email is not None]
        await self._dialog(people, "invite")
        await self._dialog(people, "import")
        await self._one_person(people, persons)
        await self._actions(people, persons)
        return self.looks

    # -- going --------------------------------------------------------------------------------------------------
    def _tell(self, what: str) -> None:
        self.progress(f"looking at {what}", len(self.looks), None)

    async def _stop(self, stop: Stop, lane: Lane | None = None) -> None:
        lane = lane or self.lane
        seen = await look(lane, stop)
        self.looks.append(seen)
        await self.visit(lane, seen)

    def _unseen(self, stop: Stop, title: str, findings: list[Finding], note: str) -> None:
        self.looks.append(Look(stop, title, tuple(findings), note=note))

    async def _open(self, people: PeopleScreen) -> bool:
        """Opens the list of people; False where it is not there as expected, which the look at it tells."""
        try:
            await people.open()
        except ConsoleDrift:
            return False
        return True

    async def _bring(self, people: PeopleScreen, email: str) -> None:
        """Her row into view, in the way every action does it, where the search works; else on the first page."""
        try:
            await people.matches(email)
        except ConsoleDrift:
            await self._open(people)

    async def _go_where_it_is_documented(self) -> None:
        """To the address of the list of people, as far as it is known, and until what is there has been loaded."""
        await self.lane.go(self.lane.base_url + way.PATH, screen=PeopleScreen.name)
        deadline = Deadline(min(self.lane.timeout, _COMES_UP_SECONDS))
        while not self.lane.traffic.idle(0) and not deadline.passed:
            await deadline.pause()

    async def _sign_in_page(self) -> None:
        """As somebody who is not signed in sees it, in a window of her own; nothing is typed."""
        self._tell("the sign-in page")
        stop = Stop("sign-in", "sign-in")
        async with self.context.console.visitor() as visitor:
            note = await self._why_no_sign_in_page(visitor)
            if note is None:
                await self._stop(stop, visitor)
                return
            unseen = Finding(SignInScreen.name, "email", State.NOT_LOOKED_AT, False, note=note)
            self._unseen(stop, SignInScreen.name, [unseen], note)

    async def _why_no_sign_in_page(self, visitor: Lane) -> str | None:
        """Opens the page; why there is none to be looked at, None where there is."""
        try:
            await visitor.go(visitor.base_url + "/login", screen=SignInScreen.name)
        except ConsoleUnavailable as error:
            return error.message
        now = await SignInScreen(visitor, nothing_is_typed).settled(0)
        if now.origin != visitor.base_url:
            return "the console leads elsewhere to sign in"
        return None if now.asks else "the console shows no sign-in form at /login"

    # -- dialogs ------------------------------------------------------------------------------------------------
    async def _dialog(self, people: PeopleScreen, kind: str) -> None:
        button = people.invite_button if kind == "invite" else people.import_button
        screen: InviteOneForm | ImportDialog
        screen = InviteOneForm(self.lane) if kind == "invite" else ImportDialog(self.lane)
        self._tell(screen.name)
        stop = Stop(kind, kind)
        if not await self._open(people) or not await button.is_shown():
            note = f"nothing leads there: {button.label} was not found"
            self._unseen(stop, screen.name, inspection.not_looked_at(type(screen), note), note)
            return
        await self.lane.remember("form")
        await button.click()
        there = await self._came_up(screen)
        await self._stop(stop)
        try:
            await there.leave()
        except ConsoleDrift:
            await self._open(people)  # what cannot be closed is left by going away

    async def _came_up(self, screen: InviteOneForm | ImportDialog) -> AnyInviteForm | ImportDialog:
        """Waits until the form is there, whichever it is, or whatever the click brought up has had its time."""
        arrival = Arrival(self.lane)
        deadline = Deadline(self.lane.timeout)
        grace: Deadline | None = None
        while not deadline.passed:
            if isinstance(screen, ImportDialog):
                if await screen.file.is_shown():
                    return screen
            elif (form := await arrival.settled()) is not None:
                return form
            if await self.lane.asks_to_sign_in():
                raise SessionEnded("the console asked to sign in again", screen=screen.name)
            if not self.lane.traffic.idle(self.lane.last_click):
                grace = None
            elif grace is None:
                grace = Deadline(min(self.lane.timeout, _COMES_UP_SECONDS))
            elif grace.passed:
                break
            await deadline.pause()
        return screen

    # -- one person -----------------------------------------------------------------------------------------------
    def _skip_people(self, note: str) -> None:
        for name, kind, screen in (
            ("invite", "invite", InviteOneForm),
            ("import", "import", ImportDialog),
            ("person", "person", PersonScreen),
        ):
            self._unseen(Stop(name, kind), screen.name, inspection.not_looked_at(screen, note), note)

    def _somebody(self, persons: list[Person]) -> Person | None:
        """Whom to look at: somebody else than the own account, active if possible."""
        others = [each for each in persons if not same_address(each.email, self.context.account)]
        active = [each for each in others if each.status is Status.ACTIVE]
        return next(iter(active or others or persons), None)

    async def _one_person(self, people: PeopleScreen, persons: list[Person]) -> None:
        self._tell("a person")
        stop = Stop("person", "person")
        person = self._somebody(persons)
        if person is None:
            self._unseen(stop, PersonScreen.name, inspection.not_looked_at(PersonScreen, "nobody is listed"), "nobody")
            return
        try:
            await self._bring(people, person.email)
            screen = await people.open_person(person.email)
        except ConsoleDrift as drift:
            self._unseen(stop, PersonScreen.name, [inspection.drifted(PersonScreen.name, "her screen", drift)], "")
            return
        if screen is None:
            note = "rows lead nowhere: this console shows no page of a person"
            self._unseen(stop, PersonScreen.name, inspection.not_looked_at(PersonScreen, note), note)
            for word in (words.EDIT_GROUPS, words.EDIT_MANAGERS):
                await self._part(people, person, word)
            return
        await screen.shown()
        await self._stop(Stop("person", "person", email=person.email))
        if not await screen.edit_button.is_shown() and not await screen.save_button.is_shown():
            return
        edit = Stop("edit", "edit", email=person.email)
        try:
            await screen.open_edit()
        except ConsoleDrift as drift:
            await self._stop(edit)
            if not self.looks[-1].mismatches:
                self._unseen(edit, "edit form", [inspection.drifted("edit form", "the form", drift)], drift.message)
            return
        await self._stop(edit)
        for key, tab in (("groups", words.TAB_GROUPS), ("managers", words.TAB_MANAGERS)):
            if not await getattr(screen, key).is_shown() and await screen.has_tab(tab):
                await (screen.groups_field() if key == "groups" else screen.managers_field())
                await self._stop(Stop(f"edit-{key}", "tab", email=person.email, key=key))
        await screen.leave()

    async def _part(self, people: PeopleScreen, person: Person, word: Word) -> None:
        """The form for one part of a person, which this console has in place of a page."""
        stop = Stop(word.key.replace("_", "-"), "part", email=person.email, key=word.key)
        try:
            await self._bring(people, person.email)
            part = await people.open_part(person.email, word)
        except ConsoleDrift as drift:
            found = inspection.optional(inspection.drifted(word.aliases[0], "the form", drift, word))
            self._unseen(stop, word.aliases[0], [found], drift.message)
            return
        await self._stop(stop)
        await part.leave()

    async def _actions(self, people: PeopleScreen, persons: list[Person]) -> None:
        """Where the action lies that a person of each status offers, as far as the first page has such people."""
        self._tell("the actions on a person")
        for status in ACTIONS:
            others = [
                each
                for each in persons
                if each.status is status
                and each.scim_managed is not True
                and not same_address(each.email, self.context.account)
            ]
            # Of people whose status is not shown, some may offer another action: not all of them count.
            for number, person in enumerate(others[: 1 if status else _MOST_OF_UNKNOWN_STATUS], 1):
                if await self._action(
                    people, person, last=number in (len(others), 1 if status else _MOST_OF_UNKNOWN_STATUS)
                ):
                    break

    async def _action(self, people: PeopleScreen, person: Person, *, last: bool) -> bool:
        """Looks at one person's action; whether it was found. What is missing is told of the `last` one."""
        word, required = ACTIONS[person.status]
        name = f"actions-{person.status.value if person.status else 'anybody'}"
        try:
            await self._bring(people, person.email)
            place, _ = await people.reach(person.email, word, person.status)
        except ConsoleDrift as drift:
            finding = inspection.drifted("actions on a person", word.aliases[0], drift, word)
            if last:
                finding = finding if required else inspection.optional(finding)
                self._unseen(Stop(name, "actions", key=word.key), finding.screen, [finding], drift.message)
            return False
        await self._stop(Stop(name, "actions", person.email, place.key, word.key))
        await place.leave()
        return True


async def unseen(lane: Lane, seen: Look) -> None:
    """A visit that keeps nothing."""


async def check(context: Context, visit: Visit, progress: Progress) -> list[Look]:
    """Walks through the console once and gives a look at every stop."""
    return await Walk(context, visit, progress).go()
