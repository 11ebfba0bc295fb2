"""Membrane equations: a capacitance, and currents that are added to it."""

from dataclasses import dataclass, replace
from functools import cached_property

from brian_nb.diagnostics import Source
from brian_nb.equations import Assembly, Part, parse_equations
from brian_nb.equations.parsing import is_identifier
from brian_nb.equations.parts import join_assemblies, rename_assembly
from brian_nb.equations.statements import Alias
from brian_nb.equations.unit_text import read_unit
from brian_nb.errors import BrianError, ModelError
from brian_nb.library.building import capture_words
from brian_nb.network.equations import Equations, read_operand, separate
from brian_nb.units import ALL_UNITS, get_dimension

POTENTIAL = "vm"
"""How currents call the membrane potential."""

_NOT_GIVEN = object()
_AMP = get_dimension(ALL_UNITS["amp"])


@dataclass(frozen=True)
class Term:
    """A current in a sum; `sign` is "+" where it charges the membrane, else "-"."""

    sign: str
    name: str

    def renamed(self, names):
        """The same current under its new name."""
        return replace(self, name=names.get(self.name, self.name))


@dataclass(frozen=True)
class Membrane:
    """``C dv/dt = sum of currents``.

    Parameters
    ----------
    potential : str
    capacitance : Quantity, number or str
        A value, or the text of an expression.
    around : mapping of str to object
        Values of the names in that text.
    currents : tuple of Term
    """

    potential: str
    capacitance: object
    around: object
    currents: tuple[Term, ...] = ()

    def renamed(self, names):
        """The same with other names of the potential and the currents."""
        return replace(
            self,
            potential=names.get(self.potential, self.potential),
            currents=tuple(term.renamed(names) for term in self.currents),
        )

    @cached_property
    def part(self):
        """The differential equation, as a part of a model."""
        divisor, given = self.capacitance, {}
        if not isinstance(divisor, str):
            divisor = "C"
            while divisor in (self.potential, *(term.name for term in self.currents)):
                divisor += "m"
            given = {divisor: self.capacitance}
        elif not is_identifier(divisor):
            divisor = f"({divisor})"
        total = f"{_write_sum(self.currents)}/{divisor}" if self.currents else "0"
        text = f"d{self.potential}/dt = {total} : volt"
        source = Source(text, f"membrane equation of {self.potential}")
        return Part(parse_equations(source), given=given, around=self.around)


class CurrentSum(Equations):
    """Equations that know which of their variables are currents, and which membranes they have.

    Whatever the order in which such equations are added, each current ends in the sum of the
    membrane. The class is what `Current` and `MembraneEquation` share, and not made itself.
    """

    _rest = Assembly()
    _terms = ()
    _membranes = ()

    def _set(self, rest, terms, membranes):
        """Take parts beside the membranes, currents without a membrane yet, and membranes."""
        self._rest, self._terms, self._membranes = rest, tuple(terms), tuple(membranes)
        written = tuple(membrane.part for membrane in self._membranes)
        self._assembly = Assembly(written + rest.parts, rest.hidden)
        self._system = None

    def _with(self, rest, terms, membranes):
        changed = type(self).__new__(type(self))
        changed.__dict__.update(self.__dict__)
        changed._set(rest, terms, membranes)
        return changed

    @property
    def currents(self):
        """Names of the currents with their signs: a tuple of `Term`."""
        return self._terms + tuple(term for item in self._membranes for term in item.currents)

    def renamed(self, names):
        if not names:
            return self
        return self._with(
            rename_assembly(self._rest, names),
            [term.renamed(names) for term in self._terms],
            [membrane.renamed(names) for membrane in self._membranes],
        )

    def __add__(self, other):
        other = read_operand(other)
        return NotImplemented if other is None else _join(self, other)

    def __radd__(self, other):
        other = read_operand(other)
        return NotImplemented if other is None else _join(other, self)


class Current(CurrentSum):
    """A current to be added to a membrane equation, positive where it charges the membrane.

    Parameters
    ----------
    expr : str, Equations, or list of them
        Equations of which one defines the current. They call the membrane potential ``vm``, or by
        its name.
    current_name : str, optional
        The variable that is the current; if omitted, the only variable, or the only one in amp.
    level, namespace, **keywords
        As of `Equations`.
    I : str, optional
        Without `expr`, the right-hand side and unit of a current called I: ``'(V0-vm)/R : amp'``.

    Raises
    ------
    ModelError
        No variable has that name, or it is not clear which one is the current.

    Examples
    --------
    >>> from brian_nb.units import mV, Mohm, pF
    >>> leak = Current("I = (V0 - vm)/R : amp", V0=-70 * mV, R=50 * Mohm)
    >>> print(MembraneEquation(200 * pF) + leak)
    dvm/dt = I/C : volt
    I = (V0 - vm)/R : amp
    """

    _sign = "+"

    def __init__(
        self,
        expr="",
        current_name=None,
        level=0,
        I=_NOT_GIVEN,  # noqa: E741 - the manual's name
        namespace=None,
        **keywords,
    ):
        if I is not _NOT_GIVEN and not expr:
            expr = f"I = {I}"
        elif I is not _NOT_GIVEN:
            keywords["I"] = I
        super().__init__(expr, level, namespace, **keywords)
        name = _find_current(self._assembly, self._new_names.get(current_name, current_name))
        self._set(self._assembly, [Term(self._sign, name)], ())


class IonicCurrent(Current):
    """A current in the convention of ion channels: positive where it leaves the cell.

    Everything else is as of `Current`.
    """

    _sign = "-"


class MembraneEquation(CurrentSum):
    """A membrane: its capacitance, and the currents that are added to it.

    Parameters
    ----------
    C : Quantity or str
        Capacitance, or the name of a variable that holds it. A time or a number instead makes the
        "currents" voltages or voltages per second.
    vm : str
        Name of the membrane potential.
    level : int
        As of `Equations`, for names in `C`.

    Examples
    --------
    >>> from brian_nb.units import pF
    >>> print(MembraneEquation(200 * pF, vm="V") + IonicCurrent("I : amp"))
    dV/dt = -I/C : volt
    I : amp
    """

    def __init__(self, C, vm=POTENTIAL, level=0):
        around = capture_words([C], level)
        self._set(Assembly(), (), [Membrane(vm, C, around)])


def _join(first, second):
    """The sum of two sets of equations, of which one at least is a `CurrentSum`."""
    first, second = separate(first, second)
    operands = [item for item in (first, second) if isinstance(item, CurrentSum)]
    terms = [term for item in operands for term in item._terms]
    membranes = [membrane for item in operands for membrane in item._membranes]
    pattern = next((item for item in operands if item._membranes), operands[0])
    if not membranes or not terms:
        rest = join_assemblies(_rest_of(first), _rest_of(second))
        return pattern._with(rest, terms, membranes)
    if len(membranes) > 1:
        raise _explain_membranes(terms, membranes)
    defined = first.assembly.defined | second.assembly.defined
    (membrane,) = membranes
    rest = [_name_potential(item, membrane.potential, defined) for item in (first, second)]
    membrane = replace(membrane, currents=membrane.currents + tuple(terms))
    return pattern._with(join_assemblies(*rest), (), [membrane])


def _rest_of(equations):
    """Parts of equations beside the membranes."""
    return equations._rest if isinstance(equations, CurrentSum) else equations.assembly


def _name_potential(equations, potential, defined):
    """The parts of currents, with the potential's own name in the place of ``vm``."""
    rest = _rest_of(equations)
    if potential == POTENTIAL or POTENTIAL in defined or not getattr(equations, "_terms", ()):
        return rest
    parts = tuple(
        rename_assembly(Assembly((part,)), {POTENTIAL: potential}).parts[0]
        if POTENTIAL in part.open_names
        else part
        for part in rest.parts
    )
    return Assembly(parts, rest.hidden)


def _write_sum(terms):
    text = "".join(f" {term.sign} {term.name}" for term in terms)
    text = ("" if terms[0].sign == "+" else "-") + text[len(" + ") :]
    return text if len(terms) == 1 else f"({text})"


def _find_current(assembly, wanted):
    """Name of the variable that is the current."""
    dimensions = {}
    for part in assembly.parts:
        for item in part.text.statements:
            if not isinstance(item, Alias):
                dimensions[item.name] = _read_unit(item.unit, part)
    if wanted is not None:
        if wanted in assembly.defined:
            return wanted
        raise ModelError(
            f"these equations define no current {wanted}",
            hint=f"their variables are {', '.join(dimensions) or 'none'}",
        )
    candidates = list(dimensions)
    if len(candidates) > 1:
        candidates = [name for name, dimension in dimensions.items() if dimension == _AMP]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        fact = f"it is not clear which variable is the current: {', '.join(candidates)} are in amp"
    else:
        fact = "no variable of these equations is in amp, so none is the current"
    first = next(iter(candidates or dimensions), None)
    hint = f"name it, such as current_name={first!r}"
    raise ModelError(fact, hint=hint if first else "write I = ... : amp, or I : amp")


def _read_unit(unit, part):
    """Dimension of a unit; None for what is none, which is reported when names are looked up."""
    try:
        return read_unit(unit, part.values)
    except BrianError:
        return None


def _explain_membranes(terms, membranes):
    currents = " and ".join(term.name for term in terms)
    potentials = ", ".join(membrane.potential for membrane in membranes)
    return ModelError(
        f"the model has {len(membranes)} membranes ({potentials}), "
        f"so it is not clear which one {currents} flows into",
        hint="add a current to a membrane before it is put together with others",
    )
