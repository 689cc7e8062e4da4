"""Every flow on every library's console, judged by the books of its server."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector import Connector
from connector.errors import ConsoleDrift, SignInFailed
from connector.models import Deactivate, Edit, Guard, Invite, Resend, Result, Role, Status
from page_objects.people_screen import PeopleScreen
from tests.components.flows.books import assert_only, happened, people, person
from tests.components.flows.conftest import connect
from tests.components.server import LIBRARIES, ComponentConsole
from tests.components.store import ACCOUNT, Refused

ANN, JOANN, ANN_ABROAD = "ann@corp.example", "joann@corp.example", "ann@corp.example.org"
ANN_LEE = "ann.lee@corp.example"
MARCUS, INES = "marcus.webb@corp.example", "ines.duarte@corp.example"
PRIYANKA, SAM, SOREN = "priyanka.rao@corp.example", "sam+training@corp.example", "soren.angstrom@corp.example"
NEW, OWN_BOSS = "new.person@corp.example", "own.boss@corp.example"
ROLES = {"Admin": Role.ADMIN, "Manager": Role.MANAGER, "Learner": Role.LEARNER, "Content Creator": Role.CONTENT_CREATOR}

says_names = pytest.mark.parametrize(
    "library", [name for name in LIBRARIES if name != "chakra"], indirect=True, scope="session"
)
"""Where names can be edited: tests/components/flows/test_not_yet.py."""
DETAIL_BY_DETAIL = ("chakra", "patternfly", "svelte")
"""Where each detail of a person has an 'Edit' of its own."""


# -- signing in ------------------------------------------------------------------------------------------------
def test_a_wrong_password_is_said_and_not_tried_again(console: ComponentConsole, tmp_path: Path) -> None:
    with connect(console, tmp_path, password="not the password") as wrong, pytest.raises(SignInFailed) as failure:
        wrong.person(ANN)
    assert failure.value.exit_code == 4
    assert "Incorrect email or password" in str(failure.value)
    assert [event["action"] for event in console.books()["events"]] == ["login_failed"]


def test_signing_in_happens_once_and_the_session_is_used_again(console: ComponentConsole, tmp_path: Path) -> None:
    for _ in range(2):
        with connect(console, tmp_path) as connector:
            assert connector.person(ANN).email == ANN
    assert [event["action"] for event in console.books()["events"]] == ["login"]


def test_an_ended_session_is_renewed_on_the_way(connector: Connector, console: ComponentConsole) -> None:
    connector.person(ANN)
    console.end_sessions()
    assert connector.person(JOANN).email == JOANN
    assert [event["action"] for event in console.books()["events"]] == ["login"]


# -- reading ---------------------------------------------------------------------------------------------------
def test_everybody_is_listed_once_as_the_books_have_them(connector: Connector, console: ComponentConsole) -> None:
    listed = connector.people()
    books = people(console.books())
    assert sorted(person.email for person in listed) == sorted(books)
    for shown in listed:
        kept = books[shown.email]
        assert shown.role is ROLES[kept["role"]]
        assert shown.status is Status(kept["status"])
        if shown.groups is not None:
            assert set(shown.groups) == set(kept["groups"])
        if shown.last_login is not None:
            assert shown.last_login.date().isoformat() == kept["last_login"][:10]
    assert happened(console.books()) == []


def test_everybody_is_listed_although_the_form_that_tells_groups_apart_does_not_come(
    connector: Connector, console: ComponentConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def missing(screen: PeopleScreen) -> None:
        raise ConsoleDrift("the form is missing")

    monkeypatch.setattr(PeopleScreen, "open_invite", missing)
    listed = {shown.email: shown.groups for shown in connector.people()}
    books = people(console.books())
    assert sorted(listed) == sorted(books)
    assert [email for email, groups in listed.items() if groups and set(groups) != set(books[email]["groups"])] == []


@pytest.mark.parametrize("email", [ANN, SAM, SOREN])
def test_one_person_is_shown_as_the_books_have_her(connector: Connector, console: ComponentConsole, email: str) -> None:
    shown, kept = connector.person(email), person(console.books(), email)
    assert shown.email == email
    assert shown.role is ROLES[kept["role"]]
    assert shown.status is Status(kept["status"])
    assert shown.groups is not None
    assert set(shown.groups) == set(kept["groups"])
    assert shown.managers is not None
    assert set(shown.managers) == set(kept["managers"])
    assert happened(console.books()) == []


def test_seats_are_as_the_books_count_them(connector: Connector, console: ComponentConsole) -> None:
    (pool,) = connector.seats().pools
    seats = console.books()["seats"]
    assert (pool.used, pool.total) == (seats["used"], seats["total"])


# -- inviting --------------------------------------------------------------------------------------------------
def test_invite_with_a_role_two_groups_and_a_manager(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    outcome = connector.invite(NEW, "New", "Person", Role.CONTENT_CREATOR, ["Sales, EMEA", "R&D"], [MARCUS])
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    assert_only(before, after, {}, new={NEW})
    assert happened(after) == [("invited", NEW)]
    kept = person(after, NEW)
    assert (kept["first_name"], kept["last_name"], kept["role"]) == ("New", "Person", "Content Creator")
    assert (set(kept["groups"]), kept["managers"]) == ({"Sales, EMEA", "R&D"}, [MARCUS])


def test_invite_of_somebody_who_is_here_changes_nothing(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    assert connector.invite(ANN, "Ann", "Lee", groups=["Sales, EMEA"], managers=[MARCUS]).result is Result.ALREADY
    assert console.books() == before


def test_an_unknown_group_is_refused_and_made_only_when_asked_for(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    outcome = connector.invite(NEW, "New", "Person", groups=["Sale"])
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.UNKNOWN_GROUP)
    assert console.books()["people"] == before["people"]
    assert happened(console.books()) == []


def test_a_dry_run_of_an_invitation_sends_nothing(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    assert connector.invite(NEW, "New", "Person", groups=["R&D"], managers=[INES], dry_run=True).would
    assert console.books()["people"] == before["people"]
    assert happened(console.books()) == []


def test_import_skips_bad_rows_and_invites_the_others(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    good = Invite(email=NEW, first_name="New", last_name="Person", groups=("R&D", "Sales, EMEA"), managers=(INES,))
    other = Invite(email="second@corp.example", first_name="Second", last_name="Person", role=Role.MANAGER)
    # Nobody is her own manager: a row that the console alone refuses.
    bad = Invite(email=OWN_BOSS, first_name="Odd", last_name="Row", managers=(OWN_BOSS,))
    report = connector.import_people([good, bad, other], skip_bad_rows=True)
    results = {outcome.email: outcome.result for outcome in report.outcomes}
    assert results == {NEW: Result.DONE, bad.email: Result.FAILED, other.email: Result.DONE}, report.outcomes
    after = console.books()
    assert_only(before, after, {}, new={NEW, other.email})
    assert [action for action, _ in happened(after)] == ["invited", "invited", "imported"]
    assert set(person(after, NEW)["groups"]) == {"R&D", "Sales, EMEA"}
    assert person(after, NEW)["managers"] == [INES]
    assert person(after, other.email)["role"] == "Manager"


def test_import_holds_everything_back_where_bad_rows_are_not_to_be_skipped(
    connector: Connector, console: ComponentConsole
) -> None:
    before = console.books()
    good = Invite(email=NEW, first_name="New", last_name="Person")
    bad = Invite(email=OWN_BOSS, first_name="Odd", last_name="Row", managers=(OWN_BOSS,))
    report = connector.import_people([good, bad])
    assert [outcome.result for outcome in report.outcomes] == [Result.REFUSED, Result.FAILED]
    assert console.books()["people"] == before["people"]
    assert happened(console.books()) == []


# -- status ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("email", [ANN, ANN_ABROAD])
def test_deactivate_leaves_the_namesakes_alone(connector: Connector, console: ComponentConsole, email: str) -> None:
    before = console.books()
    assert person(before, email)["status"] == "active"
    outcome = connector.deactivate(email)
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    assert_only(before, after, {email: {"status": "deactivated"}})
    assert happened(after) == [("deactivated", email)]


def test_deactivate_of_who_is_deactivated_is_already_so(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    assert connector.deactivate(ANN_LEE).result is Result.ALREADY
    assert console.books() == before


def test_deactivate_several_in_one_run(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    report = connector.run([Deactivate(email=SAM), Deactivate(email="nobody@corp.example"), Deactivate(email=PRIYANKA)])
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.FAILED, Result.DONE]
    assert_only(before, console.books(), {SAM: {"status": "deactivated"}, PRIYANKA: {"status": "deactivated"}})
    # Each in a lane of its own, in any order.
    assert sorted(happened(console.books())) == [("deactivated", PRIYANKA), ("deactivated", SAM)]


def test_reactivate_brings_back_one(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    assert person(before, ANN_LEE)["status"] == "deactivated"
    assert connector.reactivate(ANN_LEE).result is Result.DONE
    assert_only(before, console.books(), {ANN_LEE: {"status": "active"}})
    assert happened(console.books()) == [("reactivated", ANN_LEE)]


def test_the_own_account_is_never_deactivated(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    outcome = connector.deactivate(ACCOUNT)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.OWN_ACCOUNT)
    assert console.books() == before


def test_an_invitation_that_the_console_refuses_to_resend_is_not_told_as_sent(
    connector: Connector, console: ComponentConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise Refused("Too many reminders today: it was not sent.")

    before = console.books()
    monkeypatch.setattr(console.store, "resend", refuse)
    (outcome,) = connector.run([Resend(email=SOREN)]).outcomes
    assert outcome.result in (Result.FAILED, Result.UNKNOWN)
    # Some say it by the status of the answer, and in words only when the dialog has gone.
    assert "Too many reminders today" in outcome.message or "HTTP 422" in outcome.message
    assert_only(before, console.books(), {})
    assert "invitation_resent" not in [action for action, _ in happened(console.books())]


def test_an_invitation_is_resent_once(connector: Connector, console: ComponentConsole) -> None:
    before = console.books()
    (outcome,) = connector.run([Resend(email=SOREN)]).outcomes
    assert_only(before, console.books(), {})
    assert happened(console.books()) == [("invitation_resent", SOREN)]
    # There is nothing in a list to read a sent mail back from, unless the console says it.
    assert outcome.result in (Result.DONE, Result.UNKNOWN)


# -- editing ---------------------------------------------------------------------------------------------------
@says_names
def test_edit_changes_names_role_groups_and_managers(
    connector: Connector, console: ComponentConsole, library: str
) -> None:
    before = console.books()
    outcome = connector.edit(
        Edit(
            email=PRIYANKA,
            last_name="Rao-Iyer",
            role=Role.CONTENT_CREATOR,
            add_groups=("Équipe Paris",),
            remove_groups=("Sales, EMEA", "New Hires 2026"),
            add_managers=("helena.costa@corp.example",),
            remove_managers=(MARCUS,),
        )
    )
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    now = person(after, PRIYANKA)
    assert set(now["groups"]) == {"Customer Success", "Engineering", "R&D", "Équipe Paris"}
    assert set(now["managers"]) == {INES, "helena.costa@corp.example"}
    changed = {name: now[name] for name in ("last_name", "role", "groups", "managers")}
    assert (now["last_name"], now["role"]) == ("Rao-Iyer", "Content Creator")
    assert_only(before, after, {PRIYANKA: changed})
    assert happened(after) == [("edited", PRIYANKA)] * (4 if library in DETAIL_BY_DETAIL else 1)


@pytest.mark.parametrize(
    ("wish", "field", "value"),
    [
        ({"role": Role.MANAGER}, "role", "Manager"),
        ({"remove_groups": ("Sales, EMEA",)}, "groups", set()),
        ({"remove_managers": (MARCUS,)}, "managers", set()),
    ],
)
def test_edit_changes_one_thing_and_keeps_the_rest(
    connector: Connector, console: ComponentConsole, wish: dict[str, object], field: str, value: object
) -> None:
    before = console.books()
    outcome = connector.edit(Edit.model_validate({"email": ANN, **wish}))
    assert outcome.result is Result.DONE, outcome.message
    after = console.books()
    now = person(after, ANN)
    assert (set(now[field]) if isinstance(value, set) else now[field]) == value
    assert_only(before, after, {ANN: {field: now[field]}})
    assert happened(after) == [("edited", ANN)]


# -- export ----------------------------------------------------------------------------------------------------
def test_export_has_everybody_with_groups_and_managers(library: str, tmp_path: Path) -> None:
    with ComponentConsole(library, people=12, latency=0.02) as small, connect(small, tmp_path) as connector:
        exported = {shown.email: shown for shown in connector.export()}
        books = people(small.books())
        assert exported.keys() == books.keys()
        for email, kept in books.items():
            assert set(exported[email].groups or ()) == set(kept["groups"]), email
            assert set(exported[email].managers or ()) == set(kept["managers"]), email
        assert happened(small.books()) == []
