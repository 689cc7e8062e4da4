"""`workramp worker`: carries out what is due or queued, until it is stopped."""

from __future__ import annotations

import json
import signal
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli.options import Asking, example, with_options
from connector.cli.terminal import neutral, say
from connector.cli.work import settings_for

if TYPE_CHECKING:
    from connector.worker import Told

EXAMPLE = example("workramp worker --once --json")


@with_options(Asking)
def worker(
    flags: Asking,
    once: Annotated[
        bool, typer.Option("--once", metavar="", help="Carry out what is due or queued now, and end.")
    ] = False,
) -> None:
    """Carries out what is due, queued or was left by a process that died.

    One run after the other, at the console of its settings. SIGTERM or
    Ctrl-C: the operation in hand is finished, the rest stays queued, exit
    code 0; a second one ends it at once. With --once the exit code is that
    of the first command that did not end well.
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

    options = () if flags.env_file is None else ("--env-file", str(flags.env_file.absolute()))
    serving = Worker(settings, options=options, say=lambda text: say(neutral(text)), told=told)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda number, frame: serving.stop())
    if not flags.quiet and not once:
        say(f"works for {neutral(str(settings.url))}")
    exit_code = serving.run(once=once)
    if exit_code:
        raise typer.Exit(exit_code if exit_code > 0 else 1)


def _facts(what: Told) -> dict[str, object]:
    return {
        "run": what.run,
        "command": what.what,
        "state": what.state,
        "exit_code": what.exit_code,
        "summary": dict(what.summary),
    }
