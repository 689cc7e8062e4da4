"""From checked arguments to the connector and back: settings, question, browser, progress, exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import typer

from connector.cli import inputs
from connector.cli.ahead import head_start
from connector.cli.asking import confirm, somebody_can_answer
from connector.cli.handing_over import handed_over
from connector.cli.options import Asking, Changing, Reading
from connector.cli.outcomes import put_report
from connector.cli.terminal import console, is_terminal, neutral, say
from connector.errors import ConsoleBusy, InputError, RunDatabaseFailed

if TYPE_CHECKING:
    from pydantic import SecretStr

    from connector.face import Connector
    from connector.head_start import HeadStart
    from connector.models import Operation, Outcome, Report
    from connector.settings import Settings

Progress = Callable[[str, int, int | None], None]


def settings_for(flags: Reading | Asking) -> Settings:
    """The settings, with what the options say in place of what the environment says."""
    from connector.settings import load_settings

    overrides: dict[str, Any] = {}
    if isinstance(flags, Reading):
        overrides |= {"timeout": flags.timeout, "lanes": flags.lanes}
        overrides["evidence"] = None if flags.evidence is None else flags.evidence.value
    settings = load_settings(flags.env_file, **overrides)
    _used.append(settings)
    return settings


_used: list[Settings] = []


def known_secrets() -> list[SecretStr]:
    """The secrets of all settings read so far, for scrubbing what is printed when something unexpected fails."""
    return [secret for settings in _used for secret in settings.secrets()]


@contextmanager
def connected(flags: Reading, settings: Settings | None = None) -> Iterator[Connector]:
    """The connector, with progress shown where somebody watches."""
    with attended(flags, settings_for(flags) if settings is None else settings) as (connector, _):
        yield connector


@contextmanager
def attended(flags: Reading, settings: Settings, start: HeadStart | None = None) -> Iterator[tuple[Connector, Watch]]:
    """The same, and whoever watches, for a command that asks while the browser is open. `start`: one on its way up."""
    from connector.face import Connector

    with (
        watched(flags.quiet) as watch,
        Connector(settings, headed=flags.headed, progress=watch.progress, say=watch.say, start=start) as connector,
    ):
        yield connector, watch


@contextmanager
def reading(flags: Reading) -> Iterator[Connector]:
    """The connector for a command that only reads: its browser starts while the rest is still being imported.

    A change may have to wait for another run first, and should not keep a browser open meanwhile.
    """
    with ExitStack() as opened:
        start = head_start(opened)
        settings = settings_for(flags)
        if by_console := "console" in settings.tiers:
            start.open(settings, headed=flags.headed)
        connector, _ = opened.enter_context(attended(flags, settings, start if by_console else None))
        yield connector


def carry_out(
    flags: Changing,
    operations: Sequence[Operation],
    *,
    what: str,
    people: int = 1,
    destructive: bool = False,
    skipped: Callable[[Connector], Sequence[Outcome]] = lambda connector: (),
    ask: Callable[[str], None] | None = None,
) -> None:
    """Asks, carries the operations out, prints the outcomes, ends with their exit code.

    Args:
        flags: the shared options of the command.
        operations: what to do.
        what: the same for the question, as the beginning of a sentence.
        people: how many it happens to.
        destructive: takes access away.
        skipped: the outcomes of rows that are left out; called before a run begins.
        ask: asks in place of the usual question, with the console's address; raises to stop it.
    """
    lifted = inputs.guards(flags.override)
    from connector.run_records import new_run_id

    run_id = inputs.run_id(flags.run_id) or new_run_id()
    settings = settings_for(flags)
    if handed_over(flags, settings, run_id, (operations, lifted)):
        return
    if not (flags.dry_run or flags.yes or flags.queue):
        if ask is not None:
            ask(str(settings.url))
        else:
            confirm(what, str(settings.url), people=people, destructive=destructive)
    left_out: Sequence[Outcome] = ()
    so_far: list[Outcome] = []
    try:
        with connected(flags, settings) as connector:
            # A run that is recorded has them with it; of one that is over nothing needs the console.
            if flags.dry_run or flags.run_id is None or not is_recorded(settings, run_id):
                left_out = skipped(connector)
            report = connector.run(
                operations,
                dry_run=flags.dry_run,
                overrides=lifted,
                run_id=run_id,
                wait=not flags.no_wait,
                left_out=left_out,
                unattended=flags.run_id is not None and not somebody_can_answer(),
                on_outcome=so_far.append,
            )
    except BaseException:
        if so_far:
            from connector.models import Report

            _put(flags, Report(run=run_id, outcomes=(*left_out, *so_far)))
        if not flags.dry_run and not isinstance(sys.exception(), InputError | ConsoleBusy):
            say(f"`workramp runs resume {run_id}` goes on with this run.")
        raise
    if flags.dry_run and left_out:
        report = report.model_copy(update={"outcomes": (*left_out, *report.outcomes)})
    _put(flags, report)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def is_recorded(settings: Settings, run_id: str) -> bool:
    """Whether there is anything to go on with; where the run database cannot say so, nothing is promised."""
    from connector.run_control import look_up

    try:
        return look_up(settings, run_id) is not None
    except RunDatabaseFailed:
        return False


def _put(flags: Changing, report: Report) -> None:
    put_report(report, as_json=flags.json, quiet=flags.quiet, dry_run=flags.dry_run)


@dataclass(frozen=True)
class Watch:
    """How the connector tells what it is doing: numbers for the progress line, and sentences for the operator.

    `aside` takes the progress line away for as long as a question is asked.
    """

    progress: Progress
    say: Callable[[str], None]
    aside: Callable[[], AbstractContextManager[None]] = nullcontext


@contextmanager
def watched(quiet: bool, *, first: str = "starting the browser") -> Iterator[Watch]:
    """A progress line on stderr with rate and end, gone when the work is done; off a terminal only the sentences.

    `first` is what it says before the connector has said anything.
    """
    if quiet:
        yield Watch(_nothing, lambda text: None)
        return
    if not is_terminal(sys.stderr):
        yield Watch(_nothing, lambda text: say(neutral(text)))
        return
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[count]}"),
        TextColumn("{task.fields[rate]}", style="dim"),
        TimeRemainingColumn(compact=True),
    )
    with Bar(*columns, console=console(sys.stderr), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task(first, total=None, count="", rate="")
        shown = ""

        def progress(what: str, done: int, total: int | None) -> None:
            nonlocal shown
            if what != shown:
                shown = what
                bar.reset(task, description=neutral(what), total=total)
            speed = bar.tasks[0].speed
            count = f"{done:,}" if total is None else f"{done:,}/{total:,}"
            bar.update(task, completed=done, total=total, count=count, rate=f"{speed:.0f}/s" if speed else "")

        @contextmanager
        def aside() -> Iterator[None]:
            bar.stop()
            yield
            bar.start()

        yield Watch(progress, lambda text: bar.console.print(neutral(text)), aside)


def _nothing(what: str, done: int, total: int | None) -> None:
    """Nobody watches."""
