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

from connector import guards, seats
from connector.addresses import address_key
from connector.errors import Refused
from connector.models import Deactivate, Edit, Guard, Invite, Operation, Reactivate, Role, SeatPool, Status, people_of
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
        count = _SeatCount.of(self.situation, self.cases)
        for case in self.cases:
            if case.action is Action.REACTIVATE and not case.refused:
                count.take(case)
        wanted = [case.invite for case in self.cases if case.invite is not None and not case.refused]
        self.invited, self.cut = managers_first(wanted)
        for invite in self.invited:
            case = self.by_key[address_key(invite.email)]
            case.passing += self._speaks_against(case, invite.managers)
            if not case.refused:
                count.take(case)

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
        taken, unsure = _taken(self.situation, self.cases)
        pools = self.situation.reading.pools

        def after(pool: SeatPool) -> int | None:
            kind = next((each for each in seats.Kind if pool in seats.pools_of(each, pools)), None)
            if kind is None or (not taken[kind] and not unsure):
                return pool.used
            alone = len(seats.pools_of(kind, pools)) == 1
            return pool.used + taken[kind] if alone and not (unsure and kind is not seats.Kind.ADMIN) else None

        return tuple(
            PoolChange(name=pool.name, total=pool.total, used_before=pool.used, used_after=after(pool))
            for pool in pools
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
    """Seats under way, by kind. Open invitations are promised one each: they use it once they are accepted.

    Who may need one of two kinds is counted for both, and frees none.
    """

    situation: Situation
    free: dict[seats.Kind, int]
    now: dict[seats.Kind, int]
    promised: Counter[seats.Kind]
    freed: Counter[seats.Kind]
    lifted: bool

    @classmethod
    def of(cls, situation: Situation, cases: Iterable[Case]) -> _SeatCount:
        pools = situation.reading.pools
        withdrawn = {case.key for case in cases if case.action is Action.DEACTIVATE and not case.refused}
        invited = [
            (person.email, person.role)
            for person in situation.reading.people
            if person.status is Status.INVITED and address_key(person.email) not in withdrawn
        ]
        promised = seats.needed(invited, pools, situation.settings)
        freed = _freed(situation, cases)
        now: dict[seats.Kind, int] = {}
        for kind in seats.Kind:
            # More may be used than there are: what is freed then makes up for that first.
            limited = [pool.total - pool.used for pool in seats.pools_of(kind, pools) if pool.total is not None]
            if limited:
                now[kind] = max(limited)
        left = {kind: count + freed[kind] - promised[kind] for kind, count in now.items()}
        return cls(situation, left, now, promised, freed, Guard.NO_FREE_SEAT in situation.options.overrides)

    def take(self, case: Case) -> None:
        """A seat for a case, or the verdict that there is none."""
        kinds = [kind for kind in _kinds(self.situation, case) if kind in self.free]
        short = [kind for kind in kinds if self.free[kind] < 1]
        if short:
            several = len(self.free) > 1
            messages = [
                f"no {f'{kind.value} ' if several else ''}seat is left: {max(self.now[kind], 0)} free now and "
                f"{self.freed[kind]} freed by this plan, {self.promised[kind]} promised to open invitations, the "
                "others taken by this plan"
                for kind in short
            ]
            if seats.unsure(kinds):
                messages.append("whether her seat is internal or external is not known (WORKRAMP_INTERNAL_DOMAINS)")
            message = "; ".join(messages)
            verdict = Verdict(guard=Guard.NO_FREE_SEAT, message=message, lifted=self.lifted, saw=guards.NO_SEAT)
            case.passing.append(verdict)
            if not self.lifted:
                return
        for kind in kinds:
            self.free[kind] -= 1
        if kinds:
            case.free_seats = max(min(self.free[kind] for kind in kinds), 0)


def _kinds(situation: Situation, case: Case) -> frozenset[seats.Kind]:
    """The kinds of seat that a person needs, or needed."""
    role = case.invite.role if case.invite is not None else None
    if case.person is not None:
        role = Role.ADMIN if case.person.admin else case.person.role
    return seats.kinds_of((case.email, role), situation.reading.pools, situation.settings)


def _freed(situation: Situation, cases: Iterable[Case]) -> Counter[seats.Kind]:
    """Seats of active people who go; an invitation that was not accepted uses none (guide, "Watch out for")."""
    freed: Counter[seats.Kind] = Counter()
    for case in cases:
        if case.action is not Action.DEACTIVATE or case.refused:
            continue
        if case.person is not None and case.person.status is Status.ACTIVE:
            kinds = _kinds(situation, case)
            freed.update(kinds - {seats.Kind.INTERNAL, seats.Kind.EXTERNAL} if seats.unsure(kinds) else kinds)
    return freed


def _taken(situation: Situation, cases: Sequence[Case]) -> tuple[Counter[seats.Kind], bool]:
    """How many seats of each kind a plan takes, less those that it frees; and whether some of it is not known."""
    taken: Counter[seats.Kind] = Counter()
    unsure = False
    for case in cases:
        if case.refused:
            continue
        kinds = _kinds(situation, case)
        leaves = case.action is Action.DEACTIVATE and case.person is not None and case.person.status is Status.ACTIVE
        if case.action in (Action.REACTIVATE, Action.INVITE) or leaves:
            unsure = unsure or seats.unsure(kinds)
        if case.action in (Action.REACTIVATE, Action.INVITE):
            taken.update(kinds)
    taken.subtract(_freed(situation, cases))
    return taken, unsure
