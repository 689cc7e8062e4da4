"""The demo's second pair of eyes: what the outcomes claim, against the mock console's own books.

It knows nothing of pages and browsers. The books are written by the mock's server as things happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from connector.models import Deactivate, ImportPeople, Invite, Operation, Outcome, Person, Reactivate, Result

if TYPE_CHECKING:
    from fixtures.mock_console import BookedPerson, Books

_APPEARS = ("invite", "import")
_BECOMES = {"deactivate": "deactivated", "reactivate": "active"}


def contradictions(before: Books, after: Books, outcomes: Sequence[Outcome]) -> list[str]:
    """What the outcomes claim and the books deny, a sentence each: effects that are missing, too many, or doubled."""
    done = [outcome for outcome in outcomes if outcome.result is Result.DONE]
    invited = _addresses(outcome for outcome in done if outcome.operation in _APPEARS)
    changed = _addresses(outcome for outcome in done if outcome.operation in _BECOMES)
    was, is_now = _by_address(before), _by_address(after)
    found = [
        *_differences("was said to be invited", invited, "appeared in the books", is_now.keys() - was.keys()),
        *_differences("was said to be changed", changed, "changed in the books", _altered(was, is_now)),
        *(f"{address} vanished from the books" for address in sorted(was.keys() - is_now.keys())),
    ]
    for outcome in done:
        wanted = "invited" if outcome.operation in _APPEARS else _BECOMES.get(outcome.operation)
        booked = after.find(outcome.email)
        if wanted is not None and booked is not None and booked.status != wanted:
            found.append(f"{outcome.email} is {booked.status} in the books, not {wanted}")
    for address in sorted(invited):
        mails = len(after.mails_to(address)) - len(before.mails_to(address))
        if mails != 1:
            found.append(f"{address} was sent {mails} invitations, not one")
    return found


def misreadings(read: Sequence[Person], books: Books) -> list[str]:
    """Where what was read from the console's screens is not what its books say; what no screen shows is left out."""
    seen: dict[str, Person] = {}
    found = []
    for person in read:
        if person.email.casefold() in seen:
            found.append(f"{person.email} was read twice")
        seen[person.email.casefold()] = person
    booked = _by_address(books)
    found += [f"{address} was not read" for address in sorted(booked.keys() - seen.keys())]
    found += [f"{address} was read and is in no book" for address in sorted(seen.keys() - booked.keys())]
    for address in sorted(seen.keys() & booked.keys()):
        found += _unlike(seen[address], booked[address])
    return found


def _unlike(person: Person, booked: BookedPerson) -> list[str]:
    pairs = [(name, getattr(person, name), getattr(booked, name)) for name in ("first_name", "last_name")]
    pairs += [(name, getattr(person, name), str(getattr(booked, name))) for name in ("role", "status")]
    pairs += [
        (name, None if (value := getattr(person, name)) is None else sorted(value), sorted(getattr(booked, name)))
        for name in ("groups", "managers")
    ]
    return [
        f"{person.email}: {name} was read as {read!r} and is {written!r}"
        for name, read, written in pairs
        if read is not None and read != written
    ]


def _differences(claim: str, claimed: set[str], fact: str, facts: Iterable[str]) -> list[str]:
    really = set(facts)
    return [
        *(f"{address} {claim} and never {fact}" for address in sorted(claimed - really)),
        *(f"{address} {fact} and nobody said so" for address in sorted(really - claimed)),
    ]


def _altered(was: dict[str, BookedPerson], is_now: dict[str, BookedPerson]) -> set[str]:
    """Everybody of whom anything but the last login changed: to sign in is no change."""
    same = {"last_login": None}
    return {
        address
        for address in was.keys() & is_now.keys()
        if was[address].model_copy(update=same) != is_now[address].model_copy(update=same)
    }


def _by_address(books: Books) -> dict[str, BookedPerson]:
    return {person.email.casefold(): person for person in books.people}


def _addresses(outcomes: Iterable[Outcome]) -> set[str]:
    return {outcome.email.casefold() for outcome in outcomes}


def unexpected(books: Books, operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> list[str]:
    """Where an outcome is not the one that follows from the books as they were before, a sentence each."""
    said = {(outcome.operation, outcome.email.casefold()): outcome for outcome in outcomes}
    found = []
    for kind, email, wanted in _follows(books, operations):
        outcome = said.pop((kind, email.casefold()), None)
        if outcome is None:
            found.append(f"{kind} {email}: there is no outcome")
        elif outcome.result not in wanted:
            words = " or ".join(result.value for result in wanted)
            found.append(f"{kind} {email}: {words} was to be expected, not {outcome.result.value}")
    return found


def _follows(books: Books, operations: Sequence[Operation]) -> Iterator[tuple[str, str, tuple[Result, ...]]]:
    for operation in operations:
        if isinstance(operation, ImportPeople):
            yield from _of_import(books, operation.people)
        elif isinstance(operation, Invite):
            yield "invite", operation.email, _of_invite(books, operation, set())
        elif isinstance(operation, Deactivate):
            yield "deactivate", operation.email, _of_deactivation(books, operation.email)
        elif isinstance(operation, Reactivate):
            yield "reactivate", operation.email, (Result.DONE,)


def _of_import(books: Books, people: Sequence[Invite]) -> Iterator[tuple[str, str, tuple[Result, ...]]]:
    """A manager may come with the same file; where he is not going to come, neither are those who report to him."""
    coming = {person.email.casefold() for person in people}
    while True:
        follows = {person.email: _of_invite(books, person, coming) for person in people}
        still_coming = {email.casefold() for email, results in follows.items() if Result.DONE in results}
        if still_coming == coming:
            break
        coming = still_coming
    for email, results in follows.items():
        yield "import", email, results


def _of_invite(books: Books, invite: Invite, coming: set[str]) -> tuple[Result, ...]:
    if books.find(invite.email) is not None:
        return Result.ALREADY, Result.FAILED
    groups_known = set(invite.groups) <= set(books.groups)
    managers_known = all(manager.casefold() in coming or books.find(manager) is not None for manager in invite.managers)
    return (Result.DONE,) if groups_known and managers_known else (Result.REFUSED,)


def _of_deactivation(books: Books, email: str) -> tuple[Result, ...]:
    person = books.find(email)
    if person is None:
        return (Result.FAILED,)
    if person.status == "deactivated":
        return (Result.ALREADY,)
    return (Result.REFUSED,) if person.scim_managed or person.role == "admin" else (Result.DONE,)
