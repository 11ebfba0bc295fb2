"""Every test of kernels has a cache directory of its own session, never the user's."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def private_cache(tmp_path_factory):
    patch = pytest.MonkeyPatch()
    patch.setenv("BRIAN_NB_CACHE", str(tmp_path_factory.mktemp("kernel_cache")))
    yield
    patch.undo()


@pytest.fixture
def empty_cache(tmp_path, monkeypatch):
    """A cache directory that is empty, and a process that has compiled nothing yet."""
    from brian_nb.kernels import compile as compiler

    monkeypatch.setenv("BRIAN_NB_CACHE", str(tmp_path))
    monkeypatch.setattr(compiler, "_loaded", {})
    return tmp_path
