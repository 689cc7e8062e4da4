"""The command line: parses, asks, calls the connector, prints. `workramp` starts in `main`."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from connector import stopping

if TYPE_CHECKING:
    from typing_extensions import Buffer  # in collections.abc from Python 3.12 on


_YOUNG_OBJECTS = 50_000


def main() -> None:
    """Runs the command that the arguments name and ends the process with its exit code."""
    # What is imported is no garbage: looking through it again and again is a tenth of the start, and of the end.
    gc.set_threshold(_YOUNG_OBJECTS)
    atexit.register(gc.freeze)
    from connector.cli.ahead import begun

    with begun(sys.argv[1:]):
        _run()


def _run() -> None:
    from connector.cli.app import app

    sys.stdout = _patient(sys.stdout)
    sys.stderr = _patient(sys.stderr)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _stop)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)
    app(prog_name="workramp")


class _Patient(io.FileIO):
    """A stream whose reader may go away (`| head`): that stops nothing, and what was begun earns its exit code."""

    def write(self, given: Buffer, /) -> int:
        try:
            return super().write(given) or 0
        except BrokenPipeError:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self.fileno())
            os.close(nowhere)
            return memoryview(given).nbytes


def _patient(stream: TextIO) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper) or stream.isatty():
        return stream
    stream.flush()
    raw = _Patient(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), stream.encoding, stream.errors, line_buffering=stream.line_buffering
    )


class Terminated(KeyboardInterrupt):
    """SIGTERM: ends like Ctrl-C, so that the browser is closed and what was done so far is said."""


def _stop(number: int, frame: FrameType | None) -> None:
    stopping.end()
    raise Terminated


def _interrupt(number: int, frame: FrameType | None) -> None:
    stopping.end()
    raise KeyboardInterrupt
