"""The lease across machines: rows in a real database, whose clock alone counts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, tzinfo
from pathlib import Path

import pytest

from connector.errors import ConsoleBusy, LeaseLost, RunDatabaseFailed
from connector.lease import Lease
from connector.settings import load_settings
from connector.shared_lease import SharedLease, lease_on
from tests.conftest import apart
from tests.postgres import PASSWORD, Postgres

CONSOLE = "https://console.example"


class Machines:
    """Leases as several machines would have them, all on one database."""

    def __init__(self, postgres: Postgres, url: str) -> None:
        self.url = url
        self._postgres = postgres
        self._opened = ExitStack()

    def lease(self, console: str = CONSOLE, *, seconds: float = 60) -> SharedLease:
        return self._opened.enter_context(SharedLease(self.url, console, seconds=seconds))

    def let_expire(self) -> None:
        """What happens to the row of a holder that reports no more."""
        self.execute("UPDATE workramp.leases SET until = clock_timestamp() - interval '1 second'")

    def execute(self, statement: str) -> list[tuple[object, ...]]:
        return self._postgres.execute(self.url.rpartition("/")[2], statement)

    def close(self) -> None:
        self._opened.close()


@pytest.fixture
def machines(postgres: Postgres) -> Iterator[Machines]:
    machines = Machines(postgres, postgres.new_database())
    yield machines
    machines.close()


def test_one_of_two_holds_a_console_and_the_other_is_told_who(machines: Machines) -> None:
    one, other = machines.lease(), machines.lease()
    assert other.holder() is None
    assert one.take("first")
    assert not other.take("second")
    holder = other.holder()
    assert holder is not None
    assert (holder.run, holder.pid) == ("first", os.getpid())
    one.check()


def test_consoles_do_not_wait_for_each_other(machines: Machines) -> None:
    assert machines.lease().take("first")
    assert machines.lease("https://other.example").take("second")


def test_what_is_given_back_can_be_taken(machines: Machines) -> None:
    one, other = machines.lease(), machines.lease()
    assert one.take("first")
    one.release()
    one.release()
    assert other.holder() is None
    assert other.take("second")
    with pytest.raises(LeaseLost):
        one.check()
    other.check()


def test_of_many_at_once_one_gets_the_lease(machines: Machines) -> None:
    """On a database that nobody has used before, so that its table is made by several at once, too."""
    leases = [machines.lease() for _ in range(8)]
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda lease: lease.take("any"), leases))
    assert sum(taken) == 1


def test_a_holder_that_reports_no_more_is_followed_and_fenced(machines: Machines) -> None:
    one, other = machines.lease(), machines.lease()
    assert one.take("first")
    machines.let_expire()
    assert other.take("second")
    with pytest.raises(LeaseLost, match="somebody else took over") as lost:
        one.check()
    assert "second" in str(lost.value)
    one.release()
    other.check()
    holder = one.holder()
    assert holder is not None
    assert holder.run == "second"


def test_a_late_holder_keeps_what_nobody_took_meanwhile(machines: Machines) -> None:
    one, other = machines.lease(), machines.lease()
    assert one.take("first")
    machines.let_expire()
    one.check()
    assert not other.take("second")


def test_who_lives_keeps_the_console_and_who_does_not_loses_it(machines: Machines) -> None:
    """The one whose heart beats outlives its seconds many times; the other's last beat is the beginning."""
    alive = machines.lease(seconds=2)
    assert alive.take("alive")
    dead = machines.lease("https://other.example", seconds=2)
    assert dead.take("dead")
    dead._over.set()
    follower = machines.lease("https://other.example")
    said: list[str] = []
    apart(follower.acquire("follower", wait=True, say=said.append))
    assert said[0].startswith("Waiting for run dead")
    with pytest.raises(LeaseLost):
        dead.check()
    tokens = machines.execute("SELECT token FROM workramp.leases WHERE console = 'https://console.example'")
    assert not machines.lease().take("too late")
    assert machines.execute("SELECT token FROM workramp.leases WHERE console = 'https://console.example'") == tokens
    alive.check()


def test_the_clock_of_the_machine_does_not_count(machines: Machines, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine whose clock is a year ahead neither takes what is held nor is told a moment of its own."""
    one = machines.lease()
    assert one.take("first")

    class Ahead(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Ahead:
            return cls(2099, 1, 1, tzinfo=UTC)

    monkeypatch.setattr("connector.lease.datetime", Ahead)
    other = machines.lease()
    assert not other.take("second")
    machines.let_expire()
    assert other.take("second")
    holder = other.holder()
    assert holder is not None
    assert holder.since.year < 2099


def test_who_is_not_to_wait_is_told_for_whom(machines: Machines) -> None:
    one, other = machines.lease(), machines.lease()
    assert one.take("first")
    with pytest.raises(ConsoleBusy, match="another run works") as busy:
        apart(other.acquire("second", wait=False, say=print))
    assert "run first" in str(busy.value)


def test_a_connection_that_was_cut_is_made_again(machines: Machines) -> None:
    one = machines.lease()
    assert one.take("first")
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'workramp-connector'"
    assert machines.execute(cut)
    one.check()


def test_without_the_database_nothing_may_be_clicked_and_no_password_is_told(machines: Machines) -> None:
    one = machines.lease()
    assert one.take("first")
    one._url = one._url.replace("@127.0.0.1:", "@127.0.0.1:1")
    one._disconnect()
    with pytest.raises(RunDatabaseFailed) as failure:
        one.check()
    assert failure.value.__cause__ is None
    assert PASSWORD not in str(failure.value)
    with pytest.raises(RunDatabaseFailed) as failure:
        SharedLease(one._url, CONSOLE).take("second")
    assert PASSWORD not in str(failure.value)


def test_the_settings_say_which_lease_counts(tmp_path: Path, machines: Machines) -> None:
    here = load_settings(state_dir=tmp_path)
    assert isinstance(lease_on(here, CONSOLE), Lease)
    assert isinstance(lease_on(load_settings(state_dir=tmp_path, database_url=machines.url), CONSOLE), SharedLease)
