"""The formats of rosters: our own, and the user exports of Okta, Microsoft Entra ID, Google Workspace and BambooHR.

A format says which header cells mean which of our columns, by which header cells it is known, and what the words of its
status column mean. docs/rosters.md lists them with the public pages they are taken from; what those do not say
(BambooHR's titles can be renamed by its users, for one) has to be said in a mapping file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple

from connector.errors import InputError
from connector.models import Status
from connector.roster_cells import (
    EMAIL,
    FIRST_NAME,
    GROUPS,
    LAST_NAME,
    MANAGERS,
    ROLE,
    STATUS,
    bare,
    column_of,
    status_of,
)


class Meaning(NamedTuple):
    """What a word of a status column means; no status where such a row only names somebody, who is left alone."""

    status: Status | None


ACTIVE, LEAVER, LEFT_ALONE = Meaning(Status.ACTIVE), Meaning(Status.DEACTIVATED), Meaning(None)

MEANINGS = {"active": ACTIVE, "deactivated": LEAVER, "leave alone": LEFT_ALONE}
"""The three meanings by the names that a mapping file gives them."""


@dataclass(frozen=True)
class Format:
    """One way to write a roster.

    `marks` are header cells, letter by letter, that a file of this format has all of; our own has none. `columns` are
    the spellings of our columns; where they are empty the usual spellings hold.
    """

    name: str
    title: str
    marks: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    statuses: Mapping[str, Meaning] = field(default_factory=dict)

    def column_of(self, header: str) -> str | None:
        """Which of our columns a header cell means."""
        return self._column_of.get(bare(header)) if self.columns else column_of(header)

    def spelling(self, column: str) -> str:
        """How this format names one of our columns."""
        return self.columns.get(column, (column,))[0]

    def meaning_of(self, word: str) -> Meaning | None:
        """What a word of the status column means; None for a word that this format does not have."""
        if not self.statuses:
            status = status_of(word)
            return None if status is None else Meaning(status)
        return self._meaning_of.get(bare(word))

    @cached_property
    def _column_of(self) -> dict[str, str]:
        return {bare(name): column for column, names in self.columns.items() for name in names}

    @cached_property
    def _meaning_of(self) -> dict[str, Meaning]:
        return {bare(word): meaning for word, meaning in self.statuses.items()}

    @property
    def words(self) -> str:
        """The words of the status column, for a message."""
        return ", ".join(self.statuses or ("active", "deactivated"))


OWN = Format("workramp", "a roster of this project")

OKTA = Format(
    "okta",
    "a user export of Okta",
    marks=("login", "email", "firstName", "lastName"),
    columns={
        EMAIL: ("email",),
        FIRST_NAME: ("firstName",),
        LAST_NAME: ("lastName",),
        MANAGERS: ("managerEmail", "manager email"),
        GROUPS: ("groups",),
        STATUS: ("status",),
    },
    statuses={
        "STAGED": LEFT_ALONE,
        "PROVISIONED": ACTIVE,
        "Pending user action": ACTIVE,
        "ACTIVE": ACTIVE,
        "RECOVERY": ACTIVE,
        "Password reset": ACTIVE,
        "PASSWORD_EXPIRED": ACTIVE,
        "LOCKED_OUT": ACTIVE,
        "SUSPENDED": LEFT_ALONE,
        "DEPROVISIONED": LEAVER,
        "Deactivated": LEAVER,
    },
)

ENTRA = Format(
    "entra",
    "a user export of Microsoft Entra ID",
    marks=("userPrincipalName", "surname", "givenName"),
    columns={
        EMAIL: ("mail",),
        FIRST_NAME: ("givenName",),
        LAST_NAME: ("surname",),
        STATUS: ("accountEnabled",),
    },
    statuses={"True": ACTIVE, "False": LEAVER},
)

GOOGLE = Format(
    "google",
    "a user export of Google Workspace",
    marks=("First Name [Required]", "Last Name [Required]", "Email Address [Required]"),
    columns={
        EMAIL: ("Email Address [Required]", "Email Address"),
        FIRST_NAME: ("First Name [Required]", "First Name"),
        LAST_NAME: ("Last Name [Required]", "Last Name"),
        MANAGERS: ("Manager Email",),
        STATUS: ("Status [READ ONLY]", "Status"),
    },
    statuses={"Active": ACTIVE, "Suspended": LEAVER, "Archived": LEAVER},
)

BAMBOO = Format(
    "bamboohr",
    "an employee report of BambooHR",
    marks=("Employee #", "Work Email"),
    columns={
        EMAIL: ("Work Email",),
        FIRST_NAME: ("First Name",),
        LAST_NAME: ("Last Name",),
        MANAGERS: ("Supervisor Email", "Manager Email", "Reports To Email"),
        STATUS: ("Status",),
    },
    statuses={"Active": ACTIVE, "Inactive": LEAVER, "Terminated": LEAVER},
)

FORMATS = {each.name: each for each in (OWN, OKTA, ENTRA, GOOGLE, BAMBOO)}
"""Every format by the name that `--format` takes."""

FIELDS = {
    "email": EMAIL,
    "first_name": FIRST_NAME,
    "last_name": LAST_NAME,
    "managers": MANAGERS,
    "groups": GROUPS,
    "role": ROLE,
    "status": STATUS,
}
"""Our columns by the names that a mapping file gives them."""


def format_named(name: str) -> Format:
    """The format of this name. Raises InputError, naming the closest one."""
    wanted = name.strip().casefold()
    if wanted not in FORMATS:
        close = get_close_matches(wanted, FORMATS, n=1, cutoff=0.5)
        guess = f"; did you mean {close[0]!r}?" if close else ""
        raise InputError(f"there is no roster format {name!r}{guess}", expected=" | ".join(FORMATS))
    return FORMATS[wanted]


def formats_of(header: Sequence[str]) -> list[Format]:
    """The formats whose marks are all in a header; empty where it can only be our own."""
    cells = set(header)
    return [each for each in FORMATS.values() if each.marks and cells.issuperset(each.marks)]


def recognised(cells: Sequence[str]) -> int:
    """How many cells of a first row are names of columns, in the format that knows most of them."""
    return max(sum(each.column_of(cell.strip()) is not None for cell in cells) for each in FORMATS.values())
