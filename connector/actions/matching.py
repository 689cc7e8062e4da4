"""Those of the people read who match what is asked of them, and of whom the console does not tell it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from connector.addresses import address_key
from connector.errors import LeftOut, OperationFailed
from connector.models import Person, Role, Status


def matching(
    people: list[Person],
    *,
    status: Status | None = None,
    role: Role | None = None,
    group: str | None = None,
    not_seen_for: int | None = None,
    members: Collection[str] | None = None,
) -> list[Person]:
    """Those of the people who match. Raises OperationFailed where the list does not show what is asked about.

    `members`: the addresses of those in the group, as its own screen tells them; of use where the list does not.
    Of whom it shows no last login, or not whether they are admins, among others of whom it does, LeftOut names, and has
    the others who match.
    """
    if any(_status_untold(person, status) for person in people):
        told = "tells deactivated people from the others, and no more" if status is Status.INVITED else "no status"
        raise OperationFailed(f"this console's list does not show who is {_said(status)}", screen="People", seen=told)
    people = [person for person in people if status is None or person.status is status]
    if group is not None and members is None and (untold := [person for person in people if person.groups is None]):
        what = "this console's list does not show groups"
        if len(untold) < len(people):
            what = f"of {len(untold)} of {len(people)} people the list does not show all groups, as {untold[0].email}"
        raise OperationFailed(what, screen="People", advice=f"`workramp groups show '{group}'` reads who is in it")
    inside = {address_key(address) for address in members or ()}

    def is_in(person: Person) -> bool:
        return address_key(person.email) in inside if person.groups is None else group in person.groups

    people = [person for person in people if group is None or is_in(person)]
    if unsure := [person for person in people if _role_untold(person, role)]:
        if role is Role.ADMIN and len(unsure) < len(people):
            raise _not_known_to_be_admins(people, unsure, not_seen_for)
        told = "tells admins from the others, and no more" if any(person.admin for person in people) else "no role"
        raise OperationFailed(f"this console's list does not show who is {_said(role)}", screen="People", seen=told)
    people = [person for person in people if role is None or person.role is role]
    if not_seen_for is None:
        return people
    unseen = [unseen_for(person, not_seen_for) for person in people]
    unknown = [person.email for person, told in zip(people, unseen, strict=True) if told is None]
    found = [person for person, told in zip(people, unseen, strict=True) if told]
    if unknown and len(unknown) == len(people):
        raise OperationFailed("this console's list does not show when people last signed in", screen="People")
    if unknown:
        raise LeftOut(
            f"left out, as the list does not tell when they last signed in: {len(unknown)} of {len(people)} people",
            found,
            screen="People",
            seen=f"no last login of {', '.join(unknown)}",
            advice="look at them by hand; whoever else matches is listed",
        )
    return found


def _not_known_to_be_admins(people: list[Person], unsure: list[Person], not_seen_for: int | None) -> LeftOut:
    """The error for those of whom a list does not tell it, as 'Deactivated' may stand where 'Admin' stood."""
    left_out = [person.email for person in unsure]
    what = f"left out, as the list does not tell whether they are admins: {len(left_out)} of {len(people)} people"
    seen, told = f"no role of {', '.join(left_out)}", [person for person in people if person not in unsure]
    try:
        found = matching(told, role=Role.ADMIN, not_seen_for=not_seen_for)
    except LeftOut as others:
        found, what, seen = others.found, f"{what}; {others.message}", f"{seen}; {others.seen}"
    advice = "look at them with `workramp people show`; whoever else matches is listed"
    return LeftOut(what, found, screen="People", seen=seen, advice=advice)


def _said(value: Status | Role | None) -> str:
    return value.value.replace("_", " ") if value else ""


def _status_untold(person: Person, wanted: Status | None) -> bool:
    if wanted is None:
        return False
    return person.status is None or (wanted is Status.INVITED and person.may_be_invited)


def _role_untold(person: Person, wanted: Role | None) -> bool:
    if wanted is None or person.role is not None:
        return False
    return person.admin is None if wanted is Role.ADMIN else person.admin is not True


def unseen_for(person: Person, days: int) -> bool | None:
    """Whether she was not seen for so many days; None where the console does not tell."""
    since = datetime.now(UTC) - timedelta(days=days)
    if person.last_login is not None:
        return person.last_login < since
    if person.never_signed_in is not None or person.last_login_between is None:
        return person.never_signed_in
    earliest, latest = person.last_login_between
    return True if latest < since else False if earliest >= since else None
