"""Commands that a worker carries out: `--queue` on one that changes something, and what `schedule add` is given.

A command is kept as its name and words, as somebody would type them, with files by their full path; whoever carries it
out adds who asks and who is told. It is checked by running it up to where it would begin.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from connector.cli.options import Changing
from connector.cli.terminal import neutral, put, put_json, say
from connector.errors import InputError

if TYPE_CHECKING:
    from connector.models import Operation
    from connector.run_queue import QueuedCommand
    from connector.run_records import RunRecord
    from connector.settings import Settings
    from connector.terms import Guard

typed: ContextVar[tuple[str, ...]] = ContextVar("typed", default=())
"""The words after `workramp`, as they were given."""
_checking: ContextVar[bool] = ContextVar("checking", default=False)
_ALWAYS_SAID = {"yes", "json", "quiet"}
"""Options that make no difference to a worker."""
_OF_THE_WORKER = {
    "env_file": "give it to the worker",
    "headed": "give it to the worker",
    "no_wait": "a worker waits for the console",
    "run_id": "a worker names the run",
    "queue": "it is queued when it is due",
    "dry_run": "it would change nothing",
}


def handed_over(
    flags: Changing, settings: Settings, run_id: str, asked: tuple[Sequence[Operation], Collection[Guard]] | None = None
) -> bool:
    """Whether a command ends here, because it is only looked at or was queued; called where it would begin.

    One whose run is over does not: its outcomes are printed, as without --queue. `asked`: what it would do, and which
    guards it lifts, where that is known: nobody is told the state of another run that has this id.
    """
    if _checking.get():
        return True
    if not flags.queue:
        return False
    _, context = _understood([word for word in typed.get() if word != "--debug"])
    own = {name: why for name, why in _OF_THE_WORKER.items() if name in ("headed", "no_wait", "dry_run")}
    name, words = _spelled(context, own)
    from connector.run_database import RunDatabase
    from connector.run_queue import QueuedCommand, RunQueue
    from connector.run_records import whoever_asks

    command = QueuedCommand(
        run=run_id,
        console=settings.url,
        name=name,
        words=words,
        asked_by=whoever_asks(),
        created_at=datetime.now(UTC),
        hours_to_live=settings.run_ttl_hours,
    )
    database = RunDatabase(settings, create=True)
    try:
        database.prepare()
        queue = RunQueue(database)
        if not queue.add(command):
            if (found := queue.find(run_id)) is None:
                return _told(flags, settings, run_id, asked)
            _require_the_same(command, *found)
    finally:
        database.close()
    if flags.json:
        put_json({"run": run_id, "state": "queued"})
    else:
        put(run_id)
        if not flags.quiet:
            say("queued; `workramp worker` carries it out")
    return True


def _told(
    flags: Changing, settings: Settings, run_id: str, asked: tuple[Sequence[Operation], Collection[Guard]] | None
) -> bool:
    """Tells the state of a run that is recorded and not over; whether it did. Raises InputError for another run."""
    from connector import run_control
    from connector.run_records import RunRequest, may_go_on

    record = run_control.look_up(settings, run_id)
    if record is None or record.over:
        return False
    if asked is not None:
        operations, overrides = asked
        request = RunRequest(
            id=run_id,
            console=settings.url,
            operations=tuple(operations),
            overrides=tuple(overrides),
            created_at=datetime.now(UTC),
        )
        may_go_on(record, settings.url, stale=True, asked=request)
    view = run_control.view(settings, run_id)
    if flags.json:
        put_json({"run": run_id, "state": view.state.value})
    else:
        put(run_id)
        if not flags.quiet:
            say(f"is {view.state.value} already; `workramp runs show {neutral(run_id)}` tells")
    return True


def _require_the_same(command: QueuedCommand, queued: QueuedCommand, known: RunRecord) -> None:
    """Raises InputError where what is queued under a run's id is another command, or waits for nobody any more."""
    if not command.same_as(queued):
        raise InputError(
            f"there is a run {neutral(command.run)} already, of another command: {neutral(queued.text)}",
            advice="give a new run another --run-id; `workramp runs show` tells what this one is",
        )
    from connector.run_records import RunStatus

    if known.status is not RunStatus.QUEUED:
        raise InputError(
            f"the run {neutral(command.run)} is queued no more: it is {known.status.value}",
            advice=f"`workramp runs resume {neutral(command.run)}` queues it again",
        )


def checked(words: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The name and the words of a command that may be scheduled, after it was run up to where it would begin.

    Raises InputError for one that changes nothing, says what is the worker's to say, or cannot be used as it is.
    """
    command, given = _understood(words)
    if not {"queue", "run_id"} <= {parameter.name for parameter in command.params}:
        raise InputError(
            f"`{neutral(given.command_path)}` is no command for a worker",
            expected="one that changes something, such as apply or people deactivate",
        )
    spelled = _spelled(given, _OF_THE_WORKER)
    given.params["yes"] = True
    token = _checking.set(True)
    try:
        with given:
            command.invoke(given)
    finally:
        _checking.reset(token)
    return spelled


def _understood(words: Sequence[str]) -> tuple[Any, Any]:
    """The command that these words name, and what is understood of its options. Raises InputError."""
    from connector.cli.app import app

    command: Any = typer.main.get_command(app)
    context = command.make_context("workramp", [], resilient_parsing=True)
    left = list(words)
    try:
        while hasattr(command, "commands"):
            if not left or left[0] not in command.commands:
                known = ", ".join(sorted(command.commands))
                what = neutral(" ".join([context.command_path, *left[:1]]))
                raise InputError(f"there is no command `{what}`", expected=f"one of {known}")
            command = command.commands[left[0]]
            grouped = hasattr(command, "commands")
            context = command.make_context(
                left.pop(0), [] if grouped else left, parent=context, resilient_parsing=grouped
            )
    except typer.TyperException as error:
        raise InputError(f"the command cannot be used: {neutral(error.format_message())}") from None
    except typer.Exit:
        raise InputError("the command does nothing but show its help") from None
    return command, context


def _spelled(context: Any, refused: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A command's name and words, put together from what was understood of it."""
    name: list[str] = []
    above = context
    while above.parent is not None:
        name.insert(0, above.info_name)
        above = above.parent
    options: list[str] = []
    arguments: list[str] = []
    for parameter in context.command.params:
        value = context.params.get(parameter.name)
        if getattr(context.get_parameter_source(parameter.name), "name", "") != "COMMANDLINE":
            continue
        if (why := refused.get(parameter.name)) is not None:
            raise InputError(f"{parameter.opts[0]} has no place in what a worker carries out: {why}")
        if parameter.name in _ALWAYS_SAID | _OF_THE_WORKER.keys():
            continue
        values = value if isinstance(value, list | tuple) else [value]
        if parameter.param_type_name == "argument":
            arguments += map(_word, values)
        elif isinstance(value, bool):
            options.append(parameter.opts[0] if value else parameter.secondary_opts[0])
        else:
            for each in values:
                options += [parameter.opts[0], _word(each)]
    if any(word.startswith("-") for word in arguments):
        return tuple(name), (*options, "--", *arguments)
    return tuple(name), (*arguments, *options)


def _word(value: Any) -> str:
    if isinstance(value, Path):
        return str(value.expanduser().absolute())
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value.value if isinstance(value, Enum) else value)
