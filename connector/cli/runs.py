"""`workramp runs`: the durable runs, what became of them, going on with them, ending them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli import inputs, waiting
from connector.cli.asking import confirm
from connector.cli.options import Asking, Resuming, example, liftable, with_options
from connector.cli.outcomes import put_outcomes, put_report, summary_line
from connector.cli.tables import UNKNOWN, Column, put_facts, put_table
from connector.cli.terminal import neutral, put, put_json, say, utc
from connector.cli.work import connected, settings_for
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.models import Outcome, Report
    from connector.run_control import RunView
    from connector.settings import Settings

app = typer.Typer(
    no_args_is_help=True, help="Durable runs: list, show, resume, cancel; approve, reject; report, verify."
)

Emails = Annotated[
    list[str] | None,
    typer.Option("--email", metavar="EMAIL", help="Only what concerns this person. Repeatable.", show_default=False),
]
Kinds = Annotated[
    list[str] | None,
    typer.Option(
        "--operation", metavar="KIND", help="Only invite, import, edit, deactivate ... Repeatable.", show_default=False
    ),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides; else the user of this machine.", show_default=False),
]

Lifted = Annotated[
    list[str] | None,
    typer.Option(
        "--override",
        metavar="GUARD",
        help="Approve what waits for this guard and no other that is not named. Repeatable.",
        autocompletion=liftable,
        show_default=False,
    ),
]
Queue = Annotated[bool, typer.Option("--queue", metavar="", help="Leave it to `workramp worker`.", show_default=False)]

RUN = typer.Argument(metavar="RUN", help="The id of the run.", show_default=False)
STATE_STYLES = {
    "running": "cyan",
    "finished": "green",
    "interrupted": "yellow",
    "stopped": "yellow",
    "waiting": "bold yellow",
    "broken": "red",
}


@app.command("list", epilog=example("workramp runs list --limit 5"), short_help="The latest runs, newest first.")
@with_options(Asking)
def list_runs(
    flags: Asking,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many at most.")] = 20,
) -> None:
    """Lists the latest runs, the newest first.

    An interrupted run has lost its process; `runs resume` goes on with it. In
    a waiting one something needs `runs approve` or `runs reject`.
    """
    settings = settings_for(flags)
    from connector import run_control

    views = run_control.views(settings, limit=limit)
    if flags.json:
        put_json([_facts(view) for view in views])
        return
    columns = [
        Column("Run", "bold", head=True),
        Column("State", styles=STATE_STYLES, head=True),
        Column("Asked", head=True),
        Column("By"),
        Column("Operations"),
        Column("Console", "dim", labelled=True),
    ]
    put_table(
        columns,
        [
            [
                neutral(view.request.id),
                view.state.value,
                utc(view.request.created_at),
                neutral(view.request.asked_by) or UNKNOWN,
                _operations(view),
                neutral(view.request.console),
            ]
            for view in views
        ],
    )


@app.command(epilog=example("workramp runs show 20300101T060000Z-1f2e --json"))
@with_options(Asking)
def show(flags: Asking, run: Annotated[str, RUN]) -> None:
    """Shows one run: who asked for it, what state it is in, every outcome so far."""
    settings = settings_for(flags)
    view = _view(settings, run)
    if flags.json:
        put_json(_facts(view) | _told(view.report()) | waiting.decided_so_far(settings, view))
        return
    facts = [
        ("Run", neutral(view.request.id)),
        ("State", view.state.value + (" (older than its time to live)" if view.stale else "")),
        ("Console", neutral(view.request.console)),
        ("Asked", f"{utc(view.request.created_at)} by {neutral(view.request.asked_by) or UNKNOWN}"),
        ("Operations", _operations(view)),
        ("Overrides", ", ".join(view.request.overrides) or "none"),
    ]
    if view.holder is not None:
        facts.append(("Carried out by", neutral(str(view.holder))))
    if view.why:
        facts.append(("Why", neutral(view.why)))
    for decision in waiting.decisions(settings, view):
        what = "approved" if decision.approved else "rejected"
        reason = f": {decision.reason}" if decision.reason else ""
        facts.append((what.capitalize(), neutral(f"{len(decision.digests)} {decision.who}{reason}")))
    put_facts(facts)
    put_outcomes(view.outcomes)
    if not flags.quiet:
        say(summary_line(view.outcomes))


@app.command(epilog=example("workramp runs resume 20300101T060000Z-1f2e"))
@with_options(Resuming)
def resume(
    flags: Resuming,
    run: Annotated[str, RUN],
    stale: Annotated[
        bool, typer.Option("--stale", metavar="", help="Even where the run is older than its time to live.")
    ] = False,
    queue: Queue = False,
    override: Lifted = None,
) -> None:
    """Goes on with a run that was cut short, stopped or cancelled.

    What is recorded is not done again; what may have been done is looked
    at first. Of a run that is over the outcomes are printed. With --override
    what waits for these guards alone is approved before, as by `runs approve`.
    """
    if queue and stale:
        raise InputError("--stale has no place beside --queue: no worker takes up a run that is too old")
    lifted = inputs.guards(override)
    settings = settings_for(flags)
    view = _view(settings, run)
    from connector import run_control

    if lifted and not view.over:
        _require_free_to_go_on(view, queue=queue, stale=stale or flags.dry_run)
        waiting.lift(flags, settings, view, lifted, goes_on=not queue, stale=stale)
    if flags.dry_run:
        _put_left(flags, settings, view, stale=stale)
        return
    if view.command is not None:
        run_control.queue_again(settings, run, stale=stale)
        say(f"queued {neutral(run)}; `workramp worker` carries it out")
        return
    if queue:
        run_control.leave_to_worker(settings, view.request.id)
        _put_queued(flags, view.request.id)
        return
    _go_on(flags, settings, view, stale=stale, ask=not flags.yes and not lifted)


def _put_left(flags: Resuming, settings: Settings, view: RunView, *, stale: bool) -> None:
    if view.command is not None:
        raise InputError(
            f"the command {neutral(view.command.text)} was not begun so far",
            advice="give that command itself --dry-run to see what it would do",
        )
    from connector.remaining import would_go_on

    report = would_go_on(settings, view.request.id, stale=stale)
    put_report(report, as_json=flags.json, quiet=flags.quiet, dry_run=True)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _require_free_to_go_on(view: RunView, *, queue: bool, stale: bool) -> None:
    """Before anything is decided: whether the run can be gone on with afterwards. Raises InputError."""
    from connector import run_control

    if queue:
        run_control.require_for_worker(view)
    elif not stale:
        run_control.require_in_time(view)


def _go_on(flags: Resuming, settings: Settings, view: RunView, *, stale: bool, ask: bool) -> None:
    run = view.request.id
    if not view.over and ask and (left := waiting.left_to_do(settings, view, stale=stale)):
        confirm(
            f"Go on with {waiting.whole(view, left)}",
            str(settings.url),
            people=len(left),
            destructive=waiting.takes_something(left),
            look=f"`workramp runs show {neutral(run)}`",
        )
    so_far: list[Outcome] = []
    with _said_whatever_happens(flags, run, so_far), connected(flags, settings) as connector:
        report = connector.resume(run, stale=stale, wait=not flags.no_wait, on_outcome=so_far.append)
    put_report(report, as_json=flags.json, quiet=flags.quiet)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


@app.command(epilog=example("workramp runs approve 20300101T060000Z-1f2e --email ann@northwind.example --resume"))
@with_options(Resuming)
def approve(
    flags: Resuming,
    run: Annotated[str, RUN],
    email: Emails = None,
    operation: Kinds = None,
    by: By = None,
    resume: Annotated[bool, typer.Option("--resume", metavar="", help="Carry it out at once.")] = False,
    stale: Annotated[
        bool, typer.Option("--stale", metavar="", help="With --resume, even where the run is too old.")
    ] = False,
    queue: Queue = False,
) -> None:
    """Approves what waits in a run: all of it, or what is named.

    `runs resume`, or a worker with --queue, then carries it out, with the
    guards lifted that are shown here and for nothing else. Where a guard sees
    something else by then, it waits again.
    """
    if queue and (resume or stale):
        raise InputError("--queue leaves it to a worker: --resume and --stale have no place beside it")
    settings, name, asked = waiting.meant(flags, run, email, operation, but_rejected=True)
    from connector import deciding, run_control

    if flags.dry_run:
        deciding.require_not_rejected(asked)
        open_ = [each for each in asked if each.decision is None]
        if flags.json:
            put_json({"run": name, "would_approve": [waiting.shown(each) for each in open_]})
            return
        for each in open_:
            put(neutral(f"would approve: {each.waiting.kind} {each.waiting.operation.email}: {each.waiting.says}"))
        if not open_:
            say(f"all of that in {neutral(name)} is approved")
        return
    view = _view(settings, name)
    _require_free_to_go_on(view, queue=queue, stale=stale or not resume)
    if not flags.yes:
        waiting.put_asked(asked)
        waiting.confirm_approval(settings, view, asked, goes_on=resume, stale=stale)
    digests = [each.digest for each in asked]
    decided = deciding.decide(settings, name, digests, approved=True, by=inputs.optional_text(by, "--by"))
    if queue:
        run_control.leave_to_worker(settings, name)
        waiting.put_decided(flags, name, decided, f"queued {name}; `workramp worker` carries it out")
        return
    if not resume:
        waiting.put_decided(flags, name, decided, f"`workramp runs resume {name}` carries it out")
        return
    if not flags.quiet:
        say(f"approved {waiting.counted(decided)} of {neutral(name)}")
    _go_on(flags, settings, _view(settings, name), stale=stale, ask=False)


@app.command(epilog=example("workramp runs reject 20300101T060000Z-1f2e --reason on-parental-leave"))
@with_options(Asking)
def reject(
    flags: Asking,
    run: Annotated[str, RUN],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; kept with the run.")],
    email: Emails = None,
    operation: Kinds = None,
    by: By = None,
) -> None:
    """Rejects what waits in a run: all of it, or what is named.

    What was approved and is not carried out yet can be rejected, too; what
    was rejected cannot be approved any more.
    """
    settings, name, asked = waiting.meant(flags, run, email, operation)
    from connector import deciding

    decided = deciding.decide(
        settings,
        name,
        [each.digest for each in asked],
        approved=False,
        by=inputs.optional_text(by, "--by"),
        reason=inputs.text(reason, "--reason"),
    )
    waiting.put_decided(flags, name, decided, "nothing of it will be carried out")


def _put_queued(flags: Resuming, run: str) -> None:
    if flags.json:
        put_json({"run": run, "state": "queued"})
        return
    put(run)
    if not flags.quiet:
        say("queued; `workramp worker` carries it out")


@app.command(epilog=example("workramp runs cancel 20300101T060000Z-1f2e"))
@with_options(Asking)
def cancel(flags: Asking, run: Annotated[str, RUN]) -> None:
    """Ends a run at its next operation; what was not begun by then says so.

    Nothing that was done is undone.
    """
    settings = settings_for(flags)
    from connector import run_control

    view = run_control.cancel(settings, inputs.run_id(run, "RUN"))
    if flags.json:
        put_json(_facts(view))
    elif not flags.quiet:
        running = f"; {neutral(str(view.holder))} ends it at its next operation" if view.holder else ""
        say(f"cancelled {neutral(view.request.id)}{running}")


@app.command(epilog=example("workramp runs report 20300101T060000Z-1f2e -o report.html"))
@with_options(Asking)
def report(
    flags: Asking,
    run: Annotated[str, RUN],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.html", dir_okay=False, help="Where the report goes.")
    ],
) -> None:
    """Writes a run's report: what was asked, done, refused and unknown, with pictures.

    One HTML file that needs nothing beside it. It shows names and
    addresses: keep it where these may be kept.
    """
    settings = settings_for(flags)
    from connector.run_report import write_run_report

    path = write_run_report(settings, inputs.run_id(run, "RUN") or "", output)
    if flags.json:
        put_json({"run": run, "report": str(path)})
    elif not flags.quiet:
        say(f"wrote {neutral(str(path))}")


@app.command(epilog=example("workramp runs verify"))
@with_options(Asking)
def verify(flags: Asking) -> None:
    """Verifies the audit log: finds lines that were changed, removed, inserted, moved or cut off.

    Ends with 1 where anything is wrong. Keep the hash that it prints
    somewhere else: it stands for all lines so far.
    """
    settings = settings_for(flags)
    from connector import run_control

    check = run_control.verify(settings)
    if flags.json:
        put_json(check.model_dump(mode="json") | {"whole": check.whole})
    else:
        for finding in check.findings:
            place = "at the end" if finding.line is None else f"line {finding.line}"
            put(f"{neutral(check.path)}, {place}: {neutral(finding.problem)}", "bold red")
        for note in check.notes:
            put(f"{neutral(check.path)}: {neutral(note)}", "yellow")
        verdict = "whole" if check.whole else f"not whole: {len(check.findings)} findings"
        put(f"{neutral(check.path)}: {check.lines} lines, {verdict}; the last hash is {check.head or 'none'}")
    if not check.whole:
        raise typer.Exit(1)


def _view(settings: Settings, run: str) -> RunView:
    from connector import run_control

    return run_control.view(settings, inputs.run_id(run, "RUN"))


@contextmanager
def _said_whatever_happens(flags: Resuming, run: str, so_far: list[Outcome]) -> Iterator[None]:
    try:
        yield
    except InputError:
        raise
    except BaseException:
        if so_far:
            from connector.models import Report

            put_report(Report(run=run, outcomes=tuple(so_far)), as_json=flags.json, quiet=flags.quiet)
        raise


def _operations(view: RunView) -> str:
    if view.command is not None:
        return neutral(view.command.text)
    counts = Counter(operation.operation for operation in view.operations)
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "nothing"


def _facts(view: RunView) -> dict[str, object]:
    request = view.request
    return {
        "run": request.id,
        "state": view.state.value,
        "console": request.console,
        "asked_by": request.asked_by,
        "created_at": utc(request.created_at),
        "updated_at": utc(view.updated_at),
        "operations": len(request.operations),
        "command": None if view.command is None else [*view.command.name, *view.command.words],
        "overrides": [guard.value for guard in request.overrides],
        "holder": None if view.holder is None else view.holder.model_dump(mode="json"),
        "why": view.why,
        "stale": view.stale,
        "waiting": view.waiting,
    }


def _told(report: Report) -> dict[str, object]:
    told = report.model_dump(mode="json")
    return {"outcomes": told["outcomes"], "summary": told["summary"]}
