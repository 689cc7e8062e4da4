# What the scripts of this folder share: speaking, and installing Debian packages. Sourced, not run; WHO says who speaks.
# shellcheck shell=bash

PACKAGE_SECONDS=900

# What tools say goes here, and is shown only where it explains a failure.
log=$(mktemp)
trap 'rm -f "$log"' EXIT

say() { printf '%s: %s\n' "$WHO" "$*" >&2; }
fail() {
    printf "$WHO: %s\n" "$@" >&2
    exit 1
}

# --- system packages, for root and for who may use sudo without a password -------------------------------------------

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

apt_get() {
    as_root env DEBIAN_FRONTEND=noninteractive timeout "$PACKAGE_SECONDS" apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=120 -o Acquire::http::Timeout=30 "$@" </dev/null >>"$log" 2>&1
}

# The lists are fetched only when the package cannot be had without: they are missing on a fresh machine, or stale.
apt_install() {
    say "installing the Debian package $1"
    apt_get install "$@" || { apt_get update || true; apt_get install "$@"; }
}
