"""What tests without a browser share: settings with a run database, of either engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.run_database import RunDatabase
from connector.settings import Settings, load_settings
from tests.postgres import Postgres

CONSOLE = "https://console.example"


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """Settings with a run database that nobody has used yet; each test is run with both engines."""
    if request.param == "sqlite":
        return load_settings(state_dir=tmp_path / "state", url=CONSOLE)
    postgres: Postgres = request.getfixturevalue("postgres")
    return load_settings(state_dir=tmp_path / "state", url=CONSOLE, database_url=postgres.new_database())


@pytest.fixture
def database(settings: Settings) -> Iterator[RunDatabase]:
    """The run database of the settings, set up and empty."""
    database = RunDatabase(settings, create=True)
    database.prepare()
    yield database
    database.close()
