"""The stops of a walk through the console, and what is read at each: the same live and from a recording.

A stop is a screen in a certain state, such as a person's row with its menu open. `look` only looks: how a stop is
reached is `actions/check.py`'s business, and a recording is in that state already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from connector.errors import ConsoleDrift
from connector.models import Status
from page_objects import inspection, words
from page_objects.import_dialog import ImportDialog
from page_objects.inspection import Finding, State, Wanted
from page_objects.invite_arrival import Arrival
from page_objects.invite_dialog import InviteForm, InviteListForm, InviteOneForm, InviteSteps
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


def nothing_is_typed(address: str) -> None:
    """What looking at a sign-in page allows to be typed anywhere: nothing."""
    raise ConsoleDrift("nothing is typed while a console is looked at", screen=SignInScreen.name, seen=address)


async def _sign_in(lane: Lane, stop: Stop) -> Look:
    """What the first page to sign in asks for. Further steps come only to somebody who types something."""
    screen = SignInScreen(lane, nothing_is_typed)
    now = await screen.look()
    query = lane.sign_in_words()
    on = [*query["actions"], *lane.vocabulary.of(words.VERIFY)]
    asked = [name for name, count in (("email", now.email), ("password", now.password), ("code", now.code)) if count]
    fields = {"email": words.SIGN_IN_EMAIL, "password": words.PASSWORD, "code": words.CODE}
    wanted = [
        Wanted(
            name, "sign-in-field", word, name in asked or (name == "email" and not now.asks), {**query, "field": name}
        )
        for name, word in fields.items()
    ]
    if asked:
        more = {**query, "field": asked[-1], "words": on}
        wanted.append(Wanted("button to go on", "submit", words.LOG_IN, True, more))
    wanted.append(Wanted("single sign-on", "action", words.SINGLE_SIGN_ON))
    findings = [
        replace(each, state=State.NOT_LOOKED_AT, instead=(), note="not on this step, if at all")
        if each.state is State.MISSING and not each.required
        else each
        for each in await inspection.inspect(lane, screen.name, None, wanted)
    ]
    return Look(stop, screen.name, tuple(findings), {"asks for": asked})


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
        "seats": [pool.model_dump(mode="json", exclude={"free"}) for pool in await screen.shown_seats()],
    }
    for name, shown in (("total of people", values["total"] is not None), ("counter of seats", bool(values["seats"]))):
        findings.append(Finding(screen.name, name, State.FOUND if shown else State.MISSING, False))
    return Look(stop, screen.name, tuple(findings), values)


async def _invite(lane: Lane, stop: Stop) -> Look:
    """The form that is there; where a part of it is missing, what came up is looked at as the form it is most like."""
    form: InviteForm | None = await Arrival(lane).now()
    if isinstance(form, InviteSteps):
        await form.arrive()
        later = [name for name in form.elements if name not in ("email", "next_button")]
        return Look(stop, form.name, tuple(await inspection.elements(form, later=later)), {"takes": form.takes})
    if form is None:
        one, many = InviteOneForm(lane), InviteListForm(lane)
        one.scope = many.scope = lane.find("step-surface", since="form")
        form = many if await many.emails.is_shown() and await many.emails.takes_many() else one
    findings = await inspection.elements(form)
    if not await form.may_ask_for_role():
        findings = [inspection.optional(each) if each.key == words.FIELD_ROLE.key else each for each in findings]
    return Look(stop, form.name, tuple(findings), {"takes": form.takes})


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
