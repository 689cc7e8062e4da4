"""The driver of the browser, started before the command is even parsed, where the command surely needs it.

It takes as long to come up as Typer, pydantic and the connector take to be imported, and has a process of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from connector.head_start import HeadStart

READERS = frozenset(
    {
        ("people", "list"),
        ("people", "show"),
        ("people", "export"),
        ("groups", "list"),
        ("groups", "show"),
        ("seats",),
    }
)
"""Commands that read the console and little else: they ask nobody and wait for no other run."""

_HELP = {"--help", "-h"}
_started: list[HeadStart] = []


@contextmanager
def begun(arguments: Sequence[str]) -> Iterator[None]:
    """Starts the driver where these arguments name one of the READERS, and stops it where nothing took it up."""
    with ExitStack() as opened:
        if _reads(arguments):
            from connector.head_start import HeadStart

            _started.append(opened.enter_context(HeadStart()))
            opened.callback(_started.clear)
        yield


def head_start(opened: ExitStack) -> HeadStart:
    """The head start that has begun, or one that begins now and ends with `opened`."""
    from connector.head_start import HeadStart

    return _started.pop() if _started else opened.enter_context(HeadStart())


def _reads(arguments: Sequence[str]) -> bool:
    if _HELP.intersection(arguments):
        return False
    words = [each for each in arguments if not each.startswith("-")]
    return any(tuple(words[: len(reader)]) == reader for reader in READERS)
