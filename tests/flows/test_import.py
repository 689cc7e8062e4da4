"""Importing many: one upload, a verdict for each row, and nobody sent whom a guard or the console keeps out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from connector import Connector
from connector.actions import import_csv
from connector.actions.context import Context
from connector.errors import ConsoleDrift, InputError
from connector.models import NEVER_LIFTED, Guard, ImportPeople, Invite, Person, Report, Result, Role
from fixtures.mock_console import MockConsole
from page_objects.import_dialog import ImportDialog, ReviewRow
from tests.flows.oracle import (
    assert_nothing_happened,
    assert_only_changed,
    assert_true_to_the_books,
    happened,
    mailed,
)

ANN = "ann@northwind.example"
DANIEL, PRIYA = "daniel.kim@northwind.example", "priya.raman@northwind.example"


def new(name: str, **details: Any) -> Invite:
    return Invite(**{"email": f"{name}@northwind.example", "first_name": name.title(), "last_name": "New", **details})


def verdicts(report: Report) -> dict[str, Result]:
    return {outcome.email.partition("@")[0]: outcome.result for outcome in report.outcomes}


def guards(report: Report) -> dict[str, Guard | None]:
    return {outcome.email.partition("@")[0]: outcome.guard for outcome in report.outcomes if outcome.guard}


def test_an_import_invites_each_once_exactly_as_the_rows_say(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    rows = [
        new("ottilie", groups=("Sales, Americas", "Finance & Legal", 'Ramp "Fast Track"'), managers=(DANIEL, PRIYA)),
        new("xiaolong", first_name="小龙", last_name="李", role=Role.CONTENT_CREATOR),
        new("maeve.o'dea", first_name="=1+1", last_name="O'Dea-Müller", role=Role.MANAGER, managers=(PRIYA,)),
    ]
    report = connector.import_people(rows)
    assert [outcome.email for outcome in report.outcomes] == [row.email for row in rows]
    assert {outcome.result for outcome in report.outcomes} == {Result.DONE}
    after = mock.books()
    expected = {
        row.email: {
            "first_name": row.first_name,
            "last_name": row.last_name,
            "role": row.role.value,
            "groups": list(row.groups),
            "managers": list(row.managers),
        }
        for row in rows
    }
    assert_only_changed(before, after, expected)
    assert happened(before, after) == [*(("invited", row.email) for row in rows), ("imported", "")]
    assert mailed(before, after) == [(row.email, "invitation") for row in rows]


def test_a_second_time_everybody_is_here_already_and_nothing_is_sent(connector: Connector, mock: MockConsole) -> None:
    rows = [new("ottilie", groups=("Sales",), managers=(DANIEL,)), new("petra")]
    assert set(verdicts(connector.import_people(rows)).values()) == {Result.DONE}
    before = mock.books()
    assert set(verdicts(connector.import_people(rows)).values()) == {Result.ALREADY}
    assert_nothing_happened(before, mock.books())


def bad_rows() -> dict[str, Invite]:
    """A row for each reason to keep somebody out, by the part of the address before the @."""
    return {
        "1ea.fischer": new("1ea.fischer"),
        "grouped": new("grouped", groups=("Sales", "Salse")),
        "managed": new("managed", managers=("nobody@northwind.example",)),
        "reporting": new("reporting", managers=("managed@northwind.example",)),
        "helen.brandt": new("helen.brandt", first_name="Helen", last_name="Brandt"),
        "ann": new("ann", first_name="Ann", last_name="Leeson"),
    }


def test_one_row_that_is_kept_out_keeps_everybody_out(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    report = connector.import_people([new("ottilie"), new("grouped", groups=("Salse",))])
    assert verdicts(report) == {"ottilie": Result.REFUSED, "grouped": Result.REFUSED}
    assert guards(report) == {"grouped": Guard.UNKNOWN_GROUP}
    assert report.exit_code == 3
    assert_nothing_happened(before, mock.books())


def test_where_bad_rows_are_skipped_exactly_the_good_ones_go(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    here = new("joann", first_name="Joann", last_name="Lee")
    report = connector.import_people([*bad_rows().values(), here, new("ottilie")], skip_bad_rows=True)
    assert guards(report) == {
        "1ea.fischer": Guard.LOOK_ALIKE,
        "grouped": Guard.UNKNOWN_GROUP,
        "managed": Guard.UNKNOWN_MANAGER,
        "reporting": Guard.UNKNOWN_MANAGER,
    }
    assert verdicts(report) == {
        **dict.fromkeys(guards(report), Result.REFUSED),
        "helen.brandt": Result.FAILED,
        "ann": Result.FAILED,
        "joann": Result.ALREADY,
        "ottilie": Result.DONE,
    }
    after = mock.books()
    ottilie = new("ottilie").email
    assert_only_changed(before, after, {ottilie: {"first_name": "Ottilie", "last_name": "New"}})
    assert mailed(before, after) == [(ottilie, "invitation")]


@pytest.mark.parametrize(
    ("row", "said", "skip"),
    [
        (new("longname", first_name="L" * 101), "too long", False),
        (new("longname", first_name="L" * 101), "too long", True),
        (new("ownboss", managers=("ownboss@northwind.example",)), "own manager", True),
        (new("jürgen"), "valid email address", True),
    ],
)
def test_a_row_that_only_the_console_refuses_is_told_in_its_words(
    connector: Connector, mock: MockConsole, row: Invite, said: str, skip: bool
) -> None:
    before = mock.books()
    report = connector.import_people([row, new("ottilie")], skip_bad_rows=skip)
    name = row.email.partition("@")[0]
    assert verdicts(report) == {name: Result.FAILED, "ottilie": Result.DONE if skip else Result.REFUSED}
    assert said in report.outcomes[0].message
    after = mock.books()
    assert_true_to_the_books(report, before, after)
    assert len(after.people) == len(before.people) + skip


def test_what_is_kept_of_a_row_that_is_refused_shows_the_review(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    refused = connector.import_people([new("longname", first_name="L" * 101), new("ottilie")]).outcomes[0]
    (snapshot,) = [Path(file) for file in refused.evidence if file.endswith(".aria.yaml")]
    assert "too long" in snapshot.read_text(encoding="utf-8")
    assert [Path(file).suffix for file in refused.evidence].count(".png") == 1
    assert_only_changed(before, mock.books(), {})


def test_where_the_review_cannot_be_read_the_bad_rows_are_skipped_and_everybody_is_looked_for(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreadable(dialog: ImportDialog) -> list[ReviewRow]:
        return []

    monkeypatch.setattr(ImportDialog, "review", unreadable)
    before = mock.books()
    rows = [new("longname", first_name="L" * 101), new("ottilie")]
    report = connector.import_people(rows, skip_bad_rows=True)
    assert report.outcomes[1].result is Result.DONE
    assert report.outcomes[0].result in (Result.FAILED, Result.UNKNOWN)
    after = mock.books()
    assert_only_changed(before, after, {rows[1].email: {"first_name": "Ottilie", "last_name": "New"}})


def test_a_row_that_the_review_objects_to_is_not_told_as_refused_where_the_console_took_it_in(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stands in for a console that warns of a row, takes it in, and leaves out a part of it."""
    shown = ImportDialog.review

    async def warned(dialog: ImportDialog) -> list[ReviewRow]:
        rows = await shown(dialog)
        return [
            replace(row, parts=(*row.parts, "odd"), objects=True) if "ottilie" in row.email else row for row in rows
        ]

    async def lacking(context: Context, operation: Invite, person: Person) -> str | None:
        return "not in Sales" if "ottilie" in operation.email else None

    monkeypatch.setattr(ImportDialog, "review", warned)
    monkeypatch.setattr(import_csv, "differences", lacking)
    report = connector.import_people([new("ottilie"), new("maeve")], skip_bad_rows=True)
    assert mock.books().person(new("ottilie").email).status == "invited"
    assert verdicts(report) == {"ottilie": Result.UNKNOWN, "maeve": Result.DONE}
    assert "not in Sales" in report.outcomes[0].message


@pytest.mark.parametrize("imports", [True, False])
def test_what_leads_on_from_a_review_may_import_at_once_and_is_judged_by_who_is_here(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, imports: bool
) -> None:
    """Stands in for a console whose review has 'Continue', which imports, or is refused, and no button to import."""
    steps: list[str] = []
    about_to_send = Context.about_to_send

    async def noted(context: Context, *emails: str) -> None:
        steps.append("kept")
        await about_to_send(context, *emails)

    async def leads_on(dialog: ImportDialog) -> bool:
        return True

    async def go_on(dialog: ImportDialog) -> None:
        steps.append("went on")
        if imports:
            await dialog.run()

    async def can_run(dialog: ImportDialog) -> bool:
        return False

    monkeypatch.setattr(Context, "about_to_send", noted)
    for name, instead in (("leads_on", leads_on), ("go_on", go_on), ("can_run", can_run)):
        monkeypatch.setattr(ImportDialog, name, instead)
    before = mock.books()
    report = connector.import_people([new("ottilie"), new("maeve")], skip_bad_rows=True)
    assert verdicts(report) == dict.fromkeys(("ottilie", "maeve"), Result.DONE if imports else Result.FAILED)
    assert steps == ["kept", "kept", "went on"]  # also before the file is given, which may import at once
    assert_true_to_the_books(report, before, mock.books())


@pytest.mark.parametrize(
    ("manager_first", "role"), [(True, Role.LEARNER), (False, Role.LEARNER), (False, Role.MANAGER)]
)
def test_a_manager_may_come_with_the_same_file(
    connector: Connector, mock: MockConsole, manager_first: bool, role: Role
) -> None:
    before = mock.books()
    boss, report_of = new("bossy", role=role), new("ottilie", managers=("Bossy@northwind.example",))
    rows = [boss, report_of] if manager_first else [report_of, boss]
    report = connector.import_people(rows)
    after = mock.books()
    assert_true_to_the_books(report, before, after)
    assert {outcome.result for outcome in report.outcomes} == {Result.DONE}
    names = {"first_name": "Ottilie", "last_name": "New", "managers": [boss.email]}
    # Whoever is somebody's manager becomes a Manager: the console sees to that.
    boss_as_is = {"first_name": "Bossy", "last_name": "New", "role": "manager"}
    assert_only_changed(before, after, {boss.email: boss_as_is, report_of.email: names})
    assert sorted(mailed(before, after)) == [(boss.email, "invitation"), (report_of.email, "invitation")]


def test_an_address_that_is_there_twice_is_bad_input(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    with pytest.raises(InputError, match="ottilie"):
        connector.import_people([new("ottilie"), new("Ottilie", first_name="Other")], skip_bad_rows=True)
    assert_nothing_happened(before, mock.books())


def test_fewer_seats_than_rows_and_nobody_is_sent(connector: Connector, mock: MockConsole) -> None:
    mock.reset(seats=mock.books().seats_used + 1)
    before = mock.books()
    report = connector.import_people([new("ottilie"), new("petra")], skip_bad_rows=True)
    assert set(verdicts(report).values()) == {Result.REFUSED}
    assert set(guards(report).values()) == {Guard.NO_FREE_SEAT}
    assert_nothing_happened(before, mock.books())


def test_with_the_guard_lifted_as_many_come_as_the_console_has_seats_for(
    connector: Connector, mock: MockConsole
) -> None:
    books = mock.books()
    invited = sum(person.status == "invited" for person in books.people)
    mock.reset(seats=books.seats_used + invited + 1)
    before = mock.books()
    rows = [new("ottilie"), new("petra"), new("quentin")]
    report = connector.import_people(rows, skip_bad_rows=True, overrides={Guard.NO_FREE_SEAT})
    assert_true_to_the_books(report, before, mock.books())
    assert verdicts(report) == {"ottilie": Result.DONE, "petra": Result.FAILED, "quentin": Result.FAILED}
    assert "No seats available" in report.outcomes[1].message


def test_lifted_guards_let_the_console_create_the_group_and_invite_the_manager(
    connector: Connector, mock: MockConsole
) -> None:
    before = mock.books()
    boss = "new.boss@northwind.example"
    report = connector.import_people(
        [new("ottilie", groups=("Sales, APAC",), managers=(boss,))],
        overrides={Guard.UNKNOWN_GROUP, Guard.UNKNOWN_MANAGER},
    )
    assert verdicts(report) == {"ottilie": Result.DONE}
    after = mock.books()
    person = {"first_name": "Ottilie", "last_name": "New", "groups": ["Sales, APAC"], "managers": [boss]}
    assert_only_changed(
        before, after, {new("ottilie").email: person, boss: {"role": "manager"}}, groups=["Sales, APAC"]
    )


def test_every_other_override_lifts_neither_group_nor_manager(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    others = set(Guard) - NEVER_LIFTED - {Guard.UNKNOWN_GROUP, Guard.UNKNOWN_MANAGER}
    rows = [bad_rows()["grouped"], bad_rows()["managed"]]
    report = connector.import_people(rows, skip_bad_rows=True, overrides=others)
    assert guards(report) == {"grouped": Guard.UNKNOWN_GROUP, "managed": Guard.UNKNOWN_MANAGER}
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize("skip", [False, True])
def test_a_dry_run_sends_no_file(connector: Connector, mock: MockConsole, skip: bool) -> None:
    before = mock.books()
    rows = [new("ottilie", groups=("Sales",)), bad_rows()["grouped"]]
    report = connector.import_people(rows, skip_bad_rows=skip, dry_run=True)
    assert guards(report) == {"grouped": Guard.UNKNOWN_GROUP}
    assert report.outcomes[0].would is skip
    assert_nothing_happened(before, mock.books())


@pytest.mark.parametrize(
    ("imports", "said", "result"),
    [
        (True, "2 of 2 rows imported", Result.DONE),
        (True, "", Result.DONE),
        (False, "Users are locked. Nothing was changed.", Result.FAILED),
    ],
)
def test_a_console_that_imports_what_it_is_given_at_once_is_judged_by_who_is_here(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, imports: bool, said: str, result: Result
) -> None:
    """Stands in for a console without a review, whose button to upload imports."""
    steps: list[str] = []
    about_to_send, upload = Context.about_to_send, ImportDialog.upload

    async def noted(context: Context, *emails: str) -> None:
        steps.append("kept")
        await about_to_send(context, *emails)

    async def at_once(dialog: ImportDialog, path: Path, columns: object) -> bool:
        steps.append("uploaded")
        assert await upload(dialog, path)
        if imports:
            await dialog.run()
        dialog.told = said
        return False

    monkeypatch.setattr(Context, "about_to_send", noted)
    monkeypatch.setattr(ImportDialog, "upload", at_once)
    before = mock.books()
    report = connector.import_people([new("ottilie"), new("maeve")])
    assert verdicts(report) == dict.fromkeys(("ottilie", "maeve"), result)
    assert steps == ["kept", "uploaded"]
    assert said in report.outcomes[0].message or imports
    assert_true_to_the_books(report, before, mock.books())


@pytest.mark.parametrize("reviewed", [False, True])
def test_whether_a_file_was_imported_is_unknown_where_nobody_can_look_and_no_review_came(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch, reviewed: bool
) -> None:
    upload = ImportDialog.upload

    async def uploaded(dialog: ImportDialog, path: Path, columns: object) -> bool:
        assert await upload(dialog, path)
        return reviewed

    async def lost(*_: object) -> NoReturn:
        raise ConsoleDrift("the page is another one")

    monkeypatch.setattr(ImportDialog, "upload", uploaded)
    monkeypatch.setattr(ImportDialog, "review", lost)
    before = mock.books()
    operation = ImportPeople(people=(new("ottilie"), new("maeve")))
    if reviewed:
        with pytest.raises(ConsoleDrift):
            connector.run([operation])
    else:
        report = connector.run([operation])
        assert verdicts(report) == dict.fromkeys(("ottilie", "maeve"), Result.UNKNOWN)
    assert_nothing_happened(before, mock.books())


def test_who_came_at_once_but_not_as_asked_is_told_so(
    connector: Connector, mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def lacking(context: Context, operation: Invite, person: Person) -> str | None:
        return "not reporting to priya.raman@northwind.example" if "ottilie" in operation.email else None

    monkeypatch.setattr(import_csv, "differences", lacking)
    report = connector.import_people([new("ottilie"), new("maeve")])
    assert mock.books().person(new("ottilie").email).status == "invited"
    assert verdicts(report) == {"ottilie": Result.FAILED, "maeve": Result.DONE}
    assert report.outcomes[0].message.startswith("invited by import, but not reporting to priya")
