#!/usr/bin/env bash
# Debian and Ubuntu keep Python's venv in a package of its own: get it, or say how to.
set -euo pipefail
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get -qq update
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y python3-venv
else
    echo "Python's venv is missing. Debian and Ubuntu: sudo apt-get install python3-venv" >&2
    exit 1
fi
