"""`workramp schedule`: recurring runs, carried out by `workramp worker`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli import inputs
from connector.cli.options import Asking, example, with_options
from connector.cli.tables import UNKNOWN, Column, put_table
from connector.cli.terminal import neutral, put_json, say, utc
from connector.cli.work import settings_for
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.schedules import Schedule

_LONGEST_NAME = 80
"""So that its runs have names, too, with their time."""

app = typer.Typer(no_args_is_help=True, help="Recurring runs: add, list, remove; a worker carries them out.")


@app.command(epilog=example('workramp schedule add "0 6 * * 1-5" -- apply staff.csv --deactivate-missing'))
@with_options(Asking)
def add(
    flags: Asking,
    cron: Annotated[
        str, typer.Argument(metavar="CRON", help="Minute, hour, day, month, weekday; or @daily.", show_default=False)
    ],
    command: Annotated[
        list[str],
        typer.Argument(metavar="-- COMMAND...", help="What to carry out, without `workramp`.", show_default=False),
    ],
    time_zone: Annotated[
        str, typer.Option("--time-zone", metavar="ZONE", help="Whose times they are, such as Europe/Berlin.")
    ] = "UTC",
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="NAME", help="What the schedule is called; its runs begin with it."),
    ] = None,
) -> None:
    """Has a command carried out again and again, by `workramp worker`.

    The command is checked now and read anew each time; no question is asked
    then. Missed times are made up for once. The same time is the same run.
    """
    settings = settings_for(flags)
    id = inputs.run_id(name, "--name")
    if id is not None and len(id) > _LONGEST_NAME:
        raise InputError(f"--name: {len(id)} characters are too many", expected=f"at most {_LONGEST_NAME}")
    from connector.cli.handing_over import checked
    from connector.run_database import RunDatabase
    from connector.run_records import whoever_asks
    from connector.schedules import Schedules, new_schedule

    called, words = checked(command)
    now = datetime.now(UTC)
    schedule = new_schedule(
        cron, time_zone, settings.url, called, words, id=id, added_by=whoever_asks(), now=now.replace(microsecond=0)
    )
    database = RunDatabase(settings, create=True)
    try:
        database.prepare()
        Schedules(database).add(schedule)
    finally:
        database.close()
    if flags.json:
        put_json(_facts(schedule, now))
    elif not flags.quiet:
        say(f"added {schedule.id}: {neutral(schedule.text)}")
        say(f"next at {utc(schedule.next(now))}, if `workramp worker` runs then")


@app.command("list", epilog=example("workramp schedule list --json"), short_help="All schedules and their next times.")
@with_options(Asking)
def list_schedules(flags: Asking) -> None:
    """Lists the schedules, with the next time and the last time of each (UTC)."""
    settings = settings_for(flags)
    from connector.run_database import RunDatabase
    from connector.schedules import Schedules

    database = RunDatabase(settings, create=False)
    try:
        schedules = Schedules(database).all()
    finally:
        database.close()
    now = datetime.now(UTC)
    if flags.json:
        put_json([_facts(each, now) for each in schedules])
        return
    columns = [
        Column("Schedule", "bold", head=True),
        Column("When", head=True),
        Column("Command", head=True),
        Column("Next"),
        Column("Last"),
        Column("Console", "dim", labelled=True),
    ]
    put_table(
        columns,
        [
            [
                each.id,
                f"{each.cron} {each.time_zone}",
                neutral(each.text),
                utc(each.next(now)),
                UNKNOWN if each.last_fired is None else utc(each.last_fired),
                neutral(each.console),
            ]
            for each in schedules
        ],
    )


@app.command(epilog=example("workramp schedule remove apply-1f2e3d"))
@with_options(Asking)
def remove(
    flags: Asking,
    schedule: Annotated[str, typer.Argument(metavar="SCHEDULE", help="Its name.", show_default=False)],
) -> None:
    """Removes a schedule; runs that it has already begun or queued stay."""
    settings = settings_for(flags)
    from connector.run_database import RunDatabase
    from connector.schedules import Schedules

    database = RunDatabase(settings, create=False)
    try:
        removed = Schedules(database).remove(schedule)
    finally:
        database.close()
    if flags.json:
        put_json(_facts(removed, datetime.now(UTC)))
    elif not flags.quiet:
        say(f"removed {removed.id}: {neutral(removed.text)}")


def _facts(schedule: Schedule, now: datetime) -> dict[str, object]:
    return {
        "schedule": schedule.id,
        "cron": schedule.cron,
        "time_zone": schedule.time_zone,
        "command": [*schedule.name, *schedule.words],
        "console": schedule.console,
        "added_by": schedule.added_by,
        "added_at": utc(schedule.added_at),
        "next": utc(schedule.next(now)),
        "last": None if schedule.last_fired is None else utc(schedule.last_fired),
    }
