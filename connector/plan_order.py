"""In which order and by which way: managers before their reports, the console's import for many."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from connector.addresses import address_key
from connector.models import Edit, ImportPeople, Invite, Operation, Role
from connector.roster_cells import EMAIL, FIRST_NAME, GROUPS, LAST_NAME, MANAGERS, ROLE

A_FEW = 5
"""So many invitations are made by form: an import costs a look at everybody before and after it."""


def managers_first(people: Iterable[Invite]) -> tuple[list[Invite], list[Edit]]:
    """The invitations with managers before their reports, and what must be said afterwards.

    Where people are each other's managers, in however many steps, one of them is invited without that manager, who is
    given to her by an edit afterwards. Otherwise the order is as given.
    """
    by_key = {address_key(person.email): person for person in people}
    ordered: dict[str, Invite] = {}
    cut: list[Edit] = []
    under_way: set[str] = set()
    for start in by_key:
        # A stack of our own: a long chain of managers would be too deep for recursion.
        stack = [start] if start not in ordered else []
        while stack:
            key = stack[-1]
            person = by_key[key]
            under_way.add(key)
            waiting = [
                other
                for other in map(address_key, person.managers)
                if other in by_key and other not in ordered and other not in under_way
            ]
            if waiting:
                stack.append(waiting[0])
                continue
            stack.pop()
            if key in ordered:
                continue
            later = tuple(m for m in person.managers if address_key(m) in under_way and address_key(m) not in ordered)
            if later:
                now = tuple(manager for manager in person.managers if manager not in later)
                person = person.model_copy(update={"managers": now})
                cut.append(Edit(email=person.email, add_managers=later))
            ordered[key] = person
            under_way.discard(key)
    return list(ordered.values()), cut


def import_says(columns: Collection[str] | None, person: Invite) -> bool:
    """Whether the console's CSV import can say all of an invitation.

    `columns` are our columns that it has; None where there is no import. A `;` within a group's name or an address
    would be taken for a separator.
    """
    if columns is None or not {EMAIL, FIRST_NAME, LAST_NAME}.issubset(columns):
        return False
    return (
        (not person.groups or GROUPS in columns)
        and (not person.managers or MANAGERS in columns)
        and (person.role is Role.LEARNER or ROLE in columns)
        and not any(";" in item for item in (*person.groups, *person.managers))
    )


def by_the_cheapest_way(people: Sequence[Invite], columns: Collection[str] | None) -> list[Operation]:
    """Invitations, given with managers first, as operations: by import where it can say many of them, else one by one.

    Managers stay before their reports whichever way each of them goes. People in an import may report to each other:
    it sends managers first. A row that is refused when it comes to it does not keep the others back.
    """
    waiting = {address_key(person.email): person for person in people}
    operations: list[Operation] = []
    while waiting:
        for key, person in list(waiting.items()):
            if not import_says(columns, person) and not _awaited(person, waiting):
                operations.append(waiting.pop(key))
        batch: dict[str, Invite] = {}
        others = set(waiting)
        for key, person in waiting.items():
            if import_says(columns, person) and not _awaited(person, others):
                batch[key] = person
                others.discard(key)
        for key in batch:
            del waiting[key]
        if len(batch) > A_FEW:
            operations.append(ImportPeople(people=tuple(batch.values()), skip_bad_rows=True))
        else:
            operations += batch.values()
    return operations


def _awaited(person: Invite, waiting: Collection[str]) -> bool:
    return any(address_key(manager) in waiting for manager in person.managers)
