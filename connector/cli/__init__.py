"""The command line: parses, asks, calls the connector, prints. `workramp` starts in `main`."""

from __future__ import annotations

import io
import signal
import sys
from types import FrameType


def main() -> None:
    """Runs the command that the arguments name and ends the process with its exit code."""
    from connector.cli.app import app

    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if signal.getsignal(signal.SIGTERM) is signal.SIG_DFL:
        signal.signal(signal.SIGTERM, _stop)
    app(prog_name="workramp")


class Terminated(KeyboardInterrupt):
    """SIGTERM: ends like Ctrl-C, so that the browser is closed and what was done so far is said."""


def _stop(number: int, frame: FrameType | None) -> None:
    raise Terminated
