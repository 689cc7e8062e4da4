"""What is kept of a failure: enough to understand it, for nobody else to read, and without a secret in it."""

from __future__ import annotations

import json
import logging
import re
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from connector import Connector
from connector.errors import ConnectorError, ConsoleDrift, SignInFailed
from connector.evidence import PICTURES, Evidence
from connector.models import Deactivate, Edit, Guard, Invite, Outcome, Result
from connector.redaction import Redactor
from connector.settings import EvidenceLevel
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector, StartConsole, lane_of
from tests.faults.conftest import Repaint

NEW = "nadja.new@northwind.example"
ANN = "ann@northwind.example"
AIKO = "aiko.tanaka@northwind.example"
JOANN = "joann@northwind.example"
HELEN = "helen.brandt@northwind.example"
CANARY = "Canary-4711/pass+word&more"


def kinds(paths: tuple[str, ...]) -> list[str]:
    """The kinds of evidence: what follows the first dot of each name."""
    return sorted(Path(path).name.partition(".")[2] for path in paths)


def test_drift_leaves_a_picture_the_page_s_outline_and_the_steps(
    hasty: Connector, mock: MockConsole, repaint: Repaint
) -> None:
    repaint("Invite User", "Welcome somebody")
    with pytest.raises(ConsoleDrift) as caught:
        hasty.invite(NEW, "Nadja", "New")
    evidence = caught.value.evidence
    assert kinds(tuple(map(str, evidence))) == ["aria.yaml", "log", "png"]
    assert len({path.parent for path in evidence}) == 1
    assert all(str(path) in str(caught.value) for path in evidence)
    by_kind = {path.suffix: path for path in evidence}
    assert by_kind[".png"].read_bytes().startswith(b"\x89PNG")
    assert "Welcome somebody" in by_kind[".yaml"].read_text()
    log = by_kind[".log"].read_text()
    assert "open http" in log
    assert "invite button is missing" in log
    for path in evidence:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_effect_that_cannot_be_read_back_leaves_evidence_too(hasty: Connector, mock: MockConsole) -> None:
    mock.set_faults("lying-toast")
    outcome = hasty.deactivate(ANN)
    assert outcome.result is Result.UNKNOWN
    assert kinds(outcome.evidence) == ["aria.yaml", "json", "log", "png"]
    assert {stat.S_IMODE(Path(path).stat().st_mode) for path in outcome.evidence} == {0o600}


def test_where_nothing_goes_wrong_nothing_is_kept(connector: Connector, mock: MockConsole, state_dir: Path) -> None:
    before = list(state_dir.rglob("evidence/*"))
    assert connector.deactivate(ANN).evidence == ()
    assert connector.deactivate(mock.admin_email).evidence == ()
    assert list(state_dir.rglob("evidence/*")) == before


def account(outcome: Outcome) -> dict[str, Any]:
    """What is kept of the operation for programs."""
    (path,) = [path for path in outcome.evidence if path.endswith("operation.json")]
    found: dict[str, Any] = json.loads(Path(path).read_text())
    return found


def trace_of(outcome: Outcome) -> dict[str, list[dict[str, Any]]]:
    """The events of its trace by the file they are in, as Playwright's viewer reads them."""
    (path,) = [path for path in outcome.evidence if path.endswith("trace.zip")]
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        names = [name for name in archive.namelist() if name.endswith((".trace", ".network"))]
        return {name: [json.loads(line) for line in archive.read(name).splitlines()] for name in names}


def test_evidence_of_everything_shows_each_change_before_and_after(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> None:
    connector = start_connector(mock, state_dir=state_dir, evidence=EvidenceLevel.ALL)
    outcome = connector.deactivate(ANN)
    assert outcome.result is Result.DONE
    assert kinds(outcome.evidence) == ["jpg", "jpg", "jpg", "json", "log", "zip"]
    pictures = [path for path in outcome.evidence if path.endswith(".jpg")]
    assert {Path(path).read_bytes()[:3] for path in pictures} == {b"\xff\xd8\xff"}
    assert [Path(path).stem.rpartition("-")[2] for path in pictures] == ["before", "question", "after"]
    assert {stat.S_IMODE(Path(path).stat().st_mode) for path in outcome.evidence} == {0o600}
    (folder,) = {Path(path).parent for path in outcome.evidence}
    assert sorted(map(str, folder.iterdir())) == sorted(outcome.evidence)
    for above in (folder, folder.parent, folder.parent.parent):
        assert stat.S_IMODE(above.stat().st_mode) == 0o700
    told = account(outcome)
    assert told["asked"] == {"operation": "deactivate", "email": ANN}
    assert (told["tier"], told["sent"]) == ("console", True)
    assert told["outcomes"][0]["result"] == "done"
    assert datetime.fromisoformat(told["began_at"]) < datetime.fromisoformat(told["ended_at"])
    assert [each["guard"] for each in told["guards"]] == [
        *("ambiguous-match", "scim-managed", "own-account", "protected", "key-owner", "last-admin")
    ]
    assert {each["said"] for each in told["guards"]} == {"passed"}
    assert "click 'Deactivate'" in (folder / "steps.log").read_text()


def test_a_trace_shows_what_was_done_with_the_page_around_it_and_no_mere_looks(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> None:
    connector = start_connector(mock, state_dir=state_dir, evidence=EvidenceLevel.ALL)
    outcome = connector.deactivate(ANN)
    assert outcome.result is Result.DONE
    events = trace_of(outcome)["trace.trace"]
    calls = {event["callId"]: event["method"] for event in events if event["type"] == "before"}
    made = [call for call in calls.values() if call not in ("goto", "fill", "press")]  # how she is looked for differs
    assert sorted(made) == ["click"] * 3 + ["screenshot"] * 3
    shown = {event["snapshot"]["callId"] for event in events if event["type"] == "frame-snapshot"}
    assert shown == set(calls)


def test_what_a_guard_refuses_and_what_is_lifted_is_told(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> None:
    connector = start_connector(mock, state_dir=state_dir, evidence=EvidenceLevel.ALL)
    refused = connector.deactivate(AIKO)
    assert refused.result is Result.REFUSED
    (decision,) = [each for each in account(refused)["guards"] if each["said"] != "passed"]
    assert (decision["guard"], decision["said"], decision["whom"]) == ("scim-managed", "refused", AIKO)
    assert account(refused)["sent"] is False
    assert kinds(refused.evidence) == ["json", "log", "png", "zip"]
    lifted = connector.deactivate(AIKO, overrides=[Guard.SCIM_MANAGED])
    assert lifted.result is Result.DONE
    decisions = {each["guard"]: each["said"] for each in account(lifted)["guards"]}
    assert decisions["scim-managed"] == "lifted"
    assert decisions["own-account"] == "passed"


def test_a_trace_opens_and_shows_what_was_done(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> None:
    connector = start_connector(mock, state_dir=state_dir, evidence=EvidenceLevel.ALL)
    outcome = connector.invite(NEW, "Nadja", "New")
    events = trace_of(outcome)
    assert set(events) == {"trace.trace", "trace.network"}
    assert events["trace.trace"][0]["type"] == "context-options"
    assert events["trace.trace"][0]["title"] == f"invite {NEW}"
    actions = [event for event in events["trace.trace"] if event["type"] == "before"]
    assert NEW in [event["params"].get("value") for event in actions if event["method"] == "fill"]
    ended = {event["callId"] for event in events["trace.trace"] if event["type"] == "after"}
    assert {event["callId"] for event in actions} <= ended
    assert any(event["type"] == "frame-snapshot" for event in events["trace.trace"])
    requests = [event["snapshot"]["request"] for event in events["trace.network"]]
    (sent,) = [each for each in requests if each["method"] == "POST" and each["url"].endswith("/invite")]
    assert sent["postData"]["text"] == "[removed]"
    headers = [h for each in requests for h in each["headers"] if h["name"].lower() == "cookie"]
    assert headers
    assert {header["value"] for header in headers} == {"[removed]"}


def test_a_session_that_ends_on_the_way_leaves_no_sign_in_in_the_trace(
    start_console: StartConsole, start_connector: StartConnector, tmp_path: Path
) -> None:
    mock = start_console()
    connector = start_connector(mock, evidence=EvidenceLevel.ALL)
    connector.person(ANN)
    mock.end_sessions()
    outcome = connector.deactivate(ANN)
    assert outcome.result is Result.DONE
    log = next(Path(path) for path in outcome.evidence if path.endswith(".log")).read_text()
    assert "sign in: password" in log
    assert "the trace up to here is dropped" in log
    events = trace_of(outcome)
    urls = [event["snapshot"]["request"]["url"] for event in events["trace.network"]]
    assert any(url.endswith("/deactivate") for url in urls)
    assert not [url for url in urls if "/login" in url]
    frames = [event["snapshot"]["frameUrl"] for event in events["trace.trace"] if event["type"] == "frame-snapshot"]
    assert frames
    assert not [url for url in frames if "/login" in url]
    assert len(account(outcome)["remarks"]) == 1
    assert "dropped once" in account(outcome)["remarks"][0]
    tracing = tmp_path / "state" / "tracing"
    assert [path for path in tracing.rglob("*") if path.suffix == ".zip"] == []
    connector.close()
    assert list(tracing.iterdir()) == []


def test_a_second_attempt_at_a_run_leaves_the_evidence_of_the_first(
    mock: MockConsole, start_connector: StartConnector, state_dir: Path
) -> None:
    connector = start_connector(mock, state_dir=state_dir, evidence=EvidenceLevel.ALL)
    batch = connector._batch("twice")
    first, second = (connector._call(partial(batch.carry_out, [Deactivate(email=ANN)])) for _ in range(2))
    folders = [Path(report.outcomes[0].evidence[0]).parent.name for report in (first, second)]
    assert folders == ["0001-deactivate-ann-northwind-example", "0001-deactivate-ann-northwind-example-attempt-2"]
    assert all(Path(path).exists() for path in first.outcomes[0].evidence)


def test_a_refusal_after_something_was_sent_leaves_evidence_of_failures(tmp_path: Path) -> None:
    run = Evidence(tmp_path, EvidenceLevel.FAILURES, Redactor([]))
    evidence = run.of_operation(0, Deactivate(email=ANN))

    def outcome(result: Result) -> Outcome:
        return Outcome(operation="deactivate", email=ANN, result=result, message="")

    wanted = {
        (result, acted): evidence.wanted([outcome(result)], acted=acted) for result in Result for acted in (False, True)
    }
    assert {key for key, value in wanted.items() if value} == {
        (Result.REFUSED, True),
        *((result, acted) for result in (Result.FAILED, Result.UNKNOWN) for acted in (False, True)),
    }


def test_masked_evidence_shows_nobody_else(mock: MockConsole, start_connector: StartConnector, state_dir: Path) -> None:
    mock.set_faults("lying-toast")
    connector = start_connector(mock, state_dir=state_dir, evidence="all", evidence_mask="1", timeout=2)
    outcome = connector.deactivate(ANN)
    assert outcome.result is Result.UNKNOWN
    assert kinds(outcome.evidence) == ["aria.yaml", "jpg", "jpg", "json", "log", "png"]  # and no trace
    texts = {Path(path).suffix: Path(path).read_text() for path in outcome.evidence if not path.endswith(PICTURES)}
    outline = texts[".yaml"]
    assert ANN in outline
    assert "Ann Lee" in outline
    assert "Active" in outline
    for text in texts.values():
        assert set(re.findall(r"[\w.]+@[\w.]+", text)) <= {ANN}
        for other in mock.books().people:
            if other.email != ANN and other.last_name not in ("Lee", "New"):
                assert not re.search(rf"\b{re.escape(other.last_name)}\b", text)
    left = lane_of(connector).page
    assert connector._call(lambda: left.locator("[data-evidence-shown]").count()) == 0


def test_no_evidence_is_kept_where_none_is_wanted(
    mock: MockConsole, start_connector: StartConnector, tmp_path: Path, repaint: Repaint
) -> None:
    connector = start_connector(mock, evidence=EvidenceLevel.OFF, timeout=2)
    assert connector.person(ANN).email == ANN
    repaint("Invite User", "Welcome somebody")
    with pytest.raises(ConsoleDrift) as caught:
        connector.invite(NEW, "Nadja", "New")
    assert caught.value.evidence == ()
    assert not (tmp_path / "state" / "evidence").exists()


@contextmanager
def told(texts: list[str]) -> Iterator[None]:
    """Whatever an error says, and every error behind it."""
    try:
        yield
    except ConnectorError as error:
        chain: BaseException | None = error
        seen: set[int] = set()
        while chain is not None and id(chain) not in seen:  # what stops a run and what it stopped name each other
            seen.add(id(chain))
            texts += [str(chain), repr(chain), repr(vars(chain))]
            chain = chain.__cause__ or chain.__context__


@pytest.mark.timeout(300)
def test_no_secret_is_in_any_output(
    start_console: StartConsole,
    start_connector: StartConnector,
    tmp_path: Path,
    repaint: Repaint,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Password, cookie, form token and passphrase, while everything is kept and much goes wrong."""
    caplog.set_level(logging.DEBUG)
    mock = start_console(admin_password=CANARY)
    passphrase = "canary-passphrase-of-the-state"
    texts: list[str] = []
    outcomes: list[Outcome] = []
    secrets = {CANARY, passphrase}

    def remember_cookies() -> None:
        secrets.update(secret for each in mock.console.sessions._by_id.values() for secret in (each.id, each.csrf))

    connector = start_connector(mock, evidence=EvidenceLevel.ALL, timeout=2, state_key=passphrase, say=texts.append)
    steps: list[Callable[[], Outcome]] = [
        lambda: connector.invite(NEW, "Nadja", "New", groups=["Sales"]),
        lambda: connector.deactivate(ANN),
        lambda: connector.edit(Edit(email=JOANN, first_name="Jo")),
        lambda: connector.import_people([Invite(email=ANN, first_name="Ann", last_name="Other")]).outcomes[0],
    ]
    for step in steps:
        outcomes.append(step())
        remember_cookies()
    mock.set_faults("commit-then-503")
    outcomes.append(connector.resend(NEW))
    mock.set_faults("lying-toast")
    outcomes.append(connector.deactivate(JOANN))
    mock.set_faults()
    mock.end_sessions()
    repaint(">Log in<", ">Come in<")
    with told(texts):
        connector.reactivate(HELEN)
    with told(texts), start_connector(mock, password=CANARY[::-1], timeout=2, state_dir=tmp_path / "other") as wrong:
        secrets.add(CANARY[::-1])
        texts += [repr(wrong.settings), repr(wrong), str(wrong.settings)]
        wrong.people()
    remember_cookies()
    connector.close()
    texts += [outcome.model_dump_json() for outcome in outcomes]
    texts += [repr(connector.settings), repr(connector), caplog.text, *capfd.readouterr()]

    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in kept} >= {".png", ".yaml", ".log", ".session"}
    assert len(secrets) >= 6

    def places(wanted: str) -> list[object]:
        files = [path for path in kept if wanted.encode() in path.read_bytes()]
        return [*files, *(text for text in texts if wanted in text)]

    assert len(places("sign-in page")) >= 4  # what is looked for is found
    for secret in secrets:
        assert places(secret) == []


def test_a_password_that_is_on_the_page_is_covered_and_scrubbed(
    start_console: StartConsole, start_connector: StartConnector, repaint: Repaint
) -> None:
    """A console that prints what was typed: the error, the outline and the log do without it."""
    mock = start_console(admin_password=CANARY)
    repaint("Incorrect email or password.", f"“{CANARY.replace('&', '&amp;')}” is not it; you typed it wrong.")
    connector = start_connector(mock, password=CANARY, timeout=2)
    mock.console.password = "another one"
    with pytest.raises(SignInFailed) as failed:
        connector.people()
    assert len(failed.value.evidence) == 3
    for path in failed.value.evidence:
        assert CANARY.encode() not in path.read_bytes()
    assert "is not it" in failed.value.evidence[1].read_text()
    assert CANARY not in str(failed.value)
    assert CANARY not in repr(failed.value)
