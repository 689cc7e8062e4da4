"""Rows of text as a table: as wide as the terminal allows, stacked where it is narrow, aligned and uncut in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from connector.cli.terminal import is_terminal, put, put_styled

if TYPE_CHECKING:
    from rich.console import Console

UNKNOWN = "-"
"""What a cell says where the console does not show it."""

_GAP = 2
_NARROWEST_LAST_COLUMN = 28


@dataclass(frozen=True)
class Column:
    """A column; `styles` colours a cell by its text, `style` all others.

    Where rows are stacked, `head` columns share the first line of a row, and `labelled` ones keep their title.
    """

    title: str
    style: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)
    right: bool = False
    head: bool = False
    labelled: bool = False

    def style_of(self, cell: str) -> str:
        return self.styles.get(cell, self.style)


def put_table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Prints rows to stdout. Cells must be neutralised; the last column may wrap."""
    if not rows:
        return
    if not is_terminal(sys.stdout):
        _put_aligned(columns, rows)
        return
    put_styled(lambda console: _print_to_fit(console, columns, rows))


def put_facts(facts: Sequence[tuple[str, str]]) -> None:
    """Prints names and values, one a line."""
    width = max(len(name) for name, _ in facts)
    if not is_terminal(sys.stdout):
        for name, value in facts:
            put(f"{name:<{width}}  {value}".rstrip())
        return

    def render(console: Console) -> None:
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in facts:
            table.add_row(name, Text(value))
        console.print(table)

    put_styled(render)


def _put_aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    widths = _widths(columns, rows)
    for row in ([column.title.upper() for column in columns], *rows):
        cells = (_padded(cell, width, column.right) for cell, width, column in zip(row, widths, columns, strict=True))
        put((" " * _GAP).join(cells).rstrip())


def _print_to_fit(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    widths = _widths(columns, rows)
    room_for_last = console.width - sum(width + _GAP for width in widths[:-1])
    if widths[-1] <= room_for_last or room_for_last >= _NARROWEST_LAST_COLUMN:
        _print_table(console, columns, rows)
    else:
        _print_stacked(console, columns, rows)


def _print_table(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold dim")
    for column in columns[:-1]:
        table.add_column(column.title, no_wrap=True, justify="right" if column.right else "left")
    table.add_column(columns[-1].title, overflow="fold", justify="right" if columns[-1].right else "left")
    for row in rows:
        table.add_row(*(Text(cell, column.style_of(cell)) for cell, column in zip(row, columns, strict=True)))
    console.print(table)


def _print_stacked(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """The head cells on a line of their own, the others below it, indented; what is not known is left out."""
    from rich.padding import Padding
    from rich.text import Text

    for row in rows:
        head, rest = Text(overflow="fold"), Text(overflow="fold")
        for cell, column in zip(row, columns, strict=True):
            if column.head:
                head.append("  " if head else "").append(cell, column.style_of(cell))
            elif cell not in ("", UNKNOWN):
                rest.append(" · " if rest else "")
                rest.append(f"{column.title.lower()} " if column.labelled else "", "dim")
                rest.append(cell, column.style_of(cell))
        console.print(head)
        if rest:
            console.print(Padding(rest, (0, 0, 0, 2)))


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[int]:
    from rich.cells import cell_len

    widths = [len(column.title) for column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            width = len(cell) if cell.isascii() else cell_len(cell)
            if width > widths[place]:
                widths[place] = width
    return widths


def _padded(cell: str, width: int, right: bool) -> str:
    from rich.cells import cell_len

    blank = " " * (width - (len(cell) if cell.isascii() else cell_len(cell)))
    return blank + cell if right else cell + blank
