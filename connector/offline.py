"""Reads recordings without a console, in a browser that reaches nothing, and compares with what was read before."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Route, async_playwright
from playwright.async_api import Error as PlaywrightError

from connector.browser import WINDOW, find_browser, launch_options
from connector.errors import ConsoleUnavailable, InputError
from connector.stops import Look, Stop, look
from connector.survey import Survey
from page_objects.controls import engine
from page_objects.lane import Lane
from page_objects.words import Vocabulary

META, PAGE, ARIA, READING = "recording.json", "page.html", "aria.yaml", "reading.json"
_ORIGIN = "http://recording.invalid"
_READ_SECONDS = 2.0


@asynccontextmanager
async def started(wanted: str | None, *, headed: bool = False) -> AsyncIterator[Browser]:
    """A browser without a console, for recordings. `wanted` is a path or channel, else one is found."""
    found = find_browser(wanted, headed=headed)
    async with async_playwright() as playwright:
        await engine.register(playwright)
        try:
            browser = await playwright.chromium.launch(**launch_options(found, headed=headed))
        except PlaywrightError as error:
            raise ConsoleUnavailable(
                "the browser does not start", seen=str(error).splitlines()[0], advice="see WORKRAMP_BROWSER"
            ) from error
        try:
            yield browser
        finally:
            await browser.close()


def recordings(folder: Path) -> list[Path]:
    """The recordings in a folder, itself included. Raises InputError where there is none."""
    found = sorted(path.parent for path in folder.rglob(META))
    if not found:
        raise InputError(f"there is no recording in {folder}", advice="`workramp record DIR` makes one")
    return found


@asynccontextmanager
async def opened(browser: Browser, page: str, vocabulary: Vocabulary) -> AsyncIterator[Lane]:
    """A lane that shows a recorded page and can reach nothing."""
    context = await browser.new_context(**WINDOW)
    try:
        tab = await context.new_page()

        async def serve(route: Route) -> None:
            if route.request.is_navigation_request() and route.request.url.startswith(_ORIGIN):
                await route.fulfill(body=page, content_type="text/html; charset=utf-8")
            else:
                await route.abort()

        await context.route("**/*", serve)
        lane = Lane(page=tab, base_url=_ORIGIN, timeout=_READ_SECONDS, vocabulary=vocabulary)
        await tab.goto(f"{_ORIGIN}/", wait_until="load")
        await engine.evaluate(tab, "recall", also="capture.js")
        yield lane
    finally:
        await context.close()


async def check_recordings(folder: Path, browser: Browser, vocabulary: Vocabulary) -> Survey:
    """Reads all recordings in a folder anew and compares. Raises InputError for what is no recording."""
    found = recordings(folder)
    looks: list[Look] = []
    changed: list[str] = []
    editions: list[str] = []
    for path in found:
        meta = _parsed(path / META)
        prefix = f"{path.relative_to(folder)}: " if len(found) > 1 else ""
        editions.append(meta["edition"])
        for name in meta["screens"]:
            kept = _parsed(path / name / READING)
            page = _text(path / name / PAGE)
            async with opened(browser, page, vocabulary) as lane:
                seen = await look(lane, Stop.from_json(kept["stop"]))
            looks.append(replace(seen, title=prefix + seen.title))
            changed += [f"{prefix}{name}: {line}" for line in _since(kept["expected"], seen.reading())]
    return Survey(", ".join(dict.fromkeys(editions)), tuple(looks), str(folder), tuple(changed))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise InputError(f"the recording is not whole: {path} cannot be read") from error


def _parsed(path: Path) -> dict[str, Any]:
    try:
        parsed: dict[str, Any] = json.loads(_text(path))
    except ValueError as error:
        raise InputError(f"the recording is damaged: {path} is no JSON") from error
    return parsed


def _since(expected: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What changed. What page objects have learnt to look for since is no change of what was recorded."""
    asked = {each["element"] for each in expected["elements"]}
    known = {
        "elements": [each for each in now["elements"] if each["element"] in asked],
        "values": {name: value for name, value in now["values"].items() if name in expected["values"]},
    }
    return differing(expected, known)


def differing(expected: Any, now: Any, where: str = "") -> list[str]:
    """What differs between two readings, one line each: where, what it was, what it is."""
    if isinstance(expected, Mapping) and isinstance(now, Mapping):
        keys = [*expected, *(key for key in now if key not in expected)]
        return [line for key in keys for line in differing(expected.get(key), now.get(key), f"{where} {key}".strip())]
    if isinstance(expected, list) and isinstance(now, list):
        return differing(_by_name(expected), _by_name(now), where)
    return [] if expected == now else [f"{where} was {_shown(expected)}, is {_shown(now)}"]


def _by_name(entries: Sequence[Any]) -> dict[str, Any]:
    """Entries under what tells them apart, so that one more or less is not a difference of all that follow."""
    named: dict[str, Any] = {}
    for number, entry in enumerate(entries, 1):
        own = entry.get("element") or entry.get("email") if isinstance(entry, Mapping) else None
        named[f"{own or number}" if own not in named else f"{own} ({number})"] = entry
    return named


def _shown(value: Any) -> str:
    return "nothing" if value is None else json.dumps(value, ensure_ascii=False)
