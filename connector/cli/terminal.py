"""Where text leaves the program: neutralised, results on stdout, everything else on stderr."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from pydantic import BaseModel
    from rich.console import Console


def neutral(text: object) -> str:
    """The text with every character that could steer a terminal written out, as `\\x1b` or `\\u202e`."""
    text = str(text)
    if text.isascii() and text.isprintable():
        return text
    from connector.redaction import neutralise

    return neutralise(text)


def neutral_lines(text: object) -> str:
    """Like `neutral`, for text of ours that has several lines."""
    return "\n".join(neutral(line) for line in str(text).split("\n"))


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody watches this stream."""
    return hasattr(stream, "isatty") and stream.isatty()


def console(stream: TextIO) -> Console:
    """A Rich console on the stream: colours and width of the terminal behind it, neither where there is none."""
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=not is_terminal(stream))


def say(text: str = "", style: str = "") -> None:
    """Writes a line of talk to stderr. The text must be neutralised."""
    if is_terminal(sys.stderr):
        _write(sys.stderr, lambda: console(sys.stderr).print(text, style=style))
    else:
        _write(sys.stderr, lambda: sys.stderr.write(text + "\n"))


def put(text: str = "", style: str = "") -> None:
    """Writes a line of results to stdout. The text must be neutralised."""
    if style and is_terminal(sys.stdout):
        _write(sys.stdout, lambda: console(sys.stdout).print(text, style=style))
    else:
        _write(sys.stdout, lambda: sys.stdout.write(text + "\n"))


def put_styled(render: Callable[[Console], object]) -> None:
    """Lets `render` print results on a Rich console on stdout."""
    _write(sys.stdout, lambda: render(console(sys.stdout)))


def put_json(value: BaseModel | list[Any] | dict[str, Any]) -> None:
    """Writes one JSON document to stdout; characters that could steer a terminal are escaped, without loss."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json.dumps(value, default=_plain, indent=2, ensure_ascii=not utf8)
    for character in set(text) - {"\n"}:
        if neutral(character) != character:
            text = text.replace(character, f"\\u{ord(character):04x}")
    put(text)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return utc(value)
    return value.model_dump()


def utc(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second, ending in Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _write(stream: TextIO, write: Callable[[], object]) -> None:
    """A reader that went away (`| head`) stops nothing: what was begun is finished and earns its exit code."""
    try:
        write()
        stream.flush()
    except BrokenPipeError:
        _send_to_nowhere(stream)


def _send_to_nowhere(stream: TextIO) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
