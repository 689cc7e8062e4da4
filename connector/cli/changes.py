"""`workramp people`: the commands that change somebody."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connector.addresses import address_key
from connector.cli import inputs
from connector.cli.asking import named
from connector.cli.options import Changing, example, roles, with_options
from connector.cli.people import EMAIL
from connector.cli.people import app as app
from connector.cli.terminal import neutral, say
from connector.cli.work import carry_out
from connector.errors import InputError, PersonNotFound, RosterError
from connector.terms import Guard, Result, Role, Status

if TYPE_CHECKING:
    from connector import Connector
    from connector.models import Edit, Invite, Operation, Outcome, Person
    from connector.roster import BadRow, Roster, RosterRow

Names = list[str] | None

_ONE_BY_ONE = 10
"""So many people are looked up one by one; for more the list is read."""

_ROLE = typer.Option(
    "--role",
    metavar="ROLE",
    autocompletion=roles,
    help="learner, manager, admin or content_creator.",
    show_default=False,
)
_EMAILS = typer.Argument(metavar="EMAIL", help="Whole e-mail addresses.", show_default=False)


@app.command(
    epilog=example(
        "workramp people invite ann@northwind.example \\", "    --first-name Ann --last-name Lee --group Sales"
    )
)
@with_options(Changing)
def invite(
    flags: Changing,
    email: Annotated[str, EMAIL],
    first_name: Annotated[str, typer.Option("--first-name", metavar="NAME", show_default=False)],
    last_name: Annotated[str, typer.Option("--last-name", metavar="NAME", show_default=False)],
    role: Annotated[str | None, _ROLE] = None,
    group: Annotated[Names, typer.Option("--group", metavar="NAME", help="A group. Repeatable.")] = None,
    manager: Annotated[
        Names, typer.Option("--manager", metavar="EMAIL", help="A manager's address. Repeatable.")
    ] = None,
) -> None:
    """Invites one person; without --role as a learner."""
    from connector.models import Invite

    operation = Invite(
        email=inputs.address(email),
        first_name=inputs.text(first_name, "--first-name"),
        last_name=inputs.text(last_name, "--last-name"),
        role=inputs.role(role) or Role.LEARNER,
        groups=inputs.texts(group, "--group"),
        managers=inputs.addresses(manager or (), "--manager"),
    )
    carry_out(flags, [operation], what=f"Invite {named([operation.email])} as {operation.role}")


@app.command(
    "import",
    epilog=example("workramp people import new-hires.csv --skip-bad-rows"),
    short_help="Invites many from a roster file, through the console's CSV import.",
)
@with_options(Changing)
def import_people(
    flags: Changing,
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="The roster.", show_default=False)],
    skip_bad_rows: Annotated[
        bool,
        typer.Option("--skip-bad-rows", metavar="", help="Send the other rows where some cannot be used."),
    ] = False,
) -> None:
    """Invites everyone in a roster file, through the console's CSV import.

    Columns, in any order: Email, First name, Last name, Managers, Groups,
    Role, Status. With a row that cannot be used nothing is sent, unless
    --skip-bad-rows says that the others may go.
    """
    from connector.models import ImportPeople
    from connector.roster import read_roster

    roster = read_roster(file, allow_look_alikes=Guard.LOOK_ALIKE in inputs.guards(flags.override))
    if roster.notes and not flags.quiet:
        say(neutral(f"{file.name}: {'; '.join(roster.notes)}"))
    sifted = sift(roster, skip_bad_rows=skip_bad_rows)
    if not sifted.rows and not sifted.unsent:
        raise RosterError(
            f"{neutral(file)}: no row can be sent; nothing was sent",
            [neutral(f"{outcome.email}: {outcome.message}") for _, outcome in sifted.left_out],
        )
    kept_back = len(sifted.left_out) + len(sifted.unsent)
    left_out = f" ({_rows(kept_back)} left out)" if kept_back else ""
    people = tuple(as_invite(row) for row in sifted.rows)
    carry_out(
        flags,
        [ImportPeople(people=people, skip_bad_rows=skip_bad_rows)] if people else [],
        what=f"Invite {len(people)} people from {neutral(file)}{left_out}",
        people=len(people),
        skipped=sifted.skipped,
    )


@app.command(epilog=example("workramp people deactivate bill@northwind.example renate@northwind.example"))
@with_options(Changing)
def deactivate(flags: Changing, emails: Annotated[list[str], _EMAILS]) -> None:
    """Takes people's access away; their records stay. Asks first."""
    wanted = inputs.addresses(emails)
    from connector.models import Deactivate

    operations: list[Operation] = [Deactivate(email=email) for email in wanted]
    carry_out(flags, operations, what=f"Deactivate {named(wanted)}", people=len(wanted), destructive=True)


@app.command(epilog=example("workramp people reactivate helen@northwind.example --dry-run"))
@with_options(Changing)
def reactivate(flags: Changing, emails: Annotated[list[str], _EMAILS]) -> None:
    """Gives deactivated people their access back; each needs a free seat."""
    wanted = inputs.addresses(emails)
    from connector.models import Reactivate

    operations: list[Operation] = [Reactivate(email=email) for email in wanted]
    carry_out(flags, operations, what=f"Reactivate {named(wanted)}", people=len(wanted))


@app.command(epilog=example("workramp people resend noor@northwind.example"))
@with_options(Changing)
def resend(flags: Changing, emails: Annotated[list[str], _EMAILS]) -> None:
    """Sends the invitation of invited people again."""
    wanted = inputs.addresses(emails)
    from connector.models import Resend

    operations: list[Operation] = [Resend(email=email) for email in wanted]
    carry_out(flags, operations, what=f"Send the invitation again to {named(wanted)}", people=len(wanted))


@app.command(epilog=example("workramp people edit ann@northwind.example --role manager --add-group Sales"))
@with_options(Changing)
def edit(
    flags: Changing,
    email: Annotated[str, EMAIL],
    first_name: Annotated[str | None, typer.Option("--first-name", metavar="NAME")] = None,
    last_name: Annotated[str | None, typer.Option("--last-name", metavar="NAME")] = None,
    role: Annotated[str | None, _ROLE] = None,
    add_group: Annotated[Names, typer.Option("--add-group", metavar="NAME", help="Repeatable.")] = None,
    remove_group: Annotated[Names, typer.Option("--remove-group", metavar="NAME", help="Repeatable.")] = None,
    add_manager: Annotated[Names, typer.Option("--add-manager", metavar="EMAIL", help="Repeatable.")] = None,
    remove_manager: Annotated[Names, typer.Option("--remove-manager", metavar="EMAIL", help="Repeatable.")] = None,
) -> None:
    """Changes one person's name, role, groups or managers; what is not named stays as it is."""
    from connector.models import Edit

    operation = Edit(
        email=inputs.address(email),
        first_name=inputs.optional_text(first_name, "--first-name"),
        last_name=inputs.optional_text(last_name, "--last-name"),
        role=inputs.role(role),
        add_groups=inputs.texts(add_group, "--add-group"),
        remove_groups=inputs.texts(remove_group, "--remove-group"),
        add_managers=inputs.addresses(add_manager or (), "--add-manager"),
        remove_managers=inputs.addresses(remove_manager or (), "--remove-manager"),
    )
    inputs.contradictions(operation.add_groups, operation.remove_groups, "group")
    inputs.contradictions(operation.add_managers, operation.remove_managers, "manager")
    if operation == Edit(email=operation.email):
        raise InputError("nothing to change", advice="name at least one of --first-name, --role, --add-group, ...")
    carry_out(flags, [operation], what=f"Change {_changes(operation)} of {named([operation.email])}")


@dataclass(frozen=True)
class Sifted:
    """What becomes of the rows of a roster: sent, left out with an outcome, or looked at and left alone.

    `left_out` has the line of each; `unsent` are rows that an import never takes and that may well be so already: of
    people who are to have no access, or without a name, as they are exported of people who have only one.
    """

    file: Path
    rows: list[RosterRow]
    left_out: list[tuple[int, Outcome]]
    unsent: list[RosterRow]
    skip_bad_rows: bool

    def skipped(self, connector: Connector) -> list[Outcome]:
        """An outcome for each row that is not sent, by line: who is here, or not, as her row says is so already.

        Raises RosterError where a name is missing of somebody who is not here, unless bad rows are skipped.
        """
        if not self.unsent:
            return [outcome for _, outcome in self.left_out]
        of_leavers = all(row.status is Status.DEACTIVATED for row in self.unsent)
        here = _found(connector, [row.email for row in self.unsent], whole=not of_leavers)
        looked_at = [(row, here.get(address_key(row.email))) for row in self.unsent]
        new = [row for row, person in looked_at if person is None and row.status is not Status.DEACTIVATED]
        bad = [unnamed for row in new if (unnamed := row.unnamed()) is not None]
        if bad and not self.skip_bad_rows:
            raise _unusable(self.file, bad)
        outcomes = [(row.line, _unsent(row, person)) for row, person in looked_at]
        return [outcome for _, outcome in sorted([*self.left_out, *outcomes], key=lambda pair: pair[0])]


def sift(roster: Roster, *, skip_bad_rows: bool) -> Sifted:
    """Which rows of a roster an import sends. Raises RosterError for bad rows, unless they are skipped."""
    if roster.bad_rows and not skip_bad_rows:
        raise _unusable(roster.path, roster.bad_rows)
    left_out = [(row.line, _left_out(row.email, _reason(row))) for row in roster.bad_rows]
    left_out += [
        (row.line, _left_out(row.email, f"line {row.line}: left alone: {row.reason}")) for row in roster.set_aside
    ]
    left_out.sort(key=lambda pair: pair[0])
    rows = [row for row in roster.rows if _is_sent(row)]
    unsent = [row for row in roster.rows if not _is_sent(row)]
    return Sifted(roster.path, rows, left_out, unsent, skip_bad_rows)


def _unusable(file: Path, bad: Sequence[BadRow]) -> RosterError:
    return RosterError(
        f"{neutral(file)}: {_rows(len(bad))} cannot be used; nothing was sent",
        [neutral(_reason(row)) for row in bad],
        advice="correct the file, or pass --skip-bad-rows to send the other rows",
    )


def _found(connector: Connector, emails: Sequence[str], *, whole: bool) -> dict[str, Person]:
    """Those of them who are here, by the key of the address: one by one, or many of them from the list.

    `whole`: with groups and managers, which a list may not show.
    """
    if len(emails) > _ONE_BY_ONE:
        here: dict[str, Person] = {}
        for person in connector.export() if whole else connector.people():
            # Of several who have one address, whoever has access: nobody is taken for gone by another's account.
            if here.setdefault(key := address_key(person.email), person).status is Status.DEACTIVATED:
                here[key] = person
        return here
    found = {}
    for email in emails:
        with suppress(PersonNotFound):
            found[address_key(email)] = connector.person(email)
    return found


def _is_sent(row: RosterRow) -> bool:
    return row.status is not Status.DEACTIVATED and row.unnamed() is None


def _unsent(row: RosterRow, person: Person | None) -> Outcome:
    """What becomes of a row that is not sent; `person` is whom it names, None where nobody here has that address."""
    gone = person is None or person.status is Status.DEACTIVATED
    if row.status is Status.DEACTIVATED:
        already = gone
        said = "not here, and deactivated by the file" if person is None else "is deactivated"
        wrong = f"line {row.line}, column Status: an import never deactivates anybody; use `people deactivate`"
    else:
        bad = row.unnamed()
        if person is not None and not gone and (lacks := _lacks(row, person)):
            outcome = _left_out(row.email, f"line {row.line}: is here already, but {lacks}; use `people edit`")
            return outcome.model_copy(update={"result": Result.FAILED})
        already, said = not gone, "is here already"
        wrong = f"line {row.line}: is deactivated; use `people reactivate`" if person or bad is None else _reason(bad)
    outcome = _left_out(row.email, f"line {row.line}: {said}" if already else wrong)
    return outcome.model_copy(update={"result": Result.ALREADY}) if already else outcome


def _lacks(row: RosterRow, person: Person) -> str | None:
    """What somebody who is here lacks of a row without a name; what the row does not say is as it is."""
    from connector.actions.invite import not_as_asked
    from connector.models import Invite

    said, shown = as_invite(row).model_dump(), {}
    for name in ("first_name", "last_name"):
        said[name] = said[name] or getattr(person, name) or ""
        shown[name] = said[name] if getattr(person, name) is None else getattr(person, name)
    if row.role is None:
        said["role"] = person.role or (Role.ADMIN if person.admin else Role.LEARNER)
    return not_as_asked(Invite.model_validate(said), person.model_copy(update=shown))


def as_invite(row: RosterRow) -> Invite:
    """The invitation of a roster row; without a role as a learner."""
    from connector.models import Invite

    return Invite(
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        role=row.role or Role.LEARNER,
        groups=row.groups,
        managers=row.managers,
    )


def _left_out(email: str, reason: str) -> Outcome:
    from connector.models import Outcome

    return Outcome(operation="import", email=email, result=Result.REFUSED, message=reason, tier="none")


def _reason(row: BadRow) -> str:
    column = f", column {row.column}" if row.column else ""
    return f"line {row.line}{column}: {row.reason}"


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def _changes(operation: Edit) -> str:
    changes = []
    if operation.first_name or operation.last_name:
        changes.append("the name")
    if operation.role:
        changes.append(f"the role (to {operation.role})")
    changes += [f"the groups (+{neutral(name)})" for name in operation.add_groups]
    changes += [f"the groups (-{neutral(name)})" for name in operation.remove_groups]
    changes += [f"the managers (+{neutral(name)})" for name in operation.add_managers]
    changes += [f"the managers (-{neutral(name)})" for name in operation.remove_managers]
    return ", ".join(changes)
