"""The rows of a roster file under judgement: which cell is which column, and what is wrong with each row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from connector.addresses import WHITE_SPACE, address_key, look_alike_key, shown, why_malformed
from connector.models import Role, Status
from connector.roster_cells import (
    EMAIL,
    FIRST_NAME,
    GROUPS,
    LAST_NAME,
    MANAGERS,
    ROLE,
    STATUS,
    restore,
    split_list,
    why_unfit,
)
from connector.roster_file import Record, Table, read_table, unusable
from connector.roster_formats import OWN, Format, recognised
from connector.roster_mapping import RosterMapping
from connector.roster_terms import Terms, mapped, terms_for

_NAMED = 5
"""How many other rows a reason names at most."""


@dataclass
class Draft:
    """One row: what it says as far as it can be read, and each problem with its column (None: the row as a whole)."""

    line: int
    email_cell: str = ""
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    managers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    role: Role | None = None
    status: Status | None = None
    aside: str | None = None
    """Why the row only names somebody, who is left alone."""
    problems: list[tuple[str | None, str]] = field(default_factory=list)

    def says_the_same_as(self, other: Draft) -> bool:
        """Whether two rows with one address differ in nothing: then one person was merely listed twice."""
        return self._said() == other._said()

    def _said(self) -> tuple[object, ...]:
        lists = frozenset(self.managers), frozenset(self.groups)
        return (self.first_name, self.last_name, *lists, self.role, self.status, self.aside is None)


class Sheet(NamedTuple):
    """A whole file: its rows, what was assumed in reading it, and which columns of it are used.

    `digest` is the SHA-256 of its bytes, in hexadecimal digits.
    """

    drafts: list[Draft]
    notes: tuple[str, ...]
    columns: tuple[str, ...]
    format: str
    digest: str


class _Layout(NamedTuple):
    """The place of each used column in a row; how many cells a row may have (None: any); the rows below the header."""

    places: dict[str, int]
    width: int | None
    body: list[Record]
    note: str | None
    terms: Terms
    header: tuple[str, ...] = ()


def read_sheet(
    path: Path,
    used: Sequence[str],
    required: Sequence[str],
    positional: Sequence[str],
    *,
    allow_look_alikes: bool,
    form: Format | None = None,
    mapping: RosterMapping | None = None,
) -> Sheet:
    """Read a file and judge its rows.

    `used` are the columns that are read at all, `required` those without which the file is refused, `positional` the
    meaning of the cells from the left where there is no header. `form` is the format where it was said, and `mapping`
    a mapping file's say.

    Raises RosterError where the file as a whole cannot be used.
    """
    table = read_table(path, lambda cells: _recognised(cells, mapping))
    layout = _layout(path, table, used, required, positional, form, mapping)
    drafts = [_judged(record, layout) for record in layout.body]
    _find_duplicates(drafts)
    if not allow_look_alikes:
        _find_look_alikes(drafts)
    notes = [*table.notes, *filter(None, [layout.note]), *layout.terms.notes()]
    if aside := [draft for draft in drafts if draft.aside and not draft.problems]:
        more = f" and {len(aside) - _NAMED} more" if len(aside) > _NAMED else ""
        named = ", ".join(f"line {draft.line} ({draft.aside})" for draft in aside[:_NAMED])
        notes.append(f"left alone: {named}{more}")
    columns = tuple(column for column in used if column in layout.places or column in layout.terms.given)
    return Sheet(drafts, tuple(notes), columns, layout.terms.format.name, table.digest)


def _recognised(cells: Sequence[str], mapping: RosterMapping | None) -> int:
    """How many cells of a first row make sense: the names of columns, or an address at its beginning."""
    named = [] if mapping is None else [header.casefold() for header in mapping.headers]
    by_mapping = sum(cell.strip().casefold() in named for cell in cells)
    return max(recognised(cells), by_mapping) or int(_is_person(cells))


def _is_person(cells: Sequence[str]) -> bool:
    return bool(cells) and why_malformed(restore(cells[0].strip(WHITE_SPACE))) is None


def _layout(
    path: Path,
    table: Table,
    used: Sequence[str],
    required: Sequence[str],
    positional: Sequence[str],
    form: Format | None,
    mapping: RosterMapping | None,
) -> _Layout:
    first = table.records[0]
    if _is_person(first.cells):
        terms = Terms((mapping and mapping.format) or form or OWN, mapping or RosterMapping())
        if terms.needs_header:
            raise unusable(path, f"line {first.line}: there is no header, and without one only {OWN.title} is read")
        return _layout_without_header(path, table, required, positional, terms)
    headers = tuple(cell.strip(WHITE_SPACE) for cell in first.cells)
    terms, said = terms_for(path, headers, first.line, form, mapping)
    found: dict[str, list[int]] = defaultdict(list)
    for place, header in enumerate(headers):
        if (column := terms.column_of(header)) in used:
            found[str(column)].append(place)
    named = ", ".join(shown(header, 40) for header in headers[:20]) or "nothing"
    problems = [
        f"line {first.line}: there is no column {terms.spelling(column)} (found: {named})"
        for column in required
        if column not in found
    ]
    for column, places in found.items():
        if len(places) > 1:
            twice = " and ".join(shown(headers[place], 40) for place in places)
            problems.append(f"line {first.line}: {len(places)} columns are {column}: {twice}")
    if not found and "@" in "".join(headers):
        problems.append(f"line {first.line}: it seems to be a person, but its first cell is not an e-mail address")
    if len(table.records) == 1:
        problems.append("there are no people in it, only a header")
    if problems:
        raise unusable(path, *problems)
    spoken_of = mapped(headers, headers, terms.mapping).values()
    taken = {places[0] for places in found.values()} | {headers.index(header) for header in spoken_of}
    ignored = [shown(header, 40) for place, header in enumerate(headers) if place not in taken and header]
    notes = [said, f"ignored columns: {', '.join(ignored)}" if ignored else None]
    return _Layout(
        places={column: places[0] for column, places in found.items()},
        width=len(headers),
        body=table.records[1:],
        note="; ".join(filter(None, notes)) or None,
        terms=terms,
        header=headers,
    )


def _layout_without_header(
    path: Path, table: Table, required: Sequence[str], positional: Sequence[str], terms: Terms
) -> _Layout:
    first = table.records[0]
    missing = [column for place, column in enumerate(positional) if column in required and place >= len(first.cells)]
    if missing:
        raise unusable(
            path,
            f"line {first.line}: there is no header, and {len(first.cells)} cells are too few: "
            f"{', '.join(missing)} missing",
        )
    widest = max(len(record.cells) for record in table.records)
    columns = positional[:widest]
    note = f"no header: columns taken as {', '.join(columns)}"
    if len(positional) == 1:
        note += "; the others are ignored" if widest > 1 else ""
        return _Layout({columns[0]: 0}, None, table.records, note, terms)
    places = {column: place for place, column in enumerate(columns)}
    return _Layout(places, len(positional), table.records, note, terms)


def _judged(record: Record, layout: _Layout) -> Draft:
    cells = {
        column: record.cells[place].strip(WHITE_SPACE) if place < len(record.cells) else ""
        for column, place in layout.places.items()
    }
    draft = Draft(record.line, email_cell=cells[EMAIL])
    if reason := _why_misread(record, layout, cells):
        draft.problems.append((None, reason))
        return draft  # what its cells seem to say may belong to other columns or rows
    terms = layout.terms
    spoken_of = mapped(layout.header, record.cells, terms.mapping)
    unknown_status = _stand(draft, cells.get(STATUS, ""), terms, spoken_of)
    if draft.aside:
        if why_malformed(restore(cells[EMAIL])) is None:
            draft.email = restore(cells[EMAIL])
        return draft
    draft.email = _address(draft, EMAIL, cells[EMAIL])
    draft.first_name = _name(draft, FIRST_NAME, cells)
    draft.last_name = _name(draft, LAST_NAME, cells)
    managers: dict[str, str] = {}
    for item in split_list(cells.get(MANAGERS, "")):
        if manager := _address(draft, MANAGERS, item):
            managers.setdefault(address_key(manager), manager)
    draft.managers = tuple(managers.values())
    _give_groups_and_role(draft, cells, layout, spoken_of)
    if unknown_status:
        draft.problems.append((STATUS, unknown_status))
    return draft


def _stand(draft: Draft, word: str, terms: Terms, spoken_of: Mapping[str, str]) -> str | None:
    """Sets what the row says of the person's status, or why she is left alone; returns what is wrong with the word."""
    draft.aside = terms.why_ignored(spoken_of)
    if draft.aside or not word:
        return None
    meaning = terms.meaning_of(word)
    if meaning is None:
        return f"there is no status {shown(word)} (known: {terms.format.words})"
    if meaning.status is None:
        draft.aside = f"the status is {shown(word, 40)}"
    draft.status = meaning.status
    return None


def _give_groups_and_role(draft: Draft, cells: dict[str, str], layout: _Layout, spoken_of: Mapping[str, str]) -> None:
    terms = layout.terms
    headers = {column: layout.header[place] for column, place in layout.places.items() if place < len(layout.header)}
    own: tuple[str, ...] = ()
    if terms.reads_groups(headers.get(GROUPS, GROUPS)):
        own = tuple(dict.fromkeys(_group(draft, item) for item in split_list(cells.get(GROUPS, ""))))
    draft.groups = terms.groups(own, headers.get(GROUPS, GROUPS), spoken_of)
    draft.role, problem = terms.role(cells.get(ROLE, ""), headers.get(ROLE, ROLE), spoken_of)
    if problem:
        draft.problems.append((ROLE, problem))


def _why_misread(record: Record, layout: _Layout, cells: dict[str, str]) -> str | None:
    """Say why the cells of a row are probably not what they were meant to be."""
    if layout.width is not None and any(cell.strip(WHITE_SPACE) for cell in record.cells[layout.width :]):
        return f"{len(record.cells)} cells for {layout.width} columns: a cell with the delimiter in it needs quotes"
    if record.last_line != record.line:
        # A quotation mark that is missing makes one cell of several rows. Notes in an ignored column may have several
        # lines, but no row is without an address.
        used = set(layout.places.values())
        for place, cell in enumerate(record.cells):
            first, *rest = cell.strip(WHITE_SPACE).splitlines() or [""]
            if rest and (place in used or "@" in "".join(rest)):
                return f"the cell {shown(first, 40)} goes on to line {record.last_line}: is a quotation mark missing?"
    return None


def _address(draft: Draft, column: str, text: str) -> str:
    """The address in a cell or item, or nothing and a problem."""
    address = restore(text)
    if reason := why_malformed(address):
        draft.problems.append((column, f"{shown(text)} is not an e-mail address: {reason}" if text else "it is empty"))
        return ""
    return address


def _name(draft: Draft, column: str, cells: dict[str, str]) -> str:
    """The name, which may be empty: only who is not here yet needs one (`RosterRow.unnamed`)."""
    text = cells.get(column, "")
    if text and (reason := why_unfit(text)):
        draft.problems.append((column, reason))
    return restore(text)


def _group(draft: Draft, text: str) -> str:
    reason = why_unfit(text)
    if reason is None and "@" in text and why_malformed(text) is None:
        # A list of managers without quotes in a semicolon-separated file shifts an address in here, and saving a
        # person into a group that does not exist would create it.
        reason = f"{shown(text)} is an e-mail address, not a group"
    if reason:
        draft.problems.append((GROUPS, reason))
    return restore(text)


def _find_duplicates(drafts: Sequence[Draft]) -> None:
    """Of rows that say the same about one address the first one stays; where they differ none can be believed."""
    by_address: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.email:
            by_address[address_key(draft.email)].append(draft)
    for same in by_address.values():
        alike = all(draft.says_the_same_as(same[0]) for draft in same)
        for draft in same[1:] if alike else same:
            lines = _lines([other for other in same[: _NAMED + 1] if other is not draft])
            what = "the same person is already" if alike else "the same address with other details is"
            draft.problems.append((EMAIL, f"{what} in {lines}"))


def _find_look_alikes(drafts: Sequence[Draft]) -> None:
    by_skeleton: dict[str, dict[str, Draft]] = defaultdict(dict)
    for draft in drafts:
        if draft.email:
            by_skeleton[look_alike_key(draft.email)].setdefault(address_key(draft.email), draft)
    for draft in drafts:
        others = by_skeleton[look_alike_key(draft.email)] if draft.email else {}
        if len(others) > 1:
            other = next(other for key, other in others.items() if key != address_key(draft.email))
            reason = f"{draft.email!a} can be taken for {other.email!a} in line {other.line}"
            draft.problems.append((EMAIL, reason))


def _lines(drafts: Sequence[Draft]) -> str:
    numbers = ", ".join(str(draft.line) for draft in drafts[:_NAMED])
    return f"line {numbers}" if len(drafts) == 1 else f"lines {numbers}{', …' if len(drafts) > _NAMED else ''}"
