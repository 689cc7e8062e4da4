"""What scim2-server reads and writes: reads from the mirror, writes through the queue to the console."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Callable, Collection, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from time import monotonic
from typing import Any

from scim2_models import (
    ForbiddenException,
    InvalidValueException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import AsyncScimStorage, SearchPage

from connector.addresses import address_key, parse_address
from connector.errors import InputError, LeaseLost
from connector.intents import group_key, require_group_name
from connector.models import CreateGroup, Deactivate, DeleteGroup, Guard, Operation, Reactivate
from connector.scim_service import changes, turns
from connector.scim_service.ahead import Ahead, not_yet
from connector.scim_service.audit import WRITE_ASKED, Audit
from connector.scim_service.brake import Brake
from connector.scim_service.changes import Change, Kept
from connector.scim_service.effects import group_after, person_after
from connector.scim_service.faults import ServiceFault, joined, still_at_it, unavailable
from connector.scim_service.mirror import Mirror
from connector.scim_service.records import GroupRecord, PersonRecord, group_of, new_id, now
from connector.scim_service.schema import USER_TYPE, Group, User
from connector.scim_service.turns import Turn, Turns, ending
from connector.scim_service.writes import Progress, Write, Writes, give_way
from connector.settings import Settings

asker: ContextVar[str] = ContextVar("asker", default="")
"""The name of the token that the request in hand came with."""

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)

_sharing: ContextVar[bool] = ContextVar("sharing", default=False)


@contextmanager
def shared() -> Iterator[None]:
    """Within it resources are those of the mirror, and not to be changed; copies of large groups take their time."""
    before = _sharing.set(True)
    try:
        yield
    finally:
        _sharing.reset(before)


_MOST_WAITING = 2000
"""So many writes may be waiting; more are told to come again."""


class ConsoleStorage(AsyncScimStorage):
    """People and groups of a console as resources.

    Args:
        mirror: what is read.
        writes: the queue of what is to be written.
        settings: the brake on mass changes.
        withdraw: rejects what waits in a run for somebody: run, address, reason.
        still_ours: raises LeaseLost where another service took this one's place: nobody would carry a write out.
        approvals: what the brake on mass changes refuses waits for somebody's approval.
        overrides: guards that every write lifts.
        answer_seconds: how long a request waits for the console; then it is told to ask again.
        ignore_unknown_members: leave members out who are nobody here, where else the request is refused.
        keep_groups: a group that is deleted loses its members, and stays in the console.
        parse: checks an address and gives it back; raises InputError.
    """

    def __init__(
        self,
        mirror: Mirror,
        writes: Writes,
        settings: Settings,
        *,
        withdraw: Callable[[str, str, str], None] = lambda run, email, reason: None,
        still_ours: Callable[[], None] = lambda: None,
        approvals: bool = True,
        overrides: Collection[Guard] = (),
        answer_seconds: float = 50,
        ignore_unknown_members: bool = False,
        keep_groups: bool = False,
        parse: Callable[[str], str] = parse_address,
    ) -> None:
        self._mirror = mirror
        self._writes = writes
        self._withdraw = withdraw
        self._still_ours = still_ours
        self._overrides = frozenset(overrides)
        self._brake = Brake(mirror, writes, settings, overrides, approvals=approvals)
        self._answer_seconds = answer_seconds
        self._ignore_unknown_members = ignore_unknown_members
        self._deletes_groups = not keep_groups
        self._parse = parse
        self._audit = Audit(settings.state_dir)
        self._turns = Turns()
        self._ahead = Ahead(mirror, writes)
        self._deciding = asyncio.Lock()
        """Between looking whether something was asked before and queueing it nobody else looks."""

    # -- reading ------------------------------------------------------------------------------------------------------
    async def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        self._require_filled()
        if (turn := turns.current()) is not None:
            return self._as_it_will_be(resource_type, resource_id, turn)
        found: Resource[Any] = self._mirror.get(resource_type, resource_id)
        return found if _sharing.get() else found.model_copy(deep=True)

    async def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        self._require_filled()
        page = self._mirror.search(resource_types, search_request)
        if not _sharing.get():
            page.resources = [one.model_copy(deep=True) for one in page.resources]
        return page

    def _require_filled(self) -> None:
        if self._mirror.state.refreshed is None:
            raise unavailable("the directory has not been read from the console so far: try again")

    def begin_answer(self) -> None:
        """A request has come: from now on counts how long it waits, whatever for."""
        _deadline.set(monotonic() + self._answer_seconds)

    def answer_by(self) -> float:
        """When the request in hand is answered, on the clock of `time.monotonic`."""
        begun = _deadline.get()
        return monotonic() + self._answer_seconds if begun is None else begun

    # -- one after the other ------------------------------------------------------------------------------------------
    @asynccontextmanager
    async def turn(self, resource_id: str, *, certain: bool) -> AsyncIterator[None]:
        """The turn of a request that changes a resource: within it `get` gives what the request is to be applied to.

        What was asked of the resource before is waited for. Where that takes longer than an answer may, this request
        is applied to what will have come of it, and queued behind it; but for one that must be `certain` of it, as it
        has a condition. Raises ServiceFault (429) for such a one, and where nothing is asked for that is not in hand.
        """
        record = self._mirror.people.get(resource_id)
        async with self._turns.take(record.key if record is not None else resource_id) as turn:
            turn.certain = certain
            turn.unsettled = await self._ahead.settled(resource_id, self.answer_by())
            if turn.unsettled is not None and certain:
                why = f"{turn.unsettled.what} is not over; the condition is judged after that, and nothing is kept"
                raise still_at_it(10, why)
            yield
            if turn.held and turn.unsettled is not None:
                raise not_yet(turn.unsettled)

    def _as_it_will_be(self, resource_type: ResourceType, resource_id: str, turn: Turn) -> Resource[Any]:
        """The resource that the request in hand is applied to."""
        if resource_type.name == USER_TYPE:
            turn.person = self._ahead.person(resource_id)
            shown: Resource[Any] = self._mirror.user(turn.person)
            return shown
        turn.group = self._ahead.group(resource_id)
        return group_of(*turn.group)

    # -- writing ------------------------------------------------------------------------------------------------------
    async def _require_ours(self) -> None:
        try:
            await asyncio.to_thread(self._still_ours)
        except LeaseLost as error:
            raise unavailable(f"another service is in front of this console now: {error.message}") from error

    async def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        self._require_filled()
        if resource_type.name == USER_TYPE:
            assert isinstance(resource, User)
            address = self._address(resource.user_name)
            async with self._turns.take(address_key(address)):
                await self._require_ours()
                decided = await self._create_person(resource, address)
            identity = await self._result(decided)
            # She may have come into the console by hand meanwhile, and is known by another id since.
            found = self._mirror.person(address)
            return await self.get(resource_type, found.id if found is not None else identity)
        assert isinstance(resource, Group)
        name = self._name(resource)
        async with self._turns.take(f"group {name.casefold()}"):
            known = self._mirror.like(name)
            async with self._turns.take(known.id if known is not None else name):
                await self._require_ours()
                decided = await self._create_group(resource, name)
        return await self.get(resource_type, await self._result(decided))

    async def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        await self._require_ours()
        with ending(turns.current()) as turn:
            async with self._deciding:
                if resource_type.name == USER_TYPE:
                    assert isinstance(resource, User)
                    decided = await self._update_person(resource, expected_version, turn)
                else:
                    assert isinstance(resource, Group)
                    decided = await self._update_group(resource, expected_version, turn)
        return await self.get(resource_type, await self._result(decided))

    async def delete(
        self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None
    ) -> None:
        await self._require_ours()
        with ending(turns.current()) as turn:
            async with self._deciding:
                if resource_type.name == USER_TYPE:
                    decided = await self._delete_person(resource_id, expected_version, turn)
                else:
                    decided = await self._delete_group(resource_id, expected_version, turn)
        await self._result(decided)

    # -- people -------------------------------------------------------------------------------------------------------
    async def _create_person(self, wanted: User[Any], address: str) -> Write | str:
        key = f"create {address_key(address)} {wanted.external_id or ''}"
        await self._before_creation(key, self._ahead.id_of(address))
        async with self._deciding:
            return await self._decide_person(wanted, address, key)

    async def _decide_person(self, wanted: User[Any], address: str, key: str) -> Write | str:
        identity = self._ahead.id_of(address) or new_id()
        open_now = self._writes.open_on(identity)
        known = self._mirror.people.get(identity)
        record = person_after(known, open_now)
        if (earlier := self._earlier(key, shown=record is not None and not record.hidden)) is not None:
            return earlier
        if record is None or (record.hidden and record.misses):
            change = changes.invitation(wanted, address, self._find)
        elif record.hidden:
            change = changes.return_of(record, wanted, self._find)
        elif wanted.external_id is None or record.external_id != wanted.external_id:
            if known is None or known.hidden:
                raise still_at_it(10, f"create {address}: another request does that, and is not over: ask again")
            raise UniquenessException(detail=f"userName: somebody else is {address} already")
        elif record.active or wanted.active is False:
            if open_now:
                raise not_yet(open_now[-1])
            return record.id  # the answer to the same request was lost: this is what it asked for
        else:
            change = Change(operations=(Reactivate(email=record.person.email),), kept=Kept.of(record))
        if known is not None and not change.operations and not open_now:
            shown = known.model_copy(update={**change.kept.model_dump(), "hidden": False})
            await asyncio.to_thread(self._mirror.keep, [shown])
            return identity
        return await self._queue(key, identity, f"create {address}", change)

    async def _before_creation(self, key: str, identity: str | None) -> None:
        """Waits for what is open on what is to be created, as long as there is time; not for the same request."""
        earlier = self._writes.asked_before(key)
        if identity is not None and (earlier is None or earlier.progress is Progress.OVER):
            await self._ahead.settled(identity, self.answer_by())

    async def _update_person(self, wanted: User[Any], expected: str | None, turn: Turn | None) -> Write | str:
        identity = wanted.id or ""
        record = (turn and turn.person) or self._ahead.person(identity)
        _require_version(self._mirror.people[record.id], expected, turn)
        taken = self._mirror.person(wanted.user_name or "")
        if taken is not None and taken.id != record.id and not taken.hidden:
            raise UniquenessException(detail=f"userName: somebody else is {wanted.user_name} already")
        change = changes.changed_person(record, wanted, self._find)
        open_now = self._writes.open_on(identity)
        if open_now and not change.operations and change.kept == Kept.of(record):
            # What is asked for is what will be: the same request again, which takes back nothing of what it waits for.
            raise not_yet(open_now[-1])
        if change.operations or open_now:
            key = f"change {identity} {_digest(change)}"
            return await self._queue(key, identity, f"change {record.person.email}", change)
        await self._wants_something_else("", identity, f"change {record.person.email}")
        kept = self._mirror.people[identity].model_copy(update=change.kept.model_dump())
        await asyncio.to_thread(self._mirror.keep, [kept])
        return identity

    async def _delete_person(self, identity: str, expected: str | None, turn: Turn | None) -> Write | str:
        record = (turn and turn.person) or self._ahead.person(identity)
        _require_version(self._mirror.people[identity], expected, turn)
        if record.active or self._writes.open_on(identity):
            change = Change(operations=(Deactivate(email=record.person.email),) if record.active else ())
            return await self._queue(
                f"delete {identity}", identity, f"delete {record.person.email}", change, hides=True
            )
        await self._wants_something_else("", identity, f"delete {record.person.email}")
        hidden = self._mirror.people[identity].model_copy(update={"hidden": True})
        await asyncio.to_thread(self._mirror.keep, [hidden])
        return identity

    def _address(self, given: str | None) -> str:
        try:
            return self._parse(given or "")
        except InputError as error:
            raise InvalidValueException(detail=f"userName: {error.message}") from error

    def _find(self, given: str) -> PersonRecord | None:
        return self._mirror.people.get(given) or (self._mirror.person(given) if "@" in given else None)

    # -- groups -------------------------------------------------------------------------------------------------------
    async def _create_group(self, wanted: Group, name: str) -> Write | str:
        ids = " ".join(sorted(changes.member_ids(wanted)))
        key = f"create group {name} {wanted.external_id or ''} {hashlib.sha256(ids.encode()).hexdigest()[:32]}"
        like = self._mirror.like(name)
        await self._before_creation(key, like.id if like is not None else None)
        async with self._deciding:
            return await self._decide_group(wanted, name, key)

    async def _decide_group(self, wanted: Group, name: str, key: str) -> Write | str:
        members = self._members(wanted)
        like = self._mirror.like(name)
        open_now = self._writes.open_on(like.id) if like is not None else []
        moment = now()
        known = self._mirror.groups[like.id] if like is not None else None
        record = known or GroupRecord(id=new_id(), name=name, declared=True, created=moment, modified=moment)
        record, already = group_after(record, self._mirror.members(record), open_now, self._mirror.person)
        shown = known is not None and not record.hidden
        if (earlier := self._earlier(key, shown=shown)) is not None:
            return earlier
        if known is None:
            self._require_given_to_nobody(name, record.id)
        others = wanted.external_id is None or record.external_id != wanted.external_id or record.name != name
        if known is not None and shown and others:
            if known.hidden:
                raise still_at_it(10, f"create group {name}: another request does that, and is not over: ask again")
            raise UniquenessException(detail=f"displayName: there is a group {record.name!r} already")
        makes: tuple[Operation, ...] = ()
        if not shown and self._mirror.state.groups_listed:
            makes = (CreateGroup(name=name),)
        there = {one.key for one in already}
        # A create names whom to put in, and nobody to take out: repeated, it finds who has joined since.
        wanted_in = [*already, *(one for one in members if one.key not in there)]
        operations = (*makes, *changes.changed_group(record, name, already, wanted_in))
        if not operations and open_now:
            raise not_yet(open_now[-1])
        if not open_now:
            # A group whose members could not join is not there: the same request again is a new one.
            kept = {"hidden": bool(operations) and not shown, "external_id": wanted.external_id}
            record = record.model_copy(update=kept)
            await asyncio.to_thread(self._mirror.keep, (), [record])
        if not operations:
            return record.id
        change = Change(operations=operations, kept=Kept(external_id=wanted.external_id))
        return await self._queue(key, record.id, f"create group {name}", change, group=record)

    def _require_given_to_nobody(self, name: str, identity: str) -> None:
        """Raises ServiceFault (429) where another group is about to be called so: whether it will be is not known."""
        if (write := self._writes.renaming(name, identity)) is not None:
            raise not_yet(write)

    async def _update_group(self, wanted: Group, expected: str | None, turn: Turn | None) -> Write | str:
        identity = wanted.id or ""
        record, now_in_it = (turn and turn.group) or self._ahead.group(identity)
        _require_version(self._mirror.groups[identity], expected, turn)
        name = self._name(wanted)
        if name != record.name:
            self._require_given_to_nobody(name, identity)
        taken = self._mirror.like(name) if name != record.name else None
        if taken is not None and taken.id != identity and not taken.hidden:
            raise UniquenessException(detail=f"displayName: there is a group {taken.name!r} already")
        operations = changes.changed_group(record, name, now_in_it, self._members(wanted))
        named = {"name": name} if record.declared else {}
        open_now = self._writes.open_on(identity)
        behind = bool(open_now)
        if behind and not operations and (name, wanted.external_id) == (record.name, record.external_id):
            raise not_yet(open_now[-1])
        if not operations and not behind:
            kept = self._mirror.groups[identity].model_copy(update={"external_id": wanted.external_id, **named})
            await asyncio.to_thread(self._mirror.keep, (), [kept])
            return identity
        if record.declared and not behind:
            record = record.model_copy(update=named)
            await asyncio.to_thread(self._mirror.keep, (), [record])
        change = Change(operations=operations, kept=Kept(external_id=wanted.external_id))
        key = f"change {identity} {_digest(change)}"
        return await self._queue(key, identity, f"change group {name}", change, group=record, name=name)

    async def _delete_group(self, identity: str, expected: str | None, turn: Turn | None) -> Write | str:
        record, members = (turn and turn.group) or self._ahead.group(identity)
        _require_version(self._mirror.groups[identity], expected, turn)
        if record.kind == "dynamic":
            raise ForbiddenException(
                detail=f"{record.name!r} is a dynamic group, and is never deleted through this service: do it in the "
                "console, where its rules are"
            )
        operations: tuple[Operation, ...]
        if self._deletes_groups and self._mirror.state.groups_listed and not record.declared:
            operations = (DeleteGroup(name=record.name),)
        else:
            operations = changes.changed_group(record, record.name, members, [])
        if operations or self._writes.open_on(identity):
            change = Change(operations=operations)
            what = f"delete group {record.name}"
            return await self._queue(f"delete {identity}", identity, what, change, hides=True, group=record)
        hidden = self._mirror.groups[identity].model_copy(update={"hidden": True})
        await asyncio.to_thread(self._mirror.keep, (), [hidden])
        return identity

    def _name(self, wanted: Group) -> str:
        name = group_key(wanted.display_name or "")
        try:
            require_group_name(name)
        except InputError as error:
            raise InvalidValueException(detail=f"displayName: {error.message}") from error
        return name

    def _members(self, wanted: Group) -> list[PersonRecord]:
        found = {one: self._mirror.people.get(one) for one in changes.member_ids(wanted)}
        unknown = [one for one, record in found.items() if record is None or record.hidden]
        if unknown and not self._ignore_unknown_members:
            shown = ", ".join(one[:80] for one in unknown[:5])
            raise InvalidValueException(detail=f"members: nobody here has the id {shown}; provision the members first")
        return [record for record in found.values() if record is not None and not record.hidden]

    # -- the way to the console ---------------------------------------------------------------------------------------
    async def _queue(
        self,
        key: str,
        target: str,
        what: str,
        change: Change,
        *,
        hides: bool = False,
        group: GroupRecord | None = None,
        name: str | None = None,
    ) -> Write:
        """The write that was asked for before and not told, else a new one in the queue."""
        if (earlier := self._earlier(key, shown=False)) is not None:
            return earlier
        held = self._brake.check(change.operations)
        if self._writes.unfinished_count() >= _MOST_WAITING:
            raise still_at_it(60, f"{_MOST_WAITING} changes are waiting for the console already")
        lifted = set(self._overrides)
        if group is not None and self._mirror.groups.get(group.id, group).declared:
            lifted.add(Guard.UNKNOWN_GROUP)  # it was asked for by name: that the console makes it is what is wanted
        write = Write(
            id=new_id(),
            key=key,
            target=target,
            what=what,
            operations=change.operations,
            kept=change.kept,
            hides=hides,
            group=group.id if group is not None else None,
            renames=name if group is not None and name != group.name else None,
            overrides=tuple(sorted(lifted)),
            asked_by=asker.get(),
            held=held,
        )
        await self._wants_something_else(key, target, what, None if hides or group is None else write.addresses)
        await asyncio.to_thread(
            self._audit.note, WRITE_ASKED, token=write.asked_by, write=write.id, what=what, target=target
        )
        return await asyncio.to_thread(self._writes.add, write)

    def _earlier(self, key: str, *, shown: bool) -> Write | None:
        """The write of this key whose result is still to be told.

        One that was done and does not show (`shown`) was undone meanwhile: what is asked now is something new.
        """
        earlier = self._writes.asked_before(key)
        if earlier is None or earlier.progress is not Progress.OVER or earlier.faults:
            return earlier
        return earlier if shown else None

    async def _wants_something_else(
        self, key: str, target: str, what: str, addresses: Collection[str] | None = None
    ) -> None:
        if self._writes.waiting():
            await asyncio.to_thread(give_way, self._writes, self._withdraw, key, target, what, addresses)

    async def _result(self, decided: Write | str) -> str:
        """The id of the resource once the write is done. Raises ServiceFault: what went wrong, or 429 in between."""
        if isinstance(decided, str):
            return decided
        over = await self._writes.over(decided.id, self.answer_by())
        if over is None:
            raise not_yet(self._writes.get(decided.id))
        if over.progress is Progress.WAITING:
            raise ServiceFault(joined(list(over.faults)))
        await asyncio.to_thread(self._writes.tell, over.id)
        if over.faults:
            raise ServiceFault(joined(list(over.faults)))
        return over.target


def _require_version(record: PersonRecord | GroupRecord, expected: str | None, turn: Turn | None) -> None:
    """A request without a condition in its turn is applied to whatever is there by then."""
    judged = turn is None or turn.certain
    if judged and expected is not None and record.version != expected:
        raise PreconditionFailedException(detail="the resource was changed meanwhile: read it again")


def _digest(change: Change) -> str:
    wanted = json.dumps(change.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(wanted.encode()).hexdigest()[:32]
