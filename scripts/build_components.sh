#!/usr/bin/env bash
# Builds the consoles of tests/components from their libraries: all, or those that LIBRARIES names. Called by make, after
# set_up.sh.
#
# Nothing is done twice: the packages are installed again when the lock file changed, the pages of a console built again
# when anything that any of them are made of did.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

HERE=tests/components
NEEDED="Node.js 20.19 (or 22.12, or newer) with npm"
WHO=components
source scripts/packages.sh

is_new_enough() {
    "$1" -e 'const [a, b] = process.versions.node.split(".").map(Number);
        process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)' >/dev/null 2>&1
}

# Debian 12 has npm, but an older Node.js than the build asks for; then the one that Playwright brings runs it.
find_node() {
    local own
    if ! command -v npm >/dev/null && may_install; then apt_install npm || true; fi
    command -v npm >/dev/null || fail "the consoles of $HERE are built with $NEEDED, and no npm was found on the PATH." \
        "Install it (Debian, as root: apt-get install npm), and run the same command again."
    if command -v node >/dev/null && is_new_enough node; then return; fi
    own=$(echo "$PWD"/.venv/lib/python*/site-packages/playwright/driver)
    PATH="$own:$PATH"
    is_new_enough node || fail "the consoles of $HERE are built with $NEEDED; this one is $(node --version 2>&1)." \
        "Put a newer Node.js first on the PATH, and run the same command again."
}

ingredients() {
    (cd "$HERE" && find src package.json package-lock.json build.mjs -type f -print0 | sort -z | xargs -0 sha256sum)
}

exec 9<scripts/build_components.sh
if command -v flock >/dev/null; then flock 9; fi

made_of=$(ingredients)
missing=()
for name in ${LIBRARIES:-$(ls "$HERE/src")}; do
    # A console that the server writes itself has no page here, nor has what the others share.
    [ -f "$HERE/src/$name/index.html" ] || continue
    [ "$made_of" = "$(cat "$HERE/dist/.made/$name" 2>/dev/null)" ] || missing+=("$name")
done
if [ "${#missing[@]}" = 0 ]; then
    say "ready: the pages are built"
    exit
fi
find_node
lock=$(sha256sum <"$HERE/package-lock.json")
if [ ! -f "$HERE/node_modules/.installed" ] || [ "$lock" != "$(cat "$HERE/node_modules/.installed")" ]; then
    say "installing the libraries"
    (cd "$HERE" && IBM_TELEMETRY_DISABLED=true npm ci --no-audit --no-fund) </dev/null >"$log" 2>&1 || { cat "$log" >&2; fail "npm ci failed."; }
    printf '%s\n' "$lock" >"$HERE/node_modules/.installed"
fi
mkdir -p "$HERE/dist/.made"
for name in "${missing[@]}"; do
    say "building the pages of $name"
    (cd "$HERE" && npm run --silent build -- "$name") </dev/null >"$log" 2>&1 ||
        { cat "$log" >&2; fail "the build of $name failed."; }
    printf '%s\n' "$made_of" >"$HERE/dist/.made/$name"
done
say "ready: the pages are built"
