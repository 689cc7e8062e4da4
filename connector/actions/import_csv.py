"""Invite many through the console's CSV import: one upload, and each person read back on her own."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from connector import seats
from connector.actions import directory
from connector.actions.context import Context
from connector.actions.edit import carry_out
from connector.actions.group_kinds import all_groups, require_not_dynamic
from connector.actions.invite import (
    can_be_edited,
    differences,
    editable,
    here_already,
    not_as_asked,
)
from connector.actions.invite_form import asks_for_groups, form_says, groups_known, groups_listed, takes_list
from connector.actions.register import Who, managers_known, who
from connector.actions.ways import find_ways
from connector.actions.wishes import open_wishes
from connector.addresses import address_key
from connector.errors import ConsoleDrift, ConsoleUnavailable, OperationFailed, Refused, SessionEnded
from connector.guards import (
    NO_SEAT,
    free_seats,
    lifts,
    may_be_invited,
    no_such_manager,
    not_a_look_alike,
    objections_of,
)
from connector.models import Edit, Guard, ImportPeople, Invite, Objection, Outcome, Result, Role
from connector.named_columns import columns_named
from connector.roster import import_csv
from connector.roster_cells import EMAIL, FIRST_NAME, GROUPS, LAST_NAME, MANAGERS, POSITIONAL, ROLE, column_of
from connector.wording import held_back, not_importable
from page_objects.answers import refusing
from page_objects.import_columns import FileColumn
from page_objects.import_dialog import ImportDialog, ReviewRow
from page_objects.lane import Deadline
from page_objects.traffic import refuses

_TRIES = 3
_COLUMNS = "import columns"
_DOUBT_SECONDS = 5.0
_NOBODY = "nobody has this address"
_READY = frozenset({"", "ready", "ok", "valid", "new", "good", "will be invited", "ready to import", "no errors", "✓"})
_TAKEN_IN = re.compile(
    r"^\W*(?:invited|imported|added|created|success\w*|sent|done|ok|new|ready|updated)\b|^[\W_]*$", re.I
)
"""What the result of an import says of a row that it took in."""
_FIELDS = {
    EMAIL: "email",
    FIRST_NAME: "first_name",
    LAST_NAME: "last_name",
    MANAGERS: "managers",
    GROUPS: "groups",
    ROLE: "role",
}
_REFUSED = (Result.REFUSED, Result.FAILED)


class _Import:
    """One import under way: what became of each person so far, in the order of the file."""

    def __init__(self, context: Context, operation: ImportPeople, progress: directory.Progress) -> None:
        self.context = context
        self.operation = operation
        self.progress = progress
        self.outcomes: dict[str, Outcome] = {}
        self.objected: dict[str, str] = {}
        """By address: what the console's review said against a row."""
        self._sent: list[Invite] = []
        self._mark = 0
        """The mark of the traffic before what may have been imported was sent."""
        self._reviewed = False
        """Whether the console showed a review of the file, and so imported nothing by taking it."""

    def refuse(self, person: Invite, refusal: Refused) -> None:
        """Settles somebody whom a guard refuses."""
        self.settle(person, Result.REFUSED, refusal.message, refusal.guard, objections_of(refusal))

    def settle(
        self,
        person: Invite,
        result: Result,
        message: str,
        guard: Guard | None = None,
        objections: tuple[Objection, ...] = (),
    ) -> None:
        outcome = self.context.outcome("import", person.email, result, " ".join(message.split()))
        # The pictures show the whole import; they belong to it once, not to each of its people.
        evidence = outcome.evidence if not any(o.evidence for o in self.outcomes.values()) else ()
        said = {"guard": guard, "evidence": evidence, "objections": objections}
        self.outcomes[address_key(person.email)] = outcome.model_copy(update=said)

    @property
    def left(self) -> list[Invite]:
        """Who is not settled yet, managers before the people who report to them.

        A console that meets a manager's address before her own row invites her as a mere manager, without her name.
        """
        people = [person for person in self.operation.people if address_key(person.email) not in self.outcomes]
        ordered: dict[str, Invite] = {}
        by_key = {address_key(person.email): person for person in people}

        def put(person: Invite, below: frozenset[str]) -> None:
            key = address_key(person.email)
            for manager in map(address_key, person.managers):
                if manager in by_key and manager not in below and manager not in ordered:
                    put(by_key[manager], below | {key})
            ordered.setdefault(key, person)

        for person in people:
            put(person, frozenset({address_key(person.email)}))
        return list(ordered.values())

    # -- before anything is sent ----------------------------------------------------------------------------------
    async def judge(self) -> None:
        """Settles everybody who is here already or whom a guard refuses; nothing is sent."""
        people = self.operation.people
        here = await who(self.context, len(people), self.progress)
        for number, person in enumerate(people, 1):
            self.progress("checking each person", number, len(people))
            try:
                await self._judge_one(person, here)
            except Refused as refusal:
                self.refuse(person, refusal)
            except OperationFailed as failure:
                self.settle(person, Result.FAILED, "; ".join(filter(None, (failure.message, failure.advice))))
        await self._judge_roles()
        await self._judge_managers()
        await self._judge_groups()
        self._judge_managers_of_the_file()
        await self._check_seats()

    async def _judge_one(self, person: Invite, here: Who) -> None:
        existing = await here.find(person.email)
        if existing is not None:
            outcome = await here_already(self.context, person, existing)
            self.settle(person, outcome.result, outcome.message)
            return
        may_be_invited(person, self.context.console.settings, self.context.overrides)
        not_a_look_alike(person.email, await here.look_alikes(person.email), self.context.overrides)
        coming = [other.email for other in self.operation.people]
        await managers_known(self.context, person.email, person.managers, also=coming, here=here)

    async def _judge_roles(self) -> None:
        """Settles whom neither the import nor the form for a person can give the role that is asked."""
        if all(person.role is Role.LEARNER for person in self.left) or _says_role(await import_columns(self.context)):
            return
        says = await editable(self.context)
        for person in self.left:
            if person.role is Role.LEARNER or can_be_edited("role", person.role, says):
                continue
            message = f"this console cannot say the role {person.role.value}, in its import or elsewhere"
            self.settle(person, Result.REFUSED, message)

    async def _judge_managers(self) -> None:
        """Settles who is to report to somebody where the import says that it does not take that in."""
        if any(person.managers for person in self.left) and not await says_column(self.context, "managers"):
            for person in self.left:
                if person.managers:
                    self.settle(person, Result.REFUSED, "this console's import cannot say managers; nothing was sent")

    async def _judge_groups(self) -> None:
        if not any(person.groups for person in self.left):
            return
        for person in self.left:
            try:
                await require_not_dynamic(self.context, person.email, person.groups)
            except Refused as refusal:
                self.settle(person, Result.REFUSED, refusal.message)
        await self.context.people.open()
        try:
            form = await self.context.people.open_invite()
        except ConsoleDrift as drift:
            await self._judge_groups_by_list(drift)
            return
        if not await asks_for_groups(form):
            await form.leave()
            await self._judge_groups_by_list()
            return
        try:
            for person in self.left:
                try:
                    await groups_known(self.context, form, person.email, person.groups)
                except Refused as refusal:
                    self.refuse(person, refusal)
        finally:
            await form.leave()

    async def _judge_groups_by_list(self, drift: ConsoleDrift | None = None) -> None:
        """The same by the list of groups, where the form to invite has no field for them, or is not to be read.

        Raises the drift by which it is not where there is no list either.
        """
        if drift is not None:
            self.context.lane.step(f"the form to invite is not looked at: {drift.message}")
        await all_groups(self.context)
        if drift is not None and not self.context.lane.groups_listed:
            raise drift
        for person in self.left:
            try:
                await groups_listed(self.context, person.email, person.groups)
            except Refused as refusal:
                self.refuse(person, refusal)

    def _judge_managers_of_the_file(self) -> None:
        """A manager who was to come with the same file but was refused is nobody here."""
        own = {address_key(person.email) for person in self.operation.people}
        while True:
            coming = {address_key(person.email) for person in self.left}
            here = {key for key, outcome in self.outcomes.items() if outcome.result in (Result.ALREADY, Result.DONE)}
            stranded = [
                (person, manager)
                for person in self.left
                for manager in person.managers
                if address_key(manager) in own - coming - here and not self._lifted(manager)
            ]
            if not stranded:
                return
            for person, manager in stranded:
                message = f"the manager {manager} is not going to be imported; the console would invite that address"
                said = Objection(guard=Guard.UNKNOWN_MANAGER, message=message, saw=no_such_manager(manager))
                self.settle(person, Result.REFUSED, message, said.guard, (said,))

    def _lifted(self, manager: str) -> bool:
        return lifts(self.context.overrides, Guard.UNKNOWN_MANAGER, no_such_manager(manager))

    async def _check_seats(self) -> None:
        people = self.left
        if not people:
            return
        await self.context.people.open()
        pools = await directory.free_seats(self.context)
        settings = self.context.console.settings
        takers = {address_key(person.email): (person.email, person.role) for person in people}
        try:
            free_seats(
                [*takers.values()], pools, settings, whom=f"{len(people)} people", overrides=self.context.overrides
            )
        except Refused as refusal:
            short = seats.lacking(takers.values(), pools, settings).keys()
            # Each of them needs one seat, and is let go on by herself or not at all.
            said = [each.model_copy(update={"saw": NO_SEAT}) for each in objections_of(refusal)]
            for person in people:
                if not short & seats.kinds_of(takers[address_key(person.email)], pools, settings):
                    continue
                self.settle(person, Result.REFUSED, refusal.message, refusal.guard, tuple(said))

    def hold_back(self, reason: str) -> None:
        for person in self.left:
            self.settle(person, Result.REFUSED, reason)

    # -- sending ----------------------------------------------------------------------------------------------------
    async def send(self) -> None:
        """Uploads who is left; looks who is here after any doubt, and sends only the others again."""
        lane = self.context.lane
        for attempt in range(1, _TRIES + 1):
            if not self._sendable:
                break
            dialog = await lane.patiently(self._upload)
            try:
                said = await (self._start(dialog) if self._reviewed else self._said_at_once(dialog))
            finally:
                await dialog.leave()
            if said is None:
                break
            troubles = lane.traffic.troubles(self._mark)
            answer = lane.traffic.answer(self._mark)
            refused = refuses(answer)  # without a form to sign in, for which `_start` looks
            objects = not self._reviewed and bool(refusing([said])[0])
            last = not troubles or attempt == _TRIES
            doubt = bool(troubles) or objects
            await self.read_back(self._sent, said=said, doubt=doubt, last=last, refused=refused, objects=objects)
            if not troubles:
                break
        for person in self.left:
            objection = self.objected.get(address_key(person.email), "the console did not import this row")
            self.settle(person, Result.FAILED, f"the console refuses this row: {objection}")

    @property
    def _sendable(self) -> list[Invite]:
        return [person for person in self.left if address_key(person.email) not in self.objected]

    async def _upload(self) -> ImportDialog:
        """Gives the console the file and reads its review, if it shows one: else it may have imported at once."""
        context, traffic = self.context, self.context.lane.traffic
        self._sent = self._sendable
        header = await import_columns(context)
        await context.people.open()
        dialog = await context.people.open_import()
        try:
            with tempfile.TemporaryDirectory(prefix="workramp-") as folder:
                path = Path(folder) / "people.csv"
                with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                    file.write(import_csv(self._sent, header=header))
                before, self._mark = context.acted, traffic.mark()
                await self._about_to_send(self._sent)
                try:
                    self._reviewed = await dialog.upload(path, columns_sent(self._sent, header))
                except ConsoleUnavailable as lost:
                    if isinstance(lost, SessionEnded) or not traffic.changing(self._mark):
                        raise
                    # Whether it was imported is seen by who is here.
                    self._reviewed, dialog.told = False, ""
                finally:
                    context.acted = before or (traffic.changing(self._mark) and not self._reviewed)
            if self._reviewed:
                await context.picture("import review")
                self.objected.update(objections_of_review(list(map(self._as_sent, self._sent)), await dialog.review()))
                self._mark = traffic.mark()
        except BaseException:
            await dialog.leave()
            raise
        return dialog

    async def _said_at_once(self, dialog: ImportDialog) -> str:
        """What the console said of a file that it took without a review, and against its rows."""
        if await self.context.lane.asks_to_sign_in():
            raise SessionEnded("the console asked to sign in again", screen="Import Users")
        await self.context.picture("import result")
        self._hear(await dialog.review())
        return dialog.told

    def _hear(self, rows: Iterable[ReviewRow]) -> None:
        """Takes in what the result of an import says against rows."""
        sent = {address_key(person.email): self._as_sent(person) for person in self._sent}
        for row in rows:
            person = sent.get(address_key(row.email))
            if person is not None and not _TAKEN_IN.match(verdict := row.besides(person)):
                self.objected[address_key(row.email)] = verdict

    async def _start(self, dialog: ImportDialog) -> str | None:
        """Starts the import; what the console then says, None where there was nothing to send."""
        good = self._sendable
        if len(good) < len(self._sent) and not self.operation.skip_bad_rows:
            await self.context.picture_of_refusal("import review", "; ".join(self.objected.values()))
            for person in self._sent:
                if said := self.objected.get(address_key(person.email)):
                    self.settle(person, Result.FAILED, f"the console refuses this row: {said}")
            self.hold_back(held_back("the console refuses other rows"))
            return None
        if not good:
            return None
        if self.operation.skip_bad_rows:
            await dialog.skip_bad_rows(True)  # also where its review cannot be read row by row
        traffic, again = self.context.lane.traffic, self.context.acted
        mark = traffic.mark()
        if self.operation.skip_bad_rows and await dialog.leads_on():
            await self._about_to_send(good)  # what leads on may import at once
            await dialog.go_on()
        if dialog.unmatched:
            self.context.acted = again
            raise _not_offered(dialog.unmatched)
        if await dialog.can_run():
            await self._about_to_send(good)
            said = await dialog.run()
            self._hear(row for row in await dialog.results() if row.objects)
        elif traffic.changing(mark):
            said = await dialog.text()  # whoever is here afterwards was sent
        else:
            objections = " ".join(await dialog.objections()) or "the button to import is missing or disabled"
            self.context.acted = again  # nothing was sent by going on
            raise OperationFailed(f"the console does not let the import start: {objections}", screen="Import Users")
        if await self.context.lane.asks_to_sign_in():
            raise SessionEnded("the console asked to sign in again", screen="Import Users")
        await self.context.picture("import result")
        return said

    async def _about_to_send(self, people: Sequence[Invite]) -> None:
        await self.context.about_to_send(*(person.email for person in people))
        self.context.acted = True

    async def read_back(
        self, people: Sequence[Invite], *, said: str, doubt: bool, last: bool, refused: bool, objects: bool = False
    ) -> None:
        """Looks for everybody who was sent until all are here or the time is over; settles each.

        `objects`: the console imports without a review, and `said` objects to what it was given.
        """
        lacking: dict[str, str] = {}
        settles: Deadline | None = None
        deadline = Deadline(0 if refused else _DOUBT_SECONDS if doubt else self.context.lane.timeout)
        while True:
            waiting = [person for person in people if address_key(person.email) not in self.outcomes]
            here = await who(self.context, len(waiting), self.progress)
            for number, person in enumerate(waiting, 1):
                self.progress("reading each person back", number, len(waiting))
                found = await here.find(person.email)
                sent = self._as_sent(person)
                difference = _NOBODY if found is None else await differences(self.context, sent, found)
                if difference is None and sent.role is not person.role:
                    try:
                        difference = await self._give_role(person)
                    except OperationFailed as failure:
                        self.settle(person, Result.FAILED, f"invited by import, but {failure.message}")
                        continue
                if difference is None:
                    self.settle(person, Result.DONE, f"invited as {person.role.value} by import")
                else:
                    lacking[address_key(person.email)] = difference
            left = [person for person in waiting if address_key(person.email) not in self.outcomes]
            if not left or all(address_key(person.email) in self.objected for person in left) or deadline.passed:
                break
            if not any(lacking[address_key(person.email)] == _NOBODY for person in left):
                # Everybody is here: what is shown of them beside that does not come much later.
                settles = settles or Deadline(_DOUBT_SECONDS)
                if settles.passed:
                    break
            await deadline.pause()
        told = f"; the console says: {said[:200]}" if said else ""
        for person in left:
            key = address_key(person.email)
            if key in self.objected and lacking[key] == _NOBODY:
                self.settle(person, Result.FAILED, f"the console refuses this row: {self.objected[key]}")
            elif (refused or objects) and lacking[key] == _NOBODY:
                self.settle(person, Result.FAILED, f"the console refused the import: {said[:200]}")
            elif last and not doubt and lacking[key] != _NOBODY and key not in self.objected:
                self.settle(person, Result.FAILED, f"invited by import, but {lacking[key]}{told}")
            elif last:
                self.settle(person, Result.UNKNOWN, f"sent with the import, but {lacking[key]}{told}")

    def _as_sent(self, person: Invite) -> Invite:
        """The person as the import could say her: without a role where it has no column for it."""
        header = self.context.lane.learnt.get(_COLUMNS, POSITIONAL)
        return person if _says_role(header) else person.model_copy(update={"role": Role.LEARNER})

    async def _give_role(self, person: Invite) -> str | None:
        """Gives an imported person the role that the import could not say; what is not as wanted then."""
        wanted = Edit(email=person.email, role=person.role)
        now = await directory.describe(self.context, person.email)
        if open_wishes(wanted, now):
            now = await carry_out(self.context, wanted, await find_ways(self.context, wanted, now), now)
        return not_as_asked(person, now)


async def import_columns(context: Context) -> tuple[str, ...]:
    """The columns of the console's import, as its own template names them; looked up once and kept.

    Without a template: as its text names them, else the documented order, with the role where the form to invite asks
    for it (docs/facts.md).
    """
    known = context.lane.learnt.get(_COLUMNS)
    if known is None:
        await context.people.open()
        dialog = await context.people.open_import()
        header = await dialog.template()
        if header is None or EMAIL not in map(column_of, header):
            header = columns_named(await dialog.text())
        await dialog.leave()
        if header is None:
            header = POSITIONAL if await _form_of_one_asks_for_role(context) else POSITIONAL[:5]
        known = context.lane.learnt[_COLUMNS] = list(header)
    return tuple(known)


async def _form_of_one_asks_for_role(context: Context) -> bool:
    """Whether the form to invite takes one person, with her role; False where it is not to be read."""
    try:
        return "role" in await form_says(context) and not takes_list(context)
    except ConsoleDrift as drift:
        context.lane.step(f"the form to invite is not looked at: {drift.message}")
        return False


async def says_column(context: Context, key: str) -> bool:
    """Whether the import takes in groups, or managers."""
    return {"groups": GROUPS, "managers": MANAGERS}[key] in map(column_of, await import_columns(context))


def _says_role(header: Sequence[str]) -> bool:
    return ROLE in map(column_of, header)


def columns_sent(people: Sequence[Invite], header: Sequence[str]) -> list[FileColumn]:
    """The columns of the file that is sent, each with the field it holds, and whether anybody's cell needs it."""
    needed = {
        MANAGERS: any(person.managers for person in people),
        GROUPS: any(person.groups for person in people),
        ROLE: any(person.role is not Role.LEARNER for person in people),
    }
    known = [(title, column) for title in header if (column := column_of(title)) in _FIELDS]
    return [FileColumn(title, _FIELDS[column], needed.get(column, True)) for title, column in known if column]


def _not_offered(titles: Sequence[str]) -> OperationFailed:
    which = f"column {titles[0]} is" if len(titles) == 1 else f"columns {', '.join(titles)} are"
    return OperationFailed(
        f"the console's import asks what the {which}, and offers no field for that; nothing was imported",
        screen="Import Users",
        expected="a field of that name, or one that the console has chosen by itself",
        advice="leave the column empty, or add the console's name for the field to the labels",
    )


def _begins_ready(said: str) -> bool:
    """Whether a verdict says that the row is ready, and then perhaps what comes of it: "OK. 'Night Shift' is new"."""
    return re.split(r"[.;:,]\s", said, maxsplit=1)[0].strip(".").casefold() in _READY


def objections_of_review(people: Sequence[Invite], review: Sequence[ReviewRow]) -> dict[str, str]:
    """What the review says against rows, by address: every verdict that is not the one of good rows.

    A verdict is what a row says besides what was sent. Good rows say nothing, one of a few usual words, or what most
    rows say; where even that cannot be told, words of objection decide.
    """
    sent = {address_key(person.email): person for person in people}
    verdicts: dict[str, str] = {}
    objecting: set[str] = set()
    noted: set[str] = set()
    """Good rows of which something else is said, in a piece of its own: "Ready", "This manager will be invited"."""
    for row in review:
        person = sent.get(address_key(row.email))
        if person is not None and address_key(row.email) not in objecting:
            verdicts[address_key(row.email)] = row.besides(person)
            if (said := row.says(person)) and _begins_ready(said[0]):
                noted.add(address_key(row.email))
            # A later step may list everybody again, and say nothing more of it.
            objecting |= {address_key(row.email)} if row.objects else set()
    common = Counter(verdict.casefold() for verdict in verdicts.values())
    ready = {verdict for verdict in common if verdict in _READY}
    if not ready and common:
        most, count = common.most_common(1)[0]
        if count > 1 and not all(key in objecting for key, verdict in verdicts.items() if verdict.casefold() == most):
            ready = {most}
        else:
            return {key: verdict for key, verdict in verdicts.items() if key in objecting}
    return {
        key: verdict
        for key, verdict in verdicts.items()
        if verdict.casefold() not in ready and not (key in noted and key not in objecting)
    }


async def import_people(
    context: Context, operation: ImportPeople, progress: directory.Progress, settled: dict[str, Outcome]
) -> list[Outcome]:
    """Imports people; an outcome for each, in the order given.

    `settled` keeps what was already said of each person, should the session end on the way and this be called again.
    Raises ConsoleDrift and ConsoleUnavailable for what stops the whole import.
    """
    work = _Import(context, operation, progress)
    work.outcomes = settled
    if context.judged and not context.acted:
        context.lane.step("the rows were judged before the session ended")
    elif context.acted:
        await work.read_back(work.left, said="", doubt=True, last=False, refused=False)
    else:
        await work.judge()
        context.judged = True
        refused = [outcome for outcome in work.outcomes.values() if outcome.result in _REFUSED]
        if refused and not operation.skip_bad_rows:
            work.hold_back(held_back(not_importable(len(refused))))
    if context.dry_run:
        for person in work.left:
            would = context.would("import", person.email, f"import as {person.role.value}")
            work.outcomes[address_key(person.email)] = would
    elif work.left:
        try:
            await work.send()
        except OperationFailed as failure:
            for person in work.left:
                work.settle(person, Result.UNKNOWN if context.acted else Result.FAILED, failure.message)
    return [work.outcomes[address_key(person.email)] for person in operation.people]
