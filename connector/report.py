"""The HTML report of a run: one file that needs nothing beside it, readable on a telephone and in a dark room.

What came from a console or a file is escaped by the template; the page has no scripts and forbids them.
"""

from __future__ import annotations

import base64
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from connector.models import Outcome, Result, SeatPool, Seats
from connector.redaction import neutralise

FILE_NAME = "report.html"
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp"}
_TEXTS = {".txt", ".log", ".yaml", ".yml", ".json", ".jsonl", ".md"}
_ACCOUNTS = {"operation.json", "run.json"}
"""Evidence for programs; what is in it stands in the report's own words."""
_LONGEST_TEXT = 20_000
"""Characters of a log or page snapshot that are shown."""


@dataclass(frozen=True)
class Detail:
    """What is shown of one outcome beside itself.

    Args:
        asked: what was asked, in a few words.
        at: when, such as `06:00:12 UTC`.
        spoke: guards that said something, as name, what they said, and why.
        passed: names of the guards that let it pass.
        remarks: a sentence each.
    """

    asked: str = ""
    at: str = ""
    spoke: Sequence[tuple[str, str, str]] = ()
    passed: Sequence[str] = ()
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """One chapter: what was done, what became of it, and the pictures of it.

    Args:
        heading: a few words.
        text: one paragraph; line breaks are kept.
        outcomes: shown as a table, each with links to its evidence.
        facts: names and values, shown as a list.
        pictures: files shown beside those that the outcomes carry as evidence.
        dry_run: the outcomes say what would happen, and nothing is called done.
        details: what is shown beside the outcomes, one each; none where it is empty.
    """

    heading: str
    text: str = ""
    outcomes: Sequence[Outcome] = ()
    facts: Sequence[tuple[str, str]] = ()
    pictures: Sequence[Path] = ()
    dry_run: bool = False
    details: Sequence[Detail] = ()


@dataclass(frozen=True)
class _Figure:
    """A picture (`source` is a data or relative address), or the text of a log."""

    number: int
    caption: str
    source: str = ""
    text: str = ""


def write_report(
    folder: Path,
    title: str,
    sections: Sequence[Section],
    *,
    intro: str = "",
    before: Seats | None = None,
    after: Seats | None = None,
    notes: Sequence[str] = (),
    at: datetime | None = None,
    embed_at_most: int = 32_000_000,
) -> Path:
    """Writes `report.html` into the folder, which is made where it is missing, and returns its path.

    Args:
        folder: where the report goes; a former report in it is replaced.
        title: the heading of the page.
        sections: the chapters in order.
        intro: one paragraph under the title.
        before: seat use at the start; shown beside `after`.
        after: seat use at the end.
        notes: remarks at the end of the page, a sentence each.
        at: when it happened; None means now.
        embed_at_most: bytes of pictures that go into the file; those after them are copied into `pictures/`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page = _page(_Figures(folder, embed_at_most), title, sections, intro, before, after, notes, at)
    path = folder / FILE_NAME
    path.touch(mode=0o600)
    path.write_text(page, encoding="utf-8")
    return path


def report_page(
    title: str,
    sections: Sequence[Section],
    *,
    intro: str = "",
    notes: Sequence[str] = (),
    at: datetime | None = None,
    embed_at_most: int = 150_000_000,
) -> str:
    """The same page as a text that needs no other file; where pictures beyond `embed_at_most` bytes lie is said."""
    return _page(_Figures(None, embed_at_most), title, sections, intro, None, None, notes, at)


def _page(
    figures: _Figures,
    title: str,
    sections: Sequence[Section],
    intro: str,
    before: Seats | None,
    after: Seats | None,
    notes: Sequence[str],
    at: datetime | None,
) -> str:
    chapters = []
    for number, section in enumerate(sections, 1):
        shown = figures.of(section)
        details: Sequence[Detail | None] = section.details or [None] * len(section.outcomes)
        chapters.append(
            {
                "number": number,
                "section": section,
                "tally": _tally(section.outcomes, section.dry_run),
                "rows": [
                    _row(outcome, figures, section.dry_run) | {"detail": detail}
                    for outcome, detail in zip(section.outcomes, details, strict=True)
                ],
                "pictures": [figure for figure in shown if figure.source],
                "texts": [figure for figure in shown if figure.text],
            }
        )
    environment = Environment(
        loader=PackageLoader("connector", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2").render(
        title=title,
        intro=intro,
        chapters=chapters,
        tally=_tally([outcome for section in sections if not section.dry_run for outcome in section.outcomes]),
        pools=_pools(before, after),
        notes=[*notes, *figures.left_out()],
        at=(at or datetime.now(UTC)).astimezone(UTC),
    )


class _Figures:
    """Numbers the evidence files in order of appearance; a file that several outcomes share is shown once."""

    def __init__(self, folder: Path | None, embed_at_most: int) -> None:
        """`folder` takes the pictures for which there is no room; where it is None they are left out."""
        self._folder = folder
        self._left_out: list[Path] = []
        self._room = embed_at_most
        self._known: dict[Path, _Figure | None] = {}
        self._count = 0

    def of(self, section: Section) -> list[_Figure]:
        """The figures that this section is the first to show."""
        whose: dict[Path, str] = {}
        for outcome in section.outcomes:
            for path in map(Path, outcome.evidence):
                # What belongs to several people is named after none of them.
                whose[path] = outcome.subject if whose.get(path, outcome.subject) == outcome.subject else ""
        new = [path for path in dict.fromkeys([*section.pictures, *whose]) if path not in self._known]
        for path in new:
            self._known[path] = self._figure(path, whose.get(path, ""))
        return [figure for path in new if (figure := self._known[path]) is not None]

    def numbers(self, paths: Iterable[str]) -> list[int]:
        found = (self._known.get(Path(path)) for path in paths)
        return [figure.number for figure in found if figure is not None]

    def left_out(self) -> list[str]:
        """A remark on pictures for which there was no room."""
        if not self._left_out:
            return []
        folders = sorted({str(path.parent) for path in self._left_out})
        return [f"{len(self._left_out)} pictures would make this file too large; they are in {', '.join(folders)}."]

    def _figure(self, path: Path, whose: str) -> _Figure | None:
        kind = path.suffix.lower()
        if not path.is_file() or path.name in _ACCOUNTS or kind not in _PICTURES | dict.fromkeys(_TEXTS):
            return None
        if self._folder is None and kind in _PICTURES and path.stat().st_size > self._room:
            self._left_out.append(path)
            return None
        self._count += 1
        caption = _caption(path, whose)
        if kind in _TEXTS:
            text = path.read_text(encoding="utf-8", errors="replace")
            cut = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + "\n[...]"
            return _Figure(self._count, caption, text=cut or "(empty)")
        return _Figure(self._count, caption, source=self._source(path, _PICTURES[kind]))

    def _source(self, path: Path, media_type: str) -> str:
        data = path.read_bytes()
        if len(data) <= self._room:
            self._room -= len(data)
            return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"
        assert self._folder is not None
        name = f"{self._count:03}{path.suffix.lower()}"
        (self._folder / "pictures").mkdir(exist_ok=True)
        shutil.copyfile(path, self._folder / "pictures" / name)
        return f"pictures/{name}"


def _shown(value: object) -> object:
    """Foreign text without what could reorder or hide its letters; line breaks stay."""
    if isinstance(value, Markup) or not isinstance(value, str) or (value.isascii() and value.isprintable()):
        return value
    return "\n".join(map(neutralise, value.split("\n")))


def _caption(path: Path, whose: str) -> str:
    """`03-invite_saved.png` reads `invite saved`; of other files the kind is said. `whose` is somebody's address."""
    words = re.sub(r"[-_\s]+", " ", path.name.partition(".")[0]).strip()
    words = re.sub(r"^\d+ (?=\D)", "", words) or path.name
    kind = {".log": "step log", ".yaml": "page snapshot", ".yml": "page snapshot"}.get(path.suffix.lower())
    said = re.sub(r"[^a-z0-9]+", " ", whose.lower()).strip()
    if said:
        words = " ".join(words.replace(said, " ").removeprefix("steps").split())
        words = f"{whose}: {words}" if words else whose
    return f"{words} ({kind})" if kind else words


def _row(outcome: Outcome, figures: _Figures, dry_run: bool) -> dict[str, object]:
    return {"outcome": outcome, "label": _label(outcome.result, dry_run), "figures": figures.numbers(outcome.evidence)}


def _label(result: Result, dry_run: bool) -> str:
    return "would" if dry_run and result is Result.DONE else result.value


def _tally(outcomes: Sequence[Outcome], dry_run: bool = False) -> list[tuple[str, int]]:
    counts = Counter(outcome.result for outcome in outcomes)
    return [(_label(result, dry_run), counts[result]) for result in Result if counts[result]]


def _pools(before: Seats | None, after: Seats | None) -> list[dict[str, SeatPool | None]]:
    """Every pool with its state at the start and at the end, in the order of the console."""
    first = {pool.name: pool for pool in before.pools} if before else {}
    last = {pool.name: pool for pool in after.pools} if after else {}
    return [{"before": first.get(name), "after": last.get(name)} for name in {**first, **last}]
