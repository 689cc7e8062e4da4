"""A process of its own that carries a run out, and kills itself (SIGKILL) at the boundary that it is told.

    python -m tests.faults.killed OPERATIONS.json|resume RUN [BOUNDARY]

Boundaries, counted from 1 in the order in which they come: just before a write to the run database, and between the
recorded intent and the click. Prints the report, or the error, and the number of boundaries, as JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import sqlalchemy
from pydantic import TypeAdapter
from sqlalchemy import event

from connector import Connector
from connector.actions.context import Context
from connector.errors import ConnectorError
from connector.models import Operation

_WRITES = ("INSERT", "UPDATE", "DELETE")
_KEPT = ("workflow_status", "workflow_input", "workflow_output", "operation_outputs", "workflow_events")


class Boundaries:
    """Counts, and kills at one of them."""

    def __init__(self, fatal: int) -> None:
        self.passed = 0
        self._fatal = fatal
        self._began = False

    def cross(self) -> None:
        self.passed += 1
        if self.passed == self._fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """From the moment on that the run itself is recorded."""

        @event.listens_for(sqlalchemy.Engine, "before_cursor_execute")
        def executed(conn: sqlalchemy.Connection, cursor: Any, statement: str, *rest: Any) -> None:
            # DBOS's background threads write at moments of their own, and nothing of the run.
            of_the_run = threading.current_thread().name.startswith("dbos-executor")
            if of_the_run and statement.startswith(_WRITES) and any(name in statement for name in _KEPT):
                conn.info["writes"] = True

        @event.listens_for(sqlalchemy.Engine, "commit")
        def committed(conn: sqlalchemy.Connection) -> None:
            if conn.info.pop("writes", False):
                self.cross()

        original = Context.about_to_send

        async def about_to_send(context: Context, *emails: str) -> None:
            await original(context, *emails)
            self.cross()

        setattr(Context, "about_to_send", about_to_send)  # noqa: B010 - a method is not to be assigned, says mypy


def main() -> None:
    resume = sys.argv[1] == "resume"
    read = TypeAdapter(list[Operation]).validate_json
    operations = [] if resume else read(Path(sys.argv[1]).read_bytes())
    boundaries = Boundaries(int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    boundaries.watch()
    told: dict[str, Any] = {}
    with Connector(say=lambda text: print(text, file=sys.stderr)) as connector:  # noqa: T201
        try:
            report = connector.resume(sys.argv[2]) if resume else connector.run(operations, run_id=sys.argv[2])
        except ConnectorError as error:
            told = {"error": type(error).__name__, "message": str(error), "exit_code": error.exit_code}
        else:
            told = report.model_dump(mode="json") | {"exit_code": report.exit_code}
    sys.stdout.write(json.dumps(told | {"boundaries": boundaries.passed}))


if __name__ == "__main__":
    main()
