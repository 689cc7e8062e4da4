"""One person of a roster beside the same person of the console: what would have to change. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from connector.addresses import address_key
from connector.models import Edit, Invite, Person, Role
from connector.plan_models import PlanOptions
from connector.roster import RosterRow
from connector.roster_cells import GROUPS, MANAGERS


def invitation(row: RosterRow) -> Invite:
    """The invitation of somebody who is not here; without a role as a learner, the console's own default."""
    return Invite(
        email=row.email,
        first_name=row.first_name,
        last_name=row.last_name,
        role=row.role or Role.LEARNER,
        groups=row.groups,
        managers=row.managers,
    )


def difference(
    row: RosterRow, person: Person, columns: Collection[str], options: PlanOptions, *, leads: bool
) -> tuple[Edit | None, list[str]]:
    """What to change of a person, None where nothing, and why in words.

    Only what the roster says and the console shows is compared: a missing column, an empty role and what the console
    does not show change nothing.

    Args:
        columns: the columns of the roster.
        leads: she is somebody's manager, which by itself makes a learner a manager.
    """
    first, last, why = _names(row, person)
    role, why_role = _role(row.role, person, leads=leads)
    added, removed = _lists(row.groups, person.groups, exact=options.exact_groups) if GROUPS in columns else ((), ())
    joined, left = _managers(row, person, options) if MANAGERS in columns else ((), ())
    why += why_role
    why += [f"into {group}" for group in added] + [f"out of {group}" for group in removed]
    why += [f"reporting to {manager}" for manager in joined]
    why += [f"no longer reporting to {manager}" for manager in left]
    edit = Edit(
        email=person.email,
        first_name=first,
        last_name=last,
        role=role,
        add_groups=added,
        remove_groups=removed,
        add_managers=joined,
        remove_managers=left,
    )
    return (None if edit == Edit(email=person.email) else edit), why


def _names(row: RosterRow, person: Person) -> tuple[str | None, str | None, list[str]]:
    """The names that are to change; an empty one in the roster says nothing, as one that the console does not show."""
    if person.first_name is None and person.last_name is None:
        known = person.shown_name is not None and bool(row.first_name and row.last_name)
        if not known or person.is_called(row.first_name, row.last_name):
            return None, None, []  # of which part a whole name is another one, half a name does not tell
        whole = f"{row.first_name} {row.last_name}"
        return row.first_name, row.last_name, [f"name {person.shown_name or '(none)'} to {whole}"]
    changes = {}
    why = []
    for label, said, shown in (
        ("first name", row.first_name, person.first_name),
        ("last name", row.last_name, person.last_name),
    ):
        if said and shown is not None and said != shown:
            changes[label] = said
            why.append(f"{label} {shown or '(none)'} to {said}")
    return changes.get("first name"), changes.get("last name"), why


def _role(said: Role | None, person: Person, *, leads: bool) -> tuple[Role | None, list[str]]:
    if said is None:
        return None, []
    if person.role is None:
        # Some consoles tell admins from the others and no more; everybody else counts as a learner, the default.
        if person.admin is None or said not in (Role.ADMIN, Role.LEARNER) or person.admin is (said is Role.ADMIN):
            return None, []
        return said, [f"role {'admin' if person.admin else 'not admin'} to {said.value}"]
    if said is person.role or (leads and (said, person.role) == (Role.LEARNER, Role.MANAGER)):
        return None, []
    return said, [f"role {person.role.value} to {said.value}"]


def _lists(said: Sequence[str], shown: Sequence[str] | None, *, exact: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to add, and what to take away where the roster's list is the whole truth."""
    if shown is None:
        return (), ()
    added = tuple(each for each in said if each not in shown)
    return added, tuple(each for each in shown if each not in said) if exact else ()


def _managers(row: RosterRow, person: Person, options: PlanOptions) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if person.managers is None:
        return (), ()
    said, shown = set(map(address_key, row.managers)), set(map(address_key, person.managers))
    joined = tuple(manager for manager in row.managers if address_key(manager) not in shown)
    left = tuple(manager for manager in person.managers if address_key(manager) not in said)
    return joined, left if options.exact_managers else ()
