"""Export: a roster that reads back as exactly the people of the books."""

from __future__ import annotations

from pathlib import Path

from connector import Connector
from connector.cli.changes import as_invite, sift
from connector.models import ImportPeople, Result, Role, Status
from connector.roster import read_roster, write_roster
from fixtures.mock_console import MockConsole
from tests.flows.oracle import assert_only_changed, happened, mailed


def test_what_is_exported_reads_back_as_the_books(connector: Connector, mock: MockConsole, tmp_path: Path) -> None:
    mock.change_person("sam.reyes@northwind.example", first_name="=1+1", last_name="@SUM(A1)")
    mock.change_person("joann@northwind.example", first_name='Jo "Ann", Dr.', last_name="Lee & Søn")
    before = mock.books()
    write_roster(tmp_path / "people.csv", connector.export())
    after = mock.books()
    roster = read_roster(tmp_path / "people.csv")
    assert roster.bad_rows == ()
    assert {row.email for row in roster.rows} == {person.email for person in before.people}
    assert len(roster.rows) == len(before.people)
    for row in roster.rows:
        booked = before.person(row.email)
        assert (row.first_name, row.last_name) == (booked.first_name, booked.last_name)
        assert (row.managers, row.role) == (booked.managers, Role(booked.role))
        assert sorted(row.groups) == sorted(booked.groups)
        assert row.status is (Status.DEACTIVATED if booked.status == "deactivated" else Status.ACTIVE)
    assert_only_changed(before, after, {})
    assert {kind for kind, _ in happened(before, after)} <= {"exported"}
    assert mailed(before, after) == []


def test_what_is_exported_and_imported_again_is_so_already(
    connector: Connector, mock: MockConsole, tmp_path: Path
) -> None:
    write_roster(tmp_path / "people.csv", connector.export())
    before = mock.books()

    sifted = sift(read_roster(tmp_path / "people.csv"), skip_bad_rows=False)
    skipped = sifted.skipped(connector)
    report = connector.run([ImportPeople(people=tuple(map(as_invite, sifted.rows)))])

    assert {outcome.result for outcome in (*skipped, *report.outcomes)} == {Result.ALREADY}
    assert len(skipped) == len([person for person in before.people if person.status == "deactivated"]) > 0
    assert len(skipped) + len(report.outcomes) == len(before.people)
    assert_only_changed(before, mock.books(), {})


def test_an_export_knows_of_everybody_what_a_look_at_her_page_tells(connector: Connector, mock: MockConsole) -> None:
    exported = {person.email: person for person in connector.export()}
    for address in ("lea.fischer@northwind.example", "aiko.tanaka@northwind.example", "noor.haddad@northwind.example"):
        shown = connector.person(address)
        assert exported[address].model_copy(update={"groups": None}) == shown.model_copy(update={"groups": None})
        assert sorted(exported[address].groups or ()) == sorted(shown.groups or ())
