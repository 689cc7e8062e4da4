"""The question before something is changed: asked where somebody can answer it, never left hanging."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from urllib.parse import urlsplit

from connector.cli.terminal import is_terminal, neutral, say
from connector.errors import InputError

_NAMED_AT_MOST = 5
_TYPE_THE_CONSOLE_FROM = 6
"""So many people losing access at once make the operator type the console's name."""


class Declined(InputError):
    """The operator said no; nothing was changed."""


def somebody_can_answer() -> bool:
    """Whether a question can be seen and answered."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def confirm(what: str, console: str, *, people: int = 1, destructive: bool = False, look: str = "--dry-run") -> None:
    """Asks whether to go on.

    Args:
        what: what will happen to whom, as the beginning of a sentence.
        console: the address of the console.
        people: how many it happens to.
        destructive: takes something away; needs an answer, where the others go on if nobody can give one.
        look: by which option or command one can see before what would happen.

    Raises:
        Declined: the answer was not yes, or nobody can answer and the operation is destructive.
    """
    if not somebody_can_answer():
        if destructive:
            raise Declined(
                f"{what} on {neutral(console)}: needs a confirmation, and there is no terminal to ask on",
                advice=f"pass --yes if this is meant, or {look} to see what would happen; nothing was changed",
            )
        return
    if destructive and people >= _TYPE_THE_CONSOLE_FROM:
        host = urlsplit(console).netloc or console
        say(f"{what} on {neutral(console)}.")
        given = _answer(f"Type the console's name, {neutral(host)}, to go on: ")
        agreed = given == host.casefold()
    else:
        agreed = _answer(f"{what} on {neutral(console)}? [y/N] ") in ("y", "yes")
    if not agreed:
        raise Declined("not confirmed; nothing was changed")


def confirm_by_name(what: str, console: str, name: str) -> None:
    """Asks to type the name of what is about to be deleted, exactly.

    Raises:
        Declined: something else was typed, or nobody can answer.
    """
    if not somebody_can_answer():
        raise Declined(
            f"{what} on {neutral(console)}: needs a confirmation, and there is no terminal to ask on",
            advice="pass --yes if this is meant, or --dry-run to see what would happen; nothing was changed",
        )
    say(f"{what} on {neutral(console)}. Its people stay.")
    sys.stderr.write(f"Type the name of the group, {neutral(name)}, to go on: ")
    sys.stderr.flush()
    if " ".join(unicodedata.normalize("NFC", sys.stdin.readline()).split()) != name:
        raise Declined("not confirmed; nothing was changed")


def named(addresses: Sequence[str]) -> str:
    """The first few addresses, and how many more there are."""
    first = ", ".join(neutral(one) for one in addresses[:_NAMED_AT_MOST])
    more = len(addresses) - _NAMED_AT_MOST
    return f"{first} and {more} more" if more > 0 else first


def _answer(prompt: str) -> str:
    sys.stderr.write(prompt)
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold()
