"""A run that one fault after the other befalls, drawn from a seed: it comes to the end that it has undisturbed.

FAULT_SEEDS says for how many seeds. `judgement.py` judges, which knows only books and reports, and is judged itself in
`test_fault_oracle.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connector import Connector, run_control
from connector.console import Console
from connector.errors import ConnectorError
from connector.models import Deactivate, Edit, Guard, Invite, Reactivate, Report, Result, Role
from fixtures.mock_console import Books, MockConsole, MockOptions
from fixtures.mock_console.app import build_app
from page_objects.lane import Lane
from tests.conftest import PEOPLE, settings_for
from tests.faults.injection import Injector
from tests.faults.judgement import Finding, Single, Told, findings
from tests.faults.network import Network
from tests.faults.schedule import Kind, drawn

FAULT_SEEDS = int(os.environ.get("FAULT_SEEDS", "3"))
FIRST_SEED = 20300101
ATTEMPTS = 8
"""So often at most a run is gone on with, or what it left open asked for again."""
LANES = 3

AIKO, HELEN, MARCUS = (f"{name}@northwind.example" for name in ("aiko.tanaka", "helen.brandt", "marcus.webb"))
SAM, GRACE, LEA = (f"{name}@northwind.example" for name in ("sam.reyes", "grace.okafor", "lea.fischer"))
NEW = [f"new.person{number}@northwind.example" for number in range(7)]
ACCOUNT = "connector@northwind.example"


def _named(email: str, **details: Any) -> Invite:
    return Invite.model_validate({"email": email, "first_name": "New", "last_name": email[4:11].title(), **details})


OPERATIONS: list[Single] = [
    *(Deactivate(email=f"{name}@northwind.example") for name in ("renate.vogel", "bill.hargreaves", "keisha.brown")),
    Deactivate(email=AIKO),
    Deactivate(email=ACCOUNT),
    Deactivate(email=MARCUS),
    _named(NEW[0], role=Role.MANAGER),
    *(_named(email, groups=("Sales",), managers=(NEW[0],)) for email in NEW[1:4]),
    *(_named(email, groups=("Marketing", "R&D")) for email in NEW[4:]),
    Reactivate(email=HELEN),
    Reactivate(email=GRACE),
    Edit(email="lukasz.wojcik@northwind.example", add_groups=("Marketing",), remove_groups=("R&D",)),
    Edit(email="anh.nguyen@northwind.example", role=Role.CONTENT_CREATOR),
    Edit(email=SAM, add_groups=("Sales", "Sales, EMEA")),
    Edit(email="tomas.silva@northwind.example", last_name="Silva Costa"),
    Edit(email="olu.adeyemi@northwind.example", add_groups=("No such group",)),
    Edit(email=LEA, add_groups=("All Employees",)),
    *(Edit(email=email, add_groups=("Engineering",)) for email in NEW[1:4]),
]
GUARDS = {AIKO: Guard.SCIM_MANAGED, ACCOUNT: Guard.OWN_ACCOUNT, "olu.adeyemi@northwind.example": Guard.UNKNOWN_GROUP}
ALREADY = {MARCUS, GRACE, LEA}
CHANGES = len(OPERATIONS) - len(GUARDS) - len(ALREADY)
"""So many changes at least reach the console."""


@dataclass(frozen=True)
class Undisturbed:
    """What the operations come to at a console where nothing goes wrong."""

    before: Books
    after: Books
    report: Report


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    with MockConsole(MockOptions(people=PEOPLE)) as console:
        settings = settings_for(console, tmp_path_factory.mktemp("undisturbed"), timeout=20, lanes=LANES)
        with Connector(settings) as connector:
            before = console.books()
            report = connector.run(OPERATIONS, run_id="undisturbed")
        return Undisturbed(before, console.books(), report)


@pytest.fixture
def lanes(monkeypatch: pytest.MonkeyPatch) -> list[Lane]:
    """The lanes that the connectors of a test opened, in this order."""
    opened: list[Lane] = []
    original = Console._open_lane

    async def open_lane(console: Console, *given: Any) -> Lane:
        lane = await original(console, *given)
        opened.append(lane)
        return lane

    monkeypatch.setattr(Console, "_open_lane", open_lane)
    return opened


@dataclass
class Place:
    """A console, its network, and what befalls whoever works there."""

    console: MockConsole
    injector: Injector
    connector: Connector


PlaceFor = Callable[[int], Place]


@pytest.fixture
def place_for(lanes: list[Lane], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[PlaceFor]:
    with ExitStack() as opened:

        def place(seed: int) -> Place:
            console = MockConsole(MockOptions(people=PEOPLE))
            injector = Injector(drawn(seed, CHANGES), console, lanes)
            before = "fixtures.mock_console.server.build_app"
            monkeypatch.setattr(before, lambda mocked: injector.around(build_app(mocked)))
            opened.enter_context(console)
            network = opened.enter_context(Network(int(console.url.rpartition(":")[2])))
            opened.callback(injector.lock.close)
            opened.callback(injector.lock.watch())
            settings = settings_for(console, tmp_path / "state", url=network.url, lanes=LANES)
            connector = opened.enter_context(Connector(settings))
            injector.befalls(connector, network, settings.state_dir / "runs.sqlite")
            return Place(console, injector, connector)

        yield place


def test_undisturbed_each_operation_ends_as_it_is_meant(undisturbed: Undisturbed) -> None:
    for operation, outcome in zip(OPERATIONS, undisturbed.report.outcomes, strict=True):
        guard = GUARDS.get(operation.email)
        result = Result.REFUSED if guard else Result.ALREADY if operation.email in ALREADY else Result.DONE
        assert (outcome.email, outcome.result, outcome.guard) == (operation.email, result, guard), outcome.message
    told = Told(undisturbed.before, undisturbed.after, OPERATIONS, undisturbed.report)
    assert judged(undisturbed, undisturbed.before, undisturbed.after, [told]) == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", range(FIRST_SEED, FIRST_SEED + FAULT_SEEDS))
def test_a_run_comes_to_its_end_whatever_befalls_it(place_for: PlaceFor, undisturbed: Undisturbed, seed: int) -> None:
    place = place_for(seed)
    before = place.console.books()
    told = carried_out(place)
    after = place.console.books()
    happened = "\n".join(map(str, place.injector.faults))
    assert place.injector.problems == []
    assert [fault for fault in place.injector.faults if not fault.seen] == [], happened
    assert {fault.kind for fault in place.injector.faults} == {*Kind}
    assert judged(undisturbed, before, after, told) == [], happened


def carried_out(place: Place) -> list[Told]:
    """Has the operations carried out, gone on with and asked for again until nothing of them is open."""
    told: list[Told] = []
    left: list[Single] = OPERATIONS
    run, before = "run-0", place.console.books()
    for attempt in range(ATTEMPTS):
        report: Report | None = None
        try:
            if run_control.look_up(place.connector.settings, run) is None:
                report = place.connector.run(left, run_id=run)
            else:
                report = place.connector.resume(run)
        except ConnectorError as error:
            if error.exit_code not in (1, 4):
                raise  # trouble looks like another console
        record = run_control.look_up(place.connector.settings, run)
        if record is None:
            continue
        if report is None:
            report = record.report()
        told.append(Told(before, place.console.books(), left, report))
        if not record.over:
            continue
        results = [outcome.result for outcome in report.outcomes]
        if not {Result.FAILED, Result.UNKNOWN} & {*results}:
            return told
        # What was refused may have been so because of what failed.
        left = [each for each, result in zip(left, results, strict=True) if result not in (Result.DONE, Result.ALREADY)]
        run, before = f"run-{attempt + 1}", place.console.books()
    raise AssertionError(f"after {ATTEMPTS} attempts these are open: {left}")


def judged(undisturbed: Undisturbed, before: Books, after: Books, told: list[Told]) -> list[Finding]:
    """What the oracle finds."""
    books = (undisturbed.before, undisturbed.after)
    return findings(before, after, books, told, undisturbed.report, ACCOUNT)
