"""Change details, role, groups or managers of one person, and read them back.

Editions differ in where that is done: one form for all of it (the person's page or drawer), a form for each part, or an
action for a single thing ('Make Admin'). What lies where is found out before anything is changed; what no form of this
console can say is refused then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import nullcontext

from connector import guards
from connector.actions import directory
from connector.actions.asked_back import AskingBack, answer_is_drawn
from connector.actions.context import Context, change
from connector.actions.group_kinds import none_made_of_several, require_not_dynamic, said_in_fields, told_of
from connector.actions.membership import change_membership, taken_out_as_asked, told_by_groups
from connector.actions.register import managers_known
from connector.actions.status import objections_to
from connector.actions.ways import SAID, WAYS_MEMORY, Ways, find_ways, open_person
from connector.actions.wishes import asked_of, has_role, not_yet, one_by_one, only, open_wishes, still_open, whole_name
from connector.addresses import same_address
from connector.errors import EffectUnknown, Inexpressible, OperationFailed
from connector.models import Edit, Guard, Outcome, Person, Result, Role
from page_objects import words
from page_objects.answers import Answer
from page_objects.choice_question import Asked, ChoiceQuestion, InviteQuestion
from page_objects.controls.multi_choice import MultiChoice
from page_objects.part_dialog import details_edited_alone, open_add_to_group, open_detail
from page_objects.person_form import PersonForm
from page_objects.person_screen import PersonScreen
from page_objects.reading import plain


async def edit(context: Context, operation: Edit) -> Outcome:
    """Changes one person.

    Raises PersonNotFound, Refused (Inexpressible where this console has no field for what is asked), and as `change`.
    """
    email = operation.email
    person = await _described(context, operation)
    left = open_wishes(operation, person)
    if not left:
        if context.acted:
            await none_made_of_several(context, email)
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
    except (Inexpressible, OperationFailed) as error:
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
            person = await _make(context, operation, way, part, person)
        except _OneByOne:  # nothing was changed yet
            for one in one_by_one(still_open(part, person)):
                person = await _make(context, operation, way, one, person)
    if undone := not_yet(operation, person):
        raise EffectUnknown(
            "each part of the change was read back, and the last of them left something otherwise",
            whom=operation.email,
            screen="People",
            seen="; ".join(undone),
        )
    return person


async def _make(context: Context, operation: Edit, way: str, part: Edit, person: Person) -> Person:
    try:
        return await _changed(context, operation, way, part, person, {})
    except _NamesAlone:  # nothing was changed yet
        called = await _names_of(context, part.email, person.managers or ())
        return await _changed(context, operation, way, part, person, called)


async def _names_of(context: Context, email: str, managers: Sequence[str]) -> dict[str, str]:
    """What each of these people is called, as the list says it. Refused where that does not tell them apart."""
    called: dict[str, str] = {}
    for manager in managers:
        found = await directory.get(context, manager)
        called[manager] = plain(found.shown_name or " ".join(filter(None, (found.first_name, found.last_name))))
        # Who has no name yet is called by her address.
        called[manager] = called[manager] or manager
    return called


async def _changed(
    context: Context, operation: Edit, way: str, part: Edit, person: Person, called: Mapping[str, str]
) -> Person:
    """As `_make`. `called`: the names of her managers, where the form is known to tell no more of them."""
    seen = [person]

    async def act() -> list[str]:
        if called:
            return await _ACTING[way](context, part, seen[-1], way, called)
        return await _ACTING[way](context, part, seen[-1], way)

    async def missing() -> str | None:
        # All that is asked is looked up: what is told of some groups alone would tell that she is in no other.
        seen.append(await _described(context, operation))
        return "; ".join(not_yet(part, seen[-1])) or None

    await change(context, email=part.email, what="edit", act=act, missing=missing)
    await none_made_of_several(context, part.email)
    return seen[-1]


async def _described(context: Context, operation: Edit) -> Person:
    """The person as she is now, with what can be told of the groups that the operation is about."""
    person = await directory.describe(context, operation.email)
    asked = (*operation.add_groups, *operation.remove_groups)
    return await told_by_groups(context, told_of(context, person, asked), asked)


class _OtherForm(Exception):
    """The form for a person does not say what such forms were known to say."""


class _OneByOne(Exception):
    """The form adds or removes one manager at a time, and each at once."""


class _NamesAlone(Exception):
    """The form tells the managers by their names alone, and somebody is to be taken away."""


async def _chips_to_remove(
    context: Context,
    form: PersonForm,
    managers: Callable[[], Awaitable[MultiChoice]],
    part: Edit,
    now: Person,
    called: Mapping[str, str] | None,
) -> dict[str, str]:
    """What the chips say of the managers to be taken away, where they tell names alone; nothing is filled in yet.

    Raises _NamesAlone where the names are still to be looked up. Refused where they do not tell for sure who is who: a
    chip must be the only one of its name, and there must be as many as she has managers.
    """
    if not part.remove_managers or not now.managers:
        return {}
    field = await managers()
    chips = await field.removable_chips()
    if not chips or await field.addresses() is not None:
        return {}
    if called is None:
        await form.leave()
        raise _NamesAlone
    names = {held: name for held, name in called.items() if any(same_address(held, each) for each in now.managers)}
    found = {}
    for held in now.managers:
        if not any(same_address(held, each) for each in part.remove_managers):
            continue
        name = names.get(held)
        alone = name is not None and chips.count(name) == 1 and [*names.values()].count(name) == 1
        if name is None or not alone or len(chips) != len(now.managers):
            await form.leave()
            what = f"the form tells the managers by their names alone, and not for sure which of them is {held}"
            seen = f"it shows {', '.join(chips)}"
            if context.acted:  # nothing that is refused has happened
                raise OperationFailed(what, whom=part.email, seen=seen)
            raise Inexpressible(f"{what}; nothing was changed", whom=part.email, advice=seen)
        found[held] = name
    return found


async def _by_form(
    context: Context, part: Edit, now: Person, way: str, called: Mapping[str, str] | None = None
) -> list[str]:
    screen = await open_person(context, part.email)
    if screen is None:
        raise _OtherForm("there is no form for this person")
    await screen.open_edit()
    said = await screen.says()
    if lacking := Ways(said, frozenset()).lacks(part):
        await screen.leave()
        raise _OtherForm(f"the form for this person has no field for {' and '.join(lacking)}")
    chips = await _chips_to_remove(context, screen, screen.managers_field, part, now, called)
    return await _save(context, screen, part, now, way, lambda: _fill(context, screen, part, now, said, chips))


async def _by_detail(
    context: Context, part: Edit, now: Person, way: str, called: Mapping[str, str] | None = None
) -> list[str]:
    screen = await open_person(context, part.email)
    (detail,) = asked_of(part)
    alone = await details_edited_alone(screen) if screen is not None else frozenset()
    if detail == "names" and detail not in alone:
        detail = "first_name" if part.first_name is not None else "last_name"
    if screen is None or detail not in alone:
        if screen is not None:
            await screen.leave()
        raise _OtherForm(f"nothing on this person's page edits {SAID[detail]} alone")
    form = await open_detail(screen, detail)
    said = await form.says()
    if detail == "managers" and await form.adds_at_once(form.managers):
        if len(one_by_one(still_open(part, now))) > 1:
            await form.leave()
            raise _OneByOne
        if part.remove_managers:
            return await _remove_at_once(context, form, part)
    chips = await _chips_to_remove(context, form, form.managers_field, part, now, called)
    return await _save(context, form, part, now, way, lambda: _fill(context, form, part, now, said, chips))


async def _at_once(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    """Changes one thing by a control that saves by itself: whatever is pressed here may have done it."""
    screen = await open_person(context, part.email)
    if screen is None:
        raise _OtherForm("there is no place for this person")
    at_once = await screen.at_once()
    if Ways(frozenset(), frozenset(), at_once=at_once).lacks(part):
        at_once = await screen.at_once_on_tabs(asked_of(part))
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


async def _in_list(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    """Adds her to one group by the form that her list of groups opens, or takes her out of one in its row there."""
    screen = await open_person(context, part.email)
    if screen is None or not await screen.lists_groups(part.add_groups, part.remove_groups):
        if screen is not None:
            await screen.leave()
        raise _OtherForm("this person's groups are not changed in a list")
    if part.add_groups:
        form = await open_add_to_group(screen)
        return await _save(
            context, form, part, now, way, lambda: _fill_lists(context, form.groups, form.managers, part, now)
        )
    (group,) = part.remove_groups
    return await taken_out_as_asked(context, now, group, lambda: screen.leave_group(group))


async def _remove_at_once(context: Context, form: PersonScreen, part: Edit) -> list[str]:
    await context.about_to_send(part.email)
    with context.sending():
        await form.remove_at_once(part.remove_managers[0])
    return await form.saved()


async def _by_part(
    context: Context, part: Edit, now: Person, way: str, called: Mapping[str, str] | None = None
) -> list[str]:
    await directory.in_view(context, part.email)
    word = words.EDIT_GROUPS if way == "groups" else words.EDIT_MANAGERS
    form = await context.people.open_part(part.email, word)

    async def managers() -> MultiChoice:
        return form.managers

    chips = await _chips_to_remove(context, form, managers, part, now, called)
    return await _save(
        context, form, part, now, way, lambda: _fill_lists(context, form.groups, form.managers, part, now, chips)
    )


async def _save(
    context: Context, form: PersonForm, part: Edit, now: Person, way: str, fill: Callable[[], Awaitable[None]]
) -> list[str]:
    """Fills a form in and saves it, once, and answers what it asks back; the console's objections."""
    await context.about_to_fill(part.email)
    with said_in_fields(context, part.email):
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
    if part.role is not Role.ADMIN or has_role(Role.ADMIN, now):
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
    await answer_is_drawn(context.lane)
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
    asked = asked_of(part)
    if asked == ["groups"] and not part.remove_groups:
        return form.groups
    return form.managers if asked == ["managers"] and not part.remove_managers else None


async def _by_action(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    await directory.in_view(context, part.email)
    word = words.MAKE_ADMIN if part.role is Role.ADMIN else words.REMOVE_ADMIN
    return await objections_to(context, now, word, words.AFFIRM_ADMIN)


async def _by_groups(context: Context, part: Edit, now: Person, way: str) -> list[str]:
    return await change_membership(context, part, now, lambda form, fill: _save(context, form, part, now, way, fill))


_ACTING: Mapping[str, Callable[..., Awaitable[list[str]]]] = {
    "form": _by_form,
    "detail": _by_detail,
    "groups": _by_part,
    "managers": _by_part,
    "admin": _by_action,
    "at once": _at_once,
    "listed": _in_list,
    "of groups": _by_groups,
}


# -- acting ------------------------------------------------------------------------------------------------------------
async def _fill(
    context: Context,
    form: PersonScreen,
    operation: Edit,
    person: Person,
    said: frozenset[str],
    chips: Mapping[str, str] | None = None,
) -> None:
    if "names" in said:
        await form.change(
            first_name=operation.first_name if operation.first_name != person.first_name else None,
            last_name=operation.last_name if operation.last_name != person.last_name else None,
        )
    elif "names" in asked_of(operation):
        await form.change(whole_name=whole_name(operation, person))
    if operation.role is not None and not has_role(operation.role, person):
        await form.change_role(operation.role)
    # What is so already is not turned to: the button that saves may lie on the tab of what is not.
    groups, managers = (only(operation, [key]) for key in ("groups", "managers"))
    if open_wishes(groups, person):
        await _fill_lists(context, await form.groups_field(), form.managers, groups, person)
    if open_wishes(managers, person):
        await _fill_lists(context, form.groups, await form.managers_field(), managers, person, chips)


def _require_held(operation: Edit, person: Person) -> None:
    """Raises Inexpressible where she is to leave a group that she is in, and that her form does not hold."""
    held, shown = person.groups_held, person.groups or ()
    for group in operation.remove_groups:
        if held is not None and group in shown and group not in held:
            raise Inexpressible(
                f"she is shown in the group '{group}', and the form for her does not hold it: as a rule that is a "
                "dynamic group, whose rules say who is in it",
                advice="change its rules in the console; where she has just left it, try again",
            )


async def _fill_lists(
    context: Context,
    groups: MultiChoice,
    managers: MultiChoice,
    operation: Edit,
    person: Person,
    chips: Mapping[str, str] | None = None,
) -> None:
    """Where the list of people does not tell for sure what she has, the form does: 'Sales, EMEA' may be one group.

    `chips`: by their addresses, what managers to be taken away are called where the form tells names alone.
    """
    if operation.add_groups or operation.remove_groups:
        of_hers = person.groups if person.groups is not None else await groups.read()
        _require_held(operation, person)
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
                await managers.remove((chips or {}).get(other, other))
