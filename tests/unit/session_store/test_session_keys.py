"""The key of saved sessions lies in the keyring or in a file of its own, and is one, whoever is quicker."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path

import keyring.core
import pytest
from keyring.backend import KeyringBackend
from pydantic import SecretStr

from connector.session_store import KEY_FILE, SessionStore
from tests.unit.session_store.conftest import Use
from tests.unit.session_store.keyrings import (
    BrokenKeyring,
    HangingKeyring,
    LockedKeyring,
    MemoryKeyring,
    NoKeyring,
    NullKeyring,
    ReadOnlyKeyring,
)
from tests.unit.session_store.saved import ACCOUNT, ORIGIN, PASSPHRASE, as_link, mode, refused, saved_file, session

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
