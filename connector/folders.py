"""Folders that belong to this user alone."""

from __future__ import annotations

from pathlib import Path


def make_private(folder: Path) -> None:
    """Makes a folder of mode 0700, and whatever is missing above it likewise; one that is there stays as it is.

    `Path.mkdir(mode=..., parents=True)` makes the folders above readable by everybody. Raises OSError.
    """
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
