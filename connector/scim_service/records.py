"""What the mirror keeps of each person and group, and how they are shown as SCIM resources."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal, TypeVar

from scim2_models import Meta, Reference, Resource

from connector.addresses import address_key
from connector.models import Model, Person
from connector.scim_service.schema import (
    GROUP_TYPE,
    USER_TYPE,
    Email,
    EnterpriseUser,
    FullUser,
    Group,
    HeldRole,
    Manager,
    Member,
    Membership,
    Name,
    User,
)
from connector.terms import Role, Status

ResourceT = TypeVar("ResourceT", bound=Resource[Any])


def now() -> datetime:
    """The time, in UTC, to the millisecond: what a resource says of itself."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def new_id() -> str:
    """An opaque id, never used for anybody else."""
    return str(uuid.uuid4())


class Record(Model):
    """What person and group have in common. `revision` grows whenever the resource becomes another one."""

    id: str
    external_id: str | None = None
    revision: int = 0
    digest: str = ""
    created: datetime
    modified: datetime

    @property
    def version(self) -> str:
        """The entity tag."""
        return f'W/"{self.revision}"'


class PersonRecord(Record):
    """A person as the console showed her last, and what the identity provider says of her besides."""

    person: Person
    display_name: str | None = None
    unassigned: tuple[str, ...] = ()
    """Of displayName, roles and entitlements what the identity provider removed and has not given again."""
    manager: str | None = None
    """The address of the manager whom the identity provider named last."""
    hidden: bool = False
    """Deleted by the identity provider (and deactivated in the console), or gone from the console."""
    misses: int = 0
    """In how many readings of the whole list in a row she was absent."""
    written: datetime | None = None
    """When the service last changed her."""

    @property
    def key(self) -> str:
        """The key of the address."""
        return address_key(self.person.email)

    @property
    def active(self) -> bool:
        """Whether she is not deactivated, as far as the console tells."""
        return self.person.status is not Status.DEACTIVATED

    @property
    def names(self) -> str:
        """First and last name; empty where the console shows none."""
        return " ".join(filter(None, (self.person.first_name, self.person.last_name)))


class GroupRecord(Record):
    """A group by its name."""

    name: str
    declared: bool = False
    """Made by the identity provider, and not seen in the console so far: its first member brings it into being."""
    made: bool = False
    """Made in the console by this service."""
    kind: Literal["static", "dynamic"] | None = None
    """As the console's list of groups shows it."""
    hidden: bool = False
    """Deleted by the identity provider, or gone from the console."""
    misses: int = 0
    """In how many readings of the list of groups in a row it was absent."""


def user_of(record: PersonRecord, groups: Sequence[GroupRecord], manager: PersonRecord | None) -> User[Any]:
    """The resource of a person; `groups` are those she is in."""
    person = record.person
    shown: User[Any] = FullUser(
        user_name=person.email,
        external_id=record.external_id,
        active=record.active,
        emails=[Email(value=person.email, type="work", primary=True)],
    )
    if person.first_name is not None or person.last_name is not None:
        shown.name = Name(given_name=person.first_name, family_name=person.last_name)
    if record.display_name is not None:
        shown.display_name = record.display_name
    elif "displayName" not in record.unassigned:
        shown.display_name = record.names or None
    if person.role is not None:
        for name in ("roles", "entitlements"):
            if name not in record.unassigned:
                setattr(shown, name, [HeldRole(value=person.role.value, primary=True)])
    elif person.admin:
        shown.roles = [HeldRole(value=Role.ADMIN.value, primary=True)]
    shown.groups = [
        Membership(value=group.id, ref=Reference(f"Groups/{group.id}"), display=group.name) for group in groups
    ] or None
    if manager is not None:
        shown[EnterpriseUser] = EnterpriseUser(manager=Manager(value=manager.id, ref=Reference(f"Users/{manager.id}")))
    return _with_meta(shown, record, USER_TYPE)


def group_of(record: GroupRecord, members: Sequence[PersonRecord]) -> Group:
    """The resource of a group."""
    shown = Group(display_name=record.name, external_id=record.external_id)
    shown.members = [
        Member(
            value=person.id,
            ref=Reference(f"Users/{person.id}"),
            type=USER_TYPE,
            display=person.display_name or person.names or None,
        )
        for person in members
    ] or None
    return _with_meta(shown, record, GROUP_TYPE)


def _with_meta(shown: ResourceT, record: Record, kind: str) -> ResourceT:
    shown.id = record.id
    shown.meta = Meta(resource_type=kind, created=record.created, last_modified=record.modified, version=record.version)
    return shown


def digest_of(resource: Resource[Any]) -> str:
    """The same for resources that say the same of the person or group."""
    told = resource.model_dump()
    told.pop("meta", None)
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]
