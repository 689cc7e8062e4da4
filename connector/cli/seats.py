"""`workramp seats`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli.options import Reading, example, with_options
from connector.cli.tables import UNKNOWN, Column, put_table
from connector.cli.terminal import neutral, put, put_json, say, utc
from connector.cli.work import reading
from connector.errors import LeftOut

if TYPE_CHECKING:
    from connector.models import Seats

EXAMPLE = example("workramp seats --not-seen-for 180")


@with_options(Reading)
def seats(
    flags: Reading,
    not_seen_for: Annotated[
        int, typer.Option("--not-seen-for", metavar="DAYS", min=1, help="Who is not seen for so long may be released.")
    ] = 90,
) -> None:
    """Shows used, total and free seats, and who could be released.

    A row of the list that does not tell whose it is, is named on stderr, and the exit code is 1.
    """
    left_out: LeftOut | None = None
    with reading(flags) as connector:
        try:
            found = connector.seats(not_seen_for=not_seen_for)
        except LeftOut as error:
            (found,), left_out = error.found, error
    if not flags.quiet and found.untold:
        whom = ", ".join(map(neutral, found.untold))
        say(f"of {len(found.untold)} active people the list does not tell when they last signed in: {whom}")
    if flags.json:
        put_json(found)
    else:
        _put(found, quiet=flags.quiet)
    if left_out is not None:
        raise left_out


def _put(found: Seats, *, quiet: bool) -> None:
    if found.pools:
        put_pools(found)
    elif not quiet:
        say("this console shows no seats anywhere: an invitation cannot be stopped for want of one")
    if found.releasable:
        put("")
        put_table(
            [Column("Could be released", "bold", head=True), Column("Why"), Column("Last login", "dim", labelled=True)],
            [
                [
                    neutral(one.email),
                    neutral(one.reason),
                    UNKNOWN if one.last_login is None else utc(one.last_login)[:10],
                ]
                for one in found.releasable
            ],
        )
    if not quiet:
        say(f"{len(found.releasable)} could be released")


def put_pools(found: Seats) -> None:
    """Prints the pools to stdout, one a row; what the console does not show is a dash."""
    columns = [
        Column("Pool", "bold", head=True),
        *(Column(title, right=True, labelled=True) for title in ("Used", "Total", "Free")),
    ]
    put_table(
        columns, [[neutral(pool.name), *map(_number, (pool.used, pool.total, pool.free))] for pool in found.pools]
    )


def _number(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"
