"""The ``%%brian`` magic: a cell of equations becomes a group of neurons."""

from IPython.core.magic import Magics, cell_magic, magics_class, no_var_expand
from IPython.display import display

from brian_nb.errors import UnknownNameError
from brian_nb.magics.cell import split_cell
from brian_nb.magics.line import MAGIC
from brian_nb.magics.notice import Notice
from brian_nb.network import Equations, NeuronGroup
from brian_nb.network.definition import define_group
from brian_nb.network.replace import replace_group
from brian_nb.network.scope import describe_cell
from brian_nb.widgets.changes import find_driver


@magics_class
class BrianMagics(Magics):
    """Cell magics that define models."""

    @no_var_expand
    @cell_magic
    def brian(self, line, cell):
        """Define a group of neurons by its equations, one a line, each with its unit.

        The first line is ``%%brian NAME N``: the name that the group will have, and its number of
        neurons, such as 4000 or n_neurons. Without N, the cell defines an `Equations` object.
        Lines that begin with one of these words say the rest; the words cannot be names of
        parameters here::

            threshold:   condition, or value to exceed: v > -50*mV, or -50*mV
            reset:       statements, or value to take: v = Vr; w += b, or -60*mV
            refractory:  time for which the membrane stays reset: 5*ms
            init:        initial values: v = Vr + (Vt - Vr)*rand()
            method:      integrator: linear, exact, exact_noise, nonlinear, Euler,
                         Milstein, RK, Heun, RK4, exponential_Euler,
                         exponential_RK2, backward_Euler

        Each may stand on the first line instead, as in ``--refractory 5*ms``; a value with spaces
        needs quotes there. A cell that is run again puts the new group in the place of the old
        one, in connections, monitors and subgroups too.

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
        parts = split_cell(line, cell, describe_cell(), self._find_first_line())
        names = self.shell.user_ns
        if parts.size is None:
            result = Equations(parts.equations, namespace=names)
            _show_equations(result)
        else:
            result = define_group(parts.size, parts.equations, names, parts.sections)
            result.label = parts.name
            display(result)
        self._put(parts.name, result)

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

    def _find_first_line(self):
        """Number that the magic's line has in the cell that is being run."""
        raw = self.shell.history_manager.input_hist_raw[-1] if self.shell.history_manager else ""
        return raw.count("\n", 0, max(0, raw.find(MAGIC))) + 1


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
