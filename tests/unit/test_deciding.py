"""What somebody decides is written into the audit log before it holds."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from connector import deciding
from connector.approvals import Waiting
from connector.audit import AuditLog
from connector.deciding import Asked
from connector.errors import AuditFailed
from connector.models import Deactivate, Guard, Objection
from connector.settings import Settings

ANN = "ann@northwind.example"


class _Database:
    """Keeps what is noted, and how long the audit log was then."""

    noted: list[tuple[str, int]]

    def __init__(self, settings: Settings, *, create: bool) -> None:
        self._log = AuditLog(settings.state_dir).path

    def note(self, run: str, notes: dict[str, Any]) -> None:
        self.noted.append((run, len(self._log.read_bytes().splitlines())))

    def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    objection = Objection(guard=Guard.ADMIN_ROLE, message="this grants the admin role", saw="admin")
    waiting = Waiting(number=3, operation=Deactivate(email=ANN), kind="deactivate", objections=(objection,))
    monkeypatch.setattr(_Database, "noted", [], raising=False)
    monkeypatch.setattr(deciding, "RunDatabase", _Database)
    record = SimpleNamespace(request=SimpleNamespace(four_eyes=False))
    monkeypatch.setattr(deciding, "_find", lambda database, run: record)
    monkeypatch.setattr(deciding, "_waits", lambda database, record: [Asked(waiting, "d1", None)])
    return Settings(state_dir=tmp_path / "state")


@pytest.mark.parametrize("approved", [True, False])
def test_a_decision_is_in_the_audit_log_before_it_is_kept(settings: Settings, approved: bool) -> None:
    deciding.decide(settings, "r1", ["d1"], approved=approved, by="priya", reason="not now")
    (line,) = [json.loads(text) for text in AuditLog(settings.state_dir).path.read_text().splitlines()[1:]]
    assert (line["kind"], line["run"]) == ("approval", "r1")
    told = line["data"]
    assert (told["approved"], told["by"], told["reason"]) == (approved, "priya", None if approved else "not now")
    assert told["operations"] == [{"digest": "d1", "operation": "deactivate", "address": ANN, "guards": ["admin-role"]}]
    assert _Database.noted == [("r1", 2)]


def test_what_cannot_be_written_down_is_not_decided(settings: Settings) -> None:
    settings.state_dir.mkdir()
    (settings.state_dir / "audit").write_text("a file in its place")
    with pytest.raises(AuditFailed):
        deciding.decide(settings, "r1", ["d1"], approved=True, by="priya")
    assert _Database.noted == []
