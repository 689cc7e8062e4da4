"""Whether this process is to finish what it has in hand and to begin nothing new, or ends now.

A worker asks the first of the process that carries a run out when it is itself told to end.
"""

from __future__ import annotations

import threading

from connector.errors import HandedBack

_asked = threading.Event()
_ending = threading.Event()


def ask() -> None:
    """From now on nothing new is begun. May be called from any thread and from signal handlers."""
    _asked.set()


def require_not_asked() -> None:
    """Raises HandedBack where nothing new is to be begun."""
    if _asked.is_set():
        raise HandedBack("this process was told to end: what it had not begun waits for a worker")


def end() -> None:
    """This process ends now. Whoever says so to all processes at once, as Ctrl-C does, takes the browser away, too."""
    _ending.set()


def ends() -> bool:
    """Whether this process ends: a browser that goes away then is not started again."""
    return _ending.is_set()
