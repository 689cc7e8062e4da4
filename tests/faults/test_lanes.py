"""Several tabs at work on one run: order where it matters, one session, one crash that costs one operation."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError
from starlette.requests import Request
from starlette.responses import Response

from connector import Connector
from connector.actions import context as contexts
from connector.console import Console
from connector.models import Deactivate, Edit, Guard, Invite, Operation, Reactivate, Report, Result
from fixtures.mock_console import Books, MockConsole
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.web import Web
from tests.conftest import StartConnector, StartConsole
from tests.flows.oracle import assert_only_changed, happened, mailed, signed_in

ANN, BILL = "ann@northwind.example", "bill.hargreaves@northwind.example"
NEW = [f"new.person{number}@northwind.example" for number in range(6)]


def invite(email: str, **details: Any) -> Invite:
    return Invite.model_validate({"email": email, "first_name": "New", "last_name": f"Of {email[:11]}", **details})


def results(report: Report) -> list[Result]:
    return [outcome.result for outcome in report.outcomes]


@pytest.fixture
def lanes_opened(monkeypatch: pytest.MonkeyPatch) -> list[Console]:
    """The lanes that worked."""
    opened: list[Console] = []
    original = Console.lane

    async def lane(console: Console) -> Any:
        if console not in opened:
            opened.append(console)
        return await original(console)

    monkeypatch.setattr(Console, "lane", lane)
    return opened


def invited(before: Books, after: Books) -> dict[str, dict[str, Any]]:
    """What is to be expected of people who were invited, and who they are."""
    return {
        email: {"first_name": "New", "last_name": f"Of {email[:11]}"}
        for email in NEW
        if after.find(email) is not None and before.find(email) is None
    }


def test_lanes_do_a_run_together_and_report_in_its_order(
    connector: Connector, mock: MockConsole, lanes_opened: list[Console]
) -> None:
    before = mock.books()
    operations: list[Operation] = [*(invite(email) for email in NEW), Deactivate(email=ANN)]
    report = connector.run(operations, run_id="together")
    after = mock.books()
    assert results(report) == [Result.DONE] * 7
    assert [outcome.email for outcome in report.outcomes] == [*NEW, ANN]
    assert len(lanes_opened) == 4
    assert_only_changed(before, after, invited(before, after) | {ANN: {"status": "deactivated"}})
    assert sorted(mailed(before, after)) == [(email, "invitation") for email in NEW]
    assert signed_in(after) == signed_in(before)


def test_one_operation_opens_one_lane(connector: Connector, mock: MockConsole, lanes_opened: list[Console]) -> None:
    assert connector.deactivate(ANN).result is Result.DONE
    assert len(lanes_opened) == 1


def test_seats_are_freed_first_and_managers_come_before_their_reports(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    operations: list[Operation] = [
        Deactivate(email=ANN),
        Deactivate(email=BILL),
        invite(NEW[0], role="manager"),
        invite(NEW[1], managers=(NEW[0],)),
        invite(NEW[2], managers=(NEW[0],)),
        Edit(email=NEW[1], add_groups=("Sales",)),
    ]
    assert results(connector.run(operations)) == [Result.DONE] * 6
    events = happened(before, mock.books())
    order = [event for event in events if event[0] in ("deactivated", "invited")]
    assert sorted(order[:2]) == [("deactivated", ANN), ("deactivated", BILL)]
    assert order[2] == ("invited", NEW[0])
    assert sorted(order[3:]) == [("invited", NEW[1]), ("invited", NEW[2])]


def test_two_lanes_never_take_the_last_seat_twice(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used + 2)
    before = mock.books()
    gone = [person.email for person in before.people if person.status == "deactivated" and not person.scim_managed][:4]
    assert len(gone) == 4
    report = connector.run([Reactivate(email=email) for email in gone])
    after = mock.books()
    assert sorted(results(report)) == [Result.DONE] * 2 + [Result.REFUSED] * 2
    assert {outcome.guard for outcome in report.outcomes} == {None, Guard.NO_FREE_SEAT}
    back = [outcome.email for outcome in report.outcomes if outcome.result is Result.DONE]
    assert_only_changed(before, after, {email: {"status": "active"} for email in back})
    assert after.seats_used == after.seats_total


def test_a_session_that_ends_is_renewed_once_for_all_lanes(
    start_console: StartConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    mock = start_console()
    connector = start_connector(mock)
    connector.person(ANN)
    before = mock.books()
    original = Web.done
    ended: list[bool] = []

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        if not ended:
            ended.append(True)
            mock.end_sessions()
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)
    report = connector.run([invite(email) for email in NEW], run_id="ended-once")
    after = mock.books()
    assert ended
    assert results(report) == [Result.DONE] * 6, [outcome.message for outcome in report.outcomes]
    assert signed_in(after) == signed_in(before) + 1
    assert sorted(mailed(before, after)) == [(email, "invitation") for email in NEW]


def test_a_tab_that_crashes_again_and_again_costs_only_its_operation(
    mock: MockConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    connector = start_connector(mock)
    original = contexts.Context.about_to_send

    async def about_to_send(context: contexts.Context, *emails: str) -> None:
        if emails == (NEW[2],):
            raise PlaywrightError("Page.click: Target crashed")
        await original(context, *emails)

    monkeypatch.setattr(contexts.Context, "about_to_send", about_to_send)
    before = mock.books()
    report = connector.run([invite(email) for email in NEW], run_id="crash")
    assert [outcome.email for outcome in report.outcomes if outcome.result is not Result.DONE] == [NEW[2]]
    assert report.outcomes[2].result is Result.FAILED
    assert "went away" in report.outcomes[2].message
    assert report.exit_code == 1
    assert sorted(mailed(before, mock.books())) == sorted((email, "invitation") for email in NEW if email != NEW[2])
