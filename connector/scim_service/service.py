"""The service as a whole: mirror, queue, the thread at the console, the web application."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import monotonic
from types import TracebackType
from typing import Self

from connector.errors import ConsoleBusy
from connector.folders import make_private
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
from connector.shared_lease import SECONDS, SharedLease, lease_on


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
    """One service in front of one console. Raises ConsoleBusy where there is one already.

    That goes for all that share a state directory, or a run database in PostgreSQL. `take_over_seconds` is how long a
    place is waited for there that may be a dead machine's.
    """

    def __init__(
        self,
        settings: Settings,
        console: Console,
        options: Options | None = None,
        *,
        runs: Runs | None = None,
        pause_seconds: float = 5,
        take_over_seconds: float = 1.5 * SECONDS,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.settings = settings
        self.options = options or Options()
        make_private(settings.state_dir)
        self._lease = lease_on(settings, f"{settings.url}#scim")
        self._take(take_over_seconds)
        try:
            self.shelf = Shelf(settings)
        except BaseException:
            self._lease.release()
            raise
        self.mirror = Mirror(self.shelf)
        self.writes = Writes(self.shelf)
        book = runs or RunBook(settings, self.shelf.database)
        self.console_thread = ConsoleThread(
            console,
            self.mirror,
            self.writes,
            runs=book,
            still_ours=self._lease.check,
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
            still_ours=self._lease.check,
            approvals=self.options.approvals,
            overrides=self.options.overrides,
            answer_seconds=self.options.answer_seconds,
            ignore_unknown_members=self.options.ignore_unknown_members,
            keep_groups=self.options.keep_groups,
        )
        self.doorkeeper = Doorkeeper(self.shelf)
        self.metrics = Metrics(self._gauges)
        self.writes.on_end = lambda write: self.metrics.written(fault=bool(write.faults))

    def _take(self, seconds: float) -> None:
        """Takes the place in front of the console; of one whose machine died it becomes free by itself.

        Raises ConsoleBusy where somebody has it, on this machine or another one that shares the run database.
        """
        deadline = monotonic() + seconds
        while not self._lease.take("workramp serve"):
            shared = isinstance(self._lease, SharedLease)
            holder = self._lease.holder()
            if not shared or monotonic() > deadline:
                self._lease.release()
                raise ConsoleBusy(
                    f"there is a service in front of {self.settings.url} already",
                    seen=f"process {holder.pid} on {holder.host}, since {holder.since:%Y-%m-%d %H:%M:%S} UTC"
                    if holder
                    else None,
                    advice="one is enough: stop it first",
                )
            threading.Event().wait(min(self._lease.busy_look_seconds, seconds))

    def __enter__(self) -> Self:
        self.console_thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.console_thread.stop()
        self.shelf.close()
        self._lease.release()

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
