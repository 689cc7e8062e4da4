"""One change of a resource at a time, in the order in which they came: each works from what those before it made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from weakref import WeakValueDictionary

from connector.scim_service.records import GroupRecord, PersonRecord
from connector.scim_service.writes import Write

_current: ContextVar[Turn | None] = ContextVar("turn", default=None)


class Turn:
    """That of the request in hand: nobody else decides about the resource until it ends."""

    def __init__(self, lock: asyncio.Lock) -> None:
        self._lock = lock
        self.held = True
        self.certain = False
        """The request has a condition, which is judged by what the console has shown and nothing else."""
        self.unsettled: Write | None = None
        """The last write before it that did not come to its end in time: what this one does comes after that."""
        self.person: PersonRecord | None = None
        self.group: tuple[GroupRecord, list[PersonRecord]] | None = None
        """What the request was applied to, and the members with it."""

    def end(self) -> None:
        """It is decided what is done: the next request has its turn."""
        if self.held:
            self.held = False
            self._lock.release()


def current() -> Turn | None:
    """The turn of the request in hand, as long as it has one."""
    turn = _current.get()
    return turn if turn is not None and turn.held else None


@contextmanager
def ending(turn: Turn | None) -> Iterator[Turn | None]:
    """Ends the turn, where there is one, with what is done within."""
    try:
        yield turn
    finally:
        if turn is not None:
            turn.end()


class Turns:
    """Gives turns, first come, first served."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def take(self, key: str) -> AsyncIterator[Turn]:
        """Waits for the turn at what goes by this key, and has it until it ends."""
        lock = self._locks.get(key)
        if lock is None:
            lock = self._locks[key] = asyncio.Lock()
        await lock.acquire()
        turn = Turn(lock)
        before = _current.set(turn)
        try:
            yield turn
        finally:
            turn.end()
            _current.reset(before)
