"""What guards decide about an operation, noted while it is carried out: for its evidence and the audit log.

Guards are functions that raise or let pass, called deep within an action. A list that belongs to the task at work takes
their decisions up, so that no action has to hand it on, and lanes do not mix theirs.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, ParamSpec, TypeVar

from connector.errors import Refused
from connector.models import Guard, Model

P = ParamSpec("P")
R = TypeVar("R")

Said = Literal["passed", "lifted", "refused", "approved", "waiting"]


class GuardEntry(Model):
    """What one guard said: nothing against it, lifted by an override, approved by somebody, waiting for that, or no.

    `message` is what speaks against the operation, and `whom` whom it is about; both are empty where nothing does.
    """

    guard: Guard
    said: Said
    message: str = ""
    whom: str = ""


_entries: ContextVar[list[GuardEntry] | None] = ContextVar("guard_log", default=None)


@contextmanager
def collected() -> Iterator[list[GuardEntry]]:
    """Collects what guards decide within, in this task and those it starts; who collects already gets it too."""
    found: list[GuardEntry] = []
    token = _entries.set(found)
    try:
        yield found
    finally:
        _entries.reset(token)
        for entry in found:
            _keep(entry)


def note(guard: Guard, said: Said, message: str = "", whom: str = "") -> None:
    """Notes a decision where any are collected; one that was taken before in the same way is kept once."""
    _keep(GuardEntry(guard=guard, said=said, message=message, whom=whom))


def _keep(entry: GuardEntry) -> None:
    found = _entries.get()
    if found is not None and entry not in found:
        found.append(entry)


def judges(*guards: Guard) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """For a function that asks these guards in this order: notes that those passed which said nothing."""

    def decorate(ask: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(ask)
        def asked(*args: P.args, **kwargs: P.kwargs) -> R:
            if _entries.get() is None:
                return ask(*args, **kwargs)
            passed = guards
            with collected() as own:
                try:
                    return ask(*args, **kwargs)
                except Refused as refusal:
                    passed = guards[: guards.index(refusal.guard)] if refusal.guard in guards else ()
                    raise
                finally:
                    spoke = {entry.guard for entry in own}
                    own.extend(GuardEntry(guard=guard, said="passed") for guard in passed if guard not in spoke)

        return asked

    return decorate
