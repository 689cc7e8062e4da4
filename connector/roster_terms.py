"""How one file is understood: the format that its header shows or that was named, and a mapping file's say over it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from connector.addresses import WHITE_SPACE, shown
from connector.models import Role
from connector.roster_cells import GROUPS, ROLE, bare, role_of
from connector.roster_file import unusable
from connector.roster_formats import OWN, Format, Meaning, formats_of
from connector.roster_mapping import RosterMapping, Rule, folded

_NAMED = 5
"""How many unnamed values of a column a note names at most."""

Cells = Mapping[str, str]
"""The cells of one row by header cell as `bare` writes it: those that a mapping file speaks of."""


@dataclass(frozen=True)
class Terms:
    """A format and a mapping file together."""

    format: Format = OWN
    mapping: RosterMapping = field(default_factory=RosterMapping)
    unnamed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each value of a column was met that the mapping file does not name."""

    def column_of(self, header: str) -> str | None:
        """Which of our columns a header cell means: what the mapping file says comes before the format."""
        wanted = bare(header)
        for mapped_column, named in self.mapping.columns.items():
            if bare(named) == wanted:
                return mapped_column
        column = self.format.column_of(header)
        return None if column in self.mapping.columns else column

    def spelling(self, column: str) -> str:
        """How the file should name one of our columns."""
        return self.mapping.columns.get(column) or self.format.spelling(column)

    def meaning_of(self, word: str) -> Meaning | None:
        """What a word of the status column means."""
        return self.mapping.statuses.get(bare(word)) or self.format.meaning_of(word)

    @property
    def given(self) -> tuple[str, ...]:
        """The columns that the mapping file gives a value to although the file may not have them."""
        roles = bool(self.mapping.roles) or self.mapping.default_role is not None
        groups = bool(self.mapping.groups) or bool(self.mapping.default_groups)
        return tuple(column for column, is_given in ((ROLE, roles), (GROUPS, groups)) if is_given)

    @property
    def needs_header(self) -> bool:
        """Whether a file without a header cannot be understood by these."""
        return self.format is not OWN or bool(self.mapping.headers)

    def why_ignored(self, cells: Cells) -> str | None:
        """Why a row is left alone whatever else it says; None for every other row."""
        for column, values in self.mapping.ignored.items():
            cell = cells.get(bare(column), "")
            if folded(cell) in values:
                return f"{column} is {shown(cell, 40)}, which the mapping file ignores"
        return None

    def role(self, cell: str, header: str, cells: Cells) -> tuple[Role | None, str | None]:
        """The role of a row, or what is wrong with it.

        Args:
            cell: what stands in the column Role, and `header` how the file names that column.
            cells: the cells that the mapping file speaks of.
        """
        said: dict[Role, str] = {}
        if cell and not _is_ruled(self.mapping.roles, header):
            role = role_of(cell)
            if role is None:
                return None, f"there is no role {shown(cell)} (known: learner, manager, admin, content creator)"
            said[role] = f"{header} {shown(cell, 40)}"
        for rule in self.mapping.roles:
            for value in self._given(rule, cells):
                said.setdefault(Role(value), f"{rule.column} {shown(cells.get(bare(rule.column), ''), 40)}")
        if len(said) > 1:
            reasons = " and ".join(f"{role.value} by {why}" for role, why in said.items())
            return None, f"it says more than one role: {reasons}"
        return next(iter(said), self.mapping.default_role), None

    def groups(self, own: Sequence[str], header: str, cells: Cells) -> tuple[str, ...]:
        """The groups of a row: those of its own column, those that its values give, else those for everybody else."""
        found = {} if _is_ruled(self.mapping.groups, header) else dict.fromkeys(own)
        for rule in self.mapping.groups:
            found |= dict.fromkeys(self._given(rule, cells))
        return tuple(found) or self.mapping.default_groups

    def reads_groups(self, header: str) -> bool:
        """Whether the column of groups has names of groups in it, and not values that a rule translates."""
        return not _is_ruled(self.mapping.groups, header)

    def _given(self, rule: Rule, cells: Cells) -> list[str]:
        found, unnamed = rule.given(cells.get(bare(rule.column), ""))
        self.unnamed.update((rule.column, value) for value in unnamed)
        return found

    def notes(self) -> list[str]:
        """What values the mapping file does not name, one note for each column."""
        by_column: dict[str, list[str]] = {}
        for (column, value), count in self.unnamed.items():
            rows = "1 row" if count == 1 else f"{count} rows"
            by_column.setdefault(column, []).append(f"{shown(value, 40)} ({rows})")
        return [
            f"values of {column} that the mapping file does not name: {', '.join(values[:_NAMED])}"
            + (f" and {len(values) - _NAMED} more" if len(values) > _NAMED else "")
            for column, values in by_column.items()
        ]


def _is_ruled(rules: Sequence[Rule], header: str) -> bool:
    return any(bare(rule.column) == bare(header) for rule in rules)


def terms_for(
    path: Path, header: Sequence[str], line: int, form: Format | None, mapping: RosterMapping | None
) -> tuple[Terms, str | None]:
    """How a file with this first row is to be understood, and a note that says so where it is not our own format.

    `form` is what the operator named; it must not contradict the mapping file.

    Raises RosterError where two formats fit, and where the mapping file speaks of columns that are not there.
    """
    mapping = mapping or RosterMapping()
    if form and mapping.format and form is not mapping.format:
        raise unusable(path, f"--format says {form.name}, and the mapping file {mapping.format.name}")
    form = form or mapping.format
    told = form is not None
    if form is None:
        fitting = formats_of(header)
        if len(fitting) > 1:
            names = " and ".join(each.title for each in fitting)
            flags = " or ".join(f"--format {each.name}" for each in (*fitting, OWN))
            raise unusable(path, f"line {line}: it could be {names}", advice=f"say which it is: {flags}")
        form = fitting[0] if fitting else OWN
    cells = {bare(cell): cell for cell in header}
    problems = []
    for named in mapping.headers:
        if bare(named) not in cells:
            close = get_close_matches(bare(named), list(cells), n=1, cutoff=0.6)
            guess = f" (did you mean {shown(cells[close[0]], 40)}?)" if close else ""
            problems.append(
                f"line {line}: there is no column {shown(named, 40)}, of which the mapping file speaks{guess}"
            )
    if problems:
        raise unusable(path, *problems)
    note = None if form is OWN else f"read as {form.title}" + (", as was said" if told else ", by its columns")
    return Terms(form, mapping), note


def mapped(header: Sequence[str], row: Sequence[str], mapping: RosterMapping) -> dict[str, str]:
    """The cells of a row that the mapping file's rules speak of, by header cell as `bare` writes it."""
    wanted = {bare(rule.column) for rule in (*mapping.roles, *mapping.groups)} | set(map(bare, mapping.ignored))
    return {
        bare(name): (row[place].strip(WHITE_SPACE) if place < len(row) else "")
        for place, name in enumerate(header)
        if bare(name) in wanted
    }
