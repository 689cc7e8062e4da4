"""The audit log: a chain that tells what was done to it."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connector import scope
from connector.audit import AuditLog
from connector.audit_check import AuditCheck, Witness, check_audit_log
from connector.errors import AuditFailed
from connector.redaction import Redactor


@pytest.fixture
def log(tmp_path: Path) -> AuditLog:
    """Six lines: the first says that the log begins, the others are numbered."""
    log = AuditLog(tmp_path / "state")
    for number in range(1, 6):
        log.append("outcome", run="r1", number=number)
    return log


def lines(log: AuditLog) -> list[bytes]:
    return log.path.read_bytes().splitlines(keepends=True)


def put(log: AuditLog, content: list[bytes]) -> AuditCheck:
    log.path.write_bytes(b"".join(content))
    return check_audit_log(log)


def problems(check: AuditCheck) -> list[tuple[int | None, str]]:
    return [(finding.line, finding.problem) for finding in check.findings]


def forged(line: bytes, **changes: Any) -> bytes:
    """A line with other content and the hash that belongs to it, as somebody would write it who knows how."""
    from connector.audit import read_line

    found = read_line(line.strip())
    assert found is not None
    found = found.model_copy(update=changes)
    return found.model_copy(update={"hash": found.digest()}).written() + b"\n"


def test_each_line_says_what_happened_and_names_the_one_before(log: AuditLog) -> None:
    told = [json.loads(line) for line in lines(log)]
    assert [each["seq"] for each in told] == [1, 2, 3, 4, 5, 6]
    assert told[0]["kind"] == "log-begun"
    assert told[5]["data"] == {"number": 5}
    assert told[5]["run"] == "r1"
    assert [each["previous"] for each in told[1:]] == [each["hash"] for each in told[:-1]]
    check = check_audit_log(log)
    assert (check.whole, check.lines, check.head, check.notes) == (True, 6, told[5]["hash"], ())
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.folder.stat().st_mode) == 0o700


def test_a_log_that_never_was_is_whole(tmp_path: Path) -> None:
    assert check_audit_log(AuditLog(tmp_path)).whole
    assert list(tmp_path.iterdir()) == []


def test_a_changed_line_is_named(log: AuditLog) -> None:
    content = lines(log)
    content[2] = content[2].replace(b'"number":2', b'"number":7')
    assert problems(put(log, content)) == [(3, "it was changed: its content does not give its hash")]


def test_so_is_one_whose_hash_was_made_to_fit(log: AuditLog) -> None:
    content = lines(log)
    content[2] = forged(content[2], data={"number": 7})
    assert problems(put(log, content)) == [
        (4, "it does not follow the line before it: that one was changed or replaced")
    ]


def test_a_removed_line_is_missed(log: AuditLog) -> None:
    content = lines(log)
    del content[2:4]
    assert problems(put(log, content)) == [(3, "numbers 3 to 4 are missing before it: removed or moved")]


def test_an_inserted_line_is_found(log: AuditLog) -> None:
    content = lines(log)
    content.insert(3, forged(content[2], data={"number": 9}))
    assert problems(put(log, content)) == [(4, "it is number 3 and stands after number 3: inserted or moved")]
    assert problems(put(log, [*lines(log)[:3], b"something else\n", *lines(log)[4:]])) == [
        (4, "it is no line of this log: changed or inserted")
    ]


def test_lines_that_changed_places_are_found(log: AuditLog) -> None:
    content = lines(log)
    content[2], content[3] = content[3], content[2]
    assert problems(put(log, content)) == [
        (3, "number 3 is missing before it: removed or moved"),
        (4, "it is number 3 and stands after number 4: inserted or moved"),
    ]


@pytest.mark.parametrize("left", [0, 1, 5])
def test_lines_missing_at_the_end_are_known_by_the_head(log: AuditLog, left: int) -> None:
    missing = "number 6 is missing at the end" if left == 5 else f"numbers {left + 1} to 6 are missing at the end"
    assert problems(put(log, lines(log)[:left])) == [(None, missing)]
    log.append("outcome", number=6)  # what is written later does not hide it
    where = left + 1
    numbers = "number 6 is" if left == 5 else f"numbers {left + 1} to 6 are"
    assert problems(check_audit_log(log)) == [(where, f"{numbers} missing before it: removed or moved")]


def test_a_line_cut_in_the_middle_after_it_was_written_is_found_for_ever(log: AuditLog) -> None:
    content = log.path.read_bytes()
    log.path.write_bytes(content[:-20])
    assert (None, "the last line was cut off after it had been written") in problems(check_audit_log(log))
    log.append("outcome", number=6)
    assert problems(check_audit_log(log)) == [
        (7, "number 6 is missing before it: removed or moved"),
        (6, "it is no line of this log: changed or inserted"),
    ]


def test_a_missing_head_is_a_finding_and_stays_written_down(log: AuditLog) -> None:
    head = log.folder / "head.json"
    head.unlink()
    assert [line for line, _ in problems(check_audit_log(log))] == [None]
    log.append("outcome", number=6)
    told = [json.loads(line) for line in lines(log)]
    assert told[6]["data"]["found"] == "a log without its head"
    assert told[6]["data"]["log"] == told[0]["data"]["log"]
    assert check_audit_log(log).whole


def test_a_crash_between_a_line_and_its_head_is_no_finding(log: AuditLog) -> None:
    head = log.folder / "head.json"
    before = head.read_bytes()
    log.append("outcome", number=6)
    log.append("outcome", number=7)
    head.write_bytes(before)
    check = check_audit_log(log)
    assert check.whole
    assert check.notes == ("lines after number 6 are newer than the head: a crash came between",)
    log.append("outcome", number=8)
    assert (check_audit_log(log).whole, check_audit_log(log).notes) == (True, ())
    assert [json.loads(line)["seq"] for line in lines(log)] == list(range(1, 10))


def test_a_head_of_another_log_is_a_finding(log: AuditLog) -> None:
    head = log.folder / "head.json"
    head.write_text(json.dumps(json.loads(head.read_bytes()) | {"hash": "0" * 64}))
    assert problems(check_audit_log(log)) == [(None, "the head does not belong to this log: it names number 6")]
    head.write_text(json.dumps(json.loads(head.read_bytes()) | {"count": 4}))
    assert problems(check_audit_log(log)) == [(None, "the head does not belong to this log: it names number 4")]


def test_a_line_torn_by_a_crash_is_told_and_accounted_for(log: AuditLog) -> None:
    with log.path.open("ab") as file:
        file.write(b'{"at":"2030-01-01T06:00:00.000+00:00","da')
    check = check_audit_log(log)
    assert check.whole
    assert check.notes == ("the last line was cut off by a crash; the next one that is written accounts for it",)
    log.append("outcome", number=6)
    check = check_audit_log(log)
    assert check.whole
    assert check.notes == ("line 7 was cut off by a crash; line 8 accounts for it",)
    assert [json.loads(line)["kind"] for line in lines(log)[7:]] == ["torn", "outcome"]
    content = lines(log)
    content[6] = b'{"at":"2030-01-01T06:00:00.000+00:00","nothing":1}\n'  # something else in its place
    assert [line for line, _ in problems(put(log, content))] == [8, 7]


def _append(folder: Path, name: str) -> None:
    log = AuditLog(folder)
    for number in range(20):
        log.append("outcome", run=name, number=number)


def test_several_processes_append_to_one_chain(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_append, args=(tmp_path, name)) for name in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    log = AuditLog(tmp_path)
    assert check_audit_log(log).whole
    told = [json.loads(line) for line in lines(log)]
    assert len(told) == 61
    for name in "abc":
        assert [each["data"]["number"] for each in told if each["run"] == name] == list(range(20))


def test_the_run_database_knows_a_log_that_was_rewritten_as_a_whole(log: AuditLog) -> None:
    head = log.head()
    assert head is not None
    witness = Witness(run="r1", log=head.log, count=head.count, hash=head.hash)
    assert check_audit_log(log, [witness]).whole
    for path in log.folder.iterdir():
        path.unlink()
    for number in range(1, 6):
        log.append("outcome", run="r1", number=number + 1)
    assert check_audit_log(log).whole  # by itself it looks like any other
    assert problems(check_audit_log(log, [witness], all_ours=True)) == [
        (None, "runs in the run database (1) name another audit log: this one is not the first")
    ]
    assert check_audit_log(log, [witness]).notes == ("runs in the run database (1) name audit logs of other machines",)


def test_and_one_that_was_rewritten_from_some_line_on(log: AuditLog) -> None:
    head = log.head()
    assert head is not None
    witness = Witness(run="r1", log=head.log, count=head.count, hash=head.hash)
    last = forged(lines(log)[5], data={"number": 99})
    log.path.write_bytes(b"".join([*lines(log)[:5], last]))
    told = json.loads((log.folder / "head.json").read_bytes()) | {"hash": json.loads(last)["hash"]}
    (log.folder / "head.json").write_text(json.dumps(told | {"size": log.path.stat().st_size}))
    assert check_audit_log(log).whole
    assert [line for line, _ in problems(check_audit_log(log, [witness]))] == [None]


def test_a_line_belongs_to_the_run_at_work(tmp_path: Path) -> None:
    log = AuditLog(tmp_path)
    with scope.within(run="r7"):
        log.append("approval", by="somebody", digest="abc")
    assert json.loads(lines(log)[1]) | {"kind": "approval", "run": "r7"} == json.loads(lines(log)[1])


def test_no_secret_gets_into_it(tmp_path: Path) -> None:
    log = AuditLog(tmp_path, Redactor(["s3cret-word"]).scrub)
    log.append("outcome", message="it said s3cret-word", more={"list": ["s3cret%2Dword", 1, None]})
    assert json.loads(lines(log)[1])["data"] == {"message": "it said [secret]", "more": {"list": ["[secret]", 1, None]}}


def _a_file_in_place_of_the_folder(folder: Path) -> None:
    folder.write_bytes(b"")


def _a_link_in_place_of_the_log(folder: Path) -> None:
    folder.mkdir()
    (folder.parent / "elsewhere").write_bytes(b"")
    (folder / "audit.jsonl").symlink_to(folder.parent / "elsewhere")


@pytest.mark.parametrize("spoil", [_a_file_in_place_of_the_folder, _a_link_in_place_of_the_log])
def test_what_cannot_be_written_down_is_an_error(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    log = AuditLog(tmp_path)
    spoil(log.folder)
    with pytest.raises(AuditFailed) as failed:
        log.append("intended")
    assert failed.value.exit_code == 1
    assert str(log.path) in str(failed.value)
    assert not (tmp_path / "elsewhere").exists() or os.path.getsize(tmp_path / "elsewhere") == 0
