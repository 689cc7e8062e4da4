"""Which columns a console's import wants, where it offers no template but says so: 'Columns: Email, First Name'."""

from __future__ import annotations

import re
from itertools import pairwise

from connector.roster_cells import POSITIONAL, REQUIRED, column_of

_BETWEEN = re.compile(r"[,;:.()&\n|•]|\s(?:and|or|plus)\s", re.I)
_IGNORED = re.compile(
    r"(?P<column>\w+)(?: columns?)?,? (?:(?:is|are|will be|get|gets) )"
    r"(?:ignored|skipped|left out|not (?:read|used|imported|supported|set))\b",
    re.I,
)
"""'Managers are ignored.'"""
_MOST_WORDS = 3
_MOST_APART = 4
"""How many pieces that name no column may lie between two that do: 'and (both optional)'."""


def columns_named(text: str) -> tuple[str, ...] | None:
    """The columns that a text names, spelled and ordered as it does, followed by those of the documented ones it omits.

    Without those of which it says that they are ignored.

    Args:
        text: everything the import says before a file was given.

    Returns:
        None where it does not name e-mail, first name and last name close to each other.
    """
    pieces = [piece for piece in _BETWEEN.split(text) if piece.strip()]
    pieced = [(place, *found) for place, piece in enumerate(pieces) if (found := _column_at_an_end(piece))]
    run: list[tuple[int, str, str]] = []

    def is_whole(found: tuple[int, str, str]) -> bool:
        return found[0] < len(pieces) and pieces[found[0]].strip() == found[2]

    for now, after in pairwise([*pieced, (len(pieces) + _MOST_APART + 1, "", "")]):
        # What is called so as a whole is meant rather than what only begins or ends so: "← Team members", and "Groups".
        if is_whole(now):
            run = [each for each in run if each[1] != now[1] or is_whole(each)]
        if now[1] not in {column for _, column, _ in run}:
            run.append(now)
        if after[0] - now[0] > _MOST_APART + 1:
            if set(REQUIRED) <= {column for _, column, _ in run}:
                break
            run = []
    if not run:
        return None
    ignored = {column_of(said["column"]) for said in _IGNORED.finditer(text)} - set(REQUIRED)
    spelled = {column: name for _, column, name in run}
    named = {column: spelled.get(column, column) for column in (*spelled, *POSITIONAL[:5])}
    return tuple(name for column, name in named.items() if column not in ignored)


def _column_at_an_end(piece: str) -> tuple[str, str] | None:
    """The column whose name a piece ends with, or begins with, and how it spells it."""
    words = piece.split()
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        for some in (words[-count:], words[:count]):
            name = " ".join(some).strip("\"'“”‘’`*")
            if (column := column_of(name)) in POSITIONAL and column is not None:
                return column, name
    return None
