"""Signing in, saved sessions, and sessions that the console ends: signed in again, nothing lost, nothing done twice."""

from __future__ import annotations

import re
import shutil
import socket
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from connector import Connector
from connector.errors import ConsoleUnavailable, Refused, SignInFailed
from connector.models import Deactivate, Edit, Guard, ImportPeople, Invite, Operation, Reactivate, Result
from connector.session_store import SavedSession, SessionStore
from fixtures.mock_console import Books, MockConsole, MockOptions
from fixtures.mock_console.directory import Directory
from fixtures.mock_console.people import Person
from fixtures.mock_console.rules import Refused as MockRefused
from fixtures.mock_console.sessions import Session
from fixtures.mock_console.web import Web
from tests.conftest import PEOPLE, StartConnector, StartConsole, lane_of, put_back, settings_for
from tests.flows.oracle import (
    ANY,
    assert_only_changed,
    assert_true_to_the_books,
    happened,
    mailed,
    signed_in,
)

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
JOANN = "joann@northwind.example"
GRACE = "grace.okafor@northwind.example"
HELEN = "helen.brandt@northwind.example"
NADJA: dict[str, Any] = {"first_name": "Nadja", "last_name": "New"}
TWO = [
    Invite(email=f"{name}@northwind.example", first_name=name.title(), last_name="New") for name in ("otto", "petra")
]


Shared = tuple[MockConsole, Connector]


@pytest.fixture(scope="module")
def of_this_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    """A console whose sessions nobody else needs, and a connector that is signed in there."""
    with MockConsole(MockOptions(people=PEOPLE)) as console:
        settings = settings_for(console, tmp_path_factory.mktemp("state"))
        with Connector(settings) as connector:
            yield console, connector


def cookies(console: MockConsole) -> list[str]:
    """The secrets of everybody who is signed in."""
    return [session.id for session in console.console.sessions._by_id.values() if session.email]


@pytest.fixture
def shared(of_this_module: Shared) -> Shared:
    """The same in the initial state, signed in."""
    console, connector = of_this_module
    put_back(console)
    connector.people(search=console.admin_email)
    if len(cookies(console)) > 1:  # those of connectors of single tests
        console.end_sessions()
        connector.people(search=console.admin_email)
    lane_of(connector).known_groups.clear()
    return console, connector


@pytest.fixture
def console(start_console: StartConsole) -> MockConsole:
    """A console of this test's own, whose sessions nobody else needs."""
    return start_console()


def session_files(state_dir: Path) -> list[Path]:
    return [path for path in (state_dir / "sessions").iterdir() if path.is_file()]


# -- saved sessions ---------------------------------------------------------------------------------------------
@pytest.fixture
def saved(shared: Shared, tmp_path: Path) -> Path:
    """A copy of a state directory in which somebody has signed in before."""
    return Path(shutil.copytree(shared[1].settings.state_dir, tmp_path / "state"))


def test_a_saved_session_is_used_again_without_signing_in(
    shared: Shared, saved: Path, start_connector: StartConnector
) -> None:
    console, _ = shared
    before = console.books()
    connector = start_connector(console, state_dir=saved)
    assert connector.deactivate(ANN).result is Result.DONE
    after = console.books()
    assert happened(before, after) == [("deactivated", ANN)]
    assert_only_changed(before, after, {ANN: {"status": "deactivated"}})


def test_a_saved_session_is_encrypted_and_for_nobody_else_to_read(shared: Shared) -> None:
    console, connector = shared
    (cookie,) = cookies(console)
    (file,) = session_files(connector.settings.state_dir)
    for secret in (cookie, console.admin_password, "wr_session"):
        assert secret.encode() not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_damaged_session_is_told_and_signed_in_anew(
    shared: Shared, saved: Path, start_connector: StartConnector
) -> None:
    console, _ = shared
    before = console.books()
    (file,) = session_files(saved)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    said: list[str] = []
    connector = start_connector(console, say=said.append, state_dir=saved)
    assert connector.person(ANN).email == ANN
    assert happened(before, console.books()) == [("signed_in", console.admin_email)]
    assert any("is not used" in line for line in said)


def test_a_session_that_cannot_be_saved_is_told_and_keeps_nobody_from_reading(
    console: MockConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "sessions").write_text("in the way")
    said: list[str] = []
    connector = start_connector(console, say=said.append)
    assert connector.person(ANN).email == ANN
    assert [line for line in said if line.startswith("The next start signs in again: the session cannot be saved")]


def test_a_session_that_ended_meanwhile_is_signed_in_anew(
    shared: Shared, saved: Path, start_connector: StartConnector
) -> None:
    console, _ = shared
    before = console.books()
    assert console.end_sessions() == 1
    connector = start_connector(console, state_dir=saved)
    assert connector.deactivate(ANN).result is Result.DONE
    assert happened(before, console.books()) == [("signed_in", console.admin_email), ("deactivated", ANN)]


def test_nothing_is_done_in_the_session_of_another_account(
    console: MockConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    """A session of Grace's lies where the connector's own should be: it is left, and the own account signs in."""
    settings = settings_for(console, tmp_path / "state")
    foreign = console.console.sessions.open()
    foreign.email = GRACE
    cookie = {"name": "wr_session", "value": foreign.id, "domain": "127.0.0.1", "path": "/", "expires": -1}
    state = {"cookies": [{**cookie, "httpOnly": True, "secure": False, "sameSite": "Lax"}], "origins": []}
    store = SessionStore(settings.state_dir, settings.state_key, lambda text: None)
    saved_at = datetime.now(UTC)
    store.save(SavedSession(origin=settings.url, account=console.admin_email, storage_state=state, saved_at=saved_at))
    said: list[str] = []
    with start_connector(console, say=said.append) as connector:
        assert connector.deactivate(ANN).result is Result.DONE
    assert any("another account" in line for line in said)
    books = console.books()
    assert [event.actor for event in books.events] == [console.admin_email, console.admin_email]
    assert [event.kind for event in books.events] == ["signed_in", "deactivated"]


def test_where_signing_in_ends_in_another_account_nothing_is_done(
    console: MockConsole, start_connector: StartConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = console.console.sessions.sign_in
    monkeypatch.setattr(console.console.sessions, "sign_in", lambda before, email: original(before, GRACE))
    before = console.books()
    connector = start_connector(console)
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            connector.deactivate(ANN)
        assert refused.value.guard is Guard.WRONG_TENANT
        assert refused.value.exit_code == 3
    after = console.books()
    assert {kind for kind, _ in happened(before, after)} == {"signed_in"}
    assert_only_changed(before, after, {console.admin_email: {"last_login": ANY}})


# -- signing in ------------------------------------------------------------------------------------------------
def test_a_wrong_password_is_tried_once(console: MockConsole, start_connector: StartConnector) -> None:
    connector = start_connector(console, password="canary-not-the-password")
    before = console.books()
    with pytest.raises(SignInFailed) as failed:
        connector.deactivate(ANN)
    with pytest.raises(SignInFailed):
        connector.deactivate("joann@northwind.example")
    assert failed.value.exit_code == 4
    assert "Incorrect email or password." in str(failed.value)
    assert "canary" not in str(failed.value)
    after = console.books()
    assert happened(before, after) == [("sign_in_failed", console.admin_email)]
    assert_only_changed(before, after, {})


def test_after_a_wrong_password_nothing_is_saved(
    console: MockConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    with start_connector(console, password="canary-not-the-password") as connector, pytest.raises(SignInFailed):
        connector.people()
    assert not (tmp_path / "state" / "sessions").exists()


@pytest.mark.timeout(30)
def test_a_console_that_is_down_is_said_to_be_so_without_waiting(
    console: MockConsole, start_connector: StartConnector
) -> None:
    with socket.socket() as reserved:  # bound and not listening: whoever knocks is turned away
        reserved.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{reserved.getsockname()[1]}"
        connector = start_connector(console, url=url, timeout=3600)
        with pytest.raises(ConsoleUnavailable, match="cannot be reached") as unavailable:
            connector.deactivate(ANN)
    assert unavailable.value.exit_code == 4
    assert "ERR_CONNECTION_REFUSED" in str(unavailable.value)


# -- sessions that end -----------------------------------------------------------------------------------------
def test_sessions_that_end_between_operations_are_renewed_once_each(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    console, connector = shared
    monkeypatch.setattr(connector, "settings", connector.settings.model_copy(update={"lanes": 1}))
    before = console.books()
    operations: list[Operation] = [
        Invite(email=NEW, **NADJA),
        Deactivate(email=ANN),
        Edit(email="joann@northwind.example", first_name="Jo"),
    ]
    report = connector.run(operations, on_outcome=lambda outcome: assert_one(console.end_sessions()))
    assert {outcome.result for outcome in report.outcomes} == {Result.DONE}
    assert connector.person(ANN).email == ANN
    after = console.books()
    expected = {NEW: NADJA, ANN: {"status": "deactivated"}, "joann@northwind.example": {"first_name": "Jo"}}
    assert_only_changed(before, after, {**expected, console.admin_email: {"last_login": ANY}})
    assert [kind for kind, _ in happened(before, after)] == [
        "invited",
        "signed_in",
        "deactivated",
        "signed_in",
        "edited",
        "signed_in",
    ]


def assert_one(ended: int) -> None:
    assert ended == 1


CHANGES: dict[str, Operation] = {
    "invite": Invite(email=NEW, groups=("Sales",), **NADJA),
    "deactivate": Deactivate(email=ANN),
    "reactivate": Reactivate(email=HELEN),
    "edit": Edit(email=JOANN, add_groups=("R&D",)),
    "import": ImportPeople(people=tuple(TWO[:1])),
}
EFFECTS: dict[str, dict[str, dict[str, Any]]] = {
    "invite": {NEW: {**NADJA, "groups": ["Sales"]}},
    "deactivate": {ANN: {"status": "deactivated"}},
    "reactivate": {HELEN: {"status": "active"}},
    "edit": {JOANN: {"groups": ["Customer Success", "New Hires", "R&D"]}},
    "import": {TWO[0].email: {"first_name": "Otto", "last_name": "New"}},
}


@pytest.mark.parametrize(
    ("change", "request_line"),
    [
        ("invite", "GET /admin/users/invite"),
        ("invite", "POST /admin/users/invite"),
        ("deactivate", r"GET /admin/users/\d+/deactivate"),
        ("deactivate", r"POST /admin/users/\d+/deactivate"),
        ("reactivate", r"POST /admin/users/\d+/reactivate"),
        ("edit", r"GET /admin/users/\d+"),
        ("edit", r"POST /admin/users/\d+"),
        ("import", "GET /admin/users/import"),
        ("import", "POST /admin/users/import"),
        ("import", "GET /admin/users/import/[0-9a-f]+"),
        ("import", "POST /admin/users/import/[0-9a-f]+"),
        ("import", "GET /admin/users/import/[0-9a-f]+/result"),
    ],
)
def test_a_session_that_ends_at_any_step_loses_and_repeats_nothing(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, change: str, request_line: str
) -> None:
    console, connector = shared
    before = console.books()
    ended: list[str] = []
    original = Web.session_of

    def session_of(web: Web, request: Request) -> Session | None:
        session = original(web, request)
        if not ended and session and re.fullmatch(request_line, f"{request.method} {request.url.path}"):
            ended.append(session.id)
            web.console.sessions.end(session)
            return None
        return session

    monkeypatch.setattr(Web, "session_of", session_of)
    report = connector.run([CHANGES[change]])
    assert len(ended) == 1
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE], report.outcomes[0].message
    assert_done_once(before, console.books(), change, console.admin_email)


@pytest.mark.parametrize("change", CHANGES)
def test_a_session_that_ends_right_after_the_change_does_not_repeat_it(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    console, connector = shared
    before = console.books()
    original = Web.done

    def done(web: Web, request: Request, session: Session, *given: Any, **said: Any) -> Response:
        if len(console.books().events) > len(before.events):
            monkeypatch.setattr(Web, "done", original)
            web.console.sessions.end(session)
        return original(web, request, session, *given, **said)

    monkeypatch.setattr(Web, "done", done)
    report = connector.run([CHANGES[change]])
    assert Web.done is original
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE], report.outcomes[0].message
    assert_done_once(before, console.books(), change, console.admin_email)


def assert_done_once(before: Books, after: Books, change: str, account: str) -> None:
    assert_only_changed(before, after, {**EFFECTS[change], account: {"last_login": ANY}})
    kind = {"invite": "invited", "import": "invited", "edit": "edited"}.get(change, f"{change}d")
    assert [event.kind for event in after.events[len(before.events) :] if event.subject in EFFECTS[change]] == [kind]
    assert signed_in(after) - signed_in(before) == 1
    assert len(mailed(before, after)) == (kind == "invited")


@pytest.mark.parametrize("after_the_change", [False, True])
def test_a_reminder_is_never_sent_twice_for_an_ended_session(
    shared: Shared, monkeypatch: pytest.MonkeyPatch, after_the_change: bool
) -> None:
    console, connector = shared
    before = console.books()
    noor = "noor.haddad@northwind.example"
    original = Directory.resend

    def resend(directory: Directory, actor: str, id_: int, origin: str = "form") -> Person:
        monkeypatch.setattr(Directory, "resend", original)
        console.end_sessions()
        if not after_the_change:
            raise MockRefused("Your session has ended.", status=401)
        return original(directory, actor, id_, origin)

    monkeypatch.setattr(Directory, "resend", resend)
    outcome = connector.resend(noor)
    after = console.books()
    assert Directory.resend is original
    assert outcome.result is not Result.ALREADY
    assert mailed(before, after) == ([(noor, "reminder")] if after_the_change else [])
    if outcome.result is Result.DONE:
        assert after_the_change


def test_a_reminder_that_was_answered_with_the_sign_in_page_was_not_sent(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many consoles answer a request without a session with a redirection, which is no error by its status."""
    console, connector = shared
    before = console.books()
    original = Web.session_of

    def session_of(web: Web, request: Request) -> Session | None:
        session = original(web, request)
        if session and request.method == "POST" and request.url.path.endswith("/resend"):
            monkeypatch.setattr(Web, "session_of", original)
            web.console.sessions.end(session)
            return None
        return session

    monkeypatch.setattr(Web, "session_of", session_of)
    monkeypatch.setattr(Web, "_sign_in_first", lambda web, request: RedirectResponse("/login", 303))
    outcome = connector.resend("noor.haddad@northwind.example")
    assert Web.session_of is original
    sent = len(mailed(before, console.books()))
    assert (outcome.result is Result.DONE) == (sent == 1)
    assert sent <= 1


@pytest.mark.parametrize("every", [9])
def test_a_session_that_ends_while_everybody_is_listed_loses_nobody(shared: Shared, every: int) -> None:
    console, connector = shared
    console.reset(people=120)
    books = console.books()
    console.set_faults(f"session-ends-every={every}")
    for _ in range(2):  # five pages each: the session ends in the midst of the second time
        found = [person.email for person in connector.people()]
        assert len(found) == len(set(found))
        assert set(found) == {person.email for person in books.people}
    assert_once(books, console.books(), console)


@pytest.mark.parametrize("every", [14])
def test_a_session_that_ends_in_the_midst_of_an_import_sends_each_row_once(shared: Shared, every: int) -> None:
    console, connector = shared
    before = console.books()
    console.set_faults(f"session-ends-every={every}")
    report = connector.import_people(TWO)
    after = console.books()
    assert_once(before, after, console)
    assert_true_to_the_books(report, before, after)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE]
    assert mailed(before, after) == [(person.email, "invitation") for person in TWO]


def assert_once(before: Any, after: Any, console: MockConsole) -> None:
    """The fault was seen, and every end of the session led to no more than one new sign-in."""
    ends = after.faults_fired["session-ends-every"]
    assert ends >= 1
    assert signed_in(after) - signed_in(before) <= ends
    assert not after.events_of("sign_in_failed")


def test_a_session_that_ends_at_every_turn_is_given_up(shared: Shared) -> None:
    console, connector = shared
    before = console.books()
    console.set_faults("session-ends-every=1")
    with pytest.raises(SignInFailed) as failed:
        connector.deactivate(ANN)
    assert failed.value.exit_code == 4
    after = console.books()
    assert_only_changed(before, after, {console.admin_email: {"last_login": ANY}})
    assert signed_in(after) - signed_in(before) <= 5


def test_closing_twice_and_using_again_afterwards_is_allowed(
    console: MockConsole, start_connector: StartConnector
) -> None:
    connector: Connector = start_connector(console)
    assert connector.person(ANN).email == ANN
    connector.close()
    connector.close()
    assert connector.person(ANN).email == ANN
    assert signed_in(console.books()) == 1
