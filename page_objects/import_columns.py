"""The step of an import that asks what each column of the file is: looked at, and answered for every column sent."""

from __future__ import annotations

from collections.abc import Sequence
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


class ColumnChoice(Choice):
    """What one column of the file is: a list of the console's fields; or which column a field is, of the file's."""

    kind = "column-choice"


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
    if not any(column.field == "email" for column in shown) or len(shown) < 2:
        return []
    lacking = [column.title for column in columns if column.needed and column not in shown]
    for column in shown:
        choice = choices[column]
        if await choice.holds(choice.word):
            continue
        try:
            await choice.choose(choice.word)
        except OperationFailed as refusal:
            # What the console has found by itself may have a name that nobody knows here; who comes is read back.
            screen.lane.step(f"{column.title} is not matched: {refusal.message}")
            if column.needed and (not await choice.read() or await choice.holds(words.NOT_IMPORTED)):
                lacking.append(column.title)
    return lacking


def _called(column: FileColumn) -> Word:
    field = FIELDS[column.field]
    return Word(field.key, (column.title, *(alias for alias in field.aliases if alias != column.title)))
