"""Writes recordings/ from the mock console, one for each edition and dialect: `make recordings`.

    .venv/bin/python scripts/record_mock.py [EDITION...]

The people are the mock's own, made up; they are replaced all the same, by a salt that is always the same, so that a
new recording differs from the last one only where the console or the page objects do (and in dates, which the mock
counts from today).
"""

from __future__ import annotations

import sys
import tempfile
from itertools import product
from pathlib import Path

from connector import Connector
from connector.settings import load_settings
from fixtures.mock_console import MockConsole, MockOptions
from fixtures.mock_console.options import DIALECTS, EDITIONS

ROOT = Path(__file__).parent.parent
SOURCE = "the mock console of this project (fixtures/mock_console): not seen on a live tenant"
_PEOPLE = 27
_SALT = b"the same in every recording of the mock"


def record(edition: str, dialect: str, folder: Path) -> list[str]:
    """Records one console into `folder`; what is read otherwise from the recording than from the console."""
    options = MockOptions(edition=edition, dialect=dialect, people=_PEOPLE)
    with tempfile.TemporaryDirectory(prefix="record-mock-") as state, MockConsole(options) as mock:
        settings = load_settings(
            url=mock.url,
            email=mock.admin_email,
            password=mock.admin_password,
            state_dir=state,
            state_key="only for this while",
            timeout=10,
        )
        with Connector(settings) as connector:
            return list(connector.record(folder, source=SOURCE, salt=_SALT).otherwise)


def main() -> None:
    """Records what the arguments name, or everything."""
    editions = sys.argv[1:] or EDITIONS
    for edition, dialect in product(editions, DIALECTS):
        for line in record(edition, dialect, ROOT / "recordings"):
            print(f"{edition} {dialect}: {line}")  # noqa: T201 - a script
        print(f"recorded {edition} {dialect}")  # noqa: T201 - a script


if __name__ == "__main__":
    main()
