"""Equations as a user writes them, with the names they were written among."""

from brian_nb.diagnostics import Source
from brian_nb.equations import Assembly, Part, parse_equations, resolve_parts
from brian_nb.equations.affine import is_linear
from brian_nb.equations.dimensions import check_dimensions
from brian_nb.equations.parts import (
    find_new_names,
    join_assemblies,
    rename_assembly,
    substitute_keywords,
)
from brian_nb.equations.resolving import order_variables
from brian_nb.equations.writing import write_statements
from brian_nb.errors import BrianError, ModelError
from brian_nb.network import equation_values, step_code
from brian_nb.network.scope import as_source, caller_namespace
from brian_nb.network.surroundings import capture_around


class Equations:
    """The equations of a model.

    Each line is one of ``dx/dt = f : unit`` (differential equation), ``x = f : unit`` (static
    equation), ``x = y`` (alias) or ``x : unit`` (parameter). External names take the values that
    they have around the caller when the object is made. Equations are put together with ``+``;
    each part keeps its own values, also where another part has the same name for another value.

    Parameters
    ----------
    expr : str, Source, Equations, or list of them
        A `Source` is a text that knows where it was typed.
    level : int
        How many calls further up the namespace is.
    namespace : mapping of str to object, optional
        Names around the equations; those of the caller if omitted.
    **keywords
        A string gives a name of the text another name, or puts an expression in its place; None
        gives it a name that nothing else has. Any other value is the value of an external name;
        then all external names must be given so, and nothing around the caller counts.

    Raises
    ------
    EquationError
        The text is no set of equations, or two parts define the same name.
    ModelError
        `expr` is something else.

    Examples
    --------
    >>> from brian_nb.units import mV, ms
    >>> eqs = Equations("dx/dt = (y - x)/tau : volt", tau=10 * ms)
    >>> eqs += Equations("dy/dt = -y/tau : volt", tau=5 * ms)
    >>> eqs.apply("y", {"y": 10 * mV})
    -2. mV/ms
    """

    _assembly = Assembly()
    _system = None

    def __init__(self, expr="", level=0, namespace=None, **keywords):
        pieces = expr if isinstance(expr, (list, tuple)) else [expr]
        has_values = any(not (item is None or isinstance(item, str)) for item in keywords.values())
        around = namespace
        if namespace is None and not has_values:
            around = caller_namespace(level)
        total = Equations.from_assembly(Assembly())
        for piece in pieces:
            total = total + (piece if isinstance(piece, Equations) else _read(piece, around, level))
        self._assembly, self._new_names = substitute_keywords(total._assembly, keywords)
        if around is not None:
            self._assembly = capture_around(self._assembly, around)

    @classmethod
    def from_assembly(cls, assembly):
        """Equations from parts that are put together already."""
        equations = cls.__new__(cls)
        equations._assembly = assembly
        return equations

    @property
    def assembly(self):
        """The parts, names not yet looked up: an `Assembly`."""
        return self._assembly

    # -- putting together ------------------------------------------------------------------

    def __add__(self, other):
        other = read_operand(other)
        if other is None:
            return NotImplemented
        first, second = separate(self, other)
        return Equations.from_assembly(join_assemblies(first._assembly, second._assembly))

    def __radd__(self, other):
        other = read_operand(other)
        return NotImplemented if other is None else other + self

    def renamed(self, names):
        """The same equations with other names, given by the old ones."""
        return type(self).from_assembly(rename_assembly(self._assembly, names))

    # -- finished equations ----------------------------------------------------------------

    def resolve(self, unit_checking=True):
        """Look up all names and check all units.

        Returns
        -------
        EquationSystem

        Raises
        ------
        UnknownNameError, DimensionMismatchError, EquationError
        """
        if self._system is None:
            self._system = resolve_parts(self._assembly.parts)
        if unit_checking:
            check_dimensions(self._system)
        return self._system

    def prepare(self, check_units=True):
        """Look up all names and check all units, as a `NeuronGroup` does (see `resolve`)."""
        self.resolve(unit_checking=check_units)

    def check_units(self):
        """Check the units of all equations.

        Raises
        ------
        DimensionMismatchError
            All problems of all equations.
        """
        self.resolve()

    def get_Vm(self):
        """Name of the membrane potential; None where the equations have no variables.

        It is the first of `v`, `V`, `vm` and `Vm` that there is, else the first variable.
        """
        return next(iter(order_variables(self._assembly.statements)), None)

    def islinear(self):
        """Whether the equations are linear in their state; the time may enter."""
        return is_linear(self.resolve(unit_checking=False))

    def analyse(self):
        """Say of each variable how it can be solved (see `brian_nb.equations.analysis`).

        Returns
        -------
        Analysis
        """
        from brian_nb.equations.analysis import analyse_system

        return analyse_system(self.resolve())

    # -- values ----------------------------------------------------------------------------

    def apply(self, state, vars):  # noqa: A002 - the manual's name
        """Value of a static equation, or right-hand side of a differential equation.

        Parameters
        ----------
        state : str
            The variable.
        vars : mapping of str to Quantity, number or array_like
            Values of the state variables and parameters that enter; `t` is 0 if omitted.
            Arrays and plain numbers are SI values. Noise counts as 0.

        Returns
        -------
        Quantity
            Of arrays, float64[...] in SI units.

        Raises
        ------
        UnknownNameError
            There is no such variable, or a value is missing.
        DimensionMismatchError
            A value has another dimension than its variable.
        """
        return equation_values.apply_equation(self.resolve(unit_checking=False), state, vars)

    def fixedpoint(self, **initial):
        """Values at which nothing changes any more.

        Noise counts as 0, the time stands still at `t`.

        Parameters
        ----------
        **initial
            Where to start, by variable, and the values of parameters; 0 if omitted.

        Returns
        -------
        dict of str to Quantity
            All state variables and parameters; the initial ones, with a warning, where no fixed
            point was found.

        Raises
        ------
        UnknownNameError, DimensionMismatchError
            A keyword is no variable, or has another dimension.
        """
        return equation_values.find_fixed_point(self.resolve(unit_checking=False), initial)

    def compile_functions(self, freeze=False):
        """Make a function of the right-hand side of each equation.

        Parameters
        ----------
        freeze : bool
            Whether external values become plain numbers, and units are left out throughout.

        Returns
        -------
        dict of str to RightHandSide
            By variable; each takes its `arguments` in order, or by name.
        """
        return equation_values.compile_functions(self.resolve(unit_checking=False), freeze)

    # -- code ------------------------------------------------------------------------------

    def forward_euler_code(self):
        """Python code of one step of the explicit Euler method (see `step_code`)."""
        return step_code.forward_euler_code(self.resolve(unit_checking=False))

    def exponential_euler_code(self):
        """Python code of one step of the exponential Euler method (see `step_code`).

        Raises
        ------
        EquationError
            An equation is not linear in its own variable.
        """
        return step_code.exponential_euler_code(self.resolve(unit_checking=False))

    # -- display ---------------------------------------------------------------------------

    def __str__(self):
        return write_statements(self._assembly.statements)

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def _repr_latex_(self):
        from brian_nb.equations.latex import system_to_latex

        try:
            return system_to_latex(self.resolve(unit_checking=False))
        except BrianError:
            return None  # not finished yet: a sum may define what is missing


def read_operand(item):
    """What is added to equations, as equations; None where it cannot be added.

    A string is read as equations, and 0 counts as none, so that `sum` works.
    """
    if isinstance(item, Equations):
        return item
    if isinstance(item, (str, Source)):
        return Equations(item)
    return Equations() if isinstance(item, int) and item == 0 else None


def separate(first, second):
    """Give names that were chosen here other names where both sets of equations have them.

    Returns
    -------
    tuple of Equations
        The first and the second.
    """
    second = second.renamed(find_new_names(second.assembly, first.assembly.names))
    return first.renamed(find_new_names(first.assembly, second.assembly.names)), second


def _read(piece, around, level):
    """A text as equations."""
    if not isinstance(piece, (str, Source)):
        raise ModelError(
            f"equations are a string or an Equations object, not {piece!r}",
            hint="write them between quotes, such as 'dv/dt = -v/tau : volt'",
        )
    text = parse_equations(as_source(piece, "equations", level))
    return Equations.from_assembly(Assembly((Part(text, around=around),)))
