"""What deactivate, reactivate and resend have in common: an action on one person that asks before it acts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple

from connector import guards
from connector.actions import directory
from connector.actions.context import Context, change
from connector.errors import ConsoleDrift, ConsoleUnavailable, OperationFailed
from connector.models import Person, Status
from page_objects import words
from page_objects.confirm_dialog import ConfirmDialog, Heed, unheeded
from page_objects.person_actions import Place
from page_objects.question_warnings import Warned
from page_objects.words import Word


async def with_status(context: Context, person: Person) -> Person:
    """The person with her status; read from her own page where the list does not show it."""
    return person if person.status is not None else await directory.details(context, person)


class Clicked(NamedTuple):
    """What the console said to a click: what objects, and everything, success included."""

    objections: list[str]
    reports: list[str]
    refused: bool = False
    """Whether it refused in place of a question, before anything was sent."""


async def click_and_confirm(
    context: Context,
    person: Person,
    action: Word,
    affirm: Word,
    heed: Heed = unheeded,
    *,
    at_most_once: bool = False,
) -> Clicked:
    """Reaches the action, clicks it, confirms; what the console said. Leaves no dialog open whatever happens.

    `heed` hears what the question warns of: where it raises Refused, the question is answered with no.
    `at_most_once`: nothing on the console shows afterwards whether it was done, so that it counts as done by the click.
    """
    people, before = context.people, context.acted
    mark = context.lane.traffic.mark()

    async def ask() -> tuple[Place, ConfirmDialog, bool]:
        noting = partial(context.about_to_send, person.email)
        place, control = await people.reach(person.email, action, person.status, noting)
        await context.picture(f"{action.key} {person.email} before")
        await context.about_to_send(person.email)  # some consoles act on this click, and ask nothing
        context.acted = before or at_most_once
        names = (person.shown_name, person.said_name)
        dialog = ConfirmDialog(context.lane, person.email, affirm, *names, heed=heed)
        await people.ask(control, dialog)
        return place, dialog, await dialog.needed()

    try:
        place, dialog, asks = await context.lane.patiently(ask)
    except (ConsoleDrift, ConsoleUnavailable):
        # Clicked or chosen, and nothing came: whether the console acted at once is not known.
        context.acted = context.acted or context.lane.traffic.changing(mark)
        raise
    # Where a question came and nothing was sent, nothing has been done yet.
    refused = dialog.refusal is not None or dialog.declined is not None
    context.acted = before or not (asks or refused) or context.lane.traffic.changing(mark)
    try:
        if dialog.declined is not None:
            raise dialog.declined
        if asks:
            await context.picture(f"{action.key} {person.email} question")
            yes = await dialog.ready()
            await context.about_to_send(person.email)
            context.acted = True
            await dialog.confirm(yes)
        return Clicked(await dialog.objections(), await dialog.reports(), refused)
    finally:
        await dialog.leave()
        await place.leave()


async def objections_to(
    context: Context, person: Person, action: Word, affirm: Word, warnings: list[str] | None = None
) -> list[str]:
    """Does the action as `click_and_confirm` does; the console's objections.

    `warnings` takes in what its question warns of.

    Raises Refused (scim-managed, key-owner) where that speaks against it; OperationFailed with the objections where the
    console refused at once, and nothing was sent before that it may speak of.
    """

    def heed(said: Warned) -> None:
        if warnings is not None:
            warnings[:] = said.lines
        if said.scim:
            guards.scim_managed(person.model_copy(update={"scim_managed": True}), context.overrides)
        if said.keys is not None and action is words.DEACTIVATE:
            guards.owns_keys(person.email, said.keys, context.overrides)

    clicked = await click_and_confirm(context, person, action, affirm, heed)
    if clicked.refused and not context.acted:
        raise refusal_of(clicked, person, action)
    return clicked.objections


def refusal_of(clicked: Clicked, person: Person, action: Word) -> OperationFailed:
    """The error for an action that the console refuses in place of asking."""
    what = action.aliases[0].lower()
    said = " ".join(clicked.objections)
    return OperationFailed(f"the console refused to {what}: {said}", whom=person.email, screen="People")


async def set_status(
    context: Context, person: Person, action: Word, affirm: Word, wanted: tuple[Status, ...]
) -> tuple[str, ...]:
    """Changes a person's status and reads it back; what the console warned of in its question.

    Raises as `objections_to` and `change` do.
    """
    warnings: list[str] = []

    async def act() -> list[str]:
        return await objections_to(context, person, action, affirm, warnings)

    await change(
        context,
        email=person.email,
        what=action.aliases[0].lower(),
        act=act,
        missing=lacks_status(context, person.email, wanted),
    )
    await context.picture(f"{action.key} {person.email} after")
    return tuple(warnings)


async def is_so_by_now(context: Context, email: str, wanted: tuple[Status, ...]) -> bool:
    """Whether somebody else has done it since she was looked at: then nothing offers it any more."""
    if context.acted:
        return False
    try:
        return await lacks_status(context, email, wanted)() is None
    except ConsoleDrift:
        return False  # what was not offered is what is to be told


def with_warnings(message: str, warnings: tuple[str, ...]) -> str:
    """What is said of a change, and what the console warned of when it asked."""
    return f"{message}; the console warned: {' '.join(warnings)}" if warnings else message


def lacks_status(context: Context, email: str, wanted: tuple[Status, ...]) -> Callable[[], Awaitable[str | None]]:
    """A fresh read that tells what is missing until the person has one of these statuses."""

    async def missing() -> str | None:
        person = await directory.find(context, email)
        if person is None:
            return "nobody has this address any more"
        status = (await with_status(context, person)).status
        if status is None:
            raise ConsoleDrift(
                "the console shows no status for this person",
                whom=email,
                screen="People",
                expected=" / ".join(alias for word in words.STATUS_NAMES.values() for alias in word.aliases[:1]),
                seen="nothing that names a status, in the list and on the person's page",
            )
        return None if status in wanted else f"the status is {status.value}"

    return missing
