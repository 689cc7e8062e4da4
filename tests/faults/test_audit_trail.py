"""What runs leave in the audit log and in the log for machines, and what happens when nothing can be written there."""

from __future__ import annotations

import json
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from connector import Connector, run_control
from connector.audit import AuditLog
from connector.audit_check import check_audit_log
from connector.errors import AuditFailed, SignInFailed
from connector.models import Deactivate, Guard, Outcome, Result
from fixtures.mock_console import MockConsole
from tests.conftest import StartConnector
from tests.flows.oracle import assert_nothing_happened, assert_only_changed

ANN, BILL, AIKO = "ann@northwind.example", "bill.hargreaves@northwind.example", "aiko.tanaka@northwind.example"


@pytest.fixture
def own(mock: MockConsole, start_connector: StartConnector, tmp_path: Path) -> Connector:
    """A connector with a state directory, and so a log, of its own."""
    return start_connector(mock, lanes=1, log_file=tmp_path / "machines.jsonl")


def lines(connector: Connector) -> list[dict[str, Any]]:
    path = AuditLog(connector.settings.state_dir).path
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_a_run_is_told_from_its_beginning_to_its_end(own: Connector, mock: MockConsole, tmp_path: Path) -> None:
    operations = [Deactivate(email=ANN), Deactivate(email=mock.admin_email), Deactivate(email=AIKO)]
    own.run(operations, run_id="r1", overrides=[Guard.SCIM_MANAGED])
    told = lines(own)
    assert [line["kind"] for line in told if line["kind"] != "intended"] == [
        *("log-begun", "run-begun", "sign-in", "outcome", "outcome", "outcome", "run-ended")
    ]
    assert {line["run"] for line in told[1:]} == {"r1"}
    kinds = [(line["kind"], line["data"].get("address") or line["data"].get("people")) for line in told]
    assert ("intended", [ANN]) in kinds
    assert kinds.index(("intended", [ANN])) < kinds.index(("outcome", ANN))
    assert ("intended", [mock.admin_email]) not in kinds
    begun, signed_in, ended = told[1]["data"], told[2]["data"], told[-1]["data"]
    assert (begun["operations"], begun["overrides"]) == ({"deactivate": 3}, ["scim-managed"])
    assert (signed_in["account"], signed_in["result"]) == (mock.admin_email, "signed in")
    assert ended["summary"] == {"done": 2, "refused": 1}
    results = [line["data"] for line in told if line["kind"] == "outcome"]
    assert [(each["result"], each["guard"], each["lifted"]) for each in results] == [
        ("done", None, []),
        ("refused", "own-account", []),
        ("done", None, ["scim-managed"]),
    ]
    check = run_control.verify(own.settings)
    assert (check.whole, check.lines, check.notes) == (True, len(told), ())
    record = run_control.look_up(own.settings, "r1")
    assert record is not None
    assert record.audit is not None
    assert record.audit["hash"] == told[-1]["hash"]

    own.run(operations, run_id="r1", overrides=[Guard.SCIM_MANAGED])  # it is over: nothing happens
    assert lines(own) == told
    events = [json.loads(line) for line in (tmp_path / "machines.jsonl").read_text().splitlines()]
    steps = [event for event in events if event["event"] == "step" and event.get("address") == ANN]
    assert {(event["run"], event["operation"]) for event in steps} == {("r1", "deactivate")}
    assert "click 'Deactivate'" in [event["step"] for event in steps]


def test_a_script_without_a_run_id_is_told_of_too_and_a_dry_run_is_not(own: Connector, mock: MockConsole) -> None:
    assert own.deactivate(ANN, dry_run=True).would
    assert [line["kind"] for line in lines(own)] == ["log-begun", "sign-in"]
    assert own.deactivate(ANN).result is Result.DONE
    assert [line["kind"] for line in lines(own)][2:] == ["run-begun", "intended", "intended", "outcome", "run-ended"]


def test_where_nothing_can_be_written_down_nothing_is_begun(own: Connector, mock: MockConsole) -> None:
    before = mock.books()
    folder = AuditLog(own.settings.state_dir).folder
    folder.parent.mkdir(parents=True)
    folder.write_text("a file in its place")
    with pytest.raises(AuditFailed, match="cannot be written"):
        own.run([Deactivate(email=ANN)], run_id="r1")
    assert_nothing_happened(before, mock.books())
    folder.unlink()
    report = own.resume("r1")
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE]


def test_where_it_cannot_any_more_nothing_more_is_clicked(own: Connector, mock: MockConsole) -> None:
    own.person(ANN)
    before = mock.books()
    folder = AuditLog(own.settings.state_dir).folder

    def spoil(outcome: Outcome) -> None:
        if outcome.email == ANN:
            shutil.move(folder, folder.with_name("kept"))
            folder.write_text("a file in its place")

    report = own.run([Deactivate(email=ANN), Deactivate(email=BILL)], run_id="r1", on_outcome=spoil)
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.FAILED]
    assert "audit log" in report.outcomes[1].message
    assert report.exit_code == 1
    assert_only_changed(before, mock.books(), {ANN: {"status": "deactivated"}})
    folder.unlink()
    shutil.move(folder.with_name("kept"), folder)
    report = own.resume("r1")
    assert [outcome.result for outcome in report.outcomes] == [Result.DONE, Result.DONE]
    assert check_audit_log(AuditLog(own.settings.state_dir)).whole


def test_who_is_not_let_in_is_written_down(mock: MockConsole, start_connector: StartConnector, tmp_path: Path) -> None:
    wrong = start_connector(mock, password="not the password", state_dir=tmp_path / "other", timeout=4)
    with pytest.raises(SignInFailed, match="did not let this account in"):
        wrong.people()
    (line,) = [line for line in lines(wrong) if line["kind"] == "sign-in"]
    assert (line["data"]["result"], line["data"]["account"]) == ("not let in", mock.admin_email)


def test_old_evidence_goes_when_a_run_begins(own: Connector, mock: MockConsole) -> None:
    old = own.settings.state_dir / "evidence" / "old"
    old.mkdir(parents=True)
    (old / "run.json").write_text('{"evidence_of": "old"}')
    moment = time.time() - 31 * 86_400
    for path in (old / "run.json", old):
        os.utime(path, (moment, moment))
    own.person(ANN)
    assert old.exists()
    own.deactivate(ANN)
    assert not old.exists()
