"""`workramp runs verify`, on a state directory with an audit log and without a browser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from connector.audit import AuditLog

from .conftest import Run


@pytest.fixture
def log(tmp_path: Path, face: object, monkeypatch: pytest.MonkeyPatch) -> AuditLog:
    monkeypatch.setenv("WORKRAMP_STATE_DIR", str(tmp_path / "state"))
    log = AuditLog(tmp_path / "state")
    for number in range(3):
        log.append("outcome", number=number)
    return log


def test_a_whole_log_ends_with_0_and_the_hash_to_keep(log: AuditLog, run: Run) -> None:
    head = log.head()
    assert head is not None
    result = run("runs", "verify")
    assert result.exit_code == 0
    assert "4 lines, whole" in result.stdout.replace("\n", " ")
    assert head.hash in result.stdout.replace("\n", "")
    told = json.loads(run("runs", "verify", "--json").stdout)
    assert (told["whole"], told["lines"], told["head"], told["findings"]) == (True, 4, head.hash, [])


def test_each_finding_is_named_and_the_exit_code_is_1(log: AuditLog, run: Run) -> None:
    lines = log.path.read_bytes().splitlines(keepends=True)
    log.path.write_bytes(b"".join([lines[0], lines[1].replace(b'"number":0', b'"number":8'), lines[2]]))
    result = run("runs", "verify")
    assert result.exit_code == 1
    said = " ".join(result.stdout.split())
    assert "line 2: it was changed" in said
    assert "at the end: number 4 is missing" in said
    assert "not whole: 2 findings" in said
    told = json.loads(run("runs", "verify", "--json").stdout)
    assert [finding["line"] for finding in told["findings"]] == [2, None]


def test_without_a_log_there_is_nothing_wrong(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKRAMP_STATE_DIR", str(tmp_path / "state"))
    result = run("runs", "verify")
    assert result.exit_code == 0
    assert not (tmp_path / "state").exists()
