"""An equation -> formulas for the value of its variable one step later, by SymPy.

Two kinds of equations are solved, which are most of those that can be: linear ones, whose
coefficients may depend on the time, and those that do not depend on the time. What comes out are
candidates: a logarithm has many branches, a root two signs, so each has to be checked with numbers.

Source
------
Hairer, Norsett & Wanner 1993, Solving Ordinary Differential Equations I, section I.3.
"""

MAX_OPERATIONS = 300
"""Of a formula; a longer one is slower than a method of high order."""


def find_flows(algebra, variable, drift):
    """Give formulas for the value of a variable one step later.

    Parameters
    ----------
    algebra : Algebra
    variable : str
    drift : Expression
        Right-hand side: no other variable that changes is in it.

    Yields
    ------
    sympy.Expr
        Of the variable, the time ``t``, the step ``dt``, constants and parameters. First come those
        that hold for a positive variable; they are the shorter ones, and often hold for all.
    """
    sympy, form = algebra.sympy, algebra.convert(drift)
    for known in ({"positive": True}, {"real": True}):
        x = sympy.Symbol(variable, **known)
        problem = _Problem(sympy, x, algebra.time, form.subs(algebra.symbol(variable), x))
        for flow in problem.solve():
            if flow.count_ops() <= MAX_OPERATIONS:
                yield flow


class _Problem:
    """The initial value problem ``dx/dt = drift`` from `x` at the time `t`."""

    def __init__(self, sympy, x, t, drift):
        self.sympy, self.x, self.t, self.drift = sympy, x, t, drift
        self.dt = sympy.Symbol("dt", positive=True)

    def solve(self):
        slope = self.sympy.simplify(self.drift.diff(self.x))
        if not slope.has(self.x):
            return self._solve_linear(slope)
        if self.drift.has(self.t):
            return []
        return (_shorten(self.sympy, flow) for flow in self._solve_separated())

    def _solve_linear(self, slope):
        """``exp(A(t + dt) - A(t))*x``, and what the rest of the drift adds; A is the integral."""
        sympy, t, later = self.sympy, self.t, self.t + self.dt
        grown = sympy.integrate(slope, t)
        rest = sympy.expand(self.drift - slope * self.x)
        course = sympy.Add(*(self._respond(term, grown) for term in sympy.Add.make_args(rest)))
        growth = sympy.exp(sympy.simplify(grown.subs(t, later) - grown))
        if slope == 0:  # no difference of two long times is left
            return [self.x + sympy.expand(course.subs(t, later) - course)]
        return [(self.x - course) * growth + course.subs(t, later)]

    def _respond(self, drive, grown):
        """What one term of the drift adds, alone: together, exponentials of long times overflow."""
        sympy = self.sympy
        course = sympy.integrate(drive * sympy.exp(-grown), self.t)
        return sympy.simplify(_take_general(sympy, course) * sympy.exp(grown))

    def _solve_separated(self):
        """Solve ``G(y) - G(x) = dt`` for y, where G is the integral of 1/drift."""
        sympy = self.sympy
        y = sympy.Symbol("later " + self.x.name, **self.x.assumptions0)
        duration = _take_general(sympy, sympy.integrate(sympy.simplify(1 / self.drift), self.x))
        if duration.has(sympy.Integral):
            return []
        passed = sympy.expand(duration.subs(self.x, y) - duration)
        factor, ratio = self._join_logarithms(passed, y)
        if ratio is None:
            return sympy.solve(passed - self.dt, y)
        power = sympy.Symbol("power", positive=True)
        found = sympy.solve(ratio - power, y)
        return [item.subs(power, sympy.exp(self.dt / factor)) for item in found]

    def _join_logarithms(self, passed, y):
        """Write a sum of logarithms as ``factor*log(ratio)``; the ratio is None where that fails.

        Logarithms of negative numbers do no harm then: the ratio is positive, as x and y lie
        between the same two points of rest.
        """
        sympy, factor, ratio = self.sympy, None, 1
        for term in sympy.Add.make_args(passed):
            share, rest = term.as_independent(self.x, y, as_Add=False)
            factor = share if factor is None else factor
            exponent = sympy.simplify(share / factor)
            if not (isinstance(rest, sympy.log) and exponent.is_Rational):
                return None, None
            ratio *= rest.args[0] ** exponent
        return factor, ratio


def _take_general(sympy, form):
    """The formula for values of constants that have no relation to each other."""
    return form.replace(sympy.Piecewise, lambda *branches: branches[0][0])


def _shorten(sympy, form):
    """The shorter of two ways to write a formula; poles are zeros of denominators then.

    `simplify` makes few of them shorter, and takes as long as all else.
    """
    if form.has(sympy.tan):
        form = sympy.expand_trig(form)
        form = form.replace(sympy.tan, lambda angle: sympy.sin(angle) / sympy.cos(angle))
    joined = sympy.cancel(sympy.together(sympy.powsimp(sympy.expand(form))))
    return min((form, joined), key=lambda item: item.count_ops())
