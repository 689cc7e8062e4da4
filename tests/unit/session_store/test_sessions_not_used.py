"""A saved file that was altered, belongs to somebody else or cannot be trusted is not used, and a reason is given."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from connector.session_store import SavedSession, SessionStore
from tests.unit.session_store.saved import (
    ACCOUNT,
    CANARY,
    ORIGIN,
    PASSPHRASE,
    as_folder,
    as_link,
    mode,
    refused,
    saved_file,
    session,
)


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


def as_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path, 0o600)


@pytest.mark.parametrize(
    ("changed", "reason"), [(as_link, "is a symbolic link"), (as_pipe, "regular"), (as_folder, "directory")]
)
def test_what_is_not_a_plain_file_is_not_used_and_not_waited_for(
    store: SessionStore, state_dir: Path, said: list[str], changed: Callable[[Path], None], reason: str
) -> None:
    store.save(session())
    changed(saved_file(state_dir))
    assert reason in refused(store, said)
