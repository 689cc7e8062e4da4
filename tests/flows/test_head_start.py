"""A browser with a head start is the connector's only one, and is gone afterwards, whether it was used or not."""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack
from pathlib import Path

import pytest
from typer.main import get_command

from connector import Connector
from connector.cli.ahead import READERS, begun, head_start
from connector.cli.app import app
from connector.errors import ConnectorError
from connector.head_start import HeadStart
from fixtures.mock_console import MockConsole
from tests.conftest import settings_for
from tests.faults.processes import descendants, gone


def test_the_connector_takes_up_the_browser_that_is_on_its_way(mock: MockConsole, tmp_path: Path) -> None:
    running = descendants(os.getpid())
    settings = settings_for(mock, tmp_path)
    with HeadStart() as start:
        start.open(settings)
        with Connector(settings, start=start) as connector:
            assert connector.person(mock.admin_email).email == mock.admin_email
            ours = descendants(os.getpid()) - running
            commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in ours]
            assert sum(b"run-driver" in each for each in commands) == 1
            assert start.browser.alive
        assert not start.browser.alive
    assert gone(ours, 10) == set()


@pytest.mark.parametrize("opened", [True, False], ids=["browser", "driver-alone"])
def test_what_nobody_takes_up_is_closed(mock: MockConsole, tmp_path: Path, opened: bool) -> None:
    running = descendants(os.getpid())
    with HeadStart() as start:
        if opened:
            start.open(settings_for(mock, tmp_path))
    assert gone(descendants(os.getpid()) - running, 10) == set()


def test_what_is_in_the_browsers_way_is_heard_by_who_needs_it(mock: MockConsole, tmp_path: Path) -> None:
    settings = settings_for(mock, tmp_path, browser="/bin/false")
    with HeadStart() as start:
        start.open(settings)
        with Connector(settings, start=start) as connector, pytest.raises(ConnectorError, match="browser"):
            connector.person(mock.admin_email)


@pytest.mark.parametrize("reader", sorted(READERS), ids=" ".join)
def test_what_begins_before_it_is_parsed_is_a_command(reader: tuple[str, ...]) -> None:
    command = get_command(app)
    for word in reader:
        command = command.commands[word]  # type: ignore[attr-defined]
    assert not hasattr(command, "commands")


def test_a_command_that_reads_takes_up_the_driver_that_came_before_it(mock: MockConsole, tmp_path: Path) -> None:
    running = descendants(os.getpid())
    with begun(["--debug", "people", "show", mock.admin_email]):
        with ExitStack() as opened:
            start = head_start(opened)
            start.open(settings_for(mock, tmp_path))
            assert start.portal.call(start.browser.launched).is_connected()
            ours = descendants(os.getpid()) - running
            drivers = [pid for pid in ours if b"run-driver" in Path(f"/proc/{pid}/cmdline").read_bytes()]
            assert len(drivers) == 1
        assert start.browser.alive
    assert gone(ours, 10) == set()


def test_a_driver_that_bad_input_left_alone_is_gone_afterwards() -> None:
    running = descendants(os.getpid())
    with pytest.raises(SystemExit) as ended, begun(["people", "show", "nobody"]):
        app(["people", "show", "nobody"])
    assert ended.value.code == 2
    assert gone(descendants(os.getpid()) - running, 10) == set()
    with ExitStack() as opened:
        head_start(opened).portal.call(asyncio.sleep, 0)  # raises where the one that was stopped is handed out again


@pytest.mark.parametrize(
    "arguments",
    [["people", "deactivate", "ann@northwind.example"], ["people", "show", "--help"], ["people"], []],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
def test_what_changes_something_or_only_helps_begins_no_driver(arguments: list[str]) -> None:
    running = descendants(os.getpid())
    with begun(arguments):
        assert descendants(os.getpid()) == running
