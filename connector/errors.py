"""Every exception this project raises on purpose. The class says what the caller should do, and maps to an exit code.

ConnectorError                 1
  InputError                   2  fix the input; nothing was changed
    SettingsError                 fix the environment or .env
    RosterError                   fix the file; `problems` names line and column
    PlanError                     make the plan anew; `problems` names what is wrong with it
  Refused                      3  a guard said no; `guard` says which
    Inexpressible                 the console has no field for what is asked; nothing was sent
  ConsoleUnavailable           4  try later, or look at the address and the network
    BrowserMissing                install a browser
    SignInFailed                  look at the credentials; a person may be needed
    SessionEnded                  the console ended the session (renewed once by the console layer)
    LaneLost                      the browser or its tab went away, again and again
    ConsoleBusy                   another run works at this console
  ConsoleDrift                 5  the screen does not look as expected: report it with the evidence
    NoWay                         nothing on the console leads to a screen
    NotClicked                    what was to be clicked could not be: that click was not made
  OperationFailed              1  the console itself said no to one operation
    LeftOut                       of some people the console does not tell what was asked; `found` are the others
    PersonNotFound                nobody has this address
    GroupNotFound                 no group has this name
  RecordingRefused             1  a recording would have held somebody's data: nothing was written
  RunDatabaseFailed            1  what is to be done cannot be recorded: nothing more was clicked
  AuditFailed                  1  what is to be done cannot be written to the audit log: nothing more was clicked
  RunCancelled                 1  somebody cancelled the run; what was not begun says so
  HandedBack                   1  the process was told to end; the rest of the run waits for a worker
  LeaseLost                    1  the run has passed into other hands: nothing more was clicked
  EffectUnknown                1  acted, but the new state could not be read back: look before doing it again
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from connector.terms import Guard


class ConnectorError(Exception):
    """What was being done, to whom, on which screen, what was expected, what was there instead, what to do now.

    Only `message` is required; the rest is added to it on lines of its own. `evidence` is filled in by the layer
    that holds the browser.
    """

    exit_code = 1
    advice = ""

    def __init__(
        self,
        message: str,
        *,
        whom: str | None = None,
        screen: str | None = None,
        expected: str | None = None,
        seen: str | None = None,
        advice: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.whom = whom
        self.screen = screen
        self.expected = expected
        self.seen = seen
        self.evidence: tuple[Path, ...] = ()
        if advice is not None:
            self.advice = advice

    def rewrite(self, scrub: Callable[[str], str]) -> None:
        """Passes everything the error says through `scrub`: a console may repeat a secret in its own words."""
        self.message = scrub(self.message)
        self.args = (self.message,)
        for name in ("whom", "screen", "expected", "seen"):
            if (text := getattr(self, name)) is not None:
                setattr(self, name, scrub(text))

    def in_one_line(self) -> str:
        """What is said of it in an outcome."""
        parts = [self.message]
        if self.seen and self.seen not in self.message:
            parts.append(f"seen: {self.seen}")
        return "; ".join([*parts, *([self.advice] if self.advice else [])])

    def __str__(self) -> str:
        details = (
            ("person", self.whom),
            ("screen", self.screen),
            ("expected", self.expected),
            ("seen", self.seen),
            ("evidence", ", ".join(map(str, self.evidence))),
            ("what to do", self.advice),
        )
        return "\n".join([self.message, *(f"  {name}: {text}" for name, text in details if text)])


class InputError(ConnectorError):
    """The input is wrong; nothing was changed."""

    exit_code = 2


class SettingsError(InputError):
    """A setting is missing, unknown or malformed."""


class RosterError(InputError):
    """A roster file, or rows of it, cannot be used. `problems` are one sentence each, with line and column."""

    def __init__(self, message: str, problems: Sequence[str] = (), *, advice: str | None = None) -> None:
        super().__init__(message, advice=advice)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  - {problem}" for problem in self.problems)])


class PlanError(InputError):
    """A plan cannot be used: unreadable, edited or stale. `problems` are one sentence each."""

    advice = "make the plan anew"

    def __init__(
        self,
        message: str,
        problems: Sequence[str] = (),
        *,
        expected: str | None = None,
        seen: str | None = None,
        advice: str | None = None,
    ) -> None:
        super().__init__(message, expected=expected, seen=seen, advice=advice)
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(f"  - {problem}" for problem in self.problems)])


class Refused(ConnectorError):
    """A guard refused before anything was clicked."""

    exit_code = 3

    def __init__(
        self,
        message: str,
        guard: Guard | None,
        *,
        whom: str | None = None,
        advice: str | None = None,
        saw: str | None = None,
    ) -> None:
        """`saw`: a digest of what the guard saw, where a person may lift it (`Objection` in `connector/models.py`)."""
        super().__init__(message, whom=whom, advice=advice)
        self.guard = guard
        self.saw = saw


class Inexpressible(Refused):
    """This edition of the console has no way to say what is asked. Known before anything was sent."""

    def __init__(self, message: str, *, whom: str | None = None, advice: str | None = None) -> None:
        super().__init__(message, None, whom=whom, advice=advice)


class ConsoleUnavailable(ConnectorError):
    """The console cannot be reached, does not answer in time, or answers with a server error."""

    exit_code = 4


class BrowserMissing(ConsoleUnavailable):
    """No browser was found on this machine."""


class SignInFailed(ConsoleUnavailable):
    """The console did not let the configured account in."""


class SessionEnded(ConsoleUnavailable):
    """The console sent the browser back to its sign-in page."""


class LaneLost(ConsoleUnavailable):
    """The browser or its tab went away more often than it is started again for one operation."""


class ConsoleBusy(ConsoleUnavailable):
    """Another run works at this console, and it is not to be waited for."""


class ConsoleDrift(ConnectorError):
    """A required element is missing, ambiguous or different from what the page objects expect."""

    exit_code = 5
    advice = "compare the screenshot with the documentation and report it with the evidence; nothing more was clicked"


class NoWay(ConsoleDrift):
    """Every page on the way to a screen was there in time, and none of them leads to it."""


class NotOffered(ConsoleDrift):
    """Every place where an action on somebody may lie was there and was looked at, and none offers it."""


class NotClicked(ConsoleDrift):
    """What was to be clicked was covered or disabled until the end: the click was not made, for sure."""


class OperationFailed(ConnectorError):
    """The console refused one operation, in its own words."""


class LeftOut(OperationFailed):
    """Some people are left out, as the console does not tell of them what was asked; the message names them."""

    def __init__(
        self,
        message: str,
        found: Sequence[Any],
        *,
        screen: str | None = None,
        seen: str | None = None,
        advice: str | None = None,
    ) -> None:
        """`found`: the people of whom it is told and who match."""
        super().__init__(message, screen=screen, seen=seen, advice=advice)
        self.found = list(found)


class PersonNotFound(OperationFailed):
    """No person has exactly this address."""


class GroupNotFound(OperationFailed):
    """No group has exactly this name."""


class RecordingRefused(ConnectorError):
    """What was to be written still held an address, a name or a secret of the tenant."""

    advice = "nothing was written; report which screen and what kind of text it is, not the text"


class RunDatabaseFailed(ConnectorError):
    """The run database is locked, full, gone or not reached. Without a recorded intent nothing is clicked."""


class AuditFailed(ConnectorError):
    """What is to be done cannot be written to the audit log: nothing more was clicked."""


class RunCancelled(ConnectorError):
    """Somebody cancelled the run."""

    advice = "`workramp runs resume` goes on with it"


class HandedBack(ConnectorError):
    """The process that carries a run out was told to end, and has finished what it had in hand."""

    advice = "a worker goes on with it, or `workramp runs resume`"


class LeaseLost(ConnectorError):
    """Somebody else goes on with this run, or works at its console; the holder of a lost lease must not write."""

    advice = "look with `workramp runs list` at who goes on; nothing more was clicked"


class EffectUnknown(ConnectorError):
    """Something was sent and its effect could not be read back."""

    advice = "look at the person with `workramp people show` before doing it again"
