#!/bin/sh
# Installs the programs that the tests drive and that pip cannot bring: PostgreSQL, Redis, PgBouncer, nginx, Chromium, node
# (which runs the tests of the pages' scripts), ip and nft, with which machines lose their network, and espeak-ng, with which
# screens speak. `tests/services.sh voice` installs only the last.
# Does nothing where they are. On systems other than Debian: install them by hand.
set -eu

found() {
    command -v "$1" >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/"$1" >/dev/null 2>&1
}

missing=""
found espeak-ng || missing="$missing espeak-ng"
if [ "${1:-}" != voice ]; then
    found initdb || missing="$missing postgresql"
    found redis-server || missing="$missing redis-server"
    found chromium-headless-shell || found chromium || missing="$missing chromium-headless-shell"
    found node || missing="$missing nodejs"
    if [ "$(id -u)" -eq 0 ]; then # who is not root can neither use these nor find them
        found pgbouncer || missing="$missing pgbouncer"
        found ip || missing="$missing iproute2"
        found nft || missing="$missing nftables"
        found nginx || missing="$missing nginx-light"
    fi
fi
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "Missing:$missing. As root: apt-get update && apt-get install -y$missing" >&2
    exit 1
fi
if ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing:$missing, and there is no apt-get here: install them by hand." >&2
    exit 1
fi
echo "Installing$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # one word per package
apt-get install -y -qq --no-install-recommends $missing >/dev/null
