"""The Python code of a step does what its method says."""

import numpy as np
import pytest
from scipy.special import exprel

from brian_nb import Equations, NeuronGroup, run
from brian_nb.errors import EquationError
from brian_nb.units import ALL_UNITS

ms = ALL_UNITS["ms"]
DT = 1e-4
AXON = """
dv/dt = (30*(0.0 - v) + 100*n**4*(0.08 - v) + I)/ms*0.01 : 1
dn/dt = (alpha*(1 - n) - n/tau)/ms : 1
alpha = exprel(v*3) if v > 0.01 and v < 0.5 else 0.3 : 1
I : 1
"""


class State:
    """A state such as the code works on."""

    def __init__(self, rows):
        self._S = np.array(rows, dtype=float)
        self._dS = np.zeros_like(self._S)

    def __len__(self):
        return self._S.shape[1]


def execute(code, rows, t=0.0):
    state = State(rows)
    draws = np.random.default_rng(5)
    names = vars(np) | {"exprel": exprel, "P": state, "dt": DT, "t": t}
    exec(code, names | {"randn": draws.standard_normal})
    return state._S


@pytest.mark.parametrize("method", ["Euler", "exponential_Euler"])
def test_a_step_of_the_code_is_a_step_of_the_simulation(method):
    tau = 3.0
    eqs = Equations(AXON)
    group = NeuronGroup(5, eqs, method=method)
    rows = np.random.default_rng(1).uniform(0, 0.7, (3, 5))
    for name, row in zip(group.system.variables, rows, strict=True):
        group.set_variable(name, row)
    run(0.1 * ms)
    code = eqs.forward_euler_code() if method == "Euler" else eqs.exponential_euler_code()
    stepped = execute(code, rows)
    for name, row in zip(group.system.variables, stepped, strict=True):
        assert group.state(name) == pytest.approx(row, rel=1e-12)


def test_the_code_of_a_simple_model_reads_like_this():
    eqs = Equations("dV/dt = -V*V/(100*ms) : 1\ndW/dt = cos(W)/tau : 1", tau=20 * ms)
    assert eqs.forward_euler_code() == (
        "V, W = P._S\n"
        "V__tmp, W__tmp = P._dS\n"
        "V__tmp[:] = -V*V/(100*0.001)\n"
        "W__tmp[:] = cos(W)/0.02\n"
        "P._S += dt*P._dS\n"
    )


def test_one_variable_is_taken_out_of_its_row():
    assert Equations("dv/dt = -v/ms : 1").forward_euler_code().startswith("v, = P._S\n")


@pytest.mark.parametrize("name", ["forward_euler_code", "exponential_euler_code"])
def test_noise_that_is_shared_is_drawn_once(name):
    eqs = Equations(
        "dx/dt = -x/ms + u/ms**.5 : 1\ndy/dt = -y/ms + u/ms**.5 : 1\nu = xi : second**-.5"
    )
    code = getattr(eqs, name)()
    assert code.count("randn") == 1
    stepped = execute(code, np.zeros((2, 400)))
    assert np.array_equal(*stepped)
    assert np.var(stepped[0]) == pytest.approx(DT / 1e-3, rel=0.3)


def test_the_time_is_a_name_of_the_code():
    code = Equations("dx/dt = t/ms**2 : 1").forward_euler_code()
    assert execute(code, [[0.0, 1.0]], t=2e-3)[0] == pytest.approx([0.2, 1.2])


def test_what_is_not_conditionally_linear_has_no_exponential_step():
    with pytest.raises(EquationError, match="not linear in v"):
        Equations("dv/dt = exp(v)/ms : 1").exponential_euler_code()
