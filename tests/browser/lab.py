"""A real JupyterLab in a headless Chromium, for tests that see what a user sees."""

import ast
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
START_SECONDS = 90


class LabServer:
    """A JupyterLab server of its own: no settings, kernels or workspaces of the user.

    Parameters
    ----------
    root : Path
        Folder that the server shows.
    home : Path
        Empty folder for all that Jupyter writes.
    theme : {'light', 'dark'}
    """

    def __init__(self, root, home, theme="light"):
        self.root, self.home = Path(root), Path(home)
        self.port = _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._write_setting("apputils-extension/themes", {"theme": THEMES[theme]})
        self._write_setting(
            "apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False}
        )
        # Some versions take cells out of the page that are not in sight; tests count all of them.
        self._write_setting("notebook-extension/tracker", {"windowingMode": "none"})

    def __enter__(self):
        log = (self.home / "server.log").open("w")
        self._process = subprocess.Popen(
            self._command(), env=self._environment(), stdout=log, stderr=log, cwd=self.root
        )
        self._wait_until_it_answers()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _command(self):
        return [
            *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"),
            *(f"--port={self.port}", "--ip=127.0.0.1", f"--ServerApp.root_dir={self.root}"),
            *("--IdentityProvider.token=", "--ServerApp.disable_check_xsrf=True"),
            *("--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"),
            "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        ]

    def _environment(self):
        folders = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "IPYTHONDIR": "ipython",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        }
        bin_folder = str(Path(sys.executable).parent)
        own = {name: str(self.home / folder) for name, folder in folders.items()}
        return {**os.environ, **own, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}

    def _write_setting(self, plugin, values):
        path = self.home / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))

    def _wait_until_it_answers(self):
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/api/status", timeout=2).read()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError((self.home / "server.log").read_text()[-3000:])


class NotebookPage:
    """A notebook open in a page.

    Parameters
    ----------
    browser : playwright Browser
    server : LabServer
    name : str
        File name of the notebook.

    Attributes
    ----------
    page : playwright Page
    problems : list of str
        Errors that the page wrote to its console.
    """

    def __init__(self, browser, server, name):
        self.page = browser.new_page(viewport={"width": 1400, "height": 1000})
        self.problems = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("console", self._note_console)
        self.page.goto(f"{server.url}/lab/tree/{name}?reset")
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        self.page.wait_for_function(
            """() => {
                const kernel = window.jupyterapp?.shell?.currentWidget
                    ?.sessionContext?.session?.kernel;
                return kernel?.status === 'idle' && kernel.connectionStatus === 'connected';
            }""",
            timeout=90_000,
        )

    def run_all(self, timeout=120):
        """Run all cells and wait until the kernel has done so."""
        self.command("notebook:run-all-cells")
        self.wait_until_idle(timeout)

    def run_cell(self, number, timeout=60):
        """Run one cell and wait until the kernel has done so."""
        self.start_cell(number)
        self.wait_until_idle(timeout)

    def start_cell(self, number):
        """Run one cell, and go on at once."""
        self.page.evaluate(
            """number => {
                const notebook = window.jupyterapp.shell.currentWidget.content;
                notebook.deselectAll();
                notebook.activeCellIndex = number;
            }""",
            number,
        )
        self.command("notebook:run-cell")

    def command(self, name, **arguments):
        """Execute one of JupyterLab's commands."""
        self.page.evaluate(
            "([name, arguments]) => { window.jupyterapp.commands.execute(name, arguments) }",
            [name, arguments],
        )

    def show_theme(self, theme):
        """Change to the 'light' or the 'dark' theme, and wait until it is there."""
        self.command("apputils:change-theme", theme=THEMES[theme])
        is_light = "true" if theme == "light" else "false"
        self.page.wait_for_selector(f"body[data-jp-theme-light={is_light}]", state="attached")

    def ask(self, expression, first=""):
        """Value of an expression in the kernel, after some code; it must be a literal."""
        reply = self.page.evaluate(
            """async ([code, expression]) => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const future = kernel.requestExecute({
                    code, store_history: false, user_expressions: {value: expression}});
                return (await future.done).content;
            }""",
            [first, expression],
        )
        assert reply["status"] == "ok", reply
        value = reply["user_expressions"]["value"]
        assert value["status"] == "ok", value
        return ast.literal_eval(value["data"]["text/plain"])

    def wait_until_idle(self, timeout=60):
        """Wait until no cell is running."""
        time.sleep(0.3)
        self.page.wait_for_function(
            """() => {
                const panel = window.jupyterapp.shell.currentWidget;
                const prompts = [...panel.node.querySelectorAll('.jp-InputPrompt')];
                return panel.sessionContext.session.kernel.status === 'idle'
                    && !prompts.some(prompt => prompt.textContent.includes('*'));
            }""",
            timeout=timeout * 1000,
        )

    def output(self, number):
        """Text of the output of a cell."""
        cell = self.page.locator(".jp-Notebook .jp-Cell").nth(number)
        return cell.locator(".jp-Cell-outputArea").inner_text()

    def drag(self, slider, share):
        """Drag a slider's handle to a share, 0 to 1, of its track.

        Parameters
        ----------
        slider : playwright Locator
            The track, such as ``page.locator('.noUi-target').nth(0)``.
        share : float
        """
        slider.scroll_into_view_if_needed()
        track, handle = slider.bounding_box(), slider.locator(".noUi-handle").bounding_box()
        self.page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
        self.page.mouse.down()
        middle = track["y"] + track["height"] / 2
        self.page.mouse.move(track["x"] + track["width"] * share, middle, steps=10)
        self.page.mouse.up()

    def shoot(self, path):
        """Save a picture of the page."""
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=str(path))

    def _note_console(self, message):
        if message.type == "error":
            self.problems.append(message.text)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
