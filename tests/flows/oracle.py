"""Judgement by the mock console's own books: what changed, in which order, and that nobody else was touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unittest.mock import ANY

from connector.models import Report, Result
from fixtures.mock_console import Books

_JUST_INVITED: dict[str, Any] = {
    "first_name": "",
    "last_name": "",
    "role": "learner",
    "status": "invited",
    "groups": [],
    "managers": [],
    "last_login": None,
    "scim_managed": False,
}
"""Somebody of whom only the address is known. The number and the time of the invitation are the console's own."""


def assert_only_changed(
    before: Books,
    after: Books,
    changes: Mapping[str, Mapping[str, Any]],
    *,
    groups: Sequence[str] = (),
    gone: Sequence[str] = (),
) -> None:
    """Asserts that exactly these people changed, and in exactly this way; everybody else is as before, byte for byte.

    Args:
        before: the books before the act.
        after: the books after it.
        changes: by address, the fields that have a new value; of new people those that are not as in an invitation
            that says nothing but the address. Lists are in the console's order. `ANY` takes any new value.
        groups: the names of groups that were created.
        gone: the names of groups that were deleted.
    """
    was, expected, found = _people(before), _people(before), _people(after)
    for address, fields in changes.items():
        if address in was:
            for name, value in fields.items():
                assert found[address][name] != was[address][name], f"{name} of {address} did not change"
                expected[address][name] = value
        else:
            own = {name: found[address][name] for name in ("id", "invited_at")} if address in found else {}
            expected[address] = _JUST_INVITED | own | {"email": address} | dict(fields)
    differences = {
        address: {
            name: f"{_of(found, address).get(name)!r} instead of {_of(expected, address).get(name)!r}"
            for name in _of(found, address) | _of(expected, address)
            if _of(expected, address).get(name, "nothing") != _of(found, address).get(name, "nothing")
        }
        for address in {**expected, **found}
        if expected.get(address) != found.get(address)
    }
    assert differences == {}
    assert set(after.groups) == {*before.groups, *groups} - set(gone)


def assert_nothing_happened(before: Books, after: Books) -> None:
    """Asserts that the books are the same, byte for byte, log and outbox included."""
    assert_only_changed(before, after, {})
    assert happened(before, after) == []
    assert mailed(before, after) == []
    assert _without_faults(after) == _without_faults(before)


def happened(before: Books, after: Books) -> list[tuple[str, str]]:
    """The events since, as (kind, about whom), in their order."""
    return [(event.kind, event.subject) for event in after.events[len(before.events) :]]


def mailed(before: Books, after: Books) -> list[tuple[str, str]]:
    """The e-mails since, as (to whom, kind), in their order."""
    return [(mail.to, mail.kind) for mail in after.mails[len(before.mails) :]]


def assert_true_to_the_books(report: Report, before: Books, after: Books) -> None:
    """Asserts of an import that every verdict is so: who is `done` was invited once, who is refused or failed was not.

    Nobody is invited of whom the report says nothing; of who is `unknown` nothing is asserted.
    """
    verdicts = {outcome.email.casefold(): outcome.result for outcome in report.outcomes}
    for address, result in verdicts.items():
        new = len(after.mails_to(address)) - len(before.mails_to(address))
        if result is Result.DONE:
            assert new == 1, f"{address} is done and got {new} invitations"
            assert after.person(address).status == "invited"
        elif result in (Result.REFUSED, Result.FAILED, Result.ALREADY):
            assert new == 0, f"{address} is {result.value} and got {new} invitations"
            assert after.find(address) == before.find(address)
    came = {person.email.casefold() for person in after.people} - {person.email.casefold() for person in before.people}
    assert came <= verdicts.keys()


def signed_in(books: Books) -> int:
    """How often somebody signed in."""
    return len(books.events_of("signed_in"))


def _people(books: Books) -> dict[str, dict[str, Any]]:
    people = {person.email: person.model_dump(mode="json") for person in books.people}
    assert len(people) == len(books.people), "an address is in the directory twice"
    return people


def _of(people: dict[str, dict[str, Any]], address: str) -> dict[str, Any]:
    return people.get(address, {})


def _without_faults(books: Books) -> str:
    return books.model_copy(update={"faults_fired": {}, "api_calls": {}}).model_dump_json()


__all__ = [
    "ANY",
    "assert_nothing_happened",
    "assert_only_changed",
    "assert_true_to_the_books",
    "happened",
    "mailed",
    "signed_in",
]
