"""What people read: values with the unit of their size, names of dimensions, HTML and LaTeX."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.lib.pretty import pretty

from brian_nb.units import (
    ALL_UNITS,
    DIMENSIONLESS,
    QuantityArray,
    choose_unit,
    format_quantity,
    mV,
    name_dimension,
    volt,
)

PRINTED_DIGITS = 1e-9  # ten digits are printed

SHOWN = {
    "-49*mV": "-49. mV",
    "5*nS": "5. nS",
    "20*ms": "20. ms",
    "1.62*mV": "1.62 mV",
    "0*volt": "0. V",
    "5*Mohm": "5. Mohm",
    "40*Hz": "40. Hz",
    "1/ms": "1. kHz",
    "1000*mV": "1. V",
    "999.99999999999*uvolt": "1. mV",
    "1/(3*ms)": "333.3333333 Hz",
    "1.62*mV/ms": "1.62 mV/ms",
    "39.24*mV/ms**.5": "39.24 mV/ms^0.5",
    "1*uF/cm**2": "1. uF/cm^2",
    "0.1*msiemens*cm**-2": "100. uS/cm^2",
    "20000*umetre**2": "20000. um^2",
    "5000*second": "5000. s",
    "5*gram": "5. g",
    "70*kilogram": "70. kg",
    "300*kelvin": "300. K",
    "1/volt": "1. V^-1",
    "8.314*joule/kelvin/mole": "8.314 J/K/mol",
    "volt**(1/3)*2": "2. V^(1/3)",
    "1e30*volt": "1000000. YV",
    "inf*volt": "inf V",
    "nan*amp": "nan A",
}

NAMED = {
    "volt": "volt",
    "mV": "volt",
    "nS": "siemens",
    "1/second": "hertz",
    "volt/second": "volt/second",
    "volt/second**.5": "volt/second**0.5",
    "second**(-.5)": "second**-0.5",
    "siemens/cm**2": "siemens/metre**2",
    "uF/cm**2": "farad/metre**2",
    "volt**2/second": "volt**2/second",
    "nS/ms": "siemens/second",
    "pA/ms": "amp/second",
    "amp/volt**2": "amp/volt**2",
    "mole/metre**3": "mole/metre**3",
    "metre/second": "metre/second",
    "1/volt": "volt**-1",
    "gram": "kilogram",
    "celsius": "kelvin",
}


def evaluate(text):
    return eval(text, {**ALL_UNITS, "inf": np.inf, "nan": np.nan})


@pytest.mark.parametrize("text", SHOWN)
def test_values_are_written_as_people_write_them(text):
    assert repr(1 * evaluate(text)) == SHOWN[text]


@pytest.mark.parametrize("text", NAMED)
def test_dimensions_are_named_as_people_name_them(text):
    assert name_dimension(evaluate(text).dimension) == NAMED[text]


def test_no_dimension_is_named_one():
    assert name_dimension(DIMENSIONLESS) == "1"
    assert format_quantity(2.5, DIMENSIONLESS) == "2.5"


dimensions = st.tuples(*[st.integers(-3, 3)] * 4).map(lambda item: type(DIMENSIONLESS)(*item))


@given(dimensions)
def test_the_name_of_any_dimension_has_that_dimension(dimension):
    value = eval(name_dimension(dimension), dict(ALL_UNITS))
    assert value == 1 if dimension == DIMENSIONLESS else value.dimension == dimension


@given(dimensions, st.floats(1e-12, 1e12))
def test_a_chosen_unit_has_the_dimension_and_the_value_of_its_name(dimension, magnitude):
    unit = choose_unit(dimension, magnitude)
    typed = eval(unit.name or "1", dict(ALL_UNITS))
    assert unit.dimension == dimension
    assert float(unit) == pytest.approx(float(typed), rel=PRINTED_DIGITS)


@given(st.floats(1e-20, 1e20))
def test_a_voltage_is_shown_between_1_and_1000(value):
    number, symbol = format_quantity(value, volt.dimension).split()
    assert 1 <= float(number) <= 1000
    prefix = symbol.removesuffix("V")
    shown = float(number) * float(ALL_UNITS[f"{prefix}volt"])
    assert shown == pytest.approx(value, rel=PRINTED_DIGITS)


def test_units_show_their_name_and_print_their_symbol():
    assert repr(mV) == "mvolt"
    assert str(mV) == f"{mV}" == "mV"


def test_a_format_applies_to_the_shown_number():
    assert f"{3.14159 * mV:.2f}" == "3.14 mV"
    assert f"{3 * mV}" == "3. mV"


def test_ipython_shows_the_unit_in_lists():
    assert pretty([3 * mV, mV]) == "[3. mV, mvolt]"


@pytest.mark.parametrize(
    ("text", "html", "latex"),
    [
        ("-49*mV", "<span>-49. mV</span>", r"$-49\,\mathrm{mV}$"),
        ("5*Mohm", "<span>5. MΩ</span>", r"$5\,\mathrm{M\Omega }$"),
        ("5*umetre", "<span>5. µm</span>", r"$5\,\mathrm{\mu m}$"),
        ("2*mV/ms**.5", "<span>2. mV/ms<sup>0.5</sup></span>",
         r"$2\,\frac{\mathrm{mV}}{\mathrm{ms}^{0.5}}$"),
        ("1e30*volt", "<span>1000000. YV</span>", r"$1000000\,\mathrm{YV}$"),
        ("inf*volt", "<span>inf V</span>", r"$\infty\,\mathrm{V}$"),
    ],
)  # fmt: skip
def test_notebooks_show_greek_letters_and_raised_exponents(text, html, latex):
    value = evaluate(text)
    assert value._repr_html_() == html
    assert value._repr_latex_() == latex


def test_a_unit_in_a_notebook():
    assert (mV / volt**2)._repr_html_() == "<span>mV/V<sup>2</sup></span>"
    assert mV._repr_latex_() == r"$\mathrm{mV}$"


def test_arrays_have_one_unit():
    array = QuantityArray([-0.07, 0.0015, 0.0], volt.dimension)
    assert repr(array) == "[-70.    1.5   0. ] mV"
    assert array._repr_html_() == "<pre>[-70.    1.5   0. ] mV</pre>"
    assert array._repr_latex_() == r"$\begin{bmatrix}-70 & 1.5 & 0\end{bmatrix}\,\mathrm{mV}$"


def test_infinite_elements_do_not_choose_the_unit():
    assert repr(QuantityArray([0.003, np.inf], volt.dimension)) == "[ 3. inf] mV"
    assert repr(QuantityArray([], volt.dimension)) == "[] V"


def test_long_arrays_are_not_typeset():
    assert QuantityArray(np.zeros(10_000), volt.dimension)._repr_latex_() is None
    assert len(repr(QuantityArray(np.zeros(10_000), volt.dimension))) < 100
