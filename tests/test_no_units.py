"""With units off, names of units are plain numbers and nothing is checked."""

import subprocess
import sys

import pytest


def run_script(tmp_path, text):
    script = tmp_path / "script.py"
    script.write_text(text)
    result = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result


@pytest.mark.parametrize("name", ["brian_nb.no_units", "brian_nb_no_units"])
def test_a_script_runs_on_plain_numbers(tmp_path, name):
    text = f"""
import {name}
from brian_nb import *

assert type(mV) is float and mV == 0.001
assert type(3*volt/second) is float and kilogram == 1 and um3 == 1e-18
assert 3*second + 2*metre == 5

eqs = Equations('dV/dt = -V/tau + 1 : volt', tau=10*ms)  # 1 would have to be in volt/second
G = NeuronGroup(3, eqs, threshold=5*mV, reset=0, refractory=0.002)
M = SpikeMonitor(G)
C = Connection(G, G, weight=0.5*mV, delay=0.001)
S = StateMonitor(G, 'V', record=True)
run(100*ms)
assert M.nspikes > 0 and abs(defaultclock.t - 0.1) < 1e-12 and type(defaultclock.t) is float


@check_units(I=amp, R=ohm, result=volt)
def find_voltage(I, R):
    return I*R


assert find_voltage(2, 3) == 6
"""
    result = run_script(tmp_path, text)
    assert result.stderr == ""


def test_spikes_are_the_same_with_and_without_units(tmp_path):
    text = """
from brian_nb import *
seed(3)
G = NeuronGroup(50, 'dv/dt = (20*mV - v)/(10*ms) + 2*mV*xi/(10*ms)**.5 : volt',
                threshold=10*mV, reset=0*mV)
M = SpikeMonitor(G)
run(50*ms)
print(M.spikes)
"""
    plain = run_script(tmp_path, "import brian_nb.no_units\n" + text)
    assert plain.stdout == run_script(tmp_path, text).stdout
    assert plain.stdout.count("(") > 50


def test_too_late_an_import_is_said(tmp_path):
    text = "from brian_nb import *\nimport brian_nb.no_units\nprint(repr(3*mV))"
    result = run_script(tmp_path, text)
    assert result.stdout == "3. mV\n"
    assert "make it the first import of the script" in result.stderr
