"""The page objects on a page that is shown to them: a lane, and a form with every field."""

from __future__ import annotations

from playwright.async_api import Page

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
