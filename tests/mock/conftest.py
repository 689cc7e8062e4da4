"""One mock console for all tests of a worker, back in its initial state before each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fixtures.mock_console import MockConsole, MockOptions
from fixtures.mock_console.visitor import Visitor


@pytest.fixture(scope="session")
def shared_mock() -> Iterator[MockConsole]:
    with MockConsole(MockOptions()) as mock:
        yield mock


@pytest.fixture
def mock(shared_mock: MockConsole) -> MockConsole:
    options = shared_mock.options
    shared_mock.end_sessions()
    shared_mock.reset(**{name: getattr(options, name) for name in options.__dataclass_fields__})
    return shared_mock


@pytest.fixture
def visitor(mock: MockConsole) -> Iterator[Visitor]:
    """Somebody who has not signed in."""
    with Visitor(mock) as visitor:
        yield visitor


@pytest.fixture
def admin(visitor: Visitor) -> Visitor:
    """The service account, signed in."""
    visitor.sign_in()
    return visitor
