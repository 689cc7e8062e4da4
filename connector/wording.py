"""Operations and errors in the words of outcomes."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import TimeoutError as PlaywrightTimeout

from connector.addresses import address_key
from connector.errors import ConnectorError, ConsoleDrift, ConsoleUnavailable, LaneLost
from connector.models import (
    CreateGroup,
    DeleteGroup,
    ImportPeople,
    InvitePeople,
    Operation,
    Outcome,
    Result,
    outcomes_of,
)


def name_of(operation: Operation) -> tuple[str, str]:
    """What an operation is, and whom or which group it is on; nobody where it is on many."""
    return operation.operation, group_of(operation) or email_of(operation)


def in_order(outcomes: Mapping[int, list[Outcome]]) -> tuple[Outcome, ...]:
    """The outcomes of operations by their number, in the order of the operations."""
    return tuple(outcome for number in sorted(outcomes) for outcome in outcomes[number])


def mapped(error: PlaywrightError) -> ConnectorError:
    """What an error of the browser library means to the caller."""
    first = str(error).splitlines()[0] if str(error) else type(error).__name__
    if isinstance(error, PlaywrightTimeout):
        return ConsoleDrift("a screen did not do what was expected in time", seen=first)
    if "closed" in first or "crash" in first.lower():
        return LaneLost("the browser or its tab went away", seen=first, advice="run it again: it reads first")
    return ConsoleUnavailable("the browser could not go on", seen=first)


def email_of(operation: Operation) -> str:
    """The address of the one person that an operation is about; '' where it is about many, or about a group."""
    return "" if isinstance(operation, ImportPeople | InvitePeople | CreateGroup | DeleteGroup) else operation.email


def group_of(operation: Operation) -> str | None:
    """The name of the group that an operation is about; None where it is about people."""
    return operation.name if isinstance(operation, CreateGroup | DeleteGroup) else None


def cut_short(operation: Operation, settled: Mapping[str, Outcome]) -> list[Outcome]:
    """The outcomes of an operation that may have been begun before and is not looked at again."""
    message = "cut short before, and not looked at again: it may have been sent"
    return [
        settled.get(address_key(outcome.email), outcome) for outcome in outcomes_of(operation, Result.UNKNOWN, message)
    ]


def not_attempted(operation: Operation, why: str) -> list[Outcome]:
    """The outcomes of an operation that was not begun."""
    return outcomes_of(operation, Result.FAILED, f"not attempted: {why}")


def held_back(why: str) -> str:
    """What is said of whoever is not sent because of others in the same file."""
    return f"not sent: {why}, and bad rows are not to be skipped (--skip-bad-rows)"


def not_importable(count: int) -> str:
    """That so many rows cannot be imported."""
    return f"{count} row{'' if count == 1 else 's'} cannot be imported"
