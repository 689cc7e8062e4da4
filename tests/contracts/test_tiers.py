"""One contract for all tiers: the same operations, judged by the mock's books; the bystanders are as before.

SCIM shows no admins, which a deactivation has to know; so REST stands beside it here, and does nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from connector import Connector
from connector.errors import PersonNotFound, Refused
from connector.models import CreateGroup, Deactivate, Edit, Guard, ImportPeople, Invite, Result, Role, Status
from connector.plan_models import Action, PlanOptions
from connector.roster import read_roster
from connector.tiers.rest import RestDoor
from fixtures.mock_console import Books, MockConsole
from tests.conftest import StartConnector
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, mailed

NEW, NEWER = "nadja.new@northwind.example", "nora.newer@northwind.example"
ANN, JOANN, HELEN = "ann@northwind.example", "joann@northwind.example", "helen.brandt@northwind.example"
DANIEL, GRACE, LEA = "daniel.kim@northwind.example", "grace.okafor@northwind.example", "lea.fischer@northwind.example"
NOOR = "noor.haddad@northwind.example"


@dataclass(frozen=True)
class Way:
    """A tier that is asked first, and a connector that asks it."""

    name: str
    connector: Connector
    mock: MockConsole

    @property
    def marks(self) -> dict[str, Any]:
        """What is different about somebody whom this tier made."""
        return {"scim_managed": True} if self.name == "scim" else {}


@pytest.fixture(params=["console", "rest", "scim"])
def way(request: pytest.FixtureRequest, mock: MockConsole, start_tiers: Callable[..., Connector]) -> Iterator[Way]:
    if request.param == "console":
        yield Way("console", request.getfixturevalue("connector"), mock)
    else:
        yield Way(request.param, start_tiers("rest" if request.param == "rest" else "scim,rest"), mock)
    called = mock.books().api_calls
    assert not [call for call in called if "DELETE" in call], "nobody is ever deleted"


@pytest.fixture
def start_tiers(mock: MockConsole, start_connector: StartConnector) -> Callable[..., Connector]:
    """Opens a connector with the keys of the mock's doors and these tiers."""

    def start(tiers: str, **changes: Any) -> Connector:
        keys = {"api_key": mock.options.api_key, "scim_token": mock.options.scim_token}
        return start_connector(mock, **{"tiers": tiers, **keys, **changes})

    return start


def an_invite(email: str = NEW, **fields: Any) -> Invite:
    given = {"first_name": "Nadja", "last_name": "New", "groups": ("R&D", "Sales, EMEA"), "managers": (DANIEL,)}
    return Invite(email=email, **{**given, **fields})


def run(way: Way, *operations: Any, **options: Any) -> list[tuple[Result, str]]:
    return [(each.result, each.tier) for each in way.connector.run(list(operations), **options).outcomes]


def untouched(before: Books, after: Books) -> None:
    """Nothing but looking: a console that is looked at may export its list, and doors count their calls."""
    assert_only_changed(before, after, {})
    assert mailed(before, after) == []


# -- inviting ----------------------------------------------------------------------------------------------------------
def test_an_invitation_makes_one_person_and_sends_one_mail(way: Way) -> None:
    before = way.mock.books()
    assert before.find(NEW) is None
    assert run(way, an_invite()) == [(Result.DONE, way.name)]
    after = way.mock.books()
    made = {"first_name": "Nadja", "last_name": "New", "groups": ["R&D", "Sales, EMEA"], "managers": [DANIEL]}
    assert_only_changed(before, after, {NEW: made | way.marks})
    assert mailed(before, after) == [(NEW, "invitation")]


def test_the_same_invitation_again_is_already_so(way: Way) -> None:
    assert run(way, an_invite()) == [(Result.DONE, way.name)]
    between = way.mock.books()
    assert run(way, an_invite()) == [(Result.ALREADY, way.name)]
    untouched(between, way.mock.books())


def test_somebody_who_is_here_with_other_details_is_left_as_she_is(way: Way) -> None:
    before = way.mock.books()
    (outcome,) = way.connector.run([an_invite(ANN)]).outcomes
    assert (outcome.result, outcome.tier) == (Result.FAILED, way.name)
    assert "is here already" in outcome.message
    untouched(before, way.mock.books())


def test_somebody_who_is_deactivated_is_not_invited(way: Way) -> None:
    before = way.mock.books()
    (outcome,) = way.connector.run([an_invite(HELEN, first_name="Helen", last_name="Brandt")]).outcomes
    assert outcome.result is Result.FAILED
    assert "deactivated" in outcome.message
    untouched(before, way.mock.books())


@pytest.mark.parametrize(
    ("fields", "guard"),
    [
        ({"groups": ("No Such Group",)}, Guard.UNKNOWN_GROUP),
        ({"managers": ("nobody@northwind.example",)}, Guard.UNKNOWN_MANAGER),
        ({"email": "j0ann@northwind.example"}, Guard.LOOK_ALIKE),
        ({"role": Role.ADMIN}, Guard.ADMIN_ROLE),
    ],
)
def test_guards_refuse_an_invitation_whichever_tier_would_send_it(
    way: Way, fields: dict[str, Any], guard: Guard
) -> None:
    before = way.mock.books()
    email = fields.get("email", NEW)
    operation = an_invite(email, **{name: value for name, value in fields.items() if name != "email"})
    (outcome,) = way.connector.run([operation]).outcomes
    assert (outcome.result, outcome.guard) == (Result.REFUSED, guard)
    untouched(before, way.mock.books())


def test_an_unknown_group_is_made_where_the_guard_is_lifted(way: Way) -> None:
    before = way.mock.books()
    operation = an_invite(groups=("Brand New",), managers=())
    assert run(way, operation, overrides=[Guard.UNKNOWN_GROUP]) == [(Result.DONE, way.name)]
    after = way.mock.books()
    made = {"first_name": "Nadja", "last_name": "New", "groups": ["Brand New"]}
    assert_only_changed(before, after, {NEW: made | way.marks}, groups=["Brand New"])


def test_a_dry_run_says_what_would_happen_and_changes_nothing(way: Way) -> None:
    before = way.mock.books()
    report = way.connector.run([an_invite()], dry_run=True)
    assert report.exit_code == 0
    assert report.outcomes[0].message.startswith("would invite as learner")
    untouched(before, way.mock.books())


def test_people_of_one_import_may_report_to_each_other(way: Way) -> None:
    before = way.mock.books()
    boss = an_invite(NEWER, first_name="Nora", last_name="Newer", managers=())
    report = way.connector.run([ImportPeople(people=(an_invite(managers=(NEWER,)), boss))])
    assert [(each.email, each.result, each.tier) for each in report.outcomes] == [
        (NEW, Result.DONE, way.name),
        (NEWER, Result.DONE, way.name),
    ]
    assert {each.operation for each in report.outcomes} == {"import"}
    after = way.mock.books()
    assert after.person(NEW).managers == (NEWER,)
    assert sorted(mailed(before, after)) == [(NEW, "invitation"), (NEWER, "invitation")]


def test_an_import_with_a_bad_row_sends_nobody_unless_bad_rows_are_skipped(way: Way) -> None:
    before = way.mock.books()
    people = (an_invite(), an_invite(NEWER, groups=("No Such Group",)))
    report = way.connector.run([ImportPeople(people=people)])
    assert [each.result for each in report.outcomes] == [Result.REFUSED, Result.REFUSED]
    assert report.outcomes[0].message.startswith("not sent: 1 row")
    untouched(before, way.mock.books())
    report = way.connector.run([ImportPeople(people=people, skip_bad_rows=True)])
    assert [each.result for each in report.outcomes] == [Result.DONE, Result.REFUSED]
    assert mailed(before, way.mock.books()) == [(NEW, "invitation")]


# -- status ------------------------------------------------------------------------------------------------------------
def test_deactivate_takes_access_from_exactly_one(way: Way) -> None:
    before = way.mock.books()
    assert before.person(ANN).status == before.person(JOANN).status == "active"
    outcome = way.connector.deactivate(ANN)
    assert (outcome.result, outcome.tier) == (Result.DONE, way.name)
    assert "review" in outcome.message
    assert_only_changed(before, way.mock.books(), {ANN: {"status": "deactivated"}})
    assert way.connector.deactivate(ANN).result is Result.ALREADY


def test_the_case_of_an_address_makes_no_other_person(way: Way) -> None:
    before = way.mock.books()
    assert way.connector.deactivate(ANN.upper()).result is Result.DONE
    assert_only_changed(before, way.mock.books(), {ANN: {"status": "deactivated"}})
    assert run(way, an_invite(JOANN.title()))[0][0] is Result.FAILED
    assert mailed(before, way.mock.books()) == []


def test_reactivate_gives_access_back(way: Way) -> None:
    before = way.mock.books()
    assert before.person(HELEN).status == "deactivated"
    outcome = way.connector.reactivate(HELEN)
    assert (outcome.result, outcome.tier) == (Result.DONE, way.name)
    assert_only_changed(before, way.mock.books(), {HELEN: {"status": "active"}})
    assert way.connector.reactivate(HELEN).result is Result.ALREADY


@pytest.mark.parametrize(
    ("email", "result", "guard"),
    [
        ("nobody@northwind.example", Result.FAILED, None),
        ("j0ann@northwind.example", Result.REFUSED, Guard.LOOK_ALIKE),
        ("connector@northwind.example", Result.REFUSED, Guard.OWN_ACCOUNT),
    ],
)
def test_nobody_else_is_taken_for_the_person(way: Way, email: str, result: Result, guard: Guard | None) -> None:
    before = way.mock.books()
    outcome = way.connector.deactivate(email)
    assert (outcome.result, outcome.guard, outcome.tier) == (result, guard, way.name)
    untouched(before, way.mock.books())


# -- editing -----------------------------------------------------------------------------------------------------------
def test_edit_changes_a_name_and_adds_a_group(way: Way) -> None:
    before = way.mock.books()
    operation = Edit(email=ANN, first_name="Anne-Marie", last_name="Lee", add_groups=("R&D",))
    assert run(way, operation) == [(Result.DONE, way.name)]
    changes = {"first_name": "Anne-Marie", "groups": ["Customer Success", "R&D"]}
    assert_only_changed(before, way.mock.books(), {ANN: changes})
    assert run(way, operation) == [(Result.ALREADY, way.name)]


# -- reading -----------------------------------------------------------------------------------------------------------
def test_everybody_is_listed_once(way: Way) -> None:
    listed = [person.email for person in way.connector.people()]
    assert sorted(listed) == sorted(person.email for person in way.mock.books().people)
    assert len(set(listed)) == len(listed)


def test_a_person_is_shown_and_what_is_not_known_of_her_is_null(way: Way) -> None:
    person = way.connector.person(HELEN)
    assert (person.email, person.status) == (HELEN, Status.DEACTIVATED)
    assert way.connector.person(NOOR).status in (Status.INVITED, Status.ACTIVE)
    assert person.groups == ("Sales, Americas",)
    if way.name != "console":
        assert (person.last_login, person.role, person.scim_managed) == (None, None, None)


def test_showing_nobody_is_an_error(way: Way) -> None:
    with pytest.raises(PersonNotFound):
        way.connector.person("nobody@northwind.example")
    with pytest.raises(Refused) as refusal:
        way.connector.person("j0ann@northwind.example")
    assert refusal.value.guard is Guard.LOOK_ALIKE


# -- what a tier cannot do ---------------------------------------------------------------------------------------------
def test_what_no_tier_can_do_says_why_of_each(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    before = mock.books()
    outcome = start_tiers("scim,rest").resend(NOOR)
    assert outcome.result is Result.FAILED
    assert outcome.message == "no tier can do this: scim (has no call to resend), rest (has no call to resend)"
    assert_nothing_happened(before, mock.books())


def test_groups_themselves_are_the_consoles(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    before = mock.books()
    (outcome,) = start_tiers("rest").run([CreateGroup(name="Brand New")]).outcomes
    assert (outcome.operation, outcome.group, outcome.email) == ("create-group", "Brand New", "")
    assert outcome.message == "no tier can do this: rest (is not used for groups themselves)"
    assert_nothing_happened(before, mock.books())


def test_a_put_never_costs_a_second_manager(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    before = mock.books()
    assert len(before.person(LEA).managers) == 2
    outcome = start_tiers("scim,rest").deactivate(LEA)
    assert (outcome.result, outcome.tier) == (Result.DONE, "rest")
    assert "passed over: scim (has room for one manager, and she has 2)" in outcome.message
    assert_only_changed(before, mock.books(), {LEA: {"status": "deactivated"}})


def test_of_several_managers_scim_shows_one_and_claims_none(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    managers = mock.books().person(LEA).managers
    assert len(managers) == 2
    alone = start_tiers("scim")
    assert alone.person(LEA).managers is None
    assert {person.managers for person in alone.people()} == {None}
    assert {person.managers for person in alone.export()} == {None}

    beside = start_tiers("scim,rest")
    assert set(beside.person(LEA).managers or ()) == set(managers)
    booked = {person.email: set(person.managers) for person in mock.books().people}
    assert {person.email: set(person.managers or ()) for person in beside.people()} == booked
    assert {person.email: set(person.managers or ()) for person in beside.export()} == booked
    assert {person.email for person in beside.people() if person.admin} == {
        person.email for person in mock.books().people if person.role == "admin"
    }


def test_a_manager_whom_scim_does_not_show_is_taken_away_by_a_roster_that_leaves_her_out(
    start_tiers: Callable[..., Connector], mock: MockConsole, tmp_path: Path
) -> None:
    connector = start_tiers("scim,rest")
    lea = connector.person(LEA)
    stays, goes = lea.managers or ()
    roster = tmp_path / "people.csv"
    roster.write_text(f"Email,First name,Last name,Managers\n{LEA},{lea.first_name},{lea.last_name},{stays}\n")
    before = mock.books()
    plan = connector.plan(read_roster(roster), PlanOptions(exact_managers=True))
    assert plan.operations == (Edit(email=LEA, remove_managers=(goes,)),)
    (alone,) = [item for item in start_tiers("scim").plan(read_roster(roster)).items if item.email == LEA]
    assert alone.action is Action.LEAVE
    untouched(before, mock.books())


def test_what_a_tier_does_not_show_is_said(start_tiers: Callable[..., Connector]) -> None:
    said: list[str] = []
    connector = start_tiers("scim,rest")
    connector._say = said.append
    connector.people()
    assert said == [
        "list people: read through scim, which does not show roles but admin, open invitations, last logins and SCIM "
        "marks."
    ]


@pytest.mark.parametrize("fault", ["401", "500"])
def test_what_the_other_tier_would_have_shown_is_unknown_and_said_where_it_does_not_answer(
    start_tiers: Callable[..., Connector], mock: MockConsole, fault: str
) -> None:
    said: list[str] = []
    connector = start_tiers("scim,rest", timeout=2)
    connector._say = said.append
    mock.set_faults(f"rest={fault}")
    assert connector.person(LEA).managers is None
    assert said == [
        f"show {LEA}: read through scim, which does not show who is an admin, roles but admin, open invitations, more "
        "than one manager, last logins and SCIM marks."
    ]
    assert mock.books().faults_fired["rest"] > 0
    asked = mock.books().faults_fired["rest"]
    connector.people()
    assert mock.books().faults_fired["rest"] == asked, "a door that was found shut is left alone for a while"


def test_scim_alone_changes_nobody_of_whom_it_does_not_show_enough(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    before = mock.books()
    outcome = start_tiers("scim").deactivate(ANN)
    assert outcome.result is Result.FAILED
    assert "it is not known how many managers she has" in outcome.message
    untouched(before, mock.books())


def test_nobody_is_deactivated_where_nobody_can_say_who_is_an_admin(
    start_tiers: Callable[..., Connector], mock: MockConsole, monkeypatch: pytest.MonkeyPatch
) -> None:
    """REST shows that she is one, and is shut when the others are to be counted."""
    everybody = RestDoor.everybody

    async def shut(door: RestDoor) -> list[Any]:
        mock.set_faults("rest=403")
        return await everybody(door)

    monkeypatch.setattr(RestDoor, "everybody", shut)
    before = mock.books()
    outcome = start_tiers("scim,rest").deactivate(GRACE)
    assert (outcome.result, outcome.guard, outcome.tier) == (Result.REFUSED, Guard.LAST_ADMIN, "scim")
    assert "rest could not be asked (HTTP 403" in outcome.message
    untouched(before, mock.books())


def test_what_only_scim_keeps_survives_a_deactivation_by_scim(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    ann = mock.books().person(ANN)
    kept = {"externalId": "e-77", "urn:ietf:params:scim:schemas:extension:workramp:2.0:User": {"costCenter": "7"}}
    mock.console.doors.scim_only[ann.id] = dict(kept)
    assert start_tiers("scim,rest").deactivate(ANN).tier == "scim"
    assert mock.console.doors.scim_only[ann.id] == kept


def test_two_tiers_make_one_outcome(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    before = mock.books()
    operation = an_invite(role=Role.ADMIN, managers=(DANIEL, "priya.raman@northwind.example"))
    report = start_tiers("scim,rest").run([operation], overrides=[Guard.ADMIN_ROLE])
    (outcome,) = report.outcomes
    assert (outcome.operation, outcome.email, outcome.result, outcome.tier) == ("invite", NEW, Result.DONE, "scim+rest")
    after = mock.books()
    made = {"first_name": "Nadja", "last_name": "New", "role": "admin", "groups": ["R&D", "Sales, EMEA"]}
    managers = [DANIEL, "priya.raman@northwind.example"]
    assert_only_changed(before, after, {NEW: made | {"managers": managers, "scim_managed": True}})
    assert mailed(before, after) == [(NEW, "invitation")]


def test_nobody_is_made_by_halves_where_no_tier_can_do_the_rest(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    before = mock.books()
    outcome = start_tiers("scim,rest").run([an_invite(role=Role.CONTENT_CREATOR)]).outcomes[0]
    assert outcome.result is Result.FAILED
    assert outcome.message == "no tier can do this: scim (has no roles), rest (has no role but admin)"
    assert_nothing_happened(before, mock.books())


def test_the_last_admin_stays(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    for other in (GRACE, "ingrid.sorensen@northwind.example"):
        mock.change_person(other, role="learner")
    before = mock.books()
    outcome = start_tiers("scim,rest", email=GRACE).deactivate(mock.admin_email)
    assert (outcome.result, outcome.guard) == (Result.REFUSED, Guard.LAST_ADMIN)
    untouched(before, mock.books())


def test_too_many_leavers_are_counted_without_a_console(
    start_tiers: Callable[..., Connector], mock: MockConsole
) -> None:
    before = mock.books()
    leavers = [person.email for person in before.people if person.status == "active" and person.role == "learner"][:12]
    report = start_tiers("rest").run([Deactivate(email=email) for email in leavers])
    assert {(each.result, each.guard) for each in report.outcomes} == {(Result.REFUSED, Guard.MASS_CHANGE)}
    untouched(before, mock.books())


def test_who_is_deleted_for_good_is_nobody(start_tiers: Callable[..., Connector], mock: MockConsole) -> None:
    mock.console.directory.delete(GRACE, mock.books().person(ANN).id)
    connector = start_tiers("rest")
    assert ANN not in [person.email for person in connector.people()]
    assert connector.deactivate(ANN).result is Result.FAILED
