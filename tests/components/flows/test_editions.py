"""The documented flows of the settings and the legacy edition, on consoles built from component libraries."""

from __future__ import annotations

import pytest

from connector import Connector
from connector.models import Edit, Guard, Invite, Resend, Result, Role, Status
from tests.components.flows.books import assert_only, happened, people, person
from tests.components.server import EDITIONS, ComponentConsole
from tests.components.store import ACCOUNT

ANN, JOANN, ANN_LEE = "ann@corp.example", "joann@corp.example", "ann.lee@corp.example"
MARCUS, INES, SOREN = "marcus.webb@corp.example", "ines.duarte@corp.example", "soren.angstrom@corp.example"
PRIYANKA, NEW = "priyanka.rao@corp.example", "new.person@corp.example"
OWN_BOSS = "own.boss@corp.example"

LEGACY = ("bootstrap-legacy", "datatables", "jquery-legacy")
every_edition = pytest.mark.parametrize("library", EDITIONS, indirect=True, scope="session")
settings_edition = pytest.mark.parametrize(
    "library", [name for name in EDITIONS if name not in LEGACY], indirect=True, scope="session"
)
with_import = pytest.mark.parametrize("library", ["fluent", "in-house"], indirect=True, scope="session")
"""Consoles of the settings edition that also export, and import a CSV file."""
shows_seats = pytest.mark.parametrize(
    "library", ["fluent", "datatables", "in-house", "jquery-legacy"], indirect=True, scope="session"
)
legacy_edition = pytest.mark.parametrize("library", ["bootstrap-legacy"], indirect=True, scope="session")
legacy_edition_with_import = pytest.mark.parametrize(
    "library", ["datatables", "jquery-legacy"], indirect=True, scope="session"
)


@every_edition
def test_everybody_is_listed_once_behind_settings_and_users(connector: Connector, console: ComponentConsole) -> None:
    listed = connector.people()
    books = people(console.books())
    assert sorted(shown.email for shown in listed) == sorted(books)
    deactivated = {email for email, kept in books.items() if kept["status"] == "deactivated"}
    assert {shown.email for shown in listed if shown.status is Status.DEACTIVATED} == deactivated
    assert happened(console.books()) == []


@every_edition
@pytest.mark.parametrize("email", [PRIYANKA, ACCOUNT])
def test_groups_and_managers_are_shown_as_the_books_have_them(
    connector: Connector, console: ComponentConsole, email: str
) -> None:
    shown, kept = connector.person(email), person(console.books(), email)
    assert bool(kept["groups"]) is (email == PRIYANKA), "the account is in no group"
    assert set(shown.groups or ()) == set(kept["groups"])
    assert set(shown.managers or ()) == set(kept["managers"])
    assert happened(console.books()) == []


@every_edition
@pytest.mark.parametrize("email", [ANN, JOANN])
def test_deactivate_never_deletes_and_leaves_the_namesakes_alone(
    connector: Connector, console: ComponentConsole, email: str
) -> None:
    before = console.books()
    assert person(before, email)["status"] == "active"
    outcome = connector.deactivate(email)
    assert outcome.result is Result.DONE, outcome.message
    assert_only(before, console.books(), {email: {"status": "deactivated"}})
    assert happened(console.books()) == [("deactivated", email)]


@every_edition
def test_reactivate_brings_back_one(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    assert person(before, ANN_LEE)["status"] == "deactivated"
    outcome = connector.reactivate(ANN_LEE)
    assert outcome.result is Result.DONE, outcome.message
    assert_only(before, console.books(), {ANN_LEE: {"status": "active"}})
    assert happened(console.books()) == [("reactivated", ANN_LEE)]


@settings_edition
def test_invite_says_the_names_on_the_person_afterwards(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    outcome = connector.invite(NEW, "New", "Person", Role.LEARNER, ["Sales, EMEA", "R&D"], [MARCUS])
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    assert_only(before, after, {}, new={NEW})
    assert happened(after) == [("invited", NEW), ("edited", NEW)]
    kept = person(after, NEW)
    assert (kept["first_name"], kept["last_name"], kept["role"]) == ("New", "Person", "Learner")
    assert (set(kept["groups"]), kept["managers"]) == ({"Sales, EMEA", "R&D"}, [MARCUS])


@settings_edition
def test_a_role_that_this_edition_cannot_say_is_refused_before_anything_is_sent(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    outcome = connector.invite(NEW, "New", "Person", Role.CONTENT_CREATOR)
    assert outcome.result is not Result.DONE
    assert console.books()["people"] == before["people"]
    assert happened(console.books()) == []


@settings_edition
def test_an_invitation_is_resent_once(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    (outcome,) = connector.run([Resend(email=SOREN)]).outcomes
    assert outcome.result is Result.DONE, outcome.message
    assert_only(before, console.books(), {})
    assert happened(console.books()) == [("invitation_resent", SOREN)]


@settings_edition
def test_somebody_is_made_an_admin(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    outcome = connector.edit(Edit(email=ANN, role=Role.ADMIN), overrides=[Guard.ADMIN_ROLE])
    assert outcome.result is Result.DONE, outcome.message
    assert_only(before, console.books(), {ANN: {"role": "Admin"}})
    assert happened(console.books()) == [("edited", ANN)]


@every_edition
def test_groups_and_managers_are_changed_and_nothing_else(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    wish = Edit(email=ANN, add_groups=("R&D",), remove_groups=("Sales, EMEA",), add_managers=(INES,))
    outcome = connector.edit(wish)
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    now = person(after, ANN)
    assert (now["groups"], set(now["managers"])) == (["R&D"], {MARCUS, INES})
    assert_only(before, after, {ANN: {"groups": now["groups"], "managers": now["managers"]}})
    assert set(happened(after)) == {("edited", ANN)}


@legacy_edition
def test_names_that_this_edition_cannot_say_are_refused_before_anything_is_sent(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    outcome = connector.invite(NEW, "New", "Person", Role.LEARNER, ["R&D"])
    assert outcome.result is not Result.DONE
    assert console.books()["people"] == before["people"]
    assert happened(console.books()) == []


@legacy_edition_with_import
def test_names_that_the_form_cannot_say_are_imported(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    outcome = connector.invite(NEW, "New", "Person", Role.LEARNER, ["Sales, EMEA", "R&D"], [MARCUS])
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    assert_only(before, after, {}, new={NEW})
    assert [action for action, _ in happened(after)] == ["invited", "imported"]
    kept = person(after, NEW)
    assert (kept["first_name"], kept["last_name"], kept["role"]) == ("New", "Person", "Learner")
    assert (set(kept["groups"]), kept["managers"]) == ({"Sales, EMEA", "R&D"}, [MARCUS])


@legacy_edition_with_import
def test_import_skips_bad_rows_on_any_page_of_the_review(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    good = [Invite(email=f"new{n}@corp.example", first_name="New", last_name=f"Person {n}") for n in range(12)]
    # Nobody is her own manager: a row that the console alone refuses, on the second page of what it shows.
    bad = Invite(email=OWN_BOSS, first_name="Odd", last_name="Row", managers=(OWN_BOSS,))
    report = connector.import_people([*good, bad], skip_bad_rows=True)
    results = {outcome.email: outcome.result for outcome in report.outcomes}
    assert results == {OWN_BOSS: Result.FAILED} | {row.email: Result.DONE for row in good}, report.outcomes
    assert_only(before, console.books(), {}, new={row.email for row in good})


@legacy_edition_with_import
def test_import_holds_everything_back_where_bad_rows_are_not_to_be_skipped(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    good = [Invite(email=f"new{n}@corp.example", first_name="New", last_name=f"Person {n}") for n in range(12)]
    bad = Invite(email=OWN_BOSS, first_name="Odd", last_name="Row", managers=(OWN_BOSS,))
    report = connector.import_people([*good, bad])
    assert [outcome.result for outcome in report.outcomes] == [*[Result.REFUSED] * 12, Result.FAILED]
    assert console.books()["people"] == before["people"]
    assert happened(console.books()) == []


@legacy_edition_with_import
def test_an_invitation_is_resent_from_the_menu_behind_the_arrow(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    (outcome,) = connector.run([Resend(email=SOREN)]).outcomes
    assert outcome.result is Result.DONE, outcome.message
    assert_only(before, console.books(), {})
    assert happened(console.books()) == [("invitation_resent", SOREN)]


@shows_seats
def test_seats_are_as_the_books_count_them(connector: Connector, console: ComponentConsole) -> None:
    (pool,) = connector.seats().pools
    seats = console.books()["seats"]
    assert (pool.used, pool.total) == (seats["used"], seats["total"])


@with_import
def test_import_leaves_out_a_bad_row_where_that_has_to_be_agreed_to(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    good = Invite(email=NEW, first_name="New", last_name="Person", groups=("R&D", "Sales, EMEA"), managers=(INES,))
    bad = Invite(email="own.boss@corp.example", first_name="Odd", last_name="Row", managers=("own.boss@corp.example",))
    report = connector.import_people([good, bad], skip_bad_rows=True)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.FAILED], report.outcomes
    after = console.books()
    assert_only(before, after, {}, new={NEW})
    assert happened(after) == [("invited", NEW), ("imported", "")]
    assert set(person(after, NEW)["groups"]) == {"R&D", "Sales, EMEA"}
    assert person(after, NEW)["managers"] == [INES]


@with_import
def test_export_has_everybody_with_groups_and_managers(connector: Connector, console: ComponentConsole) -> None:
    exported = {shown.email: shown for shown in connector.export()}
    books = people(console.books())
    assert exported.keys() == books.keys()
    for email, kept in books.items():
        assert set(exported[email].groups or ()) == set(kept["groups"]), email
        assert set(exported[email].managers or ()) == set(kept["managers"]), email
    assert happened(console.books()) == []
