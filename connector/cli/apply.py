"""`workramp apply`: a plan, or a roster that is planned and applied in one go, carried out as a durable run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from connector.cli import inputs
from connector.cli.asking import confirm, named, somebody_can_answer
from connector.cli.handing_over import handed_over
from connector.cli.options import Changing, example, with_options
from connector.cli.outcomes import put_report
from connector.cli.plan import DeactivateMissing, ExactGroups, ExactManagers, Format, Mapping, read
from connector.cli.terminal import neutral, say
from connector.cli.work import attended, is_recorded, settings_for
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.models import Operation, Outcome
    from connector.plan_models import Plan, PlanOptions
    from connector.roster import Roster

EXAMPLE = example("workramp apply staff.csv --mapping mapping.toml --deactivate-missing --dry-run")

_WORDS = {"reactivate": "reactivate", "invite": "invite", "edit": "change", "resend": "resend to"}


@with_options(Changing)
def apply(
    flags: Changing,
    file: Annotated[
        Path,
        typer.Argument(metavar="PLAN.json|ROSTER.csv", help="A plan that was kept, or a roster.", show_default=False),
    ],
    deactivate_missing: DeactivateMissing = False,
    mapping: Mapping = None,
    format: Format = None,
    exact_groups: ExactGroups = False,
    exact_managers: ExactManagers = False,
) -> None:
    """Carries a plan out as a durable run, or plans a roster and carries that out.

    A plan is refused if it was edited, is too old, or if somebody it concerns was
    changed since. How a roster is to be planned is said by the options of `plan`;
    a plan has them in it. What is refused is reported, and the rest is carried out.
    Off a terminal, what a guard refuses that a person may lift waits for
    `runs approve`.
    """
    from connector.plan_file import is_plan, read_plan
    from connector.plan_models import PlanOptions

    lifted = inputs.guards(flags.override)
    run_id = inputs.run_id(flags.run_id)
    options = PlanOptions(
        deactivate_missing=deactivate_missing,
        exact_groups=exact_groups,
        exact_managers=exact_managers,
        overrides=lifted,
    )
    given: Plan | Roster
    if is_plan(file):
        if options != PlanOptions() or mapping is not None or format is not None:
            raise InputError(
                f"{neutral(file)} is a plan, and says itself how it was made and which guards it lifts",
                advice="leave the options of planning and --override out, or make the plan anew with them",
            )
        given = read_plan(file)
    else:
        given = read(flags, file, format, mapping, lifted)
    _carry_out(flags, file, given, options, run_id)


def _carry_out(flags: Changing, file: Path, given: Plan | Roster, options: PlanOptions, run_id: str | None) -> None:
    from connector.models import Report
    from connector.plan_models import Plan
    from connector.run_records import new_run_id

    settings = settings_for(flags)
    run_id = run_id or new_run_id()
    if handed_over(flags, settings, run_id):
        return
    left_out: list[Outcome] = []
    so_far: list[Outcome] = []
    try:
        with attended(flags, settings) as (connector, watch):

            def agree(operations: Sequence[Operation], refused: Sequence[Outcome]) -> None:
                left_out.extend(refused)
                if operations and not (flags.yes or flags.queue):
                    with watch.aside():
                        _ask(file, str(settings.url), operations, refused)

            how: dict[str, Any] = {
                "dry_run": flags.dry_run,
                "run_id": run_id,
                "wait": not flags.no_wait,
                "unattended": not somebody_can_answer(),
                "agree": agree,
                "on_outcome": so_far.append,
            }
            if isinstance(given, Plan):
                report = connector.apply(given, **how)
            else:
                report = connector.apply_roster(given, options, **how)
    except BaseException as error:
        if so_far:
            put_report(Report(run=run_id, outcomes=(*left_out, *so_far)), as_json=flags.json, quiet=flags.quiet)
        if not (flags.dry_run or isinstance(error, InputError)) and is_recorded(settings, run_id):
            say(f"`workramp runs resume {run_id}` goes on with this run.")
        raise
    put_report(report, as_json=flags.json, quiet=flags.quiet, dry_run=flags.dry_run)
    if report.exit_code:
        raise typer.Exit(report.exit_code)


def _ask(file: Path, console: str, operations: Sequence[Operation], refused: Sequence[Outcome]) -> None:
    """Whoever answers sees how many it happens to, and who loses access."""
    from connector.models import people_of

    whom: dict[str, list[str]] = defaultdict(list)
    for operation in operations:
        for person in people_of(operation):
            whom[person.operation].append(person.email)
    leavers = whom.pop("deactivate", [])
    parts = [f"deactivate {len(leavers)}: {named(leavers)}"] if leavers else []
    parts += [f"{_WORDS[kind]} {len(emails)}" for kind, emails in whom.items()]
    parts += [f"{len(refused)} refused"] if refused else []
    confirm(f"Apply {neutral(file.name)} ({'; '.join(parts)})", console, people=len(leavers), destructive=bool(leavers))
