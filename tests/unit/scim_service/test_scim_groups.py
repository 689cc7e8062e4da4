"""Groups through the SCIM service where the console has a list of groups: made, shown with their kind, deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connector.scim_service import tokens
from connector.scim_service.service import Options
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, CY, Served, person, served
from tests.unit.scim_service.test_scim_writes import fault

DI = person("di@northwind.example", "Di", "Roe", groups=("Contractors",))
GROUPS: dict[str, Any] = {"groups": ["Sales", "Empty"], "dynamic": ["Contractors"], "lists_groups": True}


@pytest.fixture
def scim(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY, DI, **GROUPS), Options(answer_seconds=10)) as service:
        yield service


def names(scim: Served) -> list[str]:
    return sorted(one["displayName"] for one in scim.ask("GET", "/Groups").json()["Resources"])


def test_groups_without_members_are_shown_and_dynamic_ones_are_named_to_operators(scim: Served) -> None:
    assert names(scim) == ["Contractors", "Empty", "Sales"]
    assert "members" not in scim.group("Empty")
    secret = tokens.add(scim.service.shelf, "ops", tokens.Use.OPERATOR)
    scim.service.doorkeeper.look_again()
    page = scim.client.get("/", headers={"Authorization": f"Bearer {secret}"}).text
    assert "Contractors: rules in the console say who is in them" in page


def test_a_dynamic_group_is_never_changed(scim: Served) -> None:
    group = scim.group("Contractors")
    path = f"/Groups/{group['id']}"
    bo = [{"value": scim.find(BO.email)["id"]}]
    answers = [
        scim.patch(path, {"op": "add", "path": "members", "value": bo}),
        scim.patch(path, {"op": "remove", "path": f'members[value eq "{scim.find(DI.email)["id"]}"]'}),
        scim.ask("PUT", path, {"displayName": "Contractors", "members": []}),
        scim.ask("PUT", path, {"displayName": "Others"}),
    ]
    assert [fault(answer) for answer in answers] == [(400, "mutability")] * 4
    assert "dynamic group" in answers[0].json()["detail"]
    gone = scim.ask("DELETE", path)
    assert fault(gone) == (403, None)
    assert "dynamic group" in gone.json()["detail"]
    assert scim.group("Contractors") == group
    assert scim.console.books == []
    # What changes nothing of its members is no change by hand.
    linked = scim.patch(path, {"op": "add", "path": "externalId", "value": "g1"})
    assert (linked.status_code, linked.json()["externalId"]) == (200, "g1")


def test_a_group_is_made_in_the_console_before_its_members_join(scim: Served) -> None:
    members = [{"value": scim.find(email)["id"]} for email in (ADA.email, BO.email)]
    made = scim.ask("POST", "/Groups", {"displayName": "Oslo", "externalId": "g1", "members": members})
    assert made.status_code == 201, made.text
    assert scim.console.books[0] == "create-group Oslo"
    assert sorted(scim.console.books[1:]) == [f"edit {ADA.email}", f"edit {BO.email}"]
    assert len(made.json()["members"]) == 2
    assert scim.ask("POST", "/Groups", {"displayName": "Oslo", "externalId": "g1"}).json()["id"] == made.json()["id"]
    assert fault(scim.ask("POST", "/Groups", {"displayName": "OSLO", "externalId": "g1"})) == (409, "uniqueness")
    assert scim.console.books.count("create-group Oslo") == 1


@pytest.mark.parametrize("named", [None, [], [ADA.email]], ids=["no members", "an empty list", "another member"])
def test_a_repeated_create_puts_in_whom_it_names_and_takes_nobody_out(scim: Served, named: list[str] | None) -> None:
    path = f"/Groups/{scim.group('Sales')['id']}"
    assert scim.patch(path, {"op": "add", "path": "externalId", "value": "g7"}).status_code == 200
    assert [one["value"] for one in scim.group("Sales")["members"]] == [scim.find(BO.email)["id"]]
    body: dict[str, Any] = {"displayName": "Sales", "externalId": "g7"}
    if named is not None:
        body["members"] = [{"value": scim.find(email)["id"]} for email in named]

    again = scim.ask("POST", "/Groups", body)

    assert again.status_code == 201, again.text
    wanted = {BO.email, *(named or ())}
    assert {one["value"] for one in again.json()["members"]} == {scim.find(email)["id"] for email in wanted}
    assert scim.console.books == [f"edit {email}" for email in named or ()]
    assert {each.email for each in scim.console.everybody.values() if "Sales" in (each.groups or ())} == wanted
    assert scim.console.everybody[DI.email] == DI


def test_a_repeated_create_of_a_dynamic_group_leaves_those_whom_its_rules_put_in(scim: Served) -> None:
    path = f"/Groups/{scim.group('Contractors')['id']}"
    assert scim.patch(path, {"op": "add", "path": "externalId", "value": "g8"}).status_code == 200
    again = scim.ask("POST", "/Groups", {"displayName": "Contractors", "externalId": "g8"})
    assert (again.status_code, len(again.json()["members"])) == (201, 1)
    named = {"displayName": "Contractors", "externalId": "g8", "members": [{"value": scim.find(BO.email)["id"]}]}
    assert fault(scim.ask("POST", "/Groups", named)) == (400, "mutability")
    assert scim.console.books == []


def test_a_group_without_members_is_made_and_comes_back_under_its_id(scim: Served) -> None:
    made = scim.ask("POST", "/Groups", {"displayName": "Oslo"})
    assert (made.status_code, scim.console.books) == (201, ["create-group Oslo"])
    path = f"/Groups/{made.json()['id']}"
    assert scim.ask("DELETE", path).status_code == 204
    assert scim.ask("GET", path).status_code == 404
    again = scim.ask("POST", "/Groups", {"displayName": "Oslo"})
    assert (again.status_code, again.json()["id"]) == (201, made.json()["id"])
    assert scim.console.books == ["create-group Oslo", "delete-group Oslo", "create-group Oslo"]


def test_only_an_empty_group_that_the_service_made_gets_another_name(scim: Served) -> None:
    for name in ("Empty", "Sales"):
        path = f"/Groups/{scim.group(name)['id']}"
        assert fault(scim.ask("PUT", path, {"displayName": "Bergen"})) == (400, "mutability")
    made = scim.ask("POST", "/Groups", {"displayName": "Oslo", "externalId": "g1"})
    path = f"/Groups/{made.json()['id']}"
    member = [{"value": scim.find(BO.email)["id"]}]

    renamed = scim.ask("PUT", path, {"displayName": "Bergen", "members": member})

    assert renamed.status_code == 200, renamed.text
    assert (renamed.json()["displayName"], renamed.json()["externalId"]) == ("Bergen", "g1")
    assert [one["value"] for one in renamed.json()["members"]] == [member[0]["value"]]
    assert scim.console.books == [
        "create-group Oslo", "create-group Bergen", "delete-group Oslo", f"edit {BO.email}",
    ]  # fmt: skip
    assert names(scim) == ["Bergen", "Contractors", "Empty", "Sales"]
    assert fault(scim.ask("PUT", path, {"displayName": "Trondheim"})) == (400, "mutability"), "somebody is in it now"


def test_a_deleted_group_is_deleted_in_the_console_and_its_people_stay(scim: Served) -> None:
    sales = scim.group("Sales")
    assert [one["value"] for one in sales["members"]] == [scim.find(BO.email)["id"]]
    assert scim.ask("DELETE", f"/Groups/{sales['id']}").status_code == 204
    assert scim.console.books == ["delete-group Sales"]
    assert names(scim) == ["Contractors", "Empty"]
    assert "groups" not in scim.find(BO.email)
    assert scim.console.everybody[BO.email] == BO.model_copy(update={"groups": ()})


def test_a_group_that_is_to_stay_loses_its_members_alone(tmp_path: Path) -> None:
    with served(tmp_path, ConsoleInMemory(ADA, BO, **GROUPS), Options(keep_groups=True)) as scim:
        assert scim.ask("DELETE", f"/Groups/{scim.group('Sales')['id']}").status_code == 204
        assert scim.console.books == [f"edit {BO.email}"]
        assert "Sales" in scim.console.group_names


def test_a_group_that_the_console_has_no_more_is_not_shown_after_two_readings(scim: Served) -> None:
    mirror, console = scim.service.mirror, scim.console
    console.group_names.remove("Empty")
    mirror.absorb(console.people(), console.groups())
    assert "Empty" in names(scim)
    mirror.absorb(console.people(), console.groups())
    assert names(scim) == ["Contractors", "Sales"]
    console.group_names.add("Empty")
    mirror.absorb(console.people(), console.groups())
    assert names(scim) == ["Contractors", "Empty", "Sales"]


def test_names_that_differ_in_case_are_two_groups(tmp_path: Path) -> None:
    console = ConsoleInMemory(ADA, BO, groups=["Sales", "SALES"], lists_groups=True)
    with served(tmp_path, console) as scim:
        assert names(scim) == ["SALES", "Sales"]
        shown = {one["displayName"]: one for one in scim.ask("GET", "/Groups").json()["Resources"]}
        assert ("members" in shown["Sales"], "members" in shown["SALES"]) == (True, False)
