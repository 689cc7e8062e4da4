"""Finding a browser: the order, what was asked for, what --headed needs, and how it is launched."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import pytest

from connector import browser
from connector.browser import Browser, find_browser, launch_args, launch_options, main, sandbox_works, small_driver
from connector.errors import BrowserMissing, SettingsError

EVERY_WAY = (
    "WORKRAMP_BROWSER",
    "install Chromium, Google Chrome or Microsoft Edge",
    "playwright install --with-deps",
    "apt-get install chromium",
)


@pytest.fixture(autouse=True)
def empty_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine without any browser: nothing on the PATH, nothing in installers' places, no downloads."""
    (tmp_path / "bin").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "cache"))
    monkeypatch.delenv("WORKRAMP_BROWSER", raising=False)
    monkeypatch.setattr(browser, "_PRODUCTS", tuple(product._replace(places=()) for product in browser._PRODUCTS))
    sandbox_works.cache_clear()
    yield
    sandbox_works.cache_clear()


@pytest.fixture
def install(tmp_path: Path) -> Callable[..., str]:
    """Puts a program on the PATH, or at a path below the test's folder; it answers `--version`."""

    def put(place: str, script: str = "echo Chromium 1.0") -> str:
        path = tmp_path / (place if "/" in place else f"bin/{place}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return str(path)

    return put


@pytest.fixture
def download(tmp_path: Path, install: Callable[..., str]) -> Callable[..., str]:
    """Puts a browser where Playwright keeps its downloads."""

    def put(folder: str, executable: str, complete: bool = True) -> str:
        path = install(f"cache/{folder}/{executable}")
        if complete:
            (tmp_path / "cache" / folder / "INSTALLATION_COMPLETE").touch()
        return path

    return put


SHELL = ("chromium_headless_shell-1255", "chrome-headless-shell-linux64/chrome-headless-shell")
FULL = ("chromium-1255", "chrome-linux64/chrome")


def test_browsers_are_taken_in_the_documented_order(install: Callable[..., str], download: Callable[..., str]) -> None:
    order = [
        install("chromium-headless-shell"),
        download(*SHELL),
        install("chromium"),
        download(*FULL),
        install("google-chrome"),
        install("microsoft-edge"),
    ]
    for expected in order:
        found = find_browser()
        assert found.executable_path == expected
        assert found.headless_shell is ("headless" in expected)
        Path(expected).unlink()
    with pytest.raises(BrowserMissing):
        find_browser()


def test_the_newest_complete_download_is_taken(download: Callable[..., str]) -> None:
    download("chromium_headless_shell-1300", SHELL[1], complete=False)
    newest = download("chromium_headless_shell-1200", SHELL[1])
    download("chromium_headless_shell-999", "chrome-linux/headless_shell")
    found = find_browser()
    assert found.executable_path == newest
    assert "chromium_headless_shell-1200" in found.name


def test_installers_places_off_the_path_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, install: Callable[..., str]
) -> None:
    place = install("opt/google/chrome/chrome")
    chrome = next(product for product in browser._PRODUCTS if product.channel == "chrome")
    monkeypatch.setattr(browser, "_PRODUCTS", (chrome._replace(places=("/nowhere/chrome", place)),))
    assert find_browser() == Browser(place, "chrome", "Google Chrome", headless_shell=False)


def test_without_a_browser_one_error_says_every_way_to_get_one() -> None:
    with pytest.raises(BrowserMissing) as caught:
        find_browser()
    assert not [way for way in EVERY_WAY if way not in str(caught.value)]
    assert "--only-shell chromium" in str(caught.value)
    assert caught.value.exit_code == 4


def test_headed_passes_over_headless_shells(install: Callable[..., str]) -> None:
    install("chromium-headless-shell")
    chrome = install("google-chrome")
    assert find_browser(headed=True).executable_path == chrome


def test_headed_with_a_headless_shell_only_says_why_it_was_left_out(install: Callable[..., str]) -> None:
    shell = install("chromium-headless-shell")
    with pytest.raises(BrowserMissing) as caught:
        find_browser(headed=True)
    text = str(caught.value)
    assert shell in text
    assert "--headed" in text
    assert not [way for way in EVERY_WAY if way not in text]
    assert "--only-shell" not in text
    assert "chromium-headless-shell" not in text.partition("what to do")[2]


@pytest.mark.parametrize(
    ("channel", "command"),
    [
        ("chromium", "chromium"),
        ("chrome", "google-chrome-stable"),
        ("msedge", "microsoft-edge-stable"),
        ("chromium-headless-shell", "chromium-headless-shell"),
    ],
)
def test_a_wanted_channel_is_taken_before_what_would_be_found(
    install: Callable[..., str], channel: str, command: str
) -> None:
    for other in ("chromium-headless-shell", "chromium", "google-chrome", "microsoft-edge"):
        if not command.startswith(other):
            install(other)
    wanted = install(command)
    found = find_browser(channel)
    assert (found.executable_path, found.channel) == (wanted, channel)


def test_a_wanted_browser_may_be_a_path_a_path_in_the_home_or_a_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, install: Callable[..., str]
) -> None:
    install("chromium-headless-shell")
    path = install("my browsers/brave")
    command = install("brave-browser")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert find_browser(path).executable_path == path
    assert find_browser("my browsers/brave").executable_path == path
    assert find_browser("~/my browsers/brave").executable_path == path
    assert find_browser("brave-browser").executable_path == command
    assert not find_browser(path).headless_shell


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_a_blank_wish_is_none(install: Callable[..., str], blank: str | None) -> None:
    path = install("chromium")
    assert find_browser(blank).executable_path == path


@pytest.mark.parametrize("wanted", ["/nowhere/chromium", "msedge", "netscape", ".", "not-executable", "./plain"])
def test_a_wanted_browser_that_is_not_there_is_an_error_of_the_setting(
    install: Callable[..., str], tmp_path: Path, wanted: str
) -> None:
    install("chromium")
    (tmp_path / "bin" / "not-executable").touch(0o644)
    (tmp_path / "plain").touch(0o644)
    with pytest.raises(SettingsError) as caught:
        find_browser(wanted)
    assert "WORKRAMP_BROWSER" in str(caught.value)
    assert f"seen: {wanted}" in str(caught.value)


def test_a_wanted_headless_shell_cannot_be_headed_also_behind_a_link(
    install: Callable[..., str], tmp_path: Path
) -> None:
    shell = install("opt/chrome-headless-shell")
    (tmp_path / "bin" / "browser").symlink_to(shell)
    assert find_browser("browser").headless_shell
    for wanted in (shell, "browser"):
        with pytest.raises(SettingsError, match="no window"):
            find_browser(wanted, headed=True)


# --- how it is launched ----------------------------------------------------------------------------------------------


def sandbox(monkeypatch: pytest.MonkeyPatch, install: Callable[..., str], user: int, namespaces: bool) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    install("unshare", "exit 0" if namespaces else "exit 1")


@pytest.mark.parametrize(("user", "namespaces", "works"), [(0, True, False), (1000, True, True), (1000, False, False)])
def test_the_sandbox_is_left_on_unless_it_cannot_work(
    monkeypatch: pytest.MonkeyPatch, install: Callable[..., str], user: int, namespaces: bool, works: bool
) -> None:
    sandbox(monkeypatch, install, user, namespaces)
    found = find_browser(install("chromium"))
    options = launch_options(found)
    assert options["chromium_sandbox"] is works
    assert ("--no-sandbox" in launch_args()) is not works
    assert options["args"] == launch_args()
    assert options["executable_path"] == found.executable_path
    assert options["headless"] is True
    assert launch_options(found, headed=True)["headless"] is False


@pytest.mark.parametrize(
    ("megabytes", "writable", "in_files"),
    [(64, True, True), (1023, True, True), (1024, True, False), (4096, False, True)],
)
def test_shared_memory_is_used_where_there_is_enough_of_it(
    monkeypatch: pytest.MonkeyPatch, install: Callable[..., str], megabytes: int, writable: bool, in_files: bool
) -> None:
    found = find_browser(install("chromium"))
    monkeypatch.setattr(os, "statvfs", lambda folder: SimpleNamespace(f_bavail=megabytes * 256, f_frsize=4096))
    monkeypatch.setattr(os, "access", lambda path, mode: writable)
    assert launch_options(found)["ignore_default_args"] == (None if in_files else ["--disable-dev-shm-usage"])


def test_where_there_is_no_shared_memory_none_is_used(
    monkeypatch: pytest.MonkeyPatch, install: Callable[..., str]
) -> None:
    found = find_browser(install("chromium"))

    def missing(folder: str) -> NoReturn:
        raise FileNotFoundError(folder)

    monkeypatch.setattr(os, "statvfs", missing)
    assert launch_options(found)["ignore_default_args"] is None


def test_the_switches_never_replace_playwrights_own_lists_of_features() -> None:
    """Chromium takes the last `--disable-features` only, so one of ours would undo Playwright's."""
    assert not [switch for switch in launch_args() if "features" in switch]


def test_finding_a_browser_does_not_import_playwright() -> None:
    program = "import sys, connector.browser as b; b.sandbox_works(); sys.exit('playwright' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=Path(__file__).parents[2]).returncode == 0


def test_the_browser_of_this_machine_opens_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()

    async def title() -> str:
        from playwright.async_api import async_playwright

        async with async_playwright() as playwright:
            opened = await playwright.chromium.launch(
                **launch_options(find_browser(os.environ.get("WORKRAMP_BROWSER")))
            )
            page = await opened.new_page()
            await page.goto("data:text/html,<title>it works</title>")
            return await page.title()

    # In a thread of its own: pytest-playwright may hold an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(asyncio.run, title()).result(60) == "it works"


# --- `python -m connector.browser`, which the set-up asks ------------------------------------------------------------


def test_the_set_up_is_told_the_path(install: Callable[..., str], capsys: pytest.CaptureFixture[str]) -> None:
    path = install("chromium")
    assert main() == 0
    assert capsys.readouterr().out == f"{path}\n"


def test_the_set_up_is_told_every_way_where_there_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main() == 1
    output = capsys.readouterr()
    assert output.out == ""
    assert not [way for way in EVERY_WAY if way not in output.err]


def test_a_browser_that_does_not_start_is_none_for_the_set_up(
    install: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = install("chromium", "echo 'error while loading shared libraries: libnspr4.so' >&2; exit 127")
    assert main() == 1
    error = capsys.readouterr().err
    assert path in error
    assert "libnspr4.so" in error


def test_a_wrong_wish_is_not_answered_with_another_browser(
    monkeypatch: pytest.MonkeyPatch, install: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    install("chromium")
    monkeypatch.setenv("WORKRAMP_BROWSER", "/nowhere")
    assert main() == 2
    monkeypatch.setenv("WORKRAMP_BROWSER", install("broken", "exit 1"))
    assert main() == 2
    assert capsys.readouterr().out == ""


def test_the_wish_is_also_read_from_the_env_file(
    monkeypatch: pytest.MonkeyPatch, install: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    install("chromium")
    chrome, edge = install("google-chrome"), install("microsoft-edge")
    Path(".env").write_text(f"WORKRAMP_BROWSER={chrome}\n", encoding="utf-8")
    assert main() == 0
    monkeypatch.setenv("WORKRAMP_BROWSER", edge)
    assert main() == 0
    assert capsys.readouterr().out == f"{chrome}\n{edge}\n"


def test_the_driver_is_kept_small_and_the_environment_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NODE_OPTIONS", raising=False)
    with small_driver():
        assert os.environ["NODE_OPTIONS"] == "--max-semi-space-size=1"
    assert "NODE_OPTIONS" not in os.environ


def test_options_that_somebody_gave_the_driver_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NODE_OPTIONS", "--max-old-space-size=256")
    with small_driver():
        assert os.environ["NODE_OPTIONS"] == "--max-old-space-size=256"
    assert os.environ["NODE_OPTIONS"] == "--max-old-space-size=256"
