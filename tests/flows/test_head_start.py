"""A browser with a head start is the connector's only one, and is gone afterwards, whether it was used or not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from connector import Connector
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
