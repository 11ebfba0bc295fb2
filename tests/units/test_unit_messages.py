"""What a student reads, compared with files that a person has read."""

import os
from pathlib import Path

import numpy as np
import pytest

from brian_nb.errors import DimensionMismatchError
from brian_nb.units import ALL_UNITS, QuantityArray, check_units, metre, ms, mV, second, volt

GOLDEN = Path(__file__).parents[1] / "golden" / "units"

array = QuantityArray([1.0, 2.0, 3.0], volt.dimension)


class Clock:
    @check_units(t=second)
    def __init__(self, t):
        self.t = t


MESSAGES = {
    "add": lambda: 3 * second + 2 * metre,
    "add_plain": lambda: -50 * mV + 2,
    "sum_of_list": lambda: sum([1 * mV, 2 * mV]),
    "compare": lambda: 3 * mV > 1,
    "equal": lambda: 3 * mV == 3 * ms,
    "numpy_scalar": lambda: np.float64(3) < 1 * mV,
    "exp": lambda: np.exp(3 * mV),
    "maximum": lambda: np.maximum(3 * mV, 2 * ms),
    "exponent": lambda: (2 * mV) ** (3 * ms),
    "irrational_power": lambda: volt**3.14159265,
    "round": lambda: round(3.2 * mV),
    "array_add": lambda: array + 1,
    "array_concatenate": lambda: np.concatenate([array, array / ms]),
    "array_in_place": lambda: array.__imul__(mV),
    "array_assign": lambda: array.__setitem__(0, 3 * ms),
    "argument": lambda: Clock(t=0),
    "argument_unit": lambda: Clock(t=3 * mV),
    "compound": lambda: 3 * ALL_UNITS["nS"] / ALL_UNITS["cm2"] + 2 * ALL_UNITS["nS"],
}


@pytest.mark.parametrize("name", MESSAGES)
def test_message_is_the_one_that_was_read(name):
    with pytest.raises(DimensionMismatchError) as caught:
        MESSAGES[name]()
    path = GOLDEN / f"{name}.txt"
    text = "\n".join(caught.value._render_traceback_()) + "\n"
    if os.environ.get("BRIAN_NB_WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
