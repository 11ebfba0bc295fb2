"""The compiler made ready in the background disturbs nobody."""

import os
import subprocess
import sys

import pytest

PROGRAM = """
import os, sys
from brian_nb.kernels import compile_kernel
from brian_nb.kernels.warm_up import start_warm_up

start_warm_up()
child = os.fork()
source = "def advance(A, thread, n_threads):\\n    return thread + 3\\n"
assert compile_kernel(source)([])() == 3
if child:
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_process_may_fork_while_the_compiler_is_made_ready(tmp_path):
    environment = os.environ | {"BRIAN_NB_CACHE": str(tmp_path)}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    subprocess.run([sys.executable, "-c", PROGRAM], check=True, timeout=120, env=environment)
