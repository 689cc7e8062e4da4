"""What an edit asks for: divided, compared with a person as she was read, and told in words."""

from __future__ import annotations

from connector.addresses import same_address
from connector.errors import Inexpressible
from connector.models import Edit, Person, Role


def asked_of(operation: Edit) -> list[str]:
    """What an edit is about: names, role, groups, managers."""
    asked = {
        "names": operation.first_name is not None or operation.last_name is not None,
        "role": operation.role is not None,
        "groups": bool(operation.add_groups or operation.remove_groups),
        "managers": bool(operation.add_managers or operation.remove_managers),
    }
    return [key for key, is_asked in asked.items() if is_asked]


def only(operation: Edit, keys: list[str]) -> Edit:
    """As much of the edit as is about these."""
    fields = {
        "names": ("first_name", "last_name"),
        "role": ("role",),
        "groups": ("add_groups", "remove_groups"),
        "managers": ("add_managers", "remove_managers"),
    }
    return Edit(email=operation.email, **{name: getattr(operation, name) for key in keys for name in fields[key]})


def halves(names: Edit) -> list[Edit]:
    """A change of the first and the last name, divided into one of each that is asked for."""
    first, last = names.first_name, names.last_name
    found = [Edit(email=names.email, first_name=first)] if first is not None else []
    return found + ([Edit(email=names.email, last_name=last)] if last is not None else [])


def one_by_one(part: Edit) -> list[Edit]:
    """A change of the role, of groups or of managers, divided so that each is made and read back by itself."""
    each = [Edit(email=part.email, add_groups=(group,)) for group in part.add_groups]
    each += [Edit(email=part.email, remove_groups=(group,)) for group in part.remove_groups]
    each += [Edit(email=part.email, add_managers=(manager,)) for manager in part.add_managers]
    each += [Edit(email=part.email, remove_managers=(manager,)) for manager in part.remove_managers]
    return each or [part]


def whole_name(operation: Edit, person: Person) -> str:
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


def has_role(role: Role, person: Person) -> bool:
    """Whether she is shown to have this role."""
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


def still_open(operation: Edit, person: Person) -> Edit:
    """The operation without what is so already. What the console does not show counts as open."""
    named = bool(_names_open(operation, person))

    def is_in(group: str) -> bool | None:
        return None if person.groups is None else group in person.groups

    def reports_to(manager: str) -> bool | None:
        managers = person.managers
        return None if managers is None else any(same_address(manager, other) for other in managers)

    return Edit(
        email=operation.email,
        first_name=operation.first_name if named else None,
        last_name=operation.last_name if named else None,
        role=None if operation.role is None or has_role(operation.role, person) else operation.role,
        add_groups=tuple(group for group in operation.add_groups if not is_in(group)),
        remove_groups=tuple(group for group in operation.remove_groups if is_in(group) is not False),
        add_managers=tuple(manager for manager in operation.add_managers if not reports_to(manager)),
        remove_managers=tuple(manager for manager in operation.remove_managers if reports_to(manager) is not False),
    )


def open_wishes(operation: Edit, person: Person) -> list[str]:
    """What is not yet as wanted, in words."""
    left = still_open(operation, person)
    return [
        *_names_open(operation, person),
        *([f"role {left.role.value}"] if left.role is not None else []),
        *(f"in group {group}" for group in left.add_groups),
        *(f"out of group {group}" for group in left.remove_groups),
        *(f"reporting to {manager}" for manager in left.add_managers),
        *(f"not reporting to {manager}" for manager in left.remove_managers),
    ]


def not_yet(operation: Edit, person: Person) -> list[str]:
    """The same as sentences about what the console shows now."""
    said = [f"the name is {_name_shown(person)}" for _ in _names_open(operation, person)[:1]]
    if operation.role is not None and not has_role(operation.role, person):
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
