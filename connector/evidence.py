"""What is kept of an operation: screenshots, the page's accessibility snapshot and the step log. No secret survives."""

from __future__ import annotations

import os
import re
from pathlib import Path
from time import monotonic

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from connector.redaction import Redactor
from connector.settings import EvidenceLevel

_PASSWORDS = "input[type=password], input[autocomplete=one-time-code], input[inputmode=numeric], input[maxlength='1']"


class StepLog:
    """The steps of one operation, with seconds since its start."""

    def __init__(self) -> None:
        self._start = monotonic()
        self.lines: list[str] = []

    def note(self, text: str) -> None:
        self.lines.append(f"{monotonic() - self._start:8.3f}  {text}")


class Evidence:
    """Writes evidence into `folder` (mode 0700, files 0600), made when the first piece is kept."""

    def __init__(self, folder: Path, level: EvidenceLevel, redactor: Redactor) -> None:
        self.folder = folder
        self.level = level
        self._redactor = redactor
        self._count = 0

    def scrub(self, text: str) -> str:
        """The text without any secret."""
        return self._redactor.scrub(text)

    def _path(self, name: str) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self.folder / name

    def _stem(self, name: str) -> str:
        self._count += 1
        return f"{self._count:03d}-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:60]}"

    def _write(self, name: str, text: str) -> Path | None:
        scrubbed = self._redactor.scrub(text).encode("utf-8", "replace")
        if self._redactor.holds_secret(scrubbed):
            return None
        path = self._path(name)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(scrubbed)
        return path

    async def picture(self, page: Page, name: str) -> tuple[Path, ...]:
        """A screenshot, passwords and one-time codes covered; nothing where evidence of success is not asked for."""
        if self.level is not EvidenceLevel.ALL:
            return ()
        return await self._screenshot(page, self._stem(name))

    async def _screenshot(self, page: Page, stem: str) -> tuple[Path, ...]:
        path = self._path(f"{stem}.png")
        data = await page.screenshot(mask=[page.locator(_PASSWORDS)], animations="disabled", timeout=5000)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(data)
        return (path,)

    async def failure(self, page: Page | None, name: str, steps: StepLog, error: str) -> tuple[Path, ...]:
        """Screenshot, accessibility snapshot and step log of something that went wrong."""
        if self.level is EvidenceLevel.OFF:
            return ()
        stem = self._stem(name)
        kept: list[Path] = []
        problems: list[str] = []
        if page is not None and not page.is_closed():
            try:
                kept.extend(await self._screenshot(page, stem))
                snapshot = await page.locator("body").aria_snapshot(timeout=5000)
                if path := self._write(f"{stem}.aria.yaml", snapshot):
                    kept.append(path)
            except PlaywrightError as trouble:
                problems.append(f"the page could not be pictured: {str(trouble).splitlines()[0]}")
        log = "\n".join([*steps.lines, *problems, "", error, ""])
        if path := self._write(f"{stem}.log", log):
            kept.append(path)
        return tuple(kept)


def run_folder(state_dir: Path, run: str) -> Path:
    """Where the evidence of a run lies."""
    return state_dir / "evidence" / re.sub(r"[^A-Za-z0-9._-]", "_", run)
