"""A fault schedule: what befalls a run, and when, drawn from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What can go wrong around a run."""

    SESSION_END = "session end"
    UNAVAILABLE = "503"
    TOO_MANY = "429"
    LIST_LAG = "list lag"
    LANE_CRASH = "lane crash"
    BROWSER_CRASH = "browser crash"
    DATABASE_LOCK = "database lock"
    NETWORK_CUT = "network cut"


class Moment(StrEnum):
    """Where in the life of a change that a browser sends."""

    ARRIVING = "before the console sees it"
    ANSWERING = "made and not answered yet"


@dataclass
class Fault:
    """One thing that goes wrong.

    Args:
        kind: what.
        change: at which of the changes that reach the console, counted from 1 with those that are sent again.
        moment: before the console makes it, or after.
        manner: in which of its two ways: `Injector` says which.
        times: of what the console answers, how many answers it spoils.
        seconds: of what lasts, how long.
        choice: which lane.
    """

    kind: Kind
    change: int
    moment: Moment
    manner: int = 0
    times: int = 1
    seconds: float = 1.0
    choice: int = 0
    seen: list[str] = field(default_factory=list)
    """What showed that it happened, each time it did, told by where it happens."""

    def __str__(self) -> str:
        shown = f"seen {len(self.seen)} times, first: {self.seen[0]}" if self.seen else "never seen"
        how = f"manner {self.manner}, {self.times} times, {self.seconds:.1f} s, choice {self.choice}"
        return f"change {self.change}, {self.moment}: {self.kind} ({how}); {shown}"


def drawn(seed: int, changes: int, more: int = 2) -> list[Fault]:
    """Every kind of fault once and `more` of any kind, each at another one of so many changes."""
    draw = random.Random(seed)
    kinds = [*Kind, *draw.choices([*Kind], k=more)]
    places = draw.sample(range(2, changes + 1), len(kinds))
    return [
        _fault(kind, place, draw) for kind, place in sorted(zip(kinds, places, strict=True), key=lambda each: each[1])
    ]


def _fault(kind: Kind, change: int, draw: random.Random) -> Fault:
    moment, manner = draw.choice([*Moment]), draw.randrange(2)
    times, seconds, long = draw.randint(1, 3), draw.uniform(0.3, 2.5), draw.random() < 0.1
    if kind is Kind.LIST_LAG:
        times = draw.randint(3, 15)
    if long and kind in (Kind.DATABASE_LOCK, Kind.NETWORK_CUT):
        seconds = 12.0  # longer than anybody has patience
    return Fault(kind, change, moment, manner, times, seconds, draw.randrange(8))
