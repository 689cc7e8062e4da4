"""A roster compared with the console as read: who would be invited, changed, deactivated, reactivated or left alone.

Everything here is pure: the same roster, reading, options and settings make the same plan. What is ambiguous is refused
row by row, with its reason, and is not among the plan's operations (docs/decisions/0012-plans.md).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from connector import guards
from connector.addresses import address_key
from connector.errors import Refused
from connector.models import Deactivate, Edit, Guard, Invite, Operation, Reactivate, SeatPool, Status, people_of
from connector.plan_cases import Case, Situation
from connector.plan_guards import Judge
from connector.plan_models import (
    Action,
    Basis,
    Held,
    Item,
    Plan,
    PlanOptions,
    PoolChange,
    Reading,
    Seen,
    Totals,
    Verdict,
    directory_digest,
    person_digest,
)
from connector.plan_order import by_the_cheapest_way, managers_first
from connector.roster import Roster
from connector.settings import Settings

_COUNTED_POOLS = ("licensed", "internal")
"""The pools from which the people of this console take their seats (see `guards.free_seats`)."""


def make_plan(
    roster: Roster,
    reading: Reading,
    settings: Settings,
    *,
    account: str,
    now: datetime,
    options: PlanOptions | None = None,
    last_people: int | None = None,
) -> Plan:
    """Compare a roster with a console.

    Args:
        roster: as `read_roster` read it; its bad rows become refused items.
        reading: the console as read just now.
        settings: what the guards go by, and the console's address.
        account: the address of the account that is signed in.
        now: the time, with its time zone.
        options: what was asked for.
        last_people: how many people the roster named that was last applied to this console, where that is known.
    """
    planner = _Planner(Situation(roster, reading, settings, account, options or PlanOptions(), last_people))
    planner.settle()
    operations = planner.operations()
    items = planner.items()
    held = planner.held(items)
    plan = Plan(
        url=settings.url,
        account=account,
        created_at=now,
        basis=Basis(
            roster=roster.path.name,
            format=roster.format,
            roster_sha256=roster.digest,
            mapping_sha256=roster.mapping,
            directory_sha256=directory_digest(reading.people),
            complete=reading.complete,
            last_people=last_people,
        ),
        options=planner.situation.options,
        people=len(planner.situation.named),
        operations=tuple(operations),
        items=tuple(items),
        totals=_totals(items, len(roster.rows) + len(roster.bad_rows) + len(roster.set_aside)),
        seats=planner.seats(),
        concerned=tuple(planner.concerned(operations)),
        held=tuple(held),
        held_concerned=tuple(planner.concerned([each.operation for each in held])),
    )
    return plan.model_copy(update={"digest": plan.own_digest()})


def _totals(items: Sequence[Item], rows: int) -> Totals:
    counts = Counter("refused" if item.refused else item.action.value for item in items)
    return Totals(rows=rows, **counts)


class _Planner:
    """Judges everybody, then finds out what the verdicts mean for others: seats, and managers who do not come."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self.cases = situation.cases()
        Judge(situation, self.cases).judge()
        # Of a row that is there twice the second one is a bad row with the same address: the first one counts.
        compared = {case.key: case for case in self.cases if case.row is not None or case.person is not None}
        self.by_key = {case.key: case for case in self.cases} | compared
        self.invited: list[Invite] = []
        self.cut: list[Edit] = []

    def settle(self) -> None:
        """Who is refused for want of a seat or of her manager, until nobody else is because of that."""
        out: dict[str, list[Verdict]] = {}
        while True:
            for case in self.cases:
                case.passing = list(out.get(case.key, ()))
                case.free_seats = None
            self._go_in_order()
            found = self._asked_too_early()
            new = {key: verdicts for key, verdicts in found.items() if any(not verdict.lifted for verdict in verdicts)}
            if not new:
                for key, verdicts in found.items():
                    self.by_key[key].passing += verdicts
                return
            out |= new

    def _go_in_order(self) -> None:
        """Gives out the seats in the order of the operations; who would report to somebody refused gets none."""
        seats = _SeatCount.of(self.situation, self.cases)
        for case in self.cases:
            if case.action is Action.REACTIVATE and not case.refused:
                seats.take(case)
        wanted = [case.invite for case in self.cases if case.invite is not None and not case.refused]
        self.invited, self.cut = managers_first(wanted)
        for invite in self.invited:
            case = self.by_key[address_key(invite.email)]
            case.passing += self._speaks_against(case, invite.managers)
            if not case.refused:
                seats.take(case)

    def _asked_too_early(self) -> dict[str, list[Verdict]]:
        """What speaks against managers who are given by an edit: they may have been refused since."""
        edits = [*self.cut, *(case.edit for case in self.cases if case.edit is not None)]
        found = {}
        for edit in edits:
            case = self.by_key[address_key(edit.email)]
            if not case.refused and (verdicts := self._speaks_against(case, edit.add_managers)):
                found[case.key] = verdicts
        return found

    def _speaks_against(self, case: Case, managers: Iterable[str]) -> list[Verdict]:
        return [verdict for manager in managers if (verdict := self._why_no_manager(case, manager)) is not None]

    def _why_no_manager(self, case: Case, manager: str) -> Verdict | None:
        key = address_key(manager)
        other = self.by_key.get(key)
        lifted = Guard.UNKNOWN_MANAGER in self.situation.options.overrides
        if other is not None and other.invite is not None:
            if not other.refused:
                return None
            message = f"the manager {manager} is not going to be invited; the console would invite that address"
            saw = guards.no_such_manager(manager)
            return Verdict(guard=Guard.UNKNOWN_MANAGER, message=message, lifted=lifted, saw=saw)
        if key not in self.situation.here:
            try:
                guards.known_manager(case.email, manager, False, ())
            except Refused as refusal:
                return Verdict(guard=Guard.UNKNOWN_MANAGER, message=refusal.message, lifted=lifted, saw=refusal.saw)
        acts = other is not None and not other.refused
        goes = acts and other is not None and other.action is Action.DEACTIVATE
        comes = acts and other is not None and other.action is Action.REACTIVATE
        if goes or (not comes and self.situation.here[key][0].status is Status.DEACTIVATED):
            return Verdict(message=f"the manager {manager} {'is going to be' if goes else 'is'} deactivated")
        return None

    # -- what comes of it ----------------------------------------------------------------------------------------
    def operations(self) -> list[Operation]:
        """What is to be done, in its order: deactivations, reactivations, invitations, edits."""
        going = [case for case in self.cases if not case.refused]
        operations: list[Operation] = [Deactivate(email=c.email) for c in going if c.action is Action.DEACTIVATE]
        operations += [Reactivate(email=case.email) for case in going if case.action is Action.REACTIVATE]
        operations += by_the_cheapest_way(self.invited_for_good, self.situation.reading.import_columns)
        operations += [edit for edit in self.cut if not self.by_key[address_key(edit.email)].refused]
        operations += [case.edit for case in going if case.edit is not None]
        return operations

    @property
    def invited_for_good(self) -> list[Invite]:
        return [invite for invite in self.invited if not self.by_key[address_key(invite.email)].refused]

    def items(self) -> list[Item]:
        """Everybody: the rows of the roster by line, then who is not in it."""
        return [case.item() for case in self.cases]

    def seats(self) -> tuple[PoolChange, ...]:
        """Each pool before and after; where several could be meant, what comes after is not known."""
        going = [case for case in self.cases if not case.refused]
        taken = sum(case.action in (Action.REACTIVATE, Action.INVITE) for case in going) - _freed(self.cases)
        counted = [pool for pool in self.situation.reading.pools if pool.name in _COUNTED_POOLS]

        def after(pool: SeatPool) -> int | None:
            if pool not in counted or not taken:
                return pool.used
            return pool.used + taken if len(counted) == 1 else None

        return tuple(
            PoolChange(name=pool.name, total=pool.total, used_before=pool.used, used_after=after(pool))
            for pool in self.situation.reading.pools
        )

    def held(self, items: Sequence[Item]) -> list[Held]:
        """What guards refuse that a person may lift, in the order of operations."""
        waiting = {address_key(item.email): item for item in items if item.refused and item.operations}
        waiting = {key: item for key, item in waiting.items() if item.objections}
        wanted = [operation for item in waiting.values() for operation in item.operations]
        invited, cut = managers_first([each for each in wanted if isinstance(each, Invite)])
        ordered: list[Deactivate | Reactivate | Invite | Edit] = [w for w in wanted if isinstance(w, Deactivate)]
        ordered += [each for each in wanted if isinstance(each, Reactivate)]
        ordered += [*invited, *cut, *(each for each in wanted if isinstance(each, Edit))]
        return [
            Held(
                operation=operation,
                objections=(item := waiting[address_key(operation.email)]).objections,
                place="" if item.line is None else f"line {item.line}: ",
            )
            for operation in ordered
        ]

    def concerned(self, operations: Iterable[Operation]) -> list[Seen]:
        """Everybody to whom something is done, and their managers to be, as they were read."""
        addresses: dict[str, str] = {}
        for person in chain.from_iterable(map(people_of, operations)):
            managers: tuple[str, ...] = ()
            if isinstance(person, Invite):
                managers = person.managers
            elif isinstance(person, Edit):
                managers = person.add_managers
            for address in (person.email, *managers):
                addresses.setdefault(address_key(address), address)
        return [
            Seen(email=address, digest=person_digest(found[0] if (found := self.situation.here.get(key)) else None))
            for key, address in sorted(addresses.items())
        ]


@dataclass
class _SeatCount:
    """Seats under way. Open invitations are promised one each: they use it once they are accepted."""

    free: int | None
    now: int
    promised: int
    freed: int
    lifted: bool

    @classmethod
    def of(cls, situation: Situation, cases: Iterable[Case]) -> _SeatCount:
        counted = [pool for pool in situation.reading.pools if pool.name in _COUNTED_POOLS]
        # More may be used than there are: what is freed then makes up for that first.
        limited = [pool.total - pool.used for pool in counted if pool.total is not None]
        withdrawn = {case.key for case in cases if case.action is Action.DEACTIVATE and not case.refused}
        promised = sum(
            person.status is Status.INVITED and address_key(person.email) not in withdrawn
            for person in situation.reading.people
        )
        freed = _freed(cases)
        now = max(limited, default=0)
        left = now + freed - promised if limited else None
        return cls(left, max(now, 0), promised, freed, Guard.NO_FREE_SEAT in situation.options.overrides)

    def take(self, case: Case) -> None:
        """A seat for a case, or the verdict that there is none."""
        if self.free is None:
            return
        if self.free < 1:
            message = (
                f"no seat is left: {self.now} free now and {self.freed} freed by this plan, {self.promised} promised "
                "to open invitations, the others taken by this plan"
            )
            verdict = Verdict(guard=Guard.NO_FREE_SEAT, message=message, lifted=self.lifted, saw=guards.NO_SEAT)
            case.passing.append(verdict)
            if not self.lifted:
                return
        self.free -= 1
        case.free_seats = max(self.free, 0)


def _freed(cases: Iterable[Case]) -> int:
    """Seats of active people who go; an invitation that was not accepted uses none (guide, "Watch out for")."""
    return sum(
        case.person is not None and case.person.status is Status.ACTIVE
        for case in cases
        if case.action is Action.DEACTIVATE and not case.refused
    )
