#!/usr/bin/env bash
# Makes the project runnable where it lies: a .venv with the pinned dependencies, and a browser. Called by make.
#
# Nothing is done twice. The virtual environment is built again when the dependencies, this folder or the Python
# behind it changed, or when an earlier build did not reach its end; the browser is looked for each time (0.3 s).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

DOWNLOAD_SECONDS=120
READY=.venv/.ready

WHO=set-up
source scripts/packages.sh

# --- Python and the dependencies -------------------------------------------------------------------------------------

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
makes_venvs() { "$1" -c 'import ensurepip, venv' >/dev/null 2>&1; }

# Prints the first Python that is new enough and can make virtual environments, else the first that is new enough.
pick_python() {
    local candidate candidates=(python3.11 python3 python3.12 python3.13 python3.14 /usr/bin/python3) usable=""
    if [ -n "${PYTHON:-}" ]; then candidates=("$PYTHON"); fi
    for candidate in "${candidates[@]}"; do
        if is_new_enough "$candidate"; then
            if makes_venvs "$candidate"; then
                printf '%s' "$candidate"
                return
            fi
            usable=${usable:-$candidate}
        fi
    done
    printf '%s' "$usable"
}

# What the virtual environment is made of. Settings of linters and tests do not count: they need no new installation.
ingredients() {
    pwd
    .venv/bin/python --version 2>&1 || true
    awk '/^\[/ { counts = !/^\[+tool\.(ruff|mypy|pytest|importlinter)/ } counts' pyproject.toml
    cat constraints.txt
}

make_venv() {
    local python
    python=$(pick_python)
    [ -n "$python" ] || fail "Python 3.11 or newer is needed, and none was found on the PATH." \
        "Install one (Debian 12: apt-get install python3 python3-venv), or name one: make setup PYTHON=/path/to/python3"
    if ! makes_venvs "$python"; then
        may_install && apt_install python3-venv || true
        python=$(pick_python)
        makes_venvs "$python" || fail "$python cannot make virtual environments: its venv or ensurepip module is missing." \
            "Install it (as root: apt-get install python3-venv), or name another: make setup PYTHON=/path/to/python3"
    fi
    say "making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv >"$log" 2>&1 || { cat "$log" >&2; fail "$python could not make a virtual environment."; }
}

install_dependencies() {
    local pip=(.venv/bin/python -m pip --disable-pip-version-check --no-input -qq install --constraint constraints.txt)
    say "installing the pinned dependencies"
    # The build backend first, and no isolated build after it: pip applies constraints to isolated builds in some
    # versions only. PIP_USER would aim outside the virtual environment.
    export PIP_USER=0
    "${pip[@]}" hatchling && "${pip[@]}" --no-build-isolation --editable '.[dev]' \
        || fail "The dependencies could not be installed; pip's reason is above. Run the same command to try again."
}

# Playwright brings a Node.js of its own, which needs a library that a small Debian lacks.
check_driver() {
    local node reason
    node=$(echo .venv/lib/python*/site-packages/playwright/driver/node)
    if [ -n "${PLAYWRIGHT_NODEJS_PATH:-}" ] || reason=$("$node" --version 2>&1); then return; fi
    case $reason in *libatomic.so.1*) may_install && apt_install libatomic1 || true ;; esac
    "$node" --version >/dev/null 2>&1 || fail "Playwright's driver does not start: ${reason##*node: }" \
        "Install what is missing (as root: apt-get install libatomic1), or set PLAYWRIGHT_NODEJS_PATH to a Node.js."
}

# --- the browser -----------------------------------------------------------------------------------------------------

# 0: found, and its path printed; 1: there is none that starts; 2: a setting is wrong. The reason goes to the log.
find_browser() { .venv/bin/python -m connector.browser 2>"$log"; }

# `playwright install --with-deps --only-shell chromium` in two steps, the download first: where it is out of reach,
# a few hundred megabytes of system packages would have been installed for nothing.
download_browser() {
    say "no browser found; trying Playwright's download (at most $DOWNLOAD_SECONDS s)"
    timeout --kill-after=5 "$DOWNLOAD_SECONDS" .venv/bin/playwright install --only-shell chromium \
        </dev/null >>"$log" 2>&1 || { say "the download is not to be had here"; return 1; }
    if may_install && ! find_browser >/dev/null; then
        say "installing the system packages it needs"
        as_root env DEBIAN_FRONTEND=noninteractive timeout "$PACKAGE_SECONDS" \
            "$PWD/.venv/bin/playwright" install-deps chromium </dev/null >>"$log" 2>&1
    fi
}

get_browser() {
    local found=0
    browser=$(find_browser) || found=$?
    [ "$found" = 1 ] || return "$found"
    if download_browser && browser=$(find_browser); then return; fi
    if may_install; then
        apt_install chromium-headless-shell || say "the Debian package is not to be had here"
    else
        say "system packages cannot be installed: neither root nor sudo without a password"
    fi
    browser=$(find_browser)
}

# --- all of it -------------------------------------------------------------------------------------------------------

# Two set-ups at once take turns; the lock is on this file and ends with the process.
exec 9<scripts/set_up.sh
if command -v flock >/dev/null; then flock 9; fi

if [ ! -f "$READY" ] || [ "$(ingredients)" != "$(cat "$READY")" ]; then
    make_venv
    install_dependencies
    ingredients >"$READY.new"
    mv "$READY.new" "$READY"
fi
check_driver

browser=""
get_browser || { cat "$log" >&2; exit 1; }
say "ready: .venv, $browser"
