"""Which run and operation the task at work belongs to, for whatever is written down on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_NOTHING: Mapping[str, str] = {}
_scope: ContextVar[Mapping[str, str]] = ContextVar("scope", default=_NOTHING)


@contextmanager
def within(**names: str) -> Iterator[None]:
    """What is done within, and in tasks that it starts, belongs to these: `run`, `operation`, `address`."""
    token = _scope.set({**_scope.get(), **{name: value for name, value in names.items() if value}})
    try:
        yield
    finally:
        _scope.reset(token)


def now() -> Mapping[str, str]:
    """What the task at work belongs to; empty outside of any run."""
    return _scope.get()
