"""One console of each library and one signed-in connector for it, kept through all tests of the worker.

The tests come library by library, since `library` is a fixture of the session, and workers take them in long stretches.

The directory is put back before each test. A connector that a test has left in doubt is thrown away.
"""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from connector import Connector
from connector.settings import load_settings
from tests.components.server import EDITIONS, LIBRARIES, ComponentConsole
from tests.components.store import ACCOUNT
from tests.conftest import BROWSER, lane_of

PEOPLE = 38

_FAILED = pytest.StashKey[bool]()
_MOST_SECONDS = 300
"""An invitation with groups and managers takes 50 s alone on a slow machine where all lies in shadow trees."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where LIBRARIES names some, the flows of the other consoles are left out."""
    wanted = os.environ.get("LIBRARIES", "").split()
    if unknown := set(wanted) - {*LIBRARIES, *EDITIONS}:
        raise pytest.UsageError(f"LIBRARIES names {', '.join(sorted(unknown))}; there are {LIBRARIES + EDITIONS}")
    left_out = [item for item in items if wanted and _library_of(item) not in (None, *wanted)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
    for item in items:
        if _library_of(item) is not None:
            item.add_marker(pytest.mark.timeout(_MOST_SECONDS))


def _library_of(item: pytest.Item) -> str | None:
    """Which console a test is about; None for a test that is about none of them."""
    found = (
        item.callspec.params.get("library") if isinstance(item, pytest.Function) and hasattr(item, "callspec") else None
    )
    return None if found is None else str(found)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


def connect(console: ComponentConsole, state_dir: Path, **changes: Any) -> Connector:
    given: dict[str, Any] = {
        "url": console.url,
        "email": console.email,
        "password": console.password,
        "state_dir": state_dir,
        "state_key": "a passphrase of the tests",
        "timeout": 10,
        "browser": BROWSER,
    }
    return Connector(load_settings(**(given | changes)))


@pytest.fixture(params=LIBRARIES, scope="session")
def library(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def _console(library: str) -> Iterator[ComponentConsole]:
    with ComponentConsole(library, people=PEOPLE, latency=0.05) as console:
        yield console


@pytest.fixture
def console(_console: ComponentConsole) -> ComponentConsole:
    """The library's console in its initial state; the connector may be signed in already."""
    _console.reset()
    return _console


class Keeper:
    def __init__(self, console: ComponentConsole, state_dir: Path) -> None:
        self.console, self.state_dir = console, state_dir
        self.lent: Connector | None = None

    def lend(self) -> Connector:
        if self.lent is None:
            self.lent = connect(self.console, self.state_dir)
            self.lent.person(ACCOUNT)
            self.console.reset()
        lane_of(self.lent).known_groups.clear()
        return self.lent

    def throw_away(self) -> None:
        if self.lent is not None:
            lent, self.lent = self.lent, None
            lent.close()


@pytest.fixture(scope="session")
def _keeper(_console: ComponentConsole, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keeper]:
    keeper = Keeper(_console, tmp_path_factory.mktemp("state"))
    yield keeper
    keeper.throw_away()


@pytest.fixture
def connector(_keeper: Keeper, console: ComponentConsole, request: pytest.FixtureRequest) -> Iterator[Connector]:
    """A connector signed in at `console`; a test that fails leaves the next one a new one."""
    yield _keeper.lend()
    if request.node.stash.get(_FAILED, False):
        _keeper.throw_away()
