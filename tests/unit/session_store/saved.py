"""A session to be saved, the file that holds it, and what tests do to that file."""

from __future__ import annotations

import stat
from pathlib import Path

from connector.session_store import SavedSession, SessionStore

ORIGIN = "https://app.example.com"
ACCOUNT = "admin@example.com"
CANARY = "canary-4711-cookie"
PASSPHRASE = "canary passphrase"


def session(account: str = ACCOUNT, origin: str = ORIGIN, value: str = CANARY) -> SavedSession:
    return SavedSession(
        origin=origin,
        account=account,
        storage_state={
            "cookies": [{"name": "sid", "value": value, "domain": "app.example.com", "expires": -1, "httpOnly": True}],
            "origins": [{"origin": origin, "localStorage": [], "indexedDB": [{"name": "db", "version": 2}]}],
        },
        session_storage={origin: {"token": value, "half a pair": "\ud83d", "名前": "é"}},
        layout={"edition": "people", "columns": ["Name", "Email"]},
    )


def saved_file(state_dir: Path) -> Path:
    (path,) = (state_dir / "sessions").iterdir()
    return path


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refused(store: SessionStore, said: list[str]) -> str:
    """The one reason given for not using the saved session."""
    said.clear()
    assert store.load(ORIGIN, ACCOUNT) is None
    (reason,) = said
    assert ACCOUNT in reason
    assert "Signing in replaces it" in reason
    return reason


def as_link(path: Path) -> None:
    path.symlink_to(path.rename(path.with_name("elsewhere")))


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir(0o700)
