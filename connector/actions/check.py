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
from connector.survey import ACTIONS, Look, Stop, look
from page_objects import inspection
from page_objects.import_dialog import ImportDialog
from page_objects.inspection import Finding
from page_objects.invite_dialog import InviteDialog
from page_objects.lane import Deadline, Lane
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from page_objects.sign_in_screen import SignInScreen, Step

Visit = Callable[[Lane, Look], Awaitable[None]]
"""Is told of each stop while its screen is still there."""
Progress = Callable[[str, int, int | None], None]

_COMES_UP_SECONDS = 3.0


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

    async def _sign_in_page(self) -> None:
        """As somebody who is not signed in sees it, in a window of her own; nothing is typed."""
        self._tell("the sign-in page")
        stop = Stop("sign-in", "sign-in")
        async with self.context.console.visitor() as visitor:
            try:
                await visitor.go(visitor.base_url + "/login", screen=SignInScreen.name)
            except ConsoleUnavailable as error:
                self._unseen(
                    stop, SignInScreen.name, inspection.not_looked_at(SignInScreen, error.message), error.message
                )
                return
            away = not visitor.page.url.startswith(f"{visitor.base_url}/")
            if away or await self._step(visitor) is Step.GONE:
                note = (
                    "the console leads elsewhere to sign in" if away else "the console shows no sign-in form at /login"
                )
                self._unseen(stop, SignInScreen.name, inspection.not_looked_at(SignInScreen, note), note)
                return
            await self._stop(stop, visitor)

    async def _step(self, visitor: Lane) -> Step:
        """What the page asks for; GONE where nothing it could be known by came within a few seconds."""
        deadline = Deadline(min(visitor.timeout, _COMES_UP_SECONDS))
        screen = SignInScreen(visitor)
        while (step := await screen.step()) is Step.GONE and not deadline.passed:
            await deadline.pause()
        return step

    # -- dialogs ------------------------------------------------------------------------------------------------
    async def _dialog(self, people: PeopleScreen, kind: str) -> None:
        screen: InviteDialog | ImportDialog
        button = people.invite_button if kind == "invite" else people.import_button
        screen = InviteDialog(self.lane) if kind == "invite" else ImportDialog(self.lane)
        self._tell(screen.name)
        stop = Stop(kind, kind)
        if not await self._open(people) or not await button.is_shown():
            note = f"nothing leads there: {button.label} was not found"
            self._unseen(stop, screen.name, inspection.not_looked_at(type(screen), note), note)
            return
        await self.lane.remember("form")
        await button.click()
        await self._came_up(screen)
        await self._stop(stop)
        try:
            await screen.leave()
        except ConsoleDrift:
            await self._open(people)  # what cannot be closed is left by going away

    async def _came_up(self, screen: InviteDialog | ImportDialog) -> None:
        """Waits until the form is there, or whatever the click brought up has had its time."""
        there = screen.scope if isinstance(screen, InviteDialog) else screen.file.locator
        assert there is not None
        deadline = Deadline(self.lane.timeout)
        grace: Deadline | None = None
        while await there.count() != 1 and not deadline.passed:
            if await self.lane.sign_in_form.count():
                raise SessionEnded("the console asked to sign in again", screen=screen.name)
            if not self.lane.traffic.idle(0):
                grace = None
            elif grace is None:
                grace = Deadline(min(self.lane.timeout, _COMES_UP_SECONDS))
            elif grace.passed:
                return
            await deadline.pause()

    # -- one person -----------------------------------------------------------------------------------------------
    def _skip_people(self, note: str) -> None:
        for name, kind, screen in (
            ("invite", "invite", InviteDialog),
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
        if person is None or not await self._open(people):
            self._unseen(stop, PersonScreen.name, inspection.not_looked_at(PersonScreen, "nobody is listed"), "nobody")
            return
        try:
            screen = await people.open_person(person.email)
        except ConsoleDrift as drift:
            self._unseen(stop, PersonScreen.name, [inspection.drifted(PersonScreen.name, "her screen", drift)], "")
            return
        if screen is None:
            note = "rows lead nowhere: this console shows no page of a person"
            self._unseen(stop, PersonScreen.name, inspection.not_looked_at(PersonScreen, note), note)
            return
        await screen.read()
        await self._stop(Stop("person", "person", email=person.email))
        if not await screen.edit_button.is_shown() and not await screen.save_button.is_shown():
            return
        edit = Stop("edit", "edit", email=person.email)
        try:
            await screen.open_edit()
        except ConsoleDrift as drift:
            self._unseen(edit, "edit form", [inspection.drifted("edit form", "the form", drift)], drift.message)
            return
        await self._stop(edit)
        await screen.leave_edit()

    async def _actions(self, people: PeopleScreen, persons: list[Person]) -> None:
        """Where the action lies that a person of each status offers, as far as the first page has such people."""
        self._tell("the actions on a person")
        for status, (word, required) in ACTIONS.items():
            of_status = [each for each in persons if each.status is status and each.scim_managed is not True]
            person = self._somebody(of_status)
            if person is None or same_address(person.email, self.context.account) or not await self._open(people):
                continue
            name = f"actions-{status.value if status else 'anybody'}"
            try:
                if await people.table.row(person.email).count() != 1:
                    continue
                place, _ = await people.reach(person.email, word, status)
            except ConsoleDrift as drift:
                finding = inspection.drifted("actions on a person", word.aliases[0], drift, word)
                if not required:
                    finding = inspection.optional(finding)
                stop = Stop(name, "actions", key=word.key)
                self._unseen(stop, "actions on a person", [finding], drift.message)
                continue
            await self._stop(Stop(name, "actions", person.email, place.key, word.key))
            await place.leave()


async def unseen(lane: Lane, seen: Look) -> None:
    """A visit that keeps nothing."""


async def check(context: Context, visit: Visit, progress: Progress) -> list[Look]:
    """Walks through the console once and gives a look at every stop."""
    return await Walk(context, visit, progress).go()
