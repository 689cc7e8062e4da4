"""A mapping file: how columns and values of an export become roles and groups. docs/rosters.md describes it.

A file is taken whole or not at all; every problem of it is named at once, an unknown key with the closest known one.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from connector.addresses import shown
from connector.errors import InputError, RosterError
from connector.models import Role
from connector.roster_cells import bare, role_of, split_list, why_unfit
from connector.roster_formats import FIELDS, MEANINGS, Format, Meaning, format_named

ANY = "*"
"""In a table of values: whatever else stands in the column."""

_TABLES = ("format", "columns", "status", "ignore", "roles", "groups", "defaults")
_DEFAULTS = ("role", "groups")
_LARGEST = 1_000_000


def folded(value: str) -> str:
    """A value as it is compared: case and repeated blanks do not matter, every other character does."""
    return " ".join(value.split()).casefold()


@dataclass(frozen=True)
class Rule:
    """What the values of one column give; `values` are keyed as `folded` writes them."""

    column: str
    values: Mapping[str, tuple[str, ...]]

    def given(self, cell: str) -> tuple[list[str], list[str]]:
        """What a cell gives, and which of its values the rule does not name.

        The cell is looked up as a whole; where that is no known value, as a list separated by `;`.
        """
        if folded(cell) in self.values:
            return list(self.values[folded(cell)]), []
        found: dict[str, None] = {}
        unnamed = []
        for item in split_list(cell):
            values = self.values.get(folded(item), self.values.get(ANY))
            if values is None:
                unnamed.append(item)
            else:
                found |= dict.fromkeys(values)
        return list(found), unnamed


@dataclass(frozen=True)
class RosterMapping:
    """A mapping file as read. Columns of the export are named by their header cells.

    `columns` says by our columns which header cell each is; `ignored` by header cell the values (as `folded` writes
    them) whose rows are left alone.
    """

    format: Format | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, Meaning] = field(default_factory=dict)
    ignored: Mapping[str, frozenset[str]] = field(default_factory=dict)
    roles: tuple[Rule, ...] = ()
    groups: tuple[Rule, ...] = ()
    default_role: Role | None = None
    default_groups: tuple[str, ...] = ()
    digest: str | None = None

    @property
    def headers(self) -> list[str]:
        """Every header cell that the file speaks of; each must be in the roster."""
        rules = [rule.column for rule in (*self.roles, *self.groups)]
        return list({bare(header): header for header in (*self.columns.values(), *rules, *self.ignored)}.values())


def read_mapping(path: Path) -> RosterMapping:
    """Read a mapping file (TOML, UTF-8).

    Raises RosterError for a file that cannot be read, and with all `problems` of one that can.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = data.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeError) else getattr(error, "strerror", None)
        raise RosterError(f"{path} cannot be read as a mapping: {reason or error}") from error
    if len(data) > _LARGEST:
        raise RosterError(f"{path} cannot be read as a mapping: it has more than {_LARGEST:,} bytes")
    return parse_mapping(text, str(path), hashlib.sha256(data).hexdigest())


def parse_mapping(text: str, source: str, digest: str | None = None) -> RosterMapping:
    """The same of a text; `source` names it in errors."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RosterError(f"{source} is not TOML: {error}", advice="docs/rosters.md has an example") from None
    reader = _Reader()
    mapping = reader.read(given, digest)
    if reader.problems:
        raise RosterError(f"{source} cannot be used as a mapping", reader.problems, advice="see docs/rosters.md")
    return mapping


class _Reader:
    """Goes through what TOML gave, and gathers what is wrong with it."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def read(self, given: Mapping[str, Any], digest: str | None) -> RosterMapping:
        self._known(given, _TABLES, "")
        columns = self._texts(given, "columns", FIELDS)
        words = self._texts(given, "status", None)
        defaults = self._table(given, "defaults")
        self._known(defaults, _DEFAULTS, "defaults.")
        return RosterMapping(
            format=self._format(given.get("format")),
            columns=self._columns(columns),
            statuses={bare(word): MEANINGS[meaning] for word, meaning in words.items() if self._means(word, meaning)},
            ignored={
                column: frozenset(folded(value) for value in self._listed(values, f"ignore.{column}"))
                for column, values in self._table(given, "ignore").items()
            },
            roles=self._rules(given, "roles", self._role),
            groups=self._rules(given, "groups", self._groups),
            default_role=self._one_role(defaults.get("role"), "defaults.role"),
            default_groups=self._groups(defaults.get("groups", []), "defaults.groups"),
            digest=digest,
        )

    # -- tables --------------------------------------------------------------------------------------------------
    def _known(self, table: Mapping[str, Any], known: Iterable[str], where: str) -> None:
        names = list(known)
        for key in table:
            if key not in names:
                close = get_close_matches(key, names, n=1, cutoff=0)[0]
                self.problems.append(f"there is no key {where}{shown(key, 40)[1:-1]} (did you mean {where}{close}?)")

    def _table(self, given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        table = given.get(name, {})
        if isinstance(table, dict):
            return table
        self.problems.append(f"{name} is {_kind(table)}; expected a table, [{name}]")
        return {}

    def _texts(self, given: Mapping[str, Any], name: str, known: Iterable[str] | None) -> dict[str, str]:
        table = self._table(given, name)
        if known is not None:
            self._known(table, known, f"{name}.")
        texts = {}
        for key, value in table.items():
            if isinstance(value, str) and value.strip():
                texts[key] = value.strip()
            else:
                self.problems.append(f"{name}.{key} is {_kind(value)}; expected a text")
        return texts

    def _columns(self, texts: Mapping[str, str]) -> dict[str, str]:
        columns = {FIELDS[key]: header for key, header in texts.items() if key in FIELDS}
        named: dict[str, str] = {}
        for key, header in texts.items():
            if (first := named.setdefault(bare(header), key)) != key:
                self.problems.append(f"columns.{first} and columns.{key} are the same column, {shown(header, 40)}")
        return columns

    def _rules(self, given: Mapping[str, Any], name: str, read: Any) -> tuple[Rule, ...]:
        rules = []
        for column, values in self._table(given, name).items():
            where = f"{name}.{column}"
            if not isinstance(values, dict):
                self.problems.append(f'{where} is {_kind(values)}; expected a table of values, [{name}."{column}"]')
                continue
            known: dict[str, tuple[str, ...]] = {}
            for value, gives in values.items():
                if folded(value) in known:
                    self.problems.append(f"{where}: {shown(value, 40)} is there twice, in different spellings")
                known[folded(value)] = read(gives, f"{where}.{value}")
            rules.append(Rule(column, known))
        return tuple(rules)

    # -- values --------------------------------------------------------------------------------------------------
    def _format(self, name: object) -> Format | None:
        if name is None:
            return None
        try:
            return format_named(str(name))
        except InputError as error:
            self.problems.append(f"format: {error.message} (known: {error.expected})")
            return None

    def _means(self, word: str, meaning: str) -> bool:
        if meaning not in MEANINGS:
            close = get_close_matches(meaning, MEANINGS, n=1, cutoff=0)[0]
            self.problems.append(f"status.{word}: there is no meaning {shown(meaning, 40)} (did you mean {close!r}?)")
        return meaning in MEANINGS

    def _listed(self, value: object, where: str) -> Sequence[str]:
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(each, str) and each.strip() for each in values):
            return [each.strip() for each in values]
        self.problems.append(f"{where} is {_kind(value)}; expected a text or a list of texts")
        return []

    def _groups(self, value: object, where: str) -> tuple[str, ...]:
        names = self._listed(value, where)
        self.problems += [f"{where}: {reason}" for name in names if (reason := why_unfit(name))]
        return tuple(dict.fromkeys(names))

    def _role(self, value: object, where: str) -> tuple[str, ...]:
        role = self._one_role(value, where)
        return () if role is None else (role.value,)

    def _one_role(self, value: object, where: str) -> Role | None:
        if value is None:
            return None
        role = role_of(value) if isinstance(value, str) else None
        if role is None:
            said = shown(value, 40) if isinstance(value, str) else _kind(value)
            self.problems.append(f"{where}: there is no role {said} (known: {', '.join(Role)})")
        return role


def _kind(value: object) -> str:
    if isinstance(value, str):
        return "a text" if value.strip() else "an empty text"
    names = {bool: "true or false", int: "a number", float: "a number", dict: "a table", list: "a list"}
    return names.get(type(value), f"a {type(value).__name__}")
