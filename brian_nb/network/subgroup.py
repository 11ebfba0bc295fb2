"""Subgroups: contiguous parts of a group."""

from brian_nb.network.neurons import Neurons


class Subgroup(Neurons):
    """A view on neurons ``first .. first + size - 1`` of a group or subgroup."""

    def __init__(self, parent, first, size):
        super().__init__(parent.owner, parent.first + first, size)
        self.__dict__["label"] = ""

    def list_needed(self):
        return [*super().list_needed(), self.owner]

    @property
    def clock(self):
        """The clock of the whole group."""
        return self.owner.clock

    def describe(self):
        if self.label:
            return f"`{self.label}`"
        return f"neurons {self.first} to {self.first + self.size - 1} of {self.owner.describe()}"

    def __repr__(self):
        return f"<Subgroup: {self.describe()}>"
