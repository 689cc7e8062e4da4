"""`python -m connector.cli.carried WORDS`: the command `workramp` as a worker starts it.

Its standard input is the worker's hand: a line `finish` asks it to begin nothing new, and when it ends the worker is
gone. Then this process ends as if it had been killed itself: everything else goes by that, and an orderly end, which
takes the browser away from a run that is going on, would be written down as the browser's fault.
"""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

from connector import stopping
from connector.cli import main


def _listen() -> None:
    # Not through sys.stdin: a thread that waits in it when the interpreter ends takes the process down.
    while got := os.read(0, 4096):
        if b"finish" in got:
            stopping.ask()
    os.kill(os.getpid(), signal.SIGKILL)


def _finish(number: int, frame: FrameType | None) -> None:
    stopping.ask()


if __name__ == "__main__":
    # Whoever ends all processes of a service at once means the same: the worker waits for this one.
    signal.signal(signal.SIGTERM, _finish)
    threading.Thread(target=_listen, name="worker's hand", daemon=True).start()
    main()
