"""`check` looks at every screen, tells every mismatch at once, and touches nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from connector import Connector
from connector.cli.app import app
from connector.errors import SignInFailed
from fixtures.mock_console import MockConsole
from page_objects.inspection import State
from tests.conftest import BROWSER, StartConnector, StartConsole, lane_of
from tests.flows.oracle import assert_nothing_happened, happened

SCREENS = ["sign-in", "people", "invite", "import", "person", "edit", "actions-active", "actions-deactivated"]
Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs `workramp` against a console, with settings from the environment."""

    def invoke(mock: MockConsole | None, *arguments: str, **settings: str) -> Result:
        given = {"BROWSER": BROWSER or "", "STATE_DIR": str(tmp_path / "state"), "STATE_KEY": "of the tests"}
        if mock is not None:
            given |= {"URL": mock.url, "EMAIL": mock.admin_email, "PASSWORD": mock.admin_password, "TIMEOUT": "5"}
        for name, value in (given | settings).items():
            monkeypatch.setenv(f"WORKRAMP_{name}", value)
        return CliRunner().invoke(app, list(arguments), prog_name="workramp")

    return invoke


def test_every_screen_is_looked_at_and_everything_needed_is_found(connector: Connector, mock: MockConsole) -> None:
    before = mock.books()
    survey = connector.check()
    assert [look.stop.name for look in survey.looks][: len(SCREENS)] == SCREENS
    assert (survey.edition, survey.dialect, survey.exit_code, survey.mismatches) == ("people", "plain", 0, [])
    found = {(each.screen, each.element): each for look in survey.looks for each in look.findings}
    invite = found["People", "invite button"]
    assert (invite.state, invite.word, invite.required) == (State.FOUND, "Invite User", True)
    assert found["Invite User", "role"].rendered == "select"
    assert found["Invite User", "role"].dialect == "native"
    assert found["People", "column last login"].word == "Last Login"
    assert found["actions on a person", "Deactivate"].state is State.FOUND
    assert found["sign-in page", "password"].state is State.NOT_LOOKED_AT
    assert_nothing_happened(before, mock.books())


def test_nothing_is_sent_but_requests_to_read(connector: Connector, mock: MockConsole) -> None:
    connector.person(mock.admin_email)
    sent: list[str] = []
    page = lane_of(connector).page
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    connector.check()
    assert sent
    assert [line for line in sent if not line.startswith("GET ")] == []
    assert [line for line in sent if re.search(r"delete|erase", line)] == []


def test_all_mismatches_are_told_at_once_with_what_is_there_instead(
    start_console: StartConsole, start_connector: StartConnector
) -> None:
    mock = start_console(people=24, renamed=("Deactivate=Switch Off", "Invite User=Welcome somebody"))
    before = mock.books()
    survey = start_connector(mock, timeout=4).check()
    told = {each.element: each for each in survey.mismatches}
    assert survey.exit_code == 5
    assert set(told) == {"Deactivate", "invite button"}
    assert "Welcome somebody" in told["invite button"].instead
    assert "Switch Off" in told["Deactivate"].instead
    assert "Deactivate" in told["Deactivate"].expected[0]
    assert '# deactivate = ["' in survey.suggestions
    assert '"Welcome somebody"' in survey.suggestions
    assert {kind for kind, _ in happened(before, mock.books())} <= {"signed_in"}


def test_a_labels_file_makes_a_renamed_console_work(
    start_console: StartConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    mock = start_console(people=24, renamed=("Deactivate=Switch Off", "Invite User=Welcome somebody"))
    person = next(p for p in mock.books().people if p.status == "active" and p.role == "learner" and not p.scim_managed)
    labels = tmp_path / "labels.toml"
    labels.write_text(
        'deactivate = "Switch Off"\ninvite = ["Welcome somebody"]\nsend_invitation = ["Send invitation"]\n'
    )
    connector = start_connector(mock, timeout=8, labels=labels)
    assert connector.check().mismatches == []
    assert connector.deactivate(person.email).result.value == "done"
    assert mock.books().person(person.email).status == "deactivated"


def test_a_list_that_is_not_recognised_is_told_and_the_rest_is_not_looked_at(
    start_console: StartConsole, start_connector: StartConnector
) -> None:
    titles = ("Name", "Role", "Groups", "Status", "Last Login", "Actions")
    mock = start_console(people=24, renamed=tuple(f"{title}=Shoe size" for title in titles))
    survey = start_connector(mock, timeout=2).check()
    assert survey.exit_code == 5
    assert [each.element for each in survey.mismatches] == ["table of people"]
    looks = {look.stop.name: look for look in survey.looks}
    assert "Shoe size" in looks["people"].mismatches[0].instead
    assert {each.state for name in ("invite", "person") for each in looks[name].findings} == {State.NOT_LOOKED_AT}


def test_without_being_let_in_there_is_nothing_to_check(mock: MockConsole, run: Run) -> None:
    result = run(mock, "check", PASSWORD="a wrong one")
    assert result.exit_code == SignInFailed.exit_code == 4
    assert result.stdout == ""


def test_the_command_prints_json_with_the_list_of_mismatches(start_console: StartConsole, run: Run) -> None:
    mock = start_console(people=24, renamed=("Deactivate=Switch Off",))
    result = run(mock, "check", "--json")
    assert result.exit_code == 5
    found = json.loads(result.stdout)
    assert found["edition"] == "people"
    assert found["recording"] is None
    assert [each["element"] for each in found["mismatches"]] == ["Deactivate"]
    assert [screen["stop"] for screen in found["screens"]][:2] == ["sign-in", "people"]
    assert {each["state"] for screen in found["screens"] for each in screen["elements"]} >= {"found", "missing"}


def test_the_command_prints_a_table_and_what_is_needed_and_missing(start_console: StartConsole, run: Run) -> None:
    mock = start_console(people=24, renamed=("Invite User=Welcome somebody",))
    result = run(mock, "check")
    assert result.exit_code == 5
    (line,) = [line for line in result.stdout.splitlines() if "MISSING" in line and "invite button" in line]
    assert "there is" in line
    assert "Welcome somebody" in line
    assert "People: invite button is missing" in result.stderr
    assert "the question before a change" in result.stderr


def test_recording_and_checking_the_recording_need_no_console_afterwards(
    start_console: StartConsole, run: Run, tmp_path: Path
) -> None:
    mock = start_console(people=24, dialect="aria")
    before = mock.books()
    assert run(mock, "record", str(tmp_path / "ours")).exit_code == 0
    after = mock.books()
    assert {kind for kind, _ in happened(before, after)} <= {"signed_in"}
    result = run(None, "check", "--recording", str(tmp_path / "ours"), "--json", URL="https://nobody.invalid")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["changed"] == []
    assert json.loads(result.stdout)["dialect"] == "aria"
    page = tmp_path / "ours" / "people" / "aria" / "actions-active" / "page.html"
    page.write_text(page.read_text(encoding="utf-8").replace("Deactivate", "Switch Off"), encoding="utf-8")
    result = run(None, "check", "--recording", str(tmp_path / "ours"), URL="https://nobody.invalid")
    assert result.exit_code == 5
    assert "changed: actions-active: " in result.stdout
