"""Consoles that misbehave in ways the mock console has no option for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from markupsafe import Markup

from fixtures.mock_console.web import Web

Repaint = Callable[[str, str], None]


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
