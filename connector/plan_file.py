"""Plans as files: written whole or not at all, read back exactly, an edited one refused."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import ValidationError

from connector.addresses import shown
from connector.errors import PlanError
from connector.plan_models import SCHEMA_VERSION, Plan
from connector.roster_file import write_file

LARGEST_PLAN = 200_000_000
"""Bytes: several times what a plan for the largest roster takes."""

_NAMED = 20
"""How many problems of a file are named at most."""


def plan_text(plan: Plan) -> str:
    """The JSON of a plan, as its file holds it."""
    return json.dumps(plan.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n"


def write_plan(path: Path, plan: Plan) -> None:
    """Write a plan as JSON (UTF-8) with mode 0600, since it holds names and addresses; an existing file is replaced.

    Raises RosterError where the file cannot be written; what was there before is then untouched.
    """
    write_file(path, plan_text(plan))


def read_plan(path: Path) -> Plan:
    """Read a plan that `write_plan` wrote.

    Raises PlanError (exit code 2) for a file that cannot be read, is no plan, has another schema version, or was
    changed after it was made. Whether the plan is still fresh and holds is another question: `Plan.fresh`,
    `Plan.verify_against`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_PLAN + 1)
        text = data.decode("utf-8")
    except (OSError, ValueError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeError) else getattr(error, "strerror", None)
        raise PlanError(f"{path} cannot be read as a plan: {reason or error}", advice="look at the name") from error
    if len(data) > LARGEST_PLAN:
        raise PlanError(f"{path} cannot be read as a plan: it has more than {LARGEST_PLAN:,} bytes")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        place = (
            f"line {error.lineno}, column {error.colno}: {error.msg}"
            if isinstance(error, json.JSONDecodeError)
            else error
        )
        raise PlanError(f"{path} is not JSON: {place}") from None
    version = value.get("schema_version") if isinstance(value, dict) else None
    if version != SCHEMA_VERSION:
        said = "says no schema version" if version is None else f"has the schema version {shown(str(version), 20)}"
        raise PlanError(f"{path} {said}; this program reads {SCHEMA_VERSION}")
    try:
        plan = Plan.model_validate(value)
    except ValidationError as error:
        problems = [
            f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"
            for detail in error.errors(include_url=False, include_context=False, include_input=False)
        ]
    else:
        if plan.digest != plan.own_digest():
            raise PlanError(f"{path} was changed after it was made: its digest is not that of its content")
        return plan
    # Raised outside the handler: pydantic's error carries names and addresses, and must not hang on ours.
    more = [f"and {len(problems) - _NAMED} more"] if len(problems) > _NAMED else []
    raise PlanError(f"{path} is no plan", [*problems[:_NAMED], *more])
