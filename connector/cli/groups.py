"""`workramp groups`: list, show, create, delete."""

from __future__ import annotations

from typing import Annotated

import typer

from connector.cli import inputs
from connector.cli.asking import confirm_by_name
from connector.cli.options import Changing, Reading, example, with_options
from connector.cli.tables import UNKNOWN, Column, put_facts, put_table
from connector.cli.terminal import neutral, put_json, say
from connector.cli.work import carry_out, reading

app = typer.Typer(no_args_is_help=True, help="Groups: list, show, create, delete.")

NAME = typer.Argument(metavar="NAME", help="The exact name, capitals as shown.", show_default=False)


@app.command("list", epilog=example("workramp groups list --json"), short_help="All groups, each once.")
@with_options(Reading)
def list_groups(flags: Reading) -> None:
    """Lists all groups, each once, with kind and number of members.

    What the console does not show is a dash, and null in JSON.
    """
    with reading(flags) as connector:
        groups = connector.groups()
    if flags.json:
        put_json(groups)
        return
    columns = [Column("Group", "bold", head=True), Column("Kind"), Column("Members")]
    put_table(columns, [[neutral(each.name), each.kind or UNKNOWN, _number(each.members)] for each in groups])
    if not flags.quiet:
        say("1 group" if len(groups) == 1 else f"{len(groups)} groups")


@app.command(epilog=example('workramp groups show "Sales, EMEA" --json'))
@with_options(Reading)
def show(flags: Reading, name: Annotated[str, NAME]) -> None:
    """Shows one group: its kind and its members' addresses, each once."""
    wanted = inputs.group_name(name)
    with reading(flags) as connector:
        group = connector.group(wanted)
    if flags.json:
        put_json(group)
        return
    put_facts(
        [
            ("Group", neutral(group.name)),
            ("Kind", group.kind or UNKNOWN),
            ("Members", "; ".join(neutral(email) for email in group.emails) or "none"),
        ]
    )
    if not flags.quiet:
        say("1 member" if len(group.emails) == 1 else f"{len(group.emails)} members")


@app.command(epilog=example('workramp groups create "New Hires 2027"'))
@with_options(Changing)
def create(flags: Changing, name: Annotated[str, NAME]) -> None:
    """Makes a group without members, unless there is one of this name."""
    from connector.models import CreateGroup

    wanted = inputs.group_name(name)
    carry_out(flags, [CreateGroup(name=wanted)], what=f"Create the group {neutral(wanted)}")


@app.command(epilog=example('workramp groups delete "New Hires 2025" --dry-run'))
@with_options(Changing)
def delete(flags: Changing, name: Annotated[str, NAME]) -> None:
    """Deletes one static group; its people stay. Asks for its name to be typed.

    A dynamic group is never deleted: its rules say who is in it.
    """
    from connector.models import DeleteGroup

    wanted = inputs.group_name(name)
    what = f"Delete the group {neutral(wanted)}"
    carry_out(
        flags,
        [DeleteGroup(name=wanted)],
        what=what,
        destructive=True,
        ask=lambda console: confirm_by_name(what, console, wanted),
    )


def _number(count: int | None) -> str:
    return UNKNOWN if count is None else f"{count:,}"
