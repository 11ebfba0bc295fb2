"""Finds a Chromium to drive, or gets one where that is allowed.

``python tests/browser/chromium.py`` prints its path. It exits with 1 where there is none and a
browser is a must (``CI=true``), so that no browser test is ever skipped in silence there.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = (
    "No Chromium was found. Install one (Debian and Ubuntu: sudo apt-get install chromium), "
    "or point to one: CHROMIUM=/path/to/chromium make test"
)


def find_chromium():
    """Path of a browser, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    return next(filter(None, map(shutil.which, NAMES)), None)


def install_chromium():
    """Install Debian's package where this process may; the path of the browser, or None."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *command], env=environment, check=False)
    return find_chromium()


def main():
    path = find_chromium() or install_chromium()
    print(path or ADVICE)
    return 1 if path is None and os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
