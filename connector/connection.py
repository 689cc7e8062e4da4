"""The life of a connector: its browser, its tiers, its logs, on an event loop in a thread of its own."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

from connector.actions.context import Context
from connector.batch import Batch
from connector.by_hand import require_display
from connector.console import Console
from connector.driven_browser import DrivenBrowser
from connector.errors import SettingsError
from connector.evidence import Evidence, run_folder
from connector.labels import load_labels
from connector.models import (
    Guard,
    Operation,
    Outcome,
)
from connector.redaction import Redactor
from connector.run_log import RunLog
from connector.run_records import new_run_id
from connector.settings import EvidenceLevel, Settings, TierName, load_settings
from page_objects.words import Vocabulary

if TYPE_CHECKING:
    from connector.head_start import HeadStart
    from connector.tiers.doors import DoorTier
    from connector.tiers.router import Router

T = TypeVar("T")
Progress = Callable[[str, int, int | None], None]
Agree = Callable[[Sequence[Operation], Sequence[Outcome]], None]
"""Hears what is about to be done and what is left out, before anything is sent; raises to stop it."""


class Connection:
    """What `Connector` stands on: opened on first use, closed with the context manager."""

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        headed: bool = False,
        progress: Progress | None = None,
        say: Callable[[str], None] | None = None,
        start: HeadStart | None = None,
    ) -> None:
        self.settings = settings or load_settings()
        self._headed = headed
        self._start = start
        self._progress: Progress = progress or (lambda what, done, total: None)
        self._say = say or (lambda text: print(text, file=sys.stderr))  # noqa: T201 - results alone go to stdout
        self._vocabulary = load_labels(self.settings.labels) if self.settings.labels else Vocabulary()
        self._exits = ExitStack()
        self._portal: BlockingPortal | None = None
        self._console: Console | None = None
        self._router: Router | None = None
        self._redactor = Redactor(self.settings.secrets())
        self._log = RunLog.of(self.settings, self._redactor.scrub)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Saves what was learnt and ends the browser. Safe to call twice."""
        console, self._console = self._console, None
        router, self._router = self._router, None
        portal, self._portal = self._portal, None
        try:
            if console is not None and portal is not None:
                try:
                    portal.call(console.save_what_was_learnt)
                finally:
                    portal.call(console.close)
            if router is not None and portal is not None:
                portal.call(router.close)
        finally:
            self._exits.close()
            self._log.close()

    def sign_in(self, *, seconds: float = 600) -> None:
        """Lets a person sign in in the browser's window, for at most so many seconds, and saves the session.

        For what needs a person: an identity provider's own ways, a second factor without a secret. No password is
        needed in the settings. Raises SignInFailed where there is no display or nobody signs in in time, Refused
        (wrong-tenant) for another account than the settings'.
        """
        if self.settings.email is None:
            raise SettingsError(
                "Signing in by hand needs WORKRAMP_EMAIL: it says whose session is saved.",
                advice="set it in the environment, in .env, or in the file that --env-file names",
            )
        if self._headed:
            require_display()
        batch = self._batch(new_run_id(), evidence=EvidenceLevel.OFF)
        self._call(partial(batch.sign_in_by_hand, seconds))

    def _read(
        self,
        what: str,
        action: Callable[[Context], Awaitable[T]],
        otherwise: Callable[[DoorTier], Awaitable[T]] | None = None,
    ) -> T:
        """Reads through the console, or as `otherwise` does where another tier has to do."""
        batch = self._batch(new_run_id())
        return self._call(partial(batch.read_anyhow, what, action, otherwise))

    def _batch(
        self,
        run: str,
        *,
        dry_run: bool = False,
        overrides: Collection[Guard] = (),
        on_outcome: Callable[[Outcome], None] | None = None,
        evidence: EvidenceLevel | None = None,
    ) -> Batch:
        if self._console is None:
            self._console = Console(
                self.settings,
                self._start.browser if self._start else DrivenBrowser(self.settings, headed=self._headed),
                say=self._say,
                vocabulary=self._vocabulary,
                redactor=self._redactor,
                signed_in=partial(self._log.signed_in, self.settings.url, self.settings.email or ""),
            )
        if self._router is None and self.settings.tiers != (TierName.CONSOLE,):
            # Imported here: where the console is the only way, no HTTP library is loaded.
            from connector.tiers.router import Router

            self._router = Router(self.settings)
        folder = run_folder(self.settings.state_dir, run)
        return Batch(
            console=self._console,
            evidence=Evidence(
                folder, evidence or self.settings.evidence, self._redactor, mask=self.settings.evidence_mask
            ),
            run=run,
            lanes=self.settings.lanes,
            dry_run=dry_run,
            overrides=frozenset(overrides),
            on_outcome=on_outcome or (lambda outcome: None),
            progress=self._progress,
            say=self._say,
            router=self._router,
            log=self._log.without_audit() if dry_run else self._log,
        )

    def _call(self, action: Callable[[], Awaitable[T]]) -> T:
        if self._portal is None:
            self._portal = self._start.portal if self._start else self._exits.enter_context(start_blocking_portal())
        return self._portal.call(self._settled, action)

    async def _settled(self, action: Callable[[], Awaitable[T]]) -> T:
        """What it comes to, once a session that it signed in to is kept: the next process may start right after."""
        try:
            return await action()
        finally:
            if self._console is not None:
                await self._console.session_written()
