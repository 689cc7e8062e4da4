#!/usr/bin/env bash
# What `make bench` needs besides the project's own set-up, in .bench/: a virtual environment with the libraries of the
# other contenders, and the driver that Selenium needs, unpacked from Debian's package and not installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

WHO=bench
source scripts/packages.sh

READY=.bench/.ready
WANTED=$(sha256sum tests/benchmarks/constraints.txt | cut -d' ' -f1)

if [ "$(cat "$READY" 2>/dev/null || true)" != "$WANTED" ]; then
    say "setting up the other contenders in .bench/"
    rm -rf .bench
    mkdir -p .bench/driver
    .venv/bin/python -m venv .bench/venv
    .bench/venv/bin/pip install --quiet --disable-pip-version-check --constraint tests/benchmarks/constraints.txt \
        httpx matplotlib psutil robotframework robotframework-browser robotframework-browser-batteries selenium
    (cd .bench/driver && apt-get download --quiet chromium-driver >/dev/null 2>&1 && dpkg -x chromium-driver_*.deb .) ||
        fail "Debian's package chromium-driver could not be had: Selenium needs it." \
            "On another system put chromedriver, of the browser's version, at .bench/driver/usr/bin/chromedriver."
    echo "$WANTED" >"$READY"
fi
