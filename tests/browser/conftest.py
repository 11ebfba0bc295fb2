"""Fixtures of the browser tests: one Chromium, a fresh JupyterLab for each test that asks."""

import os
from pathlib import Path

import pytest

from tests.browser.chromium import ADVICE, find_chromium
from tests.browser.lab import CHROMIUM_FLAGS, LabServer, NotebookPage

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def artifacts():
    """Folder for screenshots and measurements."""
    folder = ROOT / "artifacts"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; without one a test fails in CI and is skipped elsewhere, with advice."""
    path = find_chromium()
    if path is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(ADVICE)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def open_notebook(browser, tmp_path):
    """Function ``open_notebook(path, theme='light')`` that opens a copy of a notebook."""
    servers = []

    def open_copy(path, theme="light"):
        root, home = tmp_path / f"root-{theme}", tmp_path / f"home-{theme}"
        root.mkdir(exist_ok=True)
        home.mkdir(exist_ok=True)
        (root / Path(path).name).write_text(Path(path).read_text())
        server = LabServer(root, home, theme)
        server.__enter__()
        servers.append(server)
        return NotebookPage(browser, server, Path(path).name)

    yield open_copy
    for server in servers:
        server.__exit__()
