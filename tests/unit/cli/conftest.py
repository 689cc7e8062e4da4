from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from connector.cli.app import app

from .face import Face

Run = Callable[..., Result]


@pytest.fixture
def face(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Face:
    """The connector's face replaced by one without a browser, in an empty folder without settings."""
    for name in [name for name in os.environ if name.startswith("WORKRAMP_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    fake = Face()
    module = ModuleType("connector.face")
    module.Connector = fake.connector  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "connector.face", module)
    return fake


@pytest.fixture
def run(face: Face) -> Run:
    """Runs `workramp` with some arguments, off a terminal."""

    def invoke(*arguments: str, input: str | None = None) -> Result:
        return CliRunner().invoke(app, list(arguments), input=input, prog_name="workramp")

    return invoke


@pytest.fixture
def at_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits in front of the command and can answer."""
    for module in ("asking", "people", "work", "apply"):
        monkeypatch.setattr(f"connector.cli.{module}.somebody_can_answer", lambda: True)
