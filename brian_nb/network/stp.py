"""Short-term plasticity: resources that spikes use up, and their use, which spikes increase."""

import numpy as np

from brian_nb.engine import ModulationState
from brian_nb.equations import resolve_expression, resolve_statements
from brian_nb.errors import ModelError
from brian_nb.model import Modulation
from brian_nb.network.equations import Equations
from brian_nb.network.quantities import to_si
from brian_nb.network.scope import as_source
from brian_nb.network.stdp import require_connection
from brian_nb.network.synaptic_rules import SynapticRule
from brian_nb.network.traces import Traces
from brian_nb.units import ALL_UNITS, DIMENSIONLESS, get_dimension

_TIME = get_dimension(ALL_UNITS["second"])
_EQUATIONS = """
dx/dt = (1 - x)/taud : 1
du/dt = (U - u)/tauf : 1
"""
_AT_SPIKES = "x *= 1 - u; u += U*(1 - u)"
_UNITS = {"taud": "second", "tauf": "second", "U": "1"}


class STP(SynapticRule):
    """Multiplies the weights of a connection by the share of resources that each spike uses.

    Between spikes ``dx/dt = (1 - x)/taud`` and ``du/dt = (U - u)/tauf``; a spike takes along the
    product ``u*x``, and then ``x -> x*(1 - u)`` and ``u -> u + U*(1 - u)``, both with the earlier
    `u`. Each source neuron has values of its own, exact from spike to spike.

    Parameters
    ----------
    C : Connection
    taud, tauf : Quantity or array_like[len(C.source)], second
        Time constants of recovery from depression and from facilitation.
    U : float or array_like[len(C.source)]
        Share of the resources that the first of many spikes uses, between 0 and 1.

    Attributes
    ----------
    x, u : float64[len(C.source)]
        Resources that are there, and share of them that a spike would use; 1 and `U` at first.
    taud, tauf, U : Quantity, or float64[len(C.source)] where given as arrays
        May be changed between runs.
    group : Traces
        Holds all these; a `StateMonitor` can record from it.

    Raises
    ------
    DimensionMismatchError
        A value has a wrong unit.
    ModelError
        A time constant is not positive, `U` is not between 0 and 1, or an array does not fit.

    Source
    ------
    Markram, Wang & Tsodyks 1998, PNAS 95:5323.
    """

    def __init__(self, C, taud, tauf, U):  # noqa: N803 - the manual's names
        super().__init__(require_connection(C))
        values = {"taud": taud, "tauf": tauf, "U": U}
        read = {name: self._read(name, value) for name, value in values.items()}
        arrays = {name: value for name, value in read.items() if np.ndim(value)}
        scalars = {name: values[name] for name in read if name not in arrays}
        text = _EQUATIONS + "".join(f"{name} : {_UNITS[name]}\n" for name in arrays)
        equations = Equations(text, namespace=scalars)
        system = equations.resolve()
        names = system.variables
        self.group = Traces(
            self, "pre", len(C.source), equations, names, frozenset("xu"), C.source.owner.clock
        )
        self._factor, _ = resolve_expression(as_source("u*x", "STP"), system, scalars)
        self._code, _ = resolve_statements(as_source(_AT_SPIKES, "STP"), system, scalars)
        self._state = ModulationState()
        self.contained_objects.append(self.group)
        for name, value in {"x": 1.0, "u": read["U"], **arrays}.items():
            self.group.set_variable(name, value)

    def lower(self, place_of, synapses):
        rule = Modulation(synapses, place_of(self.group), self._factor, self._code)
        return rule, self._state

    def set_constant(self, name, value):
        """Change `taud`, `tauf` or `U`, where all neurons share it.

        Raises
        ------
        DimensionMismatchError, ModelError
            The value cannot be that.
        """
        self._read(name, value)
        super().set_constant(name, value)

    def _read(self, name, value):
        """SI values of a parameter, float64 or float64[len(C.source)]."""
        what = f"{name} of {self.describe()}"
        dimension = DIMENSIONLESS if name == "U" else _TIME
        found = to_si(value, dimension, what)
        if found.size not in (1, len(self.connection.source)) or found.ndim > 1:
            raise ModelError(
                f"{what} takes one value or {len(self.connection.source)}, one for each source "
                f"neuron, not {found.size}"
            )
        if name == "U" and not np.all((found >= 0) & (found <= 1)):
            raise ModelError(f"{what} must be between 0 and 1, not {value!r}")
        if name != "U" and not np.all(found > 0):
            raise ModelError(f"{what} must be positive, not {value!r}")
        return found

    def __repr__(self):
        return f"<STP of {self.connection.describe()}>"
