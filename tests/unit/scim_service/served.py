"""The SCIM service over a console in memory, asked over HTTP as an identity provider asks it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import quote

import uvicorn
from starlette.testclient import TestClient

from connector.models import Person, Role, Status
from connector.scim_service import tokens
from connector.scim_service.limits import App
from connector.scim_service.service import Options, Service
from connector.settings import Settings, load_settings
from tests.unit.scim_service.console import ConsoleInMemory

CORE = "urn:ietf:params:scim:schemas:core:2.0:User"
GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"

Json = dict[str, Any]


def person(email: str, first: str, last: str, **more: Any) -> Person:
    """Somebody active, a learner in no group."""
    given = {"role": Role.LEARNER, "status": Status.ACTIVE, "groups": (), "managers": ()} | more
    return Person(email=email, first_name=first, last_name=last, **given)


ADA = person("ada@northwind.example", "Ada", "Novak", role=Role.ADMIN)
BO = person("bo@northwind.example", "Bo", "Lind", groups=("Sales",), managers=("ada@northwind.example",))
CY = person("cy@northwind.example", "Cy", "Marsh", status=Status.DEACTIVATED)


class Client:
    """An identity provider with a token."""

    def __init__(self, client: TestClient) -> None:
        self.client = client

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """A request below the base path; a body is sent as SCIM's JSON."""
        more: dict[str, Any] = {} if body is None else {"json": body}
        given = {"Content-Type": "application/scim+json", **headers} if body is not None else headers
        return self.client.request(method, f"/scim/v2{path}", headers=given, **more)

    def insist(self, method: str, path: str, body: Any, seconds: float = 20) -> Any:
        """The same again for as long as it is told to ask again, as identity providers do."""
        deadline = monotonic() + seconds
        while (answer := self.ask(method, path, body)).status_code == 429:
            assert monotonic() < deadline
        return answer

    def find(self, email: str) -> Json:
        """The resource of somebody who is shown."""
        wanted = quote(f'userName eq "{email}"')
        found = self.ask("GET", f"/Users?filter={wanted}").json()
        assert found["totalResults"] == 1, found
        resource: Json = found["Resources"][0]
        return resource

    def group(self, name: str) -> Json:
        """The resource of a group."""
        wanted = quote(f'displayName eq "{name}"')
        found = self.ask("GET", f"/Groups?filter={wanted}").json()
        assert found["totalResults"] == 1, found
        resource: Json = found["Resources"][0]
        return resource

    def patch(self, path: str, *operations: Mapping[str, Any], **headers: str) -> Any:
        """A PATCH of these operations."""
        return self.ask("PATCH", path, patch_of(*operations), **headers)


class Served(Client):
    """A running service, its console, and an identity provider."""

    def __init__(self, service: Service, console: ConsoleInMemory, client: TestClient) -> None:
        super().__init__(client)
        self.service = service
        self.console = console

    def idle(self, seconds: float = 10) -> None:
        """Waits until nothing is open."""
        assert self.service.writes.idle(seconds)


def patch_of(*operations: Mapping[str, Any]) -> Json:
    """The body of a PATCH."""
    return {"schemas": [PATCH_OP], "Operations": list(operations)}


def new_user(email: str, first: str = "Dee", last: str = "Falk", **more: Any) -> Json:
    """The body of a create."""
    return {"schemas": [CORE], "userName": email, "name": {"givenName": first, "familyName": last}, **more}


def settings_for(folder: Path, **more: Any) -> Settings:
    """Settings of a console that is only in memory."""
    return load_settings(url="https://console.example", state_dir=folder, **more)


@contextmanager
def served(
    folder: Path,
    console: ConsoleInMemory,
    options: Options | None = None,
    *,
    pause_seconds: float = 5,
    **settings: Any,
) -> Iterator[Served]:
    """The service, once it has read the directory."""
    given = settings_for(folder, **settings)
    said: list[str] = []
    with Service(given, console, options, runs=console, pause_seconds=pause_seconds, say=said.append) as service:
        if "okta" not in {one.name for one in tokens.listed(service.shelf)}:
            secret = tokens.add(service.shelf, "okta", tokens.Use.SCIM)
            (folder / "token").write_text(secret)
        headers = {"Authorization": f"Bearer {(folder / 'token').read_text()}"}
        with TestClient(service.application(), headers=headers, raise_server_exceptions=False) as client:
            deadline = monotonic() + 60  # two thousand people take their time on a busy machine
            while client.get("/readyz").status_code != 200 and console.broken is None and console.gate.is_set():
                assert monotonic() < deadline, said
            yield Served(service, console, client)


@contextmanager
def on_loopback(application: App) -> Iterator[str]:
    """Serves an application to others; its origin."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    server = uvicorn.Server(uvicorn.Config(application, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
