"""On a real (pseudo) terminal: colours, narrow windows, questions; and none of it elsewhere."""

from __future__ import annotations

import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from fcntl import ioctl
from pathlib import Path

import pytest

from .face import ANN

SCRIPT = """
import sys, types
sys.path.insert(0, sys.argv.pop())
from face import Face, ANN
fake = Face()
groups = ("Customer Success", "Engineering Managers", "Everybody in Europe")
fake.directory = [ANN.model_copy(update={"groups": groups})]
def connector(settings=None, **options):
    connector = fake.connector(settings, **options)
    if options["progress"]:
        for done in range(3):
            options["progress"]("reading people", done, 3)
    return connector
module = types.ModuleType("connector.face")
module.Connector = connector
sys.modules["connector.face"] = module
from connector.cli import main
main()
"""
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
OnTerminal = Callable[..., tuple[int, str]]


@pytest.fixture
def on_terminal(tmp_path: Path) -> OnTerminal:
    """Runs `workramp` on a terminal of some width, types something, and returns exit code and everything shown."""

    def run(*arguments: str, width: int = 100, typed: str = "", **environment: str) -> tuple[int, str]:
        (tmp_path / "script.py").write_text(SCRIPT)
        ours, theirs = pty.openpty()
        ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("WORKRAMP_", "NO_COLOR"))}
        clean.pop("COLUMNS", None)
        process = subprocess.Popen(
            [sys.executable, str(tmp_path / "script.py"), *arguments, str(Path(__file__).parent)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=tmp_path,
            env={**clean, "TERM": "xterm-256color", **environment},
        )
        os.close(theirs)
        os.write(ours, typed.encode())
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the terminal's other end was closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return process.wait(30), shown.decode().replace("\r\n", "\n")

    return run


def test_a_wide_terminal_gets_a_table_in_colour(on_terminal: OnTerminal) -> None:
    code, shown = on_terminal("people", "list", width=140)
    assert code == 0
    assert "\x1b[" in shown
    assert "Email" in shown
    assert "1 person" in shown


def test_a_narrow_terminal_gets_everything_stacked_and_uncut(on_terminal: OnTerminal) -> None:
    _, shown = on_terminal("people", "list", width=50)
    plain = ESCAPE.sub("", shown)
    assert "Email" not in plain
    assert ANN.email in plain
    assert "Everybody in Europe" in re.sub(r"\s+", " ", plain)
    assert max(map(len, plain.splitlines())) <= 50


def test_no_color_is_respected(on_terminal: OnTerminal) -> None:
    _, shown = on_terminal("people", "list", NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown)


def test_progress_is_shown_while_working_and_gone_afterwards(on_terminal: OnTerminal) -> None:
    _, shown = on_terminal("people", "list")
    assert "reading people" in shown
    _, shown = on_terminal("people", "list", "--quiet")
    assert "reading people" not in shown


def test_the_question_waits_for_an_answer(on_terminal: OnTerminal) -> None:
    code, shown = on_terminal("people", "deactivate", ANN.email, typed="n\n")
    assert code == 2
    assert f"Deactivate {ANN.email} on https://app.workramp.com? [y/N]" in ESCAPE.sub("", shown)
    code, shown = on_terminal("people", "deactivate", ANN.email, typed="yes\n")
    assert code == 0
    assert "deactivate read back" in shown
