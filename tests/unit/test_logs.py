"""The log for machines."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from connector import scope
from connector.errors import SettingsError
from connector.logs import EventLog
from connector.redaction import Redactor


def test_each_line_is_an_event_of_a_run_an_operation_and_a_person(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = EventLog(path, Redactor(["s3cret-word"]).scrub)
    with scope.within(run="r1"), scope.within(operation="deactivate", address="ann@northwind.example"):
        log.event("step", level="debug", step="fill s3cret-word\nand go on")
    log.event("sign-in")
    log.close()
    first, second = map(json.loads, path.read_text().splitlines())
    timestamp = first.pop("timestamp")
    assert timestamp.endswith("Z")
    assert first == {
        "event": "step",
        "level": "debug",
        "run": "r1",
        "operation": "deactivate",
        "address": "ann@northwind.example",
        "step": "fill [secret]\nand go on",
    }
    assert second.keys() == {"event", "level", "timestamp"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_is_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    for _ in range(2):
        log = EventLog(path, str)
        log.event("sign-in")
        log.close()
        log.close()
        log.event("too late")
    assert len(path.read_text().splitlines()) == 2


def test_without_a_file_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    EventLog(None, str).event("sign-in")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="WORKRAMP_LOG_FILE"):
        EventLog(tmp_path / "missing" / "log.jsonl", str)
