"""Which editions and dialects of the mock console are tried: all nine, or those that COMBINATIONS names."""

from __future__ import annotations

import os

import pytest

EDITIONS = ("people", "settings", "legacy")
DIALECTS = ("plain", "aria", "div")


def some_only() -> bool:
    """Whether only some combinations are to be tried, so that an answer comes in time."""
    return bool(os.environ.get("COMBINATIONS", "").split())


def combinations(*also: str) -> list[tuple[str, str]]:
    """All nine, or those named as "people-aria legacy-plain" and `also`, of which no other test is."""
    every = {f"{edition}-{dialect}": (edition, dialect) for edition in EDITIONS for dialect in DIALECTS}
    named = os.environ.get("COMBINATIONS", "").split()
    if unknown := set(named) - set(every):
        raise pytest.UsageError(f"COMBINATIONS names {', '.join(sorted(unknown))}; there are {', '.join(every)}")
    wanted = {*named, *also} if named else set(every)
    return [both for name, both in every.items() if name in wanted]
