from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from connector.folders import make_private
from connector.settings import load_settings
from connector.trace_folders import folder_of_this_process


@pytest.fixture(autouse=True)
def everybody_may_read_by_default() -> object:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


def test_a_folder_and_what_is_missing_above_it_are_for_this_user_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "a" / "b" / "c")
    make_private(tmp_path / "a" / "b" / "c")
    assert [mode(tmp_path / each) for each in ("a", "a/b", "a/b/c")] == [0o700] * 3
    assert mode(tmp_path) == 0o755, "a folder that was there stays as it was"


def test_a_state_directory_that_is_new_is_private_whatever_is_written_first(tmp_path: Path) -> None:
    state_dir = load_settings(url="https://acme.example", state_dir=tmp_path / "state").state_dir
    folder_of_this_process(state_dir)
    assert mode(state_dir) == 0o700
