"""Change details, role, groups or managers of one person, and read them back.

Editions differ in where that is done: one form for all of it (the person's page or drawer), a form for each part, or an
action for a single thing ('Make Admin'). What lies where is found out before anything is changed; what no form of this
console can say is refused then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from connector import guards
from connector.actions import directory
from connector.actions.asked_back import AskingBack
from connector.actions.context import Context, change
from connector.actions.group_kinds import offered, require_not_dynamic, told_of
from connector.actions.register import managers_known
from connector.actions.status import objections_to
from connector.addresses import same_address
from connector.errors import Inexpressible, OperationFailed
from connector.models import Edit, Guard, Outcome, Person, Result, Role
from page_objects import words
from page_objects.answers import Answer
from page_objects.choice_question import Asked, ChoiceQuestion, InviteQuestion
from page_objects.controls.multi_choice import MultiChoice
from page_objects.lane import Deadline
from page_objects.part_dialog import details_edited_alone, open_detail
from page_objects.person_screen import PersonForm, PersonScreen

_ASKS_SECONDS = 1.0
"""How long the page that answers a save may take to be drawn."""
WAYS_MEMORY = "fields of the person form"
ALONE_MEMORY = "details of a person that are edited alone"
APART_MEMORY = "tabs of the person form that save for themselves"
AT_ONCE_MEMORY = "details of a person that count at once"
_SAID = {"names": "names", "role": "the role", "groups": "groups", "managers": "managers"}


async def edit(context: Context, operation: Edit) -> Outcome:
    """Changes one person.

    Raises PersonNotFound, Refused (Inexpressible where this console has no field for what is asked), and as `change`.
    """
    email = operation.email
    person = await _described(context, operation)
    left = open_wishes(operation, person)
    if not left:
        return context.so_already("edit", email, "is so")
    guards.scim_managed(person, context.overrides)
    # Two lanes must not each count the other's admin as the one who is left.
    alone = operation.role is not None and person.admin is not False
    async with context.console.one_by_one if alone else nullcontext():
        return await _edit(context, operation, person, left)


async def _edit(context: Context, operation: Edit, person: Person, left: Sequence[str]) -> Outcome:
    email = operation.email
    if operation.role is not None:
        admins = await directory.other_active_admins(context, person, lambda *_: None)
        guards.keeps_an_admin(person, operation.role, admins, account=context.account)
    guards.grants_admin(email, operation.role, context.overrides, already=person.admin)
    await managers_known(context, email, operation.add_managers)
    await require_not_dynamic(context, email, (*operation.add_groups, *operation.remove_groups))
    ways = await find_ways(context, operation, person)
    for group in operation.add_groups:
        guards.known_group(email, group, group not in ways.unknown_groups, context.overrides)
    if context.dry_run:
        return context.would("edit", email, f"change: {'; '.join(left)}")
    await carry_out(context, operation, ways, person)
    await context.picture(f"edit {email} after")
    return context.outcome("edit", email, Result.DONE, f"changed: {'; '.join(left)}")


async def carry_out(context: Context, operation: Edit, ways: Ways, person: Person) -> Person:
    """Makes the changes by the ways found, each way's once; the person as read back after the last of them.

    `person` is as she was read just now. Raises as `change` does.
    """
    try:
        return await _carry_out(context, operation, ways, person)
    except _OtherForm as other:
        # What was known of the form does not hold for this person, or does not hold any more.
        context.lane.step(f"{other}; looking anew")
        context.lane.learnt.pop(WAYS_MEMORY, None)
        problem = str(other)
    before, person = person, await _described(context, operation)
    try:
        ways = await find_ways(context, operation, person)
    except Inexpressible as error:
        left, wished = open_wishes(operation, person), open_wishes(operation, before)
        if left == wished:
            raise
        done = "; ".join(wish for wish in wished if wish not in left)
        raise OperationFailed(
            f"changed: {done}; then {problem}", whom=operation.email, seen="; ".join(left), advice=error.advice
        ) from error
    try:
        return await _carry_out(context, operation, ways, person)
    except _OtherForm as other:
        raise OperationFailed(f"{other}, though it was there a moment ago", whom=operation.email) from other


async def _carry_out(context: Context, operation: Edit, ways: Ways, person: Person) -> Person:
    for way, part in ways.parts(operation):
        if not open_wishes(part, person):
            continue
        try:
            person = await _make(context, way, part, person)
        except _OneByOne:  # nothing was changed yet
            for one in _each_open(part, person):
                person = await _make(context, way, one, person)
    return person


async def _make(context: Context, way: str, part: Edit, person: Person) -> Person:
    seen = [person]

    async def act() -> list[str]:
        return await _ACTING[way](context, part, seen[-1], way)

    async def missing() -> str | None:
        seen.append(await _described(context, part))
        return "; ".join(not_yet(part, seen[-1])) or None

    await change(context, email=part.email, what="edit", act=act, missing=missing)
    return seen[-1]


async def _described(context: Context, operation: Edit) -> Person:
    """The person as she is now, with what can be told of the groups that the operation is about."""
    person = await directory.describe(context, operation.email)
    return told_of(context, person, (*operation.add_groups, *operation.remove_groups))


class _OtherForm(Exception):
    """The form for a person does not say what such forms were known to say."""


class _OneByOne(Exception):
    """The form adds or removes one manager at a time, and each at once."""


async def _by_form(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    screen = await _open(context, part.email)
    if screen is None:
        raise _OtherForm("there is no form for this person")
    await screen.open_edit()
    said = await screen.says()
    if lacking := Ways(said, frozenset()).lacks(part):
        await screen.leave()
        raise _OtherForm(f"the form for this person has no field for {' and '.join(lacking)}")
    return await _save(context, screen, part, now, way, lambda: _fill(context, screen, part, now, said))


async def _by_detail(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    screen = await _open(context, part.email)
    (detail,) = _asked(part)
    if screen is None or detail not in await details_edited_alone(screen):
        if screen is not None:
            await screen.leave()
        raise _OtherForm(f"nothing on this person's page edits {_SAID[detail]} alone")
    form = await open_detail(screen, detail)
    said = await form.says()
    if detail == "managers" and await form.adds_at_once(form.managers):
        if len(_each_open(part, now)) > 1:
            await form.leave()
            raise _OneByOne
        if part.remove_managers:
            return await _remove_at_once(context, form, part)
    return await _save(context, form, part, now, way, lambda: _fill(context, form, part, now, said))


async def _at_once(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    """Changes one thing by a control that saves by itself: whatever is pressed here may have done it."""
    screen = await _open(context, part.email)
    if screen is None:
        raise _OtherForm("there is no place for this person")
    at_once = await screen.at_once()
    if Ways(frozenset(), frozenset(), at_once=at_once).lacks(part):
        at_once = await screen.at_once_on_tabs(_asked(part))
    if Ways(frozenset(), frozenset(), at_once=at_once).lacks(part):
        await screen.leave()
        raise _OtherForm("this person's details are not changed at once")

    async def press() -> None:
        if part.role is not None:
            await screen.press_role(part.role)
        for key, added, removed in (
            ("groups", part.add_groups, part.remove_groups),
            ("managers", part.add_managers, part.remove_managers),
        ):
            for value in added:
                await screen.press_to_add(key, value)
            for value in removed:
                await screen.press_to_remove(key, value)

    await context.about_to_send(part.email)
    asking = AskingBack(context, (part.email,), _granted(part, now))
    with asking.judged():
        with context.sending():
            await screen.save_at_once(press)
        return await asking.answered(await screen.saved_at_once(), screen.saved_at_once)


def _each_open(part: Edit, now: Person) -> list[Edit]:
    """The managers that are still to be added or removed, each as a change of its own: what is added comes first."""
    each = [Edit(email=part.email, add_managers=(manager,)) for manager in part.add_managers]
    each += [Edit(email=part.email, remove_managers=(manager,)) for manager in part.remove_managers]
    return [one for one in each if open_wishes(one, now)]


async def _remove_at_once(context: Context, form: PersonScreen, part: Edit) -> list[str]:
    await context.about_to_send(part.email)
    with context.sending():
        await form.remove_at_once(part.remove_managers[0])
    return await form.saved()


async def _by_part(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    await directory.in_view(context, part.email)
    word = words.EDIT_GROUPS if way == "groups" else words.EDIT_MANAGERS
    form = await context.people.open_part(part.email, word)
    return await _save(
        context, form, part, now, way, lambda: _fill_lists(context, form.groups, form.managers, part, now)
    )


async def _save(
    context: Context, form: PersonForm, part: Edit, now: Person, way: str, fill: Callable[[], Awaitable[None]]
) -> list[str]:
    """Fills a form in and saves it, once, and answers what it asks back; the console's objections."""
    await context.about_to_fill(part.email)
    async with context.filling():
        await fill()
    await context.picture(f"edit {part.email} {way}")
    await context.about_to_send(part.email)
    asking = AskingBack(context, (part.email,), _granted(part, now))
    with asking.judged():
        with context.sending():
            await form.save(_added_to(form, part) if isinstance(form, PersonScreen) else None)
        said = await form.saved()
        # Whether to invite a manager is answered below, and is no question of an admin.
        if not (part.add_managers and await InviteQuestion(context.lane).locator.count()):
            said = await asking.answered(said, form.saved)
    return await invite_managers(context, part, said)


def _granted(part: Edit, now: Person) -> dict[str, tuple[str, ...]] | None:
    """Whom this makes an admin, with what she is called before and after it; None where it makes nobody one."""
    if part.role is not Role.ADMIN or _has_role(Role.ADMIN, now):
        return None
    after = (part.first_name or now.first_name, part.last_name or now.last_name)
    names = (now.shown_name, *(" ".join(filter(None, pair)) for pair in ((now.first_name, now.last_name), after)))
    return {part.email: tuple(dict.fromkeys(name for name in names if name))}


async def invite_managers(context: Context, part: Edit, said: list[str]) -> list[str]:
    """Answers whether managers who are nobody here shall be invited, where a console asks that before it saves.

    With yes only where it asks of managers who were asked for, and of nobody else, and each of them is let pass; else
    the question is what the console objects, and stays unanswered. `said` is what it said to the save.
    """
    question = ChoiceQuestion(context.lane, "affirm_invite")
    drawn = Deadline(_ASKS_SECONDS)
    while not await context.lane.at_rest(context.lane.last_click) and not drawn.passed:
        await context.lane.pause(drawn)
    headed = InviteQuestion(context.lane)
    if (asked := await question.asked()) is not None:
        if not _asks_of_new(context, part, asked, asked.of_whom, (part.email,)):
            return [f"it asks '{asked.question}', which was not answered"]
        answer = Answer(context.lane, question.locator)
        sender = await question.choose_yes(asked)
    elif (asked := await headed.asked()) is not None:
        # The frame of its page may name who is signed in.
        known = (part.email, context.account)
        of_whom = [each for each in asked.addresses if not any(same_address(each, one) for one in known)]
        if not _asks_of_new(context, part, asked, of_whom, known):
            return [f"it asks '{asked.question}', which was not answered"]
        answer = Answer(context.lane, headed.locator)
        sender = await headed.yes()
    else:
        return said
    await context.picture(f"edit {part.email} question")
    await context.about_to_send(part.email)
    await answer.note()
    await context.lane.click(sender, what=f"yes to '{asked.question}'", screen="confirmation")
    return await answer.objections()


def _asks_of_new(context: Context, part: Edit, asked: Asked, of_whom: Sequence[str], known: tuple[str, ...]) -> bool:
    """Whether it asks of managers who were asked for, and of nobody else but `known`, and each of them is let pass."""
    new = [manager for manager in part.add_managers if any(same_address(manager, each) for each in of_whom)]
    lifted = all(guards.lifts(context.overrides, Guard.UNKNOWN_MANAGER, guards.no_such_manager(each)) for each in new)
    others = [each for each in asked.addresses if not any(same_address(each, one) for one in (*new, *known))]
    return bool(new) and not others and lifted and len(new) == len(of_whom)


def _added_to(form: PersonScreen, part: Edit) -> MultiChoice | None:
    """The field to which something was added, where that is all that was changed."""
    asked = _asked(part)
    if asked == ["groups"] and not part.remove_groups:
        return form.groups
    return form.managers if asked == ["managers"] and not part.remove_managers else None


async def _by_action(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    await directory.in_view(context, part.email)
    word = words.MAKE_ADMIN if part.role is Role.ADMIN else words.REMOVE_ADMIN
    return await objections_to(context, now, word, words.AFFIRM_ADMIN)


_ACTING = {
    "form": _by_form,
    "detail": _by_detail,
    "groups": _by_part,
    "managers": _by_part,
    "admin": _by_action,
    "at once": _at_once,
}


# -- which way for what ------------------------------------------------------------------------------------------------
@dataclass
class Ways:
    """What the person's form can say, which other forms and actions her row offers, and what her page edits alone."""

    form: frozenset[str]
    others: frozenset[str]
    details: frozenset[str] = frozenset()
    unknown_groups: frozenset[str] = frozenset()
    """Groups to be added that the console does not offer."""
    apart: frozenset[str] = frozenset()
    """Which of groups and managers lie on tabs of the form that save for themselves."""
    at_once: frozenset[str] = frozenset()
    """Which of role, admin, groups and managers are changed by controls that save by themselves."""

    @property
    def says(self) -> frozenset[str]:
        """Everything that can be changed somewhere."""
        return self.form | self.others | self.details | self.at_once

    def lacks(self, operation: Edit) -> list[str]:
        """What is asked and cannot be said anywhere, in words."""
        lacking = []
        for key in _asked(operation):
            if key in self.details:
                continue
            if key == "names" and not self.form & {"names", "name"}:
                lacking.append("names")
            elif key == "role" and operation.role is not None and not self._says_role(operation.role):
                lacking.append(f"the role {operation.role.value}")
            elif key in ("groups", "managers") and key not in self.form | self.others | self.at_once:
                lacking.append(_SAID[key])
        return lacking

    def _says_role(self, role: Role) -> bool:
        if "role" in self.form | self.at_once:
            return True
        return role in (Role.ADMIN, Role.LEARNER) and "admin" in self.form | self.others | self.at_once

    def parts(self, operation: Edit) -> list[tuple[str, Edit]]:
        """The operation divided by the ways it takes: the form for all that it says, then the others."""
        in_form = [key for key in _asked(operation) if key in self.form or self._in_form(key)]
        together = [key for key in in_form if key not in self.apart]
        parts = [("form", _only(operation, together))] if together else []
        parts += [("form", _only(operation, [key])) for key in in_form if key in self.apart]
        for key in _asked(operation):
            if key in self.at_once or (key == "role" and "admin" in self.at_once):
                parts += [("at once", each) for each in _one_by_one(_only(operation, [key]))]
            elif key in self.details and key not in in_form:
                parts.append(("detail", _only(operation, [key])))
            elif key not in in_form:
                parts.append(("admin" if key == "role" else key, _only(operation, [key])))
        return parts

    def _in_form(self, key: str) -> bool:
        return (key == "names" and "name" in self.form) or (key == "role" and "admin" in self.form)


async def find_ways(context: Context, operation: Edit, person: Person) -> Ways:
    """Where the changes can be made. Raises Inexpressible where this console cannot make all of them.

    Where forms for a person were looked at before and say all that is asked, none is opened. What is so already needs
    no way.
    """
    asked = _still_open(operation, person)
    ways = _known_ways(context, asked, person) or await look_for_ways(context, asked, person)
    if lacking := ways.lacks(asked):
        raise Inexpressible(
            f"this console has no field for {' and '.join(lacking)}{'' if context.acted else '; nothing was changed'}",
            whom=person.email,
            advice=f"its form for a person says {', '.join(sorted(ways.says)) or 'nothing'}",
        )
    if "names" in _asked(asked) and "names" not in ways.form | ways.details:
        _whole_name(asked, person)
    return ways


def _known_ways(context: Context, operation: Edit, person: Person) -> Ways | None:
    known = context.lane.learnt.get(WAYS_MEMORY)
    # What was learnt before tabs that save for themselves were told from others does not say which do.
    if known is None or APART_MEMORY not in context.lane.learnt or _new_groups(context, operation, person):
        return None
    kept = (ALONE_MEMORY, APART_MEMORY, AT_ONCE_MEMORY)
    details, apart, at_once = (frozenset(context.lane.learnt.get(memory) or ()) for memory in kept)
    ways = Ways(frozenset(known), frozenset(), details, apart=apart, at_once=at_once)
    return None if ways.lacks(operation) else ways


def _new_groups(context: Context, operation: Edit, person: Person) -> list[str]:
    """The groups to be added of which it is not known yet whether the console offers them."""
    return [
        group
        for group in operation.add_groups
        if group not in (person.groups or ()) and group not in context.lane.offered_groups
    ]


async def look_for_ways(context: Context, operation: Edit, person: Person) -> Ways:
    """Looks where what is asked can be changed; opens forms and menus, and leaves them."""
    email = person.email
    form: frozenset[str] = frozenset()
    new = _new_groups(context, operation, person)
    unknown = frozenset(new)
    screen = await _open(context, email)
    details: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    at_once: frozenset[str] = frozenset()
    if screen is not None:
        await screen.shown()
        details = await details_edited_alone(screen)
        if "groups" in details and new:
            alone = await open_detail(screen, "groups")
            unknown = await _not_offered(alone.groups, new, email)
            await alone.leave()
        # Beside buttons for single details one for all of them stands alone, or there is none.
        left = not details.issuperset(_asked(operation)) and (not details or await screen.edit_button.is_shown())
        if left and await screen.offers_editing():
            at_once = await screen.at_once()
            if not at_once:
                await screen.open_edit()
                form, apart, at_once = await screen.says(), screen.saved_apart, screen.saved_at_once_on_tabs
                form -= at_once
            if "groups" in form | at_once and new:
                unknown = await _not_offered(await screen.groups_field(), new, email)
        if form or details or at_once:
            context.lane.learnt[WAYS_MEMORY], context.lane.learnt[ALONE_MEMORY] = sorted(form), sorted(details)
            context.lane.learnt[APART_MEMORY], context.lane.learnt[AT_ONCE_MEMORY] = sorted(apart), sorted(at_once)
            for group in new:
                if group not in unknown:
                    context.lane.offers_group(group)
        await screen.leave()  # one that only shows her may lie over her row, too
    others = set()
    asked = {
        "groups": (words.EDIT_GROUPS,),
        "managers": (words.EDIT_MANAGERS,),
        "admin": (words.MAKE_ADMIN, words.REMOVE_ADMIN),
    }
    wanted = {key for key in _asked(operation) if key not in form | details | at_once}
    if "role" in wanted:
        wanted = (wanted - {"role"}) | ({"admin"} - form - at_once)
    if open_here := wanted & asked.keys():
        await directory.in_view(context, email)
        offered = await context.people.offered(email, *(word for key in open_here for word in asked[key]))
        others = {key for key in open_here if any(word in offered for word in asked[key])}
    if "groups" in others and new:
        await directory.in_view(context, email)
        part = await context.people.open_part(email, words.EDIT_GROUPS)
        unknown = await _not_offered(part.groups, new, email)
        await part.leave()
    return Ways(form, frozenset(others), details, unknown, apart, at_once)


async def _not_offered(field: MultiChoice, groups: Sequence[str], email: str) -> frozenset[str]:
    return frozenset([group for group in groups if not await offered(field, group, email)])


def _asked(operation: Edit) -> list[str]:
    asked = {
        "names": operation.first_name is not None or operation.last_name is not None,
        "role": operation.role is not None,
        "groups": bool(operation.add_groups or operation.remove_groups),
        "managers": bool(operation.add_managers or operation.remove_managers),
    }
    return [key for key, is_asked in asked.items() if is_asked]


def _only(operation: Edit, keys: list[str]) -> Edit:
    fields = {
        "names": ("first_name", "last_name"),
        "role": ("role",),
        "groups": ("add_groups", "remove_groups"),
        "managers": ("add_managers", "remove_managers"),
    }
    return Edit(email=operation.email, **{name: getattr(operation, name) for key in keys for name in fields[key]})


def _one_by_one(part: Edit) -> list[Edit]:
    """A change of the role, of groups or of managers, divided so that each is made and read back by itself."""
    each = [Edit(email=part.email, add_groups=(group,)) for group in part.add_groups]
    each += [Edit(email=part.email, remove_groups=(group,)) for group in part.remove_groups]
    each += [Edit(email=part.email, add_managers=(manager,)) for manager in part.add_managers]
    each += [Edit(email=part.email, remove_managers=(manager,)) for manager in part.remove_managers]
    return each or [part]


def _whole_name(operation: Edit, person: Person) -> str:
    """The name in one piece, where only a part of it is to be changed as well."""
    first = operation.first_name if operation.first_name is not None else person.first_name
    last = operation.last_name if operation.last_name is not None else person.last_name
    if first is None or last is None:
        raise Inexpressible(
            f"this console holds the name in one field ('{person.shown_name or ''}'), which cannot be divided for sure",
            whom=person.email,
            advice="give both --first-name and --last-name",
        )
    return f"{first} {last}".strip()


# -- acting ------------------------------------------------------------------------------------------------------------
async def _open(context: Context, email: str) -> PersonScreen | None:
    await directory.in_view(context, email)
    return await context.people.open_person(email)


async def _fill(context: Context, form: PersonScreen, operation: Edit, person: Person, said: frozenset[str]) -> None:
    if "names" in said:
        await form.change(
            first_name=operation.first_name if operation.first_name != person.first_name else None,
            last_name=operation.last_name if operation.last_name != person.last_name else None,
        )
    elif "names" in _asked(operation):
        await form.change(whole_name=_whole_name(operation, person))
    if operation.role is not None and not _has_role(operation.role, person):
        await form.change_role(operation.role)
    # What is so already is not turned to: the button that saves may lie on the tab of what is not.
    groups, managers = (_only(operation, [key]) for key in ("groups", "managers"))
    if open_wishes(groups, person):
        await _fill_lists(context, await form.groups_field(), form.managers, groups, person)
    if open_wishes(managers, person):
        await _fill_lists(context, form.groups, await form.managers_field(), managers, person)


async def _fill_lists(
    context: Context, groups: MultiChoice, managers: MultiChoice, operation: Edit, person: Person
) -> None:
    """Where the list of people does not tell for sure what she has, the form does: 'Sales, EMEA' may be one group."""
    if operation.add_groups or operation.remove_groups:
        of_hers = person.groups if person.groups is not None else await groups.read()
        for group in operation.add_groups:
            if group not in of_hers:
                await groups.add(group, create=Guard.UNKNOWN_GROUP in context.overrides)
        for group in operation.remove_groups:
            if group in of_hers:
                await groups.remove(group)
    if not (operation.add_managers or operation.remove_managers):
        return
    held = person.managers if person.managers is not None else await managers.addresses()
    if held is None and operation.remove_managers:
        raise OperationFailed(
            "the form tells the managers by their names alone: whom to take away is not sure; nothing was sent",
            whom=operation.email,
            seen=", ".join(await managers.read()),
        )
    for manager in operation.add_managers:
        if not any(same_address(manager, other) for other in held or ()):
            await managers.add(manager, create=True)
    for manager in operation.remove_managers:
        for other in held or ():
            if same_address(manager, other):
                await managers.remove(other)


# -- what is left to do ------------------------------------------------------------------------------------------------
def _has_role(role: Role, person: Person) -> bool:
    if person.role is not None:
        return role is person.role
    # A console that tells admins from the others, and no more: whoever is no admin counts as a learner, the default.
    return person.admin is not None and role is (Role.ADMIN if person.admin else Role.LEARNER)


def _names_open(operation: Edit, person: Person) -> list[str]:
    first, last = operation.first_name, operation.last_name
    if person.first_name is None and person.shown_name and first is not None and last is not None:
        return [] if person.is_called(first, last) else [f"name {first} {last}".strip()]
    wishes = []
    if operation.first_name not in (None, person.first_name):
        wishes.append(f"first name {operation.first_name}")
    if operation.last_name not in (None, person.last_name):
        wishes.append(f"last name {operation.last_name}")
    return wishes


def _still_open(operation: Edit, person: Person) -> Edit:
    """The operation without what is so already."""
    of_hers, managers = person.groups, person.managers or ()
    named = bool(_names_open(operation, person))
    return Edit(
        email=operation.email,
        first_name=operation.first_name if named else None,
        last_name=operation.last_name if named else None,
        role=None if operation.role is None or _has_role(operation.role, person) else operation.role,
        add_groups=tuple(group for group in operation.add_groups if of_hers is None or group not in of_hers),
        remove_groups=tuple(group for group in operation.remove_groups if of_hers is None or group in of_hers),
        add_managers=tuple(
            manager for manager in operation.add_managers if not any(same_address(manager, other) for other in managers)
        ),
        remove_managers=tuple(
            manager
            for manager in operation.remove_managers
            if person.managers is None or any(same_address(manager, other) for other in managers)
        ),
    )


def open_wishes(operation: Edit, person: Person) -> list[str]:
    """What is not yet as wanted, in words. What the console does not show counts as open."""
    wishes = _names_open(operation, person)
    if operation.role is not None and not _has_role(operation.role, person):
        wishes.append(f"role {operation.role.value}")
    groups, managers = person.groups, person.managers
    wishes += [f"in group {group}" for group in operation.add_groups if groups is None or group not in groups]
    wishes += [f"out of group {group}" for group in operation.remove_groups if groups is None or group in groups]
    for manager in operation.add_managers:
        if managers is None or not any(same_address(manager, other) for other in managers):
            wishes.append(f"reporting to {manager}")
    for manager in operation.remove_managers:
        if managers is None or any(same_address(manager, other) for other in managers):
            wishes.append(f"not reporting to {manager}")
    return wishes


def not_yet(operation: Edit, person: Person) -> list[str]:
    """The same as sentences about what the console shows now."""
    said = [f"the name is {_name_shown(person)}" for _ in _names_open(operation, person)[:1]]
    if operation.role is not None and not _has_role(operation.role, person):
        shown = person.role.value if person.role else "admin" if person.admin else None
        wanted = operation.role.value
        said.append(f"the role is {shown}, not {wanted}" if shown else f"the role is not shown as {wanted}")
    return [*said, *_groups_not_yet(operation, person), *_managers_not_yet(operation, person)]


def _name_shown(person: Person) -> str:
    names = (person.first_name, person.last_name)
    whole = person.shown_name if names == (None, None) else " ".join(filter(None, names))
    return f"'{whole}'" if whole else "not shown"


def _groups_not_yet(operation: Edit, person: Person) -> list[str]:
    if person.groups is None:
        if not (operation.add_groups or operation.remove_groups):
            return []
        shown = f"her groups cannot be told apart: '{person.groups_text}'" if person.groups_text else ""
        return [shown or "her groups are not shown"]
    said = [f"not in group {group}" for group in operation.add_groups if group not in person.groups]
    said += [f"still in group {group}" for group in operation.remove_groups if group in person.groups]
    if said:
        said[-1] += f" (shown: {person.groups_text or '; '.join(person.groups) or 'none'})"
    return said


def _managers_not_yet(operation: Edit, person: Person) -> list[str]:
    managers = person.managers
    if managers is None:
        return ["her managers are not shown"] if operation.add_managers or operation.remove_managers else []
    here = [*managers]
    said = [f"not reporting to {m}" for m in operation.add_managers if not any(same_address(m, o) for o in here)]
    said += [f"still reporting to {m}" for m in operation.remove_managers if any(same_address(m, o) for o in here)]
    if said:
        said[-1] += f" (shown: {', '.join(here) or 'none'})"
    return said
