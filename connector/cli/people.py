"""`workramp people`: the commands that read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli import inputs
from connector.cli.asking import Declined, confirm, somebody_can_answer
from connector.cli.options import Reading, example, roles, with_options
from connector.cli.tables import UNKNOWN, Column, put_facts, put_table
from connector.cli.terminal import neutral, put_json, say
from connector.cli.work import reading, settings_for
from connector.errors import InputError, LeftOut
from connector.terms import Status

if TYPE_CHECKING:
    from connector.models import Person

app = typer.Typer(no_args_is_help=True, help="People: list, show, invite, import, deactivate and more.")

EMAIL = typer.Argument(metavar="EMAIL", help="The whole e-mail address.", show_default=False)

STATUS_STYLES = {"active": "green", "invited": "yellow", "deactivated": "dim"}


@app.command(
    "list",
    epilog=example("workramp people list --status active --not-seen-for 90"),
    short_help="Everyone who matches, each once.",
)
@with_options(Reading)
def list_people(
    flags: Reading,
    search: Annotated[str | None, typer.Option("--search", metavar="TEXT", help="In name or e-mail.")] = None,
    status: Annotated[Status | None, typer.Option("--status", help="Only with this status.")] = None,
    role: Annotated[
        str | None,
        typer.Option(
            "--role",
            metavar="ROLE",
            autocompletion=roles,
            help="Only learner, manager, admin or content_creator.",
        ),
    ] = None,
    group: Annotated[str | None, typer.Option("--group", metavar="NAME", help="Only members of this group.")] = None,
    not_seen_for: Annotated[
        int | None,
        typer.Option("--not-seen-for", metavar="DAYS", min=1, help="Only who did not sign in for so many days."),
    ] = None,
) -> None:
    """Lists everyone who matches, each once.

    What the console does not show is a dash, and null in JSON. Of whom it does not tell the last login that
    --not-seen-for asks for, is named on stderr, and the exit code is 1; so is a row that does not tell whose it is.
    """
    wanted_role = inputs.role(role)
    search = inputs.optional_text(search, "--search")
    group = inputs.optional_text(group, "--group")
    left_out: LeftOut | None = None
    with reading(flags) as connector:
        try:
            people = connector.people(
                search=search, status=status, role=wanted_role, group=group, not_seen_for=not_seen_for
            )
        except LeftOut as error:
            people, left_out = error.found, error
    if flags.json:
        put_json(people)
    else:
        put_people(people)
        if not flags.quiet:
            say("1 person" if len(people) == 1 else f"{len(people)} people")
    if status is Status.ACTIVE and not flags.quiet and (unsure := sum(map(_may_not_have_accepted, people))):
        say(f"of {unsure} of them the list does not tell whether they have accepted an invitation; `people show` does")
    if left_out is not None:
        raise left_out


@app.command(epilog=example("workramp people show ann@northwind.example --json"))
@with_options(Reading)
def show(flags: Reading, email: Annotated[str, EMAIL]) -> None:
    """Shows one person: role, status, groups, managers, last login, SCIM mark."""
    address = inputs.address(email)
    with reading(flags) as connector:
        person = connector.person(address)
    if flags.json:
        put_json(person)
        return
    put_facts(
        [
            ("Email", neutral(person.email)),
            *_names(person),
            ("Role", _or_dash(person.role)),
            ("Status", _or_dash(person.status)),
            ("Groups", _joined(person.groups)),
            ("Managers", _joined(person.managers)),
            ("Last login", last_login(person)),
            ("SCIM-managed", {True: "yes", False: "no", None: UNKNOWN}[person.scim_managed]),
        ]
    )


def _may_not_have_accepted(person: Person) -> bool:
    """Whether 'not deactivated' is all that is told; whoever has signed in has accepted."""
    return person.may_be_invited and person.last_login is None and person.last_login_between is None


def _names(person: Person) -> list[tuple[str, str]]:
    """Her names; the one text that the console shows where that does not tell which is which."""
    if person.shown_name and not (person.first_name or person.last_name):
        return [("Name", neutral(person.shown_name))]
    return [("First name", _or_dash(person.first_name)), ("Last name", _or_dash(person.last_name))]


@app.command(epilog=example("workramp people export people.csv"))
@with_options(Reading)
def export(
    flags: Reading,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", dir_okay=False, help="Where to write.")],
    yes: Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Replace the file if it exists.")] = False,
) -> None:
    """Writes everyone to a roster file, with groups and managers; `people import` reads it back."""
    if not file.parent.is_dir():
        raise InputError(f"FILE.csv: there is no folder {neutral(file.parent)}")
    if file.exists() and not yes:
        if not somebody_can_answer():
            raise Declined(f"FILE.csv: {neutral(file)} exists", advice="pass --yes to replace it, or name another file")
        confirm(f"Replace {neutral(file)} with the people", str(settings_for(flags).url), destructive=True)
    with reading(flags) as connector:
        people = connector.export()
    from connector.roster import write_roster

    write_roster(file, people)
    if flags.json:
        put_json({"path": str(file), "people": len(people)})
    elif not flags.quiet:
        say(f"wrote {len(people)} people to {neutral(file)}")


def put_people(people: Sequence[Person]) -> None:
    """Prints people to stdout, one a row."""
    columns = [
        Column("Email", "bold", head=True),
        Column("Name"),
        Column("Role"),
        Column("Status", styles=STATUS_STYLES),
        Column("Last login", "dim", labelled=True),
        Column("Groups", "dim", labelled=True),
    ]
    put_table(
        columns,
        [
            [
                neutral(person.email),
                " ".join(neutral(name) for name in (person.first_name, person.last_name) if name) or UNKNOWN,
                _or_dash(person.role),
                _or_dash(person.status),
                last_login(person),
                _joined(person.groups),
            ]
            for person in people
        ],
    )


def last_login(person: Person) -> str:
    """The day in UTC, `never` where the console says so, else a dash."""
    if person.last_login is not None:
        return person.last_login.date().isoformat()
    return "never" if person.never_signed_in else UNKNOWN


def _joined(names: Sequence[str] | None) -> str:
    if names is None:
        return UNKNOWN
    return "; ".join(neutral(name) for name in names) or "none"


def _or_dash(value: object | None) -> str:
    return UNKNOWN if value is None or value == "" else neutral(value)
