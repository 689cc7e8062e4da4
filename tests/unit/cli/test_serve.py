"""`workramp serve`: what is refused before anything is served, and the tokens."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import httpx2
import pytest

from .conftest import Run
from .test_the_tree import WORKRAMP

_SETTINGS = "WORKRAMP_URL=https://console.example\nWORKRAMP_EMAIL=ops@northwind.example\nWORKRAMP_PASSWORD=x\n"


@pytest.fixture(autouse=True)
def _settings(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(_SETTINGS + f"WORKRAMP_STATE_DIR={tmp_path / 'state'}\n")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "scim.example"])
def test_plain_http_is_not_served_where_others_read_along(run: Run, host: str) -> None:
    result = run("serve", "--host", host)
    assert result.exit_code == 2
    assert "plain HTTP" in result.stderr
    assert "--behind-proxy" in result.stderr


def test_a_certificate_comes_with_its_key(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("x")
    result = run("serve", "--certificate", "cert.pem")
    assert result.exit_code == 2
    assert "belong together" in result.stderr


def test_a_guard_that_is_never_lifted_is_not_lifted_here(run: Run) -> None:
    result = run("serve", "--override", "last-admin")
    assert result.exit_code == 2
    assert "last-admin" in result.stderr


def test_a_port_that_is_taken_is_named(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 4
    assert "nothing can listen on 127.0.0.1 port" in result.stderr


def test_a_token_is_shown_once_listed_without_itself_and_revoked(run: Run) -> None:
    made = run("serve", "token", "add", "okta")
    assert made.exit_code == 0, made.output
    secret = made.stdout.strip()
    assert secret.startswith("wrscim_")
    operator = json.loads(run("serve", "token", "add", "ops", "--operator", "--json").stdout)
    assert (operator["use"], operator["token"] != secret) == ("operator", True)

    revoked = run("serve", "token", "revoke", "okta")
    listed = run("serve", "token", "list", "--json")

    assert revoked.exit_code == 0
    tokens = json.loads(listed.stdout)
    assert [(one["name"], one["use"], one["revoked_at"] is not None) for one in tokens] == [
        ("okta", "scim", True),
        ("ops", "operator", False),
    ]
    assert secret not in listed.stdout + run("serve", "token", "list").stdout


def test_a_token_that_is_not_there_cannot_be_revoked(run: Run) -> None:
    result = run("serve", "token", "revoke", "okta")
    assert result.exit_code == 2
    assert "there is no token okta" in result.stderr


def test_a_name_is_used_once(run: Run) -> None:
    assert run("serve", "token", "add", "okta").exit_code == 0
    again = run("serve", "token", "add", "okta")
    assert again.exit_code == 2
    assert "there is a token okta already" in again.stderr


def test_a_service_whose_browser_is_missing_says_so_and_ends_well(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text((tmp_path / ".env").read_text() + f"WORKRAMP_BROWSER={tmp_path / 'none'}\n")
    token = subprocess.run(
        [*WORKRAMP, "serve", "token", "add", "okta"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout.strip()
    serving = subprocess.Popen(
        [*WORKRAMP, "serve", "--port", "0", "--json"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert serving.stdout is not None
        told = json.loads(serving.stdout.readline())
        with httpx2.Client(base_url=told["page"], headers={"Authorization": f"Bearer {token}"}) as client:
            assert client.get("/healthz").text == "ok\n"
            assert client.get("/readyz").status_code == 503
            users = client.get(told["scim"] + "/Users")
            discovery = client.get(told["scim"] + "/ResourceTypes")
        assert (users.status_code, users.headers["Retry-After"]) == (503, "30")
        assert discovery.json()["Resources"][0]["meta"]["location"] == f"{told['scim']}/ResourceTypes/User"
        serving.terminate()
        _, trouble = serving.communicate(timeout=60)
    finally:
        serving.kill()
    assert serving.returncode == 0
    assert "trying again in" in trouble
    assert token not in trouble
