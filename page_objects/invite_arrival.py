"""How a form to invite comes up: it stands open in the page, or a click brings one of several up; which it is."""

from __future__ import annotations

from playwright.async_api import Locator

from connector.errors import ConsoleDrift
from page_objects import words
from page_objects.controls.base import Action, Declared
from page_objects.invite_dialog import AnyInviteForm, InviteListForm, InviteNamedForm, InviteOneForm, InviteSteps
from page_objects.lane import Deadline, Lane

_DRAWS_SECONDS = 0.3
"""How long a form that came may take to draw its other fields, where what it has drawn is a form of its own."""
_DRAWN_SECONDS = 2.0
"""The same where that is one address to type and nothing else, as another form may begin."""
_LATE = 0.8
"""The part of the time-out after which a page that never comes to rest is taken as it is."""


class InlineSender(Action):
    """What sends a form that stands open above the list: it is called as what opens one elsewhere, or as what sends."""

    said = (words.INVITE, words.SEND_INVITATION)

    @property
    def locator(self) -> Locator:
        return self.lane.find(self.kind, *self.said, scope=self.screen.scope)


class InlineInviteOneForm(InviteOneForm):
    """The same where it stands open above the list of people: 'Invite User' is what sends it."""

    send_button = Declared(InlineSender, words.SEND_INVITATION)


class InlineInviteNamedForm(InviteNamedForm):
    """The same with one field for the whole name."""

    send_button = Declared(InlineSender, words.SEND_INVITATION)


class InlineInviteListForm(InviteListForm):
    """The same for a list of addresses, or for one address and nothing else."""

    send_button = Declared(InlineSender, words.SEND_INVITATION)


async def inline(lane: Lane) -> InlineInviteOneForm | InlineInviteNamedForm | InlineInviteListForm | None:
    """The form to invite where it stands open in the page, so that nothing has to be clicked to open it."""
    forms = (InviteOneForm, InviteNamedForm, InviteListForm)
    holds = [form.fields(lane) for form in forms]
    found = await lane.counts(*(lane.query("inline-form", *InlineSender.said, holds=each) for each in holds))
    one, named, many = (lane.find("inline-form", *InlineSender.said, holds=each) for each in holds)
    if found[0] == 1:
        return InlineInviteOneForm(lane, one)
    if found[1] == 1 and await (form_of_one := InlineInviteNamedForm(lane, named)).is_here():
        return form_of_one
    if found[2] != 1:
        return None
    form = InlineInviteListForm(lane, many)
    form.takes = "list" if await form.emails.takes_many() else "one"
    return form


class Arrival:
    """What a click that asks for the form to invite brings up, one look after the other."""

    def __init__(self, lane: Lane) -> None:
        self.lane = lane
        self.one, self.named, self.many = InviteOneForm(lane), InviteNamedForm(lane), InviteListForm(lane)
        self.steps = InviteSteps(lane)
        self.asks_to_sign_in = False
        self._seen: dict[str, Deadline] = {}
        self._late = Deadline(lane.timeout * _LATE)

    async def now(self) -> AnyInviteForm | None:
        """The form that is there now; another may become of it while it is still being drawn."""
        lane, one, named, many, steps = self.lane, self.one, self.named, self.many, self.steps
        sought = [form.query(lane) for form in (one, many, named, steps)]
        found = await lane.counts(*sought, {"kind": "sign-in", **lane.sign_in_words()})
        self.asks_to_sign_in = found[4] > 0
        if found[0] == 1:
            return one
        if found[1] and await many.is_here():
            many.takes = "list"
            return many
        if found[2] and await named.is_here():
            return named
        if found[3] and await steps.is_here():
            return steps
        if found[1] and await many.is_for_one():
            many.takes = "one"
            return many
        return None

    async def settled(self) -> AnyInviteForm | None:
        """The same, once it had its time to be drawn; None until then."""
        here = await self.now()
        kind = f"{type(here).__name__} {here.takes}" if here else ""
        self._seen = {name: since for name, since in self._seen.items() if name == kind}
        if here is None:
            return None
        alone = here is self.many and here.takes == "one"
        draws = 0 if here is self.one else _DRAWN_SECONDS if alone else _DRAWS_SECONDS
        drawn = self._seen.setdefault(kind, Deadline(min(self.lane.timeout * _LATE, draws)))
        if not drawn.passed or (alone and not self._late.passed and not self.lane.traffic.idle(self.lane.last_click)):
            return None
        return here


async def arrived(lane: Lane, patience: float | None = None) -> AnyInviteForm:
    """Waits until a form to invite is there, and tells which; no longer than `patience`, in seconds, where it is given.

    Raises ConsoleDrift that names the missing element where a part of a form is there, SessionEnded.
    """
    arrival = Arrival(lane)
    deadline = Deadline(lane.timeout if patience is None else min(lane.timeout, patience))
    while not deadline.passed:
        if (form := await arrival.settled()) is not None:
            await form.arrive()
            return form
        if arrival.asks_to_sign_in or lane.traffic.read_troubles(lane.last_click):
            break
        await lane.pause(deadline)
    one = arrival.one
    assert one.scope is not None
    try:
        await lane.one(
            one.scope,
            what="the form",
            screen=one.name,
            expected="a form with Email, First name and a button such as Send invitation, or one for a list of e-mails",
            kind="field",
            waited=deadline.passed,
        )
    except ConsoleDrift as drift:
        await one.name_what_is_missing(drift)
        raise
    return one
