"""Recordings: what the screens of a console were, personal data replaced, and what was read from them.

    DIR/<edition>/<dialect>/recording.json      which console it was and when
    DIR/<edition>/<dialect>/<screen>/page.html      the page, without scripts, the styles that matter inlined
    DIR/<edition>/<dialect>/<screen>/aria.yaml      what a screen reader would hear
    DIR/<edition>/<dialect>/<screen>/reading.json   what the page objects read from page.html

The page is written first and read back in a browser that reaches nothing, so what is expected of a recording is what
can be read from it. Nothing is written before everything was searched for what must not be in it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from connector.browser import WINDOW
from connector.errors import InputError, RecordingRefused
from connector.offline import ARIA, META, PAGE, READING, differing, opened
from connector.pages import PageWriter, texts
from connector.redaction import Redactor
from connector.scrubbing import Kind, Scrubber
from connector.stops import Look, Stop, look
from connector.survey import dialect_of, edition_of
from page_objects import words
from page_objects.controls import engine
from page_objects.lane import Lane
from page_objects.words import Vocabulary

_FORMAT = 1
_SECRET = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\S{8,}|\S{16,}")
"""What a hidden field or cookie holds that is a token rather than a word such as `last_login`."""


@dataclass(frozen=True)
class Recorded:
    """What was written: the folder, the screens, what is read otherwise than live, words that no document knows."""

    folder: Path
    screens: tuple[str, ...]
    otherwise: tuple[str, ...]
    own_words: tuple[str, ...]


@dataclass(frozen=True)
class _Capture:
    seen: Look
    page: Mapping[str, Any]


@dataclass
class Recorder:
    """Keeps what a walk shows it, and writes it all at the end.

    Args:
        folder: where the recording goes.
        account: the address of the account that is signed in; None where it is not known.
        secrets: what must not be written under any circumstances, besides what the pages and cookies hold.
        source: what kind of console it is, for whoever reads the recording.
        salt: what the replacements follow from; None takes a new one.
        vocabulary: the words in force.
    """

    folder: Path
    account: str | None
    secrets: Collection[str]
    source: str
    salt: bytes | None = None
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    _captures: list[_Capture] = field(default_factory=list)
    _tokens: set[str] = field(default_factory=set)
    _lane: Lane | None = None

    def begin(self) -> None:
        """To be called before each walk. Raises InputError for a folder that holds something else."""
        self._captures.clear()
        if self.folder.exists() and not self.folder.is_dir():
            raise InputError(f"{self.folder} is no folder")

    async def capture(self, lane: Lane, seen: Look) -> None:
        """Keeps the screen that the lane shows now."""
        self._lane = lane if seen.stop.kind != "sign-in" else self._lane
        page = await engine.evaluate(lane.page, "capture", also="capture.js")
        self._tokens |= set(page["secrets"])
        cookies = await lane.page.context.cookies()
        self._tokens |= {cookie.get("value", "") for cookie in cookies}
        self._captures.append(_Capture(seen, page))

    async def finish(self, looks: Sequence[Look]) -> Recorded:
        """Writes the recording. Raises RecordingRefused, with nothing written, where it would tell somebody's data."""
        assert self._lane is not None
        scrubber = self._scrubber()
        browser = self._lane.page.context.browser
        assert browser is not None
        edition, (dialect, rendered) = edition_of(looks), dialect_of(looks)
        folder = self.folder / edition / dialect
        files: dict[str, str] = {}
        otherwise: list[str] = []
        for capture in self._captures:
            stop = capture.seen.stop
            writer = PageWriter(scrubber)
            page = writer.page(capture.page)
            self._refuse_names(stop.name, writer.said, scrubber)
            stop = replace(stop, email=scrubber.text(stop.email) if stop.email else None)
            async with opened(browser, page, self.vocabulary) as lane:
                reading = (await look(lane, stop)).reading()
                aria = await lane.page.locator("body").aria_snapshot()
            live = _scrubbed(capture.seen.reading(), scrubber)
            differences = differing(live, reading)
            otherwise += [f"{stop.name}: {line}" for line in differences]
            kept = {"stop": _json(stop), "expected": reading, "otherwise than the page itself": differences}
            files |= {f"{stop.name}/{PAGE}": page, f"{stop.name}/{ARIA}": aria + "\n"}
            files[f"{stop.name}/{READING}"] = json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
        screens = tuple(capture.seen.stop.name for capture in self._captures)
        meta = {
            "format": _FORMAT,
            "edition": edition,
            "dialect": dialect,
            "rendered": rendered,
            "source": self.source,
            "recorded": f"{datetime.now(UTC):%Y-%m-%d}",
            "window": list(WINDOW["viewport"].values()),
            "screens": screens,
        }
        files[META] = json.dumps(meta, indent=1) + "\n"
        self._refuse_secrets(files)
        _write(folder, files)
        own_words = tuple(sorted(word for word in scrubber.own_words if len(word) > 2))
        return Recorded(folder, screens, tuple(otherwise), own_words)

    # -- what is replaced ---------------------------------------------------------------------------------------
    def _people(self) -> list[Mapping[str, Any]]:
        values = [capture.seen.values for capture in self._captures]
        shown = [person for value in values for person in value.get("people", ())]
        return [*shown, *(value["person"] for value in values if value.get("person"))]

    def _known_texts(self) -> set[str]:
        """Names, addresses and groups as the page objects read them, and the host: their words are replaced."""
        found = {self.account or ""} | {a for capture in self._captures for a in capture.page["addresses"]}
        for person in self._people():
            name = (person["first_name"] or "", person["last_name"] or "")
            found |= {person["email"], *name, " ".join(name).strip()}
            found |= {*(person["groups"] or ()), *(person["managers"] or ())}
        if self._lane is not None:
            host = urlsplit(self._lane.base_url).hostname or ""
            found |= {label for label in host.split(".") if label not in ("app", "eu", "workramp", "com", "localhost")}
        return found - {""}

    def _scrubber(self) -> Scrubber:
        phrases = {*words.NEVER, *words.NOTHING, "SCIM"}
        phrases |= {spelling for word in words.known().values() for spelling in self.vocabulary.of(word)}
        known = self._known_texts()
        first = Scrubber(phrases, known, salt=b"only to ask")
        data = {
            word
            for capture in self._captures
            for text, kind in texts(capture.page["body"])
            if kind is Kind.DATA and not first.is_documented(text)
            for word in re.findall(r"[^\W\d_]+", text)
            if not first.is_common(word)
        }
        return Scrubber(phrases, known | data, salt=self.salt)

    # -- what is refused ----------------------------------------------------------------------------------------
    def _refuse_names(self, screen: str, said: Sequence[str], scrubber: Scrubber) -> None:
        """Looks for what is known of the tenant, in other ways than it was replaced by."""
        known = self._known_texts()
        addresses = [text.casefold() for text in known if "@" in text]
        whole = [text for text in known if " " in text and not scrubber.is_documented(text)]
        single = {
            word.casefold()
            for text in known
            for word in re.findall(r"[^\W\d_]{4,}", text.rpartition(".")[0] if "@" in text else text)
            if not scrubber.is_common(word) and word.casefold() != "example"  # what every replaced address ends with
        }
        for text in said:
            folded = text.casefold()
            if any(address in folded for address in addresses):
                raise _refused("an address of the tenant", screen)
            if scrubber.is_documented(text):
                continue
            if any(name in text for name in whole) or single.intersection(re.findall(r"[^\W\d_]{4,}", folded)):
                raise _refused("a name of the tenant", screen)

    def _refuse_secrets(self, files: Mapping[str, str]) -> None:
        tokens = {token for token in self._tokens if _SECRET.fullmatch(token)}
        redactor = Redactor({*self.secrets, *tokens})
        addresses = {text.casefold() for text in self._known_texts() if "@" in text}
        for name, text in files.items():
            if redactor.holds_secret(text.encode("utf-8", "replace")):
                raise _refused("a secret of the session or the settings", name)
            if any(address in text.casefold() for address in addresses):
                raise _refused("an address of the tenant", name)


def _refused(what: str, screen: str) -> RecordingRefused:
    return RecordingRefused(f"the recording would hold {what}", screen=screen)


def _json(stop: Stop) -> dict[str, Any]:
    return {name: value for name, value in vars(stop).items() if value is not None}


def _scrubbed(value: Any, scrubber: Scrubber, key: str = "") -> Any:
    """A reading as it is to be read from the scrubbed page."""
    if isinstance(value, Mapping):
        return {name: _scrubbed(each, scrubber, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_scrubbed(each, scrubber, key) for each in value]
    if isinstance(value, str) and key in ("email", "first_name", "last_name", "groups", "managers", "last_login"):
        return scrubber.text(value)
    if isinstance(value, int) and not isinstance(value, bool) and key in ("total", "used"):
        return int(scrubber.text(str(value)))
    return value


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """All of them, in place of what was recorded there before."""
    if (folder / META).is_file():
        shutil.rmtree(folder)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
