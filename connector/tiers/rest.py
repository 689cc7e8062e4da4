"""The REST tier: WorkRamp's private API, granted on request, with a key that has the power of its owner.

Facts: `GET /users?limit=&page=` from page 0, `email=` with its case, `includeDeleted`, empty arrays past the end, no
total; `POST /users` and `POST /users/{id}`; groups by id, one member added at a time, removing not documented; no role
but `isAdmin`, no last login, no seats. `DELETE` exists and is never used: it would take the training records along.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from aiolimiter import AsyncLimiter
from pydantic import BaseModel, SecretStr, ValidationError

from connector.addresses import same_address
from connector.models import (
    CreateGroup,
    Deactivate,
    DeleteGroup,
    Edit,
    Invite,
    Operation,
    Person,
    Reactivate,
    Role,
    Status,
)
from connector.settings import Settings, TierName
from connector.tiers.doors import Found
from connector.tiers.http import Api
from connector.tiers.protocol import DoorShut, Share

M = TypeVar("M", bound=BaseModel)

_BATCH = 99
"""The reference asks for less than 100."""


class _User(BaseModel):
    """What is read of a user object; the rest of it is ignored."""

    id: int
    email: str
    name: str | None = None
    isAdmin: bool
    isDeleted: bool
    isPermanentlyDeleted: bool = False
    groups: list[Any] | None = None
    managers: list[Any] | None = None


class _Group(BaseModel):
    id: int
    name: str


class RestDoor:
    """The calls, and what they say of a person."""

    name = TierName.REST
    shows_admins = True
    replaces_managers = False
    unshown: tuple[str, ...] = (
        "roles but admin",
        "open invitations",
        "first and last names apart",
        "last logins",
        "SCIM marks",
    )

    def __init__(self, settings: Settings, key: SecretStr, limiter: AsyncLimiter) -> None:
        self._api = Api(self.name, "/api/v1", key, settings, limiter, roots=("/users", "/groups"))
        self._names: dict[int | None, str] = {}

    def forget(self) -> None:
        """Others may have given groups other names."""
        self._names = {}

    async def close(self) -> None:
        await self._api.close()

    def supports(self, operation: Operation) -> Share:
        """All but roles beyond admin, leaving groups, half a name, and sending an invitation again."""
        match operation:
            case Invite():
                if operation.role in (Role.LEARNER, Role.ADMIN):
                    return Share(operation)
                mine = operation.model_copy(update={"role": Role.LEARNER})
                return Share(mine, Edit(email=operation.email, role=operation.role), "has no role but admin")
            case Deactivate() | Reactivate():
                return Share(operation)
            case Edit():
                return _share_of_edit(operation)
            case CreateGroup() | DeleteGroup():
                return Share(None, lacks="is not used for groups themselves")
            case _:
                return Share(None, lacks=f"has no call to {operation.operation}")

    async def search(self, email: str) -> list[Found]:
        """Who has an address in exactly this spelling, deactivated people included."""
        only = {"email": email, "includeDeleted": "true"}
        users = self._users(await self._api.get("/users", {"limit": 2, "page": 0, **only}))
        if not all(same_address(user.email, email) for user in users):
            # It does not filter, or by a part of the address: the others may have come in her place.
            users = await self._all(only)
        return await self._people(users)

    async def everybody(self) -> list[Found]:
        """Everybody, each once, deactivated people included."""
        return await self._people(await self._all({"includeDeleted": "true"}))

    async def _all(self, only: Mapping[str, str | int]) -> list[_User]:
        found: dict[int, _User] = {}
        page = 0
        while users := await self._api.get("/users", {"limit": _BATCH, "page": page, **only}):
            before = len(found)
            found |= {user.id: user for user in (_read(_User, user) for user in _list(users))}
            if len(found) == before:
                raise DoorShut("its pages of users repeat themselves")
            page += 1
        return [user for user in found.values() if not user.isPermanentlyDeleted]

    async def groups(self) -> dict[str, int]:
        """The ids of all groups by their names."""
        found: dict[str, int] = {}
        seen: set[int] = set()
        page = 0
        while groups := await self._api.get("/groups", {"limit": _BATCH, "page": page}):
            read = [_read(_Group, group) for group in _list(groups)]
            if seen.issuperset(group.id for group in read):
                raise DoorShut("its pages of groups repeat themselves")
            seen |= {group.id for group in read}
            found |= {group.name: group.id for group in read}
            page += 1
        return found

    async def create_group(self, name: str) -> None:
        """Makes a group."""
        await self._api.send("POST", "/groups", {"name": name})

    async def invite(self, operation: Invite, groups: Sequence[int], managers: Sequence[Found]) -> None:
        """Creates a user, which invites her."""
        await self._api.send(
            "POST",
            "/users",
            {
                "email": operation.email,
                "name": f"{operation.first_name} {operation.last_name}".strip(),
                "managers": [manager.id for manager in managers],
                "groups": list(groups),
                "isAdmin": operation.role is Role.ADMIN,
            },
        )

    async def set_active(self, found: Found, active: bool) -> None:
        """Reactivates or deactivates."""
        await self._api.send("POST", f"/users/{found.id}", {"isDeleted": not active})

    async def edit(self, operation: Edit, found: Found, groups: Mapping[str, int]) -> None:
        """Says what is not so yet: details in one call, then each group in one of its own."""
        body: dict[str, Any] = {}
        whole = f"{operation.first_name or ''} {operation.last_name or ''}".strip()
        if operation.first_name is not None and found.person.shown_name != whole:
            body["name"] = whole
        if operation.role is Role.ADMIN and not found.person.admin:
            body["isAdmin"] = True
        held = found.person.managers or ()
        managers = [each for each in held if not _among(each, operation.remove_managers)]
        managers += [each for each in operation.add_managers if not _among(each, managers)]
        if managers != list(held):
            body |= {"managerEmails": managers, "overwriteManagerEmails": True}
        if body:
            await self._api.send("POST", f"/users/{found.id}", body)
        for group in operation.add_groups:
            if group not in (found.person.groups or ()):
                await self._api.send("POST", f"/groups/{groups[group]}/users", {"userId": found.id})

    def put_needed(self, operation: Operation) -> bool:
        """Whether the whole person is written: never here, updates say what changes."""
        return False

    def _users(self, answer: Any) -> list[_User]:
        users = [_read(_User, user) for user in _list(answer)]
        return [user for user in users if not user.isPermanentlyDeleted]

    async def _people(self, users: Sequence[_User]) -> list[Found]:
        """The people; groups that stand there by their ids alone are called by their names, if the groups are shown."""
        unnamed = {_id_alone(each) for user in users for each in user.groups or ()} - {None}
        if not unnamed <= self._names.keys():
            with suppress(DoorShut):
                self._names = {number: name for name, number in (await self.groups()).items()}
        return [self._found(user) for user in users]

    def _found(self, user: _User) -> Found:
        person = Person(
            email=user.email,
            shown_name=None if user.name == user.email else user.name,
            role=Role.ADMIN if user.isAdmin else None,
            is_admin=user.isAdmin,
            status=Status.DEACTIVATED if user.isDeleted else Status.ACTIVE,
            may_be_invited=not user.isDeleted,
            groups=_texts(
                None if user.groups is None else [self._names.get(_id_alone(each), each) for each in user.groups],
                "name",
            ),
            managers=_texts(user.managers, "email"),
        )
        return Found(user.id, person)


def _share_of_edit(operation: Edit) -> Share:
    mine, rest, lacks = operation, Edit(email=operation.email), []
    if (operation.first_name is None) != (operation.last_name is None):
        rest = rest.model_copy(update={"first_name": operation.first_name, "last_name": operation.last_name})
        mine = mine.model_copy(update={"first_name": None, "last_name": None})
        lacks.append("has the name in one piece")
    if operation.role not in (None, Role.ADMIN):
        rest = rest.model_copy(update={"role": operation.role})
        mine = mine.model_copy(update={"role": None})
        lacks.append("has no role but admin")
    if operation.remove_groups:
        rest = rest.model_copy(update={"remove_groups": operation.remove_groups})
        mine = mine.model_copy(update={"remove_groups": ()})
        lacks.append("takes nobody out of a group")
    nothing = Edit(email=operation.email)
    return Share(None if mine == nothing else mine, None if rest == nothing else rest, " and ".join(lacks))


def _among(address: str, others: Sequence[str]) -> bool:
    return any(same_address(address, other) for other in others)


def _id_alone(group: Any) -> int | None:
    """The id of a group that a user's list names by nothing else."""
    number = group.get("id") if isinstance(group, dict) and not isinstance(group.get("name"), str) else group
    return number if isinstance(number, int) else None


def _texts(given: list[Any] | None, name: str) -> tuple[str, ...] | None:
    """Groups by name or managers by address, given as objects or as texts; None where they are given otherwise."""
    if given is None:
        return None
    found = (each.get(name) if isinstance(each, dict) else each for each in given)
    texts = tuple(text for text in found if isinstance(text, str))
    return texts if len(texts) == len(given) else None


def _list(answer: Any) -> list[Any]:
    if not isinstance(answer, list):
        raise DoorShut("it answers with something that is not a list")
    return answer


def _read(model: type[M], given: Any) -> M:
    try:
        return model.model_validate(given)
    except ValidationError as error:
        fields = ", ".join(sorted({str(detail["loc"][0]) if detail["loc"] else "all" for detail in error.errors()}))
    raise DoorShut(f"it answers with something that cannot be read: {fields}")
