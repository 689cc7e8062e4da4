"""The directory as the console showed it last: kept in the run database, and in memory for reading.

A search never waits for a browser, nor for the database. Who writes here is the one thread that works at the console,
and the requests that change what only the service keeps; a lock keeps them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from threading import RLock
from typing import Any

from scim2_models import NotFoundException, Resource, ResourceType, ResponseParameters, SearchRequest
from scim2_server.memory import InMemoryStorage, _page
from scim2_server.storage import SearchPage

from connector.actions.directory import merged
from connector.addresses import address_key
from connector.intents import group_key
from connector.models import Group, Model, Person
from connector.scim_service.changes import shown_manager
from connector.scim_service.records import (
    GroupRecord,
    PersonRecord,
    digest_of,
    group_of,
    new_id,
    now,
    user_of,
)
from connector.scim_service.shelf import Shelf
from connector.terms import Status

_PEOPLE, _GROUPS, _STATE = "person", "group", "mirror"
_SETTLING = timedelta(seconds=30)
"""A list may lag behind what was read back of one person: for so long after a change the whole list is not believed of
her."""
_MISSES = 2
"""In so many readings of the whole list in a row somebody must be absent before she counts as gone."""


class State(Model):
    """How old the mirror is, and what went wrong with it last."""

    refreshed: datetime | None = None
    groups_listed: bool = False
    """Whether the console's list of groups could be read, so that groups without members are known, too."""


class Mirror:
    """People and groups of one console. Records are immutable; `keep` puts others in their place."""

    def __init__(self, shelf: Shelf, clock: Callable[[], datetime] = now) -> None:
        self._shelf = shelf
        self._clock = clock
        self.lock = RLock()
        self.people: dict[str, PersonRecord] = {}
        self.groups: dict[str, GroupRecord] = {}
        self._by_address: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._shown = _Shown()
        self.state = State()
        self._load()

    def _load(self) -> None:
        for document in self._shelf.all(_GROUPS).values():
            self._index(GroupRecord.model_validate_json(document))
        for document in self._shelf.all(_PEOPLE).values():
            self._index(PersonRecord.model_validate_json(document))
        for document in self._shelf.all(_STATE).values():
            self.state = State.model_validate_json(document)
        self._shown.resources = [
            *(self.user(record) for record in self.people.values() if not record.hidden),
            *(self._group(record) for record in self.groups.values() if not record.hidden),
        ]

    # -- asking -------------------------------------------------------------------------------------------------------
    def get(self, kind: ResourceType, identity: str) -> Any:
        """The resource of a person or group. Raises NotFoundException."""
        return self._shown.get(kind, identity)

    def search(self, kinds: list[ResourceType], request: SearchRequest[Any]) -> SearchPage:
        """A page of resources."""
        return self._shown.search(kinds, request)

    def person(self, email: str) -> PersonRecord | None:
        """Who has this address, hidden ones included."""
        found = self._by_address.get(address_key(email))
        return None if found is None else self.people[found]

    def group(self, name: str) -> GroupRecord | None:
        """The group of exactly this name, hidden ones included."""
        found = self._by_name.get(name)
        return None if found is None else self.groups[found]

    def like(self, name: str) -> GroupRecord | None:
        """The group of this name, or one that is shown and whose name differs in nothing but case."""
        exact = self.group(name)
        if exact is not None and not exact.hidden:
            return exact
        with self.lock:
            twins = (one for one in self.groups.values() if not one.hidden and one.name.casefold() == name.casefold())
            return next(twins, exact)

    def require_person(self, identity: str) -> PersonRecord:
        """Who has this id and is shown. Raises NotFoundException."""
        found = self.people.get(identity)
        if found is None or found.hidden:
            raise NotFoundException(detail=f"There is no user with the id {identity[:80]!r}")
        return found

    def require_group(self, identity: str) -> GroupRecord:
        """The group that has this id and is shown. Raises NotFoundException."""
        found = self.groups.get(identity)
        if found is None or found.hidden:
            raise NotFoundException(detail=f"There is no group with the id {identity[:80]!r}")
        return found

    def user(self, record: PersonRecord) -> Any:
        """The resource of somebody as this record has her."""
        groups = [
            group for name in record.person.groups or () if (group := self.group(name)) is not None and not group.hidden
        ]
        manager = shown_manager(record, self.person)
        return user_of(record, groups, manager)

    def members(self, group: GroupRecord) -> list[PersonRecord]:
        """Who is in a group and shown."""
        with self.lock:
            return [one for one in self.people.values() if not one.hidden and group.name in (one.person.groups or ())]

    @property
    def counts(self) -> dict[str, int]:
        """How many people and groups are shown, and how many people are not deactivated."""
        with self.lock:
            shown = [one for one in self.people.values() if not one.hidden]
            groups = sum(not group.hidden for group in self.groups.values())
        return {"people": len(shown), "active": sum(one.active for one in shown), "groups": groups}

    # -- writing ------------------------------------------------------------------------------------------------------
    def keep(self, people: Iterable[PersonRecord] = (), groups: Iterable[GroupRecord] = ()) -> None:
        """Puts records in place of those of the same id, and shows them; what depends on them is shown anew."""
        with self.lock:
            given = {record.id: record for record in people}
            given_groups = {record.id: record for record in groups}
            touched_groups, followers = self._touched(given.values(), given_groups.values())
            for record in given.values():
                self._index(record)
            for group in given_groups.values():
                self._index(group)
            for group in self._new_groups(given.values()):
                given_groups[group.id] = group
                self._index(group)
            changed_people = {one: self._revised_person(one) for one in {*given, *followers}}
            for name in {*touched_groups, *(n for one in given.values() for n in one.person.groups or ())}:
                if (found := self.group(name)) is not None:
                    given_groups.setdefault(found.id, found)
            changed_groups = {one: self._revised_group(one) for one in given_groups}
            self._shelf.put(_PEOPLE, {one: record.model_dump_json() for one, record in changed_people.items()})
            self._shelf.put(_GROUPS, {one: record.model_dump_json() for one, record in changed_groups.items()})

    def _touched(self, people: Iterable[PersonRecord], groups: Iterable[GroupRecord]) -> tuple[set[str], set[str]]:
        """The names of the groups, and the ids of the people, whose resources change with these records."""
        names: set[str] = set()
        followers: set[str] = set()
        shown: set[str] = set()
        for record in people:
            before = self.people.get(record.id)
            if before is not None:
                names.update(before.person.groups or ())
            if before is None or before.hidden != record.hidden:
                shown.add(record.key)
        followers.update(
            one.id
            for one in self.people.values()
            if any(address_key(manager) in shown for manager in one.person.managers or ())
        )
        for group in groups:
            old = self.groups.get(group.id)
            if old is not None and (old.name, old.hidden) != (group.name, group.hidden):
                followers.update(one.id for one in self.members(old))
        return names, followers

    def _new_groups(self, people: Iterable[PersonRecord]) -> list[GroupRecord]:
        """Records for groups that somebody is in and that were not known, or were declared and are there now."""
        found: dict[str, GroupRecord] = {}
        for record in people:
            for name in record.person.groups or ():
                known = found.get(name) or self.group(name)
                if known is None:
                    moment = self._clock()
                    found[name] = GroupRecord(id=new_id(), name=name, created=moment, modified=moment)
                elif known.declared or known.hidden:
                    found[name] = known.model_copy(update={"declared": False, "hidden": False, "misses": 0})
        return list(found.values())

    def absorb(self, everybody: Iterable[Person], groups: Iterable[Group] | None = None) -> None:
        """Takes over a reading of the whole list. Who is absent for the second time is not shown any more.

        `groups` is the console's list of groups; None where it was not read.
        """
        moment = self._clock()
        with self.lock:
            seen: dict[str, PersonRecord] = {}
            for person in everybody:
                if address_key(person.email) in seen:
                    continue  # another with the same address, whom nobody can tell from the first
                record = self.person(person.email)
                if record is None:
                    seen_anew = PersonRecord(id=new_id(), person=person, created=moment, modified=moment)
                    seen[address_key(person.email)] = seen_anew
                elif self._settling(record, moment):
                    seen[record.key] = record
                else:
                    seen[record.key] = _seen(record, person)
            changed = [record for record in seen.values() if record != self.people.get(record.id)]
            for record in self.people.values():
                if record.key not in seen and not record.hidden and not self._settling(record, moment):
                    misses = record.misses + 1
                    changed.append(record.model_copy(update={"misses": misses, "hidden": misses >= _MISSES}))
            self.keep(changed)
            if groups is not None:
                self.keep(groups=self._seen_groups(groups, moment))
            self.state = State(refreshed=moment, groups_listed=self.state.groups_listed or groups is not None)
            self._shelf.put(_STATE, {"state": self.state.model_dump_json()})

    def _seen_groups(self, groups: Iterable[Group], moment: datetime) -> list[GroupRecord]:
        """The records of groups that are seen anew, or otherwise, or not any more."""
        kinds = {group_key(group.name): group.kind for group in groups}
        changed = []
        for name, kind in kinds.items():
            known = self.group(name)
            if known is None:
                changed.append(GroupRecord(id=new_id(), name=name, kind=kind, created=moment, modified=moment))
            else:
                seen = {"kind": kind, "declared": False, "hidden": False, "misses": 0}
                changed.append(known.model_copy(update=seen))
        for record in self.groups.values():
            if record.name not in kinds and not record.hidden and not record.declared and not self.members(record):
                misses = record.misses + 1
                changed.append(record.model_copy(update={"misses": misses, "hidden": misses >= _MISSES}))
        return [record for record in changed if record != self.groups.get(record.id)]

    def look(self, person: Person) -> None:
        """Takes over what was read of one person on her own."""
        with self.lock:
            record = self.person(person.email)
            moment = self._clock()
            self.keep(
                [
                    PersonRecord(id=new_id(), person=person, created=moment, modified=moment)
                    if record is None
                    else _seen(record, person)
                ]
            )

    def _settling(self, record: PersonRecord, moment: datetime) -> bool:
        return record.written is not None and moment - record.written < _SETTLING

    # -- showing ------------------------------------------------------------------------------------------------------
    def _index(self, record: PersonRecord | GroupRecord) -> None:
        if isinstance(record, PersonRecord):
            self.people[record.id] = record
            self._by_address[record.key] = record.id
            return
        before = self.groups.get(record.id)
        if before is not None:
            self._by_name.pop(before.name, None)
        self.groups[record.id] = record
        self._by_name[record.name] = record.id

    def _revised_person(self, identity: str) -> PersonRecord:
        record = self.people[identity]
        shown = self.user(record)
        if (digest := digest_of(shown)) != record.digest:
            record = record.model_copy(update=self._next(record, digest))
            self.people[identity] = record
            shown = self.user(record)
        self._show(shown, hidden=record.hidden)
        return record

    def _revised_group(self, identity: str) -> GroupRecord:
        record = self.groups[identity]
        shown = self._group(record)
        if (digest := digest_of(shown)) != record.digest:
            record = record.model_copy(update=self._next(record, digest))
            self.groups[identity] = record
            shown = self._group(record)
        self._show(shown, hidden=record.hidden)
        return record

    def _next(self, record: PersonRecord | GroupRecord, digest: str) -> dict[str, Any]:
        modified = self._clock() if record.digest else record.created
        return {"digest": digest, "revision": record.revision + 1, "modified": modified}

    def _show(self, shown: Any, *, hidden: bool) -> None:
        if hidden:
            self._shown.hide(shown)
        else:
            self._shown.show(shown)

    def _group(self, record: GroupRecord) -> Any:
        return group_of(record, self.members(record))


class _Shown(InMemoryStorage):
    """Resources in memory as they are given: ids and versions are the mirror's.

    What is found are the resources themselves, where the library copies each: publishing copies what is answered.
    """

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        with self.lock:
            return self._stored(resource_type, resource_id)

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        if len(resource_types) != 1:
            return super().search(resource_types, search_request, position=position)
        with self.lock:
            wanted = search_request.filter
            found = self._candidates([resource_types[0].name], wanted)
            return _page(search_request, position, [one for one in found if wanted is None or wanted.match(one)])

    def show(self, resource: Resource[Any]) -> None:
        """Shows a resource in place of the one of its id."""
        with self.lock:
            self._store(resource, self._values_of(resource))

    def hide(self, resource: Resource[Any]) -> None:
        """Shows a resource no more."""
        assert resource.meta is not None
        assert resource.id is not None
        with self.lock:
            self._remove((resource.meta.resource_type, resource.id))


def _seen(record: PersonRecord, person: Person) -> PersonRecord:
    """The record of somebody who was seen; a person deleted by the identity provider is shown again once she is active.

    What this reading does not show is as it was known before.
    """
    known = merged(person, record.person)
    back = known.status is not Status.DEACTIVATED or record.misses >= _MISSES
    return record.model_copy(update={"person": known, "misses": 0, "hidden": record.hidden and not back})
