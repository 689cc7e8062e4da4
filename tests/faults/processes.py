"""Connectors in processes of their own: started, killed, waited for; and what they leave running."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from connector.models import Operation
from fixtures.mock_console import MockConsole
from tests.conftest import BROWSER

ROOT = Path(__file__).parents[2]
_SECONDS = 240


class Processes:
    """Starts processes against one console, with a state directory that they share."""

    def __init__(self, mock: MockConsole, folder: Path, *, lanes: int = 4) -> None:
        self.mock = mock
        self._lanes = lanes
        self.state_dir = folder / "state"
        self._folder = folder
        self._started: list[subprocess.Popen[str]] = []

    def environment(self, **settings: str) -> dict[str, str]:
        """The environment of the connector's process."""
        given = {
            "WORKRAMP_URL": self.mock.url,
            "WORKRAMP_EMAIL": self.mock.admin_email,
            "WORKRAMP_PASSWORD": self.mock.admin_password,
            "WORKRAMP_STATE_DIR": str(self.state_dir),
            "WORKRAMP_STATE_KEY": "a passphrase of the tests",
            "WORKRAMP_MASS_CHANGE_PEOPLE": "100",
            "WORKRAMP_MASS_CHANGE_PERCENT": "100",
            "WORKRAMP_TIMEOUT": "20",
            "WORKRAMP_LANES": str(self._lanes),
            **settings,
        }
        if BROWSER:
            given["WORKRAMP_BROWSER"] = BROWSER
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WORKRAMP_")}
        return {**plain, **given, "PYTHONPATH": str(ROOT)}

    def command(self, *arguments: str, **settings: str) -> subprocess.Popen[str]:
        """`workramp` with these arguments."""
        return self._start([str(Path(sys.executable).parent / "workramp"), *arguments], settings)

    def run(
        self, operations: Sequence[Operation], run: str, settings: dict[str, str] | None = None, *, fatal: int = 0
    ) -> subprocess.Popen[str]:
        """A run of these operations, which kills itself at the boundary `fatal`, if there is one."""
        file = self._folder / f"{run}.json"
        file.write_bytes(TypeAdapter(list[Operation]).dump_json(list(operations)))
        return self._start([sys.executable, "-m", "tests.faults.killed", str(file), run, str(fatal)], settings or {})

    def resume(self, run: str, *, fatal: int = 0) -> subprocess.Popen[str]:
        """Goes on with a run, and kills itself at the boundary `fatal`, if there is one."""
        return self._start([sys.executable, "-m", "tests.faults.killed", "resume", run, str(fatal)], {})

    def finished(
        self, operations: Sequence[Operation], run: str, settings: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """What such a run comes to when nobody kills it."""
        process = self.run(operations, run, settings)
        out, err = process.communicate(timeout=_SECONDS)
        assert process.returncode == 0, err
        told: dict[str, Any] = json.loads(out)
        return told

    def close(self) -> None:
        """Kills what is still running."""
        for process in self._started:
            if process.poll() is None:
                process.kill()
            process.communicate()

    def _start(self, arguments: Sequence[str], settings: dict[str, str]) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            arguments,
            env=self.environment(**settings),
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process


def descendants(pid: int) -> set[int]:
    """The processes below this one, as /proc tells."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended meanwhile
            parents[int(entry.name)] = int(fields[1])
    found: set[int] = set()
    level = {pid}
    while level:
        level = {child for child, parent in parents.items() if parent in level} - found
        found |= level
    return found


def gone(pids: set[int], seconds: float) -> set[int]:
    """Waits until none of these processes runs any more; those that still do after so many seconds."""
    deadline = time.monotonic() + seconds
    while (left := {pid for pid in pids if _runs(pid)}) and time.monotonic() < deadline:
        time.sleep(0.05)
    return left


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
