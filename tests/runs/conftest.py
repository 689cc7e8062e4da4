"""Situations of the flows that guards meet here, too; and the SCIM service with a browser of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from starlette.testclient import TestClient

from connector import Connector, deciding, run_control
from connector.scim_service import tokens
from connector.scim_service.service import Options, Service
from connector.settings import Settings
from fixtures.mock_console import MockConsole
from tests.conftest import settings_for
from tests.flows.conftest import no_admin_itself as no_admin_itself
from tests.unit.scim_service.served import Client

APPROVER = "Priya of the service desk"


class Provider(Client):
    """A service in front of the mock console, and who decides about what waits in its runs."""

    def __init__(self, client: TestClient, service: Service, settings: Settings) -> None:
        super().__init__(client)
        self.service = service
        self.settings = settings

    def waiting(self) -> dict[str, list[str]]:
        """By run, who waits there and was not decided about."""
        runs = [each.request.id for each in run_control.views(self.settings, limit=50) if each.waiting]
        return {
            run: [each.waiting.operation.email for each in deciding.waits(self.settings, run) if each.decision is None]
            for run in runs
        }

    def decide(self, run: str, email: str, *, approved: bool) -> None:
        """Decides as `workramp runs approve` and `reject` do."""
        meant = deciding.select(deciding.waits(self.settings, run), [email], (), run)
        reason = None if approved else "nobody of the staff knows her"
        digests = [each.digest for each in meant]
        deciding.decide(self.settings, run, digests, approved=approved, by=APPROVER, reason=reason)

    def until_nothing_waits(self, seconds: float = 60) -> None:
        """Waits until the service has taken up what was decided, and is done with it."""
        writes = self.service.writes
        with writes.changed:
            assert writes.changed.wait_for(lambda: not writes.waiting() and not writes.unfinished(), seconds)


Serve = Callable[..., Provider]


@pytest.fixture
def serve(mock: MockConsole, tmp_path: Path) -> Iterator[Serve]:
    """Starts the service with a browser of its own, ready to answer."""
    with ExitStack() as running:

        def start(options: Options | None = None, **settings: Any) -> Provider:
            given = settings_for(mock, tmp_path / "state", **{"timeout": 15, "lanes": 2, **settings})
            said: list[str] = []
            console = running.enter_context(Connector(given, say=said.append))
            service = running.enter_context(Service(given, console, options, say=said.append))
            headers = {"Authorization": f"Bearer {tokens.add(service.shelf, 'okta', tokens.Use.SCIM)}"}
            http = running.enter_context(TestClient(service.application(), headers=headers))
            deadline = monotonic() + 60
            while http.get("/readyz").status_code != 200:
                assert monotonic() < deadline, said
            return Provider(http, service, given)

        yield start
