"""The options that many commands share, declared once, and handed to a command as one value."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar, get_type_hints

import typer

_CHANGES = "Before anything is changed"
_BROWSER = "Browser and output"


class Evidence(StrEnum):
    """When screenshots and logs are kept."""

    OFF = "off"
    FAILURES = "failures"
    ALL = "all"


def liftable(incomplete: str) -> list[str]:
    """Completions for a guard that can be lifted."""
    from connector.terms import NEVER_LIFTED, Guard

    return [guard.value for guard in Guard if guard not in NEVER_LIFTED and guard.value.startswith(incomplete)]


def roles(incomplete: str) -> list[str]:
    """Completions for a role."""
    from connector.terms import Role

    return [role.value for role in Role if role.value.startswith(incomplete)]


@dataclass(frozen=True, kw_only=True)
class Browsing:
    """Options of every command that opens a browser."""

    headed: Annotated[
        bool, typer.Option("--headed", metavar="", help="Show the browser.", rich_help_panel=_BROWSER)
    ] = False
    timeout: Annotated[
        float | None,
        typer.Option("--timeout", metavar="SECONDS", min=0.1, max=3600, help="Per step.", rich_help_panel=_BROWSER),
    ] = None
    evidence: Annotated[
        Evidence | None,
        typer.Option("--evidence", help="When to keep screenshots and logs.", rich_help_panel=_BROWSER),
    ] = None
    lanes: Annotated[
        int | None,
        typer.Option("--lanes", metavar="N", min=1, max=16, help="Tabs used side by side.", rich_help_panel=_BROWSER),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Reading(Browsing):
    """Options of every command that works at the console."""

    json: Annotated[
        bool, typer.Option("--json", metavar="", help="Print JSON on stdout instead of text.", rich_help_panel=_BROWSER)
    ] = False
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet", "-q", metavar="", help="No progress, no remarks; errors stay.", rich_help_panel=_BROWSER
        ),
    ] = False
    env_file: Annotated[
        Path | None,
        typer.Option(
            "--env-file",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Settings file instead of .env.",
            rich_help_panel=_BROWSER,
        ),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Options of commands that ask the run database and open no browser."""

    json: Annotated[bool, typer.Option("--json", metavar="", help="Print JSON on stdout instead of text.")] = False
    quiet: Annotated[bool, typer.Option("--quiet", "-q", metavar="", help="No remarks; errors stay.")] = False
    env_file: Annotated[
        Path | None,
        typer.Option("--env-file", metavar="FILE", exists=True, dir_okay=False, help="Settings file instead of .env."),
    ] = None


@dataclass(frozen=True, kw_only=True)
class Resuming(Reading):
    """Options of going on with a run."""

    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", metavar="", help="Say what is left to do, change nothing.", rich_help_panel=_CHANGES),
    ] = False
    yes: Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Ask no question.", rich_help_panel=_CHANGES)] = (
        False
    )
    no_wait: Annotated[
        bool,
        typer.Option(
            "--no-wait",
            metavar="",
            help="Stop (exit code 4) where another run works at the console.",
            rich_help_panel=_CHANGES,
        ),
    ] = False


@dataclass(frozen=True, kw_only=True)
class Changing(Reading):
    """Options of every command that changes something."""

    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", metavar="", help="Say what would happen, change nothing.", rich_help_panel=_CHANGES),
    ] = False
    yes: Annotated[bool, typer.Option("--yes", "-y", metavar="", help="Ask no question.", rich_help_panel=_CHANGES)] = (
        False
    )
    override: Annotated[
        list[str] | None,
        typer.Option(
            "--override",
            metavar="GUARD",
            help="Lift a guard, by the name its refusal carries. Repeatable.",
            autocompletion=liftable,
            rich_help_panel=_CHANGES,
        ),
    ] = None
    run_id: Annotated[
        str | None,
        typer.Option(
            "--run-id",
            metavar="ID",
            help="The name of the run. The same again goes on with it after a crash.",
            rich_help_panel=_CHANGES,
        ),
    ] = None
    no_wait: Annotated[
        bool,
        typer.Option(
            "--no-wait",
            metavar="",
            help="Stop (exit code 4) where another run works at the console.",
            rich_help_panel=_CHANGES,
        ),
    ] = False
    queue: Annotated[
        bool,
        typer.Option(
            "--queue", metavar="", help="Leave it to `workramp worker`, and say its run.", rich_help_panel=_CHANGES
        ),
    ] = False


_F = TypeVar("_F", bound=Browsing | Asking)
_P = ParamSpec("_P")


def with_options(kind: type[_F]) -> Callable[[Callable[Concatenate[_F, _P], None]], Callable[..., None]]:
    """Gives a command the options of `kind`; its function gets them as its first argument.

    Typer reads a command's options off the function's signature and has no way to share them, so the signature
    that it is shown is put together here.
    """
    hints = get_type_hints(kind, include_extras=True)
    own_first = sorted(fields(kind), key=lambda field: field.name not in kind.__annotations__)
    shared = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in own_first
    ]

    def decorate(function: Callable[Concatenate[_F, _P], None]) -> Callable[..., None]:
        _, *own = inspect.signature(function, eval_str=True).parameters.values()

        def command(**values: Any) -> None:
            flags = kind(**{parameter.name: values.pop(parameter.name) for parameter in shared})
            function(flags, **values)  # type: ignore[call-arg]

        command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [*(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own), *shared]
        )
        command.__annotations__ = {}
        command.__name__ = function.__name__
        command.__doc__ = function.__doc__
        return command

    return decorate


def example(*lines: str) -> str:
    """The worked example under a command's help."""
    return "\n".join(["[bold]Example[/bold]", f"$ {lines[0]}", *lines[1:]])
