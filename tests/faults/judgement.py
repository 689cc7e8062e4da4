"""An oracle for runs that were disturbed: it compares books and reports, and knows nothing of how a run is carried out.

What it goes by are the mock's books before and after, the books of a console at which the same was done undisturbed,
and what was said of each operation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from connector.models import Deactivate, Edit, Invite, Outcome, Reactivate, Report, Result
from fixtures.mock_console import BookedPerson, Books

Single = Invite | Deactivate | Reactivate | Edit

_EVENT = {Invite: "invited", Deactivate: "deactivated", Reactivate: "reactivated", Edit: "edited"}
_SIGNING_IN = ("signed_in", "signed_out")
_OF_THE_CONSOLE = {"id", "invited_at", "last_login"}
"""What differs between two consoles at which the same happened."""


class Wrong(StrEnum):
    """What the oracle finds."""

    STATE = "in another state than after the undisturbed run"
    BYSTANDER = "a bystander was touched"
    INVITED_TWICE = "invited more than once"
    MAIL = "other e-mails than in the undisturbed run"
    TOO_OFTEN = "happened more often than in the undisturbed run"
    TOO_SELDOM = "happened less often than in the undisturbed run"
    GROUPS = "other groups than after the undisturbed run"
    DONE_IS_NOT = "said to be done, and is not so"
    DONE_BY_NOBODY = "said to be done, and nobody did it in this run"
    ALREADY_WAS_NOT = "said to be so already, and it was done in this run or is not so"
    NOTHING_WAS_NOT = "said to be refused or failed, and it was done in this run"
    ENDED_OTHERWISE = "ended otherwise than in the undisturbed run"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, about whom, and how."""

    wrong: Wrong
    whom: str
    how: str = ""


@dataclass(frozen=True)
class Told:
    """What one run said at the end of an attempt.

    Args:
        before: the books when the run was begun, of which this may be a later attempt.
        after: the books after this attempt.
        operations: what the run was asked for.
        report: what it said.
    """

    before: Books
    after: Books
    operations: Sequence[Single]
    report: Report


def findings(
    before: Books, after: Books, undisturbed: tuple[Books, Books], told: Sequence[Told], expected: Report, account: str
) -> list[Finding]:
    """Everything that is wrong.

    Args:
        before: the books before the disturbed runs.
        after: the books after the last of them.
        undisturbed: the books of the other console, before and after.
        told: what was said, in the order in which it was; the first is of the run that was asked for all.
        expected: what the undisturbed run said.
        account: who signs in, and when she did is nobody's business.
    """
    operations = told[0].operations
    return [
        *_states(after, undisturbed[1]),
        *_bystanders(before, after, {operation.email.casefold() for operation in operations}, account),
        *_mails(before, after, *undisturbed),
        *_events(before, after, *undisturbed),
        *_groups(after, undisturbed[1]),
        *(finding for each in told for finding in _reported(each)),
        *_ends(operations, told, expected),
    ]


# -- the books -----------------------------------------------------------------------------------------------------
def _states(after: Books, expected: Books) -> Iterator[Finding]:
    found, wanted = _people(after), _people(expected)
    for email in sorted(found.keys() | wanted.keys()):
        if found.get(email) != wanted.get(email):
            yield Finding(Wrong.STATE, email, _difference(found.get(email), wanted.get(email)))


def _people(books: Books) -> dict[str, dict[str, Any]]:
    return {
        person.email.casefold(): person.model_dump(mode="json", exclude=_OF_THE_CONSOLE)
        | {"groups": sorted(person.groups), "managers": sorted(person.managers)}
        for person in books.people
    }


def _difference(found: dict[str, Any] | None, wanted: dict[str, Any] | None) -> str:
    if found is None or wanted is None:
        return "is missing" if found is None else "is there"
    return ", ".join(
        f"{name} is {found[name]!r} instead of {wanted[name]!r}" for name in found if found[name] != wanted[name]
    )


def _bystanders(before: Books, after: Books, concerned: set[str], account: str) -> Iterator[Finding]:
    """Nobody but those whom operations are about differs in anything, nor is anybody else there."""

    def others(books: Books) -> dict[str, BookedPerson]:
        found = {person.email.casefold(): person for person in books.people}
        own = found[account.casefold()]
        found[account.casefold()] = own.model_copy(update={"last_login": None})
        return {email: person for email, person in found.items() if email not in concerned - {account.casefold()}}

    was, found = others(before), others(after)
    for email in sorted(was.keys() | found.keys()):
        if was.get(email) != found.get(email):
            yield Finding(Wrong.BYSTANDER, email)


def _mails(before: Books, after: Books, calm_before: Books, calm_after: Books) -> Iterator[Finding]:
    def sent(earlier: Books, later: Books) -> Counter[tuple[str, str]]:
        return Counter((mail.to.casefold(), mail.kind) for mail in later.mails[len(earlier.mails) :])

    found, wanted = sent(before, after), sent(calm_before, calm_after)
    for (to, kind), count in sorted(found.items()):
        if kind == "invitation" and count > 1:
            yield Finding(Wrong.INVITED_TWICE, to, f"{count} invitations")
    for to, kind in sorted(found.keys() ^ wanted.keys()):
        yield Finding(Wrong.MAIL, to, f"{found[to, kind]} of the kind {kind} instead of {wanted[to, kind]}")


def _events(before: Books, after: Books, calm_before: Books, calm_after: Books) -> Iterator[Finding]:
    found, wanted = _happened(before, after), _happened(calm_before, calm_after)
    for kind, whom in sorted(found.keys() | wanted.keys()):
        count, right = found[kind, whom], wanted[kind, whom]
        if count != right:
            wrong = Wrong.TOO_OFTEN if count > right else Wrong.TOO_SELDOM
            yield Finding(wrong, whom, f"{kind} {count} times instead of {right}")


def _happened(before: Books, after: Books) -> Counter[tuple[str, str]]:
    new = after.events[len(before.events) :]
    return Counter((event.kind, event.subject.casefold()) for event in new if event.kind not in _SIGNING_IN)


def _groups(after: Books, expected: Books) -> Iterator[Finding]:
    for name in sorted(set(after.groups) ^ set(expected.groups)):
        yield Finding(Wrong.GROUPS, "", name)


# -- what was said -------------------------------------------------------------------------------------------------
def _reported(told: Told) -> Iterator[Finding]:
    """Whether every outcome is true of the books. Of what is `unknown` nothing is said."""
    happened = _happened(told.before, told.after)
    for operation, outcome in zip(told.operations, told.report.outcomes, strict=True):
        assert (outcome.operation, outcome.email) == (operation.operation, operation.email)
        count = happened[_EVENT[type(operation)], operation.email.casefold()]
        so = _is_so(operation, told.after.find(operation.email))
        how = f"{operation.operation} in the run {told.report.run}: {outcome.message}"
        if outcome.result is Result.DONE and not so:
            yield Finding(Wrong.DONE_IS_NOT, operation.email, how)
        elif outcome.result is Result.DONE and not count:
            yield Finding(Wrong.DONE_BY_NOBODY, operation.email, how)
        elif outcome.result is Result.ALREADY and (count or not so):
            yield Finding(Wrong.ALREADY_WAS_NOT, operation.email, how)
        elif outcome.result in (Result.REFUSED, Result.FAILED) and count:
            yield Finding(Wrong.NOTHING_WAS_NOT, operation.email, how)


def _is_so(operation: Single, person: BookedPerson | None) -> bool:
    """Whether a person is as an operation wants her."""
    if person is None:
        return False
    if isinstance(operation, Deactivate):
        return person.status == "deactivated"
    if isinstance(operation, Reactivate):
        return person.status == "active"
    asked = {name: getattr(operation, name) for name in ("first_name", "last_name", "role")}
    if any(value is not None and getattr(person, name) != value for name, value in asked.items()):
        return False
    if isinstance(operation, Invite):
        there = set(operation.groups) <= set(person.groups) and set(operation.managers) <= set(person.managers)
        return there and person.status != "deactivated"
    return (
        set(operation.add_groups) <= set(person.groups)
        and not set(operation.remove_groups) & set(person.groups)
        and set(operation.add_managers) <= set(person.managers)
        and not set(operation.remove_managers) & set(person.managers)
    )


def _ends(operations: Sequence[Single], told: Sequence[Told], expected: Report) -> Iterator[Finding]:
    """Each operation ends as it did undisturbed; what was unknown once may be so already when it is asked again."""
    for operation, wanted in zip(operations, expected.outcomes, strict=True):
        said = [*_said_of(operation, told)]
        allowed = {wanted.result}
        if wanted.result is Result.DONE and any(each.result is Result.UNKNOWN for each in said):
            allowed.add(Result.ALREADY)
        last = said[-1]
        if last.result not in allowed or last.guard is not wanted.guard:
            how = f"{operation.operation} {last.result} ({last.message}) instead of {wanted.result} ({wanted.message})"
            yield Finding(Wrong.ENDED_OTHERWISE, operation.email, how)


def _said_of(operation: Single, told: Sequence[Told]) -> Iterable[Outcome]:
    for each in told:
        for asked, outcome in zip(each.operations, each.report.outcomes, strict=True):
            if asked == operation:
                yield outcome
