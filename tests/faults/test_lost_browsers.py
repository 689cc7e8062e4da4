"""A tab that crashes, a browser that is killed: started again once, and looked at before anything is done again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from starlette.requests import Request
from starlette.responses import Response

from connector import Connector
from connector.errors import ConsoleUnavailable
from connector.models import Deactivate, Invite, Operation, Result
from fixtures.mock_console import MockConsole
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.web import Web
from tests.conftest import Keeper, lane_of
from tests.flows.oracle import assert_only_changed, happened, mailed

ANN = "ann@northwind.example"
NEW = "nadja.new@northwind.example"
CHANGES: dict[str, Operation] = {
    "deactivate": Deactivate(email=ANN),
    "invite": Invite(email=NEW, first_name="Nadja", last_name="New"),
}
EFFECTS: dict[str, dict[str, Any]] = {
    "deactivate": {ANN: {"status": "deactivated"}},
    "invite": {NEW: {"first_name": "Nadja", "last_name": "New"}},
}


@pytest.fixture
def doomed(keeper: Keeper, mock: MockConsole) -> Iterator[Connector]:
    """The worker's connector, whose browser does not outlive the test."""
    yield keeper.lend(mock)
    keeper.take_back(usable=False)


def pids(connector: Connector, kind: str) -> list[int]:
    """The processes of the connector's browser of one kind: `browser` or `renderer`."""

    async def ask() -> list[int]:
        browser = lane_of(connector).page.context.browser
        session = await browser.new_browser_cdp_session()
        told = await session.send("SystemInfo.getProcessInfo")
        await session.detach()
        return [int(each["id"]) for each in told["processInfo"] if each["type"] == kind]

    assert connector._portal is not None
    return list(connector._portal.call(ask))


def kill(processes: list[int]) -> None:
    assert processes
    for each in processes:
        os.kill(each, signal.SIGKILL)


@pytest.mark.parametrize("kind", ["renderer", "browser"])
def test_a_list_goes_on_in_a_new_browser(
    doomed: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    processes = pids(doomed, kind)

    def after_the_first_page(what: str, done: int, total: int | None) -> None:
        if done and processes:
            kill([processes.pop() for _ in list(processes)])

    monkeypatch.setattr(doomed, "_progress", after_the_first_page)
    before = mock.books()
    found = [person.email for person in doomed.people()]
    assert processes == []
    assert sorted(found) == sorted(person.email for person in before.people)
    assert happened(before, mock.books()) == []  # the session went on, nobody signed in again


@pytest.mark.parametrize("kind", ["renderer", "browser"])
@pytest.mark.parametrize("change", CHANGES)
def test_what_was_sent_when_the_browser_went_away_is_read_back_and_not_sent_again(
    doomed: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, kind: str, change: str
) -> None:
    """Killed after the console made the change and before it answered."""
    processes = pids(doomed, kind)
    before = mock.books()
    original = Web.done

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        if processes and len(mock.books().events) > len(before.events):
            kill([processes.pop() for _ in list(processes)])
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)
    report = doomed.run([CHANGES[change]])
    after = mock.books()
    assert processes == []
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE], report.outcomes[0].message
    assert_only_changed(before, after, EFFECTS[change])
    assert len(happened(before, after)) == 1
    assert len(mailed(before, after)) == (change == "invite")


def test_a_browser_that_died_between_two_operations_is_no_matter(doomed: Connector, mock: MockConsole) -> None:
    kill(pids(doomed, "browser"))
    before = mock.books()
    assert doomed.deactivate(ANN).result is Result.DONE
    assert happened(before, mock.books()) == [("deactivated", ANN)]


def test_a_browser_that_goes_away_again_and_again_is_given_up(
    doomed: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = 0

    def after_each_page(what: str, done: int, total: int | None) -> None:
        nonlocal killed
        killed += 1
        if done:
            tasks.append(asyncio.get_running_loop().create_task(crash(lane_of(doomed).page)))

    async def crash(page: Page) -> None:
        with suppress(PlaywrightError):  # what crashes does not answer
            await page.goto("chrome://crash")

    tasks: list[asyncio.Task[None]] = []

    monkeypatch.setattr(doomed, "_progress", after_each_page)
    with pytest.raises(ConsoleUnavailable, match="went away") as gone:
        doomed.people()
    assert killed >= 2
    assert gone.value.exit_code == 4
