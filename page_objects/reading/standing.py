"""A person's role, and how she stands: active, invited, deactivated."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from connector.models import Role, Status
from page_objects import words
from page_objects.reading.texts import plain
from page_objects.words import Vocabulary, Word


def _meaning(texts: Sequence[str], names: Mapping[str, Word], vocabulary: Vocabulary) -> str | None:
    """The one value that these texts name, whole; None for none or for two different ones."""
    found = _meanings(texts, names, vocabulary)
    return found.pop() if len(found) == 1 else None


def _meanings(texts: Sequence[str], names: Mapping[str, Word], vocabulary: Vocabulary) -> set[str]:
    return {
        key
        for key, word in names.items()
        for alias in vocabulary.of(word)
        if any(plain(text).casefold() == alias.casefold() for text in texts)
    }


def _status_meaning(texts: Sequence[str], vocabulary: Vocabulary) -> str | None:
    """The status that these texts name. Who is 'Active' and 'Invitation pending' at once has not accepted yet."""
    found = _meanings(texts, words.STATUS_NAMES, vocabulary)
    if found == {"active", "invited"}:
        return "invited"
    return found.pop() if len(found) == 1 else None


_LABELLED = re.compile(r"(?:(?:account|user) )?status(?: is\b|\s*[:–—-])\s*", re.I)


def _said(value: Mapping[str, Any]) -> list[str]:
    """What a status is said by: its words, and what pictures are called that stand in their place."""
    pictures = [_LABELLED.sub("", plain(picture), count=1) for picture in value.get("pictures", ())]
    return [value["text"], *value["parts"], *pictures]


def role_of(value: Mapping[str, Any] | None, vocabulary: Vocabulary) -> Role | None:
    """The role a cell or value names."""
    if value is None:
        return None
    found = _meaning([value["text"], *value["parts"]], words.ROLE_NAMES, vocabulary)
    return Role(found) if found else None


def status_of(value: Mapping[str, Any] | None, vocabulary: Vocabulary) -> Status | None:
    """The status a cell or value names; 'Inactive' is the guide's word for deactivated."""
    if value is None:
        return None
    found = _status_meaning(_said(value), vocabulary)
    return Status(found) if found else None


@dataclass(frozen=True)
class Standing:
    """What a status column tells. Help center: its values are User, Admin, Deactivated: status and role in one word."""

    status: Status | None = None
    role: Role | None = None
    is_admin: bool | None = None
    may_be_invited: bool = False
    """The word says only that the person is not deactivated: an open invitation looks the same."""


def standing_of(value: Mapping[str, Any] | None, vocabulary: Vocabulary) -> Standing:
    """Status and, where the status says it, role. A badge such as 'Invited' beside the word decides the status."""
    if value is None:
        return Standing()
    texts = _said(value)
    status = _status_meaning(texts, vocabulary)
    said = _meaning(texts, words.STATUS_WITH_ROLE, vocabulary)
    if said is None:
        return Standing(Status(status) if status else None)
    role = None if said == "user" else Role(said)
    found = Status(status) if status else Status.ACTIVE
    return Standing(found, role, is_admin=said == Role.ADMIN, may_be_invited=status is None)
