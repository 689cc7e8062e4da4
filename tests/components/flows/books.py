"""What the console's own books say happened, and to whom; and that nobody else was touched."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

Books = dict[str, Any]

READING = {"login", "import_uploaded"}
"""Notes in the books of what changes nobody."""


def people(books: Books) -> dict[str, dict[str, Any]]:
    return {person["email"]: person for person in books["people"]}


def person(books: Books, email: str) -> dict[str, Any]:
    return people(books)[email]


def happened(books: Books) -> list[tuple[str, str]]:
    """What was changed since the console was put back, in order: each action and whose."""
    return [(event["action"], event["email"]) for event in books["events"] if event["action"] not in READING]


def assert_only(
    before: Books, after: Books, changed: dict[str, dict[str, Any]], *, new: Set[str] = frozenset()
) -> None:
    """Those named changed in exactly these fields, those in `new` are new, and everybody else is as before."""
    was, now = people(before), people(after)
    assert now.keys() - was.keys() == new
    assert was.keys() <= now.keys()
    differences = {
        email: {name: value for name, value in now[email].items() if value != was[email][name]}
        for email in was
        if now[email] != was[email]
    }
    assert differences == changed
