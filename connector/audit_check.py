"""Verifies the audit log: which lines were changed, removed, inserted, moved or cut off."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from connector.audit import BEGUN, GENESIS, TORN, AuditLog, Head, Line, read_line
from connector.models import Model


class Witness(Model):
    """What something else than the log says of it: when a run ended it had so many lines, the last with this hash."""

    run: str
    log: str
    count: int
    hash: str


class Finding(Model):
    """What is wrong with the log. `line` counts the lines of the file from 1; None where one is missing at the end."""

    line: int | None
    problem: str


class AuditCheck(Model):
    """What verifying comes to. `notes` are what a crash leaves, and no problem; `head` is the last line's hash."""

    path: str
    lines: int
    head: str | None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass
class _Walk:
    """Going through the lines: what is expected next, and what was found so far."""

    seq: int = 0
    hash: str = GENESIS
    hashes: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[tuple[int, bytes]] = field(default_factory=list)
    logs: set[str] = field(default_factory=set)
    """By which names the log calls itself."""

    def problem(self, line: int | None, text: str) -> None:
        self.findings.append(Finding(line=line, problem=text))

    def take(self, number: int, text: bytes) -> None:
        line = read_line(text)
        if line is None:
            self.unread.append((number, text))
            return
        if line.digest() != line.hash or line.written() != text:
            self.problem(number, "it was changed: its content does not give its hash")
        if line.seq <= self.seq:
            self.problem(number, f"it is number {line.seq} and stands after number {self.seq}: inserted or moved")
            return
        if line.seq > self.seq + 1:
            first, last = self.seq + 1, line.seq - 1
            which = f"number {first} is" if first == last else f"numbers {first} to {last} are"
            self.problem(number, f"{which} missing before it: removed or moved")
        elif line.previous != self.hash:
            self.problem(number, "it does not follow the line before it: that one was changed or replaced")
        self.seq, self.hash = line.seq, line.hash
        self.hashes[line.seq] = line.hash
        if line.kind == BEGUN:
            self.logs.add(str(line.data.get("log", "")))
        if line.kind == TORN:
            self._account(number, line)

    def _account(self, number: int, line: Line) -> None:
        """A line that a crash cut off is accounted for by the next one, which says how long it is and its hash."""
        if self.unread:
            torn_number, torn = self.unread.pop()
            if line.data == {"bytes": len(torn), "sha256": hashlib.sha256(torn).hexdigest()}:
                self.notes.append(f"line {torn_number} was cut off by a crash; line {number} accounts for it")
                return
            self.unread.append((torn_number, torn))
        self.problem(number, "it accounts for a line that was cut off, and that line is not before it")

    def end(self, rest: bytes, head: Head | None, size: int) -> None:
        """What follows the last whole line, and what the head says."""
        for number, _ in self.unread:
            self.problem(number, "it is no line of this log: changed or inserted")
        if rest:
            covered = head is not None and head.size > size - len(rest)
            if covered:
                self.problem(None, "the last line was cut off after it had been written")
            else:
                self.notes.append("the last line was cut off by a crash; the next one that is written accounts for it")
        if head is None:
            if self.seq:
                self.problem(None, "the head of the log is missing: whether lines are missing at the end is not known")
            return
        if head.count > self.seq:
            first, last = self.seq + 1, head.count
            which = f"number {first} is" if first == last else f"numbers {first} to {last} are"
            self.problem(None, f"{which} missing at the end")
        elif head.count < self.seq and head.hash == self.hashes.get(head.count, GENESIS):
            self.notes.append(f"lines after number {head.count} are newer than the head: a crash came between")
        elif (head.count, head.hash) != (self.seq, self.hash):
            self.problem(None, f"the head does not belong to this log: it names number {head.count}")


def check_audit_log(log: AuditLog, witnesses: Iterable[Witness] = (), *, all_ours: bool = False) -> AuditCheck:
    """Verifies the whole log while nobody appends.

    Args:
        log: one that does not exist is whole, where no witness speaks of it.
        witnesses: what the run database says; those about another log are told apart.
        all_ours: the run database is this state directory's own, so that there is no other log.
    """
    content, head = b"", None
    if log.folder.is_dir():
        with log.locked():
            content = log.path.read_bytes() if log.path.is_file() else b""
            head = log.head()
    walk = _Walk()
    *lines, rest = content.split(b"\n")
    for number, text in enumerate(lines, 1):
        walk.take(number, text)
    walk.end(rest, head, len(content))
    _compare(walk, witnesses, head, all_ours)
    return AuditCheck(
        path=str(log.path),
        lines=len(lines),
        head=walk.hash if walk.seq else None,
        findings=tuple(walk.findings),
        notes=tuple(walk.notes),
    )


def _compare(walk: _Walk, witnesses: Iterable[Witness], head: Head | None, all_ours: bool) -> None:
    known = walk.logs | ({head.log} if head is not None else set())
    others = 0
    for witness in witnesses:
        if witness.log not in known:
            others += 1
        elif walk.hashes.get(witness.count) != witness.hash:
            walk.problem(
                None,
                f"when run {witness.run} ended, number {witness.count} was another line, says the run database: "
                "the log was rewritten or cut",
            )
    if others and all_ours:
        walk.problem(None, f"runs in the run database ({others}) name another audit log: this one is not the first")
    elif others:
        walk.notes.append(f"runs in the run database ({others}) name audit logs of other machines")
