"""From what a person's screen shows, part by part, to what it says of her."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from connector.errors import ConsoleDrift
from connector.models import Person, Status
from page_objects import reading, words
from page_objects.lane import Lane
from page_objects.person_row import scim_mark


def person_of(found: dict[str, Any], email: str, lane: Lane, *, screen: str) -> Person:
    """The person whose address this is, as her screen shows her.

    `found`: what engine.evaluate(..., "readDetails") gives. Raises ConsoleDrift where it shows another address as hers.
    """
    values = found["values"]
    shown = reading.addresses_in(values.get("email"))
    if shown and (len(shown) != 1 or shown[0].casefold() != email.casefold()):
        raise ConsoleDrift(
            "the person's screen shows another e-mail address",
            whom=email,
            screen=lane.where(screen),
            expected=email,
            seen=", ".join(shown),
        )
    vocabulary = lane.vocabulary
    groups = reading.groups_of(values.get("groups"), lane.known_groups)
    whole = _name(values.get("name")) or _heading(found["headings"])
    first, last = reading.names_of(_name(values.get("first_name")), _name(values.get("last_name")), whole)
    moment, never = reading.moment_of(values.get("last_login"))
    standing = reading.standing_of(values.get("status"), vocabulary)
    status = standing.status or _loose_status(found["lines"], lane)
    return Person(
        email=shown[0] if shown else email,
        shown_name=whole,
        name_drawn=not (values.get("name") or {}).get("control"),
        first_name=first,
        last_name=last,
        role=reading.role_of(values.get("role"), vocabulary) or standing.role,
        is_admin=_on(values.get("admin")) if values.get("admin") else standing.is_admin,
        may_be_invited=standing.may_be_invited,
        status=status,
        groups=groups,
        groups_held=groups if (values.get("groups") or {}).get("control") else None,
        groups_text=reading.groups_text_of(values.get("groups")),
        managers=reading.addresses_of(values.get("managers")),
        last_login=moment,
        last_login_between=reading.span_of(values.get("last_login"), datetime.now(UTC)) if moment is None else None,
        scim_managed=_scim(values.get("scim"))
        if values.get("scim")
        else scim_mark("\n".join(_unnamed(found["lines"], first, last, values))),
        never_signed_in=True if status is Status.INVITED and moment is None else never,
    )


def _on(value: dict[str, Any] | None) -> bool | None:
    """Whether a switch is on; None for anything that is no switch."""
    text = value["text"].casefold() if value else ""
    return {"true": True, "false": False, "yes": True, "no": False}.get(text)


def _unnamed(lines: list[str], first: str | None, last: str | None, values: dict[str, Any]) -> list[str]:
    """The lines without those that name the person, her groups or managers: somebody may be called SCIM."""
    named = {first, last, f"{first} {last}"}
    named |= {part for key in ("groups", "managers") for part in values.get(key, {}).get("parts", ())}
    return [line for line in lines if line not in named]


def _text(value: dict[str, Any] | None) -> str | None:
    """The text of a value; '' where the screen has a place for it that is empty, None where it has none."""
    if value is None:
        return None
    text = reading.plain(value["text"])
    return "" if text.casefold() in words.NOTHING else text


def _name(value: dict[str, Any] | None) -> str | None:
    """A name, whole or a part of it; '' where its place says that there is none: 'Not given'."""
    text = _text(value)
    return "" if text and reading.says_no_name(text) else text


def _heading(headings: Sequence[Mapping[str, Any]]) -> str | None:
    """The name in the first of the uppermost headings that is none of the usual titles, if it looks like one.

    Whoever has no name yet is headed by her address, and then "Training Records" lower down is none either.
    """
    left = [heading for heading in headings if not _is_title(heading["text"].casefold())]
    if not left:
        return None
    highest = min(heading["level"] for heading in left)
    said: str = next(heading["text"] for heading in left if heading["level"] == highest)
    others = {heading["text"] for heading in left if heading["level"] != highest} - {said}
    return (
        said
        if _looks_like_a_name(said) and not reading.says_no_name(said) and not any(map(_looks_like_a_name, others))
        else None
    )


def _is_title(text: str) -> bool:
    """Whether a heading, in small letters, says what follows, and not whose page it is."""
    return text in _TITLES or text in words.all_said() or _TITLE.search(text) is not None


_TITLE = re.compile(
    r" (?:profile|details|information|settings|overview|account|records|activity|history|academy|learning|paths"
    r"|training|portal|console|access|security|groups|managers|people|users|assignments|courses|certificates)$"
)
_PARTICLE = re.compile(r"al|bin|da|del?|della|den|der|di|do|dos|du|el|ibn|la|le|van|von|y|zu")


def _looks_like_a_name(text: str) -> bool:
    said = text.split()
    return 2 <= len(said) <= 5 and all(
        _PARTICLE.fullmatch(word) or (any(map(str.isalpha, word)) and "@" not in word and not word[0].islower())
        for word in said
    )


_TITLES = frozenset(
    {"user details", "edit user", "edit person", "person details", "user information", "danger zone", "account status"}
)


def _loose_status(lines: list[str], lane: Lane) -> Status | None:
    """A status shown as a badge without a label, where exactly one of the words is there."""
    found = {
        Status(key)
        for key, word in words.STATUS_NAMES.items()
        for alias in lane.vocabulary.of(word)
        if any(line.casefold() == alias.casefold() for line in lines)
    }
    return found.pop() if len(found) == 1 else None


def _scim(value: dict[str, Any] | None) -> bool | None:
    if value is None:
        return None
    said = reading.plain(value["text"]).casefold()
    if said in ("yes", "true", "on") or "scim" in said.split() or "scim" in said:
        return "not" not in said.split()
    return False if said in ("no", "false", "off", "manual", "manually", "not managed", *words.NOTHING) else None
