"""What identity providers send that means the same as what the standard would have them send; pure.

- Attributes of RFC 7643 that no console holds are left out: providers map them by default (Okta `locale`, `password`,
  Entra ID `title`, `phoneNumbers`). What no schema knows is an error all the same.
- `manager` as a plain string, or as a list of one, is its `value` (Entra ID, without the `aadOptscim062020` flag).
- Members are known by their `value`: `display` (Okta) and an empty `$ref` (Entra ID) say nothing, and would select
  nothing in a removal by a list of values. A group's own `id` in a PATCH without a path (Okta) is no change.
- Schemas of Microsoft's own beside the standard one (Entra ID, groups) are not listed here.
- `primary eq "True"` in a path compares a boolean (Entra ID writes booleans as strings).
- E-mail addresses are read-only here; writing the address that is userName changes nothing and is let pass.
- A PUT that says nothing of roles, manager, `active` or members leaves them: a provider that does not map an attribute
  leaves it out, and nobody is to lose her role by that.

Sources: docs/scim.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from scim2_models import InvalidSyntaxException, InvalidValueException

from connector.addresses import same_address
from connector.scim_service.schema import ENTERPRISE

_CORE = "urn:ietf:params:scim:schemas:core:2.0:user:"
_NOT_HELD = {
    "nickname", "profileurl", "title", "usertype", "preferredlanguage", "locale", "timezone", "password",
    "phonenumbers", "ims", "photos", "addresses", "x509certificates",
}  # fmt: skip
"""RFC 7643 4.1, in lower case: attribute names ignore case."""
_READ_ONLY = {"emails", "groups"}
"""What a whole user says of these does not count (RFC 7644 3.5.1), in whatever shape it comes."""
_NOT_HELD_OF_NAME = {"formatted", "middlename", "honorificprefix", "honorificsuffix"}
_NOT_HELD_OF_ROLE = {"display", "type"}
_NOT_HELD_OF_ENTERPRISE = {"employeenumber", "costcenter", "organization", "division", "department"}
_DEEPEST = 50

_QUOTED_BOOLEAN = re.compile(r'(\bprimary\s+eq\s+)"(true|false)"', re.IGNORECASE)
_HEAD = re.compile(r"(?:(urn:[^\[]*):)?([A-Za-z$][\w$-]*)(\[[^\]]*\])?(?:\.([A-Za-z$][\w$-]*))?", re.IGNORECASE)


def read(body: bytes) -> Any:
    """The JSON of a request. Raises InvalidSyntaxException, also for what is nested too deeply to be meant."""
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidSyntaxException(detail=f"the body is no JSON: {str(error)[:200]}") from error
    if _depth(given) > _DEEPEST:
        raise InvalidSyntaxException(detail="the body is nested too deeply")
    return given


def _depth(given: Any) -> int:
    deepest, level = 0, [given]
    while level:
        deepest += 1
        if deepest > _DEEPEST:
            return deepest
        below: list[Any] = []
        for one in level:
            if isinstance(one, dict):
                below.extend(one.values())
            elif isinstance(one, list):
                below.extend(one)
        level = below
    return deepest


def user(given: Any) -> Any:
    """A whole user as the schema has it. What is no object is left for the schema to refuse."""
    if not isinstance(given, dict):
        return given
    kept: dict[str, Any] = {}
    for name, value in given.items():
        plain = name.lower()
        if plain in _NOT_HELD or plain in _READ_ONLY:
            continue
        if plain == "name" and isinstance(value, dict):
            value = _without(value, _NOT_HELD_OF_NAME)
        elif plain in ("roles", "entitlements") and isinstance(value, list):
            value = [_role(one) for one in value]
        elif plain == ENTERPRISE.lower() and isinstance(value, dict):
            value = _without(value, _NOT_HELD_OF_ENTERPRISE)
            value = {key: manager(one) if key.lower() == "manager" else one for key, one in value.items()}
            if not value:
                continue
        kept[name] = value
    return kept


def group(given: Any) -> Any:
    """A whole group as the schema has it."""
    if not isinstance(given, dict):
        return given
    kept: dict[str, Any] = {}
    for name, value in given.items():
        if name.lower() == "members":
            value = _members(value)
        elif name.lower() == "schemas" and isinstance(value, list):
            value = [one for one in value if not (isinstance(one, str) and one.startswith(_MICROSOFT))]
        kept[name] = value
    return kept


_MICROSOFT = "http://schemas.microsoft.com/"


def _members(given: Any) -> Any:
    if isinstance(given, dict):
        return _members([given])
    if not isinstance(given, list):
        return given
    return [_member(one) for one in given]


def _member(given: Any) -> Any:
    if not isinstance(given, dict):
        return given
    told = {name.lower(): value for name, value in given.items()}
    if isinstance(told.get("value"), str) and told["value"]:
        return {"value": told["value"]}
    return _without(given, {"display"})


def manager(given: Any) -> Any:
    """A manager as an object with a `value`; None for an empty one."""
    if isinstance(given, list) and len(given) == 1:
        given = given[0]
    if isinstance(given, str):
        return {"value": given} if given else None
    if isinstance(given, dict):
        kept = {name: one for name, one in given.items() if one not in (None, "") and name.lower() != "displayname"}
        return kept or None
    return given


def patch(given: Any, address: str | None) -> Any:
    """A PATCH as the schema has it; None where nothing of it is left to do.

    `address` is the user's own, None for a group. Raises InvalidValueException for an address that is another one.
    """
    if not isinstance(given, dict):
        return given
    name = next((key for key in given if key.lower() == "operations"), None)
    if name is None or not isinstance(given[name], list):
        return given
    operations = [one for operation in given[name] for one in _operation(operation, address)]
    if not operations and given[name]:
        return None
    return {**given, name: operations}


def _operation(given: Any, address: str | None) -> list[Any]:
    if not isinstance(given, dict):
        return [given]
    told = {name.lower(): value for name, value in given.items()}
    path, value = told.get("path"), told.get("value")
    changed = dict(given)
    if isinstance(path, str):
        path = _QUOTED_BOOLEAN.sub(lambda found: found[1] + found[2].lower(), path)
        _put(changed, "path", path)
    if address is None:
        return _of_group(changed, path, value)
    if path is None:
        if isinstance(value, dict):
            value = _values(value, address)
            if not value:
                return []
            _put(changed, "value", value)
        return [changed]
    if not isinstance(path, str):
        return [changed]
    kept, value = _at(path, value, address)
    if not kept:
        return []
    if "value" in told:
        _put(changed, "value", value)
    return [changed]


def _of_group(changed: dict[str, Any], path: Any, value: Any) -> list[Any]:
    if path is None and isinstance(value, dict):
        value = group(_without(value, {"id", "schemas"}))
        if not value:
            return []
        _put(changed, "value", value)
    elif isinstance(path, str) and path.lower() == "members" and value is not None:
        _put(changed, "value", _members(value))
    return [changed]


def _values(given: Mapping[str, Any], address: str) -> dict[str, Any]:
    """The value of a PATCH without a path: names, dotted names and schema URNs with their values."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name.lower() == ENTERPRISE.lower() and isinstance(value, dict):
            value = user({name: value}).get(name)
            if value is None:
                continue
        kept, value = _at(_QUOTED_BOOLEAN.sub(lambda hit: hit[1] + hit[2].lower(), name), value, address)
        if kept:
            found[name] = value
    return found


def _at(path: str, value: Any, address: str) -> tuple[bool, Any]:
    """Whether what is written at a path is anything to a console, and what it is."""
    hit = _HEAD.fullmatch(path.strip())
    if hit is None:
        return True, value
    urn, name, part = (hit[1] or "").lower(), hit[2].lower(), (hit[4] or "").lower()
    if urn == ENTERPRISE.lower():
        if name in _NOT_HELD_OF_ENTERPRISE:
            return False, value
        return True, manager(value) if name == "manager" and not part else value
    if urn and urn != _CORE.rstrip(":"):
        return True, value
    if name in _NOT_HELD or (name == "name" and part in _NOT_HELD_OF_NAME):
        return False, value
    if name in ("roles", "entitlements"):
        if part in _NOT_HELD_OF_ROLE:
            return False, value
        return True, [_role(one) for one in value] if isinstance(value, list) else _role(value)
    if name == "name" and isinstance(value, dict):
        return True, _without(value, _NOT_HELD_OF_NAME)
    if name == "username" and isinstance(value, str) and same_address(value, address):
        return False, value
    if name == "emails":
        _only(value, part, address)
        return False, value
    return True, value


def _only(value: Any, part: str, address: str) -> None:
    """Raises InvalidValueException where e-mail addresses are written that are not the one a console knows."""
    written = value if isinstance(value, list) else [value]
    for one in written:
        given = one.get("value") if isinstance(one, dict) else one if part in ("", "value") else None
        if isinstance(given, str) and given and not same_address(given, address):
            raise InvalidValueException(
                detail=f"emails: a console knows one address per person, which is userName ({address}), and changes "
                "nobody's; map emails to the same attribute, or not at all"
            )


def _role(given: Any) -> Any:
    return _without(given, _NOT_HELD_OF_ROLE) if isinstance(given, dict) else given


def _without(given: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name.lower() not in names}


def _put(changed: dict[str, Any], wanted: str, value: Any) -> None:
    name = next((key for key in changed if key.lower() == wanted), wanted)
    changed[name] = value
