"""The flows on a console that is slow, shows changes late, fails and ends sessions: what comes out is the same."""

from __future__ import annotations

from typing import Any

import pytest

from connector import Connector
from connector.models import Deactivate, Edit, Invite, Reactivate, Report, Result, Role
from fixtures.mock_console import Books, MockConsole
from tests.conftest import StartConnector, StartConsole

EDITIONS, DIALECTS = ("people", "settings", "legacy"), ("plain", "aria", "div")
ANN, LEA = "ann@northwind.example", "lea.fischer@northwind.example"
GRACE, DANIEL = "grace.okafor@northwind.example", "daniel.kim@northwind.example"
GROUPS = ("Finance & Legal", "Sales, Americas")
DISTURBED: dict[str, Any] = {
    "latency_ms": 300,
    "jitter_ms": 100,
    "faults": ("list-lag=3", "error-503=0.1", "session-ends-every=40"),
}


def _everything(connector: Connector) -> list[Report]:
    """Invites one and a list, imports with a bad row, deactivates, reactivates, edits; reads in between."""
    people = [
        Invite(email=f"{name}@northwind.example", first_name=name.title(), last_name="New", groups=GROUPS[:1])
        for name in ("xavier", "mabel")
    ]
    rows = [
        Invite(email="ottmar@northwind.example", first_name="Ottmar", last_name="New", managers=(DANIEL,)),
        Invite(email="ines@northwind.example", first_name="Ines", last_name="New", groups=GROUPS),
        Invite(email=ANN, first_name="Ann", last_name="Another"),
    ]
    one = Invite(
        email="ottilie@northwind.example", first_name="Ottilie", last_name="New", groups=GROUPS, managers=(DANIEL,)
    )
    reports = [
        connector.run([one]),
        connector.invite_people(people),
        connector.import_people(rows, skip_bad_rows=True),
        connector.run([Deactivate(email=ANN)]),
        connector.run([Deactivate(email=GRACE), Reactivate(email=GRACE)]),
        connector.run([Edit(email=LEA, add_groups=GROUPS[:1], add_managers=(GRACE,))]),
    ]
    assert len(connector.people()) >= 60
    assert connector.seats().pools[0].name == "licensed"
    return reports


def _directory(books: Books) -> dict[str, Any]:
    return {
        person.email: person.model_dump(exclude={"id", "invited_at", "last_login"})
        | {"groups": sorted(person.groups), "managers": sorted(person.managers)}
        for person in books.people
    }


def _results(reports: list[Report]) -> list[tuple[str, Result]]:
    return [(outcome.email, outcome.result) for report in reports for outcome in report.outcomes]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_disturbed_console_ends_as_an_undisturbed_one(
    start_console: StartConsole, start_connector: StartConnector, tmp_path: Any, edition: str, dialect: str
) -> None:
    calm: MockConsole = start_console(edition=edition, dialect=dialect)
    expected = _everything(start_connector(calm, timeout=20, state_dir=tmp_path / "calm"))
    disturbed: MockConsole = start_console(edition=edition, dialect=dialect, **DISTURBED)
    assert _directory(disturbed.books()) != _directory(calm.books())
    reports = _everything(start_connector(disturbed, timeout=30, state_dir=tmp_path / "disturbed"))
    books = disturbed.books()
    assert _results(reports) == _results(expected), "\n".join(
        f"{outcome.operation} {outcome.email}: {outcome.result}: {outcome.message} {outcome.evidence}"
        for report in reports
        for outcome in report.outcomes
    )
    assert _directory(books) == _directory(calm.books())
    invited = [mail.to for mail in books.mails if mail.kind == "invitation"]
    assert len(invited) == len(set(invited)), "somebody was invited twice"
    assert sorted(invited) == sorted(mail.to for mail in calm.books().mails if mail.kind == "invitation")
    for fault in ("list-lag", "session-ends-every"):
        assert books.faults_fired.get(fault, 0) > 0, f"{fault} never fired"
    assert Role.LEARNER.value in {person.role for person in books.people}
