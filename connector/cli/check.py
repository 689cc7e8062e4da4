"""`workramp check`: every element of every screen, found or not, by which word and rendered how."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli.options import Reading, example, with_options
from connector.cli.tables import UNKNOWN, Column, put_table
from connector.cli.terminal import neutral, neutral_lines, put, put_json, say
from connector.cli.work import connected, reading

if TYPE_CHECKING:
    from connector.survey import Survey
    from page_objects.inspection import Finding

EXAMPLE = example("workramp check --json")

_STYLES = {"found": "green", "MISSING": "bold red", "AMBIGUOUS": "bold red", "missing": "yellow", "ambiguous": "yellow"}
_MOST_SHOWN = 6


@with_options(Reading)
def check(
    flags: Reading,
    recording: Annotated[
        Path | None,
        typer.Option(
            "--recording",
            metavar="DIR",
            exists=True,
            file_okay=False,
            help="Read a recording instead of the console; needs no credentials.",
        ),
    ] = None,
) -> None:
    """Reads every screen and says whether it still looks as expected; changes nothing.

    Dialogs are opened and left. Actions on people are found, never clicked.
    Ends with 5 if something that the connector needs is not there.
    """
    with reading(flags) if recording is None else connected(flags) as connector:
        survey = connector.check() if recording is None else connector.check_recording(recording)
    if flags.json:
        put_json(survey.as_json())
    else:
        put_survey(survey, quiet=flags.quiet)
    if survey.exit_code:
        raise typer.Exit(survey.exit_code)


def put_survey(survey: Survey, *, quiet: bool) -> None:
    """Prints the elements by screen, what changed, and lines for a labels file; the verdict goes to stderr."""
    columns = [
        Column("Screen", "dim", head=True),
        Column("Element", "bold", head=True),
        Column("State", styles=_STYLES),
        Column("Word", labelled=True),
        Column("Rendered", "dim", labelled=True),
        Column("Remarks"),
    ]
    put_table(columns, [_row(each) for seen in survey.looks for each in seen.findings])
    for line in survey.changed:
        put(f"changed: {neutral(line)}", "bold red")
    if lines := survey.suggestions:
        put()
        put("Lines for a labels file (WORKRAMP_LABELS), to be looked through and uncommented:")
        put(neutral_lines(lines.rstrip()))
    if quiet:
        return
    found = sum(each.state.value == "found" for seen in survey.looks for each in seen.findings)
    say(f"edition {survey.edition}, dialect {survey.dialect}: {found} elements found")
    say("Not looked at: the question before a change, since a console may act at once.")
    if missing := survey.mismatches:
        say(f"{len(missing)} needed by the connector and not as expected:", "bold red")
        for each in missing:
            say(f"  - {neutral(each.screen)}: {neutral(each.element)} is {each.state.value}", "red")
    if survey.changed:
        say(f"{len(survey.changed)} read otherwise than when the recording was made", "bold red")


def _row(finding: Finding) -> list[str]:
    state = finding.state.value.upper() if finding.mismatch else finding.state.value
    dialect = f"{finding.dialect} ({finding.rendered})" if finding.rendered else finding.dialect
    return [
        neutral(finding.screen),
        neutral(finding.element),
        state,
        neutral(finding.word or UNKNOWN),
        neutral(dialect or UNKNOWN),
        neutral(_remarks(finding)),
    ]


def _remarks(finding: Finding) -> str:
    remarks = [finding.note] if finding.note else []
    if finding.state.value == "missing" and (finding.required or finding.instead):
        if finding.required and finding.expected:
            remarks.append("expected " + " / ".join(finding.expected[:_MOST_SHOWN]))
        if finding.instead:
            remarks.append("there is " + ", ".join(finding.instead[:_MOST_SHOWN]))
    return "; ".join(remarks)
