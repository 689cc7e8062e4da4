"""What waits for approval behind the SCIM service: said in words, done once approved, refused once rejected."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any

from starlette.testclient import TestClient

from connector import Connector, run_control
from connector.scim_service import tokens
from connector.scim_service.service import Options, Service
from fixtures.mock_console import Books, MockConsole
from tests.conftest import settings_for
from tests.flows.oracle import assert_nothing_happened, assert_only_changed, happened, mailed
from tests.runs.conftest import APPROVER, Provider, Serve
from tests.unit.scim_service.served import Json, new_user

NEW = "nell.quist@northwind.example"
ADMIN = [{"value": "admin"}]


def learners(books: Books, count: int) -> list[str]:
    """Active learners whom nothing protects."""
    found = [
        each.email
        for each in books.people
        if (each.role, each.status, each.scim_managed) == ("learner", "active", False)
    ]
    assert len(found) >= count
    return found[:count]


def refused_for_now(answer: Any, guard: str) -> str:
    """The detail of an answer that says that something waits."""
    assert answer.status_code == 403, answer.text
    detail: str = answer.json()["detail"]
    assert detail.startswith(f"refused for now by the guard {guard}: ")
    return detail


def admin(books: Books) -> tuple[str, Json]:
    """The address of a learner, and the request that makes an admin of her."""
    return learners(books, 1)[0], {"op": "replace", "path": "roles", "value": ADMIN}


def test_a_created_admin_waits_and_the_repeated_request_finds_the_result(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    body = new_user(NEW, "Nell", "Quist", externalId="00u1", roles=ADMIN)

    first = refused_for_now(scim.ask("POST", "/Users", body), "admin-role")

    ((run, asked),) = scim.waiting().items()
    assert asked == [NEW]
    assert f"this grants the admin role; waits for approval: `workramp runs approve {run} --email {NEW}`" in first
    assert scim.ask("POST", "/Users", body).json()["detail"] == first
    assert list(scim.waiting()) == [run], "a request that is repeated waits once"
    assert scim.client.get("/readyz").status_code == 200
    assert_nothing_happened(before, mock.books())

    scim.decide(run, NEW, approved=True)
    scim.until_nothing_waits()

    told = scim.ask("POST", "/Users", body)
    assert (told.status_code, told.json()["roles"]) == (201, [{"value": "admin", "primary": True}])
    after = mock.books()
    assert_only_changed(before, after, {NEW: {"first_name": "Nell", "last_name": "Quist", "role": "admin"}})
    assert mailed(before, after) == [(NEW, "invitation")]
    assert scim.waiting() == {}


def test_what_is_rejected_is_refused_with_the_reason_and_asks_nobody_again(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    email, change = admin(before)
    path = f"/Users/{scim.find(email)['id']}"
    refused_for_now(scim.patch(path, change), "admin-role")
    (run,) = scim.waiting()

    scim.decide(run, email, approved=False)
    scim.until_nothing_waits()

    for _ in range(2):
        told = scim.patch(path, change)
        assert told.status_code == 403, told.text
        assert f"rejected by {APPROVER}" in told.json()["detail"]
        assert "nobody of the staff knows her" in told.json()["detail"]
    assert scim.waiting() == {}
    assert scim.find(email)["roles"] == [{"value": "learner", "primary": True}]
    assert_nothing_happened(before, mock.books())


def test_what_waits_keeps_nothing_else_of_the_same_run_or_person_waiting(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    email, change = admin(before)
    path = f"/Users/{scim.find(email)['id']}"
    refused_for_now(scim.patch(path, change), "admin-role")
    (run,) = scim.waiting()

    renamed = scim.patch(path, {"op": "replace", "path": "name.familyName", "value": "Quist"})

    assert renamed.status_code == 200, renamed.text
    scim.until_nothing_waits()
    (waited,) = run_control.view(scim.settings, run).outcomes
    assert "the provider asked since to change" in waited.message, "whoever looks at the run reads why"
    assert_only_changed(before, mock.books(), {email: {"last_name": "Quist"}})
    # Asked again, it is a new question.
    refused_for_now(scim.patch(path, change), "admin-role")
    assert len(scim.waiting()) == 1


def test_leavers_beyond_the_brake_wait_and_exactly_the_approved_one_leaves(serve: Serve, mock: MockConsole) -> None:
    scim = serve(mass_change_people=5, mass_change_percent=1)
    before = mock.books()
    leavers = learners(before, 7)
    paths = {email: f"/Users/{scim.find(email)['id']}" for email in leavers}
    assert [scim.ask("DELETE", paths[email]).status_code for email in leavers[:5]] == [204] * 5
    between = mock.books()
    assert happened(before, between) == [("deactivated", email) for email in leavers[:5]]

    details = [refused_for_now(scim.ask("DELETE", paths[email]), "mass-change") for email in leavers[5:]]

    assert "would lose access" in details[0]
    assert "counted over an hour" in details[0]
    runs = {asked[0]: run for run, asked in scim.waiting().items()}
    assert set(runs) == set(leavers[5:])
    assert_nothing_happened(between, mock.books())
    assert [scim.find(email)["active"] for email in leavers[5:]] == [True, True]

    scim.decide(runs[leavers[5]], leavers[5], approved=True)
    scim.decide(runs[leavers[6]], leavers[6], approved=False)
    scim.until_nothing_waits()

    assert scim.ask("DELETE", paths[leavers[5]]).status_code == 404
    stays = scim.ask("DELETE", paths[leavers[6]])
    assert (stays.status_code, "nobody of the staff knows her" in stays.json()["detail"]) == (403, True)
    assert happened(between, mock.books()) == [("deactivated", leavers[5])]
    assert scim.find(leavers[6])["active"] is True


def test_what_waits_and_is_approved_while_no_service_runs_is_done_by_the_next(
    serve: Serve, mock: MockConsole, tmp_path: Path
) -> None:
    before = mock.books()
    email, change = admin(before)
    given = settings_for(mock, tmp_path / "state", timeout=15, lanes=2)
    with Connector(given) as console, Service(given, console) as service:
        headers = {"Authorization": f"Bearer {tokens.add(service.shelf, 'entra', tokens.Use.SCIM)}"}
        with TestClient(service.application(), headers=headers) as http:
            deadline = monotonic() + 60
            while http.get("/readyz").status_code != 200:
                assert monotonic() < deadline
            first = Provider(http, service, given)
            refused_for_now(first.patch(f"/Users/{first.find(email)['id']}", change), "admin-role")
            (run,) = first.waiting()
            before = mock.books()
    first.decide(run, email, approved=True)
    assert_nothing_happened(before, mock.books())

    scim = serve()
    scim.until_nothing_waits()

    assert scim.patch(f"/Users/{scim.find(email)['id']}", change).status_code == 200
    assert_only_changed(before, mock.books(), {email: {"role": "admin"}})


def test_a_run_that_is_cancelled_ends_what_waits_in_it(serve: Serve, mock: MockConsole) -> None:
    scim = serve()
    before = mock.books()
    email, change = admin(before)
    path = f"/Users/{scim.find(email)['id']}"
    refused_for_now(scim.patch(path, change), "admin-role")
    (run,) = scim.waiting()

    run_control.cancel(scim.settings, run)
    scim.until_nothing_waits()

    told = scim.patch(path, change)
    assert told.status_code == 403, told.text
    assert f"the run {run} is not carried out: it was cancelled by" in told.json()["detail"]
    assert_nothing_happened(before, mock.books())


def test_without_approvals_a_refusal_is_the_end(serve: Serve, mock: MockConsole) -> None:
    scim = serve(Options(approvals=False))
    before = mock.books()
    email, change = admin(before)

    told = scim.patch(f"/Users/{scim.find(email)['id']}", change)

    assert told.status_code == 403, told.text
    assert "start the service with --override admin-role" in told.json()["detail"]
    assert scim.waiting() == {}
    assert_nothing_happened(before, mock.books())
