"""Two services in front of one console: one of them works, wherever the other is, and nothing is done twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from connector.errors import ConsoleBusy
from connector.scim_service.service import Options, Service
from connector.shared_lease import SharedLease, lease_on
from tests.postgres import Postgres
from tests.unit.scim_service.console import ConsoleInMemory
from tests.unit.scim_service.served import ADA, BO, new_user, served, settings_for

DEE = "dee@northwind.example"


def test_a_second_machine_is_refused_and_told_who_is_there(tmp_path: Path, postgres: Postgres) -> None:
    database = postgres.new_database()
    console = ConsoleInMemory(ADA, BO)
    with served(tmp_path / "one", console, database_url=database) as scim:
        other = settings_for(tmp_path / "two", database_url=database)
        with pytest.raises(ConsoleBusy, match="there is a service in front of") as busy:
            Service(other, ConsoleInMemory(ADA, BO), take_over_seconds=0.1)
        assert "process " in (busy.value.seen or "")
        assert scim.ask("POST", "/Users", new_user(DEE)).status_code == 201
    assert console.books == [f"invite {DEE}"]
    (tmp_path / "two").mkdir(exist_ok=True)
    (tmp_path / "two" / "token").write_text((tmp_path / "one" / "token").read_text())
    with served(tmp_path / "two", console, database_url=database) as scim:
        assert scim.find(DEE)["active"] is True, "whoever comes next knows what the one before knew"


def test_a_service_whose_place_was_taken_does_nothing_any_more(tmp_path: Path, postgres: Postgres) -> None:
    database = postgres.new_database()
    console = ConsoleInMemory(ADA, BO)
    with served(tmp_path / "one", console, Options(answer_seconds=0.2), database_url=database) as scim:
        bo = scim.find(BO.email)
        console.gate.clear()
        assert scim.ask("POST", "/Users", new_user(DEE, externalId="00u1")).status_code == 429
        # The machine was away for longer than the lease lasts, and another one took over.
        name = database.rpartition("/")[2]
        postgres.execute(name, "UPDATE workramp.leases SET until = '-infinity' WHERE console LIKE '%#scim'")
        other = lease_on(settings_for(tmp_path / "two", database_url=database), "https://console.example#scim")
        assert isinstance(other, SharedLease)
        assert other.take("workramp serve")
        try:
            refused = scim.ask("DELETE", f"/Users/{bo['id']}")
            assert refused.status_code == 503, refused.text
            assert "another service is in front of this console" in refused.json()["detail"]
            console.gate.set()
            scim.service.console_thread.join(10)
            assert not scim.service.console_thread.alive
            assert "another service took over" in scim.client.get("/readyz").json()["why"]
            assert scim.client.get("/healthz").status_code == 503
            # What was in hand when the place was lost may be finished by its run's own lease; nothing else is begun.
            assert console.books in ([], [f"invite {DEE}"])
            assert scim.find(BO.email)["active"] is True
        finally:
            other.release()
