"""One run at a time per console: who holds it, who waits, and who lost it meanwhile.

On one machine a lock of the operating system decides; several machines ask the run database (`shared_lease.py`).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from pydantic import ValidationError

from connector import stopping
from connector.errors import ConsoleBusy, LeaseLost, SettingsError
from connector.folders import make_private
from connector.models import Model

_LOOK_AGAIN_SECONDS = 0.2
_ASKING_SECONDS = 2.0


class Holder(Model):
    """Who works at a console: the run, the process, the machine, and since when (UTC)."""

    run: str
    pid: int
    host: str
    since: datetime

    @classmethod
    def here(cls, run: str) -> Holder:
        """This process, now."""
        return cls(run=run, pid=os.getpid(), host=socket.gethostname(), since=datetime.now(UTC))

    def __str__(self) -> str:
        return f"run {self.run} (process {self.pid} on {self.host}, since {self.since:%Y-%m-%d %H:%M:%S} UTC)"


class ConsoleLease(ABC):
    """The right to change something at one console, which one run has at a time."""

    busy_look_seconds = _LOOK_AGAIN_SECONDS
    """How often somebody who waits looks again."""

    def __init__(self, console: str) -> None:
        self.console = console

    @abstractmethod
    def holder(self) -> Holder | None:
        """Who holds the lease now; None where nobody does."""

    @abstractmethod
    def take(self, run: str) -> bool:
        """Takes the lease for a run where nobody has it; whether it could. Raises SettingsError or RunDatabaseFailed
        where that cannot be found out."""

    @abstractmethod
    def check(self) -> None:
        """Raises LeaseLost where the lease has passed to somebody else: to be asked before each write."""

    @abstractmethod
    def release(self) -> None:
        """Gives the lease back. Safe to call twice."""

    @abstractmethod
    def _said(self) -> Holder | None:
        """Who has it, as far as that is told."""

    async def acquire(self, run: str, *, wait: bool, say: Callable[[str], None]) -> None:
        """Takes the lease for a run, after whoever has it, whom `say` is told once.

        Raises ConsoleBusy where somebody has it and `wait` is False; SettingsError where the state directory cannot be
        written; RunDatabaseFailed where the run database cannot be reached; HandedBack where this process is to end.
        """
        told: Holder | None = None
        asking = monotonic() + _ASKING_SECONDS
        stopping.require_not_asked()
        while not await asyncio.to_thread(self.take, run):
            stopping.require_not_asked()
            holder = await asyncio.to_thread(self._said)
            # Without a name it may be somebody who only asks whether it is taken: that is over in a moment.
            if not wait and (holder is not None or monotonic() > asking):
                raise ConsoleBusy(
                    f"another run works at {self.console}",
                    seen=str(holder) if holder else None,
                    advice="try again when it is over, or leave out --no-wait to wait for it; nothing was changed",
                )
            if holder is not None and holder != told:
                told = holder
                say(f"Waiting for {holder}, which works at {self.console}.")
            await asyncio.sleep(self.busy_look_seconds)  # nobody calls back when a lock is given back

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


class Lease(ConsoleLease):
    """The lease of one machine: an exclusive lock, for all processes that share the state directory.

    The operating system gives the lock back when its holder dies, however it dies. Beside the lock lies a file that
    says who holds it; the lock decides, the file only tells.
    """

    def __init__(self, state_dir: Path, console: str) -> None:
        super().__init__(console)
        host = re.sub(r"[^a-z0-9.-]+", "_", console.rpartition("//")[2])[:60]
        name = f"{host}-{hashlib.sha256(console.encode()).hexdigest()[:16]}"
        self._folder = state_dir / "consoles"
        self._path = self._folder / f"{name}.lock"
        self._told = self._folder / f"{name}.json"
        self._lock = FileLock(self._path, mode=0o600, thread_local=False, preserve_lock_file=True)
        self._inode: int | None = None

    def holder(self) -> Holder | None:
        """Who holds the lease now; None where nobody does."""
        if not self._path.exists():
            return None
        try:
            with FileLock(self._path, mode=0o600, thread_local=False, preserve_lock_file=True).acquire(blocking=False):
                return None
        except Timeout:
            return self._said() or Holder(run="?", pid=0, host="?", since=datetime.fromtimestamp(0, UTC))

    def take(self, run: str) -> bool:
        """Takes the lock where it is free. Raises SettingsError where the state directory cannot be written."""
        try:
            make_private(self._folder)
            try:
                self._lock.acquire(blocking=False)
            except Timeout:
                return False
            self._inode = self._path.stat().st_ino
            self._tell(Holder.here(run))
        except OSError as error:
            raise SettingsError(
                f"the lock of {self.console} cannot be taken below {self._folder}: {error.strerror or error}",
                advice="look at the state directory (WORKRAMP_STATE_DIR)",
            ) from error
        return True

    def check(self) -> None:
        """Raises LeaseLost where the lock file is not the one that was locked."""
        try:
            inode = self._path.stat().st_ino
        except OSError:
            inode = None
        if self._inode is None or inode != self._inode:
            raise LeaseLost(
                f"this run no longer holds {self.console}: the lock file was removed",
                seen=str(self._said() or "nobody else so far"),
            )

    def release(self) -> None:
        """Gives the lock back. Safe to call twice."""
        if self._lock.is_locked:
            self._told.unlink(missing_ok=True)
            self._lock.release()
        self._inode = None

    def _tell(self, holder: Holder) -> None:
        written = self._told.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(holder.model_dump_json())
        written.replace(self._told)

    def _said(self) -> Holder | None:
        try:
            return Holder.model_validate(json.loads(self._told.read_text()))
        except (OSError, ValueError, ValidationError):
            return None
