"""Looks at the elements a screen declares without touching them: there, by which word, rendered how; else what is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from playwright.async_api import Locator, Page

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls import engine
from page_objects.controls.base import Screen
from page_objects.lane import Lane
from page_objects.words import Word

_FILE = "inspect.js"
_NOTHING_SEEN = {"no actions at all", "nothing of the kind", "no table", "no options", "nothing to click"}
OFTEN_ABSENT = {word.key for word in (words.NEXT_PAGE, words.LOAD_MORE, words.STATUS_FILTER, words.CANCEL, words.CLOSE)}
"""What many consoles do without: its absence says nothing, and any button could be suggested for it."""


class State(StrEnum):
    """What became of the look at one element."""

    FOUND = "found"
    MISSING = "missing"
    AMBIGUOUS = "ambiguous"
    NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True)
class Finding:
    """One declared element of one screen.

    `word` is the spelling it was found by and `name` what is shown for it; `dialect` is native (an HTML control), aria
    (something that says with a role what it is) or text (neither), and `rendered` the tag or role. `expected` are the
    spellings looked for, `instead` what else of the kind is there. `key` is the word's key in a labels file.
    """

    screen: str
    element: str
    state: State
    required: bool
    key: str | None = None
    word: str | None = None
    name: str | None = None
    dialect: str | None = None
    rendered: str | None = None
    expected: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
    note: str | None = None

    @property
    def mismatch(self) -> bool:
        """Whether the connector cannot do without what was not found here."""
        return self.required and self.state in (State.MISSING, State.AMBIGUOUS)


@dataclass(frozen=True)
class Wanted:
    """An element to look for: its name, kind and word, and what else the selector engine needs to find it."""

    element: str
    kind: str
    word: Word | None
    required: bool = False
    more: Mapping[str, Any] | None = None


async def inspect(lane: Lane, screen: str, scope: Locator | None, wanted: Collection[Wanted]) -> list[Finding]:
    """Looks for all of these in one look, within a scope (None: the page); all are missing where the scope is."""
    queries = [_query(lane, each) for each in wanted]
    known = [spelling for word in words.known().values() for spelling in lane.vocabulary.of(word)]
    where: Locator | Page = lane.page if scope is None else scope
    found: list[dict[str, Any]] | None = await engine.evaluate(
        where, "inspect", {"queries": queries, "known": known}, also=_FILE
    )
    nothing: dict[str, Any] = {"count": 0, "found": [], "instead": []}
    looks = found if found is not None else [nothing] * len(queries)
    return [_finding(lane, screen, each, look) for each, look in zip(wanted, looks, strict=True)]


async def elements(
    screen: Screen, *, later: Collection[str] = (), only: Collection[str] | None = None
) -> list[Finding]:
    """Looks for the elements that a screen declares; `later` names those that come with a later step if not found."""
    wanted = [
        Wanted(declared.label, declared.control.kind, declared.word, declared.required, declared.control.asked)
        for name, declared in screen.elements.items()
        if only is None or name in only
    ]
    findings = await inspect(screen.lane, screen.name, screen.scope, wanted)
    late = {screen.elements[name].label for name in later}
    return [
        replace(each, state=State.NOT_LOOKED_AT, instead=(), note="comes with a later step")
        if each.element in late and each.state is State.MISSING
        else each
        for each in findings
    ]


def not_looked_at(screen: type[Screen], note: str) -> list[Finding]:
    """The elements of a screen that could not be opened."""
    return [
        Finding(screen.name, each.label, State.NOT_LOOKED_AT, each.required, key=each.word.key, note=note)
        for each in screen.elements.values()
    ]


async def table(lane: Lane, screen: str) -> list[Finding]:
    """The table of people: whether there is one, whether each row shows whose it is, its columns and their values."""
    seen = await engine.evaluate(lane.page, "inspectTable", {"columns": lane.column_words()}, also=_FILE)
    titles = tuple(seen["instead"] if seen["found"] != 1 else [h["name"] for h in seen["headers"] if not h["key"]])
    state = {0: State.MISSING, 1: State.FOUND}.get(seen["found"], State.AMBIGUOUS)
    findings = [
        Finding(
            screen,
            "table of people",
            state,
            True,
            dialect=seen["dialect"],
            rendered=seen["as"],
            expected=("a table with columns such as Name, Email, Status",),
            instead=() if state is State.FOUND else titles,
            note=f"there {seen['found']} times" if state is State.AMBIGUOUS else None,
        )
    ]
    if state is not State.FOUND:
        return findings
    if seen["rows"]:
        findings.append(
            Finding(
                screen,
                "e-mail address in every row",
                State.MISSING if seen["nameless"] else State.FOUND,
                True,
                expected=("one e-mail address in the Email or Name column",),
                note=f"{seen['nameless']} of {seen['rows']} rows show none" if seen["nameless"] else None,
            )
        )
    by_key = {header["key"]: header for header in reversed(seen["headers"]) if header["key"]}
    for key, word in words.COLUMNS.items():
        header = by_key.get(key)
        findings.append(
            Finding(
                screen,
                f"column {key.replace('_', ' ')}",
                State.FOUND if header else State.MISSING,
                False,
                key=word.key,
                word=header["word"] if header else None,
                name=header["name"] if header else None,
                dialect=seen["dialect"] if header else None,
                expected=tuple(lane.vocabulary.of(word)),
                instead=() if header else titles,
            )
        )
    return [*findings, *_values(lane, screen, seen["values"])]


def _values(lane: Lane, screen: str, values: Mapping[str, list[str]]) -> list[Finding]:
    """Roles and statuses in the table that no word explains: they would be read as not shown."""
    findings = []
    for column, names in (
        ("role", words.ROLE_NAMES),
        (
            "status",
            {**words.STATUS_NAMES, "user": words.STATUS_WITH_ROLE["user"], "is admin": words.STATUS_WITH_ROLE["admin"]},
        ),
    ):
        known = {spelling.casefold() for word in names.values() for spelling in lane.vocabulary.of(word)}
        shown = [text for text in values[column] if text.casefold() not in words.NOTHING]
        if not shown:
            continue
        strange = tuple(text for text in shown if text.casefold() not in known)
        findings.append(
            Finding(
                screen,
                f"values of {column}",
                State.MISSING if strange else State.FOUND,
                False,
                expected=tuple(spelling for word in names.values() for spelling in lane.vocabulary.of(word)),
                instead=strange,
                note=f"{len(strange)} without a known meaning" if strange else None,
            )
        )
    return findings


async def held(lane: Lane, screen: str, scope: Locator) -> list[Finding]:
    """Which values of a person her screen shows under a label."""
    fields = {key: lane.vocabulary.of(word) for key, word in words.DETAILS.items()}
    shown = await engine.evaluate(scope, "readDetails", {"fields": fields}) or {"values": {}}
    return [
        Finding(
            screen,
            f"shown {key.replace('_', ' ')}",
            State.FOUND if key in shown["values"] else State.MISSING,
            False,
            key=word.key,
            expected=tuple(fields[key]),
        )
        for key, word in words.DETAILS.items()
    ]


def drifted(screen: str, element: str, drift: ConsoleDrift, word: Word | None = None) -> Finding:
    """What a page object said that could not find its way."""
    return Finding(
        screen,
        element,
        State.MISSING,
        True,
        key=word.key if word else None,
        expected=(drift.expected,) if drift.expected else (),
        instead=tuple(
            part.partition(": ")[2] or part
            for part in (drift.seen or "").split(", ")
            if part and part not in _NOTHING_SEEN
        ),
        note=drift.message,
    )


def optional(finding: Finding) -> Finding:
    """The same finding about something that the connector can do without."""
    return replace(finding, required=False)


def _query(lane: Lane, wanted: Wanted) -> dict[str, Any]:
    # A field for a file carries no word; what brings one up does.
    word = words.CHOOSE_FILE if wanted.kind == "file" else wanted.word
    spelled = {} if word is None else lane.query(wanted.kind, word)
    return {"kind": wanted.kind, **spelled, **(wanted.more or {})}


def _finding(lane: Lane, screen: str, wanted: Wanted, look: Mapping[str, Any]) -> Finding:
    state = {0: State.MISSING, 1: State.FOUND}.get(look["count"], State.AMBIGUOUS)
    first: Mapping[str, Any] = look["found"][0] if look["found"] else {}
    names = tuple(one["name"] for one in look["found"] if one["name"])
    instead = () if wanted.word and wanted.word.key in OFTEN_ABSENT else tuple(look["instead"])
    return Finding(
        screen=screen,
        element=wanted.element,
        state=state,
        required=wanted.required,
        key=wanted.word.key if wanted.word else None,
        word=first.get("word"),
        name=first.get("name"),
        dialect=first.get("dialect"),
        rendered=first.get("as"),
        expected=tuple(lane.vocabulary.of(wanted.word)) if wanted.word else (),
        instead=names if state is State.AMBIGUOUS else instead,
        note=f"there {look['count']} times" if state is State.AMBIGUOUS else None,
    )
