"""Consoles that misbehave in ways the mock console has no option for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from markupsafe import Markup

from connector import Connector
from connector.batch import Batch
from fixtures.mock_console.web import Web

Repaint = Callable[[str, str], None]


@pytest.fixture
def one_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    """One operation after the other, so that what comes in between does not meet the second in the midst."""
    original = Connector._batch

    def batch(connector: Connector, *given: Any, **said: Any) -> Batch:
        return replace(original(connector, *given, **said), lanes=1)

    monkeypatch.setattr(Connector, "_batch", batch)


@pytest.fixture
def run(request: pytest.FixtureRequest) -> str:
    """A run id of the test's own."""
    return f"run-{request.node.name[-60:].replace('[', '-').replace(']', '')}"


@pytest.fixture
def repaint(monkeypatch: pytest.MonkeyPatch) -> Repaint:
    """Changes the console's pages as its next release might: every match of a regular expression becomes a text."""
    changes: list[tuple[re.Pattern[str], str]] = []
    original = Web.markup

    def markup(web: Web, *given: Any, **context: Any) -> Markup:
        text = str(original(web, *given, **context))
        for pattern, replacement in changes:
            text = pattern.sub(replacement, text)
        return Markup(text)

    monkeypatch.setattr(Web, "markup", markup)
    return lambda pattern, replacement: changes.append((re.compile(pattern, re.DOTALL), replacement))
