"""The ``%%brian`` magic: a cell of equations becomes a group of neurons."""

from keyword import iskeyword

from IPython.core.error import UsageError
from IPython.core.magic import Magics, cell_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments
from IPython.display import display

from brian_nb.errors import UnknownNameError
from brian_nb.magics.cell import join_options, split_cell
from brian_nb.magics.notice import Notice
from brian_nb.network import Equations, NeuronGroup
from brian_nb.network.definition import define_group
from brian_nb.network.replace import replace_group
from brian_nb.widgets.changes import find_driver


@magics_class
class BrianMagics(Magics):
    """Cell magics that define models."""

    @magic_arguments()
    @argument("name", help="Name that the group, or the equations, will have.")
    @argument("N", nargs="?", help="Number of neurons: 4000, or a name such as n_neurons.")
    @argument("--threshold", help='Condition, or value to exceed: "v > -50*mV", or -50*mV.')
    @argument("--reset", help='Statements, or value to take: "v = Vr; w += b", or -60*mV.')
    @argument("--refractory", help="Time for which the membrane stays reset: 5*ms.")
    @argument("--init", help='Initial values: "v = Vr + (Vt - Vr)*rand()".')
    @argument("--method", help="Integrator: linear, nonlinear, Euler, RK, exponential_Euler.")
    @no_var_expand
    @cell_magic
    def brian(self, line, cell):
        """Define a group of neurons by its equations, one a line, each with its unit.

        Lines that begin with one of the words ``threshold:``, ``reset:``, ``refractory:``,
        ``init:`` or ``method:`` say the rest; these words cannot be names of parameters here.
        Without N, the cell defines an `Equations` object. A cell that is run again puts the new
        group in the place of the old one, in connections, monitors and subgroups too.

        Examples::

            %%brian P 4000
            dv/dt  = (ge - (v - El))/(20*ms) : volt
            dge/dt = -ge/(5*ms)              : volt
            threshold: v > -50*mV
            reset: v = -60*mV
            refractory: 5*ms
            init: v = -60*mV + 10*mV*rand()

            %%brian P 100 --threshold -50*mV --reset -60*mV
            dv/dt = -(v - El)/(20*ms) : volt

            %%brian leak
            dv/dt = (I - v)/tau : volt
            I : volt
        """
        arguments = self.brian.parser.parse_args(join_options(line))
        _require_name(arguments.name)
        place, first_line = self._find_place(cell)
        parts = split_cell(line, cell, f"{place}, `{arguments.name}`", first_line)
        names = self.shell.user_ns
        if parts.size is None:
            _require_equations_only(parts)
            result = Equations(parts.equations, namespace=names)
            _show_equations(result)
        else:
            result = define_group(parts.size, parts.equations, names, parts.sections)
            result.label = arguments.name
            display(result)
        self._put(arguments.name, result)

    def _put(self, name, result):
        """Give the result its name, in the place of the group that had it."""
        names = self.shell.user_ns
        old = names.get(name)
        names[name] = result
        if not isinstance(old, NeuronGroup) or not isinstance(result, NeuronGroup):
            return
        driver = find_driver(old)
        if driver is not None and driver.is_active:
            driver.stop()
            display(Notice(f"The live run of the old `{name}` was stopped; re-run its cell."))
        message = replace_group(old, result, names).message
        if message:
            display(Notice(message))

    def _find_place(self, body):
        """What to call the cell that runs, and the number of the magic's line in it."""
        raw = self.shell.history_manager.input_hist_raw[-1] if self.shell.history_manager else ""
        start = raw.find(body.rstrip("\n"))
        first_line = raw.count("\n", 0, start) if start > 0 else 1
        return f"cell In[{self.shell.execution_count}]", first_line


def _require_name(name):
    if not name.isidentifier() or iskeyword(name):
        raise UsageError(
            f"{name!r} cannot be the name of a group: a name is letters, digits and _, "
            "and comes first, as in %%brian P 4000"
        )


def _show_equations(equations):
    """Typeset equations; where names have no value yet, say so, for they may come later.

    Raises
    ------
    DimensionMismatchError, EquationError
    """
    try:
        equations.resolve()
    except UnknownNameError as error:
        facts = "; ".join(item.fact for item in error.diagnostics)
        display(Notice(f"Defined, but {facts} so far. A group needs all names."))
    else:
        display(equations)


def _require_equations_only(parts):
    """Refuse sections in a cell without a number of neurons."""
    for word in parts.sections:
        raise UsageError(
            f"`{word}` belongs to a group, and without a number of neurons the cell defines "
            "equations only; write the number after the name, as in %%brian P 4000"
        )
