"""The SCIM tier: WorkRamp's SCIM 2.0 service, part of the Enterprise plan.

Facts: users are found, created and replaced (no PATCH, no DELETE); groups are patched; integer ids; filters by `eq`
only; `count` and `startIndex`, which is described as the number of a page; `displayName` wins over `name`; a user's
groups are written as ids, her manager as an address; members of a group are documented as addresses; no roles, no
discovery.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import Any

from aiolimiter import AsyncLimiter
from pydantic import SecretStr

from connector.addresses import same_address, why_malformed
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
from connector.tiers.protocol import DoorShut, Rejected, Share

USER = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
_BATCH = 100


class ScimDoor:
    """The calls, and what they say of a person."""

    name = TierName.SCIM
    shows_admins = False
    replaces_managers = True
    unshown: tuple[str, ...] = (
        *("who is an admin", "roles but admin", "open invitations", "more than one manager"),
        *("last logins", "SCIM marks"),
    )

    def __init__(self, settings: Settings, token: SecretStr, limiter: AsyncLimiter) -> None:
        self._api = Api(
            self.name,
            "/scim/v2",
            token,
            settings,
            limiter,
            roots=("/Users", "/Groups"),
            media_type="application/scim+json",
        )
        self._names: dict[int | None, str] = {}

    def forget(self) -> None:
        """Others may have given groups other names."""
        self._names = {}

    async def close(self) -> None:
        await self._api.close()

    def supports(self, operation: Operation) -> Share:
        """All but roles, more than one manager, changed managers, and sending an invitation again."""
        match operation:
            case Invite():
                return _share_of_invite(operation)
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
        only = {"filter": f"userName eq {json.dumps(email)}"}
        users = _resources(await self._api.get("/Users", {**only, "count": 2, "startIndex": 1}))
        if not all(same_address(_text(user, "userName"), email) for user in users):
            # It does not filter, or by a part of the address: the others may have come in her place.
            users = await self._all("/Users", only)
        return await self._people(users)

    async def everybody(self) -> list[Found]:
        """Everybody, each once, deactivated people included."""
        return await self._people(await self._all("/Users"))

    async def groups(self) -> dict[str, int]:
        """The ids of all groups by their names."""
        return {_text(group, "displayName"): _id(group) for group in await self._all("/Groups")}

    async def create_group(self, name: str) -> None:
        """Makes a group."""
        await self._api.send("POST", "/Groups", {"schemas": [GROUP], "displayName": name})

    async def invite(self, operation: Invite, groups: Sequence[int], managers: Sequence[Found]) -> None:
        """Creates a user, which invites her."""
        body: dict[str, Any] = {
            "schemas": [USER],
            "userName": operation.email,
            "name": {"givenName": operation.first_name, "familyName": operation.last_name},
            "displayName": f"{operation.first_name} {operation.last_name}".strip(),
            "active": True,
            "groups": list(groups),
        }
        if managers:
            body["manager"] = managers[0].person.email
        await self._api.send("POST", "/Users", body)

    async def set_active(self, found: Found, active: bool) -> None:
        """Reactivates or deactivates, by writing the whole of her."""
        await self._put(found, {"active": active})

    async def edit(self, operation: Edit, found: Found, groups: Mapping[str, int]) -> None:
        """Says what is not so yet: names by writing the whole of her, groups one by one."""
        name = dict(found.raw.get("name") or {})
        wanted = name | {
            key: value
            for key, value in (("givenName", operation.first_name), ("familyName", operation.last_name))
            if value is not None
        }
        shown = f"{wanted.get('givenName') or ''} {wanted.get('familyName') or ''}".strip()
        asked = (operation.first_name, operation.last_name) != (None, None)
        if asked and (wanted != name or found.raw.get("displayName") != shown):
            await self._put(found, {"name": wanted, "displayName": shown})
        of_hers = found.person.groups or ()
        for group in operation.add_groups:
            if group not in of_hers:
                await self._patch(groups[group], found, add=True)
        for group in operation.remove_groups:
            if group in of_hers:
                await self._patch(groups[group], found, add=False)

    def put_needed(self, operation: Operation) -> bool:
        """Whether the whole person is written, and with her the only manager that there is room for."""
        if isinstance(operation, Edit):
            return (operation.first_name, operation.last_name) != (None, None)
        return isinstance(operation, Deactivate | Reactivate)

    async def _put(self, found: Found, changes: Mapping[str, Any]) -> None:
        """Everything that was read goes back, also what nobody here knows; not what the service makes itself."""
        body = {name: value for name, value in found.raw.items() if name != "meta"}
        body["groups"] = [_id(group) for group in found.raw.get("groups") or ()]
        await self._api.send("PUT", f"/Users/{found.id}", body | dict(changes))

    async def _patch(self, group: int, found: Found, *, add: bool) -> None:
        member = await self._as_member(group, found)
        operation = (
            {"op": "add", "path": "members", "value": [{"value": member}]}
            if add
            else {"op": "remove", "path": f"members[value eq {json.dumps(member)}]"}
        )
        await self._api.send("PATCH", f"/Groups/{group}", {"schemas": [PATCH], "Operations": [operation]})

    async def _as_member(self, group: int, found: Found) -> str:
        """Her address, as documented, unless the members that are there already are named by their ids."""
        shown = await self._api.get(f"/Groups/{group}") or {}
        values = [str(each.get("value", "")) for each in shown.get("members") or () if isinstance(each, dict)]
        if values and not any("@" in value for value in values):
            return str(found.id)
        return found.person.email

    async def _all(self, path: str, only: Mapping[str, str | int] = MappingProxyType({})) -> list[dict[str, Any]]:
        """Every resource once. `startIndex` counts pages, or resources where the second page shows that.

        A total is believed where it is more than a full page: some services give the number of those on the page.
        """
        found: dict[int, dict[str, Any]] = {}
        page, start, counts_resources, total, complete = 1, 1, False, None, False
        while True:
            try:
                answer = await self._api.get(path, {**only, "count": _BATCH, "startIndex": start})
            except Rejected:
                if complete:
                    break  # it says so of a page that is none
                raise
            resources = _resources(answer)
            new = {_id(each): each for each in resources if _id(each) not in found}
            known = len(resources) - len(new)
            if complete and not new:
                break
            found |= new
            total = answer.get("totalResults")
            on_page = isinstance(total, int) and len(resources) == total >= _BATCH
            complete = isinstance(total, int) and len(found) >= total
            if not resources or (complete and not on_page):
                break
            if counts_resources and not new:
                raise DoorShut("its pages repeat themselves")
            counts_resources = counts_resources or known > 0
            page += 1
            start = len(found) + 1 if counts_resources else page
        if isinstance(total, int) and len(found) < total:
            raise DoorShut(f"it says that there are {total} and gives {len(found)}")
        return list(found.values())

    async def _people(self, users: Sequence[dict[str, Any]]) -> list[Found]:
        """The people; groups that stand there by their ids alone are called by their names, if the groups are shown."""
        unnamed = {_number(each) for user in users for each in user.get("groups") or () if _display(each) is None}
        if None not in unnamed and not unnamed <= self._names.keys():
            with suppress(DoorShut):
                self._names = {number: name for name, number in (await self.groups()).items()}
        return [self._found(user) for user in users]

    def _found(self, user: dict[str, Any]) -> Found:
        name = user.get("name") if isinstance(user.get("name"), dict) else {}
        assert isinstance(name, dict)
        first, last = str(name.get("givenName") or ""), str(name.get("familyName") or "")
        shown = user.get("displayName")
        whole = not shown or shown == f"{first} {last}".strip()
        email, active = _text(user, "userName"), user.get("active")
        if not isinstance(active, bool):
            raise DoorShut("it does not say who is active")
        groups = [_display(each) or self._names.get(_number(each)) for each in user.get("groups") or ()]
        person = Person(
            email=email,
            first_name=first if whole else None,
            last_name=last if whole else None,
            shown_name=None if whole or shown == email else str(shown),
            status=Status.ACTIVE if active else Status.DEACTIVATED,
            may_be_invited=active,
            groups=tuple(group for group in groups if group) if all(groups) else None,
            managers=_managers(user.get("manager")),
        )
        return Found(_id(user), person, user)


def _share_of_invite(operation: Invite) -> Share:
    mine, rest, lacks = operation, Edit(email=operation.email), []
    if operation.role is not Role.LEARNER:
        mine = mine.model_copy(update={"role": Role.LEARNER})
        rest = rest.model_copy(update={"role": operation.role})
        lacks.append("has no roles")
    if len(operation.managers) > 1:
        mine = mine.model_copy(update={"managers": operation.managers[:1]})
        rest = rest.model_copy(update={"add_managers": operation.managers[1:]})
        lacks.append("has room for one manager")
    return Share(mine, None if rest == Edit(email=operation.email) else rest, " and ".join(lacks))


def _share_of_edit(operation: Edit) -> Share:
    mine, rest, lacks = operation, Edit(email=operation.email), []
    if operation.role is not None:
        mine = mine.model_copy(update={"role": None})
        rest = rest.model_copy(update={"role": operation.role})
        lacks.append("has no roles")
    if operation.add_managers or operation.remove_managers:
        left = {"add_managers": operation.add_managers, "remove_managers": operation.remove_managers}
        mine = mine.model_copy(update={"add_managers": (), "remove_managers": ()})
        rest = rest.model_copy(update=left)
        lacks.append("has room for one manager")
    nothing = Edit(email=operation.email)
    return Share(None if mine == nothing else mine, None if rest == nothing else rest, " and ".join(lacks))


def _resources(answer: Any) -> list[dict[str, Any]]:
    resources = answer.get("Resources", []) if isinstance(answer, dict) else None
    if not isinstance(resources, list) or not all(isinstance(each, dict) for each in resources):
        raise DoorShut("it answers with something that is not a list of resources")
    return resources


def _display(group: Any) -> str | None:
    """The name of a group as a user's list says it."""
    name = group.get("display") if isinstance(group, dict) else None
    return name if isinstance(name, str) and name else None


def _managers(given: Any) -> tuple[str, ...] | None:
    """The manager shown, documented as an address, given as a text or an object; None where none can be read of it."""
    if not given:
        return ()
    named = (given.get(key) for key in ("value", "email", "display")) if isinstance(given, dict) else (given,)
    address = next((text for text in named if isinstance(text, str) and why_malformed(text) is None), None)
    return None if address is None else (address,)


def _number(group: Any) -> int | None:
    """The id of a group as a user's list says it; None where it says none."""
    try:
        return _id(group)
    except DoorShut:
        return None


def _id(resource: Any) -> int:
    """The id of a user or a group, or of a group as a user's list names it. Documented as whole numbers."""
    value: Any = resource.get("id", resource.get("value")) if isinstance(resource, dict) else resource
    try:
        return int(value)
    except (TypeError, ValueError):
        raise DoorShut("it gives an id that is not a whole number") from None


def _text(resource: dict[str, Any], name: str) -> str:
    value = resource.get(name)
    if not isinstance(value, str) or not value:
        raise DoorShut(f"it gives a resource without {name}")
    return value
