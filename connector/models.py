"""The nouns everybody shares: people, seats, operations and what became of them. Imports nothing of ours."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, computed_field

from connector.terms import NEVER_LIFTED as NEVER_LIFTED
from connector.terms import Guard as Guard
from connector.terms import Result as Result
from connector.terms import Role as Role
from connector.terms import Status as Status


class Model(BaseModel):
    """Values are immutable and unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Person(Model):
    """One person as the console shows her. What an edition does not show is None, never guessed."""

    email: str
    first_name: str | None = None
    last_name: str | None = None
    role: Role | None = None
    status: Status | None = None
    groups: tuple[str, ...] | None = None
    managers: tuple[str, ...] | None = None
    last_login: datetime | None = None
    scim_managed: bool | None = None
    groups_text: Annotated[str | None, Field(exclude=True)] = None
    """The names of her groups as the console shows them in one piece, joined by commas; None where it does not."""
    groups_held: Annotated[tuple[str, ...] | None, Field(exclude=True)] = None
    """Those of her groups that the field of a form holds, where no more is told of them: who is in a group by its rules
    may not stand there."""
    shown_name: Annotated[str | None, Field(exclude=True)] = None
    """The whole name where the console shows it in one piece, which can be divided in more than one way."""
    name_drawn: Annotated[bool, Field(exclude=True)] = False
    """The whole name is as a list or a heading draws it, which may put the last name first: 'Lee, Ann'. What a form or
    an API tells is as it is kept."""
    is_admin: Annotated[bool | None, Field(exclude=True)] = None
    """Whether she is an admin, where the console tells this and no role: Status User or Admin, a toggle 'Admin'."""
    may_be_invited: Annotated[bool, Field(exclude=True)] = False
    """The console tells only that she is not deactivated: the status is `active` then, an open invitation included."""
    status_unread: Annotated[bool, Field(exclude=True)] = False
    """The list says something where statuses stand, and it names none: then nothing else tells how she stands."""
    never_signed_in: Annotated[bool | None, Field(exclude=True)] = None
    """True where the console says so; `last_login` alone cannot tell never from not shown."""
    last_login_between: Annotated[tuple[datetime, datetime] | None, Field(exclude=True)] = None
    """The earliest and the latest that the last login was, where the console says only '10 months ago'."""

    @property
    def admin(self) -> bool | None:
        """Whether she is an admin, by her role or by what is shown in its place; None where neither is."""
        return self.is_admin if self.role is None else self.role is Role.ADMIN

    def is_called(self, first: str, last: str) -> bool:
        """Whether the whole name shown is this one; in 'Lee, Ann' the comma tells the last name from the first."""
        drawn = self.name_drawn and bool(first and last) and self.shown_name == f"{last}, {first}"
        return drawn or self.shown_name == f"{first} {last}".strip()

    @property
    def said_name(self) -> str | None:
        """The whole name as it is said of her: 'Ann Lee' also where a list draws it as 'Lee, Ann'."""
        pieces = [piece.strip() for piece in (self.shown_name or "").split(",")]
        return f"{pieces[1]} {pieces[0]}" if self.name_drawn and len(pieces) == 2 and all(pieces) else self.shown_name


class SeatPool(Model):
    """One pool of licensed seats. `total` and `free` are None where the contract is not limited or not shown."""

    name: str
    used: int
    total: int | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def free(self) -> int | None:
        return None if self.total is None else max(self.total - self.used, 0)


class Releasable(Model):
    """A person whose seat could be released, and why (`never signed in` or `not seen for N days`)."""

    email: str
    reason: str
    last_login: datetime | None = None


class Seats(Model):
    """Seat use as the console states it, and who could be released."""

    pools: tuple[SeatPool, ...]
    releasable: tuple[Releasable, ...] = ()
    untold: Annotated[tuple[str, ...], Field(exclude=True)] = ()
    """The active people whose last login the list does not tell: they may be releasable, too."""


class Group(Model):
    """One group as the list of groups shows it; what it does not show is None. `members` is how many there are."""

    name: str
    kind: Literal["static", "dynamic"] | None = None
    members: int | None = None


class GroupDetails(Group):
    """One group with the addresses of its members, each once."""

    emails: tuple[str, ...] = ()


class Invite(Model):
    """Invite one person. `groups` are group names, `managers` e-mail addresses."""

    operation: Literal["invite"] = "invite"
    email: str
    first_name: str
    last_name: str
    role: Role = Role.LEARNER
    groups: tuple[str, ...] = ()
    managers: tuple[str, ...] = ()


class Deactivate(Model):
    """Take a person's access away; her records stay."""

    operation: Literal["deactivate"] = "deactivate"
    email: str


class Reactivate(Model):
    """Give a deactivated person her access back; this may need a seat."""

    operation: Literal["reactivate"] = "reactivate"
    email: str


class Resend(Model):
    """Send the invitation of an invited person again."""

    operation: Literal["resend"] = "resend"
    email: str


class Edit(Model):
    """Change details, role, groups or managers of one person. None or empty means: leave as it is."""

    operation: Literal["edit"] = "edit"
    email: str
    first_name: str | None = None
    last_name: str | None = None
    role: Role | None = None
    add_groups: tuple[str, ...] = ()
    remove_groups: tuple[str, ...] = ()
    add_managers: tuple[str, ...] = ()
    remove_managers: tuple[str, ...] = ()


class InvitePeople(Model):
    """Invite several people by the console's form: in one sending where it takes a list of addresses, else one by one.

    Each person gets an outcome of her own.
    """

    operation: Literal["invite"] = "invite"
    people: tuple[Invite, ...]


class ImportPeople(Model):
    """Invite many through the console's CSV import, in one upload; each person gets an outcome of her own.

    Where some of them are refused, by a guard or by the console, the others go only with `skip_bad_rows`.
    """

    operation: Literal["import"] = "import"
    people: tuple[Invite, ...]
    skip_bad_rows: bool = False


class CreateGroup(Model):
    """Make a static group without members. `name` is exact, case included."""

    operation: Literal["create-group"] = "create-group"
    name: str


class DeleteGroup(Model):
    """Delete one static group; its people stay. `name` is exact, case included."""

    operation: Literal["delete-group"] = "delete-group"
    name: str


Operation = Invite | Deactivate | Reactivate | Resend | Edit | ImportPeople | InvitePeople | CreateGroup | DeleteGroup
"""One thing to do; two of them concern many people at once, the last two a group and nobody."""


def people_of(operation: Operation) -> tuple[Invite | Deactivate | Reactivate | Resend | Edit, ...]:
    """The operation on each person that an operation consists of; none for one on a group."""
    if isinstance(operation, CreateGroup | DeleteGroup):
        return ()
    return operation.people if isinstance(operation, ImportPeople | InvitePeople) else (operation,)


class Objection(Model):
    """What a guard said against an operation, where a person may lift it.

    `message` is what whoever approves reads; `saw` is a digest of what the guard saw (`connector/guards.py`): an
    approval holds for it and for nothing else.
    """

    guard: Guard
    message: str
    saw: str


class Outcome(Model):
    """What became of one operation on one person, or on one group, which `group` names then and `email` is empty.

    `evidence` holds file paths, `seconds` the duration.
    """

    operation: str
    email: str
    group: Annotated[str | None, Field(exclude_if=lambda group: group is None)] = None
    result: Result
    message: str
    guard: Guard | None = None
    tier: str = "console"
    evidence: tuple[str, ...] = ()
    seconds: float = 0.0
    would: Annotated[bool, Field(exclude=True)] = False
    """In a dry run: nothing speaks against it. Its result is `refused` then, as nothing was sent; it is no failure."""
    objections: Annotated[tuple[Objection, ...], Field(exclude=True)] = ()
    """Where guards refused it that a person may lift: what each of them said."""
    closed: Annotated[bool, Field(exclude=True)] = False
    """Refused for good in its run, whatever guard it names: it was rejected, or somebody changed since the plan."""

    @property
    def subject(self) -> str:
        """The person's address or the group's name."""
        return self.group if self.group is not None else self.email


def outcomes_of(operation: Operation, result: Result, message: str) -> list[Outcome]:
    """The same outcome for everybody an operation concerns, or for the group that it is about."""
    if isinstance(operation, CreateGroup | DeleteGroup):
        return [Outcome(operation=operation.operation, email="", group=operation.name, result=result, message=message)]
    return [
        Outcome(operation=operation.operation, email=person.email, result=result, message=message)
        for person in people_of(operation)
    ]


class Summary(Model):
    """How many outcomes had each result."""

    done: int = 0
    already: int = 0
    refused: int = 0
    failed: int = 0
    unknown: int = 0


class Report(Model):
    """The outcomes of one run, in the order of its operations."""

    run: str
    outcomes: tuple[Outcome, ...] = ()
    stopped: Annotated[int | None, Field(exclude=True)] = None
    """The exit code of the error that stopped the run midway, where one did; what was not attempted says so."""

    @computed_field  # type: ignore[prop-decorator]
    @property
    def summary(self) -> Summary:
        counts = {result.value: 0 for result in Result}
        for outcome in self.outcomes:
            counts[outcome.result.value] += 1
        return Summary(**counts)

    @property
    def exit_code(self) -> int:
        """The code of what stopped the run, else 1 where something failed or is unknown, 3 where a guard refused, 0."""
        if self.stopped is not None:
            return self.stopped
        if self.summary.failed or self.summary.unknown:
            return 1
        return 3 if any(o.result is Result.REFUSED and not o.would for o in self.outcomes) else 0
