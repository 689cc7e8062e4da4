"""Saved sessions come back whole or not at all, and nothing in them is readable by anybody else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from pydantic import SecretStr, ValidationError

from connector.errors import SettingsError
from connector.session_store import KEY_FILE, SavedSession, SessionStore
from tests.unit.session_store.conftest import Use
from tests.unit.session_store.keyrings import MemoryKeyring, NoKeyring
from tests.unit.session_store.saved import (
    ACCOUNT,
    CANARY,
    ORIGIN,
    PASSPHRASE,
    as_folder,
    mode,
    refused,
    saved_file,
    session,
)

# coming back


def test_a_saved_session_comes_back_whole(store: SessionStore, said: list[str]) -> None:
    assert store.load(ORIGIN, ACCOUNT) is None
    saved = session()
    store.save(saved)
    assert store.load(ORIGIN, ACCOUNT) == saved
    assert said == []


def test_another_store_of_the_same_state_directory_reads_it(
    store: SessionStore, state_dir: Path, said: list[str]
) -> None:
    store.save(session())
    assert SessionStore(state_dir, None, said.append).load(ORIGIN, ACCOUNT) == session().model_copy(
        update={"saved_at": store.load(ORIGIN, ACCOUNT).saved_at}  # type: ignore[union-attr]
    )
    assert said == []


def test_the_account_is_compared_casefolded_and_a_slash_after_the_origin_does_not_matter(store: SessionStore) -> None:
    store.save(session("Admin@Example.com", ORIGIN + "/"))
    assert store.load(ORIGIN, ACCOUNT) is not None


def test_accounts_and_consoles_have_files_of_their_own(store: SessionStore, state_dir: Path) -> None:
    store.save(session(value="one"))
    store.save(session("joadmin@example.com", value="two"))
    store.save(session(origin="https://eu.example.com", value="three"))
    names = sorted(path.name for path in (state_dir / "sessions").iterdir())
    assert [name.rpartition("-")[0] for name in names] == ["app.example.com", "app.example.com", "eu.example.com"]
    assert not any("admin" in name for name in names)
    found = store.load(ORIGIN, ACCOUNT)
    assert found is not None
    assert found.session_storage[ORIGIN]["token"] == "one"


def test_a_later_save_replaces_the_earlier(store: SessionStore, state_dir: Path) -> None:
    store.save(session(value="old"))
    store.save(session(value="new"))
    found = store.load(ORIGIN, ACCOUNT)
    assert found is not None
    assert found.session_storage[ORIGIN]["token"] == "new"
    assert saved_file(state_dir).suffix == ".session"


def test_a_forgotten_session_is_gone_and_the_others_stay(store: SessionStore, said: list[str]) -> None:
    store.forget(ORIGIN, ACCOUNT)
    store.save(session())
    store.save(session("other@example.com"))
    store.forget(ORIGIN, ACCOUNT.upper())
    assert store.load(ORIGIN, ACCOUNT) is None
    assert store.load(ORIGIN, "other@example.com") is not None
    assert said == []


def test_the_time_of_saving_is_in_utc_and_a_time_without_a_zone_is_refused() -> None:
    fields: dict[str, Any] = {"origin": ORIGIN, "account": ACCOUNT, "storage_state": {}}
    east = datetime(2026, 1, 1, 2, tzinfo=timezone(timedelta(hours=2)))
    assert SavedSession(**fields, saved_at=east).saved_at.isoformat() == "2026-01-01T00:00:00+00:00"
    assert SavedSession(**fields).saved_at.tzinfo is UTC
    with pytest.raises(ValidationError):
        SavedSession(**fields, saved_at=datetime(2026, 1, 1))


def test_looking_for_a_session_creates_nothing_and_asks_no_keyring(
    store: SessionStore, state_dir: Path, desktop: MemoryKeyring
) -> None:
    assert store.load(ORIGIN, ACCOUNT) is None
    assert not state_dir.exists()
    assert desktop.asked == 0


# nobody else


def test_files_are_private_from_their_first_byte(
    store: SessionStore, state_dir: Path, monkeypatch: pytest.MonkeyPatch, use: Use
) -> None:
    use(NoKeyring())
    written: list[int] = []
    sync = os.fsync

    def watched(descriptor: int) -> None:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode):
            written.append(stat.S_IMODE(status.st_mode))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", watched)
    before = os.umask(0)
    try:
        store.save(session())
    finally:
        os.umask(before)
    assert written == [0o600, 0o600]
    assert (mode(saved_file(state_dir)), mode(state_dir / KEY_FILE)) == (0o600, 0o600)
    assert (mode(state_dir), mode(state_dir / "sessions")) == (0o700, 0o700)


def test_a_sessions_folder_open_to_others_is_closed(store: SessionStore, state_dir: Path) -> None:
    (state_dir / "sessions").mkdir(parents=True)
    (state_dir / "sessions").chmod(0o755)
    store.save(session())
    assert mode(state_dir / "sessions") == 0o700


@pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
@pytest.mark.parametrize("backend", [MemoryKeyring, NoKeyring])
def test_no_secret_is_in_files_reprs_or_messages(
    tmp_path: Path, said: list[str], use: Use, backend: type[KeyringBackend], passphrase: str | None
) -> None:
    keys = backend()
    use(keys)
    store = SessionStore(tmp_path, SecretStr(passphrase) if passphrase else None, said.append)
    saved = session()
    store.save(saved)
    found = store.load(ORIGIN, ACCOUNT)
    assert found == saved
    path = saved_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    assert store.load(ORIGIN, ACCOUNT) is None
    assert said
    shown = " ".join([repr(saved), str(saved), repr(found), repr(store), repr(vars(store)), *said])
    assert ACCOUNT in shown
    on_disk = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    key_file = tmp_path / KEY_FILE
    key = key_file.read_text() if key_file.exists() else next(iter(getattr(keys, "entries", {}).values()), PASSPHRASE)
    for secret in (CANARY, PASSPHRASE, key):
        assert secret not in shown
    for content in (CANARY, PASSPHRASE, "cookies", ACCOUNT):
        assert content.encode() not in on_disk


def test_an_invalid_session_is_refused_without_its_values() -> None:
    with pytest.raises(ValidationError) as refused:
        SavedSession(origin=ORIGIN, account=ACCOUNT, storage_state={}, session_storage={ORIGIN: {CANARY: 7}})  # type: ignore[dict-item]
    with pytest.raises(ValidationError) as unknown:
        SavedSession(origin=ORIGIN, account=ACCOUNT, storage_state={}, cookies=CANARY)  # type: ignore[call-arg]
    assert "input_value" not in str(refused.value)
    assert CANARY not in str(unknown.value)


def test_two_saves_of_one_session_have_nothing_in_common_but_the_head(store: SessionStore, state_dir: Path) -> None:
    saved = session()
    store.save(saved)
    first = saved_file(state_dir).read_bytes()
    store.save(saved)
    second = saved_file(state_dir).read_bytes()
    assert first[:6] == second[:6]
    assert all(first[at : at + 8] not in second for at in range(6, len(first) - 8))


# state directories


def test_a_state_directory_that_cannot_be_written_is_a_settings_error(tmp_path: Path, said: list[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    store = SessionStore(tmp_path / "file" / "state", SecretStr(PASSPHRASE), said.append)
    with pytest.raises(SettingsError) as refusal:
        store.save(session())
    message = str(refusal.value)
    assert str(tmp_path / "file" / "state") in message
    assert "WORKRAMP_STATE_DIR" in (refusal.value.advice)
    assert CANARY not in message
    assert PASSPHRASE not in message
    assert "Not a directory" in refused(store, said)


def test_a_save_that_fails_leaves_the_earlier_session_and_nothing_else(
    store: SessionStore, state_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(session(value="old"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SettingsError, match="No space left on device"):
            store.save(session(value="new"))
    assert saved_file(state_dir).suffix == ".session"
    found = store.load(ORIGIN, ACCOUNT)
    assert found is not None
    assert found.session_storage[ORIGIN]["token"] == "old"


def test_a_session_that_cannot_be_deleted_is_a_settings_error(store: SessionStore, state_dir: Path) -> None:
    store.save(session())
    as_folder(saved_file(state_dir))
    with pytest.raises(SettingsError, match="cannot be deleted"):
        store.forget(ORIGIN, ACCOUNT)


def test_what_a_killed_process_left_is_removed_and_what_another_is_writing_stays(
    store: SessionStore, state_dir: Path
) -> None:
    store.save(session())
    old, young = (state_dir / "sessions" / f".unfinished-{name}" for name in ("old", "young"))
    old.touch()
    young.touch()
    os.utime(old, (time.time() - 4000,) * 2)
    store.save(session())
    assert (old.exists(), young.exists()) == (False, True)


def test_neither_keyring_nor_cryptography_is_imported_before_it_is_needed(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from pydantic import SecretStr
from connector.session_store import SavedSession, SessionStore
store = SessionStore(Path({str(tmp_path)!r}), SecretStr("a passphrase"), print)
assert store.load({ORIGIN!r}, {ACCOUNT!r}) is None
assert not {{"keyring", "cryptography", "filelock"}} & set(sys.modules)
store.save(SavedSession(origin={ORIGIN!r}, account={ACCOUNT!r}, storage_state={{}}))
assert store.load({ORIGIN!r}, {ACCOUNT!r}) is not None
assert "keyring" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[3], timeout=60)
