from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer.main

from connector.cli.app import app

from .conftest import Run

WORKRAMP = [sys.executable, "-c", "from connector.cli import main; main()"]
HEAVY = (
    "playwright",
    "jinja2",
    "starlette",
    "uvicorn",
    "fixtures",
    "connector.face",
    "connector.report",
    "rich.live",
    "dbos",
    "sqlalchemy",
    "psycopg",
    "croniter",
    "structlog",
    "scim2_models",
    "scim2_server",
    "connector.scim_service",
)


def _commands(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(child, (*path, name))
        if not hasattr(child, "commands") or child.invoke_without_command:
            yield (*path, name), child


COMMANDS = dict(_commands(typer.main.get_command(app)))


def test_the_commands_are_those_of_the_contract() -> None:
    people = ["list", "show", "invite", "import", "deactivate", "reactivate", "resend", "edit", "export"]
    plain = ["seats", "plan", "apply", "check", "record", "sign-in", "mock", "demo", "worker", "serve"]
    groups = ["list", "show", "create", "delete"]
    runs = ["list", "show", "resume", "cancel", "approve", "reject", "report", "verify"]
    schedule = ["add", "list", "remove"]
    verbs = {"people": people, "groups": groups, "runs": runs, "schedule": schedule}
    tokens = {("serve", "token", name) for name in ("add", "list", "revoke")}
    nouns = {*tokens, *((noun, name) for noun, names in verbs.items() for name in names)}
    assert set(COMMANDS) == {*nouns, *((name,) for name in plain)}


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_the_help_of_every_command_has_a_worked_example(run: Run, path: tuple[str, ...]) -> None:
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert f"$ workramp {' '.join(path)}" in result.stdout
    assert result.stderr == ""


def test_the_example_in_the_help_is_a_command_that_parses() -> None:
    for path, command in COMMANDS.items():
        _, _, example = command.epilog.partition("$ workramp ")
        words = shlex.split(example.replace("\\\n", " "))
        assert tuple(words[: len(path)]) == path
        command.make_context(path[-1], words[len(path) :], resilient_parsing=False)


WITHOUT_BROWSER = {
    ("mock",),
    *(("runs", name) for name in ("list", "show", "cancel", "reject", "report", "verify")),
    *(("schedule", name) for name in ("add", "list", "remove")),
    *(("serve", "token", name) for name in ("add", "list", "revoke")),
}


@pytest.mark.parametrize("path", [path for path in COMMANDS if path not in WITHOUT_BROWSER], ids=" ".join)
def test_every_command_with_a_browser_takes_the_documented_options(path: tuple[str, ...]) -> None:
    options = {option for parameter in COMMANDS[path].params for option in parameter.opts}
    assert {"--headed", "--lanes", "--timeout", "--evidence"} <= options
    if path != ("demo",):  # which tells a story, and has settings of its own
        assert {"--json", "--quiet", "--env-file"} <= options
    if path[-1] in ("invite", "import", "deactivate", "reactivate", "resend", "edit", "apply"):
        assert {"--dry-run", "--yes", "--override", "--run-id", "--no-wait", "--queue"} <= options


def test_help_and_version_are_quick_because_they_load_nothing_heavy() -> None:
    script = (
        "import sys\nfrom connector.cli.app import app\n"
        "try:\n app(['--help'], prog_name='workramp')\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert result.stderr.strip() == "[]"


def test_the_version_is_said_on_stdout(run: Run) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("workramp ")


def test_without_arguments_the_help_is_shown_and_ends_with_2(run: Run) -> None:
    assert run().exit_code == 2
    assert run("people").exit_code == 2


def test_completion_scripts_and_completions_are_there() -> None:
    environment = {
        **os.environ,
        "_WORKRAMP_COMPLETE": "complete_bash",
        "COMP_WORDS": "workramp people de",
        "COMP_CWORD": "2",
    }
    result = subprocess.run(WORKRAMP, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert result.stdout.split() == ["deactivate"]
    environment.update(COMP_WORDS="workramp people invite --override ", COMP_CWORD="4")
    result = subprocess.run(WORKRAMP, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert "scim-managed" in result.stdout
    assert "last-admin" not in result.stdout


@pytest.fixture
def mock_process() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [*WORKRAMP, "mock", "--people", "30"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def test_the_mock_says_where_it_is_first_and_ends_on_a_signal(mock_process: subprocess.Popen[str]) -> None:
    assert mock_process.stdout is not None
    hello = json.loads(mock_process.stdout.readline())
    assert hello["url"].startswith("http://127.0.0.1:")
    assert {"email", "password"} <= set(hello)
    mock_process.send_signal(signal.SIGTERM)
    assert mock_process.wait(10) == 0


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--edition", "modern"], "edition"),
        (["--fault", "gremlins"], "gremlins"),
        (["--port", "70000"], "--port"),
        (["--people", "0"], "--people"),
    ],
)
def test_the_mock_refuses_options_that_mean_nothing(run: Run, arguments: list[str], named: str) -> None:
    result = run("mock", *arguments)
    assert result.exit_code == 2
    assert named in result.stderr
    assert result.stdout == ""


def test_a_reader_that_goes_away_changes_no_exit_code(tmp_path: Path) -> None:
    script = (
        "import sys, types; sys.path.insert(0, sys.argv.pop())\n"
        "from face import Face, ANN\n"
        "fake = Face(); fake.directory = [ANN] * 20000\n"
        "module = types.ModuleType('connector.face'); module.Connector = fake.connector\n"
        "sys.modules['connector.face'] = module\n"
        "from connector.cli import main; main()\n"
    )
    (tmp_path / "script.py").write_text(script)
    command = [sys.executable, str(tmp_path / "script.py"), "people", "list", str(Path(__file__).parent)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    error = process.stderr.read()
    assert process.wait(30) == 0
    assert error == "20000 people\n"


def test_termination_while_working_ends_with_143(tmp_path: Path) -> None:
    script = (
        "import sys, types; sys.path.insert(0, sys.argv.pop())\n"
        "from face import Face\n"
        "import signal\n"
        "fake = Face()\n"
        "def wait(settings=None, **options):\n print('waiting', flush=True); signal.pause()\n"
        "module = types.ModuleType('connector.face'); module.Connector = wait\n"
        "sys.modules['connector.face'] = module\n"
        "from connector.cli import main; main()\n"
    )
    (tmp_path / "script.py").write_text(script)
    command = [sys.executable, str(tmp_path / "script.py"), "seats", str(Path(__file__).parent)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "waiting\n"
    process.terminate()
    _, error = process.communicate(timeout=30)
    assert process.returncode == 143
    assert error == "terminated\n"


@pytest.mark.parametrize("words", [["--help"], ["people", "list", "--help"], ["--version"]])
def test_a_reader_that_goes_away_is_no_trouble(words: list[str]) -> None:
    """As of `workramp --help | head -1` under `set -o pipefail`."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*WORKRAMP, *words], stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")
