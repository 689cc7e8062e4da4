"""The writes that identity providers asked for, kept until they are over and told: none is lost or done twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from threading import Condition, RLock
from time import monotonic
from typing import Any

from pydantic import Field

from connector.addresses import address_key, same_address
from connector.intents import group_key
from connector.models import (
    CreateGroup,
    DeleteGroup,
    Edit,
    Guard,
    Invite,
    Model,
    Objection,
    Operation,
    Outcome,
    people_of,
)
from connector.scim_service.changes import Kept
from connector.scim_service.faults import Fault
from connector.scim_service.records import now
from connector.scim_service.shelf import Shelf

_KIND = "write"
_KEEP = timedelta(days=7)
"""How long writes that are over are kept."""
REJECTION_HOLDS = timedelta(hours=24)
"""For so long the same request is answered with the rejection; later it waits for a decision once more."""
TELL_AGAIN = timedelta(hours=1)
"""For so long the result of a write that nobody waited for is kept for the same request; later it is a new one."""


class Progress(StrEnum):
    """How far a write is."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    """A guard refused it, and a person has to approve it."""
    OVER = "over"


class Write(Model):
    """One request that changes something."""

    id: str
    number: int = 0
    """Its place among all of them, in the order in which they came."""
    key: str
    """What is asked: the same request again has the same key."""
    target: str
    """The id of the resource."""
    what: str
    """In words, for people."""
    operations: tuple[Operation, ...]
    kept: Kept = Kept()
    hides: bool = False
    """Whether the resource is gone for the identity provider once this is done."""
    group: str | None = None
    """The id of the group whose members these are."""
    renames: str | None = None
    """The name that the group has once this is done."""
    overrides: tuple[Guard, ...] = ()
    asked_by: str = ""
    created: datetime = Field(default_factory=now)
    progress: Progress = Progress.QUEUED
    run: str | None = None
    ended: datetime | None = None
    faults: tuple[Fault, ...] = ()
    told: bool = False
    """Whether somebody was answered with the result."""
    held: tuple[Objection, ...] = ()
    """What a guard said before it was queued: it waits for approval from the beginning."""
    rejected: bool = False
    """Somebody said no: that is the answer to the same request for a day."""
    withdrawn: bool = False
    """The identity provider asked for something else since: whatever comes of this is no answer to anything."""

    @property
    def addresses(self) -> frozenset[str]:
        """The keys of everybody this concerns."""
        return frozenset(address_key(one.email) for operation in self.operations for one in people_of(operation))

    def goes_with(self, other: Write) -> bool:
        """Whether it comes to the same in which order this and another write of the same resource are done, where they
        concern different people: both are about members of a group, and nothing else of it."""
        return self.kept == other.kept and self._only_members and other._only_members

    @property
    def _only_members(self) -> bool:
        whole = self.group is None or self.hides or self.renames is not None
        return not whole and all(isinstance(one, Edit) for one in self.operations)

    def concerns_what(self, other: Write) -> bool:
        """Whether another write of the same resource is about the same: of a group's members each is on her own."""
        return self.group is None or self.hides or bool(self.addresses & other.addresses)


class Writes:
    """The queue, and what became of what was in it. Everything is in the database before it is acted on."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = now) -> None:
        self._shelf = shelf
        self._clock = clock
        self.changed = Condition()
        """Notified when something is queued; the thread that works at the console waits here."""
        self._writes: dict[str, Write] = {}
        self._updating = RLock()
        self._by_key: dict[str, list[str]] = {}
        self._by_target: dict[str, list[str]] = {}
        self._number = 0
        self._open: dict[str, Write] = {}
        self._waiting: dict[str, list[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = {}
        self.on_end: Callable[[Write], None] = lambda write: None
        """Hears of each write that is over."""
        loaded = [Write.model_validate_json(document) for document in shelf.all(_KIND).values()]
        old = [write.id for write in loaded if write.ended is not None and clock() - write.ended > _KEEP]
        shelf.drop(_KIND, old)
        for write in sorted(loaded, key=lambda one: (one.number, one.created)):
            if write.id not in old:
                self._note(write)

    # -- asking -------------------------------------------------------------------------------------------------------
    def all(self) -> list[Write]:
        """Every write that is kept, the oldest first."""
        with self.changed:
            return list(self._writes.values())

    def unfinished(self) -> list[Write]:
        """Every write that is not over and goes on by itself, the oldest first."""
        with self.changed:
            return [one for one in self._open.values() if one.progress is not Progress.WAITING]

    def waiting(self) -> list[Write]:
        """Every write that waits for somebody's approval, the oldest first."""
        with self.changed:
            return [one for one in self._open.values() if one.progress is Progress.WAITING]

    def get(self, identity: str) -> Write:
        """One write."""
        with self.changed:
            return self._writes[identity]

    def open_on(self, target: str) -> list[Write]:
        """The writes of a resource that go on by themselves, the oldest first."""
        return [one for one in self.unfinished() if one.target == target]

    def renaming(self, name: str, but: str) -> Write | None:
        """The last write that is not over and gives this name to a group, other than the one with this id."""
        with self.changed:
            found = [one for one in self._open.values() if one.renames == name and one.target != but]
        return found[-1] if found else None

    def invitation(self, email: str) -> Write | None:
        """The last write that is not over and invites this address, also where it waits for approval."""
        with self.changed:
            found = [one for one in self._open.values() if any(_invites(each, email) for each in one.operations)]
        return found[-1] if found else None

    def asked_before(self, key: str) -> Write | None:
        """The write of this key that is not over, or is over and was told to nobody, or was rejected lately.

        One that another write of the same came after is none but where it was rejected: what is asked now is the last
        word.
        """
        moment = self._clock()
        with self.changed:
            found = [self._writes[one] for one in self._by_key.get(key, ())]
            return next((one for one in reversed(found) if _answers(one, moment) and self._is_last(one)), None)

    def _is_last(self, write: Write) -> bool:
        if write.rejected:
            return True
        later = (self._writes[one] for one in reversed(self._by_target[write.target]))
        return not any(one.concerns_what(write) for one in takewhile(lambda one: one.id != write.id, later))

    def unfinished_count(self) -> int:
        """How many are not over and go on by themselves."""
        return len(self.unfinished())

    def idle(self, seconds: float) -> bool:
        """Waits until no write goes on by itself any more, at most so long; whether that is so."""
        with self.changed:
            return self.changed.wait_for(lambda: not self.unfinished_count(), seconds)

    # -- changing -----------------------------------------------------------------------------------------------------
    def add(self, write: Write) -> Write:
        """Queues a write."""
        with self._updating:
            write = write.model_copy(update={"number": self._number + 1})
            self._put([write])
        with self.changed:
            self.changed.notify_all()
        return write

    def next_batch(self, most: int) -> list[Write]:
        """What is carried out next, in one run: the oldest, and those after it that lift the same guards and concern
        nobody twice, nor a resource but for different members of one group; about `most` operations."""
        batch: list[Write] = []
        concerned: set[str] = set()
        held: set[str] = set()
        resources: dict[str, Write | None] = {}
        operations = 0
        for write in self.unfinished():
            if write.progress is not Progress.QUEUED:
                continue
            fits = not batch or (write.overrides == batch[0].overrides and operations + len(write.operations) <= most)
            first = resources.setdefault(write.target, write)
            free = first is write or (first is not None and first.goes_with(write))
            if not fits or not free or write.addresses & (concerned | held):
                # Whatever concerns the same people or the same resource later must not overtake it.
                held |= write.addresses | _managers(write.operations)
                resources[write.target] = first if free else None
                continue
            batch.append(write)
            concerned |= write.addresses
            operations += len(write.operations)
        return batch

    def running(self) -> dict[str, list[Write]]:
        """By run, the writes that a run was begun for and that are not over."""
        return _by_run(one for one in self.unfinished() if one.progress is Progress.RUNNING)

    def waiting_runs(self) -> dict[str, list[Write]]:
        """By run, the writes that wait for somebody's approval."""
        return _by_run(self.waiting())

    def begin(self, writes: Iterable[Write], run: str) -> list[Write]:
        """Says that these are carried out in this run, before it is begun."""
        return self._update((one.id for one in writes), progress=Progress.RUNNING, run=run, faults=())

    def end(self, write: Write, faults: Iterable[Fault] = (), *, rejected: bool = False) -> None:
        """Says what became of a write, and wakes whoever waits for it."""
        (over,) = self._update(
            [write.id],
            progress=Progress.OVER,
            ended=self._clock(),
            faults=tuple(faults),
            rejected=rejected,
        )
        self.on_end(over)
        self._wake(write.id)

    def wait(self, write: Write, faults: Iterable[Fault]) -> None:
        """Says that a write waits for somebody's approval, and why, and wakes whoever waits for it."""
        self._update([write.id], progress=Progress.WAITING, faults=tuple(faults))
        self._wake(write.id)

    def withdraw(self, write: Write) -> None:
        """Says that the identity provider wants something else since."""
        self._update([write.id], withdrawn=True)

    def _wake(self, identity: str) -> None:
        with self.changed:
            self.changed.notify_all()
            waiting = self._waiting.pop(identity, [])
        for loop, event in waiting:
            loop.call_soon_threadsafe(event.set)

    def tell(self, identity: str) -> None:
        """Notes that somebody was answered with the result."""
        self._update([identity], told=True)

    async def over(self, identity: str, deadline: float) -> Write | None:
        """The write once it is over or waits for approval; None where that is not so by the deadline (on the clock of
        `time.monotonic`)."""
        event = asyncio.Event()
        with self.changed:
            write = self._writes[identity]
            if write.progress in (Progress.OVER, Progress.WAITING):
                return write
            self._waiting.setdefault(identity, []).append((asyncio.get_running_loop(), event))
        try:
            await asyncio.wait_for(event.wait(), max(0.0, deadline - monotonic()))
        except TimeoutError:
            return None
        finally:
            with self.changed:
                entries = self._waiting.get(identity, [])
                self._waiting[identity] = [entry for entry in entries if entry[1] is not event]
                if not self._waiting[identity]:
                    del self._waiting[identity]
        return self.get(identity)

    def _update(self, identities: Iterable[str], **changes: Any) -> list[Write]:
        """Other values for some fields of writes, as they are by now."""
        with self._updating:
            changed = [self.get(identity).model_copy(update=changes) for identity in identities]
            self._put(changed)
        return changed

    def _put(self, writes: list[Write]) -> None:
        self._shelf.put(_KIND, {one.id: one.model_dump_json() for one in writes})
        with self.changed:
            for one in writes:
                self._note(one)

    def _note(self, write: Write) -> None:
        if write.id not in self._writes:
            self._by_key.setdefault(write.key, []).append(write.id)
            self._by_target.setdefault(write.target, []).append(write.id)
            self._number = max(self._number, write.number)
        self._writes[write.id] = write
        if write.progress is Progress.OVER:
            self._open.pop(write.id, None)
        else:
            self._open[write.id] = write


def _by_run(writes: Iterable[Write]) -> dict[str, list[Write]]:
    found: dict[str, list[Write]] = {}
    for write in writes:
        if write.run is not None:
            found.setdefault(write.run, []).append(write)
    return found


def _answers(write: Write, moment: datetime) -> bool:
    """Whether a request that asks for the same is answered with what becomes of this one."""
    if write.withdrawn:
        return False
    if write.ended is None:
        return True
    lately = moment - write.ended
    return lately < REJECTION_HOLDS if write.rejected else not write.told and lately < TELL_AGAIN


def _invites(operation: Operation, email: str) -> bool:
    return isinstance(operation, Invite) and same_address(operation.email, email)


def _managers(operations: Iterable[Operation]) -> frozenset[str]:
    named = (one.managers for one in operations if isinstance(one, Invite))
    return frozenset(address_key(manager) for managers in named for manager in managers)


def operation_key(operation: Operation) -> tuple[str, str]:
    """By which an operation on one person, or on a group, is known among those of a run."""
    if isinstance(operation, CreateGroup | DeleteGroup):
        return operation.operation, group_key(operation.name)
    return operation.operation, address_key(getattr(operation, "email", ""))


def outcome_key(outcome: Outcome) -> tuple[str, str]:
    """The same of its outcome."""
    if outcome.group is not None:
        return outcome.operation, group_key(outcome.group)
    return outcome.operation, address_key(outcome.email)


def give_way(
    writes: Writes,
    withdraw: Callable[[str, str, str], None],
    key: str,
    target: str,
    what: str,
    addresses: Collection[str] | None = None,
) -> None:
    """What waits for approval of a resource, and for these people (all, where None), is not wanted any more: the last
    word of the identity provider is the one that a person is to decide about.

    `withdraw` is told run, address and reason.
    """
    for waits in writes.waiting():
        if waits.target != target or waits.key == key or waits.withdrawn or waits.run is None:
            continue
        if addresses is not None and not waits.addresses & frozenset(addresses):
            continue
        for email in sorted({one.email for each in waits.operations for one in people_of(each)}):
            withdraw(waits.run, email, f"the provider asked since to {what}")
        writes.withdraw(waits)  # last, as what is not recorded yet is to be tried again
