"""What the documentation tells people to type, and to put into units, crontabs and containers, is understood."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from connector.cli.app import app
from connector.schedules import new_schedule

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
OPERATIONS = ROOT / "docs" / "operations.md"


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language, with lines that go on put together."""
    found = re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    return [block.replace("\\\n", " ") for block in found]


def typed(page: Path) -> Iterator[list[str]]:
    """The words after `workramp` on every line of a page's shell blocks."""
    for block in blocks(page, "sh"):
        for line in block.splitlines():
            for part in re.split(r"\s(?:&&|\|\|?|>)\s", line):
                words = shlex.split(part, comments=True)
                while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
                    words.pop(0)
                if words and words[0] == "workramp":
                    yield words[1:]


def units() -> dict[str, ConfigParser]:
    """The systemd units of the documentation by the path that their first line names."""
    found: dict[str, ConfigParser] = {}
    for block in blocks(OPERATIONS, "ini"):
        first, _, rest = block.partition("\n")
        unit = ConfigParser(strict=True, interpolation=None)
        unit.optionxform = str  # type: ignore[assignment, method-assign]
        unit.read_string(rest)
        found[first.removeprefix("# ")] = unit
    return found


def understood(words: list[str]) -> str:
    """The path of the command that these words name; raises where a command or an option is not there."""
    command: Any = typer.main.get_command(app)
    left, path = list(words), []
    while left and left[0] in getattr(command, "commands", {}):
        path.append(left[0])
        command = command.commands[left.pop(0)]
    if hasattr(command, "commands") and not (command.invoke_without_command and left[:1] and left[0].startswith("-")):
        raise LookupError(f"there is no command {' '.join(words)}")
    context = command.make_context("workramp", [], resilient_parsing=True)
    context.resilient_parsing = False  # from here on: to make it no argument was missing
    command.make_parser(context).parse_args(args=left)
    return " ".join(path)


@pytest.mark.parametrize("document", PAGES, ids=lambda document: document.name)
def test_every_command_in_the_documentation_is_there_with_its_options(document: Path) -> None:
    for words in typed(document):
        if words and not words[0].startswith("-"):
            understood(words)


def test_there_are_commands_in_the_documentation() -> None:
    assert sum(1 for page in PAGES for _ in typed(page)) > 30


@pytest.mark.parametrize("words", [["worker", "--twice"], ["runs", "aprove", "x"], ["worker", "--env-file"]])
def test_what_is_not_there_would_be_noticed(words: list[str]) -> None:
    with pytest.raises((LookupError, typer.TyperException)):
        understood(words)


def test_the_services_start_a_worker_that_is_given_time_to_end() -> None:
    services = {Path(path).stem: unit["Service"] for path, unit in units().items() if path.endswith(".service")}
    assert set(services) == {"workramp-worker", "workramp-once"}
    for service in services.values():
        program, *words = shlex.split(service["ExecStart"])
        assert Path(program).name == "workramp"
        assert understood(words) == "worker"
        assert int(service["TimeoutStopSec"]) >= 120
        assert service["KillMode"] == "mixed"
        assert service["Environment"] == f"WORKRAMP_STATE_DIR=/var/lib/{service['StateDirectory']}"
    assert "--once" not in services["workramp-worker"]["ExecStart"]
    assert "--once" in services["workramp-once"]["ExecStart"]
    assert services["workramp-once"]["Type"] == "oneshot"


def test_the_timer_starts_the_service_of_its_name() -> None:
    (timer,) = [path for path in units() if path.endswith(".timer")]
    assert timer.replace(".timer", ".service") in units()
    assert units()[timer]["Timer"]["Persistent"] == "true"


def test_the_line_for_cron_is_a_time_and_a_worker_that_ends() -> None:
    (block,) = blocks(OPERATIONS, "crontab")
    (line,) = block.splitlines()
    *fields, command = line.split(maxsplit=5)
    assert "%" not in command, "cron ends a command there"
    program, *words = shlex.split(command)
    assert Path(program).name == "workramp"
    assert understood(words) == "worker"
    assert "--once" in words
    now = datetime(2030, 1, 7, 6, 1, tzinfo=UTC)
    schedule = new_schedule(
        " ".join(fields), "UTC", "https://console.example", ("apply",), (), id="x", added_by="x", now=now
    )
    assert schedule.cron == "*/5 * * * *"


def test_the_container_copies_what_the_package_is_made_of_and_starts_a_worker() -> None:
    (block,) = blocks(OPERATIONS, "dockerfile")
    lines = [line.split(maxsplit=1) for line in block.splitlines() if line and not line.startswith("#")]
    copied = {source for word, rest in lines if word == "COPY" for source in rest.split()[:-1]}
    assert all((ROOT / source).exists() for source in copied)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (packages,) = re.findall(r"^packages = (\[.*\])$", project.partition("[tool.hatch.build.targets.wheel]")[2], re.M)[
        :1
    ]
    assert copied == {*json.loads(packages), "pyproject.toml", "constraints.txt", "README.md", "LICENSE"}
    said = dict(lines)
    assert json.loads(said["ENTRYPOINT"])[-1] == "workramp"
    assert understood(json.loads(said["CMD"])) == "worker"
    assert said["USER"] == "workramp"
    (start,) = [words for block in blocks(OPERATIONS, "sh") for words in [shlex.split(block)] if "run" in words]
    assert int(start[start.index("--stop-timeout") + 1]) >= 120
    assert f"workramp-state:{said['VOLUME']}" in start
