"""`workramp plan`: a roster compared with the console; changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli import inputs
from connector.cli.options import Reading, example, liftable, with_options
from connector.cli.tables import UNKNOWN, Column, put_table
from connector.cli.terminal import neutral, put, put_json, say
from connector.cli.work import reading
from connector.errors import InputError
from connector.terms import NEVER_LIFTED, Guard

if TYPE_CHECKING:
    from connector.plan_models import Item, Plan
    from connector.roster import Roster

EXAMPLE = example("workramp plan staff.csv --mapping mapping.toml --deactivate-missing -o plan.json")

_STYLES = {
    "deactivate": "bold red",
    "reactivate": "cyan",
    "invite": "green",
    "change": "blue",
    "refused": "yellow",
}


def _formats(incomplete: str) -> list[str]:
    from connector.roster_formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


DeactivateMissing = Annotated[
    bool, typer.Option("--deactivate-missing", metavar="", help="Whoever is not in the roster loses access.")
]
Mapping = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="A TOML file: columns and values to roles and groups.")
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="NAME",
        autocompletion=_formats,
        help="workramp, okta, entra, google or bamboohr, where the header does not tell.",
    ),
]
ExactGroups = Annotated[
    bool, typer.Option("--exact-groups", metavar="", help="Take people out of groups that the roster omits.")
]
ExactManagers = Annotated[
    bool, typer.Option("--exact-managers", metavar="", help="Take managers away that the roster omits.")
]


@with_options(Reading)
def plan(
    flags: Reading,
    file: Annotated[Path, typer.Argument(metavar="ROSTER.csv", help="The roster.", show_default=False)],
    deactivate_missing: DeactivateMissing = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="PLAN.json", dir_okay=False, help="Keep the plan.")
    ] = None,
    mapping: Mapping = None,
    format: Format = None,
    exact_groups: ExactGroups = False,
    exact_managers: ExactManagers = False,
    override: Annotated[
        list[str] | None,
        typer.Option("--override", metavar="GUARD", help="Lift a guard. Repeatable.", autocompletion=liftable),
    ] = None,
) -> None:
    """Says what it would take to make the console match a roster; changes nothing.

    Who would be invited, changed, deactivated, reactivated or left alone, and why;
    what the guards say already now; seats before and after. Reads the user exports
    of Okta, Entra ID, Google Workspace and BambooHR too.
    """
    lifted = inputs.guards(override)
    if output is not None and not output.absolute().parent.is_dir():
        raise InputError(f"-o: there is no folder {neutral(output.absolute().parent)}")
    roster = read(flags, file, format, mapping, lifted)
    from connector.plan_models import PlanOptions

    options = PlanOptions(
        deactivate_missing=deactivate_missing,
        exact_groups=exact_groups,
        exact_managers=exact_managers,
        overrides=lifted,
    )
    with reading(flags) as connector:
        made = connector.plan(roster, options)
    if output is not None:
        from connector.plan_file import write_plan

        write_plan(output, made)
    if flags.json:
        put_json(made.model_dump(mode="json"))
    else:
        put_plan(made, quiet=flags.quiet)
    if output is not None and not flags.quiet:
        say(f"the plan is in {neutral(output)}")


def read(flags: Reading, file: Path, name: str | None, mapping: Path | None, lifted: Sequence[Guard]) -> Roster:
    """The roster in a file; how it was read is said."""
    from connector.roster import read_roster
    from connector.roster_formats import format_named
    from connector.roster_mapping import read_mapping

    roster = read_roster(
        file,
        allow_look_alikes=Guard.LOOK_ALIKE in lifted,
        form=None if name is None else format_named(name),
        mapping=None if mapping is None else read_mapping(mapping),
    )
    if not flags.quiet:
        for note in roster.notes:
            say(neutral(f"{file.name}: {note}"))
    return roster


def put_plan(made: Plan, *, quiet: bool = False) -> None:
    """Prints a plan: a line for everybody to whom something would happen or who is refused, then totals and seats.

    Those who are left alone are counted by the reason.
    """
    order = list(_STYLES)
    shown = [item for item in made.items if item.refused or item.operations]
    shown.sort(key=lambda item: order.index(_label(item)))
    columns = [
        Column("Would", styles=_STYLES, head=True),
        Column("Email", "bold", head=True),
        Column("Line", "dim", right=True, labelled=True),
        Column("Why"),
    ]
    put_table(columns, [[_label(i), neutral(i.email) or UNKNOWN, str(i.line or UNKNOWN), _why(i)] for i in shown])
    if made.seats:
        put("")
        _put_seats(made)
    if quiet:
        return
    say(_summary(made))
    alone = Counter(item.reason for item in made.items if not item.refused and not item.operations)
    for reason, count in alone.most_common():
        say(f"left alone: {count} {neutral(reason)}")
    for line in _ways_on(made):
        say(line)


def _label(item: Item) -> str:
    return "refused" if item.refused else item.action.value


def _why(item: Item) -> str:
    said = [neutral(item.reason)]
    if item.refused and item.operations:
        said = [neutral(f"{item.action.value}: {item.reason}")]
    for verdict in item.verdicts:
        guard = "" if verdict.guard is None else f" [{verdict.guard.value}{', lifted' if verdict.lifted else ''}]"
        if verdict.guard is Guard.MASS_CHANGE:
            said.append(guard.strip())  # the same for all of them, and said once below
        else:
            said.append(neutral(" ".join(verdict.message.split())) + guard)
    return "; ".join(said)


def _put_seats(made: Plan) -> None:
    titles = ("Used", "Used after", "Total", "Free", "Free after")
    columns = [Column("Pool", "bold", head=True), *(Column(title, right=True, labelled=True) for title in titles)]
    put_table(
        columns,
        [
            [
                neutral(pool.name),
                *map(_number, (pool.used_before, pool.used_after, pool.total, pool.free_before, pool.free_after)),
            ]
            for pool in made.seats
        ],
    )


def _number(value: int | None) -> str:
    return UNKNOWN if value is None else f"{value:,}"


def _summary(made: Plan) -> str:
    totals = made.totals
    parts = [
        f"{count} to {word}"
        for word in ("deactivate", "reactivate", "invite", "change")
        if (count := getattr(totals, word))
    ]
    parts += [f"{totals.refused} refused"] if totals.refused else []
    parts += [f"{totals.leave} left alone"] if totals.leave else []
    return f"{', '.join(parts) or 'nothing to do'}; nothing was changed"


def _ways_on(made: Plan) -> list[str]:
    verdicts = [v for item in made.items for v in item.verdicts if v.guard is not None and not v.lifted]
    lines = []
    for guard, count in Counter(verdict.guard for verdict in verdicts).items():
        assert guard is not None
        way = "this guard is never lifted" if guard in NEVER_LIFTED else f"--override {guard.value} lifts it"
        why = dict.fromkeys(v.message for v in verdicts if v.guard is guard) if guard is Guard.MASS_CHANGE else ()
        lines.append(neutral("; ".join([f"{guard.value}: {count} refused", *why, way])))
    return lines
