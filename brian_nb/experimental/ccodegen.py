"""State updaters in generated code: here all of them are compiled."""

from brian_nb.network.updaters import NonlinearStateUpdater

__all__ = ["AutoCompiledNonlinearStateUpdater"]


class AutoCompiledNonlinearStateUpdater(NonlinearStateUpdater):
    """Integrates equations by the explicit Euler method, first order, in compiled code.

    Parameters
    ----------
    eqs : Equations or str
    clock : Clock, optional
    freeze : bool
        Accepted for old scripts: values of external names are those that they had when the
        equations were written.
    """

    def __init__(self, eqs, clock=None, freeze=False):
        super().__init__(eqs, clock, freeze=freeze)
