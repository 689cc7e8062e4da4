"""From the tables and terms on a screen about seats to the pools they state. What is not sure is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from connector.models import SeatPool
from page_objects.reading import plain, pool_name, seats_of

_UNIT = r"(?:seats?|licen[sc]es?)"
_ABOUT = re.compile(rf"\b{_UNIT}\b", re.I)
_PEOPLE = re.compile(r"\b(?:internal|external|admins?|administrators?|learners?|users?|members?|managers?)\b", re.I)
_TOTALS = re.compile(rf"(?:grand )?totals?(?: {_UNIT})?|all(?: {_UNIT})?|overall|sum", re.I)


def _called(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(?:{_UNIT} )?(?:{words})|(?:{words}) {_UNIT})", re.I)


_COLUMNS: Mapping[str, re.Pattern[str]] = {
    "used": _called("used|in use|assigned|taken|occupied|consumed"),
    "free": _called("available|free|remaining|left|unused|unassigned|open"),
    "total": re.compile(
        rf"{_called('total|purchased|licensed|bought|contracted|included|limit|capacity').pattern}|{_UNIT}", re.I
    ),
}
_COUNT = re.compile(r"\d{1,3}(?:[,. \u00a0]\d{3})+|\d+")
_UNLIMITED = re.compile(r"unlimited|no limit|∞", re.I)


def pools_on(
    lines: Sequence[str], tables: Iterable[Mapping[str, Any]], terms: Iterable[Sequence[str]], title: str = ""
) -> tuple[SeatPool, ...]:
    """The pools that a screen states: in tables by kind, else in sentences, else as terms with their values.

    On a screen whose `title` says that it is about seats, a term need not say so: 'Used'.
    Of a pool of which it states different totals, as of several months, nothing is told.
    """
    tables = list(tables)
    stated = [pool for line in lines for pool in seats_of([line])]
    for found in (_in_tables(tables), stated, _in_terms([*terms, *_pairs(tables)], title)):
        if found:
            totals: dict[str, set[int | None]] = {}
            for pool in found:
                totals.setdefault(pool.name, set()).add(pool.total)
            sure = [pool for pool in found if len(totals[pool.name]) == 1]
            most = {pool.name: pool for pool in sorted(sure, key=lambda pool: pool.used)}
            return tuple(most[name] for name in dict.fromkeys(pool.name for pool in sure))
    return ()


def _in_tables(tables: Iterable[Mapping[str, Any]]) -> list[SeatPool]:
    return [pool for table in tables for pool in _in_table(table["title"], table["rows"])]


def _in_table(title: str, rows: Sequence[Sequence[str]]) -> list[SeatPool]:
    if not rows:
        return []
    head, *body = rows
    at = {
        key: [i for i, said in enumerate(head) if i and column.fullmatch(plain(said))]
        for key, column in _COLUMNS.items()
    }
    if sum(len(places) == 1 for places in at.values()) < 2 or any(len(places) > 1 for places in at.values()):
        return []
    about = _ABOUT.search(" ".join([title, *head])) is not None
    kinds = [row for row in body if len(row) == len(head) and not _TOTALS.fullmatch(plain(row[0]))]
    kinds = kinds or [row for row in body if len(row) == len(head)]
    found = []
    for row in kinds:
        if not (about or _ABOUT.search(row[0]) or _PEOPLE.search(row[0])):
            continue  # courses, or gigabytes, beside the seats
        pool = _pool(row[0], {key: row[places[0]] for key, places in at.items() if places}, alone=len(kinds) == 1)
        if pool is not None:
            found.append(pool)
    return found


def _pool(kind: str, said: Mapping[str, str], *, alone: bool) -> SeatPool | None:
    counts = {key: int(re.sub(r"\D", "", text)) for key, text in said.items() if _COUNT.fullmatch(plain(text))}
    used, free, total = counts.get("used"), counts.get("free"), counts.get("total")
    if total is None and _UNLIMITED.fullmatch(plain(said.get("total", ""))):
        return None if used is None else SeatPool(name=_name(kind, alone=alone), used=used)
    if total is None and used is not None and free is not None:
        total = used + free
    if total is None or (used is None and free is None):
        return None
    # Seats may be held for whoever was invited: what is not free is as good as used.
    taken = max(each for each in (used, None if free is None else total - free) if each is not None)
    return None if taken < 0 else SeatPool(name=_name(kind, alone=alone), used=taken, total=total)


def _name(kind: str, *, alone: bool) -> str:
    """One of the pools that contracts know; a kind that is none of them keeps its own name."""
    name = pool_name(kind)
    general = alone or re.fullmatch(
        rf"(?:licensed )?(?:learners?|users?|members?)?(?: {_UNIT})?|{_UNIT}", plain(kind), re.I
    )
    return name if name != "licensed" or general else plain(kind).casefold()


def _pairs(tables: Iterable[Mapping[str, Any]]) -> list[Sequence[str]]:
    return [row for table in tables for row in table["rows"] if len(row) == 2]


def _in_terms(terms: Iterable[Sequence[str]], title: str) -> list[SeatPool]:
    about = re.fullmatch(rf"(?:\w+ )?{_UNIT}(?: \w+)?", plain(title), re.I) is not None
    said: dict[str, set[str]] = {}
    for term, value in terms:
        term = plain(term).rstrip(":")
        if not (about or _ABOUT.search(term)):
            continue
        for key, words in _COLUMNS.items():
            if words.fullmatch(term):
                said.setdefault(key, set()).add(value)
    sure = {key: values.pop() for key, values in said.items() if len(values) == 1}
    pool = _pool("seats", sure, alone=True) if len(sure) == len(said) and len(sure) > 1 else None
    return [] if pool is None else [pool]
