"""A log for machines (`WORKRAMP_LOG_FILE`): JSON lines with the run, operation and address that each belongs to."""

from __future__ import annotations

import os
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import Any

from connector import scope
from connector.errors import SettingsError


class EventLog:
    """Appends one JSON line per event: `timestamp` (UTC), `level`, `event`, `run`, `operation`, `address`, and facts.

    Where no file is given nothing is written, and structlog is not imported.
    """

    def __init__(self, path: Path | None, scrub: Callable[[str], str]) -> None:
        """Raises SettingsError where the file cannot be written."""
        self._scrub = scrub
        self._log: Any = None
        self._file: int | None = None
        if path is None:
            return
        import structlog

        try:
            # Each line is one write at the end of the file, so that several processes may share it.
            self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as error:
            raise SettingsError(
                f"the log file {path} cannot be written: {error.strerror}", advice="look at WORKRAMP_LOG_FILE"
            ) from error
        self._log = structlog.wrap_logger(
            None,
            processors=[
                structlog.processors.add_log_level,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _add_scope,
                self._without_secrets,
                structlog.processors.JSONRenderer(sort_keys=True),
                self._write,
            ],
            wrapper_class=structlog.BoundLogger,
        )

    def event(self, event: str, *, level: str = "info", **facts: Any) -> None:
        """Writes one event; `facts` are JSON values, and `level` one of debug, info, warning and error."""
        if self._log is not None:
            getattr(self._log, level)(event, **facts)

    def close(self) -> None:
        """Ends writing. Safe to call twice."""
        file, self._file, self._log = self._file, None, None
        if file is not None:
            os.close(file)

    def _without_secrets(self, logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        return {key: self._scrub(value) if isinstance(value, str) else value for key, value in event.items()}

    def _write(self, logger: Any, method: str, line: Any) -> Any:
        import structlog

        if self._file is not None:
            os.write(self._file, f"{line}\n".encode("utf-8", "replace"))
        raise structlog.DropEvent


def _add_scope(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {**scope.now(), **event}
