"""Whether this process is to finish what it has in hand and to begin nothing new.

A worker asks that of the process that carries a run out when it is itself told to end.
"""

from __future__ import annotations

import threading

from connector.errors import HandedBack

_asked = threading.Event()


def ask() -> None:
    """From now on nothing new is begun. May be called from any thread and from signal handlers."""
    _asked.set()


def require_not_asked() -> None:
    """Raises HandedBack where nothing new is to be begun."""
    if _asked.is_set():
        raise HandedBack("this process was told to end: what it had not begun waits for a worker")
