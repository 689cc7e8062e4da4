"""What tests of saved sessions share: a store whose messages are kept, and a keyring that is never the machine's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend

from connector.session_store import SessionStore
from tests.unit.session_store.keyrings import MemoryKeyring

Use = Callable[[KeyringBackend], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    return lambda backend: monkeypatch.setattr(keyring.core, "_keyring_backend", backend)


@pytest.fixture(autouse=True)
def desktop(use: Use) -> MemoryKeyring:
    """The keyring of these tests unless they say otherwise; never the machine's own."""
    backend = MemoryKeyring()
    use(backend)
    return backend


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def store(tmp_path: Path, said: list[str]) -> SessionStore:
    return SessionStore(tmp_path / "state", None, said.append)


@pytest.fixture
def state_dir(tmp_path: Path) -> Path:
    return tmp_path / "state"
