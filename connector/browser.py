"""Finds a Chromium browser on this machine. `python -m connector.browser` prints the one that would be used.

The order: the wanted one; an installed headless shell, Chromium, Chrome, Edge, each from the system before one that
Playwright downloaded earlier. Headless shells come first: they start fastest, need the fewest packages and call no
vendor. Installing one is the set-up's business (`scripts/set_up.sh`), not this module's. Playwright is not imported
here: finding a browser must not cost its start-up time.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

from connector.errors import BrowserMissing, ConnectorError, SettingsError

if TYPE_CHECKING:
    from playwright.async_api import Playwright

VARIABLE = "WORKRAMP_BROWSER"
_NODE_OPTIONS = "NODE_OPTIONS"
_SHARED_MEMORY = "/dev/shm"
_SHARED_MEMORY_NEEDED = 1 << 30
"""Bytes: some 20 MB a tab were seen, and there may be 32 tabs."""

QUIET_SWITCHES = (
    # No calls to the vendor's hosts (variations, components, sync, reports) from a machine that handles personal data;
    # on a closed network each of them is a refused connection. Playwright passes some of these too; they are named
    # here so that the quiet does not depend on its version. Measured with Chromium 156 over 15 s: the headless shell
    # calls nobody; a full Chromium still asks accounts.google.com for its accounts and update.googleapis.com for
    # updates. Blocking these by name was rejected: a person may sign in at the first one, through SSO.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-pings",
    # No welcome page in a browser with a window.
    "--no-first-run",
    # Where a firewall drops UDP, the first requests would wait for QUIC to give up.
    "--disable-quic",
)


WINDOW: Any = {
    "viewport": {"width": 1600, "height": 1000},
    # Dates that the page itself renders are then in UTC and in one order.
    "timezone_id": "UTC",
    "locale": "en-US",
    "reduced_motion": "reduce",
}
"""How every page is shown. Any, because Playwright's own type for these options has no name."""


@dataclass(frozen=True)
class Browser:
    """One browser: its path, Playwright's channel name where it has one, a name for people, and what it can do."""

    executable_path: str | None
    channel: str | None
    name: str
    headless_shell: bool


class LaunchOptions(TypedDict):
    """Keyword arguments of Playwright's `chromium.launch`."""

    executable_path: str | None
    headless: bool
    args: list[str]
    chromium_sandbox: bool
    ignore_default_args: list[str] | None


class _Product(NamedTuple):
    """A browser by the names it goes by: the channel, commands on the PATH, and places where installers put it."""

    name: str
    channel: str | None
    commands: tuple[str, ...]
    places: tuple[str, ...] = ()
    headless_shell: bool = False
    downloads: str = ""
    """The folders in Playwright's cache, as a glob; empty where Playwright does not download this product."""


_MAC = "/Applications/{0}.app/Contents/MacOS/{0}"
_WINDOWS = r"C:\Program Files\{}", r"C:\Program Files (x86)\{}"

_PRODUCTS = (
    _Product(
        "Chromium headless shell",
        "chromium-headless-shell",
        ("chromium-headless-shell", "chrome-headless-shell"),
        headless_shell=True,
        downloads="chromium_headless_shell-*",
    ),
    # Not `chromium-browser`: on some systems that is a stub which only says how to install a snap.
    _Product("Chromium", "chromium", ("chromium",), (_MAC.format("Chromium"),), downloads="chromium-*"),
    _Product(
        "Google Chrome",
        "chrome",
        ("google-chrome", "google-chrome-stable"),
        (
            "/opt/google/chrome/chrome",
            _MAC.format("Google Chrome"),
            *(folder.format(r"Google\Chrome\Application\chrome.exe") for folder in _WINDOWS),
        ),
    ),
    _Product(
        "Microsoft Edge",
        "msedge",
        ("microsoft-edge", "microsoft-edge-stable"),
        (
            "/opt/microsoft/msedge/msedge",
            _MAC.format("Microsoft Edge"),
            *(folder.format(r"Microsoft\Edge\Application\msedge.exe") for folder in _WINDOWS),
        ),
    ),
)
_EXECUTABLES = (
    "*/chrome-headless-shell",
    "*/headless_shell",
    "*/chrome",
    "*/*.app/Contents/MacOS/*",
    "*/chrome-headless-shell.exe",
    "*/chrome.exe",
)


def find_browser(wanted: str | None = None, *, headed: bool = False) -> Browser:
    """The browser to use.

    Args:
        wanted: a path, a channel (`chromium`, `chrome`, `msedge`, `chromium-headless-shell`) or a command on the
            PATH; None or blank means the first that is found.
        headed: whether it must be able to open a window, which a headless shell is not.

    Raises SettingsError where a wanted browser does not exist or cannot open the window, BrowserMissing where there
    is no browser at all; its text says every way to get one.
    """
    if wanted and wanted.strip():
        return _wanted(wanted.strip(), headed)
    skipped = []
    for browser in _installed():
        if not (headed and browser.headless_shell):
            return browser
        skipped.append(browser.executable_path)
    message = "No browser with a window was found." if headed else "No browser was found."
    if skipped:
        message += f" A headless shell ({skipped[0]}) has none, so it was left out for --headed."
    raise BrowserMissing(message, advice=_ways(headed))


def launch_options(browser: Browser, *, headed: bool = False) -> LaunchOptions:
    """How Playwright launches this browser: `await playwright.chromium.launch(**launch_options(browser))`.

    Chromium's sandbox is asked for wherever it works; without being asked Playwright turns it off.
    """
    return {
        "executable_path": browser.executable_path,
        "headless": not headed,
        "args": launch_args(),
        "chromium_sandbox": sandbox_works(),
        "ignore_default_args": ["--disable-dev-shm-usage"] if _shared_memory_suffices() else None,
    }


def launch_args() -> list[str]:
    """Chromium's switches for quiet use, and `--no-sandbox` only where the sandbox cannot work."""
    return [*QUIET_SWITCHES, *(() if sandbox_works() else ("--no-sandbox",))]


@functools.cache
def sandbox_works() -> bool:
    """Whether Chromium's sandbox can start: not for root, and not where the kernel gives no user namespaces.

    Chromium refuses to start in both cases. The second is an ordinary container with an ordinary user in it.
    """
    if not hasattr(os, "geteuid"):
        return True
    if os.geteuid() == 0:
        return False
    unshare = shutil.which("unshare")
    if unshare is None:
        return True
    # The kernel's switches for this differ between distributions, so the question is put to the kernel itself: 2 ms.
    command = [unshare, "--user", "--map-root-user", "true"]
    return subprocess.run(command, check=False, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0


def _shared_memory_suffices() -> bool:
    """Whether the browser may keep what its processes share where it would by itself, in memory.

    Playwright sends it to files instead, since containers often have 64 MB there, and pictures of pages are large.
    Measured with Chromium 156: a tenth of the processor time of whoever takes pictures.
    """
    try:
        found = os.statvfs(_SHARED_MEMORY)
    except (AttributeError, OSError):  # there is none, as on Windows and macOS
        return False
    return found.f_bavail * found.f_frsize >= _SHARED_MEMORY_NEEDED and os.access(_SHARED_MEMORY, os.W_OK | os.X_OK)


@contextmanager
def small_driver() -> Iterator[None]:
    """Within it Playwright's driver is started with little room for short-lived objects: 25 MB less, and no slower.

    The driver takes its options from the environment alone; one that holds some is left as it is.
    """
    if _NODE_OPTIONS in os.environ:
        yield
        return
    os.environ[_NODE_OPTIONS] = "--max-semi-space-size=1"
    try:
        yield
    finally:
        os.environ.pop(_NODE_OPTIONS, None)


async def started_driver() -> Playwright:
    """Playwright with its driver, a process of its own; whoever has it stops it."""
    from playwright.async_api import async_playwright

    with small_driver():
        return await async_playwright().start()


def _wanted(wanted: str, headed: bool) -> Browser:
    product = next((product for product in _PRODUCTS if product.channel == wanted), None)
    if product:
        found = next(_of_product(product), None)
    else:
        path = _command_or_path(wanted)
        found = _browser(path, path, None) if path else None
    if not found:
        raise SettingsError(
            f"{VARIABLE} names a browser that is not there.",
            seen=wanted,
            expected="the path of an executable file, or an installed channel: "
            + ", ".join(product.channel for product in _PRODUCTS if product.channel),
            advice=f"correct {VARIABLE}, or unset it to use the first browser found",
        )
    if headed and found.headless_shell:
        raise SettingsError(
            f"{VARIABLE} names a headless shell, which has no window: --headed needs a full browser.",
            seen=wanted,
            advice=_ways(headed=True),
        )
    return found


def _command_or_path(wanted: str) -> str | None:
    path = os.path.expanduser(wanted)
    if os.path.dirname(path):
        return os.path.abspath(path) if _is_executable(Path(path)) else None
    return shutil.which(path)


def _installed() -> Iterator[Browser]:
    for product in _PRODUCTS:
        yield from _of_product(product)


def _of_product(product: _Product) -> Iterator[Browser]:
    for command in product.commands:
        if path := shutil.which(command):
            yield _browser(path, product.name, product)
    for place in product.places:
        if _is_executable(Path(place)):
            yield _browser(place, product.name, product)
    if product.downloads:
        for folder in _downloads(product.downloads):
            for executable in sorted(path for pattern in _EXECUTABLES for path in folder.glob(pattern)):
                if _is_executable(executable):
                    yield _browser(str(executable), f"{product.name} ({folder.name}, from Playwright)", product)


def _browser(path: str, name: str, product: _Product | None) -> Browser:
    if product:
        return Browser(path, product.channel, name, product.headless_shell)
    shell = any(re.search(r"headless[-_]shell", text) for text in (path, os.path.realpath(path)))
    return Browser(path, None, name, shell)


def _downloads(pattern: str) -> list[Path]:
    """Playwright's complete downloads, newest first. Any of them will do: Playwright drives neighbouring versions."""
    folders = (folder for folder in _playwright_cache().glob(pattern) if (folder / "INSTALLATION_COMPLETE").exists())
    numbered = [(int(revision), folder) for folder in folders if (revision := folder.name.rpartition("-")[2]).isdigit()]
    return [folder for _, folder in sorted(numbered, reverse=True)]


def _playwright_cache() -> Path:
    configured = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    if configured == "0":
        package = importlib.util.find_spec("playwright")
        here = Path(package.origin).parent if package and package.origin else Path()
        return here / "driver" / "package" / ".local-browsers"
    if configured:
        return Path(configured)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "ms-playwright"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"


def _is_executable(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)


def _ways(headed: bool) -> str:
    shell, package = ("", "chromium") if headed else ("--only-shell ", "chromium-headless-shell")
    return (
        "any one of these\n"
        f"    - set {VARIABLE} to the path of a Chromium, Chrome or Edge, or to a channel (chromium, chrome, msedge)\n"
        "    - install Chromium, Google Chrome or Microsoft Edge as this system does it\n"
        f"    - playwright install --with-deps {shell}chromium   (downloads one; system packages need root)\n"
        f"    - apt-get install {package}   (Debian, as root)"
    )


def _why_it_does_not_start(browser: Browser) -> str:
    """Ask the browser for its version: a download without the system's libraries is there and yet cannot start."""
    try:
        answer = subprocess.run(
            [browser.executable_path or "", "--version"],
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    if answer.returncode == 0:
        return ""
    return (answer.stderr.strip() or f"exit code {answer.returncode}").splitlines()[-1]


def main() -> int:
    """Print the path of the browser that is found and starts: exit code 0, else 1, and 2 for a wrong setting."""
    try:
        wanted = _configured()
        browser = find_browser(wanted)
        if reason := _why_it_does_not_start(browser):
            message = f"The browser {browser.executable_path} does not start."
            if wanted:
                raise SettingsError(message, seen=reason, advice=f"correct {VARIABLE}, or unset it")
            raise BrowserMissing(message, seen=reason, advice=_ways(headed=False))
    except ConnectorError as error:
        sys.stderr.write(f"{error}\n")
        return 1 if isinstance(error, BrowserMissing) else error.exit_code
    sys.stdout.write(f"{browser.executable_path}\n")
    return 0


def _configured() -> str:
    """WORKRAMP_BROWSER from the environment or .env. The other settings may be wrong for all the set-up cares."""
    if wanted := os.environ.get(VARIABLE, "").strip():
        return wanted
    if os.path.isfile(".env"):
        from connector.settings import read_env_file

        return read_env_file(Path(".env")).get(VARIABLE, "")
    return ""


if __name__ == "__main__":
    raise SystemExit(main())
