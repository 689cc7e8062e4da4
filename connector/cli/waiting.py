"""What waits in a run, as `workramp runs` shows it, asks about it and tells what was decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from connector.cli import inputs
from connector.cli.asking import confirm
from connector.cli.options import Asking, Resuming
from connector.cli.terminal import neutral, put, put_json, say, utc
from connector.cli.work import settings_for
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.approvals import Decision
    from connector.deciding import Asked
    from connector.models import Guard
    from connector.run_control import RunView
    from connector.settings import Settings


def meant(
    flags: Asking | Resuming, run: str, emails: list[str] | None, kinds: list[str] | None, *, but_rejected: bool = False
) -> tuple[Settings, str, list[Asked]]:
    """The settings, the run's id, and what of it waits and is meant, as `deciding.select` says."""
    addresses = inputs.addresses(emails or (), "--email")
    wanted = inputs.texts(kinds, "--operation")
    settings = settings_for(flags)
    from connector import deciding

    name = inputs.run_id(run, "RUN") or run
    waits = deciding.waits(settings, name)
    return settings, name, deciding.select(waits, addresses, wanted, name, but_rejected=but_rejected)


def lift(
    flags: Resuming, settings: Settings, view: RunView, guards: Sequence[Guard], *, goes_on: bool, stale: bool
) -> None:
    """Approves what waits in a run for these guards and no other; asks before, where nobody said yes to it.

    `goes_on`: the whole run is gone on with afterwards; `stale`: even where it is too old.
    """
    if view.command is not None:
        raise InputError(
            f"the command {neutral(view.command.text)} was not begun so far, so nothing of it waits",
            advice="give that command itself --override",
        )
    from connector import deciding

    run = view.request.id
    asked = deciding.waiting_for(deciding.waits(settings, run), guards, run)
    put_asked(asked)
    if flags.dry_run:
        say(f"would approve {counted(asked)}")
        return
    if not flags.yes:
        confirm_approval(settings, view, asked, goes_on=goes_on, stale=stale)
    open_ = [each for each in asked if each.decision is None]
    deciding.decide(settings, run, [each.digest for each in asked], approved=True)
    if not flags.quiet:
        say(f"approved {counted(open_)} of {neutral(run)}" if open_ else f"all of that in {neutral(run)} is approved")


def confirm_approval(settings: Settings, view: RunView, asked: Sequence[Asked], *, goes_on: bool, stale: bool) -> None:
    """Asks whether to approve; in the same question whether to go on with the run, which may be about others, too."""
    run = neutral(view.request.id)
    what, people = f"Approve {counted(asked)} of run {run}", {_subject(each) for each in asked}
    destructive = any(each.destructive for each in asked)
    if goes_on:
        left = left_to_do(settings, view, stale=stale, asked=asked)
        what, people = f"Approve {counted(asked)} and go on with {whole(view, left)}", left
        destructive = takes_something(left)
    confirm(what, str(settings.url), people=len(people), destructive=destructive, look=f"`workramp runs show {run}`")


def left_to_do(settings: Settings, view: RunView, *, stale: bool, asked: Sequence[Asked] = ()) -> set[tuple[str, str]]:
    """What going on with a run carries out: the kind of each operation, and the address or group that it is about.

    `asked`: what is approved before. Raises InputError where it cannot be gone on with.
    """
    from connector.remaining import would_go_on

    outcomes = would_go_on(settings, view.request.id, stale=stale).outcomes
    return {(each.operation, each.subject) for each in outcomes if each.would} | {_subject(each) for each in asked}


def _subject(asked: Asked) -> tuple[str, str]:
    return asked.waiting.kind, asked.waiting.operation.email


def takes_something(left: Collection[tuple[str, str]]) -> bool:
    """Whether any of it takes something from somebody."""
    return any(kind in ("deactivate", "delete-group") for kind, _ in left)


def whole(view: RunView, left: Collection[tuple[str, str]]) -> str:
    """A run and what going on with it carries out, in words."""
    counts = Counter(kind for kind, _ in sorted(left))
    return f"run {neutral(view.request.id)} ({', '.join(f'{count} {kind}' for kind, count in counts.items())})"


def put_asked(asked: Sequence[Asked]) -> None:
    """What is asked to be decided, on stderr: the question comes after it."""
    for each in asked:
        guards = ", ".join(guard.value for guard in each.guards)
        say(neutral(f"{each.waiting.kind} {each.waiting.operation.email}: {each.waiting.says} [{guards}]"))


def put_decided(flags: Asking | Resuming, run: str, decided: Sequence[Asked], then: str) -> None:
    if flags.json:
        put_json({"run": run, "decided": [shown(each) for each in decided]})
        return
    for each in decided:
        assert each.decision is not None
        word = "approved" if each.decision.approved else "rejected"
        put(neutral(f"{word} {each.decision.who}: {each.waiting.kind} {each.waiting.operation.email}"))
    if not flags.quiet:
        say(then)


def counted(asked: Sequence[Asked]) -> str:
    return "1 operation" if len(asked) == 1 else f"{len(asked)} operations"


def decisions(settings: Settings, view: RunView) -> list[Decision]:
    from connector import deciding

    return deciding.decisions(settings, view.request.id)


def decided_so_far(settings: Settings, view: RunView) -> dict[str, object]:
    from connector import deciding

    waits = [] if view.state.value in ("broken", "cancelled") else deciding.waits(settings, view.request.id)
    made = [_said(each) | {"digests": list(each.digests)} for each in decisions(settings, view)]
    return {"approvals": {"waiting": [shown(each) for each in waits], "decisions": made}}


def shown(asked: Asked) -> dict[str, object]:
    decision = asked.decision
    return {
        "operation": asked.waiting.kind,
        "email": asked.waiting.operation.email,
        "guards": [guard.value for guard in asked.guards],
        "says": asked.waiting.says,
        "note": asked.waiting.note or None,
        "digest": asked.digest,
        "decision": None if decision is None else _said(decision),
    }


def _said(decision: Decision) -> dict[str, object]:
    return {
        "approved": decision.approved,
        "by": decision.by,
        "user": decision.user,
        "at": utc(decision.at),
        "reason": decision.reason,
    }
