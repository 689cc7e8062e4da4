"""A connector that opens no browser: answers what a test told it to, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from connector.applying import refused_by, would_be_done
from connector.errors import ConnectorError, GroupNotFound, LeftOut, PersonNotFound
from connector.models import (
    CreateGroup,
    DeleteGroup,
    Group,
    GroupDetails,
    Guard,
    ImportPeople,
    Operation,
    Outcome,
    Person,
    Releasable,
    Report,
    Result,
    Role,
    SeatPool,
    Seats,
    Status,
    people_of,
)
from connector.plan import make_plan
from connector.plan_models import Plan, PlanOptions, Reading
from connector.roster import Roster

ANN = Person(
    email="ann@northwind.example",
    first_name="Ann",
    last_name="Lee",
    role=Role.LEARNER,
    status=Status.ACTIVE,
    groups=("Sales", "R&D"),
    managers=("daniel.kim@northwind.example",),
    last_login=datetime(2026, 3, 1, 9, 30, tzinfo=UTC),
    scim_managed=False,
)
UNSEEN = Person(email="tomas.silva@northwind.example", never_signed_in=True)
GROUPS = (
    Group(name="Sales, EMEA", kind="static", members=2),
    Group(name="Contractors", kind="dynamic"),
    Group(name="R&D"),
)
SEATS = Seats(
    pools=(SeatPool(name="licensed", used=52, total=100), SeatPool(name="external", used=7)),
    releasable=(Releasable(email=UNSEEN.email, reason="never signed in"),),
)


class Face:
    """What the tests set and look at; `Face.connector` stands in for the class `connector.face.Connector`."""

    def __init__(self) -> None:
        self.opened = 0
        self.exported = 0
        self.settings: Any = None
        self.headed = False
        self.progress: Callable[[str, int, int | None], None] | None = None
        self.asked: dict[str, Any] = {}
        self.operations: list[Operation] = []
        self.results: dict[str, Outcome] = {}
        self.error: BaseException | None = None
        self.error_after = 0
        self.stopped: int | None = None
        self.unattended = False
        self.directory = [ANN, UNSEEN]
        self.seats = SEATS

    def connector(self, settings: Any = None, **options: Any) -> _Connector:
        self.settings = settings
        self.headed = options["headed"]
        self.progress = options["progress"]
        return _Connector(self)

    def will(self, email: str, result: Result, message: str = "", guard: Guard | None = None) -> None:
        """The outcome that this address will have."""
        self.results[email] = Outcome(operation="any", email=email, result=result, message=message, guard=guard)


class _Connector:
    def __init__(self, face: Face) -> None:
        self._face = face

    def __enter__(self) -> _Connector:
        self._face.opened += 1
        if self._face.error is not None and not self._face.error_after and not isinstance(self._face.error, LeftOut):
            raise self._face.error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def sign_in(self, *, seconds: float = 600) -> None:
        self._face.asked = {"seconds": seconds}

    def people(self, **filters: Any) -> list[Person]:
        self._face.asked = filters
        if isinstance(self._face.error, LeftOut):
            raise self._face.error
        return self._face.directory

    def person(self, email: str) -> Person:
        for person in self._face.directory:
            if person.email == email:
                return person
        raise PersonNotFound("nobody has this address", whom=email)

    def groups(self) -> list[Group]:
        return list(GROUPS)

    def group(self, name: str) -> GroupDetails:
        for group in GROUPS:
            if group.name == name:
                emails = (ANN.email, UNSEEN.email)
                return GroupDetails(name=name, kind=group.kind, members=len(emails), emails=emails)
        raise GroupNotFound(f"no group is called '{name}'")

    def seats(self, *, not_seen_for: int = 90, people: Sequence[Person] | None = None) -> Seats:
        self._face.asked = {"not_seen_for": not_seen_for}
        if isinstance(self._face.error, LeftOut):
            raise self._face.error
        return self._face.seats

    def export(self) -> list[Person]:
        self._face.exported += 1
        return self._face.directory

    def plan(self, roster: Roster, options: PlanOptions | None = None) -> Plan:
        self._face.asked = {"roster": roster, "options": options}
        reading = Reading(people=tuple(self._face.directory), pools=SEATS.pools, groups=frozenset({"Sales", "R&D"}))
        now = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
        account = "connector@northwind.example"
        return make_plan(roster, reading, self._face.settings, account=account, now=now, options=options)

    def run(
        self,
        operations: Sequence[Operation],
        *,
        dry_run: bool = False,
        overrides: Collection[Guard] = (),
        run_id: str | None = None,
        wait: bool = True,
        left_out: Sequence[Outcome] = (),
        unattended: bool = False,
        on_outcome: Callable[[Outcome], None] | None = None,
    ) -> Report:
        face = self._face
        face.operations = list(operations)
        face.asked = {"dry_run": dry_run, "overrides": tuple(overrides), "run_id": run_id, "wait": wait}
        face.unattended = unattended
        outcomes: list[Outcome] = []
        for kind, email in _people(operations):
            if face.error is not None and len(outcomes) == face.error_after:
                raise face.error
            outcomes.append(self._outcome(kind, email, dry_run))
            if on_outcome is not None:
                on_outcome(outcomes[-1])
        run = "dry-run" if dry_run else run_id or "run-1"
        if not dry_run:
            outcomes = [*left_out, *outcomes]
        return Report(run=run, outcomes=tuple(outcomes), stopped=face.stopped)

    def apply(self, plan: Plan, **how: Any) -> Report:
        return self._apply(plan, {"plan": plan}, **how)

    def apply_roster(self, roster: Roster, options: PlanOptions | None = None, **how: Any) -> Report:
        plan = self.plan(roster, options)
        return self._apply(plan, {"roster": roster, "options": options}, **how)

    def _apply(self, plan: Plan, asked: dict[str, Any], *, agree: Callable[..., None], **how: Any) -> Report:
        left_out = refused_by(plan)
        if how["dry_run"]:
            self._face.asked = asked | how
            return Report(run="dry-run", outcomes=(*left_out, *would_be_done(plan)))
        agree(plan.operations, left_out)
        report = self.run(plan.operations, overrides=plan.options.overrides, left_out=left_out, **how)
        self._face.asked |= asked
        return report

    def _outcome(self, kind: str, email: str, dry_run: bool) -> Outcome:
        if email in self._face.results:
            return self._face.results[email].model_copy(update={"operation": kind})
        message = f"would {kind}" if dry_run else f"{kind} read back"
        result = Result.REFUSED if dry_run else Result.DONE
        group, email = (email, "") if kind in ("create-group", "delete-group") else (None, email)
        return Outcome(
            operation=kind, email=email, group=group, result=result, message=message, seconds=1.3, would=dry_run
        )


def _people(operations: Sequence[Operation]) -> list[tuple[str, str]]:
    people = []
    for operation in operations:
        if isinstance(operation, ImportPeople):
            people += [("import", person.email) for person in operation.people]
        elif isinstance(operation, CreateGroup | DeleteGroup):
            people.append((operation.operation, operation.name))
        else:
            people += [(person.operation, person.email) for person in people_of(operation)]
    return people


__all__ = ["ANN", "GROUPS", "SEATS", "UNSEEN", "ConnectorError", "Face"]
