"""Milstein's method: its definition, the noises that it can follow, and those that it cannot."""

import numpy as np
import pytest

from brian_nb import Equations, Network, NeuronGroup, seed
from brian_nb.errors import EquationError
from brian_nb.model import Population
from brian_nb.numerics import choose_update
from brian_nb.numerics.interpretation import Interpreter
from brian_nb.units import ALL_UNITS

ms, second = ALL_UNITS["ms"], ALL_UNITS["second"]
DT = 1e-3
ROUNDING = 1e-14


def step(text, noise, **values):
    """One step of the method with given normal numbers.

    Parameters
    ----------
    text : str
    noise : sequence of float
        One for each ``xi``, in the order of the text.
    **values : float
        Variables and parameters.

    Returns
    -------
    dict of str to float
    """
    system = Equations(text, level=1).resolve()
    update = choose_update(Population("cells", system, method="Milstein"))
    known = {name: float(value) for name, value in system.constants.items()}
    known |= dict(zip(system.noises, noise, strict=True)) | values | {"dt": DT, "t": 0.0}
    return Interpreter(update, frozenset()).compute_step(known)


def test_step_is_that_of_the_book():
    text = "dx/dt = -x/(10*ms) + x**2*xi/second**0.5 : 1"
    x, z = 1.5, 0.7
    expected = x - DT * x / 0.01 + x**2 * np.sqrt(DT) * z + x**2 * 2 * x * DT * (z * z - 1) / 2
    assert step(text, [z], x=x)["x"] == pytest.approx(expected, abs=ROUNDING)


def test_amplitude_may_be_written_as_a_static_equation():
    text = (
        "dx/dt = -x/(10*ms) + g*xi : 1\ng = s*s : second**-0.5\ns = x/second**0.25 : second**-0.25"
    )
    plain = "dx/dt = -x/(10*ms) + x*x*xi/second**0.5 : 1"
    assert step(text, [0.3], x=1.5)["x"] == pytest.approx(
        step(plain, [0.3], x=1.5)["x"], abs=ROUNDING
    )


@pytest.mark.parametrize("root", ["sqrt(x)", "x**0.5"])
@pytest.mark.parametrize("x", [0.0, 0.4])
def test_root_has_a_correction_where_it_is_zero(root, x):
    """The process of Cox, Ingersoll & Ross: ``g = sqrt(x)``, ``g*dg/dx = 1/2`` for every x."""
    text = f"dx/dt = (1 - x)/(10*ms) + 3*{root}*xi/second**0.5 : 1"
    z = 0.7
    expected = x + DT * (1 - x) / 0.01 + 3 * np.sqrt(x * DT) * z + 9 / 4 * DT * (z * z - 1)
    assert step(text, [z], x=x)["x"] == pytest.approx(expected, abs=ROUNDING)


def test_additive_noise_takes_the_step_of_euler():
    text = "dx/dt = -x*x/(10*ms) + (2 + a)*xi/second**0.5 + 3*xi/second**0.5 : 1\na : 1"
    expected = 1 - DT / 0.01 + np.sqrt(DT) * (2.5 * 0.3 + 3 * 0.4)
    assert step(text, [0.3, 0.4], x=1.0, a=0.5)["x"] == pytest.approx(expected, abs=ROUNDING)


def test_amplitude_may_depend_on_a_variable_without_noise():
    text = "dx/dt = x*y*xi/second**0.5 - x/second : 1\ndy/dt = -y*y/second : 1"
    x, y, z = 0.5, 3.0, 1.2
    expected = x - DT * x + x * y * np.sqrt(DT) * z + x * y * y * DT * (z * z - 1) / 2
    assert step(text, [z], x=x, y=y)["x"] == pytest.approx(expected, abs=ROUNDING)


def test_one_noise_may_be_shared_by_equations_that_depend_on_each_other():
    text = """
        dx/dt = y*u - x/second : 1
        dy/dt = x*u - y/second : 1
        u = xi/second**0.5 : 1/second
        """
    x, y, z = 0.5, 3.0, 1.2
    found = step(text, [z], x=x, y=y)
    square = DT * (z * z - 1) / 2  # L(g_x) = g_y * dy/dy = x
    assert found["x"] == pytest.approx(x - DT * x + y * np.sqrt(DT) * z + x * square, abs=ROUNDING)
    assert found["y"] == pytest.approx(y - DT * y + x * np.sqrt(DT) * z + y * square, abs=ROUNDING)


def test_two_noises_that_commute_take_their_product():
    text = "dx/dt = 2*x*xi/second**0.5 + x*xi*(0.001/ms)**0.5 - x/second : 1"
    x, z = 0.5, (0.3, -1.1)
    expected = x - DT * x + x * np.sqrt(DT) * (2 * z[0] + z[1])
    expected += x * DT * (4 * (z[0] ** 2 - 1) + (z[1] ** 2 - 1)) / 2 + 2 * x * DT * z[0] * z[1]
    assert step(text, z, x=x)["x"] == pytest.approx(expected, abs=ROUNDING)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "dx/dt = -x/ms + y*xi/ms**0.5 : 1\ndy/dt = -y/ms + xi/ms**0.5 : 1",
            "its amplitude depends on y, which has a noise of its own",
        ),
        (
            "dx/dt = -x/ms + x*xi/ms**0.5 + xi/ms**0.5 : 1\ndy/dt = -y/ms : 1",
            "two different xi stand in dx/dt, and their amplitudes change",
        ),
    ],
)
def test_noises_that_do_not_commute_are_refused(text, reason):
    with pytest.raises(EquationError) as caught:
        NeuronGroup(1, text, method="Milstein")
    message = str(caught.value)
    assert "the noise of dx/dt depends on variables in a way that Milstein's method" in message
    assert reason in message
    assert text.split("\n")[0] in message  # the user's equation, marked
    assert "method='Euler'" in message


def test_functions_of_the_user_have_slopes_but_no_algebra():
    def f(x):
        total = 0.0
        for _ in range(2):
            total = total + x * x / 2
        return total

    one = "dx/dt = -x/second + f(x)*xi/second**0.5 : 1"
    x, z = 1.5, 0.7
    expected = x - DT * x + x**2 * np.sqrt(DT) * z + x**2 * 2 * x * DT * (z * z - 1) / 2
    assert step(one, [z], x=x)["x"] == pytest.approx(expected, rel=1e-9)  # central difference
    two = "dx/dt = -x/second + f(x)*xi/second**0.5 + x*x*xi/second**0.5 : 1"
    with pytest.raises(EquationError, match="two different xi stand in dx/dt"):
        NeuronGroup(1, two, method="Milstein")


def test_threshold_and_reset_see_the_stepped_value():
    seed(2)
    group = NeuronGroup(
        500, "dx/dt = x/(5*ms) + 0.2*x*xi/ms**0.5 : 1", threshold="x > 2", reset="x = 1",
        method="Milstein",
    )  # fmt: skip
    group.x = 1
    Network(group).run(20 * ms)
    assert group.integrator == "Milstein"
    assert group.x.max() <= 2
