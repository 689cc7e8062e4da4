"""The stops of a walk through the console, and what is read at each: the same live and from a recording.

A stop is a screen in a certain state, such as a person's row with its menu open. `look` only looks: how a stop is
reached is `actions/check.py`'s business, and a recording is in that state already.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from connector.labels import FORBIDDEN
from connector.models import Status
from page_objects import inspection, words
from page_objects.import_dialog import ImportDialog
from page_objects.inspection import Finding, State, Wanted
from page_objects.invite_dialog import InviteForm, InviteListForm, InviteOneForm
from page_objects.lane import Lane
from page_objects.part_dialog import PartDialog
from page_objects.people_screen import PeopleScreen
from page_objects.person_screen import PersonScreen
from page_objects.sign_in_screen import SignInScreen
from page_objects.words import Word

ACTIONS: Mapping[Status | None, tuple[Word, bool]] = {
    Status.ACTIVE: (words.DEACTIVATE, True),
    Status.DEACTIVATED: (words.REACTIVATE, True),
    Status.INVITED: (words.RESEND, False),
    None: (words.DEACTIVATE, True),
}
"""The action that a person of each status is expected to offer, and whether the connector needs it."""


@dataclass(frozen=True)
class Stop:
    """One screen in one state.

    `kind` says how it is read, `name` tells it from others of the kind (and names its folder in a recording); of a
    person's screens `email` says whose, and `place` where her action `key` lies.
    """

    name: str
    kind: str
    email: str | None = None
    place: str | None = None
    key: str | None = None

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Stop:
        return cls(**{name: data.get(name) for name in ("name", "kind", "email", "place", "key")})  # type: ignore[arg-type]


@dataclass(frozen=True)
class Look:
    """What one stop shows: its elements, and values such as people or totals as JSON."""

    stop: Stop
    title: str
    findings: tuple[Finding, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None

    @property
    def mismatches(self) -> list[Finding]:
        return [each for each in self.findings if each.mismatch]

    def reading(self) -> dict[str, Any]:
        """What the page objects read here, as JSON that a recording keeps and compares."""
        shown = {"element", "state", "word", "name", "dialect", "rendered"}
        elements = [{k: v for k, v in asdict(each).items() if k in shown} for each in self.findings]
        return {"elements": elements, "values": dict(self.values)}


async def look(lane: Lane, stop: Stop) -> Look:
    """Reads a stop without touching anything."""
    seen: Look = await _LOOKS[stop.kind](lane, stop)
    return seen


async def _sign_in(lane: Lane, stop: Stop) -> Look:
    screen = SignInScreen(lane)
    findings = await inspection.elements(screen, later=("password", "log_in", "go_on"))
    ways_on = [*lane.vocabulary.of(words.LOG_IN), *lane.vocabulary.of(words.CONTINUE)]
    button = await inspection.inspect(
        lane,
        screen.name,
        None,
        [Wanted("button to go on", "submit", words.LOG_IN, True, {"words": ways_on})],
    )
    return Look(stop, screen.name, (*findings, *button), {"asks for": (await screen.step()).value})


async def _people(lane: Lane, stop: Stop) -> Look:
    screen = PeopleScreen(lane)
    columns = {"columns": lane.column_words()}
    findings = [
        *await inspection.elements(screen),
        *await inspection.inspect(
            lane,
            screen.name,
            None,
            [
                Wanted("search field", "people-search", None, required=True, more=columns),
                Wanted("status filter", "filter", words.STATUS_FILTER, more=columns),
                Wanted("next page", "pager", words.NEXT_PAGE, more=columns),
                Wanted("load more", "pager", words.LOAD_MORE, more=columns),
            ],
        ),
        *await inspection.table(lane, screen.name),
    ]
    now = await screen.table.look()
    known = [row for row in now.rows if row.email is not None]
    values: dict[str, Any] = {
        "columns": list(now.keys),
        "people": [screen.person(row).model_dump(mode="json") for row in known],
        "rows without an address": len(now.rows) - len(known),
        "total": await screen.shown_total(),
        "seats": [pool.model_dump(mode="json", exclude={"free"}) for pool in await screen.seats()],
    }
    for name, shown in (("total of people", values["total"] is not None), ("counter of seats", bool(values["seats"]))):
        findings.append(Finding(screen.name, name, State.FOUND if shown else State.MISSING, False))
    return Look(stop, screen.name, tuple(findings), values)


async def _invite(lane: Lane, stop: Stop) -> Look:
    """The form that is there; where a part of it is missing, the one that what came up has most of."""
    forms: tuple[InviteForm, InviteForm] = (InviteOneForm(lane), InviteListForm(lane))
    looks = []
    for form in forms:
        whole = await form.is_here()
        if not whole:
            form.scope = lane.find("import-surface", since="form")
        seen = Look(stop, form.name, tuple(await inspection.elements(form)), {"takes": form.takes})
        if whole:
            return seen
        looks.append(seen)
    return min(looks, key=lambda seen: len(seen.mismatches))


async def _import(lane: Lane, stop: Stop) -> Look:
    screen = ImportDialog(lane)
    later = ("upload_button", "import_now", "done_button")
    return Look(stop, screen.name, tuple(await inspection.elements(screen, later=later)))


async def _person(lane: Lane, stop: Stop) -> Look:
    screen = PersonScreen(lane, stop.email or "")
    assert screen.scope is not None
    findings = [
        *await inspection.elements(screen, only=("edit_button",)),
        *await inspection.held(lane, screen.name, screen.scope),
    ]
    return Look(stop, screen.name, tuple(findings), {"person": await _read_person(screen)})


async def _read_person(screen: PersonScreen) -> dict[str, Any] | None:
    assert screen.scope is not None
    if await screen.scope.count() != 1:
        return None
    return (await screen.shown()).model_dump(mode="json")


async def _edit(lane: Lane, stop: Stop) -> Look:
    screen = PersonScreen(lane, stop.email or "")
    fields = [name for name in screen.elements if name != "edit_button"]
    findings = await inspection.elements(screen, only=fields)
    tabs = {words.FIELD_GROUPS.key: words.TAB_GROUPS, words.FIELD_MANAGERS.key: words.TAB_MANAGERS}
    told = []
    for each in findings:
        tab = tabs.get(each.key or "")
        if tab and each.state is State.MISSING and await screen.has_tab(tab):
            each = replace(each, state=State.NOT_LOOKED_AT, instead=(), note=f"on the tab '{tab.aliases[0]}'")
        told.append(_of(each, "edit form", each.key == words.SAVE.key))
    return Look(stop, "edit form", tuple(told))


async def _tab(lane: Lane, stop: Stop) -> Look:
    screen = PersonScreen(lane, stop.email or "")
    title = f"edit form, tab {stop.key}"
    findings = await inspection.elements(screen, only=(stop.key or "",))
    return Look(stop, title, tuple(_of(each, title, True) for each in findings))


async def _part(lane: Lane, stop: Stop) -> Look:
    word = words.known()[stop.key or ""]
    screen = PartDialog(lane, stop.email or "", word)
    field = "groups" if word is words.EDIT_GROUPS else "managers"
    others = {"groups", "managers"} - {field}
    findings = await inspection.elements(screen, only=[name for name in screen.elements if name not in others])
    title = word.aliases[0]
    return Look(stop, title, tuple(_of(each, title, each.required or each.element == field) for each in findings))


def _of(finding: Finding, screen: str, required: bool) -> Finding:
    return replace(finding, screen=screen, required=required)


async def _actions(lane: Lane, stop: Stop) -> Look:
    word = words.known()[stop.key or ""]
    title = "actions on a person"
    wanted = Wanted(word.aliases[0], "action", word, required=True)
    scope = None
    if stop.place == "row":
        wanted = Wanted(word.aliases[0], "action", word, True, {"ofRow": True})
        scope = PeopleScreen(lane).table.row(stop.email or "")
    elif stop.place == "row-menu":
        wanted = Wanted(word.aliases[0], "option", word, True, {"since": "menu"})
    elif stop.place == "selection":
        wanted = Wanted(word.aliases[0], "toolbar", word, True, {"columns": lane.column_words()})
    elif stop.place == "person":
        person = PersonScreen(lane, stop.email or "").scope
        assert person is not None
        if await lane.find("action", word, scope=person).count() == 1:
            scope = person
        else:  # in a menu on her screen
            wanted = Wanted(word.aliases[0], "option", word, True, {"since": "menu"})
    (finding,) = await inspection.inspect(lane, title, scope, [wanted])
    return Look(stop, title, (finding,), {"place": stop.place})


_LOOKS: Mapping[str, Callable[..., Any]] = {
    "sign-in": _sign_in,
    "people": _people,
    "invite": _invite,
    "import": _import,
    "person": _person,
    "edit": _edit,
    "tab": _tab,
    "part": _part,
    "actions": _actions,
}


@dataclass(frozen=True)
class Survey:
    """One walk: all looks in order, from a console or (`source` is its folder then) from a recording of one.

    `changed` says of a recording what is read otherwise than when it was made, one line each.
    """

    edition: str
    looks: tuple[Look, ...]
    source: str | None = None
    changed: tuple[str, ...] = ()

    @property
    def mismatches(self) -> list[Finding]:
        """The required elements that are missing or ambiguous."""
        return [each for seen in self.looks for each in seen.mismatches]

    @property
    def exit_code(self) -> int:
        """5 where a required element is not as expected, or a recording is read otherwise than before; else 0."""
        return 5 if self.mismatches or self.changed else 0

    @property
    def dialect(self) -> str:
        """How most of it is rendered, see `dialect_of`."""
        return dialect_of(self.looks)[0]

    @property
    def suggestions(self) -> str:
        """Lines for a labels file, see `suggestions`."""
        return suggestions(self.looks)

    def as_json(self) -> dict[str, Any]:
        dialect, rendered = dialect_of(self.looks)
        return {
            "recording": self.source,
            "edition": self.edition,
            "dialect": dialect,
            "rendered": rendered,
            "screens": [
                {
                    "screen": seen.title,
                    "stop": seen.stop.name,
                    "note": seen.note,
                    "elements": list(map(_json, seen.findings)),
                }
                for seen in self.looks
            ],
            "mismatches": [_json(each) for each in self.mismatches],
            "changed": list(self.changed),
            "suggestions": self.suggestions,
        }


def _json(finding: Finding) -> dict[str, Any]:
    return {**asdict(finding), "state": finding.state.value, "mismatch": finding.mismatch}


_OFTEN_ABSENT = {
    word.key for word in (words.NEXT_PAGE, words.LOAD_MORE, words.STATUS_FILTER, words.CANCEL, words.CLOSE)
}
"""What many consoles do without: its absence says nothing, and any button could be suggested for it."""


def suggestions(looks: Sequence[Look]) -> str:
    """Lines for a labels file: for each element that was not found, what is there in its place, commented out."""
    lines: dict[str, str] = {}
    for finding in (each for seen in looks for each in seen.findings):
        if finding.key in _OFTEN_ABSENT:
            continue
        usable = [name for name in finding.instead if not any(word in name.casefold() for word in FORBIDDEN)]
        if finding.state is not State.MISSING or not usable:
            continue
        if finding.key is None and not finding.element.startswith("values of "):
            continue
        keys = [finding.key] if finding.key else _value_keys(finding.element)
        need = "needed, " if finding.required else ""
        lines.setdefault(
            f"{finding.screen} {finding.element}",
            f"# {finding.screen}: {finding.element} ({need}not found). Keep what it is called here, if it is here.\n"
            + "\n".join(f"# {key} = {json.dumps(usable, ensure_ascii=False)}" for key in keys),
        )
    return "\n\n".join(lines.values()) + ("\n" if lines else "")


def _value_keys(element: str) -> list[str]:
    names = words.ROLE_NAMES if element.endswith("role") else words.STATUS_NAMES
    return [word.key for word in names.values()]


def edition_of(looks: Sequence[Look]) -> str:
    """The documented edition that these screens are most like: people, settings or legacy.

    Guide: one person with her details is invited at a time. Help center: a list of addresses; its current table has a
    Status column (User, Admin, Deactivated), the older one has none.
    """
    takes = next((seen.values["takes"] for seen in looks if "takes" in seen.values and not seen.mismatches), None)
    columns: list[str] = next((seen.values["columns"] for seen in looks if "columns" in seen.values), [])
    if takes == "one" or (takes is None and "role" in columns):
        return "people"
    return "settings" if "status" in columns else "legacy"


def dialect_of(looks: Sequence[Look]) -> tuple[str, dict[str, int]]:
    """How a console renders what was found, in the mock's names of dialects, and how often each way was seen.

    `div` where a fifth of it or more has no role at all; else `aria` where widgets of a library are among it; else
    `plain`.
    """
    seen = Counter(each.dialect for look in looks for each in look.findings if each.dialect)
    total = sum(seen.values())
    roleless = total and seen["text"] * 5 >= total
    name = "div" if roleless else "aria" if seen["aria"] else "plain"
    return name, {key: seen[key] for key in ("native", "aria", "text")}
