"""The SCIM service in front of the mock console, through the browser: judged by the console's books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest
from starlette.testclient import TestClient

from connector import Connector
from connector.scim_service import tokens
from connector.scim_service.service import Options, Service
from fixtures.mock_console import MockConsole
from tests.conftest import settings_for
from tests.unit.scim_served import Served, new_user

GRACE, INGRID = "grace.okafor@northwind.example", "ingrid.sorensen@northwind.example"
NEW = "nell.quist@northwind.example"

Serve = Callable[..., Served]


@pytest.fixture
def serve(mock: MockConsole, tmp_path: Path) -> Iterator[Serve]:
    """Starts the service with a browser of its own, ready to answer."""
    with ExitStack() as running:

        def start(options: Options | None = None) -> Served:
            settings = settings_for(mock, tmp_path / "state", timeout=15, lanes=2)
            said: list[str] = []
            console = running.enter_context(Connector(settings, say=said.append))
            service = running.enter_context(Service(settings, console, options, say=said.append))
            headers = {"Authorization": f"Bearer {tokens.add(service.shelf, 'okta', tokens.Use.SCIM)}"}
            client = running.enter_context(TestClient(service.application(), headers=headers))
            deadline = monotonic() + 60
            while client.get("/readyz").status_code != 200:
                assert monotonic() < deadline, said
            return Served(service, None, client)  # type: ignore[arg-type]

        yield start


def test_a_person_is_created_changed_deleted_and_created_again(serve: Serve, mock: MockConsole) -> None:
    assert NEW not in mock.people()
    before = {email: person for email, person in mock.people().items()}
    scim = serve()

    created = scim.ask("POST", "/Users", new_user(NEW, "Nell", "Quist", externalId="00u1", active=True))
    assert created.status_code == 201, created.text
    assert mock.people()[NEW].first_name == "Nell"
    identity = created.json()["id"]

    changed = scim.patch(f"/Users/{identity}", {"op": "replace", "path": "name.familyName", "value": "Quist-Moe"})
    assert changed.status_code == 200, changed.text
    assert mock.people()[NEW].last_name == "Quist-Moe"

    gone = scim.ask("DELETE", f"/Users/{identity}")
    assert gone.status_code == 204, gone.text
    assert scim.ask("GET", f"/Users/{identity}").status_code == 404

    again = scim.ask("POST", "/Users", new_user(NEW, "Nell", "Quist-Moe", externalId="00u1", active=True))
    assert again.status_code == 201, again.text
    assert again.json()["id"] == identity
    assert {email: person for email, person in mock.people().items() if email != NEW} == before
