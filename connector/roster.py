"""Rosters: people from and to CSV files. Every row is judged by itself, every bad one named by line and column.

docs/rosters.md is the description for users. Reading never changes what a cell says (but for white space around it and
an apostrophe that an export put before a formula); what is ambiguous is refused, not guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from connector.addresses import shown
from connector.errors import RosterError
from connector.models import Invite, Model, Person, Role, Status
from connector.roster_cells import (
    COLUMNS,
    EMAIL,
    FIRST_NAME,
    GROUPS,
    LAST_NAME,
    MANAGERS,
    POSITIONAL,
    REQUIRED,
    ROLE,
    cleaned,
    column_of,
    join_list,
    neutralise,
)
from connector.roster_file import write_file
from connector.roster_formats import OWN, Format
from connector.roster_mapping import RosterMapping
from connector.roster_rows import Draft, Sheet, read_sheet

ROLE_WORDS = {
    Role.LEARNER: "Learner",
    Role.MANAGER: "Manager",
    Role.ADMIN: "Admin",
    Role.CONTENT_CREATOR: "Content Creator",
}
"""The roles as the guide names them; it calls the last one Content Creator / Author."""


class RosterRow(Model):
    """One good row. `line` counts from 1; role and status are None, and names empty, where the file does not say."""

    line: int
    email: str
    first_name: str
    last_name: str
    managers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    role: Role | None = None
    status: Status | None = None

    def unnamed(self) -> BadRow | None:
        """Why nobody can be invited by this row, as a name is missing; None where it has both.

        People who are here may have one name, or be shown without any, and an export of them is read back.
        """
        names = {FIRST_NAME: self.first_name, LAST_NAME: self.last_name}
        missing = [column for column, name in names.items() if not name]
        if not missing:
            return None
        empty, others = "it is empty", (f"{column}: it is empty" for column in missing[1:])
        return BadRow(line=self.line, column=missing[0], reason="; ".join([empty, *others]), email=self.email)


class AddressRow(Model):
    """One good row of a file of which only the addresses are read. `line` counts from 1."""

    line: int
    email: str


class BadRow(Model):
    """One row that cannot be used: where, why (all reasons), and what its e-mail cell says.

    `column` is the column of the first reason; None where the row as a whole is wrong.
    """

    line: int
    column: str | None
    reason: str
    email: str

    def __str__(self) -> str:
        place = f"line {self.line}" if self.column is None else f"line {self.line}, {self.column}"
        return f"{place}: {self.reason}"


class SetAside(Model):
    """One row that only names somebody, who is left alone: by its status, or because a mapping file ignores it."""

    line: int
    email: str
    reason: str


class Roster(Model):
    """A roster file as read. `columns` are those that it says something about, `notes` what was assumed in reading it.

    `digest` is the SHA-256 of its bytes and `mapping` that of the mapping file, both in hexadecimal digits.
    """

    path: Path
    rows: tuple[RosterRow, ...]
    bad_rows: tuple[BadRow, ...]
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    set_aside: tuple[SetAside, ...] = ()
    format: str = OWN.name
    digest: str = ""
    mapping: str | None = None


class AddressFile(Model):
    """A file of e-mail addresses as read."""

    path: Path
    rows: tuple[AddressRow, ...]
    bad_rows: tuple[BadRow, ...]
    notes: tuple[str, ...]


def read_roster(
    path: Path,
    *,
    allow_look_alikes: bool = False,
    form: Format | None = None,
    mapping: RosterMapping | None = None,
) -> Roster:
    """Read a roster: `Email, First name, Last name, Managers, Groups, Role, Status`, in any order and usual spelling.

    The user exports of other systems are known by their header, which `notes` say; where two fit, `form` decides.
    `mapping` is a mapping file's say over columns, statuses, roles and groups (docs/rosters.md).

    Without a header the cells are taken in the documented order (the first five or six), if the first one is an e-mail
    address. UTF-8, UTF-16 with a byte order mark and Windows-1252; comma, semicolon or tab: `notes` say what was found.
    Bad rows are returned, not raised: a caller that was not told to skip them must stop. `allow_look_alikes` accepts
    addresses that can be taken for one another within the file.

    Raises RosterError where the file as a whole cannot be used; its `problems` are all that was found.
    """
    sheet = read_sheet(
        path, COLUMNS, REQUIRED, POSITIONAL, allow_look_alikes=allow_look_alikes, form=form, mapping=mapping
    )
    good = [draft for draft in sheet.drafts if not draft.problems]
    return Roster(
        path=path,
        rows=tuple(_row(draft) for draft in good if not draft.aside),
        bad_rows=_bad_rows(sheet),
        notes=sheet.notes,
        columns=sheet.columns,
        set_aside=tuple(
            SetAside(line=draft.line, email=draft.email, reason=draft.aside) for draft in good if draft.aside
        ),
        format=sheet.format,
        digest=sheet.digest,
        mapping=mapping.digest if mapping is not None else None,
    )


def read_addresses(path: Path, *, allow_look_alikes: bool = False) -> AddressFile:
    """Read the addresses of a file in which only the column `Email` is required; every other column is ignored.

    Without a header the first cell of each row is the address. The same checks of the file and of the addresses as in
    `read_roster`, and the same errors.
    """
    sheet = read_sheet(path, (EMAIL,), (EMAIL,), (EMAIL,), allow_look_alikes=allow_look_alikes)
    return AddressFile(
        path=path,
        rows=tuple(AddressRow(line=draft.line, email=draft.email) for draft in sheet.drafts if not draft.problems),
        bad_rows=_bad_rows(sheet),
        notes=sheet.notes,
    )


def roster_text(people: Iterable[Person]) -> str:
    """Return people as the text of a roster that `read_roster` reads back as the same people.

    Cells that a spreadsheet would take for a formula get an apostrophe, unfit characters become spaces, and what the
    console did not show stays empty. Invited people are written as `active`: that is what they are meant to become.
    """
    rows = (
        (
            neutralise(cleaned(person.email)),
            neutralise(cleaned(person.first_name or "")),
            neutralise(cleaned(person.last_name or "")),
            join_list(cleaned(manager) for manager in person.managers or ()),
            join_list(cleaned(group) for group in person.groups or ()),
            person.role or "",
            (Status.ACTIVE if person.status is Status.INVITED else person.status) or "",
        )
        for person in people
    )
    return _csv(chain([COLUMNS], rows), "\n")


def write_roster(path: Path, people: Iterable[Person]) -> None:
    """Write people as a roster: UTF-8 without a byte order mark, comma-separated, mode 0600, whole or not at all.

    Raises RosterError where the file cannot be written; an existing one is then untouched.
    """
    write_file(path, roster_text(people))


def import_csv(
    rows: Iterable[Invite], role_words: Mapping[Role, str] = ROLE_WORDS, header: Sequence[str] = POSITIONAL
) -> bytes:
    """Return the file for the console's CSV import: UTF-8, a header, and its columns in the order of that header.

    Values are sent as they are. `role_words` are the names of the roles on the console, `header` the cells of the
    console's own template; columns in it that are none of ours stay empty.

    Raises RosterError where a manager or group contains `;`, which the import takes for a separator.
    """
    people = list(rows)
    problems = [
        f"{person.email}: {shown(item)} contains ';', which separates managers and groups in the console's import"
        for person in people
        for item in (*person.managers, *person.groups)
        if ";" in item
    ]
    if problems:
        raise RosterError("these people cannot be imported by CSV", problems, advice="invite them one by one")
    columns = [column_of(cell) for cell in header]
    cells = ([_import_cell(person, column, role_words) for column in columns] for person in people)
    return _csv(chain([header], cells), "\r\n").encode()


def _import_cell(person: Invite, column: str | None, role_words: Mapping[Role, str]) -> str:
    values = {
        EMAIL: person.email,
        FIRST_NAME: person.first_name,
        LAST_NAME: person.last_name,
        MANAGERS: ";".join(person.managers),
        GROUPS: ";".join(person.groups),
        ROLE: role_words[person.role],
    }
    return values.get(column or "", "")


def _row(draft: Draft) -> RosterRow:
    return RosterRow(
        line=draft.line,
        email=draft.email,
        first_name=draft.first_name,
        last_name=draft.last_name,
        managers=draft.managers,
        groups=draft.groups,
        role=draft.role,
        status=draft.status,
    )


def _bad_rows(sheet: Sheet) -> tuple[BadRow, ...]:
    bad = []
    for draft in sheet.drafts:
        if draft.problems:
            column, reason = draft.problems[0]
            others = (f"{place}: {also}" if place else also for place, also in draft.problems[1:])
            reason = "; ".join([reason, *others])
            bad.append(BadRow(line=draft.line, column=column, reason=reason, email=draft.email_cell))
    return tuple(bad)


def _csv(rows: Iterable[Sequence[str]], line_end: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=line_end).writerows(rows)
    return text.getvalue()
