"""`workramp demo`: the main job, end to end, on the mock console."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from connector.cli.options import Browsing, example, with_options
from connector.cli.terminal import neutral, put
from connector.cli.work import Watch, watched
from connector.errors import ConnectorError

if TYPE_CHECKING:
    from connector.settings import Settings
    from fixtures.mock_console import MockConsole

EXAMPLE = example("workramp demo --headed --latency-ms 150")

_SPARE_SEATS = 40
_FEWEST = 60
"""So many people hold the whole fixed cast, which the story is about."""


@with_options(Browsing)
def demo(
    flags: Browsing,
    people: Annotated[
        int, typer.Option("--people", metavar="N", min=_FEWEST, max=20_000, help="How many people there are.")
    ] = 75,
    latency_ms: Annotated[
        float, typer.Option("--latency-ms", metavar="N", min=0, max=5000, help="Added to every response.")
    ] = 0,
    report: Annotated[
        Path, typer.Option("--report", metavar="DIR", file_okay=False, help="Where the report goes.")
    ] = Path("demo-report"),
) -> None:
    """Shows the main job on a mock console: invite, import, deactivate, reactivate, read back.

    Everybody in it is made up, and nothing leaves this machine. Ends with 0
    only if the mock's own books agree with everything that was said.
    """
    from connector.head_start import HeadStart

    started = time.monotonic()
    with ExitStack() as opened:
        state = opened.enter_context(_folder_for_a_while())
        start = opened.enter_context(HeadStart())
        from fixtures.mock_console import MockConsole, MockOptions

        options = MockOptions(people=people, seats=people + _SPARE_SEATS, latency_ms=latency_ms)
        mock = opened.enter_context(MockConsole(options))
        put(f"A mock of the admin console runs at {mock.url}; its {people:,} people are made up.")
        settings = _settings(mock, state, flags)
        start.open(settings, headed=flags.headed)
        import fixtures
        from connector.cli.story import Story
        from connector.face import Connector
        from connector.report import write_report

        watch = _WatchBySteps()
        with Connector(settings, headed=flags.headed, progress=watch.progress, say=watch.say, start=start) as connector:
            story = Story(connector, mock, watch.step, Path(fixtures.__file__).parent / "rosters", state)
            story.tell()
        path = write_report(
            report,
            "People provisioned through the admin console",
            story.sections,
            intro=f"A browser worked in a mock of the admin console with {people:,} made-up people, through the code "
            "that commands and scripts use. Nothing is called done that was not read back.",
            before=story.seats[0],
            after=story.seats[-1],
            notes=["The console is a mock built from public documentation; none of this was seen on a live tenant."],
        )
    put()
    if story.problems:
        put(f"Not everything ended as intended ({len(story.problems)}):", "bold red")
        for problem in story.problems:
            put(f"  - {neutral(problem)}")
    else:
        put("Everything ended as intended.", "bold green")
    put(f"The report with screenshots is {neutral(path)} ({time.monotonic() - started:.1f} s).")
    if story.problems:
        raise typer.Exit(1)


def _settings(mock: MockConsole, state_dir: Path, flags: Browsing) -> Settings:
    """Settings for the mock alone: what the environment and .env say is about another console, but for the browser."""
    from pydantic import SecretStr

    from connector.settings import EvidenceLevel, Settings

    evidence = EvidenceLevel.ALL if flags.evidence is None else EvidenceLevel(flags.evidence.value)
    settings = Settings.model_construct(
        url=mock.url,
        email=mock.admin_email,
        password=SecretStr(mock.admin_password),
        browser=os.environ.get("WORKRAMP_BROWSER") or None,
        state_dir=state_dir,
        state_key=SecretStr(secrets.token_hex(16)),
        evidence=evidence,
    )
    given = {"timeout": flags.timeout, "lanes": flags.lanes}
    return settings.model_copy(update={name: value for name, value in given.items() if value is not None})


@contextmanager
def _folder_for_a_while() -> Iterator[Path]:
    """A folder for sessions and evidence, gone afterwards; an error that names evidence in it leaves it there."""
    folder = Path(tempfile.mkdtemp(prefix="workramp-demo-"))
    try:
        yield folder
    except ConnectorError:
        raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)


class _WatchBySteps:
    """Progress is shown while a step runs, and is gone before its rows are printed."""

    def __init__(self) -> None:
        self._watch: Watch | None = None
        self._first = "starting the browser"

    def progress(self, what: str, done: int, total: int | None) -> None:
        if self._watch is not None:
            self._watch.progress(what, done, total)

    def say(self, text: str) -> None:
        if self._watch is not None:
            self._watch.say(text)

    @contextmanager
    def step(self) -> Iterator[None]:
        with watched(quiet=False, first=self._first) as self._watch:
            yield
        self._watch, self._first = None, "working"
