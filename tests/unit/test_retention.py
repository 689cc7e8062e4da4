"""Old evidence goes, and nothing else."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

import pytest

from connector.retention import remove_old_evidence
from connector.trace_folders import folder_of_this_process, remove_leftovers

DAY = 86_400


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    folder = tmp_path / "state" / "evidence"
    folder.mkdir(parents=True)
    return folder


def aged(path: Path, days: float) -> None:
    moment = time.time() - days * DAY
    for each in (*path.rglob("*"), path):
        os.utime(each, (moment, moment), follow_symlinks=False)


def a_run(evidence: Path, name: str, days: float, *, marked: bool = True) -> Path:
    folder = evidence / name
    (folder / "0001-deactivate-ann").mkdir(parents=True)
    (folder / "0001-deactivate-ann" / "steps.log").write_text("...")
    if marked:
        (folder / "run.json").write_text(json.dumps({"evidence_of": name}))
    aged(folder, days)
    return folder


def test_evidence_goes_after_so_many_days_and_not_before(evidence: Path) -> None:
    old, young, own = a_run(evidence, "old", 31), a_run(evidence, "young", 29), a_run(evidence, "own", 40)
    assert remove_old_evidence(evidence, 30, keep=own) == [old]
    assert not old.exists()
    assert young.exists()
    assert own.exists()


def test_one_file_that_was_written_lately_keeps_the_whole_run(evidence: Path) -> None:
    folder = a_run(evidence, "old", 31)
    os.utime(folder / "0001-deactivate-ann" / "steps.log")
    assert remove_old_evidence(evidence, 30) == []


def test_with_0_days_everything_stays(evidence: Path) -> None:
    a_run(evidence, "old", 3000)
    assert remove_old_evidence(evidence, 0) == []
    assert (evidence / "old").exists()


def test_what_is_not_known_to_be_evidence_stays(evidence: Path) -> None:
    a_run(evidence, "notes", 90, marked=False)
    copied = a_run(evidence, "copied", 90, marked=False)
    (copied / "run.json").write_text(json.dumps({"evidence_of": "another"}))
    aged(copied, 90)
    (evidence / "letter.txt").write_text("...")
    aged(evidence, 90)
    assert remove_old_evidence(evidence, 30) == []
    assert sorted(path.name for path in evidence.iterdir()) == ["copied", "letter.txt", "notes"]


def test_links_are_not_followed(evidence: Path, tmp_path: Path) -> None:
    outside = a_run(tmp_path, "outside", 90)
    (evidence / "outside").symlink_to(outside)
    moment = time.time() - 90 * DAY
    os.utime(evidence / "outside", (moment, moment), follow_symlinks=False)
    old = a_run(evidence, "old", 90)
    (old / "0001-deactivate-ann" / "there").symlink_to(outside)
    aged(old, 90)
    said: list[str] = []
    assert remove_old_evidence(evidence, 30, say=said.append) == [old]
    assert said == []
    assert (outside / "0001-deactivate-ann" / "steps.log").read_text() == "..."
    linked = tmp_path / "linked"
    linked.symlink_to(tmp_path)
    assert remove_old_evidence(linked, 30) == []
    assert outside.exists()


def test_what_cannot_be_removed_is_said(evidence: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = a_run(evidence, "old", 90)

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("connector.retention.shutil.rmtree", refuse)
    said: list[str] = []
    assert remove_old_evidence(evidence, 30, say=said.append) == []
    assert said == [f"Old evidence could not be removed: {old}: Permission denied."]


def test_traces_in_the_making_go_with_the_process_that_left_them(tmp_path: Path) -> None:
    own = folder_of_this_process(tmp_path)
    gone = own.with_name(f"{socket.gethostname()}.{2**22 + 1}.abcdefgh")
    elsewhere = own.with_name(f"another-machine.{2**22 + 1}.abcdefgh")
    for folder in (gone, elsewhere):
        folder.mkdir()
        (folder / "raw.trace").write_text("...")
    remove_leftovers(tmp_path)
    assert own.exists()
    assert elsewhere.exists()
    assert not gone.exists()
