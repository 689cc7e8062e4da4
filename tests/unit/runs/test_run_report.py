"""The report of a recorded run, from what is recorded and what lies beside it."""

from __future__ import annotations

import base64
import json
import re
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector import run_control
from connector.audit import AuditLog
from connector.errors import InputError
from connector.models import Deactivate, Edit, Guard, Invite, Outcome, Result, Role
from connector.run_control import RunView
from connector.run_records import RunRecord, RunRequest, RunStatus
from connector.run_report import write_run_report
from connector.settings import Settings

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
AT = datetime(2030, 1, 1, 6, 0, tzinfo=UTC)
ANN, NEW, EVE = "ann@northwind.example", "nadja.new@northwind.example", "eve@northwind.example"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(url="https://console.example", state_dir=tmp_path / "state")


def kept(folder: Path) -> tuple[str, ...]:
    folder.mkdir(parents=True)
    (folder / "001-deactivate-ann-northwind-example-before.png").write_bytes(PNG)
    (folder / "steps.log").write_text("   0.1  click <menu>")
    (folder / "trace.zip").write_bytes(b"...")
    told = {
        "began_at": "2030-01-01T06:00:12.500+00:00",
        "guards": [
            {"guard": "protected", "said": "passed", "message": "", "whom": ""},
            {"guard": "scim-managed", "said": "lifted", "message": "SCIM manages this person", "whom": ANN},
        ],
        "remarks": ["the trace was dropped once"],
    }
    (folder / "operation.json").write_text(json.dumps(told))
    return tuple(str(path) for path in sorted(folder.iterdir()))


@pytest.fixture
def recorded(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> RunView:
    evidence = kept(settings.state_dir / "evidence" / "r1" / "0001-deactivate-ann")
    request = RunRequest(
        id="r1",
        console="https://console.example",
        operations=(
            Deactivate(email=ANN),
            Invite(email=NEW, first_name="Nadja", last_name="New", role=Role.MANAGER, groups=("Sales",)),
            Edit(email=EVE, first_name="Eva", add_groups=("Sales", "EMEA")),
        ),
        overrides=(Guard.SCIM_MANAGED,),
        asked_by="somebody",
        created_at=AT,
    )
    outcomes = (
        Outcome(operation="deactivate", email=ANN, result=Result.DONE, message="deactivated", evidence=evidence),
        Outcome(operation="invite", email=NEW, result=Result.UNKNOWN, message="clicked, but", evidence=("/gone.png",)),
        Outcome(operation="edit", email=EVE, result=Result.REFUSED, message="no", guard=Guard.PROTECTED),
    )
    record = RunRecord(request=request, status=RunStatus.FINISHED, updated_at=AT, outcomes=outcomes)
    view = RunView(record, None)
    monkeypatch.setattr(run_control, "view", lambda settings, run: view)
    AuditLog(settings.state_dir).append("run-ended", run="r1")
    return view


def test_it_says_what_was_asked_and_what_became_of_it(settings: Settings, recorded: RunView, tmp_path: Path) -> None:
    path = write_run_report(settings, "r1", tmp_path / "new" / "report.html")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    page = path.read_text()
    text = " ".join(re.sub(r"<(?!/?style)[^>]*>", " ", page.replace("<wbr>", "").partition("<body>")[2]).split())
    for expected in (
        "Run r1",
        "It is over.",
        "Asked by somebody Asked at 2030-01-01 06:00:00 UTC",
        "Operations 1 deactivate, 1 invite, 1 edit",
        "Guards lifted scim-managed",
        "Audit log whole, 2 lines",
        f"{NEW} invite: Nadja New, as manager, in Sales",
        "1 of the files of its evidence is not there any more",
        f"{EVE} edit: first name Eva, add groups Sales, EMEA no protected",
        "Guard scim-managed lifted: SCIM manages this person",
        "the trace was dropped once",
        "1 guard passed protected",
        "06:00:12 UTC",
        f"{ANN}: deactivate before",
        "click &lt;menu&gt;",
        "playwright show-trace",
    ):
        assert expected in text
    headings = [text.rindex(heading) for heading in ("Unknown: look at these first", "Refused", "Done")]
    assert headings == sorted(headings)
    assert "Already so" not in text
    assert "Guard protected" not in text


def test_it_needs_nothing_beside_it(settings: Settings, recorded: RunView, tmp_path: Path) -> None:
    path = write_run_report(settings, "r1", tmp_path / "only" / "report.html")
    assert list(path.parent.iterdir()) == [path]
    page = path.read_text()
    assert page.count("data:image/png;base64,") == 1
    assert not re.search(r'(?:src|href)="(?!data:|#)', page)
    assert "<script" not in page


def test_a_damaged_audit_log_is_said_in_it(settings: Settings, recorded: RunView, tmp_path: Path) -> None:
    log = AuditLog(settings.state_dir).path
    log.write_bytes(log.read_bytes().splitlines(keepends=True)[0])
    page = write_run_report(settings, "r1", tmp_path / "report.html").read_text()
    assert "NOT WHOLE: number 2 is missing at the end" in page


def test_a_report_that_cannot_be_written_is_bad_input(settings: Settings, recorded: RunView, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        write_run_report(settings, "r1", tmp_path / "file" / "report.html")
