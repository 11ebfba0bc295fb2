"""The names that scripts of the manual expect from one import."""

import builtins

import numpy as np
import pytest

import brian_nb

NUMPY = (
    "abs absolute all any arange arctan argmin argsort array asarray bincount ceil clip "
    "concatenate convolve cos cumsum diff digitize dot e exp eye fabs floor histogram hstack "
    "imag isnan linspace log log10 logspace loadtxt max maximum mean median meshgrid min "
    "minimum mod nonzero ones outer pi prod ravel real reshape rint round savetxt searchsorted "
    "sign sin sort sqrt squeeze std sum tan tanh tile transpose unique var vstack where zeros"
).split()
PYLAB = (
    "axes axis bar cla clf close colorbar contour draw errorbar fft figure gcf gca grid hist "
    "imshow inv ioff ion legend loglog norm plot polar rand randint randn savefig semilogx "
    "semilogy show specgram subplot subplot2grid text title twinx xlabel xlim xticks ylabel "
    "ylim"
).split()
OURS = (
    "CV Parameters Tabulate TabulateInterp check_units correlogram firing_rate gamma_factor "
    "get_global_preference get_unit hist_plot log_level_info qarray raster_plot run_all_tests "
    "set_global_preferences total_correlation vector_strength"
).split()


@pytest.fixture(scope="module")
def namespace():
    names = {}
    exec("from brian_nb import *", names)
    return names


@pytest.mark.parametrize("name", [*NUMPY, *PYLAB, *OURS])
def test_name_is_there(namespace, name):
    assert name in namespace or hasattr(builtins, name)


def test_old_names_of_infinity_and_nan(namespace):
    assert all(namespace[name] == np.inf for name in ("Inf", "Infinity", "infty", "inf"))
    assert np.isnan(namespace["NaN"])


def test_functions_of_pylab_are_those_of_numpy(namespace):
    assert np.allclose(namespace["fft"](np.eye(4)[0]), 1)
    assert namespace["norm"]([3, 4]) == 5
    assert namespace["inv"](2 * np.eye(2)).tolist() == [[0.5, 0], [0, 0.5]]
    assert namespace["trapz"]([0, 1, 2]) == 2


def test_mathematics_is_safe_with_units(namespace):
    exp, sqrt, clip, where = (namespace[name] for name in ("exp", "sqrt", "clip", "where"))
    mV, volt, ms = (namespace[name] for name in ("mV", "volt", "ms"))
    with pytest.raises(brian_nb.DimensionMismatchError):
        exp(3 * mV)
    assert exp(0 * mV / volt) == 1
    assert sqrt(4 * mV**2) == 2 * mV
    assert clip(5 * mV, 0 * mV, 3 * mV) == 3 * mV
    with pytest.raises(brian_nb.DimensionMismatchError):
        where(True, 1 * mV, 1 * ms)
    assert where([True, False], 1 * mV, 2 * mV).tolist() == [0.001, 0.002]


def test_random_numbers_take_units(namespace):
    rand, randn, mV = namespace["rand"], namespace["randn"], namespace["mV"]
    drawn = -60 * mV + 10 * mV * rand(1000)
    assert -0.06 <= drawn.min() and drawn.max() <= -0.05
    assert (randn(3) * mV).dtype == np.float64


def test_every_name_that_is_promised_resolves():
    for name in brian_nb.__all__:
        assert getattr(brian_nb, name) is not None or name == "newaxis"


@pytest.mark.parametrize("name", ["sum", "any", "all"])
def test_reductions_are_those_of_numpy_for_arrays_and_of_python_for_the_rest(namespace, name):
    reduce, table = namespace[name], np.array([[0, 1, 2], [0, 0, 1]])
    expected = getattr(np, name)
    for columns in (reduce(table, axis=0), reduce(table, 0), reduce(table.tolist(), axis=0)):
        assert np.array_equal(columns, expected(table, axis=0))
    assert reduce(table) == reduce(table.tolist()) == expected(table)
    values = [0, 1, 2]
    for items in (
        values,
        tuple(values),
        set(values),
        range(3),
        iter(values),
        dict.fromkeys(values),
    ):
        assert reduce(items) == getattr(builtins, name)(values)
    assert not namespace["any"](x > 3 for x in values)


def test_sums_keep_units_and_what_they_start_with(namespace):
    sum, mV = namespace["sum"], namespace["mV"]
    assert sum([1 * mV, 2 * mV]) == sum(k * mV for k in (1, 2)) == 3 * mV
    assert sum([[1], [2]], []) == [1, 2] and sum(iter(())) == 0
    assert sum([1, 2], start=3) == 6


def test_numbers_and_arrays_are_summed_as_by_python(namespace):
    x = np.arange(3.0)
    assert namespace["sum"]([1.0, x, x * x]).tolist() == [1, 3, 7]
    assert namespace["sum"]([x, x * x]) == 8
