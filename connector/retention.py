"""Old evidence is removed; nothing else is, and nothing outside its folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from connector.evidence import MARK


def remove_old_evidence(
    evidence: Path, days: float, *, keep: Path | None = None, say: Callable[[str], None] = lambda text: None
) -> list[Path]:
    """Removes the folders of runs in which nothing was written for so many days; which.

    Args:
        evidence: the folder with a folder for each run. Where it is a link, nothing is removed.
        days: 0 keeps everything.
        keep: the folder of the run that is going on.
        say: hears a sentence for a folder that could not be removed.

    A folder counts only with the mark that this program puts into it, and links are neither followed nor counted.
    """
    if not days or evidence.is_symlink() or not evidence.is_dir():
        return []
    limit = (datetime.now(UTC) - timedelta(days=days)).timestamp()
    removed: list[Path] = []
    for entry in sorted(os.scandir(evidence), key=lambda entry: entry.name):
        folder = Path(entry.path)
        if folder == keep or not entry.is_dir(follow_symlinks=False) or not _is_marked(folder):
            continue
        if max(_times(folder)) >= limit:
            continue
        try:
            shutil.rmtree(folder)
        except OSError as error:
            say(f"Old evidence could not be removed: {folder}: {error.strerror or error}.")
        else:
            removed.append(folder)
    return removed


def _is_marked(folder: Path) -> bool:
    mark = folder / MARK
    if mark.is_symlink() or not mark.is_file():
        return False
    try:
        told = json.loads(mark.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("evidence_of") == folder.name


def _times(folder: Path) -> Iterator[float]:
    """When the files below were written; those of folders tell only when something in them was last made or removed."""
    yield folder.lstat().st_mtime
    for above, folders, files in os.walk(folder, followlinks=False):
        for name in (*folders, *files):
            yield os.lstat(os.path.join(above, name)).st_mtime
