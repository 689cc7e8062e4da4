"""Moments, as a last login is shown: by a date and a time in words, or by what the page gives to machines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from page_objects import words
from page_objects.reading.texts import plain

_DATES = ("%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%B %d %Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d", "%m/%d/%Y")
_TIMES = ("", " %I:%M %p", " %I:%M:%S %p", " %H:%M", " %H:%M:%S")
_DATE_FORMATS = tuple(date + time for date in _DATES for time in _TIMES if not ("/" in date and "%H" in time))
"""Who writes slashes and twenty-four hours may as well write the day first."""
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,.]? ", re.I)
_AT = re.compile(r"(?<=\d)(?:,? at |, | [·•@|–-] )(?=\d{1,2}:\d)", re.I)
"""What may stand between a day and a time."""


def moment_of(value: Mapping[str, Any] | None) -> tuple[datetime | None, bool | None]:
    """A last login: the moment in UTC (None if not told) and whether it says that there never was one.

    The browser is set to UTC and en-US, so dates rendered by the page are in UTC and in that order.
    """
    if value is None:
        return None, None
    if _OF_INVITATION.match(plain(value["text"])):
        return None, True
    if value.get("datetime"):
        parsed = _iso(value["datetime"])
        if parsed:
            return parsed, False
    for text in [*value.get("titles", ()), value["text"], *value["parts"]]:
        # What is in brackets after a moment says the same again: "Mar 4, 2026, 9:12 AM (3 days ago)".
        # But a time zone in brackets: of another one than UTC nothing is told.
        line = re.sub(r"\s*\((?![A-Z]{1,5}(?:[+-][\d:]+)?\))[^()]*\)$", "", plain(text))
        line = _with_minutes(re.sub(r"\s*\(?\b(UTC|GMT|Z)\b\)?$", "", line))
        if parsed := _iso(line):
            return parsed, False
        line = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", _AT.sub(" ", _WEEKDAY.sub("", line)))
        for pattern in _DATE_FORMATS:
            try:
                return datetime.strptime(line, pattern).replace(tzinfo=UTC), False
            except ValueError:
                continue
    if plain(value["text"]).casefold().rstrip(".") in (*words.NEVER, "-", "--", "–", "—", "―"):
        return None, True
    return None, None


def span_of(value: Mapping[str, Any] | None, now: datetime) -> tuple[datetime, datetime] | None:
    """Between which moments a last login was that is told as '10 months ago'; None where it is not told so.

    Some round, others count whole units only, and months are of any length: what both may mean lies in between.
    """
    said = [] if value is None else [match for each in {value["text"], *value["parts"]} if (match := _ago(each))]
    if len(said) != 1:
        return None
    (match,) = said
    number = int(match["number"]) if match["number"].isdigit() else 1
    shortest, longest, rounded = next(span for unit, span in _UNITS.items() if match["unit"].lower().startswith(unit))
    latest = now - max(number - rounded, 0) * shortest
    open_ended = match["beyond"] or match["plus"]
    return (datetime.min.replace(tzinfo=UTC) if open_ended else now - (number + 1) * longest, latest)


def _ago(text: str) -> re.Match[str] | None:
    return _AGO.fullmatch(plain(text).rstrip("."))


_AGO = re.compile(
    r"(?:(?:about|around|almost|nearly|~)\s*|(?P<beyond>over|more than)\s+)?(?P<number>an?|\d{1,4})(?P<plus>\+)?\s*"
    r"(?P<unit>min(?:ute)?s?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?|ks?)?|mo(?:nths?|s)?|y(?:ears?|rs?)?) ago",
    re.I,
)
_DAY = timedelta(days=1)
_UNITS = {
    "min": (timedelta(minutes=1), timedelta(minutes=1), 1.0),
    "h": (timedelta(hours=1), timedelta(hours=1), 1.0),
    "d": (_DAY, _DAY, 1.0),
    "w": (7 * _DAY, 7 * _DAY, 1.0),
    "mo": (30 * _DAY, 31 * _DAY, 0.5),
    "y": (365 * _DAY, 366 * _DAY, 0.5),
}
"""By how a unit begins: how long it is at least and at most, and by what part of one a number may be rounded up."""
_OF_INVITATION = re.compile(r"\W*(?:invited|invitation|invite)\b", re.I)
"""Some tell of whoever has not come yet, in place of a last login, when she was invited."""
_HOUR = re.compile(r"\b(\d{1,2})(?::(\d\d))?(?::(\d\d))? ?([ap])\.?m\b\.?", re.I)


def _with_minutes(line: str) -> str:
    """A time of day as it is parsed: '3pm' and '3:05pm' with minutes and a blank, midday and midnight in figures."""
    line = re.sub(r"\b(?:midday|noon)\b", "12:00 PM", line, flags=re.I)
    line = re.sub(r"\bmidnight\b", "12:00 AM", line, flags=re.I)
    return _HOUR.sub(_in_full, line)


def _in_full(said: re.Match[str]) -> str:
    seconds = f":{said[3]}" if said[3] else ""
    return f"{said[1]}:{said[2] or '00'}{seconds} {said[4].upper()}M"


def _iso(text: str) -> datetime | None:
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed.astimezone(UTC) if parsed.tzinfo else parsed.replace(tzinfo=UTC)
