"""The page objects on a page that is shown to them: a lane, and a form with every field."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from playwright.async_api import Page

from connector.actions.context import Context
from connector.actions.ways import Ways, look_for_ways
from connector.models import Edit, Person
from page_objects import words
from page_objects.controls.base import Declared, Screen
from page_objects.controls.choices import Choice
from page_objects.controls.fields import Switch, TextField
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Lane

CONSOLE = "http://console.example"


def lane_on(page: Page, timeout: float = 3) -> Lane:
    """A lane on this page, which gives up after so many seconds."""
    return Lane(page=page, base_url=CONSOLE, timeout=timeout)


class Form(Screen):
    """Every field that a form of a person or a group may have; a test uses those that its page shows."""

    name = "form"
    email = Declared(TextField, words.FIELD_EMAIL)
    first_name = Declared(TextField, words.FIELD_FIRST_NAME)
    role = Declared(Choice, words.FIELD_ROLE)
    admin = Declared(Switch, words.FIELD_ADMIN)
    groups = Declared(MultiChoice, words.FIELD_GROUPS)
    managers = Declared(MultiChoice, words.FIELD_MANAGERS)
    group_name = Declared(TextField, words.FIELD_GROUP_NAME)


async def looked_at(page: Page, html: str, part: Edit, person: Person, status: int = 200) -> tuple[Context, Ways]:
    """A context on this page of a person, and where on it what is asked can be changed; `/save` answers so."""

    async def answer(route: Any) -> None:
        save = "/save" in route.request.url
        body = "" if save else html
        await route.fulfill(status=status if save else 200, body=body, content_type="text/html; charset=utf-8")

    async def note(*_: str) -> None:
        pass

    await page.route("**/*", answer)
    lane = lane_on(page)
    await lane.go(f"{lane.base_url}/admin/users", screen="People")
    console: Any = SimpleNamespace()
    evidence: Any = SimpleNamespace()
    context = Context(console=console, lane=lane, evidence=evidence)
    context.picture = note  # type: ignore[assignment]
    return context, await look_for_ways(context, part, person)
