"""The control address, resets, and the console as a program."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fixtures.mock_console import MockConsole, MockOptions, OptionError, PortBusy
from fixtures.mock_console.visitor import Visitor, addresses_listed

ROOT = Path(__file__).parents[2]


@pytest.fixture
def control(mock: MockConsole) -> Iterator[httpx.Client]:
    headers = {"authorization": f"Bearer {mock.control_token}"}
    with httpx.Client(base_url=mock.control_url, headers=headers) as client:
        yield client


def test_the_books_over_the_control_address_are_the_books(control: httpx.Client, mock: MockConsole) -> None:
    assert control.get("/books").json() == json.loads(mock.books().model_dump_json())


@pytest.mark.parametrize("token", ["", "Basic abc", "Bearer wrong"])
def test_without_the_token_nothing_is_told_or_done(mock: MockConsole, token: str) -> None:
    before = mock.books()
    headers = {"authorization": token}
    with httpx.Client(base_url=mock.control_url, headers=headers) as client:
        assert client.get("/books").status_code == 401
        for path in ("/reset", "/sessions/end", "/faults", "/people/ann@northwind.example"):
            assert client.post(path, json={"people": 3}).status_code == 401
    assert mock.books() == before


def test_a_reset_restores_everything_and_keeps_who_is_signed_in(admin: Visitor, control: httpx.Client) -> None:
    initial = admin.mock.books().people
    admin.mock.set_faults("no-toast")
    admin.send("/admin/users/10008/deactivate")
    assert admin.mock.books().people != initial
    assert control.post("/reset", json={"faults": []}).json() == {"people": 212}
    books = admin.mock.books()
    signed_in = books.person(admin.mock.admin_email)
    assert [person for person in books.people if person != signed_in] == [p for p in initial if p.id != signed_in.id]
    assert (books.events, books.mails, books.faults_fired) == ((), (), {})
    assert admin.http.get("/admin/users").status_code == 200


def test_a_reset_takes_options_and_refuses_what_it_does_not_know(mock: MockConsole, control: httpx.Client) -> None:
    assert control.post("/reset", json={"people": 40, "seats": 99, "seed": 5}).json() == {"people": 40}
    assert mock.books().seats_total == 99
    for wrong in (
        {"people": -1},
        {"nope": 1},
        {"edition": "x"},
        {"faults": ["x"]},
        {"faults": "no-toast"},
        {"seats": "x"},
    ):
        answer = control.post("/reset", json=wrong)
        assert answer.status_code == 422, wrong
        assert answer.json()["error"]
    assert control.post("/reset", content=b"[1]").status_code == 422
    assert len(mock.books().people) == 40


def test_sessions_faults_and_people_are_changed_from_outside(admin: Visitor, control: httpx.Client) -> None:
    assert control.post("/faults", json={"faults": ["list-lag=2"]}).json() == {"faults": {"list-lag": 2.0}}
    control.post("/faults", json={"faults": []})
    changed = control.post("/people/siobhan.o'brien@northwind.example", json={"status": "deactivated"})
    assert changed.json()["status"] == "deactivated"
    assert admin.mock.books().events[-1].kind == "changed_outside"
    assert control.post("/people/nobody@example.com", json={}).status_code == 404
    assert control.post("/people/ann@northwind.example", json={"shoe_size": 4}).status_code == 422
    assert control.post("/people/ann@northwind.example", json={"role": "boss"}).status_code == 422
    assert control.post("/sessions/end").json() == {"ended": 1}
    assert admin.http.get("/admin").status_code == 303


def test_ten_thousand_people_can_be_listed_searched_and_walked() -> None:
    with MockConsole(MockOptions(people=10_000)) as mock, Visitor(mock) as visitor:
        visitor.sign_in()
        assert "Showing 1-25 of 10000" in visitor.get("/admin/users").text
        assert addresses_listed(visitor.get("/admin/users?search=lea.fischer@")) == ["lea.fischer@northwind.example"]
        pages = [addresses_listed(visitor.get(f"/admin/users?page={number}")) for number in (1, 200, 400)]
        assert [len(page) for page in pages] == [25, 25, 25]
        assert len({email for page in pages for email in page}) == 75


def test_consoles_stand_beside_each_other_and_free_their_ports() -> None:
    with MockConsole(MockOptions(people=30)) as one, MockConsole(MockOptions(people=31)) as two:
        assert one.url != two.url
        assert (len(one.books().people), len(two.books().people)) == (30, 31)
        assert httpx.get(f"{one.url}/login").status_code == 200
        with pytest.raises(PortBusy), MockConsole(MockOptions(port=int(one.url.rsplit(":", 1)[1]))):
            pass
    with MockConsole(MockOptions(people=30, port=int(one.url.rsplit(":", 1)[1]))) as again:
        assert again.url == one.url


@pytest.mark.parametrize(
    "options",
    [{"people": 0}, {"seats": -1}, {"port": 70_000}, {"edition": "x"}, {"dialect": "x"}, {"latency_ms": "slow"}],
)
def test_options_that_mean_nothing_are_refused_by_name(options: dict[str, object]) -> None:
    with pytest.raises(OptionError, match=next(iter(options))):
        MockOptions(**options)  # type: ignore[arg-type]


def test_the_program_says_where_it_is_and_ends_when_told() -> None:
    command = [sys.executable, "-m", "fixtures.mock_console", "--people", "30", "--seed", "3"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ)
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        hello = json.loads(process.stdout.readline())
        sign_in, keys = {"url", "email", "password", "edition", "dialect"}, {"api_key", "scim_token"}
        assert set(hello) == sign_in | keys | {"control_url", "control_token"}
        assert hello["password"] == MockOptions(seed=3).password
        assert httpx.get(f"{hello['url']}/login").status_code == 200
        busy = subprocess.run(
            [*command, "--port", hello["url"].rsplit(":", 1)[1]], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert busy.returncode == 2
        assert busy.stderr.count("\n") == 1
        assert "cannot be used" in busy.stderr
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
        assert process.stderr.read() == ""
        assert process.stdout.read() == "", "one line is all it prints"


def test_the_program_ends_at_once_while_somebody_waits_for_a_slow_answer() -> None:
    command = [sys.executable, "-m", "fixtures.mock_console", "--people", "30", "--latency-ms", "60000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        address = json.loads(process.stdout.readline())["url"].removeprefix("http://").split(":")
        with socket.create_connection((address[0], int(address[1]))) as waiting:
            waiting.sendall(b"GET /login HTTP/1.1\r\nHost: x\r\n\r\n")
            process.send_signal(signal.SIGINT)
            assert process.wait(5) == 0
        assert process.stderr.read() == ""


def test_importing_the_package_does_not_load_the_web_parts() -> None:
    code = (
        "import sys, fixtures.mock_console as m; m.MockOptions(); "
        "print(sorted({'uvicorn', 'starlette', 'jinja2', 'pydantic', 'asyncio'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
