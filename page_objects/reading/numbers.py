"""Totals and seats, as screens state them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from connector.models import SeatPool
from page_objects.reading.texts import plain

_NUMBER = r"(\d[\d,. ]*)"
_OF = re.compile(
    r"^(?:(?:showing|displaying|viewing) )?(?:(?:rows?|results?|entries|records|items|people|users|members) )?"
    rf"{_NUMBER}\s*(?:-|–|—|to)\s*{_NUMBER}\s+(?:of|out of)\s+{_NUMBER}\b",
    re.I,
)
_SHOWING = re.compile(
    rf"^(?:showing|viewing|loaded)\s+{_NUMBER}\s+(?:of|out of|/)\s+{_NUMBER}\b(?!.*\b(?:seats?|pages?)\b)", re.I
)
_PEOPLE = (
    "people|users?|persons?|(?:team |staff )?members?|learners?|employees|colleagues|accounts"
    "|results?|records|entries|rows|items"
)
_BESIDES = re.compile(r"(?<=\S)\s*[·•|]")
_TOTAL = re.compile(rf"^total(?:\s+(?:people|users|items))?:?\s*{_NUMBER}$", re.I)


def total_of(lines: Sequence[str], things: str = _PEOPLE) -> int | None:
    """How many people the console says match ('1-25 of 212', '212 people'); None for nothing or two things.

    `things` is a pattern of what is counted.
    """
    every = re.compile(rf"^(?:(?:showing|displaying|viewing)\s+)?all\s+{_NUMBER}\s+(?:{things})(?: shown)?\W*$", re.I)
    count = re.compile(rf"^(?:total:?\s*)?{_NUMBER}\s+(?:total\s+)?(?:{things})\b(?! (?:selected|per))", re.I)
    part = re.compile(rf"^{_NUMBER}\s+(?:of|out of)\s+{_NUMBER}\s+(?:{things})(?: (?:shown|loaded|displayed))?$", re.I)
    said = _without_besides(lines)
    for pattern in (_OF, _SHOWING, _TOTAL, every, count, part):
        found = {_number(match[match.lastindex or 1]) for line in said if (match := pattern.search(line))}
        if len(found) == 1:
            return found.pop()
    return None


def shown_of(lines: Sequence[str]) -> tuple[int, int] | None:
    """The two numbers of "Showing 12 of 181 people": with some the first counts who matches, not who is drawn."""
    found = {
        (_number(match[1]), _number(match[2])) for line in _without_besides(lines) if (match := _SHOWING.search(line))
    }
    return found.pop() if len(found) == 1 else None


def _without_besides(lines: Sequence[str]) -> list[str]:
    """The lines without what they say besides, as of seats, after a dot: '184 people · 151 of 155 seats used'."""
    return [plain(_BESIDES.split(line)[0]) for line in lines]


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


_SEATS = re.compile(
    rf"[^\d]*?{_NUMBER.replace('(', '(?P<used>', 1)}\s*(?:of|/|out of)\s*{_NUMBER.replace('(', '(?P<total>', 1)}",
    re.I,
)
_UNIT = re.compile(r"\b(?:seats?|licen[sc]es?)\b", re.I)
_POOL = r"(?:internal|external|admin)s?(?: (?:learners?|users?))?"
_SO_MANY_OF = rf"{_NUMBER}\s*(?:of|/|out of)\s*{_NUMBER}"
_POOL_ALONE = re.compile(
    rf"(?:{_POOL}:?\s*{_SO_MANY_OF}|{_SO_MANY_OF}\s*{_POOL})\s*(?:(?:are )?(?:used|in use|taken))?", re.I
)
_FREE = r"(?:free|left|available|remaining|unused|open)\b"
_LEFT = re.compile(rf"[(,]?\s*{_NUMBER}\s*(?:seats?\s+|licen[sc]es?\s+)?{_FREE}\)?", re.I)
_IN_BRACKETS = re.compile(r"\([^()]*\d[^()]*\)")
_FREE_OF = re.compile(
    rf"{_NUMBER}\s*(?:of|/|out of)\s*{_NUMBER}\s+(?:\w+\s+){{0,2}}?(?:seats?|licen[sc]es?)\s+(?:are\s+)?{_FREE}", re.I
)
_USED = re.compile(rf"^{_NUMBER}\s+(?:licensed\s+)?seats?\s+used\b", re.I)
_ONLY_FREE = re.compile(rf"{_NUMBER}\s*(?:seats?\s+|licen[sc]es?\s+)?{_FREE}", re.I)
_HELD = re.compile(
    rf"{_NUMBER}\s*(?:more\s+)?(?:seats?\s+|licen[sc]es?\s+)?(?:are\s+)?(?:held|reserved|on hold|set aside|spoken for)"
    r"(?: (?:for|by) .*)?",
    re.I,
)
"""Usual: seats kept for whoever was invited and has not come yet, beside those in use."""


def seats_of(lines: Sequence[str]) -> tuple[SeatPool, ...]:
    """Seat pools from lines such as '52 of 100 seats used' or 'External learners: 4 / 10 licenses'.

    What the same line says to be held for others counts as used: '52 of 100 seats in use · 3 held'.
    """
    pools: dict[str, SeatPool] = {}
    first: dict[str, SeatPool] = {}
    for said in lines:
        pieces = [plain(part) for part in re.split(r"[·•|;]|, |(?<=\w)\. ", said)]
        found = _pools_in(_with_unit(pieces))
        for pool in found:
            if first.setdefault(pool.name, pool) == pool:
                taken = pool if len(found) > 1 else _with_held(pool, pieces)
                pools[pool.name] = max(taken, pools.get(pool.name, taken), key=lambda each: each.used)
    return tuple(pools.values())


def _with_unit(pieces: Sequence[str]) -> list[str]:
    """The pieces of a line, with its unit where one names a pool and leaves it out: '19 of 25 external.'."""
    if not any(_UNIT.search(piece) for piece in pieces):
        return list(pieces)
    return [f"{piece} seats" if _POOL_ALONE.fullmatch(piece.rstrip(".")) else piece for piece in pieces]


def _with_held(pool: SeatPool, pieces: Sequence[str]) -> SeatPool:
    """The pool with what other pieces of its line say: how many are held besides, how many are free."""
    if pool.total is None:
        return pool
    free = [_number(match[1]) for piece in pieces if (match := _ONLY_FREE.fullmatch(piece))]
    held = sum(_number(match[1]) for piece in pieces if (match := _HELD.fullmatch(piece)))
    used = pool.total - free[0] if len(free) == 1 else pool.used + held
    return pool.model_copy(update={"used": max(used, pool.used)})


def _pools_in(pieces: Sequence[str]) -> list[SeatPool]:
    pools: dict[str, SeatPool] = {}
    for whole in pieces:
        if match := _FREE_OF.search(whole):
            free, total = _number(match[1]), _number(match[2])
            pool = SeatPool(name=pool_name(whole), used=total - free, total=total)
            pools.setdefault(pool.name, pool)
            continue
        line = whole
        # What is left, and what else is said in brackets: "(15 pending invitations included)".
        for note in (_LEFT, _IN_BRACKETS):
            without = note.sub(" ", line).strip()
            line = without if _SEATS.search(without) else line
        if not _UNIT.search(line) or len(re.findall(r"\d[\d,.]*", line)) > 2:
            continue
        if match := _SEATS.search(line):
            pool = SeatPool(name=pool_name(line), used=_number(match["used"]), total=_number(match["total"]))
        elif match := _USED.search(line):
            pool = SeatPool(name=pool_name(line), used=_number(match[1]))
        else:
            continue
        pools.setdefault(pool.name, pool)
    return list(pools.values())


def pool_name(line: str) -> str:
    lowered = line.casefold()
    for name in ("internal", "external", "admin"):
        if name in lowered:
            return name
    return "licensed"
