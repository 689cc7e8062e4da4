"""What one look at a table gives: its rows, each by the address that identifies it, with its cells by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from connector.models import Status


@dataclass(frozen=True)
class Row:
    """One row as read: the address that identifies it (None where the table shows none) and its cells by column."""

    email: str | None
    cells: dict[str, Any]
    text: str
    marks: tuple[str, ...]
    pieces: tuple[str, ...] = ()
    """Every piece of text in the row, the words on its buttons included."""
    tab: Status | None = None
    """How the tab that shows it says that the person stands, where each tab shows people of one status."""


@dataclass(frozen=True)
class TableReading:
    """One look at the table. `busy`: the page says it is still loading. `wide`: columns out of view are not drawn.

    `turned`: a pager led here, so none of its rows was on the page before; rows that are scrolled to may be.
    `asks`: a form to sign in is there. `nobody`: whether the console says that nobody matches, where no row is there;
    None where that was not looked for. `closable`: something came up that can be closed; not looked for beside a table.
    """

    found: int
    headers: tuple[str, ...]
    keys: tuple[str, ...]
    rows: tuple[Row, ...]
    size: int | None
    busy: bool
    wide: bool = False
    turned: bool = False
    asks: bool = False
    nobody: bool | None = None
    closable: bool = True

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """What tells one page of rows from another."""
        return tuple(row.text for row in self.rows)
