"""How what is kept of runs is written: what a step came to, and never what it raised."""

from __future__ import annotations

from typing import Any

from dbos import DBOSPortableJSONSerializer


class OutcomesOnly(DBOSPortableJSONSerializer):
    """JSON: what lies in the database is read by people and never executed. Of errors nothing is kept.

    DBOS keeps what a step raises, and raises it to everybody who goes on with the run; it does so even with the error
    of its own failing to keep what the step came to. Here an operation without an outcome is looked at again.
    """

    def name(self) -> str:
        # Under its own name DBOS keeps errors without asking.
        return "json"

    def serialize(self, value: Any) -> str:
        if isinstance(value, BaseException):
            raise value
        return super().serialize(value)
