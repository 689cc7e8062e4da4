"""A tier that is shut is left alone for a while, and then tried by one operation before the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic


class Breaker:
    """Remembers why a tier is not available.

    Args:
        pause: for how many seconds it is left alone after it was found shut.
        clock: the time in seconds.
    """

    def __init__(self, pause: float, clock: Callable[[], float] = monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._reason: str | None = None
        self._until = 0.0
        self._trial: asyncio.Event | None = None

    @property
    def reason(self) -> str | None:
        """Why it is left alone now; None where it may be tried, or is being tried."""
        return self._reason if self._clock() < self._until else None

    async def enter(self) -> str | None:
        """Why it is left alone now, else None: then the caller uses it, and must say how that ended.

        Once the pause is over one caller tries it, and the others wait for how that ends.
        """
        while self._reason is not None:
            if self.reason is not None:
                return self.reason
            if self._trial is None:
                self._trial = asyncio.Event()
                return None
            await self._trial.wait()
        return None

    def opened(self, reason: str) -> None:
        """It was found shut."""
        self._reason, self._until = reason, self._clock() + self._pause
        self.left()

    def closed(self) -> None:
        """It answered."""
        self._reason, self._until = None, 0.0
        self.left()

    def left(self) -> None:
        """Nothing was learnt of it: the next one tries."""
        trial, self._trial = self._trial, None
        if trial is not None:
            trial.set()
