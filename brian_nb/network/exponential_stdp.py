"""Spike-timing-dependent plasticity by pairs of spikes, exponential in the time between them."""

import numpy as np

from brian_nb.errors import ModelError
from brian_nb.network.equations import Equations
from brian_nb.network.quantities import check_dimension
from brian_nb.network.stdp import STDP
from brian_nb.units import ALL_UNITS, DIMENSIONLESS, get_dimension

_TIME = get_dimension(ALL_UNITS["second"])
_EQUATIONS = """
dA_pre/dt = -A_pre/taup : 1
dA_post/dt = -A_post/taum : 1
"""
_INTERACTIONS = {
    "all": ("+=", "+="),
    "nearest": ("=", "="),
    "nearest_pre": ("=", "+="),
    "nearest_post": ("+=", "="),
}
"""What a spike does to the trace of the source and to that of the target: adds to it or sets it."""

_ADDITIVE = "w += wmax*{trace}"
_TOWARDS_LOWER = "w += (w - wmin)*{trace}"
_TOWARDS_UPPER = "w += (wmax - w)*{trace}"
_UPDATES = {
    "additive": (_ADDITIVE, _ADDITIVE),
    "multiplicative": (_TOWARDS_LOWER, _TOWARDS_UPPER),
    "mixed": (_TOWARDS_LOWER, _ADDITIVE),
}
"""How a negative change of the weight acts, and how a positive one."""


class ExponentialSTDP(STDP):
    """Changes weights by pairs of spikes.

    A spike of the target that comes the time `s` after one of the source changes the weight by
    ``f(s)``, which is ``Ap*exp(-s/taup)`` for ``s >= 0`` and ``Am*exp(s/taum)`` for ``s < 0``. See
    `STDP` for the order within a step, and for what it has besides.

    Parameters
    ----------
    C : Connection
    taup, taum : Quantity, second
    Ap, Am : float
        Changes relative to `wmax`; usually ``Ap > 0`` and ``Am < 0``.
    interactions : {'all', 'nearest', 'nearest_pre', 'nearest_post'}
        Which earlier spikes of the other side a spike makes pairs with: all of them; the last one;
        the last one of the source, but all of the target; or the other way round.
    wmax : Quantity
        Upper bound of the weights.
    update : {'additive', 'multiplicative', 'mixed'}
        A change is added to the weight as ``wmax*f(s)``; or it is ``(wmax - w)*f(s)`` where
        ``f(s)`` is positive and ``(w - wmin)*f(s)`` where it is negative; or it is added where
        positive, and the latter where negative.
    delay_pre, delay_post, clock, wmin
        See `STDP`.

    Attributes
    ----------
    A_pre : float64[len(C.source)]
        What a spike of each target neuron would add now, before `update` applies.
    A_post : float64[len(C.target)]
        The same for spikes of the source.

    Raises
    ------
    ModelError
        There is no such interaction or update, `wmax` is missing, or a time constant is not
        positive.
    DimensionMismatchError
        A value has a wrong unit.

    Source
    ------
    Song, Miller & Abbott 2000, Nat. Neurosci. 3:919; Morrison, Diesmann & Gerstner 2008,
    Biol. Cybern. 98:459, section 4, for the interactions and updates.
    """

    def __init__(
        self,
        C,  # noqa: N803 - the manual's name
        taup,
        taum,
        Ap,  # noqa: N803
        Am,  # noqa: N803
        interactions="all",
        wmax=None,
        update="additive",
        delay_pre=None,
        delay_post=None,
        clock=None,
        wmin=0.0,
    ):
        values = {"taup": taup, "taum": taum, "Ap": Ap, "Am": Am}
        _check_values(values, wmax)
        at_pre, at_post = _choose(_INTERACTIONS, interactions, "interactions")
        forms = _choose(_UPDATES, update, "update")
        self.__dict__.update(interactions=interactions, update=update, _signs=_signs(values))
        super().__init__(
            C,
            Equations(_EQUATIONS, taup=taup, taum=taum),
            pre=f"A_pre {at_pre} Ap; {forms[Am > 0].format(trace='A_post')}",
            post=f"A_post {at_post} Am; {forms[Ap > 0].format(trace='A_pre')}",
            wmax=wmax,
            clock=clock,
            delay_pre=delay_pre,
            delay_post=delay_post,
            wmin=wmin,
            namespace={"Ap": Ap, "Am": Am},
        )

    def set_constant(self, name, value):
        """Change a constant (see `STDP`); the signs of `Ap` and `Am` are part of the rule.

        Raises
        ------
        ModelError
            The value has another sign.
        """
        is_signed = name in self._signs and float(value) != 0
        if is_signed and self._signs[name] != (float(value) > 0):
            raise ModelError(
                f"{name} of {self.describe()} cannot change its sign, as to {value!r}",
                hint="make another ExponentialSTDP",
            )
        super().set_constant(name, value)


def _signs(values):
    return {name: float(values[name]) > 0 for name in ("Ap", "Am")}


def _choose(known, word, what):
    if word not in known:
        names = ", ".join(repr(name) for name in known)
        raise ModelError(f"{what}={word!r} is not known", hint=f"use {names}")
    return known[word]


def _check_values(values, wmax):
    if wmax is None:
        raise ModelError(
            "an ExponentialSTDP needs the upper bound of the weights",
            hint="give wmax=..., in the unit of the weights",
        )
    if np.isinf(float(wmax)):
        raise ModelError("changes of weights are relative to wmax, which must be finite")
    for name, value in values.items():
        check_dimension(value, _TIME if name in ("taup", "taum") else DIMENSIONLESS, name)
        if name in ("taup", "taum") and not float(value) > 0:
            raise ModelError(f"{name} must be positive, not {value!r}")
