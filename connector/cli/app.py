"""The command `workramp`: its tree, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from connector.cli import (
    Terminated,
    apply,
    changes,
    check,
    groups,
    mock,
    record,
    runs,
    schedule,
    seats,
    serve,
    sign_in,
    worker,
)
from connector.cli import demo as demo_command
from connector.cli import plan as plan_command
from connector.cli.handing_over import typed
from connector.cli.options import example
from connector.cli.terminal import neutral, neutral_lines, say
from connector.cli.work import known_secrets
from connector.errors import ConnectorError

_BUG = 1
_INTERRUPTED = 130
_TERMINATED = 143


class Root(TyperGroup):
    """Catches everything that a command raises. Usage errors are printed plainly: they end up in logs."""

    def main(self, *args: Any, **extra: Any) -> Any:
        extra["standalone_mode"] = False
        given = args[0] if args else extra.get("args")
        typed.set(tuple(sys.argv[1:] if given is None else given))
        try:
            code = super().main(*args, **extra)
        except typer.Exit as error:
            code = error.exit_code
        except typer.TyperException as error:
            error.show()  # type: ignore[attr-defined]
            code = error.exit_code
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: Any) -> list[str]:
        """The nouns before the rest, where Typer puts plain commands before groups."""
        nouns = ("people", "groups", "runs", "schedule")
        return sorted(super().list_commands(ctx), key=lambda name: (*nouns, name).index(name))

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, typer.TyperException):
            raise
        except ConnectorError as error:
            first, *rest = neutral_lines(error).split("\n")
            say(first, "bold red")
            for line in rest:
                say(line)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            terminated = isinstance(error, Terminated)
            say("terminated" if terminated else "interrupted")
            raise typer.Exit(_TERMINATED if terminated else _INTERRUPTED) from error
        except Exception as error:
            _say_bug(error, bool(ctx.params.get("debug")))
            raise typer.Exit(_BUG) from error


def _say_bug(error: Exception, debug: bool) -> None:
    """The first line of the message only: the lines below it may repeat what was typed into a page."""
    from connector.redaction import Redactor

    scrub = Redactor(known_secrets()).scrub
    if debug:
        say(neutral_lines(scrub("".join(traceback.format_exception(error)).rstrip())))
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename]
    where = f" ({Path(ours[-1].filename).name}, line {ours[-1].lineno})" if ours else ""
    first_line = str(error).partition("\n")[0]
    say(f"unexpected {type(error).__name__}{where}: {neutral(scrub(first_line))}", "bold red")
    say("This is a bug. What was changed before it is not known: look before doing it again.")
    if not debug:
        say("`workramp --debug ...` prints the traceback; it may show names and addresses.")


app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    epilog=example("workramp people list --not-seen-for 90 --json"),
)
app.add_typer(changes.app, name="people")
app.add_typer(groups.app, name="groups")
app.add_typer(runs.app, name="runs")
app.add_typer(schedule.app, name="schedule")
app.add_typer(serve.app, name="serve", short_help="SCIM 2.0 service for an identity provider; operator page.")
app.command(epilog=seats.EXAMPLE)(seats.seats)
app.command(epilog=plan_command.EXAMPLE)(plan_command.plan)
app.command(epilog=apply.EXAMPLE)(apply.apply)
app.command(epilog=worker.EXAMPLE)(worker.worker)
app.command("sign-in", epilog=sign_in.EXAMPLE)(sign_in.sign_in)
app.command(epilog=check.EXAMPLE)(check.check)
app.command(epilog=record.EXAMPLE)(record.record)
app.command(epilog=mock.EXAMPLE)(mock.mock)
app.command(epilog=demo_command.EXAMPLE)(demo_command.demo)


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        sys.stdout.write(f"workramp {version('workramp-connector')}\n")
    except PackageNotFoundError:
        sys.stdout.write("workramp (not installed)\n")
    raise typer.Exit


@app.callback()
def workramp(
    debug: Annotated[
        bool, typer.Option("--debug", metavar="", help="Show the traceback of an unexpected error.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", metavar="", callback=_print_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Provisions people in WorkRamp through its admin console.

    Results go to stdout, everything else to stderr.

    Exit codes: 0 done or already so, 1 failed or unknown, 2 bad input,
    3 refused by a guard or waiting for approval, 4 console not reached, 5 console not as expected.
    """
