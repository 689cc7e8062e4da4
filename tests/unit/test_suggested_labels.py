"""Which lines `workramp check` suggests for a labels file: what an element may be called here, and nothing else."""

from __future__ import annotations

import pytest

from connector.stops import Look, Stop
from connector.survey import suggestions
from page_objects.inspection import Finding, State


def lines(*findings: Finding) -> list[str]:
    """The suggested lines, without what is said of them."""
    told = suggestions([Look(Stop("people", "people"), "People", findings)])
    return [line for line in told.splitlines() if "=" in line]


def missing(key: str | None, *instead: str, element: str = "", required: bool = False) -> Finding:
    return Finding("People", element or str(key), State.MISSING, required, key=key, instead=instead)


def test_what_a_console_may_lack_is_suggested_by_a_word_alone_that_speaks_of_it() -> None:
    assert lines(missing("export", "Colleagues", "Export the list", "Show help")) == ['# export = ["Export the list"]']
    assert lines(missing("export", "Colleagues", "Show help")) == []


def test_of_what_is_needed_everything_else_is_suggested_behind_that() -> None:
    assert lines(missing("deactivate", "Colleagues", "Deactivate somebody", required=True)) == [
        '# deactivate = ["Deactivate somebody", "Colleagues"]'
    ]


@pytest.mark.parametrize(
    "name",
    ["Active 144", "All (180)", "Accept all", "Reject all", "Go to previous page", "Learn more", "Search by name"],
)
def test_what_counts_or_leads_elsewhere_is_the_word_of_nothing(name: str) -> None:
    assert lines(missing("invite", name, required=True)) == []


def test_a_role_is_suggested_for_the_one_that_it_speaks_of_and_any_other_for_all() -> None:
    found = lines(missing(None, "Team manager", "Trainee", element="values of role"))
    assert '# role_manager = ["Team manager", "Trainee"]' in found
    assert '# role_learner = ["Trainee"]' in found
    assert '# role_admin = ["Trainee"]' in found
