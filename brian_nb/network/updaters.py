"""State updaters: what the neurons of a group do in a step, as objects."""

from dataclasses import replace
from functools import cached_property

import numpy as np

from brian_nb.equations import Equation, EquationSystem, Variable
from brian_nb.equations.algebra import ZERO, add, multiply, subtract
from brian_nb.equations.expressions import Name
from brian_nb.equations.system import SECOND
from brian_nb.errors import ModelError
from brian_nb.model import Population
from brian_nb.network.clock import check_clock
from brian_nb.network.equations import Equations
from brian_nb.network.firing import find_variable
from brian_nb.network.python_values import separate_python
from brian_nb.network.quantities import to_si
from brian_nb.network.stepping import step_state
from brian_nb.numerics import choose_update
from brian_nb.numerics.interpretation import Interpreter
from brian_nb.units import DIMENSIONLESS, Quantity


class StateUpdater:
    """Does nothing in a step; the base of all state updaters.

    A class derived from this one may define ``__call__(P)``, which gets the group and changes its
    state, in the place of equations. It is called in Python at every step. The variables of a
    group that is made from it have no names: they are known by their numbers, as ``P.state(0)``
    or rows of ``P._S``. They are plain SI numbers, whose units are not checked.

    Parameters
    ----------
    numstatevariables : int
    clock : Clock, optional
        That of the group which is made from the updater.
    """

    numstatevariables = 1
    clock = None
    has_units = False
    python_values = ()

    def __init__(self, numstatevariables=1, clock=None):
        self.numstatevariables, self.clock = numstatevariables, check_clock(clock)

    def __call__(self, P):
        """Do one step of a group."""

    def __len__(self):
        """Number of state variables."""
        return self.numstatevariables

    @property
    def system(self):
        """The variables of a group that is made from it, an `EquationSystem`."""
        names = tuple(map(_name_variable, range(len(self))))
        return EquationSystem(
            parameters=tuple(Variable(name, DIMENSIONLESS) for name in names), variables=names
        )

    @property
    def options(self):
        """What a `Population` is told about the integrator, by keyword."""
        return {}

    def __repr__(self):
        return f"<{type(self).__name__} of {len(self)} variables>"


class LazyStateUpdater(StateUpdater):
    """Does nothing in a step, and runs no Python for it.

    Parameters
    ----------
    numstatevariables : int
    clock : Clock, optional
    """


class EquationUpdater(StateUpdater):
    """Integrates equations.

    A group runs it compiled. Called in Python, it does the same step with NumPy.

    Parameters
    ----------
    system : EquationSystem
    method : str
        Name of the integrator; "" lets the equations decide.
    order : int
        2 selects a method of second order for equations that are not linear: the midpoint rule,
        or an exponential one where `implicit` is set.
    implicit : bool
        Selects an integrator for stiff equations, where they are not linear.
    clock : Clock, optional
    has_units : bool
        Whether units are checked.
    """

    def __init__(self, system, method="", order=1, implicit=False, clock=None, has_units=True):
        self._system, self.python_values = separate_python(system)
        self.method, self.order, self.implicit = method, order, implicit
        self.clock, self.has_units = check_clock(clock), has_units

    @property
    def system(self):
        return self._system

    @cached_property
    def _interpreter(self):
        system = self.system
        update = choose_update(Population(type(self).__name__, system, **self.options))
        integrated = {item.name for item in system.differentials}
        return Interpreter(update, frozenset({"t", *update.list_noises(system), *integrated}))

    @property
    def options(self):
        return {"method": self.method, "order": self.order, "implicit": self.implicit}

    def __call__(self, P):
        """Do one step of a group."""
        step_state(P, self._interpreter, self.system)

    def __getstate__(self):
        """Copies and pickles make what interprets the equations anew."""
        return {name: value for name, value in vars(self).items() if name != "_interpreter"}

    def __len__(self):
        return len(self.system.variables)

    def __repr__(self):
        return f"<{type(self).__name__} of {', '.join(self.system.variables) or 'no variables'}>"


class LinearStateUpdater(EquationUpdater):
    """Integrates ``dX/dt = M (X - B)`` exactly.

    The variables of a group that is made from it have no names (see `StateUpdater`).

    Parameters
    ----------
    M : array_like[k, k], 1/second
    B : array_like[k], optional
        Zero if omitted.
    clock : Clock, optional

    Raises
    ------
    ModelError
        The shapes do not fit together.
    """

    def __init__(self, M, B=None, clock=None):
        self.M = np.atleast_2d(np.asarray(M, np.float64))
        size = len(self.M)
        self.B = np.zeros(size) if B is None else np.asarray(B, np.float64).reshape(-1)
        if self.M.shape != (size, size) or self.B.shape != (size,):
            raise ModelError(
                "a LinearStateUpdater takes a square matrix M and a vector B of the same size, "
                f"not {self.M.shape} and {self.B.shape}"
            )
        super().__init__(_write_linear(self.M, self.B), "linear", clock=clock, has_units=False)


class NonlinearStateUpdater(EquationUpdater):
    """Integrates equations by the explicit Euler method, first order.

    Parameters
    ----------
    eqs : Equations or str
    clock : Clock, optional
    compile, freeze
        Accepted for old scripts: all code is compiled, and values of external names are those
        that they had when the equations were written.
    """

    _method = "Euler"

    def __init__(self, eqs, clock=None, compile=False, freeze=False):  # noqa: A002 - manual
        equations = eqs if isinstance(eqs, Equations) else Equations(eqs)
        self.equations = equations
        super().__init__(equations.resolve(), self._method, clock=clock)


class SynapticNoise(EquationUpdater):
    """Adds white noise to one variable of another state updater, in the same step.

    Parameters
    ----------
    baseupdater : StateUpdater
        One that is compiled.
    nstate : str or int
        The variable, by its name or number.
    mu : Quantity
        Mean input per time, in the unit of the variable per second.
    sigma : Quantity
        In the unit of the variable per second**0.5: the variance of the input grows by
        ``sigma**2`` in a second.
    clock : Clock, optional

    Raises
    ------
    ModelError
        The other updater has no equations, or no such variable.
    DimensionMismatchError
        A value has a wrong unit.
    """

    def __init__(self, baseupdater, nstate, mu, sigma, clock=None):
        if not is_compiled(baseupdater):
            raise ModelError(f"SynapticNoise needs an updater of equations, not {baseupdater!r}")
        self.baseupdater, self.nstate, self.mu, self.sigma = baseupdater, nstate, mu, sigma
        system = _add_noise(baseupdater, nstate, {"mu": (mu, 1.0), "sigma": (sigma, 0.5)})
        clock = baseupdater.clock if clock is None else clock
        super().__init__(
            system, **baseupdater.options, clock=clock, has_units=baseupdater.has_units
        )


def is_compiled(updater):
    """Whether a group can run an updater in compiled code."""
    if not isinstance(updater, StateUpdater):
        return False
    own = (StateUpdater.__call__, EquationUpdater.__call__)
    return any(type(updater).__call__ is item for item in own)


def _write_linear(M, B):
    """``dX/dt = M (X - B)`` as equations; the zeros of both are left out."""
    names = [_name_variable(number) for number in range(len(M))]
    shifts = {f"B_{number}": value for number, value in enumerate(B) if value}
    matrix = {f"M_{i}_{j}": M[i, j] for i, j in zip(*np.nonzero(M), strict=True)}
    rows = []
    for i, name in enumerate(names):
        drift = ZERO
        for j, other in enumerate(names):
            shift = Name(f"B_{j}") if f"B_{j}" in shifts else ZERO
            if f"M_{i}_{j}" in matrix:
                term = multiply(Name(f"M_{i}_{j}"), subtract(Name(other), shift))
                drift = add(drift, term)
        rows.append(Equation(name, drift, DIMENSIONLESS))
    constants = {name: float(value) for name, value in (matrix | shifts).items()}
    return EquationSystem(tuple(rows), constants=constants, variables=tuple(names))


def _add_noise(updater, state, values):
    """The equations of an updater with ``mu + sigma*xi`` added to the drift of a variable."""
    system = updater.system
    variable = find_variable(system, state)
    if variable is None:
        raise ModelError(
            f"SynapticNoise acts on a variable {state!r} that {updater!r} does not have",
            hint=f"the variables are {', '.join(system.variables) or 'none'}",
        )
    dimension = system.dimension_of(variable)
    constants, names = dict(system.constants), {}
    for name, (value, power) in values.items():
        unit = dimension / SECOND**power
        if updater.has_units:
            value = Quantity(to_si(value, unit, f"{name} of the SynapticNoise"), unit)
        names[name] = _choose_name(system, f"{variable}_{name}")
        constants[names[name]] = value if updater.has_units else float(value)
    noise = _choose_name(system, f"{variable}_xi")
    extra = add(Name(names["mu"]), multiply(Name(names["sigma"]), Name(noise)))
    known = {item.name: item for item in system.differentials}
    old = known.get(variable) or Equation(variable, ZERO, dimension)
    known[variable] = replace(old, expression=add(old.expression, extra))
    return replace(
        system,
        differentials=tuple(known.values()),
        parameters=tuple(item for item in system.parameters if item.name != variable),
        constants=constants,
        noises=(*system.noises, noise),
    )


def _choose_name(system, name):
    """A name that nothing of a system has."""
    statics = {item.name for item in system.statics}
    taken = {*system.variables, *system.aliases, *system.constants, *system.noises, *statics}
    while name in taken:
        name += "_"
    return name


def _name_variable(number):
    return f"S{number}"
