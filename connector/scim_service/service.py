"""The service as a whole: mirror, queue, the thread at the console, the web application."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from connector.errors import ConsoleBusy
from connector.models import Guard
from connector.scim_service import web
from connector.scim_service.console_thread import Console, ConsoleThread
from connector.scim_service.limits import App
from connector.scim_service.metrics import Metrics
from connector.scim_service.mirror import Mirror
from connector.scim_service.run_book import APPROVABLE, RunBook, Runs
from connector.scim_service.shelf import Shelf
from connector.scim_service.storage import ConsoleStorage
from connector.scim_service.tokens import Doorkeeper
from connector.scim_service.writes import Writes
from connector.settings import Settings


@dataclass(frozen=True)
class Options:
    """How the service behaves."""

    answer_seconds: float = 50
    """How long a request waits for the console; identity providers wait 60 s at most."""
    refresh_seconds: float = 900
    """How old the mirror becomes before everybody is read again."""
    overrides: frozenset[Guard] = field(default_factory=frozenset)
    """Guards that every write lifts."""
    approvals: bool = True
    """What a guard refuses of which a person decides waits for her approval; else it is refused, and that is all."""
    ignore_unknown_members: bool = False
    """Leave members of a group out who are nobody here, where else the request is refused."""
    keep_groups: bool = False
    """A group that is deleted loses its members and stays in the console, where else it is deleted there, too."""
    requests_per_second: float = 100
    burst: int = 1000


class Service:
    """One service in front of one console. Raises ConsoleBusy where there is one already on this machine."""

    def __init__(
        self,
        settings: Settings,
        console: Console,
        options: Options | None = None,
        *,
        runs: Runs | None = None,
        pause_seconds: float = 5,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.settings = settings
        self.options = options or Options()
        name = hashlib.sha256(settings.url.encode()).hexdigest()[:16]
        settings.state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FileLock(settings.state_dir / f"scim-{name}.lock", mode=0o600, thread_local=False)
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            raise ConsoleBusy(
                f"there is a service in front of {settings.url} already",
                advice="one is enough: stop it first, or give this one another WORKRAMP_STATE_DIR and database",
            ) from None
        self.shelf = Shelf(settings)
        self.mirror = Mirror(self.shelf)
        self.writes = Writes(self.shelf)
        book = runs or RunBook(settings, self.shelf.database)
        self.console_thread = ConsoleThread(
            console,
            self.mirror,
            self.writes,
            runs=book,
            approvable=APPROVABLE if self.options.approvals else (),
            most=4 * settings.lanes,
            refresh_seconds=self.options.refresh_seconds,
            pause_seconds=pause_seconds,
            say=say,
        )
        self.storage = ConsoleStorage(
            self.mirror,
            self.writes,
            settings,
            withdraw=book.withdraw,
            approvals=self.options.approvals,
            overrides=self.options.overrides,
            answer_seconds=self.options.answer_seconds,
            ignore_unknown_members=self.options.ignore_unknown_members,
            keep_groups=self.options.keep_groups,
        )
        self.doorkeeper = Doorkeeper(self.shelf)
        self.metrics = Metrics(self._gauges)
        self.writes.on_end = lambda write: self.metrics.written(fault=bool(write.faults))

    def __enter__(self) -> Self:
        self.console_thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.console_thread.stop()
        self.shelf.close()
        self._lock.release()

    def application(self) -> App:
        """The web application."""
        return web.application(self)

    def age_seconds(self) -> float | None:
        """How old the mirror is; None before the first reading."""
        refreshed = self.mirror.state.refreshed
        return None if refreshed is None else (datetime.now(UTC) - refreshed).total_seconds()

    def unready(self) -> str | None:
        """Why requests are not served as they should be; None where they are."""
        if not self.console_thread.alive:
            return f"nobody works at the console any more: {self.console_thread.bug or 'the service is stopping'}"
        if self.mirror.state.refreshed is None:
            return "the directory has not been read so far"
        if self.console_thread.trouble is not None:
            return f"the console is in trouble: {self.console_thread.trouble.why}"
        return None

    def _gauges(self) -> dict[str, tuple[str, float]]:
        counts = self.mirror.counts
        age = self.age_seconds()
        return {
            "writes_open": ("Writes that go on by themselves", self.writes.unfinished_count()),
            "writes_for_approval": ("Writes that wait for somebody's approval", len(self.writes.waiting())),
            "mirror_age_seconds": ("Seconds since everybody was read", -1 if age is None else age),
            "people": ("People that are shown", counts["people"]),
            "people_active": ("People who are not deactivated", counts["active"]),
            "groups": ("Groups that are shown", counts["groups"]),
            "ready": ("1 where /readyz says so", float(self.unready() is None)),
        }
