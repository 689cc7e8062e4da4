"""The step of an import that asks what each column of the file is: looked at, and answered for every column sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from connector.errors import OperationFailed
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Screen
from page_objects.controls.choices import Choice
from page_objects.words import Word


@dataclass(frozen=True)
class FileColumn:
    """One column of a file: its title, the field that it holds (a key of FIELDS), and whether any cell needs it."""

    title: str
    field: str
    needed: bool = True


FIELDS = {
    "email": words.FIELD_EMAIL,
    "first_name": words.FIELD_FIRST_NAME,
    "last_name": words.FIELD_LAST_NAME,
    "managers": words.FIELD_MANAGERS,
    "groups": words.FIELD_GROUPS,
    "role": words.FIELD_ROLE,
}


_NOTHING = re.compile(
    r"\b(?:not|don.?t|never|no|none|skip(?:ped)?|ignored?|unmatched|unmapped|unassigned|leave|select|choose|pick|please)\b"
    r"|^[\W_]*$",
    re.I,
)
"""Usual: what a column is matched with where it is matched with nothing: 'Do not import', '-- Select a field --'."""


class ColumnChoice(Choice):
    """What one column of the file is: a list of the console's fields; or which column a field is, of the file's."""

    kind = "column-choice"

    async def may_be_a_column(self) -> bool:
        """Whether it may offer what the column is called: 'Email: send at once' chooses something else."""
        if await self.shape() != "select":
            return True
        offered = {label.strip(" *").casefold() for label in await self.told("labelsOffered")}
        return not offered.isdisjoint(name.casefold() for name in self.lane.vocabulary.of(self.word))


async def match_columns(screen: Screen, columns: Sequence[FileColumn]) -> list[str]:
    """Chooses for each column what it is, where this step asks for it and the console has not found it out by itself.

    Gives the titles of needed columns that the step offers nothing for; empty where it asks for no columns at all.
    Raises as `Choice.choose`.
    """
    choices = {column: ColumnChoice(screen, _called(column), f"column {column.title}") for column in columns}
    asked = [screen.lane.query(choice.kind, choice.word) for choice in choices.values()]
    assert screen.scope is not None
    counts: list[int] = await engine.evaluate(screen.scope, "counts", {"queries": asked}) or [0] * len(columns)
    shown = [column for column, number in zip(columns, counts, strict=True) if number == 1]
    # A choice of the role or the groups of everybody in the file is no such step: that asks for the addresses.
    emails = [choices[column] for column in shown if column.field == "email"]
    known = len(emails) == 1 and len(shown) > 1 and await emails[0].may_be_a_column()
    if not known and not await _asks_for_columns(screen, choices.values()):
        return []
    lacking = [column.title for column in columns if column.needed and column not in shown]
    for column in shown:
        if not await _matched(choices[column], column):
            lacking.append(column.title)
    return lacking


async def _asks_for_columns(screen: Screen, choices: Iterable[ColumnChoice]) -> bool:
    """Whether lists are there that can only ask for columns, although nobody knows which of them is for which."""
    names = {choice.word.key: screen.lane.vocabulary.of(choice.word) for choice in choices}
    emails = names.pop(words.FIELD_EMAIL.key, [])
    others = [name for each in names.values() for name in each]
    assert screen.scope is not None
    found = await engine.evaluate(screen.scope, "columnLists", {"emails": emails, "others": others}) or 0
    return bool(found > 1)


async def _matched(choice: ColumnChoice, column: FileColumn) -> bool:
    """Whether the choice says what the column is, or nothing where nobody needs it; chosen, where it does not yet."""
    if await choice.holds(choice.word):
        return True
    # Where several of the names are offered, as 'Email' and 'Work email', it is the one in the file, or the usual one.
    for names in (choice.word.aliases, (column.title,), FIELDS[column.field].aliases[:1]):
        try:
            await choice.choose(Word(choice.word.key, names))
        except OperationFailed as refusal:
            choice.lane.step(f"{column.title} is not matched: {refusal.message}")
        else:
            return True
    held = " ".join(await choice.read())
    if any([await choice.holds(word) for key, word in FIELDS.items() if key != column.field]):
        return False  # what is in it would become something else
    # What the console has found by itself may have a name that nobody knows here; who comes is read back.
    return not column.needed or bool(held and not _NOTHING.search(held))


def _called(column: FileColumn) -> Word:
    field = FIELDS[column.field]
    return Word(field.key, (column.title, *(alias for alias in field.aliases if alias != column.title)))
