"""Exceptions of brian_nb: one base class, one class per stage of the flow.

Every exception carries each `Diagnostic` that it reports, so that a terminal, a
notebook cell and a live panel can each show the same facts in their own form.
"""

from brian_nb.diagnostics import Diagnostic, render_text


class BrianError(Exception):
    """Base of all errors that brian_nb raises on purpose.

    Parameters
    ----------
    *diagnostics : Diagnostic or str
        What went wrong; a plain string becomes a diagnostic without a place.
    hint : str, optional
        One suggestion, used when a plain string is given.
    """

    def __init__(self, *diagnostics, hint=None):
        self.diagnostics = tuple(
            item if isinstance(item, Diagnostic) else Diagnostic(str(item), hint=hint)
            for item in diagnostics
        )
        super().__init__(*diagnostics)

    def __str__(self):
        return "\n\n".join(render_text(item) for item in self.diagnostics)

    def __reduce__(self):
        return type(self), self.diagnostics

    def _render_traceback_(self):
        """Give IPython the lines to show instead of a traceback (`%tb` still has it)."""
        return f"{type(self).__name__}: {self}".splitlines()


class DimensionMismatchError(BrianError, ValueError):
    """Two quantities with different physical dimensions met."""


class EquationError(BrianError, ValueError):
    """The text of a model cannot be understood."""


class UnknownNameError(BrianError, NameError):
    """A name in a model, or of a variable of a group, stands for nothing."""


class ModelError(BrianError, ValueError):
    """An object was described with values that do not fit together."""


class WiringError(BrianError, ValueError):
    """A connection was described with wrong sizes, weights or delays."""


class SimulationError(BrianError, ArithmeticError):
    """A run met a state that is no number, or could not go on."""


class RunInterrupted(KeyboardInterrupt):
    """The user interrupted a run, or what comes before it.

    The run ended after a whole step, and its data is kept.
    """

    def _render_traceback_(self):
        """Give IPython one line to show: there is nothing to look for in the library's code."""
        return [f"{type(self).__name__}: {self}"]
