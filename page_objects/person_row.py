"""From a row of the list of people to a person: names, role, how she stands, groups, managers, last login, SCIM."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from connector.models import Person, Status
from page_objects import reading, words
from page_objects.lane import Lane
from page_objects.reading import Standing
from page_objects.rows import Row
from page_objects.words import Vocabulary, Word


def person_of(row: Row, email: str, lane: Lane) -> Person:
    """What the row of this address tells of her."""
    vocabulary = lane.vocabulary
    cells = row.cells
    first, last = reading.names_of(
        _part_of_name(cells.get("first_name")),
        _part_of_name(cells.get("last_name")),
        _name_text(cells.get("name"), email),
    )
    moment, never = reading.moment_of(cells.get("last_login"))
    standing = reading.standing_of(cells.get("status"), vocabulary)
    if "status" not in cells:
        standing = _standing_beside(row, vocabulary)
    status = standing.status
    return Person(
        email=email,
        shown_name=_name_text(cells.get("name"), email),
        name_drawn=True,
        first_name=first,
        last_name=last,
        role=reading.role_of(cells.get("role"), vocabulary)
        or standing.role
        or reading.role_of(None if "role" in cells else cells.get("status"), vocabulary),
        is_admin=standing.is_admin,
        may_be_invited=standing.may_be_invited,
        status=status,
        status_unread=status is None and bool(cells.get("status", {}).get("text")),
        groups=reading.groups_of(cells.get("groups"), lane.known_groups),
        groups_text=reading.groups_text_of(cells.get("groups")),
        managers=reading.addresses_of(cells.get("managers")),
        last_login=moment,
        last_login_between=reading.span_of(cells.get("last_login"), datetime.now(UTC)) if moment is None else None,
        scim_managed=_scim_of(row),
        never_signed_in=True if status is Status.INVITED and moment is None else never,
    )


def _standing_beside(row: Row, vocabulary: Vocabulary) -> Standing:
    """What a row without a status tells by what it offers, by a mark beside the name, and by the tab that shows it.

    Nothing where they contradict each other; but who is shown as active and marked as invited was invited.
    """
    told = {row.tab} if row.tab is not None else set()
    if _offers(row, words.REACTIVATE, vocabulary):
        told.add(Status.DEACTIVATED)
    elif any(map(_PENDING.fullmatch, row.cells.get("name", {}).get("parts", ()))):
        told.add(Status.INVITED)
    if told == {Status.ACTIVE, Status.INVITED}:
        return Standing(Status.INVITED)
    return Standing(told.pop()) if len(told) == 1 else Standing()


def _offers(row: Row, word: Word, vocabulary: Vocabulary) -> bool:
    """Whether the row itself says the word, outside the cells that hold somebody's data."""
    said = [piece.casefold() for piece in row.pieces]
    for cell in row.cells.values():
        for part in cell["parts"]:
            if part.casefold() in said:
                said.remove(part.casefold())
    return any(alias.casefold() in said for alias in vocabulary.of(word))


def marks_scim(row: Row) -> bool:
    """Whether a row marks its person as managed by SCIM, in a piece of its own: a 'SCIM engineer' is no such mark."""
    own = any(_MARK.fullmatch(said) or _FROM_ELSEWHERE.search(said) for said in (*row.pieces, *row.marks))
    return own and _scim_of(row) is True


_MARK = re.compile(
    r"\W*(?:(?:managed|provisioned|synced|controlled) (?:by|from|via) )?scim(?:[- ](?:managed|provisioned|user))?\W*",
    re.I,
)


def _scim_of(row: Row) -> bool | None:
    """A mark anywhere in the row but in what names the person or her groups: somebody may be called so."""
    named = [
        part
        for key in ("first_name", "last_name", "email", "groups", "managers")
        for part in row.cells.get(key, {}).get("parts", ())
    ]
    name = row.cells.get("name")
    whole = _name_text(name, row.email or "") if name else None
    rest = row.text
    for said in [*named, whole or ""]:
        rest = rest.replace(said, " ", 1) if said else rest
    own = {token for said in [*named, whole or ""] for token in said.split()}
    marks = tuple(" ".join(token for token in mark.split() if token not in own) for mark in row.marks)
    return scim_mark(rest, marks)


_FROM_ELSEWHERE = re.compile(
    r"(?<!not )(?<!never )(?<!n.t )(?<!password )(?<!users )(?<!people )"
    r"\b(?:managed|provisioned|synced|synchroni[sz]ed|controlled) (?:by|from) (?:your |the |an |its )?"
    r"(?:identity provider|idp|okta|azure(?: ad)?|(?:microsoft )?entra(?: id)?|onelogin|google workspace)\b",
    re.I,
)
"""Usual: SCIM by another name, as no other door takes people in from there."""


def scim_mark(text: str, marks: tuple[str, ...] = ()) -> bool | None:
    """True where a screen marks a person as managed by SCIM; None where it says nothing."""
    marks = tuple(mark for mark in marks if not re.search(r"\bnot\b", mark, re.I))
    if any(_FROM_ELSEWHERE.search(said) for said in (text, *marks)):
        return True
    return True if _words_of(text, marks) else None


def _words_of(text: str, marks: tuple[str, ...]) -> list[str]:
    # An address or a name that contains the letters is no mark: only the word on its own counts.
    return [
        word
        for line in (text, *marks)
        for token in line.split()
        if "@" not in token
        for word in token.split("-")
        if word.strip("().,:").casefold() == "scim"
    ]


def _text(cell: dict[str, Any] | None) -> str | None:
    return reading.plain(cell["text"]) if cell else None


def _part_of_name(cell: dict[str, Any] | None) -> str | None:
    """A first or last name; '' where the cell says that there is none."""
    text = _text(cell)
    return "" if text and reading.says_no_name(text) else text


_PENDING = re.compile(r"\(?(?:pending|invited|invitation (?:pending|sent))\)?", re.I)
"""What it says beside a name, or in its place, of whoever has not come yet."""


def _name_text(cell: dict[str, Any] | None, email: str) -> str | None:
    """The name in a cell that may also hold the address, a badge and initials in a circle."""
    if not cell:
        return None
    parts = [part for part in cell["parts"] if "@" not in part and len(part) > 2]
    badges = {
        "scim",
        "managed by scim",
        "scim managed",
        "scim-managed",
        "you",
        "(you)",
        "invited",
        "deactivated",
        "admin",
    }
    parts = [part for part in parts if part.casefold() not in badges]
    if not parts or reading.says_no_name(parts[0]) or _PENDING.fullmatch(parts[0]):
        return None
    # One word with a comma behind it, as a last name in bold print, is not all of the name.
    if len(parts) > 1 and re.fullmatch(r"[^\s,]+,?", parts[0]):
        whole = f"{parts[0].rstrip(',')}, {parts[1].lstrip(', ')}"
        if f" {whole} " in f" {reading.plain(cell['text'])} ":
            return whole
    return str(parts[0])
