"""Where the browser's driver keeps traces while they are made, as it sees them: secrets included."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from pathlib import Path

from connector.folders import make_private

FOLDER = "tracing"
"""Below the state directory."""


def folder_of_this_process(state_dir: Path) -> Path:
    """A new folder for traces in the making, whose name says whose it is."""
    parent = state_dir / FOLDER
    make_private(parent)
    return Path(tempfile.mkdtemp(prefix=f"{_host()}.{os.getpid()}.", dir=parent))


def remove_leftovers(state_dir: Path) -> None:
    """Removes what processes of this machine left behind that are no more: traces as they were before rewriting."""
    parent = state_dir / FOLDER
    if parent.is_symlink() or not parent.is_dir():
        return
    for folder in parent.iterdir():
        host, _, rest = folder.name.rpartition(".")[0].rpartition(".")
        if host == _host() and rest.isdigit() and not folder.is_symlink() and not _runs(int(rest)):
            shutil.rmtree(folder, ignore_errors=True)


def _host() -> str:
    return socket.gethostname().replace("/", "_")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
