"""What a plan consists of: an item for everybody concerned, the operations in order, what it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from connector.addresses import address_key
from connector.models import Deactivate, Edit, Guard, Invite, Model, Objection, Operation, Person, Reactivate, SeatPool

SCHEMA_VERSION = 2
"""Changes whenever a plan of before could be read as something else."""

ABSENT = "nobody"
"""The digest of somebody who is not in the directory."""

_CLOCKS_DIFFER = timedelta(minutes=5)


class Action(StrEnum):
    """What would happen to a person; `leave` where nothing would."""

    DEACTIVATE = "deactivate"
    REACTIVATE = "reactivate"
    INVITE = "invite"
    CHANGE = "change"
    LEAVE = "leave"


class Verdict(Model):
    """A guard that speaks against an item, or (without a guard) another reason why nothing is done.

    `lifted`: the operator lifted the guard, so that it is done all the same. `saw`: a digest of what the guard saw,
    where a person may lift it (see `Objection`).
    """

    guard: Guard | None = None
    message: str
    lifted: bool = False
    saw: str | None = None


PersonOperation = Annotated[Invite | Reactivate | Edit | Deactivate, Field(discriminator="operation")]


class Item(Model):
    """One person: what would happen, why, and what speaks against it.

    Args:
        line: the line of the roster, from 1; None for who is not in it.
        reason: why, in words.
        operations: what it takes, whether or not it is refused.
        verdicts: what the guards say already now; they are asked again when the plan is carried out.
        free_seats: how many seats would be free after this item, where it takes one; None where that is not known.
    """

    email: str
    action: Action
    reason: str
    line: int | None = None
    operations: tuple[PersonOperation, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    free_seats: int | None = None

    @property
    def refused(self) -> bool:
        """Whether something speaks against it that was not lifted: then nothing of it is in the plan's operations."""
        return any(not verdict.lifted for verdict in self.verdicts)

    @property
    def objections(self) -> tuple[Objection, ...]:
        """What guards say against it, where it is refused for nothing but that and a person may lift them all."""
        against = [verdict for verdict in self.verdicts if not verdict.lifted]
        if any(verdict.guard is None or verdict.saw is None for verdict in against):
            return ()
        return tuple(
            Objection(guard=verdict.guard, message=" ".join(verdict.message.split()), saw=verdict.saw)
            for verdict in against
            if verdict.guard is not None and verdict.saw is not None
        )


class Held(Model):
    """An operation that a plan refuses, and that a person may let go on: what the guards say against it.

    `place` is the line of the roster, in words, where there is one.
    """

    operation: PersonOperation
    objections: tuple[Objection, ...]
    place: str = ""


class Totals(Model):
    """How many people each action would happen to; `refused` are counted there alone, and `rows` are the roster's."""

    rows: int = 0
    deactivate: int = 0
    reactivate: int = 0
    invite: int = 0
    change: int = 0
    leave: int = 0
    refused: int = 0


class PoolChange(Model):
    """A pool of seats before and after; `used_after` counts who is invited as if she had accepted.

    None where the console does not show it, or where it cannot be told from which of several pools a seat comes.
    """

    name: str
    total: int | None
    used_before: int
    used_after: int | None

    @property
    def free_before(self) -> int | None:
        return None if self.total is None else max(self.total - self.used_before, 0)

    @property
    def free_after(self) -> int | None:
        return None if self.total is None or self.used_after is None else max(self.total - self.used_after, 0)


class PlanOptions(Model):
    """What was asked for.

    Args:
        deactivate_missing: who is not in the roster loses access.
        exact_groups: groups that the roster does not name are taken away from those whom it names.
        exact_managers: the same of managers.
        overrides: guards that are lifted.
    """

    deactivate_missing: bool = False
    exact_groups: bool = False
    exact_managers: bool = False
    overrides: tuple[Guard, ...] = ()


Completeness = bool | Literal["named"]


class Basis(Model):
    """What a plan was computed from: the roster's file and format, and SHA-256 digests in hexadecimal digits.

    `complete`: groups and managers were read of everybody, or of those whom the roster names, and not only what the
    list shows. `last_people`: how many people the roster named that was applied to this console before.
    """

    roster: str
    format: str
    roster_sha256: str
    mapping_sha256: str | None
    directory_sha256: str
    complete: Completeness
    last_people: int | None = None


class Origin(Model):
    """What a run carries out: a plan that was kept as a file, or a roster that was planned and applied in one go.

    Args:
        plan: the digest of the plan; None as long as there is none.
        in_one_go: the roster is what was asked for, and the plan that came of it is not.
        people: how many people the roster names.
    """

    plan: str | None = None
    in_one_go: bool
    roster: str
    format: str
    roster_sha256: str
    mapping_sha256: str | None
    options: PlanOptions
    people: int = 0

    def same_as(self, other: Origin) -> bool:
        """Whether the same is asked: of a roster, by its bytes and the options, as what came of it differs by then."""
        return self._asked() == other._asked()

    def _asked(self) -> tuple[object, ...]:
        options = self.options.model_copy(update={"overrides": tuple(sorted(self.options.overrides))})
        plan = None if self.in_one_go else self.plan
        return (self.in_one_go, plan, self.format, self.roster_sha256, self.mapping_sha256, options)


class Seen(Model):
    """What was read of one person concerned, as a digest; `nobody` where nobody had the address."""

    email: str
    digest: str


class Reading(Model):
    """The console as read for a plan.

    Args:
        groups: the groups known to exist, of those that are asked for; None where the console does not tell.
        import_columns: our columns that the console's CSV import has; None where it has no import, or it is not needed.
        complete: as in `Basis`.
    """

    people: tuple[Person, ...]
    pools: tuple[SeatPool, ...] = ()
    groups: frozenset[str] | None = None
    import_columns: tuple[str, ...] | None = None
    complete: Completeness = True


class Plan(Model):
    """What it takes to make a console match a roster.

    `operations` are in the order in which they have to be carried out; what is refused is not among them. `people` is
    how many the roster names. `held` is what guards refuse that a person may lift, in the order in which it would be
    carried out, and `held_concerned` whom that concerns. `digest` is over everything else: an edited plan is known by
    it.
    """

    schema_version: Literal[2] = 2
    url: str
    account: str
    created_at: AwareDatetime
    basis: Basis
    options: PlanOptions
    people: int
    operations: tuple[Operation, ...]
    items: tuple[Item, ...]
    totals: Totals
    seats: tuple[PoolChange, ...]
    concerned: tuple[Seen, ...]
    held: tuple[Held, ...] = ()
    held_concerned: tuple[Seen, ...] = ()
    digest: str = ""

    @property
    def named(self) -> frozenset[str]:
        """Whom the roster names, by `address_key`."""
        return frozenset(address_key(item.email) for item in self.items if item.line is not None)

    def own_digest(self) -> str:
        """The SHA-256 of everything but the digest, as canonical JSON."""
        return digest_of(self.model_dump(mode="json", exclude={"digest"}))

    def fresh(self, now: datetime, max_age: timedelta) -> bool:
        """Whether it was made no longer than `max_age` before `now` (with a time zone), and not in the future."""
        return -_CLOCKS_DIFFER <= now - self.created_at <= max_age

    def verify_against(self, people: Iterable[Person]) -> tuple[str, ...]:
        """The addresses concerned of whom something else is read now than then; empty where the plan still holds.

        `people` must be read as the plan's basis was (`basis.complete`).
        """
        now = first_by_address(people)
        return tuple(
            seen.email for seen in self.concerned if seen.digest != person_digest(now.get(address_key(seen.email)))
        )


def digest_of(value: Any) -> str:
    """The SHA-256 of a JSON value in canonical form, in hexadecimal digits."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def first_by_address(people: Iterable[Person]) -> dict[str, Person]:
    """The people by `address_key`; of several who have one address the first, as whom a plan tells them."""
    found: dict[str, Person] = {}
    for person in people:
        found.setdefault(address_key(person.email), person)
    return found


def person_digest(person: Person | None) -> str:
    """A digest of what a plan goes by: not of the last login, which changes by itself."""
    return ABSENT if person is None else digest_of(_told(person))


def directory_digest(people: Iterable[Person]) -> str:
    """The same of everybody, in any order."""
    return digest_of(sorted(person_digest(person) for person in people))


def _told(person: Person) -> Mapping[str, Any]:
    return {
        "email": address_key(person.email),
        "names": [person.first_name, person.last_name, person.shown_name],
        "role": [person.role, person.admin],
        "status": person.status,
        "groups": None if person.groups is None else sorted(person.groups),
        "managers": None if person.managers is None else sorted(map(address_key, person.managers)),
        "scim_managed": person.scim_managed,
    }
