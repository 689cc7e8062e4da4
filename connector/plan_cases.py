"""Everybody concerned by a roster or by her absence from it, and what would happen to her before any guard is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from connector import guards
from connector.addresses import address_key, look_alike_key, why_malformed
from connector.errors import Refused
from connector.models import Deactivate, Edit, Invite, Person, Reactivate, Status
from connector.plan_compare import difference, invitation
from connector.plan_models import Action, Item, PlanOptions, Reading, Verdict
from connector.roster import BadRow, Roster, RosterRow
from connector.roster_cells import MANAGERS
from connector.settings import Settings


@dataclass
class Case:
    """One person under judgement."""

    email: str
    action: Action
    reason: str
    line: int | None = None
    person: Person | None = None
    row: RosterRow | None = None
    invite: Invite | None = None
    edit: Edit | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    passing: list[Verdict] = field(default_factory=list)
    """Verdicts that depend on what becomes of others; found anew until nothing changes any more."""
    free_seats: int | None = None

    @property
    def key(self) -> str:
        return address_key(self.email)

    @property
    def refused(self) -> bool:
        return any(not verdict.lifted for verdict in (*self.verdicts, *self.passing))

    def item(self) -> Item:
        operations: list[Invite | Reactivate | Edit | Deactivate] = []
        if self.action is Action.DEACTIVATE:
            operations = [Deactivate(email=self.email)]
        elif self.action is Action.REACTIVATE:
            operations = [Reactivate(email=self.email)]
        elif self.invite is not None:
            operations = [self.invite]
        if self.edit is not None:
            operations.append(self.edit)
        return Item(
            email=self.email,
            action=self.action,
            reason=self.reason,
            line=self.line,
            operations=tuple(operations),
            verdicts=(*self.verdicts, *self.passing),
            free_seats=self.free_seats if not self.refused else None,
        )


@dataclass
class Situation:
    """All that a plan is made from, with the people by address and by what an address looks like."""

    roster: Roster
    reading: Reading
    settings: Settings
    account: str
    options: PlanOptions
    last_people: int | None = None

    def __post_init__(self) -> None:
        self.here: dict[str, list[Person]] = defaultdict(list)
        self.looks: dict[str, list[str]] = defaultdict(list)
        for person in self.reading.people:
            self.here[address_key(person.email)].append(person)
            self.looks[look_alike_key(person.email)].append(person.email)
        self.named = self._named()
        self.leading = self._leading()

    def _named(self) -> set[str]:
        """Everybody whom the roster names, in good rows and others: nobody of them is missing in it."""
        named = {address_key(row.email) for row in self.roster.rows}
        named |= {address_key(row.email) for row in self.roster.set_aside if row.email}
        return named | {address_key(row.email) for row in self.roster.bad_rows if why_malformed(row.email) is None}

    def _leading(self) -> set[str]:
        """Who will be somebody's manager."""
        leading: set[str] = set()
        said = {address_key(row.email): row for row in self.roster.rows if row.status is not Status.DEACTIVATED}
        for person in self.reading.people:
            row = said.get(address_key(person.email))
            stays = row is None or not (self.options.exact_managers and MANAGERS in self.roster.columns)
            if stays:
                leading.update(map(address_key, person.managers or ()))
        for row in said.values():
            leading.update(map(address_key, row.managers))
        return leading

    def cases(self) -> list[Case]:
        """The rows of the roster by line, then who is not in it in the console's order."""
        cases = [*map(self._row_case, self.roster.rows), *self._not_compared()]
        cases.sort(key=lambda case: case.line or 0)
        missing = (person for person in self.reading.people if address_key(person.email) not in self.named)
        return [*cases, *map(self._missing_case, missing)]

    def _row_case(self, row: RosterRow) -> Case:
        found = self.here.get(address_key(row.email), [])
        if not found:
            return self._newcomer(row)
        person = found[0]
        case = Case(person.email, Action.LEAVE, "as the roster says", row.line, person, row)
        if len(found) > 1:
            case.reason = "several people here have this address"
            case.verdicts.append(_ambiguous(row.email, found))
        elif row.status is Status.DEACTIVATED:
            if person.status is Status.DEACTIVATED:
                case.reason = "deactivated already, as the roster says"
            else:
                case.action, case.reason = Action.DEACTIVATE, "deactivated by the roster"
        elif person.status is Status.DEACTIVATED and row.status is None:
            case.reason = "deactivated here, and the roster says no status"
        else:
            leads = case.key in self.leading
            case.edit, why = difference(row, person, self.roster.columns, self.options, leads=leads)
            if person.status is Status.DEACTIVATED:
                case.action = Action.REACTIVATE
                case.reason = "; ".join(["deactivated here, and active by the roster", *why])
            elif case.edit is not None:
                case.action, case.reason = Action.CHANGE, "; ".join(why)
        return case

    def _newcomer(self, row: RosterRow) -> Case:
        if row.status is Status.DEACTIVATED:
            return Case(row.email, Action.LEAVE, "not here, and deactivated by the roster", row.line, row=row)
        if (unnamed := row.unnamed()) is not None:
            return _unusable(unnamed, row)
        return Case(row.email, Action.INVITE, "not here yet", row.line, row=row, invite=invitation(row))

    def _not_compared(self) -> list[Case]:
        return [*map(_unusable, self.roster.bad_rows)] + [
            Case(row.email, Action.LEAVE, row.reason, row.line) for row in self.roster.set_aside
        ]

    def _missing_case(self, person: Person) -> Case:
        case = Case(person.email, Action.LEAVE, "not in the roster", person=person)
        found = self.here[case.key]
        if person.status is Status.DEACTIVATED:
            case.reason = "not in the roster, and deactivated already"
        elif self.options.deactivate_missing:
            case.action = Action.DEACTIVATE
            if len(found) > 1:
                case.verdicts.append(_ambiguous(person.email, found))
        return case


def _unusable(bad: BadRow, row: RosterRow | None = None) -> Case:
    why = Verdict(message=f"{bad.column}: {bad.reason}" if bad.column else bad.reason)
    return Case(bad.email, Action.LEAVE, "the row cannot be used", bad.line, row=row, verdicts=[why])


def _ambiguous(email: str, found: Sequence[Person]) -> Verdict:
    try:
        guards.single_match(email, found)
    except Refused as refusal:
        return Verdict(guard=refusal.guard, message=refusal.message)
    raise AssertionError(f"{len(found)} people with one address were let pass")
