"""`workramp worker`: carries out what is due or queued, until it is stopped."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli.options import Reading, example, with_options
from connector.cli.terminal import neutral, say
from connector.cli.work import settings_for

if TYPE_CHECKING:
    from connector.worker import Told

EXAMPLE = example("workramp worker --once --json")


@with_options(Reading)
def worker(
    flags: Reading,
    once: Annotated[
        bool, typer.Option("--once", metavar="", help="Carry out what is due or queued now, and end.")
    ] = False,
) -> None:
    """Carries out what is due, queued or was left by a process that died.

    One run after the other, at the console of its settings. SIGTERM or
    Ctrl-C: the operation in hand is finished, the rest stays queued, exit
    code 0; a second one ends it at once. With --once the exit code is that
    of the first command that did not end well. Options of the browser are
    for commands that were queued without their own.
    """
    settings = settings_for(flags)
    from connector.worker import Worker

    def told(what: Told) -> None:
        if flags.json:
            sys.stdout.write(json.dumps(_facts(what)) + "\n")
            sys.stdout.flush()
        if not flags.quiet:
            counts = ", ".join(f"{count} {result}" for result, count in what.summary.items() if count)
            say(
                neutral(f"{what.run} ({what.what}): {what.state}{': ' if counts else ''}{counts}; ")
                + f"exit code {what.exit_code}"
            )

    serving = Worker(settings, options=_passed_on(flags), say=lambda text: say(neutral(text)), told=told)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: serving.stop())
    if not flags.quiet and not once:
        say(f"works for {neutral(str(settings.url))}")
    exit_code = serving.run(once=once)
    if exit_code:
        raise typer.Exit(exit_code if exit_code > 0 else 1)


def _passed_on(flags: Reading) -> list[str]:
    """The options of every command that is started; what it was queued with comes after them, and holds."""
    given = {
        "--env-file": None if flags.env_file is None else flags.env_file.absolute(),
        "--timeout": flags.timeout,
        "--evidence": None if flags.evidence is None else flags.evidence.value,
        "--lanes": flags.lanes,
    }
    words = [word for name, value in given.items() if value is not None for word in (name, str(value))]
    return [*words, "--headed"] if flags.headed else words


def _facts(what: Told) -> dict[str, object]:
    return {
        "run": what.run,
        "command": what.what,
        "state": what.state,
        "exit_code": what.exit_code,
        "summary": dict(what.summary),
    }
