"""The rules of the console's server, over HTTP; no browser and no built pages needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from .server import ComponentConsole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def person(console: ComponentConsole, email: str) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = [p for p in console.books()["people"] if p["email"] == email]
    return found[0] if found else None


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "antd").mkdir()
    (tmp_path / "antd" / "index.html").write_text("<title>pages</title>")
    return tmp_path


@pytest.fixture
def console(dist: Path) -> Iterator[ComponentConsole]:
    with ComponentConsole("antd", latency=0, dist=dist) as running:
        yield running


@pytest.fixture
def client(console: ComponentConsole) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=console.url) as browser:
        answer = browser.post("/api/login", json={"email": console.email, "password": console.password})
        assert answer.status_code == 200
        yield browser


def test_pages_fall_back_to_the_index(console: ComponentConsole) -> None:
    for path in ("/", "/login", "/admin/users", "/admin/users/12"):
        assert "pages" in httpx.get(console.url + path).text
    assert httpx.get(console.url + "/nothing.js").status_code == 404
    assert httpx.get(console.url + "/api/nothing").status_code == 404


def test_nothing_without_a_session(console: ComponentConsole, client: httpx.Client) -> None:
    assert httpx.get(console.url + "/api/users").status_code == 401
    wrong = {"email": console.email, "password": "wrong"}
    assert httpx.post(console.url + "/api/login", json=wrong).status_code == 401
    assert client.get("/api/session").json()["email"] == console.email
    console.end_sessions()
    assert client.get("/api/session").status_code == 401


def test_the_same_seed_gives_the_same_people(dist: Path) -> None:
    def emails(seed: int) -> list[str]:
        return [p["email"] for p in ComponentConsole("antd", seed=seed, dist=dist).books()["people"]]

    assert emails(1) == emails(1)
    assert emails(1) != emails(2)
    assert len(emails(1)) == 60


def test_listing_searches_filters_and_pages(client: httpx.Client) -> None:
    found = client.get("/api/users", params={"search": "ann@corp.example"}).json()
    addresses = {p["email"] for p in found["items"]}
    assert addresses == {"ann@corp.example", "joann@corp.example", "ann@corp.example.org"}
    invited = client.get("/api/users", params={"status": "invited", "page_size": 100}).json()
    assert {p["status"] for p in invited["items"]} == {"invited"}
    last = client.get("/api/users", params={"page": 3, "page_size": 25}).json()
    assert (len(last["items"]), last["total"]) == (10, 60)


def test_inviting(console: ComponentConsole, client: httpx.Client) -> None:
    empty = client.post("/api/users", json={})
    assert set(empty.json()["fields"]) == {"email", "first_name", "last_name", "role"}
    new = {
        "email": " New.One@corp.example",
        "first_name": "New",
        "last_name": "One",
        "role": "Content Creator / Author",
        "groups": ["Sales, EMEA", "r&d", "Fresh"],
        "managers": ["boss@corp.example"],
    }
    assert client.post("/api/users", json=new).status_code == 200
    written = person(console, "new.one@corp.example")
    assert written is not None
    assert (written["role"], written["status"]) == ("Content Creator", "invited")
    assert written["groups"] == ["Sales, EMEA", "R&D", "Fresh"]
    boss = person(console, "boss@corp.example")
    assert boss is not None
    assert (boss["role"], boss["status"]) == ("Manager", "invited")
    again = client.post("/api/users", json=new)
    assert again.json()["fields"] == {"email": "A user with this email already exists"}
    actions = [event["action"] for event in console.books()["events"]]
    assert actions == ["login", "refused", "invited", "group_created", "invited", "refused"]


def test_deactivating_and_back(console: ComponentConsole, client: httpx.Client) -> None:
    ann = person(console, "ann@corp.example")
    assert ann is not None
    used = console.books()["seats"]["used"]
    assert client.post(f"/api/users/{ann['id']}/deactivate").json()["status"] == "deactivated"
    assert console.books()["seats"]["used"] == used - 1
    assert client.post(f"/api/users/{ann['id']}/deactivate").status_code == 422
    assert client.post(f"/api/users/{ann['id']}/resend").status_code == 422
    console.store.seats_total = used - 1
    assert "No seats" in client.post(f"/api/users/{ann['id']}/reactivate").json()["error"]
    console.store.seats_total = used
    assert client.post(f"/api/users/{ann['id']}/reactivate").json()["status"] == "active"


def test_the_account_and_the_last_admin_are_kept(console: ComponentConsole, client: httpx.Client) -> None:
    me = person(console, console.email)
    assert me is not None
    assert "own account" in client.post(f"/api/users/{me['id']}/deactivate").json()["error"]
    assert "own account" in client.delete(f"/api/users/{me['id']}").json()["error"]
    assert "role" in client.patch(f"/api/users/{me['id']}", json={"role": "Learner"}).json()["fields"]


def test_editing_notes_what_changed(console: ComponentConsole, client: httpx.Client) -> None:
    ann = person(console, "ann@corp.example")
    assert ann is not None
    client.patch(f"/api/users/{ann['id']}", json={"role": "Manager", "groups": []})
    event = console.books()["events"][-1]
    assert event["details"]["changes"] == {
        "role": {"from": "Learner", "to": "Manager"},
        "groups": {"from": ["Sales, EMEA"], "to": []},
    }


def test_deleting_is_for_good(console: ComponentConsole, client: httpx.Client) -> None:
    ann = person(console, "ann@corp.example")
    assert ann is not None
    assert client.delete(f"/api/users/{ann['id']}").status_code == 200
    assert person(console, "ann@corp.example") is None
    assert client.get(f"/api/users/{ann['id']}").status_code == 404


def test_importing(console: ComponentConsole, client: httpx.Client) -> None:
    text = (
        "\ufeffEmail,First Name,Last Name,Role,Managers,Groups\r\n"
        'one@corp.example,Ōne,Person,Learner,marcus.webb@corp.example,"Sales, EMEA;R&D"\r\n'
        "\r\n"
        "one@corp.example,Same,Again,Learner,,\r\n"
        "ann@corp.example,Ann,Lee,Learner,,\r\n"
        "nobody,,Row,Boss,,\r\n"
    )
    preview = client.post("/api/imports", files={"file": ("people.csv", text.encode())}).json()
    assert (preview["valid"], preview["invalid"]) == (1, 3)
    assert [row["row"] for row in preview["rows"]] == [2, 4, 5, 6]
    assert preview["rows"][1]["errors"] == ["Duplicate of row 2"]
    assert person(console, "one@corp.example") is None
    result = client.post(f"/api/imports/{preview['token']}").json()
    assert (result["created"], len(result["skipped"])) == (1, 3)
    one = person(console, "one@corp.example")
    assert one is not None
    assert one["groups"] == ["Sales, EMEA", "R&D"]
    assert client.post(f"/api/imports/{preview['token']}").status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("people.xlsx", b"x", "Only .csv"),
        ("people.csv", b"", "empty"),
        ("people.csv", b"Email,First Name\n", "Last Name, Role"),
        ("people.csv", b"Email,First Name,Last Name,Role\n", "no people"),
        ("people.csv", "Email,Ö".encode("latin-1"), "UTF-8"),
    ],
)
def test_files_that_cannot_be_read(client: httpx.Client, name: str, content: bytes, says: str) -> None:
    answer = client.post("/api/imports", files={"file": (name, content)})
    assert answer.status_code == 422
    assert says in answer.json()["error"]


def test_the_books_are_served_too(console: ComponentConsole, client: httpx.Client) -> None:
    assert httpx.get(console.books_url).json() == console.books()


def test_a_missing_build_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="npm ci"):
        ComponentConsole("mui", dist=tmp_path)
