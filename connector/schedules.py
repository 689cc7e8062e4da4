"""Recurring runs: cron expressions with a time zone, kept in the run database, and what of them is due.

DBOS keeps them; it does not fire them. Its own scheduler catches up with every missed time or with none, goes by the
clock of whichever process is just running, and cannot be asked what is due. So they are paused there.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, available_timezones

from croniter import CroniterError, croniter

from connector.errors import InputError
from connector.models import Model
from connector.run_database import RunDatabase
from connector.run_queue import QueuedCommand, RunQueue

_ALIASES = ("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@annually", "@yearly")


class Schedule(Model):
    """A command that is to be carried out again and again."""

    id: str
    cron: str
    time_zone: str
    console: str
    name: tuple[str, ...]
    words: tuple[str, ...]
    added_by: str = ""
    added_at: datetime
    last_fired: datetime | None = None
    """The last of its times for which its command was queued."""

    @property
    def text(self) -> str:
        """The command as somebody would type it."""
        return " ".join((*self.name, *self.words))

    def due(self, now: datetime) -> datetime | None:
        """The latest of its times that has come and for which nothing was queued yet: missed ones are made up for
        once."""
        since = self.last_fired or self.added_at
        times = croniter(self.cron, (now + timedelta(seconds=1)).astimezone(ZoneInfo(self.time_zone)))
        try:
            latest = times.get_prev(datetime)
            while latest > now:
                latest = times.get_prev(datetime)
        except CroniterError:
            return None  # no such day so far
        return latest.astimezone(UTC) if latest > since else None

    def next(self, now: datetime) -> datetime:
        """Its next time, in UTC."""
        return _next(self.cron, self.time_zone, now)

    def command(self, due: datetime, hours_to_live: float, now: datetime) -> QueuedCommand:
        """What is queued for one of its times: always the same run for the same time."""
        return QueuedCommand(
            run=f"{self.id}-{due:%Y%m%dT%H%M%SZ}",
            console=self.console,
            name=self.name,
            words=self.words,
            asked_by=f"schedule {self.id}",
            created_at=now,
            hours_to_live=hours_to_live,
        )


def new_schedule(
    cron: str,
    time_zone: str,
    console: str,
    name: tuple[str, ...],
    words: tuple[str, ...],
    *,
    id: str | None = None,
    added_by: str,
    now: datetime,
) -> Schedule:
    """A schedule for a command, with an id made from what it says unless one is given.

    Raises InputError for a cron expression or a time zone that cannot be used.
    """
    cron = " ".join(cron.split())
    fields = cron.split(" ")
    if cron not in _ALIASES and len(fields) != 5:
        raise InputError(
            f"{cron!r} is no cron expression of five fields",
            expected='minute hour day month weekday, such as "0 6 * * 1-5", or @daily',
        )
    # R and H stand for times by chance, other ones each time they are asked for.
    if not croniter.is_valid(cron) or any(re.match(r"[RrHh]", field) for field in fields):
        raise InputError(
            f"{cron!r} is no cron expression", expected='minute hour day month weekday, such as "0 6 * * 1-5"'
        )
    zones = available_timezones()
    if time_zone not in zones:
        close = get_close_matches(time_zone, zones, n=1, cutoff=0.5)
        guess = f"; did you mean {close[0]}?" if close else ""
        raise InputError(f"there is no time zone {time_zone!r}{guess}", expected="a name such as Europe/Berlin, or UTC")
    _next(cron, time_zone, now)
    said = json.dumps([cron, time_zone, console, name, words])
    return Schedule(
        id=id or f"{name[-1]}-{hashlib.sha256(said.encode()).hexdigest()[:6]}",
        cron=cron,
        time_zone=time_zone,
        console=console,
        name=name,
        words=words,
        added_by=added_by,
        added_at=now,
    )


class Schedules:
    """The schedules in a run database. Its methods raise RunDatabaseFailed."""

    def __init__(self, database: RunDatabase) -> None:
        self._database = database

    def add(self, schedule: Schedule) -> None:
        """Keeps a schedule. Raises InputError where there is one with its id."""
        kept = schedule.model_dump(mode="json", exclude={"last_fired"})
        if not self._database.keep_schedule(schedule.id, schedule.cron, schedule.time_zone, kept):
            raise InputError(
                f"there is a schedule {schedule.id} already",
                advice="`workramp schedule list` shows it; remove it first, or give this one another --name",
            )

    def all(self) -> list[Schedule]:
        """All schedules, in the order of their ids."""
        return sorted(
            (
                Schedule.model_validate(kept | {"last_fired": last_fired})
                for kept, last_fired in self._database.schedules()
            ),
            key=lambda each: each.id,
        )

    def remove(self, id: str) -> Schedule:
        """Forgets a schedule; what it queued stays queued. Raises InputError where there is none."""
        found = next((each for each in self.all() if each.id == id), None)
        if found is None:
            raise InputError(f"there is no schedule {id}", advice="`workramp schedule list` shows them all")
        self._database.forget_schedule(id)
        return found

    def fire(self, console: str, now: datetime, hours_to_live: float) -> list[QueuedCommand]:
        """Queues what is due at a console, each time once however many ask; what was queued by this call."""
        queue = RunQueue(self._database)
        queued: list[QueuedCommand] = []
        for schedule in self.all():
            if schedule.console != console or (due := schedule.due(now)) is None:
                continue
            command = schedule.command(due, hours_to_live, now)
            if queue.add(command):
                queued.append(command)
            # After it was queued: whoever is killed in between is followed by somebody who queues the same run.
            self._database.note_fired(schedule.id, due)
        return queued


def _next(cron: str, time_zone: str, now: datetime) -> datetime:
    try:
        found: datetime = croniter(cron, now.astimezone(ZoneInfo(time_zone))).get_next(datetime)
    except CroniterError:
        raise InputError(f"{cron!r} never comes", expected="a day that the calendar has") from None
    return found.astimezone(UTC)
