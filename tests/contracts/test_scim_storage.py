"""scim2-server's own contract for storages, on the storage over the console."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from scim2_models import MutabilityException, ResourceType, ScimProvider
from scim2_server.storage import AsyncScimStorage, ScimStorage
from scim2_server.testing import SEARCH_USERS, AsyncScimStorageContract, BlockingStorage

from connector.scim_service.console_thread import ConsoleThread
from connector.scim_service.mirror import Mirror
from connector.scim_service.schema import provider
from connector.scim_service.shelf import Shelf
from connector.scim_service.storage import ConsoleStorage
from connector.scim_service.writes import Writes
from connector.settings import load_settings
from tests.unit.scim_service.console import ConsoleInMemory

T = TypeVar("T")

_HELD = {"userName", "displayName"}


async def _awaited(work: Coroutine[Any, Any, T]) -> T:
    return await work


class OnAPortal(BlockingStorage):
    """On an event loop of a thread of its own: pytest-playwright may have one running in this one."""

    def __init__(self, storage: AsyncScimStorage, portal: BlockingPortal) -> None:
        self.storage = storage
        self.supports_cursors = storage.supports_cursors
        self._portal = portal

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        result: T = self._portal.call(_awaited, coroutine)
        return result


class TestConsoleStorage(AsyncScimStorageContract):
    """The suite's user names are no addresses; that is the only thing that is let pass here and not in the service."""

    @pytest.fixture
    def provider(self) -> ScimProvider:
        return provider()

    @pytest.fixture
    def async_storage(self, tmp_path: Path) -> Iterator[ConsoleStorage]:
        settings = load_settings(url="https://console.example", state_dir=tmp_path)
        shelf, console = Shelf(settings), ConsoleInMemory()
        mirror, writes = Mirror(shelf), Writes(shelf)
        worker = ConsoleThread(console, mirror, writes, runs=console)
        worker.step()
        worker.start()
        yield ConsoleStorage(mirror, writes, settings, parse=str)
        worker.stop(30)
        shelf.close()

    @pytest.fixture
    def storage(self, async_storage: ConsoleStorage) -> Iterator[ScimStorage]:
        with start_blocking_portal() as portal:
            yield OnAPortal(async_storage, portal)

    def search_users(self) -> list[dict[str, Any]]:
        """What a console holds of the suite's people: nobody who was never invited, and whole names or none."""
        return [{name: value for name, value in user.items() if name in _HELD} for user in SEARCH_USERS]

    def test_update_frees_the_former_unique_values(
        self, storage: Any, user_type: ResourceType, user_model: Any
    ) -> None:
        """A console changes nobody's address: the storage says so, and the address stays taken."""
        (user,) = self.create_users(storage, user_type, user_model, "bjensen")
        user.user_name = "babs"

        with pytest.raises(MutabilityException):
            storage.update(user_type, user)

        assert storage.get(user_type, user.id).user_name == "bjensen"
