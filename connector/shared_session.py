"""What the lanes at one console have in common: browser, session, what was learnt, and how it is kept on the disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from connector.driven_browser import DrivenBrowser
from connector.errors import ConnectorError, SignInFailed
from connector.one_time_codes import OneTimeCodes
from connector.redaction import Redactor
from connector.session_store import SavedSession, SessionStore
from connector.settings import Settings


class SharedSession:
    """One for all lanes. `say` gets a sentence for the operator; `redactor` learns what a session consists of."""

    def __init__(
        self, settings: Settings, browser: DrivenBrowser, redactor: Redactor, say: Callable[[str], None]
    ) -> None:
        self.browser = browser
        self.signing_in = asyncio.Lock()
        self.one_by_one = asyncio.Lock()
        self.lanes = 1
        self.session: SavedSession | None = None
        """The session as it was saved or loaded last."""
        self.sign_ins = 0
        """How often this process signed in: who has an older session takes the newer one up, and does not sign in."""
        self.learnt: dict[str, Any] | None = None
        self.learnt_saved: dict[str, Any] = {}
        self.locked_out: SignInFailed | None = None
        """Why the console did not let the account in: the same credentials are not tried twice."""
        self.codes: OneTimeCodes | None = None
        self.closed = False
        self._settings = settings
        self._redactor = redactor
        self._say = say
        self._store = SessionStore(settings.state_dir, settings.state_key, say)
        self._writing: asyncio.Task[None] | None = None

    def load(self) -> SavedSession | None:
        """What is saved for the account, if anything."""
        account = self._settings.email
        return self._store.load(self._settings.url, account) if account else None

    def known(self) -> SavedSession | None:
        """The session as it was saved or loaded last, loaded now if it has not been."""
        if self.session is None:
            self.session = self.load()
            if self.session is not None:
                self._redactor.learn(self.session.secrets())
        return self.session

    def take(self, session: SavedSession) -> None:
        """The session as it is now, which is about to be saved."""
        self._redactor.learn(session.secrets())
        self.session = session
        self.learnt_saved = dict(session.layout)

    async def save(self, session: SavedSession) -> None:
        """Saves it. Raises SettingsError where it cannot be."""
        await self.written()
        await asyncio.to_thread(self._store.save, session)

    async def write(self, session: SavedSession) -> None:
        """Has it saved while the work goes on: a start that signed in need not wait for it.

        Where it cannot be, the operator hears of it.
        """
        await self.written()

        async def writing() -> None:
            try:
                await asyncio.to_thread(self._store.save, session)
            except ConnectorError as error:
                self._say(f"The next start signs in again: {error.in_one_line()}.")

        self._writing = asyncio.create_task(writing())

    async def written(self) -> None:
        """Waits until what is being written is on the disk."""
        if self._writing is not None:
            await asyncio.shield(self._writing)
