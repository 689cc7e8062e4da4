"""The audit log: who had what done to whom and what became of it, each line chained to the one before by a hash.

One file of JSON lines per state directory, `audit/audit.jsonl`, that is only ever appended to; beside it `head.json`
with the number and hash of its last line, so that lines missing at the end are noticed. docs/evidence.md says what a
chain proves and what it cannot. `audit_check.py` verifies it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from pydantic import ValidationError

from connector import scope
from connector.errors import AuditFailed
from connector.folders import make_private
from connector.models import Model

GENESIS = "0" * 64
"""What stands in place of a hash before the first line."""
BEGUN, TORN = "log-begun", "torn"
"""The kind of the first line, and of the line that accounts for one that was cut off by a crash."""

_PATIENCE_SECONDS = 30.0


class Line(Model):
    """One line. `at` is in UTC, `data` what happened, `previous` the hash of the line before, `hash` its own."""

    seq: int
    at: str
    kind: str
    run: str | None
    data: dict[str, Any]
    previous: str
    hash: str

    def digest(self) -> str:
        """The hash that belongs to its content: SHA-256 of the canonical JSON without the hash itself."""
        return hashlib.sha256(_canonical(self.model_dump(exclude={"hash"}))).hexdigest()

    def written(self) -> bytes:
        """The line as it stands in the file, without its end."""
        return _canonical(self.model_dump())


class Head(Model):
    """The end of the log: which log it is, how many lines it has, the hash of the last one, the bytes of all."""

    log: str
    count: int = 0
    hash: str = GENESIS
    size: int = 0


class AuditLog:
    """Appends to the audit log of a state directory; safe for several processes and threads at once.

    Args:
        state_dir: the state directory.
        scrub: takes secrets out of every text.
    """

    def __init__(self, state_dir: Path, scrub: Callable[[str], str] = lambda text: text) -> None:
        self.folder = state_dir / "audit"
        self.path = self.folder / "audit.jsonl"
        self._head = self.folder / "head.json"
        self._scrub = scrub

    def append(self, kind: str, *, run: str | None = None, **data: Any) -> Head:
        """Appends a line and returns when it is on the disk; the end of the log with it.

        Args:
            kind: what happened: `run-begun`, `intended`, `outcome`, `approval`, `run-ended`, `sign-in`, or another.
            run: the id of the run; that which the task at work belongs to where it is not given.
            data: JSON values that say what happened.

        Raises AuditFailed where it cannot be written: what it would have told must not be done then.
        """
        try:
            make_private(self.folder)
            with self.locked():
                return self._append(kind, run or scope.now().get("run"), self._scrubbed(data))
        except (OSError, Timeout) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise AuditFailed(
                f"the audit log {self.path} cannot be written",
                seen=reason,
                advice="look at the disk and the state directory (WORKRAMP_STATE_DIR): "
                "nothing is clicked without a line that says so",
            ) from error

    def locked(self) -> FileLock:
        """Nobody appends meanwhile."""
        return FileLock(self.folder / "audit.lock", timeout=_PATIENCE_SECONDS, mode=0o600, preserve_lock_file=True)

    def head(self) -> Head | None:
        """The end of the log as it was kept; None where nothing is, or nothing that can be read."""
        try:
            return Head.model_validate_json(self._head.read_bytes())
        except (OSError, ValidationError):
            return None

    def _append(self, kind: str, run: str | None, data: dict[str, Any]) -> Head:
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        with os.fdopen(os.open(self.path, flags, 0o600), "r+b", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            head = self.head()
            if head is None and size:
                # Its lines are gone on from; that the head was missing is written down and stays.
                file.seek(0)
                first = read_line(file.read().partition(b"\n")[0])
                log = str(first.data.get("log", "")) if first is not None and first.kind == BEGUN else ""
                head = self._caught_up(file, Head(log=log or secrets.token_hex(8)), size)
                head = self._write(file, head, BEGUN, None, {"log": head.log, "found": "a log without its head"})
            elif head is None:
                log = secrets.token_hex(8)
                head = self._write(file, Head(log=log), BEGUN, None, {"log": log})
            elif size != head.size:
                head = self._caught_up(file, head, size)
            return self._write(file, head, kind, run, data)

    def _caught_up(self, file: Any, head: Head, size: int) -> Head:
        """Takes up lines that were written before their head was; ends a line that was cut off, and accounts for it.

        Where lines are missing the count goes on from the head, so that they stay missing.
        """
        if head.size > size:
            file.seek(0)
            if size and not file.read().endswith(b"\n"):
                file.write(b"\n")
            return head
        file.seek(head.size)
        whole, _, torn = file.read().rpartition(b"\n")
        for text in whole.split(b"\n"):
            line = read_line(text)
            if line is not None and (line.seq, line.previous) == (head.count + 1, head.hash):
                head = head.model_copy(update={"count": line.seq, "hash": line.hash})
        if torn:
            file.write(b"\n")
            told = {"bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()}
            head = self._write(file, head, TORN, None, told)
        return head

    def _write(self, file: Any, head: Head, kind: str, run: str | None, data: dict[str, Any]) -> Head:
        line = Line(
            seq=head.count + 1,
            at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            kind=kind,
            run=run,
            data=data,
            previous=head.hash,
            hash="",
        )
        line = line.model_copy(update={"hash": line.digest()})
        text = line.written() + b"\n"
        while text:
            text = text[file.write(text) :]
        os.fsync(file.fileno())
        head = Head(log=head.log, count=line.seq, hash=line.hash, size=file.seek(0, os.SEEK_END))
        self._keep(head)
        return head

    def _keep(self, head: Head) -> None:
        """Replaces the head in one step: a crash leaves the old one or the new one.

        It is not forced onto the disk, which would double what a line costs: a head that is some lines behind is
        brought up by the lines after it, each of which fits the one before.
        """
        written = self._head.with_suffix(".new")
        with os.fdopen(os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(head.model_dump_json().encode())
        written.replace(self._head)

    def _scrubbed(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._scrub(value)
        if isinstance(value, dict):
            return {key: self._scrubbed(each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self._scrubbed(each) for each in value]
        return value


def read_line(text: bytes) -> Line | None:
    """A line as it was written; None where these bytes are none, or are not as this program writes them."""
    try:
        line = Line.model_validate_json(text)
    except ValidationError:
        return None
    return line


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")
