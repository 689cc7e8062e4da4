"""What is kept of a run and of each of its operations: pictures, page snapshots, step logs, traces. No secret survives.

A run has a folder, and each operation a folder in it, made when the first piece is kept. docs/evidence.md is the
description for users.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from connector import masking
from connector.folders import make_private
from connector.guard_log import GuardEntry
from connector.models import Operation, Outcome, Result, people_of
from connector.redaction import Redactor
from connector.settings import EvidenceLevel
from connector.trace_archive import sanitise
from page_objects.lane import is_gone

MARK = "run.json"
"""In the folder of a run: says that it is one, so that nothing else is ever removed for its age."""
ACCOUNT = "operation.json"
"""In the folder of an operation: what was asked, decided and done, and when."""

PICTURES = (".jpg", ".png")
"""How the names of pictures end: of what went well, and of what went wrong."""

_QUALITY = 85
_PASSWORDS = "input[type=password], input[autocomplete=one-time-code], input[inputmode=numeric], input[maxlength='1']"
_SHOWS_SECRETS = """selector => {
  const shows = root =>
    !!root.querySelector(selector) || [...root.querySelectorAll("*")].some(el => el.shadowRoot && shows(el.shadowRoot));
  return shows(document);
}"""
_SECONDS = 5.0
_TOLD = {"email", "result", "message", "guard", "seconds"}


class StepLog:
    """The steps of one operation, with seconds since its start; `listener` hears of each."""

    def __init__(self, listener: Callable[[str], None] = lambda text: None) -> None:
        self._start = monotonic()
        self._listener = listener
        self.lines: list[str] = []

    def note(self, text: str) -> None:
        self._listener(text)
        self.lines.append(f"{monotonic() - self._start:8.3f}  {text}")

    def beside(self) -> StepLog:
        """The steps of the same work in another lane; whoever listens to these hears of them, too."""
        return StepLog(self._listener)


class Evidence:
    """Writes evidence into `folder` (mode 0700, files 0600), made when the first piece is kept.

    Args:
        folder: the folder of the run.
        level: of which operations anything is kept.
        redactor: knows what is secret.
        mask: nobody but `people` may be seen.
        people: the addresses of the people concerned.
    """

    def __init__(
        self, folder: Path, level: EvidenceLevel, redactor: Redactor, *, mask: bool = False, people: Sequence[str] = ()
    ) -> None:
        self.folder = folder
        self.level = level
        self.mask = mask
        self.people = tuple(people)
        self._redactor = redactor
        self._count = 0
        self._strangers: frozenset[str] = frozenset()

    def scrub(self, text: str) -> str:
        """The text without any secret."""
        return self._redactor.scrub(text)

    def of_operation(self, number: int, operation: Operation) -> OperationEvidence:
        """For the operation with this number, counted from 0."""
        return OperationEvidence(self, number, operation)

    async def picture(self, page: Page, name: str, steps: StepLog) -> tuple[Path, ...]:
        """A screenshot, passwords and one-time codes covered; nothing where evidence of success is not asked for.

        Where none can be taken or kept, a step says so: that must not stop what is being done.
        """
        if self.level is not EvidenceLevel.ALL:
            return ()
        try:
            return await self._screenshot(page, self._stem(name), steps, as_jpeg=True)
        except PlaywrightError as trouble:
            if is_gone(trouble):
                raise
            steps.note(f"no picture of {name}: {_first_line(trouble)}")
        except OSError as trouble:
            steps.note(f"no picture of {name}: {trouble.strerror or trouble}")
        return ()

    async def failure(self, page: Page | None, name: str, steps: StepLog, error: str) -> tuple[Path, ...]:
        """Screenshot, accessibility snapshot and step log of something that went wrong."""
        if self.level is EvidenceLevel.OFF:
            return ()
        stem = self._stem(name)
        kept: list[Path] = []
        if page is not None and not page.is_closed():
            try:
                kept.extend(await self._screenshot(page, stem, steps))
                if self.mask:
                    self._strangers |= await masking.strangers_words(page, self.people)
                    snapshot = await masking.outline(page, self.people, _SECONDS)
                else:
                    snapshot = await page.locator("body").aria_snapshot(timeout=_SECONDS * 1000)
                kept.extend(self._write(f"{stem}.aria.yaml", snapshot))
            except PlaywrightError as trouble:
                steps.note(f"the page could not be pictured: {_first_line(trouble)}")
        kept.extend(self._write(f"{stem}.log", "\n".join([*steps.lines, "", error, ""])))
        return tuple(kept)

    # -- writing --------------------------------------------------------------------------------------------------
    async def _screenshot(self, page: Page, stem: str, steps: StepLog, *, as_jpeg: bool = False) -> tuple[Path, ...]:
        """As JPEG it takes little more than half the time and keeps less; PNG shows every dot of what went wrong."""
        how: dict[str, Any] = {"animations": "disabled", "timeout": _SECONDS * 1000}
        if as_jpeg:
            how |= {"type": "jpeg", "quality": _QUALITY}
        # The first cover on a page costs more than the picture, and few pages have anything to cover.
        covers = await _shows_secrets(page)
        data = await self._pictured(page, covers=covers, **how)
        if not covers and await _shows_secrets(page):  # it came up while the picture was taken
            data = await self._pictured(page, covers=True, **how)
        if data is None:
            steps.note("no picture: somebody else came into it while it was taken")
            return ()
        return self._keep(f"{stem}{'.jpg' if as_jpeg else '.png'}", data)

    async def _pictured(self, page: Page, *, covers: bool, **how: Any) -> bytes | None:
        """The picture; None where somebody who must not be seen came into it."""
        if covers:
            how["mask"] = [page.locator(_PASSWORDS)]
        return await masking.picture(page, self.people, **how) if self.mask else await page.screenshot(**how)

    def _stem(self, name: str) -> str:
        self._count += 1
        return f"{self._count:03d}-{_slug(name)}"

    def _write(self, name: str, text: str) -> tuple[Path, ...]:
        """Keeps a text without secrets, and where that is wanted without anybody else; `()` where a secret is left."""
        return self._keep_text(name, self._masked(text))

    def _masked(self, value: Any, *, words: bool = True) -> Any:
        """A text, or the texts in a JSON value, as may be seen; without `words` others are known by address only."""
        if not self.mask:
            return value
        if isinstance(value, str):
            return masking.masked(value, self.people, self._strangers if words else ())
        if isinstance(value, list):
            return [self._masked(each, words=words) for each in value]
        if isinstance(value, dict):
            return {key: self._masked(each, words=words) for key, each in value.items()}
        return value

    def _keep_text(self, name: str, text: str) -> tuple[Path, ...]:
        scrubbed = self._redactor.scrub(text).encode("utf-8", "replace")
        return () if self._redactor.holds_secret(scrubbed) else self._keep(name, scrubbed)

    def _keep(self, name: str, data: bytes) -> tuple[Path, ...]:
        self._make_folder()
        path = self.folder / name
        write_private(path, data)
        return (path,)

    def _make_folder(self) -> None:
        make_private(self.folder)
        mark = self.folder / MARK
        if not mark.exists():
            write_private(mark, json.dumps({"evidence_of": self.folder.name}).encode())


class OperationEvidence(Evidence):
    """The evidence of one operation, in a folder of its own below that of the run."""

    def __init__(self, run: Evidence, number: int, operation: Operation) -> None:
        people = tuple(person.email for person in people_of(operation))
        super().__init__(run.folder, run.level, run._redactor, mask=run.mask, people=people)
        self._run = run
        self._number = number
        self._operation = operation
        whom = people[0] if len(people) == 1 else f"{len(people)}-people"
        self._name = f"{number + 1:04d}-{operation.operation}-{_slug(whom)}"
        self._made = False
        self._began = datetime.now(UTC)
        self._started = monotonic()
        self._logged = False

    @property
    def wants_trace(self) -> bool:
        """Whether a trace belongs to it. It would show whole pages, so there is none where others are masked."""
        return self.level is EvidenceLevel.ALL and not self.mask

    def wanted(self, outcomes: Sequence[Outcome], *, acted: bool) -> bool:
        """Whether anything is to be kept of an operation that ended so."""
        if self.level is not EvidenceLevel.FAILURES:
            return self.level is EvidenceLevel.ALL
        wrong = {outcome.result for outcome in outcomes} & {Result.FAILED, Result.UNKNOWN, Result.REFUSED}
        return bool(wrong - ({Result.REFUSED} if not acted else set()))

    async def failure(self, page: Page | None, name: str, steps: StepLog, error: str) -> tuple[Path, ...]:
        kept = await super().failure(page, name, steps, error)
        self._logged = self._logged or any(path.suffix == ".log" for path in kept)
        return kept

    async def finish(
        self,
        page: Page | None,
        steps: StepLog,
        outcomes: Sequence[Outcome],
        entries: Sequence[GuardEntry],
        *,
        acted: bool,
        trace: bytes | None = None,
        remarks: Sequence[str] = (),
    ) -> tuple[Path, ...]:
        """Writes what belongs to every operation that is kept; the files, which are to be named in its outcome.

        Args:
            page: pictured as it is now where there is no picture yet.
            steps: becomes the step log, where none is kept yet.
            outcomes: what became of it.
            entries: what the guards said.
            acted: whether anything was sent.
            trace: the archive as Playwright made it.
            remarks: what whoever reads the evidence should know, one sentence each.
        """
        kept: list[Path] = []
        remarks = list(remarks)
        if page is not None and not page.is_closed() and not any(map(_has_picture, outcomes)):
            try:
                kept += await self._screenshot(page, self._stem("at the end"), steps)
            except PlaywrightError as trouble:
                remarks.append(f"there is no picture: {_first_line(trouble)}")
        if trace is not None:
            kept += await self._keep_trace(trace, remarks)
        if not self._logged:
            kept += self._write("steps.log", "\n".join([*steps.lines, ""]))
        kept += self._keep_text(ACCOUNT, self._account(outcomes, entries, acted, remarks))
        return tuple(kept)

    async def _keep_trace(self, trace: bytes, remarks: list[str]) -> tuple[Path, ...]:
        sanitised = await asyncio.to_thread(sanitise, trace, self._redactor)
        if sanitised.archive is None:
            remarks.append(f"the trace was dropped: {sanitised.why}")
            return ()
        return self._keep("trace.zip", sanitised.archive)

    def _account(
        self, outcomes: Sequence[Outcome], entries: Sequence[GuardEntry], acted: bool, remarks: Sequence[str]
    ) -> str:
        told = {
            "run": self._run.folder.name,
            "number": self._number + 1,
            "operation": self._operation.operation,
            "asked": self._masked(self._operation.model_dump(mode="json"), words=False),
            "began_at": self._began.isoformat(timespec="milliseconds"),
            "ended_at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "seconds": round(monotonic() - self._started, 3),
            "tier": outcomes[0].tier if outcomes else None,
            "sent": acted,
            "guards": self._masked([entry.model_dump(mode="json") for entry in entries]),
            "outcomes": self._masked([outcome.model_dump(mode="json", include=_TOLD) for outcome in outcomes]),
            "remarks": self._masked(list(remarks)),
        }
        return json.dumps(told, indent=2, ensure_ascii=False) + "\n"

    def _make_folder(self) -> None:
        """A new folder for each attempt at the operation: an earlier one keeps what it left."""
        if self._made:
            return
        self._run._make_folder()
        for attempt in range(1, 1000):
            self.folder = self._run.folder / (self._name if attempt == 1 else f"{self._name}-attempt-{attempt}")
            try:
                self.folder.mkdir(mode=0o700)
            except FileExistsError:
                continue
            self._made = True
            return
        raise OSError(f"there are a thousand folders named {self._name}")


def run_folder(state_dir: Path, run: str) -> Path:
    """Where the evidence of a run lies."""
    return state_dir / "evidence" / re.sub(r"[^A-Za-z0-9._-]", "_", run)


def write_private(path: Path, data: bytes) -> None:
    """Writes a file for this user alone; a link in its place is not followed."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(data)


def _has_picture(outcome: Outcome) -> bool:
    return any(path.endswith(PICTURES) for path in outcome.evidence)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]


async def _shows_secrets(page: Page) -> bool:
    """Whether a page has anything that must be covered; also where that cannot be told, as while it is replaced."""
    try:
        async with asyncio.timeout(_SECONDS):
            return bool(await page.evaluate(_SHOWS_SECRETS, _PASSWORDS))
    except TimeoutError:
        return True
    except PlaywrightError as trouble:
        if is_gone(trouble):
            raise
        return True


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
