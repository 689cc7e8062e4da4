"""Schedules: what is due when, each time one run, missed times made up for once; over both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from connector import run_control
from connector.errors import InputError
from connector.run_control import RunState
from connector.run_database import RunDatabase
from connector.run_queue import RunQueue
from connector.schedules import Schedule, Schedules, new_schedule
from connector.settings import Settings
from tests.unit.conftest import CONSOLE

MONDAY = datetime(2024, 1, 8, 6, 0, tzinfo=UTC)


def schedule(cron: str = "0 6 * * 1-5", zone: str = "UTC", *, id: str | None = None, added: datetime) -> Schedule:
    return new_schedule(cron, zone, CONSOLE, ("apply",), ("/rosters/staff.csv",), id=id, added_by="somebody", now=added)


def fired(database: RunDatabase, now: datetime, console: str = CONSOLE) -> list[str]:
    return [command.run for command in Schedules(database).fire(console, now, 24)]


def test_a_time_is_due_when_it_has_come_and_not_before(database: RunDatabase) -> None:
    Schedules(database).add(schedule(id="staff", added=MONDAY - timedelta(hours=1)))
    assert fired(database, MONDAY - timedelta(seconds=1)) == []
    assert fired(database, MONDAY) == ["staff-20240108T060000Z"]
    assert fired(database, MONDAY) == []
    assert fired(database, MONDAY + timedelta(hours=23)) == []
    assert fired(database, MONDAY + timedelta(hours=24)) == ["staff-20240109T060000Z"]


def test_nothing_is_due_from_before_it_was_added(database: RunDatabase) -> None:
    Schedules(database).add(schedule(added=MONDAY + timedelta(minutes=1)))
    assert fired(database, MONDAY + timedelta(minutes=2)) == []


def test_missed_times_are_run_once_not_many_times(database: RunDatabase) -> None:
    Schedules(database).add(schedule("*/5 * * * *", id="often", added=MONDAY))
    assert fired(database, MONDAY + timedelta(days=3, minutes=12)) == ["often-20240111T061000Z"]
    assert fired(database, MONDAY + timedelta(days=3, minutes=14)) == []
    assert [entry.run for entry in RunQueue(database).entries(CONSOLE)] == ["often-20240111T061000Z"]


def test_what_is_queued_is_the_command_with_its_console_and_a_time_to_live_from_now(database: RunDatabase) -> None:
    kept = schedule(id="staff", added=MONDAY - timedelta(days=3))
    Schedules(database).add(kept)
    late = MONDAY + timedelta(hours=5)
    fired(database, late)
    found = RunQueue(database).find("staff-20240108T060000Z")
    assert found is not None
    command, record = found
    assert (command.console, command.name, command.words) == (CONSOLE, kept.name, kept.words)
    assert command.asked_by == "schedule staff"
    assert not record.request.stale(late + timedelta(hours=23))
    assert record.request.stale(late + timedelta(hours=25))


def test_of_several_workers_at_once_one_queues_what_is_due(database: RunDatabase, settings: Settings) -> None:
    Schedules(database).add(schedule(id="staff", added=MONDAY - timedelta(hours=1)))
    others = [RunDatabase(settings, create=True) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda other: fired(other, MONDAY), others))
    for other in others:
        other.close()
    assert [entry.run for entry in RunQueue(database).entries(CONSOLE)] == ["staff-20240108T060000Z"]


def test_who_is_killed_after_queueing_is_followed_by_somebody_who_queues_the_same_run(database: RunDatabase) -> None:
    kept = schedule(id="staff", added=MONDAY - timedelta(hours=1))
    Schedules(database).add(kept)
    assert RunQueue(database).add(kept.command(MONDAY, 24, MONDAY))
    assert fired(database, MONDAY) == []
    assert len(RunQueue(database).entries(CONSOLE)) == 1
    assert Schedules(database).all()[0].last_fired == MONDAY


def test_a_run_that_is_known_is_not_queued_again(database: RunDatabase) -> None:
    kept = schedule(id="staff", added=MONDAY - timedelta(hours=1))
    Schedules(database).add(kept)
    command = kept.command(MONDAY, 24, MONDAY)
    queue = RunQueue(database)
    assert queue.add(command)
    queue.stop(queue.entries(CONSOLE)[0], 2, "the roster cannot be read")
    assert fired(database, MONDAY) == []
    assert queue.entries(CONSOLE) == []


def test_another_console_is_another_worker_s(database: RunDatabase) -> None:
    Schedules(database).add(schedule(added=MONDAY - timedelta(hours=1)))
    assert fired(database, MONDAY, "https://other.example") == []
    assert len(fired(database, MONDAY)) == 1


def test_a_removed_schedule_fires_no_more_and_what_it_queued_stays(database: RunDatabase) -> None:
    schedules = Schedules(database)
    schedules.add(schedule(id="one", added=MONDAY - timedelta(hours=1)))
    schedules.add(schedule(id="other", added=MONDAY - timedelta(hours=1)))
    fired(database, MONDAY)
    schedules.remove("one")
    assert [each.id for each in schedules.all()] == ["other"]
    assert fired(database, MONDAY + timedelta(days=1)) == ["other-20240109T060000Z"]
    assert len(RunQueue(database).entries(CONSOLE)) == 3
    with pytest.raises(InputError, match="there is no schedule one"):
        schedules.remove("one")


def test_the_same_schedule_is_not_kept_twice(database: RunDatabase) -> None:
    Schedules(database).add(schedule(added=MONDAY))
    with pytest.raises(InputError, match="already"):
        Schedules(database).add(schedule(added=MONDAY + timedelta(days=1)))
    Schedules(database).add(schedule(id="another", added=MONDAY))


def test_the_engine_s_own_scheduler_is_to_fire_nothing(database: RunDatabase) -> None:
    Schedules(database).add(schedule(added=MONDAY))
    assert [each["status"] for each in database.client.list_schedules()] == ["PAUSED"]


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("Europe/Berlin", datetime(2030, 3, 29, 12, tzinfo=UTC), "20300329T050000Z"),
        ("Europe/Berlin", datetime(2030, 4, 1, 12, tzinfo=UTC), "20300401T040000Z"),
        ("America/New_York", datetime(2024, 1, 8, 12, tzinfo=UTC), "20240108T110000Z"),
        ("UTC", datetime(2030, 4, 1, 12, tzinfo=UTC), "20300401T060000Z"),
    ],
)
def test_times_are_those_of_the_zone_in_summer_and_in_winter(zone: str, day: datetime, utc: str) -> None:
    due = schedule(zone=zone, added=day - timedelta(days=2)).due(day)
    assert due is not None
    assert f"{due:%Y%m%dT%H%M%SZ}" == utc


@pytest.mark.parametrize("cron", ["0 6 * *", "0 0 6 * * 1", "61 * * * *", "R * * * *", "0 H * * *", "", "@reboot"])
def test_what_is_no_cron_expression_is_bad_input(cron: str) -> None:
    with pytest.raises(InputError, match="is no cron expression"):
        schedule(cron, added=MONDAY)


def test_a_day_that_never_comes_is_bad_input() -> None:
    with pytest.raises(InputError, match="never comes"):
        schedule("0 0 31 2 *", added=MONDAY)


def test_a_zone_that_is_misspelt_is_bad_input_and_the_closest_is_named() -> None:
    with pytest.raises(InputError, match=r"did you mean Europe/Berlin\?"):
        schedule(zone="Europe/Berlim", added=MONDAY)


# -- what waits, as `runs` tells it ------------------------------------------------------------------------------------
def test_a_queued_command_is_seen_cancelled_and_queued_again_as_a_run(
    database: RunDatabase, settings: Settings
) -> None:
    Schedules(database).add(schedule(id="staff", added=MONDAY - timedelta(hours=1)))
    run = fired(database, MONDAY)[0]
    view = run_control.view(settings, run)
    assert view.state is RunState.QUEUED
    assert view.command is not None
    assert view.command.text == "apply /rosters/staff.csv"
    assert [each.request.id for each in run_control.views(settings, limit=5)] == [run]
    assert run_control.cancel(settings, run).state is RunState.CANCELLED
    assert RunQueue(database).entries(CONSOLE) == []
    with pytest.raises(InputError, match="older than its time to live"):
        run_control.queue_again(settings, run, stale=False)
    run_control.queue_again(settings, run, stale=True)
    entry = RunQueue(database).entries(CONSOLE)[0]
    assert entry.run == run
    assert not entry.stale(datetime.now(UTC))


def test_a_command_that_came_to_no_run_says_why(database: RunDatabase, settings: Settings) -> None:
    Schedules(database).add(schedule(id="staff", added=MONDAY - timedelta(hours=1)))
    run = fired(database, MONDAY)[0]
    queue = RunQueue(database)
    queue.stop(queue.entries(CONSOLE)[0], 2, "staff.csv cannot be read as a roster")
    view = run_control.view(settings, run)
    assert view.state is RunState.STOPPED
    assert view.why == "staff.csv cannot be read as a roster"
