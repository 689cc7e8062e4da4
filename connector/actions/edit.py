"""Change details, role, groups or managers of one person, and read them back."""

from __future__ import annotations

from connector import guards
from connector.actions import directory
from connector.actions.context import Context, change
from connector.actions.invite import managers_known
from connector.addresses import same_address
from connector.errors import ConsoleDrift, OperationFailed
from connector.models import Edit, Guard, Outcome, Person, Result
from page_objects.person_screen import PersonScreen


async def edit(context: Context, operation: Edit) -> Outcome:
    """Changes one person. Raises PersonNotFound, Refused, and as `change` does."""
    email = operation.email
    person = await directory.show(context, email)
    left = _open_wishes(operation, person)
    if not left:
        return context.so_already("edit", email, "is so")
    guards.scim_managed(person, context.overrides)
    if operation.role is not None:
        admins = await directory.other_active_admins(context, person, lambda *_: None)
        guards.keeps_an_admin(person, operation.role, admins, account=context.account)
    await managers_known(context, email, operation.add_managers)
    screen = await _open(context, email)
    for group in operation.add_groups:
        if group not in (person.groups or ()):
            known = await screen.groups.offers(group)
            guards.known_group(email, group, known, context.overrides)
    if context.dry_run:
        return context.would("edit", email, f"change: {'; '.join(left)}")

    tries: list[Person] = []

    async def act() -> list[str]:
        now = person if not tries else await directory.show(context, email)
        tries.append(now)
        form = await _open(context, email)
        await _fill(context, form, operation, now)
        await context.picture(f"edit {email} form")
        context.acted = True
        await form.save()
        return await form.saved()

    async def missing() -> str | None:
        return "; ".join(_open_wishes(operation, await directory.show(context, email))) or None

    await change(context, email=email, what="edit", act=act, missing=missing)
    await context.picture(f"edit {email} after")
    return context.outcome("edit", email, Result.DONE, f"changed: {'; '.join(left)}")


async def _open(context: Context, email: str) -> PersonScreen:
    if await directory.find(context, email) is None:
        raise OperationFailed("nobody has this address any more", whom=email, screen="People")
    screen = await context.people.open_person(email)
    if screen is None:
        raise ConsoleDrift(
            "nothing in the row leads to the person",
            whom=email,
            screen="People",
            expected="a link to her page or drawer",
        )
    await screen.open_edit()
    return screen


async def _fill(context: Context, form: PersonScreen, operation: Edit, person: Person) -> None:
    await form.change(
        first_name=operation.first_name if operation.first_name != person.first_name else None,
        last_name=operation.last_name if operation.last_name != person.last_name else None,
        role=operation.role if operation.role is not person.role else None,
    )
    for group in operation.add_groups:
        if group not in (person.groups or ()):
            await form.groups.add(group, create=Guard.UNKNOWN_GROUP in context.overrides)
    for group in operation.remove_groups:
        if group in (person.groups or ()):
            await form.groups.remove(group)
    held = person.managers or ()
    for manager in operation.add_managers:
        if not any(same_address(manager, other) for other in held):
            await form.managers.add(manager, create=True)
    for manager in operation.remove_managers:
        for other in held:
            if same_address(manager, other):
                await form.managers.remove(other)


def _open_wishes(operation: Edit, person: Person) -> list[str]:
    """What is not yet as wanted, in words. What the console does not show counts as open."""
    wishes = []
    if operation.first_name not in (None, person.first_name):
        wishes.append(f"first name {operation.first_name}")
    if operation.last_name not in (None, person.last_name):
        wishes.append(f"last name {operation.last_name}")
    if operation.role is not None and operation.role is not person.role:
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
