"""The names of a function and where their values are."""

from llvmlite import ir

from brian_nb.kernels.frontend.arithmetic import convert
from brian_nb.kernels.frontend.kinds import ArrayKind


class Scope:
    """Names of one call of a function, those of the functions around it behind them.

    Numbers have a place on the stack, out of which LLVM brings them into registers; arrays have
    an address that does not change.

    Parameters
    ----------
    builder : llvmlite.ir.IRBuilder
    kinds : kinds.FunctionKinds
    n_lanes : int
        Numbers that go through vector code together.
    outer : Scope, optional
    """

    def __init__(self, builder, kinds, n_lanes, outer=None):
        self.kinds = kinds
        self.n_lanes = n_lanes
        self.outer = outer
        self._builder = builder
        self._places = {}

    def read(self, name):
        """Value of a name.

        Returns
        -------
        llvmlite.ir.Value or pointers.ArrayPointer

        Raises
        ------
        KeyError
            Nothing has been assigned to it before.
        """
        if name not in self.kinds.names and self.outer:
            return self.outer.read(name)
        place = self._places[name]
        return self._builder.load(place) if isinstance(place, ir.AllocaInstr) else place

    def assign(self, name, value):
        """Give a name a number, or an array for good."""
        kind = self.kinds.names[name]
        if isinstance(kind, ArrayKind | ir.PointerType):
            self._places[name] = value
            return
        if name not in self._places:
            self._places[name] = reserve(self._builder, kind)
        self._builder.store(convert(self._builder, value, kind), self._places[name])

    def forget(self, name):
        """Let a name have no value until one is assigned to it again."""
        self._places.pop(name, None)

    def find_definer(self, kinds):
        """The scope, this one or one further out, that has these kinds."""
        return self if self.kinds is kinds else self.outer.find_definer(kinds)


def reserve(builder, kind):
    """A place for a number, reserved once for all rounds of a loop."""
    with builder.goto_entry_block():
        return builder.alloca(kind)
