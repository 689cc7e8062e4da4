"""The outcomes of a run, for people and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from connector.cli.tables import UNKNOWN, Column, put_table
from connector.cli.terminal import neutral, put_json, say
from connector.terms import NEVER_LIFTED, Guard, Result

if TYPE_CHECKING:
    from connector.models import Outcome, Report

RESULT_STYLES = {
    "done": "green",
    "would": "cyan",
    "already": "blue",
    "refused": "yellow",
    "failed": "bold red",
    "unknown": "bold magenta",
}


def put_report(report: Report, *, as_json: bool = False, quiet: bool = False, dry_run: bool = False) -> None:
    """Prints every outcome on stdout and, for people, a summary on stderr."""
    if as_json:
        put_json(report)
        return
    put_outcomes(report.outcomes)
    if not quiet:
        say(summary_line(report.outcomes, dry_run=dry_run))
        for line in _ways_on(report.outcomes, None if dry_run else report.run):
            say(line)


def put_outcomes(outcomes: Sequence[Outcome]) -> None:
    """One row per outcome; what a dry run would do is never called done."""
    kinds = {outcome.operation for outcome in outcomes}
    columns = [
        Column("Result", styles=RESULT_STYLES, head=True),
        Column(_whose(outcomes), "bold", head=True),
        Column("What happened"),
    ]
    rows = [[_label(outcome), neutral(outcome.subject) or UNKNOWN, _message(outcome)] for outcome in outcomes]
    if len(kinds) > 1:
        columns.insert(1, Column("Operation", head=True))
        for row, outcome in zip(rows, outcomes, strict=True):
            row.insert(1, neutral(outcome.operation))
    put_table(columns, rows)


def _whose(outcomes: Sequence[Outcome]) -> str:
    groups = [outcome.group is not None for outcome in outcomes]
    return "Email" if not any(groups) else "Group" if all(groups) else "Email or group"


def summary_line(outcomes: Sequence[Outcome], *, dry_run: bool = False) -> str:
    """`37 done, 2 refused`; only what occurs."""
    counts = Counter("would be done" if outcome.would else outcome.result.value for outcome in outcomes)
    said = ", ".join(f"{counts[word]} {word}" for word in ("would be done", *Result) if counts[word])
    return f"{said or 'nothing to do'}{'; nothing was changed' if dry_run else ''}"


def _label(outcome: Outcome) -> str:
    return "would" if outcome.would else outcome.result.value


def _message(outcome: Outcome) -> str:
    guard = "" if outcome.guard is None else f" [{outcome.guard.value}]"
    return neutral(outcome.message) + guard


def _to_review(outcomes: Sequence[Outcome]) -> list[str]:
    """Content and keys stay when somebody is deactivated, and nobody is told whose they are then."""
    gone = [neutral(each.email) for each in outcomes if (each.operation, each.result) == ("deactivate", Result.DONE)]
    return [f"to review: content and API keys of {', '.join(gone)}"] if gone else []


def _way_past(guard: Guard, kinds: set[str]) -> str:
    if guard in NEVER_LIFTED:
        return "this guard is never lifted"
    if guard is Guard.LOOK_ALIKE and kinds & {"create-group", "delete-group"}:
        return "--override look-alike lifts it where a group of exactly this name is meant"
    if guard is Guard.LOOK_ALIKE and not kinds & {"invite", "import"}:
        return "a look-alike is never taken for the person: give the address exactly"
    return f"--override {guard.value} lifts it"


def _ways_on(outcomes: Sequence[Outcome], run: str | None) -> list[str]:
    """Which guards can be lifted and how, what to review, and where the evidence of what went wrong lies.

    In a run (not as a dry run) what carries objections waits for approval.
    """
    waits = [outcome for outcome in outcomes if run is not None and outcome.objections]
    closed = [outcome for outcome in outcomes if outcome.closed]
    refused = [outcome for outcome in outcomes if outcome not in waits and outcome not in closed]
    guards = Counter(outcome.guard for outcome in refused if outcome.guard is not None)
    kinds = {outcome.operation for outcome in outcomes}
    lines = [f"{guard.value}: {count} refused; {_way_past(guard, kinds)}" for guard, count in guards.items()]
    if waits:
        asked = Counter(objection.guard.value for outcome in waits for objection in outcome.objections)
        why = ", ".join(f"{count} {guard}" for guard, count in asked.items())
        lines.append(
            f"{len(waits)} for approval ({why}): `workramp runs show {run}` tells what waits and what is decided"
        )
    if closed:
        lines.append(
            f"{len(closed)} refused for good: no override lifts it; ask for it in a new run if it is wanted after all"
        )
    lines += _to_review(outcomes)
    wrong = [outcome for outcome in outcomes if outcome.result in (Result.FAILED, Result.UNKNOWN)]
    folders = dict.fromkeys(str(Path(path).parent) for outcome in wrong for path in outcome.evidence)
    return lines + [f"evidence: {neutral(folder)}" for folder in folders]
