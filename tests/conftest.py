"""What tests of whole flows share: one mock console and one signed-in connector for each worker.

A browser and a sign-in for every test would take most of the time. So the console is put back into its initial state
before each test, and the connector stays signed in; a connector that a test has left in doubt is thrown away. Tests of
signing in, of sessions and of faults that end them take a console and a connector of their own (`start_console`,
`start_connector`).
"""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import hypothesis
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from playwright.async_api import Browser, async_playwright

from connector import Connector
from connector.browser import VARIABLE, find_browser, launch_options
from connector.last_roster import _FOLDER
from connector.settings import Settings, load_settings, read_env_file
from fixtures.mock_console import MockConsole, MockOptions
from page_objects.controls import engine
from tests.postgres import Postgres, running_postgres

pytest.register_assert_rewrite("tests.flows.oracle", "tests.unit.session_store.saved")
# No test is judged by how long it takes.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")

PEOPLE = 60
"""How many people the console holds: everybody with a part in the tests, on three pages."""

StartConsole = Callable[..., MockConsole]
StartConnector = Callable[..., Connector]

_REPORTS = pytest.StashKey[dict[str, pytest.TestReport]]()


def _wanted_browser() -> str | None:
    """WORKRAMP_BROWSER, from the environment or .env: the one setting of this machine that tests go by."""
    wanted = os.environ.get(VARIABLE, "").strip()
    if not wanted and Path(".env").is_file():
        wanted = read_env_file(Path(".env")).get(VARIABLE, "")
    return wanted or None


BROWSER = _wanted_browser()

T = TypeVar("T")


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Runs it on an event loop in a thread of its own: pytest-playwright may have one running in this thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture(autouse=True)
def _nothing_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the machine reaches a test: neither from the environment nor from an .env file."""
    for name in [name for name in os.environ if name.upper().startswith("WORKRAMP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash.setdefault(_REPORTS, {})[report.when or ""] = report
    return report


@pytest.fixture
def went_well(request: pytest.FixtureRequest) -> Callable[[], bool]:
    """Tells after a test whether it passed. A fixture, as a module that imports this file has a copy of its own."""

    def tell() -> bool:
        report = request.node.stash.get(_REPORTS, {}).get("call")
        return report is not None and report.passed

    return tell


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's own browser is the one that the connector finds."""
    options = launch_options(find_browser(BROWSER), headed=browser_type_launch_args.get("headless") is False)
    return {**browser_type_launch_args, **options}


# -- a browser without a connector -------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def portal() -> Iterator[BlockingPortal]:
    """An event loop in a thread of its own, for what has to do with `browser_here`."""
    with start_blocking_portal() as portal:
        yield portal


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        await engine.register(playwright)
        browser = await playwright.chromium.launch(**launch_options(find_browser(BROWSER)))
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
def browser_here(portal: BlockingPortal) -> Iterator[Browser]:
    """A browser that knows the page objects' selectors."""
    with portal.wrap_async_context_manager(_browser()) as browser:
        yield browser


# -- the console -----------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def shared_console() -> Iterator[MockConsole]:
    with MockConsole(MockOptions(people=PEOPLE)) as mock:
        yield mock


def put_back(mock: MockConsole) -> None:
    """The console as it was started; whoever is signed in stays so."""
    mock.reset(**{field.name: getattr(mock.options, field.name) for field in dataclasses.fields(MockOptions)})


@pytest.fixture
def mock(shared_console: MockConsole) -> Iterator[MockConsole]:
    """The worker's console in its initial state, with 60 people and without faults."""
    put_back(shared_console)
    yield shared_console
    shared_console.set_faults()


@pytest.fixture
def start_console() -> Iterator[StartConsole]:
    """Starts a console for this test alone, with `MockOptions` by name."""
    with ExitStack() as running:

        def start(**options: Any) -> MockConsole:
            return running.enter_context(MockConsole(MockOptions(**{"people": PEOPLE, **options})))

        yield start


# -- the run database ------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The worker's PostgreSQL server; a test takes a database of its own."""
    with running_postgres() as server:
        yield server


# -- the connector ---------------------------------------------------------------------------------------------
def settings_for(mock: MockConsole, state_dir: Path, **changes: Any) -> Settings:
    """Settings for a console; no secret of them is worth anything elsewhere."""
    given: dict[str, Any] = {
        "url": mock.url,
        "email": mock.admin_email,
        "password": mock.admin_password,
        "state_dir": state_dir,
        "state_key": "a passphrase of the tests",
        "timeout": 8,
        "browser": BROWSER,
    }
    return load_settings(**(given | changes))


class Keeper:
    """Lends one signed-in connector after the other."""

    def __init__(self, settings: Callable[[], Settings]) -> None:
        self._settings = settings
        self._lent: Connector | None = None

    def lend(self, mock: MockConsole) -> Connector:
        """The connector, signed in; what it learnt of the groups in earlier tests is forgotten, since they are gone."""
        if self._lent is None:
            self._lent = Connector(self._settings())
            self._lent.person(mock.admin_email)
            put_back(mock)
        lane = lane_of(self._lent)
        lane.known_groups.clear()
        return self._lent

    def take_back(self, *, usable: bool) -> None:
        if not usable and self._lent is not None:
            lent, self._lent = self._lent, None
            lent.close()


def lane_of(connector: Connector) -> Any:
    """The tab that a connector works in; it must have been used before."""
    console = connector._console
    assert console is not None
    assert console.current_lane is not None
    return console.current_lane


@pytest.fixture(scope="session")
def state_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worker's state directory, which keeps the session of the shared connector."""
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def settings(mock: MockConsole, state_dir: Path) -> Settings:
    """Settings of the shared connector, at a console to which no roster was applied yet, whatever tests came before."""
    shutil.rmtree(state_dir / _FOLDER, ignore_errors=True)
    return settings_for(mock, state_dir)


@pytest.fixture(scope="session")
def keeper(shared_console: MockConsole, state_dir: Path) -> Iterator[Keeper]:
    keeper = Keeper(lambda: settings_for(shared_console, state_dir))
    yield keeper
    keeper.take_back(usable=False)


@pytest.fixture(scope="session")
def hasty_keeper(shared_console: MockConsole, state_dir: Path) -> Iterator[Keeper]:
    keeper = Keeper(lambda: settings_for(shared_console, state_dir, timeout=2, lanes=1))
    yield keeper
    keeper.take_back(usable=False)


@pytest.fixture
def connector(keeper: Keeper, mock: MockConsole, went_well: Callable[[], bool]) -> Iterator[Connector]:
    """The worker's connector, signed in at `mock`; a test that fails leaves the next one a new one."""
    yield keeper.lend(mock)
    keeper.take_back(usable=went_well())


@pytest.fixture
def hasty(hasty_keeper: Keeper, mock: MockConsole, went_well: Callable[[], bool]) -> Iterator[Connector]:
    """The same in one lane, and it waits no longer than 2 seconds for anything: for what never comes."""
    yield hasty_keeper.lend(mock)
    hasty_keeper.take_back(usable=went_well())


@pytest.fixture
def start_connector(tmp_path: Path) -> Iterator[StartConnector]:
    """Opens a connector for this test alone: `start_connector(mock, timeout=3, state_dir=...)`.

    Its state directory is the test's own unless one is given, so that it signs in by itself. `say` and `progress` are
    the connector's own.
    """
    with ExitStack() as opened:

        def start(mock: MockConsole, *, say: Any = None, progress: Any = None, **changes: Any) -> Connector:
            settings = settings_for(mock, changes.pop("state_dir", tmp_path / "state"), **changes)
            return opened.enter_context(Connector(settings, say=say, progress=progress))

        yield start
