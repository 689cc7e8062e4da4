"""Runs of which something was cut short: what the attempt makes of the rest, and what the next one tells and does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from connector import Connector, run_control
from connector.batch import Batch
from connector.errors import ConsoleUnavailable, LaneLost
from connector.journal import Stop
from connector.models import (
    Deactivate,
    Edit,
    Guard,
    Invite,
    Operation,
    Reactivate,
    Report,
    Result,
    Role,
    outcomes_of,
)
from connector.run_control import RunState
from connector.settings import Settings
from fixtures.mock_console import MockConsole
from tests.flows.oracle import assert_only_changed, happened, mailed

ANN, BILL, HELEN, JEAN = (
    f"{name}@northwind.example" for name in ("ann", "bill.hargreaves", "helen.brandt", "jean-luc.moreau-petit")
)
LEAD, NEW = "lea.lead@northwind.example", "nadja.new@northwind.example"
TWO: list[Operation] = [Deactivate(email=ANN), Deactivate(email=BILL)]


pytestmark = pytest.mark.usefixtures("one_lane")


Losing = Callable[[Operation | None], None]


@pytest.fixture
def losing() -> Iterator[Losing]:
    """Lets an operation lose its tab, again and again, before it sends anything; `losing(None)` ends that."""
    with pytest.MonkeyPatch.context() as patch:
        original = Batch._attempted

        def lose(lost: Operation | None) -> None:
            async def attempted(batch: Batch, console: Any, operation: Operation, *given: Any) -> Any:
                if operation == lost:
                    raise Stop(LaneLost("planted: the tab went away"), outcomes_of(operation, Result.FAILED, "planted"))
                return await original(batch, console, operation, *given)

            patch.setattr(Batch, "_attempted", attempted)

        yield lose


def results(report: Report) -> list[Result]:
    return [outcome.result for outcome in report.outcomes]


def test_what_needs_an_operation_that_was_cut_short_waits_for_the_next_attempt(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, losing: Losing
) -> None:
    """Her reports are not refused for a manager who is only not invited yet; who has nothing to do with her goes on."""
    lead = Invite(email=LEAD, first_name="Lea", last_name="Lead", role=Role.MANAGER)
    operations: list[Operation] = [
        lead,
        Invite(email=NEW, first_name="Nadja", last_name="New", managers=(LEAD,)),
        Edit(email=NEW, add_groups=("Sales",)),
        Deactivate(email=ANN),
    ]
    before = mock.books()
    losing(lead)
    report = connector.run(operations, run_id=run)
    between = mock.books()
    assert results(report) == [Result.FAILED] * 3 + [Result.DONE]
    assert report.outcomes[1].message == f"not attempted: invite {LEAD} before it was cut short"
    assert report.outcomes[2].message == f"not attempted: invite {NEW} before it was cut short"
    assert_only_changed(before, between, {ANN: {"status": "deactivated"}})
    view = run_control.view(settings, run)
    assert (view.state, [outcome.result for outcome in view.outcomes]) == (RunState.STOPPED, results(report))
    losing(None)
    assert results(connector.resume(run)) == [Result.DONE] * 4
    after = mock.books()
    assert mailed(between, after) == [(LEAD, "invitation"), (NEW, "invitation")]
    assert (after.person(NEW).managers, after.person(NEW).groups) == ((LEAD,), ("Sales",))
    assert happened(between, after) == [("invited", LEAD), ("invited", NEW), ("edited", NEW)]


@pytest.mark.parametrize("unattended", [False, True])
def test_a_seat_that_was_to_be_freed_and_was_not_refuses_nobody_for_good(
    connector: Connector, mock: MockConsole, run: str, losing: Losing, unattended: bool
) -> None:
    mock.reset(seats=mock.books().seats_used)
    operations: list[Operation] = [Deactivate(email=ANN), Reactivate(email=HELEN)]
    before = mock.books()
    losing(operations[0])
    report = connector.run(operations, run_id=run, unattended=unattended)
    assert results(report) == [Result.FAILED, Result.REFUSED]
    assert report.outcomes[1].guard is Guard.NO_FREE_SEAT
    assert report.outcomes[1].message.endswith("a deactivation before was cut short")
    assert "waits for approval" not in report.outcomes[1].message
    assert_only_changed(before, mock.books(), {})
    losing(None)
    assert results(connector.resume(run)) == [Result.DONE] * 2
    assert happened(before, mock.books()) == [("deactivated", ANN), ("reactivated", HELEN)]


def test_where_seats_are_left_a_deactivation_that_was_cut_short_keeps_nobody_out(
    connector: Connector, mock: MockConsole, run: str, losing: Losing
) -> None:
    operations: list[Operation] = [Deactivate(email=ANN), Reactivate(email=HELEN)]
    before = mock.books()
    losing(operations[0])
    assert results(connector.run(operations, run_id=run)) == [Result.FAILED, Result.DONE]
    assert happened(before, mock.books()) == [("reactivated", HELEN)]


@pytest.mark.parametrize("reached", ["done", "sent", "not at all"])
def test_what_an_earlier_attempt_did_is_told_by_one_that_stops_before_it(
    connector: Connector, mock: MockConsole, run: str, settings: Settings, reached: str
) -> None:
    """The first attempt loses a tab at the second of three operations, the second one the console."""
    last = Deactivate(email=JEAN)
    before = mock.books()
    original = Batch._attempted
    trouble: list[ConsoleUnavailable] = [LaneLost("planted: the tab went away")]

    async def attempted(batch: Batch, console: Any, operation: Any, *given: Any) -> Any:
        if operation in (TWO[1], last) and (operation == TWO[1] or reached != "done"):
            acted = operation == last and reached == "sent"
            if acted:
                await given[2]([JEAN], {})  # the intent
            result = Result.UNKNOWN if acted else Result.FAILED
            raise Stop(trouble[0], outcomes_of(operation, result, "planted"), acted=acted)
        return await original(batch, console, operation, *given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Batch, "_attempted", attempted)
        first = connector.run([*TWO, last], run_id=run)
        trouble[0] = ConsoleUnavailable("planted: no answer")
        second = connector.resume(run)
    result = {"done": Result.DONE, "sent": Result.UNKNOWN, "not at all": Result.FAILED}[reached]
    assert results(first) == results(second) == [Result.DONE, Result.FAILED, result]
    assert [outcome.result for outcome in run_control.view(settings, run).outcomes] == results(second)
    between = mock.books()
    done = {ANN: {"status": "deactivated"}} | ({JEAN: {"status": "deactivated"}} if reached == "done" else {})
    assert_only_changed(before, between, done)
    assert results(connector.resume(run)) == [Result.DONE] * 3
    left = [BILL] if reached == "done" else [BILL, JEAN]
    assert happened(between, mock.books()) == [("deactivated", email) for email in left]
