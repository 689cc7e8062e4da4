"""Saved sessions come back whole or not at all, and nothing in them is readable by anybody else."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import keyring.backends.fail
import keyring.backends.null
import keyring.core
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordSetError
from pydantic import SecretStr, ValidationError

from connector.errors import SettingsError
from connector.session_store import KEY_FILE, SavedSession, SessionStore

ORIGIN = "https://app.example.com"
ACCOUNT = "admin@example.com"
CANARY = "canary-4711-cookie"
PASSPHRASE = "canary passphrase"


class MemoryKeyring(KeyringBackend):
    """A keyring of a desktop. The priority keeps it from being found by anybody else's look for backends."""

    priority = -1

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.written = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.written += 1
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class NoKeyring(keyring.backends.fail.Keyring):
    """What keyring chooses on a machine without one."""

    def __init__(self) -> None:
        pass


class NullKeyring(keyring.backends.null.Keyring):
    """What keyring uses where it is switched off: takes every key and keeps none."""

    def __init__(self) -> None:
        pass


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the collection is locked")


class BrokenKeyring(MemoryKeyring):
    """Fails with an error that is not one of keyring's, as D-Bus backends do."""

    def get_password(self, service: str, username: str) -> str | None:
        raise ZeroDivisionError


class ReadOnlyKeyring(MemoryKeyring):
    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(f"cannot store {password}")


class HangingKeyring(MemoryKeyring):
    """Waits for somebody to unlock it, as one does without a screen."""

    released = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.released.wait(30)
        return None


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


# files that are not used


def refused(store: SessionStore, said: list[str]) -> str:
    """The one reason given for not using the saved session."""
    said.clear()
    assert store.load(ORIGIN, ACCOUNT) is None
    (reason,) = said
    assert ACCOUNT in reason
    assert "Signing in replaces it" in reason
    return reason


def test_an_alteration_of_any_byte_is_noticed(store: SessionStore, state_dir: Path, said: list[str]) -> None:
    store.save(session())
    path = saved_file(state_dir)
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        refused(store, said)
    said.clear()
    path.write_bytes(whole)
    assert store.load(ORIGIN, ACCOUNT) is not None
    assert said == []


def test_a_file_cut_off_or_continued_anywhere_is_noticed(store: SessionStore, state_dir: Path, said: list[str]) -> None:
    store.save(session())
    path = saved_file(state_dir)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        refused(store, said)
    path.write_bytes(whole + b"\0")
    assert "altered" in refused(store, said)


def test_parts_of_two_files_do_not_make_one(store: SessionStore, state_dir: Path, said: list[str]) -> None:
    store.save(session(value="old"))
    old = saved_file(state_dir).read_bytes()
    store.save(session(value="new"))
    new = saved_file(state_dir).read_bytes()
    for cut in (22, 38, 50, len(new) - 16):
        saved_file(state_dir).write_bytes(old[:cut] + new[cut:])
        refused(store, said)


def test_a_file_of_another_version_or_kind_is_said_to_be_one(
    store: SessionStore, state_dir: Path, said: list[str]
) -> None:
    store.save(session())
    path = saved_file(state_dir)
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + b"\x02" + whole[5:])
    assert "version 2" in refused(store, said)
    path.write_bytes(b"PK\x03\x04" + whole[4:])
    assert "not a saved session" in refused(store, said)


@pytest.mark.parametrize(
    "other",
    [session("other@example.com"), session(origin="https://eu.example.com"), session("admin@example.com.example")],
)
def test_a_file_copied_over_from_another_account_is_not_used(
    store: SessionStore, state_dir: Path, said: list[str], other: SavedSession
) -> None:
    store.save(session())
    own = saved_file(state_dir)
    store.save(other)
    (foreign,) = (path for path in (state_dir / "sessions").iterdir() if path != own)
    own.write_bytes(foreign.read_bytes())
    assert "another account" in refused(store, said)


def test_content_that_is_no_session_is_not_used_though_it_is_authentic(
    store: SessionStore, state_dir: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(json, "dumps", lambda _: f'{{"cookies": "{CANARY}"}}')
        store.save(session())
    assert "content" in refused(store, said)
    assert CANARY not in str(said)


@pytest.mark.parametrize(
    ("first", "then", "reason"),
    [
        (PASSPHRASE, "another", "with another key"),
        (PASSPHRASE, None, "which is not set now"),
        (PASSPHRASE, "", "which is not set now"),
        (None, PASSPHRASE, "which is set now"),
    ],
)
def test_a_file_of_another_key_is_not_used_and_the_next_save_replaces_it(
    state_dir: Path, said: list[str], first: str | None, then: str | None, reason: str
) -> None:
    SessionStore(state_dir, SecretStr(first) if first else None, said.append).save(session())
    store = SessionStore(state_dir, None if then is None else SecretStr(then), said.append)
    assert reason in refused(store, said)
    store.save(session())
    said.clear()
    assert store.load(ORIGIN, ACCOUNT) is not None
    assert said == []


@pytest.mark.parametrize("wider", [0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_file_that_others_can_open_is_not_used_and_the_next_save_replaces_it(
    store: SessionStore, state_dir: Path, said: list[str], wider: int
) -> None:
    store.save(session())
    saved_file(state_dir).chmod(wider)
    assert f"0{wider:o}" in refused(store, said)
    store.save(session())
    assert mode(saved_file(state_dir)) == 0o600
    assert store.load(ORIGIN, ACCOUNT) is not None


def test_a_file_of_another_user_is_not_used(
    store: SessionStore, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store.save(session())
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert "belongs to another user" in refused(store, said)


def as_link(path: Path) -> None:
    path.symlink_to(path.rename(path.with_name("elsewhere")))


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir(0o700)


@pytest.mark.parametrize(
    ("changed", "reason"), [(as_link, "is a symbolic link"), (as_pipe, "regular"), (as_folder, "directory")]
)
def test_what_is_not_a_plain_file_is_not_used_and_not_waited_for(
    store: SessionStore, state_dir: Path, said: list[str], changed: Callable[[Path], None], reason: str
) -> None:
    store.save(session())
    changed(saved_file(state_dir))
    assert reason in refused(store, said)


# keys


def test_the_key_lies_in_the_keyring_under_the_connectors_name(
    store: SessionStore, state_dir: Path, desktop: MemoryKeyring, said: list[str]
) -> None:
    store.save(session())
    store.save(session())
    assert [service for service, _ in desktop.entries] == ["workramp-connector"]
    assert desktop.written == 1
    assert not (state_dir / KEY_FILE).exists()
    assert said == []


def test_a_passphrase_needs_neither_keyring_nor_key_file(
    state_dir: Path, said: list[str], desktop: MemoryKeyring
) -> None:
    SessionStore(state_dir, SecretStr(PASSPHRASE), said.append).save(session())
    assert SessionStore(state_dir, SecretStr(PASSPHRASE), said.append).load(ORIGIN, ACCOUNT) is not None
    assert desktop.asked == 0
    assert [path.name for path in state_dir.iterdir()] == ["sessions"]
    assert said == []


@pytest.mark.parametrize(
    "backend",
    [
        NoKeyring,
        NullKeyring,
        LockedKeyring,
        BrokenKeyring,
        ReadOnlyKeyring,
    ],
)
def test_where_no_keyring_can_be_used_a_key_file_is_and_that_is_said_once(
    state_dir: Path, said: list[str], use: Use, backend: type[KeyringBackend]
) -> None:
    use(backend())
    for account in (ACCOUNT, "other@example.com"):
        store = SessionStore(state_dir, None, said.append)
        store.save(session(account))
        store.save(session(account))
        assert SessionStore(state_dir, None, said.append).load(ORIGIN, account) is not None
    (sentence,) = said
    assert str(state_dir / KEY_FILE) in sentence
    assert "the keyring cannot be used" in sentence
    assert "cannot store" not in sentence
    assert "WORKRAMP_STATE_KEY" in sentence
    assert mode(state_dir / KEY_FILE) == 0o600


def test_a_keyring_that_never_answers_is_waited_for_once(state_dir: Path, said: list[str], use: Use) -> None:
    backend = HangingKeyring()
    use(MemoryKeyring())
    SessionStore(state_dir, None, said.append).save(session())
    use(backend)
    store = SessionStore(state_dir, None, said.append, keyring_seconds=0.05)
    try:
        assert "did not answer within 0.05 s" in refused(store, said)
        store.save(session())
        store.save(session())
    finally:
        backend.released.set()
    assert backend.asked == 1
    assert store.load(ORIGIN, ACCOUNT) is not None
    assert len(said) == 2


def test_a_key_file_is_preferred_to_a_keyring_and_sessions_of_the_keyring_stay_readable(
    state_dir: Path, said: list[str], use: Use, desktop: MemoryKeyring
) -> None:
    store = SessionStore(state_dir, None, said.append)
    store.save(session())
    use(NoKeyring())
    SessionStore(state_dir, None, said.append).save(session("cron@example.com"))
    use(desktop)
    said.clear()
    store = SessionStore(state_dir, None, said.append)
    assert store.load(ORIGIN, ACCOUNT) is not None
    assert store.load(ORIGIN, "cron@example.com") is not None
    asked = desktop.asked
    store.save(session())
    assert desktop.asked == asked
    assert said == []


def test_a_session_whose_key_is_gone_is_not_used(
    store: SessionStore, state_dir: Path, said: list[str], desktop: MemoryKeyring, use: Use
) -> None:
    store.save(session())
    desktop.entries.clear()
    assert "no longer in the keyring" in refused(store, said)
    use(NoKeyring())
    store = SessionStore(state_dir, None, said.append)
    store.save(session())
    (state_dir / KEY_FILE).unlink()
    assert "no longer in the key file" in refused(store, said)
    assert not (state_dir / KEY_FILE).exists()


def test_a_session_is_opened_by_its_own_key_alone(
    store: SessionStore, state_dir: Path, said: list[str], desktop: MemoryKeyring, use: Use, tmp_path: Path
) -> None:
    store.save(session())
    ((entry, key),) = desktop.entries.items()
    desktop.entries[entry] = key[::-1].lstrip("=") + "="
    assert "with another key" in refused(store, said)
    use(NoKeyring())
    for place in (state_dir, tmp_path / "other"):
        SessionStore(place, None, said.append).save(session())
    shutil.copy(tmp_path / "other" / KEY_FILE, state_dir / KEY_FILE)
    assert "with another key" in refused(store, said)


def test_a_damaged_key_in_the_keyring_is_replaced(store: SessionStore, desktop: MemoryKeyring, said: list[str]) -> None:
    desktop.entries["workramp-connector", "session-key"] = "c2hvcnQ="
    store.save(session())
    assert desktop.written == 1
    assert store.load(ORIGIN, ACCOUNT) is not None


def opened_to_others(path: Path) -> None:
    path.chmod(0o644)


def cut_off(path: Path) -> None:
    path.write_text(path.read_text()[:20])


@pytest.mark.parametrize(
    ("changed", "reason"), [(opened_to_others, "0644"), (cut_off, "damaged"), (as_link, "is a symbolic link")]
)
def test_a_key_file_that_cannot_be_trusted_is_not_used_and_replaced_by_a_new_key(
    state_dir: Path, said: list[str], use: Use, changed: Callable[[Path], None], reason: str
) -> None:
    use(NoKeyring())
    store = SessionStore(state_dir, None, said.append)
    store.save(session())
    key_file = state_dir / KEY_FILE
    before = key_file.read_text()
    changed(key_file)
    assert reason in refused(store, said)
    store.save(session())
    assert any("is replaced" in sentence and reason in sentence for sentence in said)
    assert key_file.read_text() != before
    assert mode(key_file) == 0o600
    said.clear()
    assert store.load(ORIGIN, ACCOUNT) is not None
    assert said == []


# several at once


def test_the_key_file_of_a_quicker_process_is_taken(
    state_dir: Path, tmp_path: Path, said: list[str], use: Use, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(NoKeyring())
    SessionStore(tmp_path / "quicker", None, said.append).save(session("quick@example.com"))
    said.clear()
    link = os.link

    def overtaken(source: str, target: Path) -> None:
        shutil.copytree(tmp_path / "quicker", state_dir, dirs_exist_ok=True)
        link(source, target)

    monkeypatch.setattr(os, "link", overtaken)
    store = SessionStore(state_dir, None, said.append)
    store.save(session())
    assert (state_dir / KEY_FILE).read_text() == (tmp_path / "quicker" / KEY_FILE).read_text()
    assert store.load(ORIGIN, ACCOUNT) is not None
    assert store.load(ORIGIN, "quick@example.com") is not None
    assert said == []
    assert sorted(path.name for path in state_dir.iterdir()) == [KEY_FILE, "sessions"]


def test_of_two_that_find_no_key_in_the_keyring_one_puts_it_there(state_dir: Path, said: list[str], use: Use) -> None:
    both_look, both_write = threading.Barrier(2), threading.Barrier(2)

    class SharedKeyring(MemoryKeyring):
        def get_password(self, service: str, username: str) -> str | None:
            found = super().get_password(service, username)
            if self.asked <= 2:
                both_look.wait(10)
            return found

        def set_password(self, service: str, username: str, password: str) -> None:
            with suppress(threading.BrokenBarrierError):
                both_write.wait(0.3)
            super().set_password(service, username, password)

    shared = SharedKeyring()
    use(shared)
    stores = [SessionStore(state_dir, None, said.append) for _ in range(2)]
    accounts = ["one@example.com", "two@example.com"]
    threads = [
        threading.Thread(target=store.save, args=(session(account),))
        for store, account in zip(stores, accounts, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert shared.written == 1
    assert all(stores[0].load(ORIGIN, account) is not None for account in accounts)
    assert said == []


def save_in_many_directories(root: Path, account: str, start: Barrier) -> None:
    keyring.core.set_keyring(NoKeyring())
    for number in range(20):
        start.wait(60)
        SessionStore(root / str(number), None, lambda _: None).save(session(account))


def save_again_and_again(root: Path, value: str, start: Barrier) -> None:
    keyring.core.set_keyring(NoKeyring())
    store = SessionStore(root, None, lambda _: None)
    start.wait(60)
    for _ in range(100):
        store.save(session(value=value))


Processes = list[multiprocessing.process.BaseProcess]


@pytest.fixture
def at_once() -> Iterator[Callable[..., Processes]]:
    """Starts a process of a function for each of some words, given a directory and a barrier to start together at."""
    started: Processes = []
    context = multiprocessing.get_context("spawn")
    barriers: list[Barrier] = []  # a process still starting cannot open one that is collected

    def start(work: Callable[[Path, str, Barrier], None], root: Path, *words: str) -> Processes:
        barriers.append(context.Barrier(len(words)))
        for word in words:
            started.append(context.Process(target=work, args=(root, word, barriers[-1]), daemon=True))
            started[-1].start()
        return started

    yield start
    for process in started:
        process.kill()
        process.join(10)


def test_two_processes_that_create_the_key_file_at_once_end_with_one_key(
    tmp_path: Path, said: list[str], use: Use, at_once: Callable[..., Processes]
) -> None:
    use(NoKeyring())
    accounts = ["one@example.com", "two@example.com"]
    for process in at_once(save_in_many_directories, tmp_path, *accounts):
        process.join(60)
        assert process.exitcode == 0
    for number in range(20):
        store = SessionStore(tmp_path / str(number), None, said.append)
        assert all(store.load(ORIGIN, account) is not None for account in accounts), said
    assert said == []


def test_a_reader_never_meets_a_broken_file_while_two_processes_save(
    tmp_path: Path, said: list[str], use: Use, at_once: Callable[..., Processes]
) -> None:
    use(NoKeyring())
    store = SessionStore(tmp_path, None, said.append)
    store.save(session())
    said.clear()
    processes = at_once(save_again_and_again, tmp_path, "one", "two")
    while any(process.is_alive() for process in processes):
        assert store.load(ORIGIN, ACCOUNT) is not None, said
    assert [process.exitcode for process in processes] == [0, 0]
    found = store.load(ORIGIN, ACCOUNT)
    assert found is not None
    assert found.session_storage[ORIGIN]["token"] in {"one", "two"}
    assert said == []
    assert saved_file(tmp_path).suffix == ".session"


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
    subprocess.run([sys.executable, "-c", script], check=True, cwd=Path(__file__).parents[2], timeout=60)
