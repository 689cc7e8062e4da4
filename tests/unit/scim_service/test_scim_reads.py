"""Reading from the SCIM service: from the mirror alone, with filters, pages, order and entity tags."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from connector.models import Status
from connector.scim_service.mirror import Mirror
from connector.scim_service.records import now
from connector.scim_service.shelf import Shelf
from connector.settings import Settings
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, CORE, CY, ENTERPRISE, ERROR, GROUP, Served, served


@pytest.fixture
def scim(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, ConsoleInMemory(ADA, BO, CY)) as service:
        yield service


def test_a_person_is_shown_with_all_that_the_console_shows(scim: Served) -> None:
    ada, sales = scim.find(ADA.email), scim.group("Sales")
    bo = scim.find(BO.email)

    assert bo["schemas"] == [CORE, ENTERPRISE]
    assert (bo["name"], bo["displayName"]) == ({"givenName": "Bo", "familyName": "Lind"}, "Bo Lind")
    assert bo["emails"] == [{"value": BO.email, "type": "work", "primary": True}]
    assert bo["roles"] == bo["entitlements"] == [{"value": "learner", "primary": True}]
    assert bo["groups"] == [{"value": sales["id"], "$ref": sales["meta"]["location"], "display": "Sales"}]
    assert bo[ENTERPRISE]["manager"] == {"value": ada["id"], "$ref": ada["meta"]["location"]}
    assert [member["value"] for member in sales["members"]] == [bo["id"]]
    assert (bo["active"], scim.find(CY.email)["active"]) == (True, False)


def test_nothing_is_announced_that_is_not_held(scim: Served) -> None:
    schemas = {schema["id"]: schema for schema in scim.ask("GET", "/Schemas").json()["Resources"]}

    assert set(schemas) == {CORE, ENTERPRISE, GROUP}
    assert {attribute["name"] for attribute in schemas[CORE]["attributes"]} == {
        "userName", "name", "displayName", "active", "emails", "groups", "roles", "entitlements",
    }  # fmt: skip
    assert [attribute["name"] for attribute in schemas[ENTERPRISE]["attributes"]] == ["manager"]


def test_discovery_says_what_the_service_can_do(scim: Served) -> None:
    config = scim.ask("GET", "/ServiceProviderConfig").json()
    types = scim.ask("GET", "/ResourceTypes").json()["Resources"]

    assert {name: config[name]["supported"] for name in ("patch", "bulk", "filter", "sort", "etag")} == {
        "patch": True, "bulk": False, "filter": True, "sort": True, "etag": True,
    }  # fmt: skip
    assert [(one["name"], one["endpoint"]) for one in types] == [("User", "/Users"), ("Group", "/Groups")]


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (f'userName eq "{BO.email.upper()}"', [BO.email]),
        (f'emails[type eq "work"].value eq "{BO.email}"', [BO.email]),
        ("active eq false", [CY.email]),
        ('roles.value eq "admin"', [ADA.email]),
        ('name.familyName sw "L" and active eq true', [BO.email]),
        ('groups.display eq "Sales"', [BO.email]),
        (f"{ENTERPRISE}:manager.value pr", [BO.email]),
        ('externalId eq "nobody"', []),
    ],
)
def test_filters_find_whom_they_mean(scim: Served, condition: str, found: list[str]) -> None:
    answer = scim.client.get("/scim/v2/Users", params={"filter": condition})
    assert answer.status_code == 200, answer.text
    assert [one["userName"] for one in answer.json().get("Resources", [])] == found


def test_pages_and_order(scim: Served) -> None:
    first = scim.ask("GET", "/Users?sortBy=userName&sortOrder=descending&count=2").json()
    second = scim.ask("GET", "/Users?sortBy=userName&sortOrder=descending&count=2&startIndex=3").json()

    assert (first["totalResults"], second["totalResults"]) == (3, 3)
    assert [one["userName"] for one in first["Resources"]] == [CY.email, BO.email]
    assert [one["userName"] for one in second["Resources"]] == [ADA.email]


def test_an_entity_tag_that_still_holds_answers_304(scim: Served) -> None:
    bo = scim.find(BO.email)
    path = f"/Users/{bo['id']}"

    assert scim.ask("GET", path).headers["ETag"] == bo["meta"]["version"]
    assert scim.ask("GET", path, **{"If-None-Match": bo["meta"]["version"]}).status_code == 304
    assert scim.ask("GET", path, **{"If-None-Match": 'W/"0"'}).status_code == 200


def test_attributes_are_left_out_where_that_is_asked(scim: Served) -> None:
    group = scim.group("Sales")
    shown = scim.ask("GET", f"/Groups/{group['id']}?excludedAttributes=members").json()
    assert "members" in group
    assert "members" not in shown


def test_reads_do_not_wait_for_a_console_at_work(scim: Served) -> None:
    bo = scim.find(BO.email)
    scim.console.gate.clear()
    writer = threading.Thread(
        target=scim.patch,
        args=(f"/Users/{bo['id']}", {"op": "replace", "path": "name.familyName", "value": "Lindt"}),
    )
    writer.start()
    writes = scim.service.writes
    with writes.changed:
        assert writes.changed.wait_for(writes.unfinished_count, 10)
    assert scim.find(BO.email)["name"]["familyName"] == "Lind"
    scim.console.gate.set()
    writer.join(10)
    assert scim.find(BO.email)["name"]["familyName"] == "Lindt"


def test_nobody_is_answered_from_an_empty_mirror(tmp_path: Path) -> None:
    console = ConsoleInMemory(ADA)
    console.gate.clear()
    with served(tmp_path, console) as scim:
        early = scim.ask("GET", "/Users")
        unready = scim.client.get("/readyz")
        console.gate.set()
    assert (early.status_code, early.headers["Retry-After"]) == (503, "30")
    assert early.json()["schemas"] == [ERROR]
    assert (unready.status_code, unready.json()["why"]) == (503, "the directory has not been read so far")


# -- the mirror --------------------------------------------------------------------------------------------------------
@pytest.fixture
def shelf(settings: Settings) -> Iterator[Shelf]:
    """In SQLite, and in PostgreSQL."""
    shelf = Shelf(settings)
    yield shelf
    shelf.close()


def test_ids_and_versions_outlive_the_service(shelf: Shelf) -> None:
    before = Mirror(shelf)
    before.absorb([ADA, BO])
    before.absorb([ADA, BO.model_copy(update={"last_name": "Lindt"})])

    after = Mirror(shelf)

    was, now = before.person(BO.email), after.person(BO.email)
    assert was is not None
    assert now is not None
    assert (now.id, now.version, now.version) == (was.id, was.version, 'W/"2"')
    assert after.person(ADA.email) != now


def test_a_version_changes_with_the_resource_and_only_then(shelf: Shelf) -> None:
    mirror = Mirror(shelf)
    versions = []
    for groups in ((), (), ("Sales",)):
        mirror.absorb([ADA.model_copy(update={"groups": groups})])
        record = mirror.person(ADA.email)
        assert record is not None
        versions.append(record.version)
    assert versions == ['W/"1"', 'W/"1"', 'W/"2"']


def test_one_reading_without_somebody_is_not_believed_two_are(shelf: Shelf) -> None:
    mirror = Mirror(shelf)
    mirror.absorb([ADA, BO])
    record = mirror.person(BO.email)
    assert record is not None
    identity, hidden = record.id, []
    for _ in range(2):
        mirror.absorb([ADA])
        hidden.append(mirror.people[identity].hidden)
    mirror.absorb([ADA, BO])

    assert hidden == [False, True]
    assert mirror.require_person(identity).person.email == BO.email


def test_what_a_reading_does_not_show_is_as_it_was(shelf: Shelf) -> None:
    mirror = Mirror(shelf)
    mirror.absorb([BO])
    mirror.absorb([BO.model_copy(update={"managers": None, "groups": None})])
    record = mirror.person(BO.email)
    assert record is not None
    assert (record.person.managers, record.person.groups) == (BO.managers, BO.groups)


def test_somebody_deleted_by_the_provider_comes_back_once_she_is_active_again(shelf: Shelf) -> None:
    mirror = Mirror(shelf)
    mirror.absorb([CY])
    record = mirror.person(CY.email)
    assert record is not None
    mirror.keep([record.model_copy(update={"hidden": True})])

    mirror.absorb([CY])
    still = mirror.people[record.id].hidden
    mirror.absorb([CY.model_copy(update={"status": Status.ACTIVE})])

    assert (still, mirror.people[record.id].hidden) == (True, False)


def test_a_list_that_lags_behind_a_write_is_not_believed_of_her(shelf: Shelf) -> None:
    clock = [now()]
    mirror = Mirror(shelf, clock=lambda: clock[0])
    mirror.absorb([BO, ADA])
    record = mirror.person(BO.email)
    assert record is not None
    renamed = BO.model_copy(update={"last_name": "Lindt"})
    mirror.keep([record.model_copy(update={"person": renamed, "written": clock[0]})])

    names = []
    for seconds in (10, 40):
        clock[0] += timedelta(seconds=seconds)
        mirror.absorb([BO, ADA])
        names.append(mirror.people[record.id].person.last_name)

    assert names == ["Lindt", "Lind"]
