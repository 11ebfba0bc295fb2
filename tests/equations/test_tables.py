"""Tables give what their function gives, within the error that a table has."""

import numpy as np
import pytest

from brian_nb.equations.tables import Tabulate, TabulateInterp
from brian_nb.errors import DimensionMismatchError, ModelError
from brian_nb.units import Quantity, ms, mV, volt

POINTS = np.linspace(0, 1, 9001)[:-1]


def test_error_of_a_table_falls_with_the_number_of_values():
    for n in (10, 100, 1000):
        table = Tabulate(lambda x: x**2, 0.0, 1.0, n)
        worst = np.max(np.abs(table(POINTS) - POINTS**2))
        assert worst <= 2 / (2 * n)  # max(f')*h/2
        assert worst > 0.5 / n  # reached at the steep end


def test_error_of_an_interpolated_table_falls_with_its_square():
    for n in (11, 101, 1001):
        table = TabulateInterp(np.exp, 0.0, 1.0, n)
        worst = np.max(np.abs(table(POINTS) - np.exp(POINTS)))
        bound = np.e / (n - 1) ** 2 / 8  # max(f'')*h**2/8
        assert 0.7 * bound < worst <= bound * (1 + 1e-9)


def test_straight_lines_are_exact_when_interpolated():
    table = TabulateInterp(lambda x: 3 * x - 1, -2.0, 5.0, 2)
    points = np.linspace(-2, 5, 100)[:-1]
    assert np.allclose(table(points), 3 * points - 1, rtol=1e-14)


def test_a_table_holds_the_middles_and_an_interpolated_one_the_ends():
    assert Tabulate(lambda x: x, 0.0, 1.0, 4).table.tolist() == [0.125, 0.375, 0.625, 0.875]
    assert TabulateInterp(lambda x: x, 0.0, 1.0, 3).table.tolist() == [0, 0.5, 1]


@pytest.mark.parametrize("kind", [Tabulate, TabulateInterp])
def test_scalars_lists_and_arrays_are_arguments(kind):
    table = kind(np.sqrt, 0.0, 1.0, 1000)
    assert type(table(0.5)) is float
    assert table([0.1, 0.3]).tolist() == [table(0.1), table(0.3)]
    assert table(np.full((2, 3), 0.5)).shape == (2, 3)
    assert table(0) == table(0.0)


@pytest.mark.parametrize("kind", [Tabulate, TabulateInterp])
def test_units_are_those_of_the_range_and_of_the_function(kind):
    table = kind(lambda v: np.exp(v / (20 * mV)) / ms, -100 * mV, 50 * mV, 5000)
    found = table(-20 * mV)
    assert isinstance(found, Quantity)
    assert abs(found - np.exp(-1) / ms) < 2 / (1000 * ms)
    assert float(found) == table(np.array([-0.02]))[0]
    with pytest.raises(DimensionMismatchError, match="must be in volt, but 0.01 is a plain number"):
        table(0.01)
    with pytest.raises(DimensionMismatchError, match="in second"):
        table(3 * ms)


def test_a_function_of_single_numbers_is_enough():
    table = Tabulate(lambda x: 1.0 if x < 0.5 else 0.0, 0.0, 1.0, 10)
    assert table([0.1, 0.9]).tolist() == [1, 0]


@pytest.mark.parametrize("kind", [Tabulate, TabulateInterp])
@pytest.mark.parametrize("point", [1.0, 1.5, -1e-9, np.nan, np.inf])
def test_points_outside_are_an_index_error(kind, point):
    table = kind(np.sqrt, 0.0, 1.0, 100)
    with pytest.raises(IndexError, match="lies outside the table"):
        table(point)
    with pytest.raises(IndexError, match="lies outside the table"):
        table([0.5, point])


@pytest.mark.parametrize("kind", [Tabulate, TabulateInterp])
def test_the_last_point_before_the_end_is_inside(kind):
    for xmin, xmax in ((0.0, 1.0), (-0.1, 0.05), (1.0, 1.1), (-1e-3, 1e9)):
        table = kind(lambda x: x, xmin, xmax, 7)
        assert table(np.nextafter(xmax, xmin)) == pytest.approx(table.table[-1])
        assert table(xmin) == pytest.approx(table.table[0])


def test_compiled_code_can_use_a_table():
    table = TabulateInterp(lambda v: v / ms, 0 * mV, 10 * mV, 11)
    assert (table.xmin, table.xmax, table.n, table.interpolates) == (0.0, 0.01, 11, True)
    assert table.dimension == volt.dimension
    assert table.result_dimension == (mV / ms).dimension
    assert table.table.dtype == np.float64 and table.table.flags.c_contiguous


def test_wrong_tables_are_refused():
    with pytest.raises(ModelError, match="xmin < xmax"):
        Tabulate(np.sqrt, 1.0, 1.0, 10)
    with pytest.raises(DimensionMismatchError):
        Tabulate(np.sqrt, 0 * mV, 1 * ms, 10)
    with pytest.raises(ModelError, match="at least 2"):
        TabulateInterp(np.sqrt, 0.0, 1.0, 1)
    with pytest.raises(ModelError, match="whole number"):
        Tabulate(np.sqrt, 0.0, 1.0, 2.5)
    with pytest.raises(ModelError, match="one real number"):
        Tabulate(lambda x: [x, x], 0.0, 1.0, 3)
    with pytest.raises(DimensionMismatchError, match="at one point"):
        Tabulate(lambda x: x * ms if x < 0.5 else x * mV, 0.0, 1.0, 4)
