"""What every contender gets and gives: a job as JSON in a file, and one line of JSON with what it took."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

SWITCHES = ["--no-sandbox"]
"""Of the browser, for whoever is root; the connector decides by itself."""


@dataclass(frozen=True)
class Job:
    """What to do, where, to whom. `lanes` is how many may be at work at once."""

    work: str
    url: str
    email: str
    password: str
    browser: str
    state: str
    addresses: list[str] = field(default_factory=list)
    warm: list[str] = field(default_factory=list)
    """Addresses of people who are dealt with before anything is timed."""
    lanes: int = 1
    evidence: str = "failures"
    people: int = 0


class Took:
    """The seconds of what was done between `start` and `stop`, once or several times."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.more: dict[str, Any] = {}

    @contextmanager
    def timed(self) -> Iterator[None]:
        begun = perf_counter()
        yield
        self.seconds.append(perf_counter() - begun)


def carry_out(contender: Callable[[Job, Took], None]) -> None:
    """Reads the job named on the command line, lets the contender do it, prints what it took."""
    job = Job(**json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    took = Took()
    contender(job, took)
    sys.stdout.write(json.dumps({"seconds": took.seconds, **took.more}) + "\n")
