"""Lets a schedule of faults befall a connector at work, and sees each of them happen."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Collection
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import sqlalchemy
from playwright.async_api import Error as PlaywrightError
from sqlalchemy import event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from connector import Connector
from fixtures.mock_console import MockConsole
from page_objects.lane import Lane
from tests.faults.network import Network
from tests.faults.schedule import Fault, Kind, Moment

_SECONDS = 30.0
_WRITES = ("INSERT", "UPDATE", "DELETE")
_ANYTHING = (*_WRITES, "SELECT")
_MOCK_FAULTS = {
    Kind.UNAVAILABLE: (("error-503", "1"), ("commit-then-503", "1")),
    Kind.TOO_MANY: (("rate-limit", "1"), ("rate-limit-bare", "1")),
    Kind.LIST_LAG: (("list-lag", ""), ("list-lag", "")),
}
"""The mock's own faults, by manner, with their values; a list lags for as long as the fault lasts."""

_CUTS_OFF = (Kind.NETWORK_CUT, Kind.BROWSER_CRASH)
"""What happens to whoever sends a change, so that it does not arrive."""


class DatabaseLock:
    """Another program's lock on an SQLite file: held until somebody of ours has waited for it, and a while longer."""

    def __init__(self) -> None:
        self._fault: Fault | None = None
        self._waited_for = threading.Event()
        self._threads: list[threading.Thread] = []

    def hold(self, file: Path, fault: Fault) -> None:
        """Returns as soon as the lock is taken: against writers, or (manner 1) against readers, too."""
        taken = threading.Event()
        thread = threading.Thread(target=self._hold, args=(file, fault, taken), name="database lock")
        self._threads.append(thread)
        thread.start()
        assert taken.wait(_SECONDS), "the run database could not be locked"

    def close(self) -> None:
        for thread in self._threads:
            thread.join(_SECONDS)

    def _hold(self, file: Path, fault: Fault, taken: threading.Event) -> None:
        with closing(sqlite3.connect(file, isolation_level=None, timeout=_SECONDS)) as other:
            other.execute("BEGIN EXCLUSIVE" if fault.manner else "BEGIN IMMEDIATE")
            self._waited_for.clear()
            self._fault = fault
            taken.set()
            if self._waited_for.wait(_SECONDS):
                threading.Event().wait(fault.seconds)  # how long the fault lasts
            self._fault = None
            other.execute("ROLLBACK")

    def watch(self) -> Callable[[], None]:
        """Sees statements that begin while the lock is held and end after it; call what is given back to end that."""

        def begins(conn: sqlalchemy.Connection, cursor: Any, statement: str, *rest: Any) -> None:
            fault = self._fault
            if fault is not None and statement.startswith(_ANYTHING if fault.manner else _WRITES):
                conn.info["began under a lock"] = fault
                self._waited_for.set()

        def ended(conn: sqlalchemy.Connection, cursor: Any, statement: str, *rest: Any) -> None:
            fault = conn.info.pop("began under a lock", None)
            if fault is not None and fault is not self._fault:
                fault.seen.append(f"waited to {statement.partition('(')[0].strip()}")

        def failed(context: Any) -> None:
            conn = context.connection
            fault = conn.info.pop("began under a lock", None) if conn is not None else None
            if fault is not None and "locked" in str(context.original_exception):
                fault.seen.append("gave up waiting")

        listeners = (("before_cursor_execute", begins), ("after_cursor_execute", ended), ("handle_error", failed))
        for name, listener in listeners:
            event.listen(sqlalchemy.Engine, name, listener)

        def over() -> None:
            for name, listener in listeners:
                event.remove(sqlalchemy.Engine, name, listener)

        return over


class Injector:
    """Stands before the mock console, counts the changes that reach it, and lets faults happen at theirs.

    Args:
        faults: what is to happen.
        console: the mock.
        lanes: the lanes that were opened so far, in a list that goes on growing.
    """

    def __init__(self, faults: Collection[Fault], console: MockConsole, lanes: list[Lane]) -> None:
        self.faults = list(faults)
        self.changes = 0
        self.problems: list[str] = []
        """What kept a fault from happening."""
        self.lock = DatabaseLock()
        self._mock = console
        self._lanes = lanes
        self._victim: tuple[Connector, Network, Path] | None = None
        self._on: dict[str, tuple[Fault, str, int]] = {}
        self._ended: list[Fault] = []

    def befalls(self, connector: Connector, network: Network, database: Path) -> None:
        """Whom it befalls: the connector, the network between its browser and the mock, its run database."""
        self._victim = (connector, network, database)

    def around(self, app: ASGIApp) -> ASGIApp:
        """The console with this before it."""

        async def watched(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            self._look_after_the_mock()
            due: list[Fault] = []
            if scope["method"] == "POST" and not scope["path"].startswith("/login"):
                self.changes += 1
                due = [fault for fault in self.faults if fault.change == self.changes]
            for fault in due:
                if fault.moment is Moment.ARRIVING or fault.kind in _MOCK_FAULTS:
                    await self._strike(fault)
            if any(fault.kind in _CUTS_OFF and fault.moment is Moment.ARRIVING for fault in due):
                await _never_arrived(send)
                return
            left = [fault for fault in due if fault.moment is Moment.ANSWERING and fault.kind not in _MOCK_FAULTS]

            async def answered(message: Message) -> None:
                while left:
                    await self._strike(left.pop(0))
                if message["type"] == "http.response.start":
                    self._turned_away(message)
                await send(message)

            await app(scope, receive, answered)

        return watched

    async def _strike(self, fault: Fault) -> None:
        try:
            await self._let_happen(fault)
        except Exception as error:  # noqa: BLE001 - told by the test: a web server would make a 500 of it
            self.problems.append(f"{fault}: {type(error).__name__}: {error}")

    async def _let_happen(self, fault: Fault) -> None:
        assert self._victim is not None
        connector, network, database = self._victim
        if fault.kind in _MOCK_FAULTS:
            name, value = _MOCK_FAULTS[fault.kind][fault.manner]
            self._on[name] = (fault, value or f"{fault.seconds:.2f}", self._shown(name))
            self._tell_the_mock()
        elif fault.kind is Kind.SESSION_END:
            if self._mock.end_sessions():
                self._ended.append(fault)
        elif fault.kind is Kind.NETWORK_CUT:
            before = network.reset
            await asyncio.to_thread(network.cut, fault.seconds, refusing=bool(fault.manner))
            if resets := network.reset - before:
                fault.seen.append(f"{resets} connections were reset")
        elif fault.kind is Kind.DATABASE_LOCK:
            await asyncio.to_thread(self.lock.hold, database, fault)
        else:
            assert connector._portal is not None
            crash = self._crash_browser if fault.kind is Kind.BROWSER_CRASH else self._crash_lane
            await asyncio.to_thread(connector._portal.call, crash, fault)

    # -- what the mock does by itself -------------------------------------------------------------------------------
    def _shown(self, name: str) -> int:
        return self._mock.console.faults.fired[name]

    def _look_after_the_mock(self) -> None:
        """Notes what its faults did, and ends those that did enough."""
        for name, (fault, value, before) in list(self._on.items()):
            shown = self._shown(name) - before
            fault.seen += [f"{name}={value} in the mock's books"] * (shown - len(fault.seen))
            if shown >= fault.times:
                del self._on[name]
                self._tell_the_mock()

    def _tell_the_mock(self) -> None:
        self._mock.set_faults(*(f"{name}={value}" for name, (_, value, _) in self._on.items()))

    def _turned_away(self, start: Message) -> None:
        """After a session has ended somebody is told so."""
        location = dict(start["headers"]).get(b"location", b"")
        if self._ended and (start["status"] == 401 or (start["status"] == 303 and location.startswith(b"/login"))):
            self._ended.pop(0).seen.append(f"answered {start['status']}")

    # -- what happens to the browser; on the event loop of the connector ----------------------------------------------
    async def _crash_lane(self, fault: Fault) -> None:
        lanes = [lane for lane in self._lanes if not lane.crashed and not lane.page.is_closed()]
        page = lanes[fault.choice % len(lanes)].page
        crashed = asyncio.Event()
        page.once("crash", lambda page: crashed.set())
        session = await page.context.new_cdp_session(page)
        asking = asyncio.ensure_future(session.send("Page.crash"))
        await asyncio.wait_for(crashed.wait(), _SECONDS)
        fault.seen.append("the page told of its crash")
        with suppress(PlaywrightError):  # what crashes does not answer
            await asking

    async def _crash_browser(self, fault: Fault) -> None:
        lanes = [lane for lane in self._lanes if not lane.crashed and not lane.page.is_closed()]
        browser = lanes[fault.choice % len(lanes)].page.context.browser
        assert browser is not None
        gone = asyncio.Event()
        browser.once("disconnected", lambda browser: gone.set())
        session = await browser.new_browser_cdp_session()
        told = await session.send("SystemInfo.getProcessInfo")
        for process in told["processInfo"]:
            if process["type"] == "browser":
                os.kill(int(process["id"]), signal.SIGKILL)
        await asyncio.wait_for(gone.wait(), _SECONDS)
        fault.seen.append("the browser went away")


async def _never_arrived(send: Send) -> None:
    """What the web server needs to hear; nobody else does any more."""
    await send({"type": "http.response.start", "status": 502, "headers": []})
    await send({"type": "http.response.body", "body": b""})
