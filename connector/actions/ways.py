"""Where this console changes what of a person: in a form for all of it, a part alone, at once, or by an action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from connector.actions import directory
from connector.actions.context import Context
from connector.actions.group_kinds import offered, said_in_fields
from connector.actions.membership import changed_by_groups
from connector.actions.wishes import asked_of, halves, one_by_one, only, still_open, whole_name
from connector.errors import Inexpressible, OperationFailed
from connector.models import Edit, Person, Role, Status
from page_objects import words
from page_objects.controls.multi_choice import MultiChoice
from page_objects.part_dialog import HALVES, details_edited_alone, edits_all, open_add_to_group, open_detail
from page_objects.person_screen import PersonScreen

WAYS_MEMORY = "fields of the person form"
ALONE_MEMORY = "details of a person that are edited alone"
APART_MEMORY = "tabs of the person form that save for themselves"
AT_ONCE_MEMORY = "details of a person that count at once"
SAID = {"names": "names", "role": "the role", "groups": "groups", "managers": "managers"}


async def open_person(context: Context, email: str) -> PersonScreen | None:
    """Her page or drawer, opened from her row, once it has drawn what it shows; None where she has none."""
    await directory.in_view(context, email)
    screen = await context.people.open_person(email)
    if screen is not None:
        await screen.shown()
    return screen


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
    listed: frozenset[str] = frozenset()
    """Groups, where they are a list to which one is added by a form, and from which each is taken away in its row."""

    of_groups: frozenset[str] = frozenset()
    """Groups, where who is in one is changed on its own screen alone."""

    @property
    def says(self) -> frozenset[str]:
        """Everything that can be changed somewhere."""
        return self.form | self.others | self.details | self.at_once | self.listed | self.of_groups

    def alone(self, key: str) -> bool:
        """Whether names, role, groups or managers are edited alone; a name perhaps in two parts."""
        return key in self.details or (key == "names" and self.details >= HALVES)

    def lacks(self, operation: Edit) -> list[str]:
        """What is asked and cannot be said anywhere, in words."""
        lacking = []
        for key in asked_of(operation):
            if self.alone(key):
                continue
            if key == "names" and not self.form & {"names", "name"}:
                lacking.append("names")
            elif key == "role" and operation.role is not None and not self._says_role(operation.role):
                lacking.append(f"the role {operation.role.value}")
            elif key in ("groups", "managers") and key not in self.says:
                lacking.append(SAID[key])
        return lacking

    def _says_role(self, role: Role) -> bool:
        if "role" in self.form | self.at_once:
            return True
        return role in (Role.ADMIN, Role.LEARNER) and "admin" in self.form | self.others | self.at_once

    def parts(self, operation: Edit) -> list[tuple[str, Edit]]:
        """The operation divided by the ways it takes: the form for all that it says, then the others."""
        in_form = [key for key in asked_of(operation) if key in self.form or self._in_form(key)]
        together = [key for key in in_form if key not in self.apart]
        parts = [("form", only(operation, together))] if together else []
        parts += [("form", only(operation, [key])) for key in in_form if key in self.apart]
        for key in asked_of(operation):
            if key in self.at_once or (key == "role" and "admin" in self.at_once):
                parts += [("at once", each) for each in one_by_one(only(operation, [key]))]
            elif self.alone(key) and key not in in_form:
                whole = only(operation, [key])
                parts += [("detail", each) for each in ([whole] if key in self.details else halves(whole))]
            elif key in self.listed:
                parts += [("listed", each) for each in one_by_one(only(operation, [key]))]
            elif key in self.of_groups:
                parts += [("of groups", each) for each in one_by_one(only(operation, [key]))]
            elif key not in in_form:
                parts.append(("admin" if key == "role" else key, only(operation, [key])))
        return parts

    def _in_form(self, key: str) -> bool:
        return (key == "names" and "name" in self.form) or (key == "role" and "admin" in self.form)


async def find_ways(context: Context, operation: Edit, person: Person) -> Ways:
    """Where the changes can be made.

    Raises Inexpressible where this console cannot make all of them; OperationFailed where something was sent already.

    Where forms for a person were looked at before and say all that is asked, none is opened. What is so already needs
    no way.
    """
    asked = still_open(operation, person)
    ways = _known_ways(context, asked, person) or await look_for_ways(context, asked, person)
    if lacking := ways.lacks(asked):
        what = f"this console has no field for {' and '.join(lacking)}"
        advice = f"its form for a person says {', '.join(sorted(ways.says)) or 'nothing'}"
        if person.status is Status.DEACTIVATED and not ways.says:
            what = "is deactivated, and this console offers nothing to change of such a person"
            advice = "use people reactivate first"
        if context.acted:  # nothing that is refused has happened
            raise OperationFailed(what, whom=person.email, screen="People", advice=advice)
        raise Inexpressible(f"{what}; nothing was changed", whom=person.email, advice=advice)
    if "names" in asked_of(asked) and "names" not in ways.form and not ways.alone("names"):
        whole_name(asked, person)
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
    screen = await open_person(context, email)
    details: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    at_once: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    if screen is not None:
        details = await details_edited_alone(screen)
        if "groups" in details and new:
            alone = await open_detail(screen, "groups")
            unknown = await _not_offered(context, alone.groups, new, email)
            await alone.leave()
        # Beside buttons for single details one for all of them stands alone, or there is none.
        left = not all(map(Ways(form, form, details).alone, asked_of(operation))) and await edits_all(screen, details)
        if left and await screen.offers_editing():
            at_once = await screen.at_once()
            if not at_once:
                await screen.open_edit()
                form, apart, at_once = await screen.says(), screen.saved_apart, screen.saved_at_once_on_tabs
                form -= at_once
            if "groups" in form | at_once and new:
                unknown = await _not_offered(context, await screen.groups_field(), new, email)
        if form or details or at_once:
            context.lane.learnt[WAYS_MEMORY], context.lane.learnt[ALONE_MEMORY] = sorted(form), sorted(details)
            context.lane.learnt[APART_MEMORY], context.lane.learnt[AT_ONCE_MEMORY] = sorted(apart), sorted(at_once)
            for group in new:
                if group not in unknown:
                    context.lane.offers_group(group)
        if "groups" in asked_of(operation) and "groups" not in form | details | at_once:
            listed = await _listed(screen, operation)
            unknown = await _not_in_form_to_add(context, screen, new) if listed else unknown
        await screen.leave()  # one that only shows her may lie over her row, too
    others = set()
    asked = {
        "groups": (words.EDIT_GROUPS,),
        "managers": (words.EDIT_MANAGERS,),
        "admin": (words.MAKE_ADMIN, words.REMOVE_ADMIN),
    }
    wanted = {key for key in asked_of(operation) if key not in form | details | at_once | listed}
    if "role" in wanted:
        wanted = (wanted - {"role"}) | ({"admin"} - form - at_once)
    if open_here := wanted & asked.keys():
        await directory.in_view(context, email)
        offered = await context.people.offered(email, *(word for key in open_here for word in asked[key]))
        others = {key for key in open_here if any(word in offered for word in asked[key])}
    if "groups" in others and new:
        await directory.in_view(context, email)
        part = await context.people.open_part(email, words.EDIT_GROUPS)
        unknown = await _not_offered(context, part.groups, new, email)
        await part.leave()
    of_groups: frozenset[str] = frozenset()
    if "groups" in wanted - others:
        # It makes no new ones, and lacks none of those that are there.
        of_groups = frozenset({"groups"}) if await changed_by_groups(context, operation) else frozenset()
        unknown = frozenset() if of_groups else unknown
    return Ways(form, frozenset(others), details, unknown, apart, at_once, listed, of_groups)


async def _listed(screen: PersonScreen, operation: Edit) -> frozenset[str]:
    """Whether her groups are changed in a list, as what is asked of them needs it."""
    there = await screen.lists_groups(operation.add_groups, operation.remove_groups)
    return frozenset({"groups"}) if there else frozenset()


async def _not_in_form_to_add(context: Context, screen: PersonScreen, groups: Sequence[str]) -> frozenset[str]:
    """Which of the groups the form that adds to one does not offer; it is left again."""
    if not groups:
        return frozenset()
    form = await open_add_to_group(screen)
    unknown = await _not_offered(context, form.groups, groups, screen.person_email)
    await form.leave()
    for group in groups:
        if group not in unknown:
            context.lane.offers_group(group)
    return unknown


async def _not_offered(context: Context, field: MultiChoice, groups: Sequence[str], email: str) -> frozenset[str]:
    with said_in_fields(context, email):
        await field.require_sayable(groups)
    return frozenset([group for group in groups if not await offered(field, group, email)])
