"""Exponential Runge-Kutta of second order, for equations that are linear in their own variable.

Where ``dx/dt = f = a*x + b``, and ``a`` and ``b`` depend on the other variables and on ``t``, the
linear part is that at the start of the step, ``z = a*dt``, and the rest of ``f`` is interpolated
between the two ends::

    X     = x + dt*phi1(z)*f(x, t)                                          (exponential Euler)
    x_new = X + dt*phi2(z)*(f(X, t + dt) - f(x, t) - a*(X - x))

    phi1(z) = (exp(z) - 1)/z,    phi2(z) = (phi1(z) - 1)/z

The first line is done for all variables before the second. As ``a*(X - x)`` is
``(exp(z) - 1)*f(x, t)``, what the correction takes away is ``exp(z)*f(x, t)``. An equation without
``a`` takes Heun's method, and one that nothing moves but its own variable is solved exactly by the
first line alone. Noise is added at the end of the step, as in Euler-Maruyama.

Source: Cox & Matthews 2002, J. Comput. Phys. 176:430, method ETD2RK; Hochbruck & Ostermann 2010,
Acta Numerica 19:209, section 2, with ``c2 = 1``. That the linear part is taken anew in each step,
from the diagonal of the Jacobian alone, costs no order.
"""

from brian_nb.equations.expressions import Binary, Name, names_in, varies
from brian_nb.numerics.conditional import split_own, step_alone
from brian_nb.numerics.drift import needed_statics, split_drifts
from brian_nb.numerics.stages import move
from brian_nb.numerics.terms import DT, ONE, ZERO, add, call, find_phi2, multiply, multiply_step
from brian_nb.numerics.update import StepUpdate

NAME = "exponential_RK2"
ORDER = 2
STRONG_ORDER = 0.5
MARK = "__stage2"


def build_update(system, reason):
    """Give the step update of the exponential Runge-Kutta method.

    Raises
    ------
    EquationError
        An equation is not linear in its own variable.
    """
    drifts = split_drifts(system)
    steps = [_Step(system, item) for item in drifts]
    noise = {item.variable: item.noise_step() for item in drifts}
    begin = [entry for step in steps for entry in step.begin()]
    state = {step.name: Name(step.name + MARK) for step in steps}
    slopes = [step.drift for step in steps if not step.is_alone]
    moved = move(needed_statics(system, slopes), state, DT, MARK)
    end = [entry for step in steps for entry in step.end(moved)]
    used = [value for _, value in begin] + list(noise.values())
    return StepUpdate(
        method=NAME,
        reason=reason,
        temporaries=(*needed_statics(system, used), *begin, *moved.temporaries, *end),
        assignments=tuple((step.name, add(step.finish(), noise[step.name])) for step in steps),
    )


class _Step:
    """Writes the step of one equation.

    Parameters
    ----------
    system : EquationSystem
    item : Drift

    Attributes
    ----------
    is_alone : bool
        Whether nothing moves its rate and its rest within the step.
    """

    def __init__(self, system, item):
        self.name, self.drift = item.variable, item.drift
        self._line = split_own(system, item, "exponential RK2")
        moving = {entry.name for entry in system.differentials} | {"t"}
        rate, rest = map(system.inline_statics, (self._line.rate, self._line.rest))
        self.is_alone = not any(_is_moved(part, moving) for part in (rate, rest))
        self._turn = Name(f"{self.name}__turn")
        self._growth = Name(f"{self.name}__growth")
        self._is_lifted = not _is_moved(rate, {*moving, *system.variables})
        if self._is_lifted:  # the same for all neurons: computed before the loop
            self._turn = multiply(rate, DT)
            self._growth = ONE if rate == ZERO else call("exprel", self._turn)

    def begin(self):
        """Temporaries up to the predicted value."""
        if self.is_alone:
            return [(self.name + MARK, step_alone(self._line))]
        slope = Name(f"{self.name}__slope1")
        found = [(slope.name, self._line.slope)]
        if not self._is_lifted:
            found += [
                (self._turn.name, self._line.turn),
                (self._growth.name, call("exprel", self._turn)),
            ]
        predicted = add(Name(self.name), multiply(slope, multiply(DT, self._growth)))
        return [*found, (self.name + MARK, predicted)]

    def end(self, moved):
        """Temporaries of the correction."""
        return [] if self.is_alone else [(f"{self.name}__slope2", moved.read(self.drift))]

    def finish(self):
        """The value at the end of the step."""
        predicted = Name(self.name + MARK)
        if self.is_alone:
            return predicted
        slope, later = Name(f"{self.name}__slope1"), Name(f"{self.name}__slope2")
        if self._turn == ZERO:
            return add(predicted, multiply(multiply_step(0.5), Binary("-", later, slope)))
        decay = add(ONE, multiply(self._turn, self._growth))
        weight = multiply(DT, find_phi2(self._turn, self._growth))
        return add(predicted, multiply(weight, Binary("-", later, multiply(slope, decay))))


def _is_moved(expression, moving):
    """Whether a value changes with any of some names, or may do so by itself."""
    return varies(expression) or any(name in moving for name in names_in(expression))
