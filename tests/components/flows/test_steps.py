"""Consoles whose form to invite is divided into steps, which are seen only once the earlier ones are filled in."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import Invite, Result
from tests.components.flows.books import assert_only, happened, person
from tests.components.server import ComponentConsole

NEW = "new.person@corp.example"
MARCUS = "marcus.webb@corp.example"

in_steps = pytest.mark.parametrize("library", ["carbon", "patternfly"], indirect=True, scope="session")


@in_steps
def test_check_misses_nothing_that_comes_with_a_later_step(connector: Connector, console: ComponentConsole) -> None:
    report = connector.check()
    assert [finding for look in report.looks for finding in look.mismatches] == []
    assert {"Invite User"} <= {look.title for look in report.looks}
    assert happened(console.books()) == []


@in_steps
def test_a_group_that_a_later_step_does_not_offer_is_refused_before_anything_is_sent(
    connector: Connector, console: ComponentConsole
) -> None:
    outcome = connector.invite(NEW, "New", "Person", groups=["No such group"])
    assert (outcome.result, outcome.guard) == (Result.REFUSED, "unknown-group"), outcome.message
    assert happened(console.books()) == []


@in_steps
def test_several_people_are_invited_each_once_and_who_is_refused_holds_up_nobody(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    good = [
        Invite(email=f"new{n}@corp.example", first_name="New", last_name=f"Person {n}", groups=("R&D",))
        for n in range(2)
    ]
    bad = Invite(email="odd@corp.example", first_name="Odd", last_name="Person", groups=("No such group",))
    report = connector.invite_people([*good, bad])
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE, Result.REFUSED], report
    after = console.books()
    assert_only(before, after, {}, new={each.email for each in good})
    assert sorted(email for action, email in happened(after) if action == "invited") == [each.email for each in good]
    assert all(person(after, each.email)["groups"] == ["R&D"] for each in good)
