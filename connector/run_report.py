"""The report of a recorded run: what was asked, what became of it, what the guards said, with pictures and times."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connector import run_control
from connector.audit_check import AuditCheck
from connector.errors import InputError
from connector.evidence import ACCOUNT, write_private
from connector.folders import make_private
from connector.models import Edit, Invite, Operation, Outcome, Result, people_of
from connector.report import Detail, Section, report_page
from connector.run_control import RunView
from connector.settings import Settings

_CHAPTERS = (
    (Result.UNKNOWN, "Unknown: look at these first", "Something was sent, and what came of it could not be read back."),
    (Result.FAILED, "Failed", ""),
    (Result.REFUSED, "Refused", "A guard said no, or the console has no field for what was asked."),
    (Result.DONE, "Done", "Each was read back from the console before it was called done."),
    (Result.ALREADY, "Already so", "There was nothing to do."),
)


def write_run_report(settings: Settings, run: str, path: Path) -> Path:
    """Writes the report of a run into one HTML file (mode 0600) that needs nothing beside it.

    Raises InputError where there is no such run, or the file cannot be written; RunDatabaseFailed.
    """
    view = run_control.view(settings, run)
    audit = run_control.verify(settings)
    page = report_page(
        f"Run {view.request.id}",
        [_asked(view, audit), *_chapters(view)],
        intro=_intro(view),
        notes=_notes(view.outcomes),
        at=view.updated_at,
    )
    try:
        make_private(path.absolute().parent)
        write_private(path, page.encode("utf-8", "replace"))
    except OSError as error:
        raise InputError(f"the report {path} cannot be written: {error.strerror or error}") from error
    return path


def _intro(view: RunView) -> str:
    state = {
        "finished": "It is over.",
        "running": "It is still going on; this is what was known when the report was written.",
        "queued": "It waits for somebody to carry it out.",
        "interrupted": "It was cut short: `workramp runs resume` goes on with it, and looks before repeating anything.",
    }.get(view.state.value, f"It is {view.state.value}.")
    return f"{state} {view.why[:1].upper()}{view.why[1:]}." if view.why else state


def _asked(view: RunView, audit: AuditCheck) -> Section:
    request = view.request
    counts = Counter(operation.operation for operation in request.operations)
    people = sum(len(people_of(operation)) for operation in request.operations)
    facts = [
        ("Console", request.console),
        ("Asked by", request.asked_by or "not known"),
        ("Asked at", f"{request.created_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"),
        ("Last change", f"{view.updated_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"),
        ("Operations", ", ".join(f"{count} {name}" for name, count in counts.items()) or "none"),
        ("People", str(people)),
        ("Guards lifted", ", ".join(guard.value for guard in request.overrides) or "none"),
        ("State", view.state.value),
        ("Audit log", f"whole, {audit.lines} lines" if audit.whole else f"NOT WHOLE: {audit.findings[0].problem}"),
    ]
    return Section("What was asked", facts=facts)


def _chapters(view: RunView) -> list[Section]:
    asked: dict[tuple[str, str], str] = {}
    for operation in view.request.operations:
        for person in people_of(operation):
            asked.setdefault((operation.operation, person.email), _in_words(operation.operation, person))
    sections = []
    for result, heading, text in _CHAPTERS:
        outcomes = [outcome for outcome in view.outcomes if outcome.result is result]
        if outcomes:
            details = [_detail(outcome, asked.get((outcome.operation, outcome.email), "")) for outcome in outcomes]
            sections.append(Section(heading, text, outcomes, details=details))
    return sections


def _in_words(kind: str, person: Operation) -> str:
    """What was asked for one person, in a few words."""
    parts: list[str] = []
    if isinstance(person, Invite):
        parts += [f"{person.first_name} {person.last_name}".strip(), f"as {person.role.value}"]
        parts += [f"in {', '.join(person.groups)}"] if person.groups else []
        parts += [f"reporting to {', '.join(person.managers)}"] if person.managers else []
    elif isinstance(person, Edit):
        said = person.model_dump(mode="json", exclude={"operation", "email"}, exclude_defaults=True)
        parts += [f"{name.replace('_', ' ')} {_listed(value)}" for name, value in said.items()]
    return f"{kind}: {', '.join(filter(None, parts))}" if parts else kind


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _detail(outcome: Outcome, asked: str) -> Detail:
    account = _account(outcome)
    remarks = [str(remark) for remark in account.get("remarks", [])]
    missing = [path for path in outcome.evidence if not Path(path).exists()]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        remarks.append(f"{len(missing)} of the files of its evidence {verb} not there any more")
    guards = account.get("guards", [])
    return Detail(
        asked=asked,
        at=f"{datetime.fromisoformat(account['began_at']):%H:%M:%S} UTC" if "began_at" in account else "",
        spoke=[  # but for what the outcome says itself
            (each["guard"], each["said"], each["message"])
            for each in guards
            if each["said"] != "passed" and not (each["message"] and each["message"] in outcome.message)
        ],
        passed=list(dict.fromkeys(each["guard"] for each in guards if each["said"] == "passed")),
        remarks=remarks,
    )


def _account(outcome: Outcome) -> dict[str, Any]:
    """What is kept of the operation beside pictures; empty where nothing is, or nothing that can be read."""
    for path in map(Path, outcome.evidence):
        if path.name == ACCOUNT and path.is_file():
            try:
                found = json.loads(path.read_bytes())
            except ValueError:
                return {}
            return found if isinstance(found, dict) else {}
    return {}


def _notes(outcomes: Sequence[Outcome]) -> list[str]:
    traces = [path for outcome in outcomes for path in outcome.evidence if path.endswith("trace.zip")]
    if not traces:
        return []
    return [f"{len(traces)} traces are kept beside the pictures; one is opened with: playwright show-trace {traces[0]}"]
