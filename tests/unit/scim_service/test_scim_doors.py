"""Who gets in where: tokens, the operator page, health and metrics."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from scim2_models import UnauthorizedException

from connector.errors import ConsoleBusy, InputError
from connector.scim_service import tokens
from connector.scim_service.console_thread import Trouble
from connector.scim_service.service import Service
from connector.scim_service.shelf import Shelf
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, ERROR, Served, new_user, served, settings_for


@pytest.fixture
def scim(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, ConsoleInMemory(ADA, BO, seats=2)) as service:
        yield service


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic b2t0YTpwYXNz", "Token {}", "Bearer {}x", "bearer-{}"]
)
def test_without_its_token_nobody_reads_or_writes(scim: Served, tmp_path: Path, header: str) -> None:
    secret = (tmp_path / "token").read_text()
    other = {"Authorization": header.format(secret)}
    answers = [
        scim.client.get("/scim/v2/Users", headers=other),
        scim.client.get("/scim/v2/Schemas", headers=other),
        scim.client.post("/scim/v2/Users", json=new_user("x@northwind.example"), headers=other),
    ]
    assert [(answer.status_code, answer.json()["schemas"]) for answer in answers] == [(401, [ERROR])] * 3
    assert answers[0].headers["WWW-Authenticate"].startswith("Bearer")
    assert scim.console.books == []
    assert scim.client.get("/scim/v2/Users", headers={"Authorization": f"bearer {secret}"}).status_code == 200


def test_each_provider_has_a_token_and_losing_one_leaves_the_other(scim: Served) -> None:
    clock = [0.0]
    shelf = scim.service.shelf
    door = tokens.Doorkeeper(shelf, clock=lambda: clock[0])
    entra = tokens.add(shelf, "entra", tokens.Use.SCIM)
    assert door.let_in(f"Bearer {entra}", tokens.Use.SCIM).name == "entra"

    tokens.revoke(shelf, "entra")
    clock[0] = 1.5

    with pytest.raises(UnauthorizedException):
        door.let_in(f"Bearer {entra}", tokens.Use.SCIM)
    assert scim.ask("GET", "/Users").status_code == 200
    with pytest.raises(InputError, match="was revoked"):
        tokens.add(shelf, "entra", tokens.Use.SCIM)


def test_no_token_is_kept_as_it_is(tmp_path: Path) -> None:
    with closing(Shelf(settings_for(tmp_path))) as shelf:
        secret = tokens.add(shelf, "okta", tokens.Use.SCIM)
        kept = shelf.all("token")["okta"]
    assert secret not in kept
    assert secret.removeprefix("wrscim_") not in kept
    assert len(secret) > 43
    found = [path for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    assert found == []


@pytest.mark.parametrize("name", ["", "a b", "-x", "x" * 65, "ö", "a\nb"])
def test_a_token_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with closing(Shelf(settings_for(tmp_path))) as shelf, pytest.raises(InputError):
        tokens.add(shelf, name, tokens.Use.SCIM)


def test_the_page_and_the_metrics_open_to_operators_alone(scim: Served) -> None:
    operator = tokens.add(scim.service.shelf, "ops", tokens.Use.OPERATOR)
    scim.service.doorkeeper.look_again()
    for path in ("/", "/metrics"):
        assert scim.client.get(path).status_code == 401, "an identity provider is no operator"
        assert scim.client.get(path, headers={"Authorization": f"Bearer {operator}"}).status_code == 200
        assert scim.client.get(path, auth=("anybody", operator)).status_code == 200
        assert scim.client.get(path, headers={"Authorization": "Basic %%%"}).status_code == 401
    assert scim.client.get("/scim/v2/Users", headers={"Authorization": f"Bearer {operator}"}).status_code == 401
    assert scim.client.get("/healthz", headers={"Authorization": ""}).text == "ok\n"


def test_the_page_says_what_happened_and_hides_nothing_in_markup(scim: Served) -> None:
    assert scim.ask("POST", "/Users", new_user("dee@northwind.example")).status_code == 403
    bo = scim.find(BO.email)
    assert scim.patch(f"/Users/{bo['id']}", {"op": "add", "path": "displayName", "value": "<b>Bo"}).status_code == 200
    assert scim.ask("POST", "/Groups", {"displayName": "<script>x</script>"}).status_code == 201
    group = scim.group("<script>x</script>")
    member = {"op": "add", "path": "members", "value": [{"value": bo["id"]}]}
    assert scim.patch(f"/Groups/{group['id']}", member).status_code == 200
    operator = tokens.add(scim.service.shelf, "ops", tokens.Use.OPERATOR)
    scim.service.doorkeeper.look_again()

    page = scim.client.get("/", auth=("x", operator))

    assert "create dee@northwind.example" in page.text
    assert "1 seat is needed, 0 are free" in page.text
    assert "change group &lt;script&gt;x&lt;/script&gt;" in page.text
    assert "<script" not in page.text
    assert "ready" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_the_metrics_count_what_was_answered(scim: Served) -> None:
    scim.ask("GET", "/Users")
    scim.ask("GET", "/Users/no-such-id")
    scim.ask("POST", "/Users", new_user("dee@northwind.example"))
    operator = tokens.add(scim.service.shelf, "ops", tokens.Use.OPERATOR)
    scim.service.doorkeeper.look_again()

    text = scim.client.get("/metrics", auth=("x", operator)).text

    assert 'workramp_scim_requests_total{endpoint="Users",method="GET",status="200"} 1.0' in text
    assert 'workramp_scim_requests_total{endpoint="Users",method="GET",status="404"} 1.0' in text
    assert 'workramp_scim_writes_total{end="fault"} 1.0' in text
    assert "workramp_scim_people 2.0" in text
    assert "workramp_scim_ready 1.0" in text


def test_a_second_service_in_front_of_one_console_does_not_start(scim: Served, tmp_path: Path) -> None:
    with pytest.raises(ConsoleBusy, match="there is a service"):
        Service(settings_for(tmp_path), ConsoleInMemory(ADA))


def test_the_page_says_since_when_the_console_is_in_trouble(scim: Served) -> None:
    operator = tokens.add(scim.service.shelf, "ops", tokens.Use.OPERATOR)
    scim.service.doorkeeper.look_again()
    scim.service.console_thread.trouble = Trouble(datetime(2030, 1, 1, tzinfo=UTC), 1, "the console cannot be reached")
    page = scim.client.get("/", auth=("x", operator)).text
    assert "not ready" in page
    assert "the console cannot be reached" in page
    assert "Since 2030-01-01 00:00:00 UTC, tried once." in page


def test_the_audit_log_tells_who_was_let_in_and_what_each_asked_for(scim: Served, tmp_path: Path) -> None:
    tokens.add(scim.service.shelf, "entra", tokens.Use.SCIM)
    tokens.revoke(scim.service.shelf, "entra")
    assert scim.ask("POST", "/Users", new_user("dee@northwind.example")).status_code == 403
    assert scim.client.get("/scim/v2/Users", headers={"Authorization": "Bearer wrong"}).status_code == 401

    lines = [json.loads(line) for line in (tmp_path / "audit" / "audit.jsonl").read_text().splitlines()]

    told = [(line["kind"], line["data"].get("token"), line["data"].get("what")) for line in lines]
    assert told[-4:] == [
        ("token-added", "okta", None),
        ("token-added", "entra", None),
        ("token-revoked", "entra", None),
        ("scim-write", "okta", "create dee@northwind.example"),
    ]
    assert (tmp_path / "token").read_text() not in (tmp_path / "audit" / "audit.jsonl").read_text()


def test_nothing_is_asked_of_the_console_that_the_audit_log_cannot_tell(scim: Served, tmp_path: Path) -> None:
    (tmp_path / "audit").rename(tmp_path / "gone")
    (tmp_path / "audit").write_text("no folder")
    answer = scim.ask("POST", "/Users", new_user("dee@northwind.example"))
    assert answer.status_code == 503
    assert "audit log" in answer.json()["detail"]
    assert scim.console.books == []
    assert scim.service.writes.all() == []
