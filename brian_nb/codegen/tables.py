"""The tables through which generated source reaches its data."""

import re
from dataclasses import dataclass, field

from brian_nb.equations.expressions import Expression

_BINDING = re.compile(r"(?<= = )(integers\[\d+\]|i32\(A, \d+\))$", re.MULTILINE)


@dataclass(frozen=True)
class ArraySlot:
    """An array that the source reads or writes.

    Parameters
    ----------
    code : str
        Element type: "f64", "f32", "i64", "i32" or "u32".
    part : str
        Kind of part, such as "population" (see `engine.Storage.part`).
    index : int
        Which one of its part.
    role : str
        What the array is for that part, such as "state" or "targets".
    name : str
        Which one where a part has several arrays of a role.
    length : int
        Where the source decides it, as for scratch space; 0 elsewhere.
    """

    code: str
    part: str
    index: int
    role: str
    name: str = ""
    length: int = 0


@dataclass(frozen=True)
class NumberSlot:
    """A floating-point number that is computed before a segment from constants of its part."""

    part: str
    index: int
    expression: Expression


@dataclass(frozen=True)
class IntegerSlot:
    """An integer, such as a size or a counter; `saved` ones are written back after a segment."""

    part: str
    index: int
    role: str
    saved: bool = False


@dataclass(frozen=True)
class Program:
    """Generated source with what its tables hold, in order.

    Parameters
    ----------
    source : str
    arrays, numbers, integers : tuple
    checked : tuple of (int, str)
        Variables that are checked for values that are not finite, each with its population.
    probe_stages : dict of int to int
        Calls that come before each probe in a step of its clock.
    """

    source: str
    arrays: tuple[ArraySlot, ...]
    numbers: tuple[NumberSlot, ...]
    integers: tuple[IntegerSlot, ...]
    checked: tuple[tuple[int, str], ...]
    probe_stages: dict[int, int]

    def source_for(self, n_threads, fixed):
        """The source, in which what never changes in this network is known beforehand.

        Compiled code then has no loops over a single thread and no meetings of it, and none over
        a single neuron: a step of one neuron takes half the time.

        Parameters
        ----------
        n_threads : int
        fixed : mapping of int to int
            Integers that are known, by their place in the table.
        """
        known = {f"integers[{place}]": str(value) for place, value in fixed.items()}
        if fixed:  # of single neurons: the number of a neuron that fired can only be 0
            known |= {
                f"i32(A, {place})": f"zeros(A, {place})"
                for place, slot in enumerate(self.arrays, start=2)
                if (slot.part, slot.role) == ("population", "spikes")
            }
        source = _BINDING.sub(lambda found: known.get(found[0], found[0]), self.source)
        head = "def advance(A, thread, n_threads):\n"
        facts = ["thread = 0", "n_threads = 1"] if n_threads == 1 else []
        source = source.replace("in lane_range(", "in single_range(") if fixed else source
        return source.replace(head, head + "".join(f"    {fact}\n" for fact in facts), 1)


@dataclass
class Tables:
    """Tables under construction: hands out a local name for each thing asked for, once."""

    arrays: dict = field(default_factory=dict)
    numbers: dict = field(default_factory=dict)
    integers: dict = field(default_factory=dict)
    routines: dict = field(default_factory=dict)

    def array(self, name, code, part, index, role, which="", length=0):
        """Local name under which the source sees an array."""
        return self.arrays.setdefault(ArraySlot(code, part, index, role, which, length), name)

    def number(self, part, index, expression):
        """Local name of a number computed before the segment."""
        slot = NumberSlot(part, index, expression)
        return self.numbers.setdefault(slot, f"k{len(self.numbers)}")

    def integer(self, name, part, index, role, saved=False):
        """Local name of an integer."""
        return self.integers.setdefault(IntegerSlot(part, index, role, saved), name)

    def routine(self, name, text):
        """Enter a function that the source defines and calls."""
        self.routines[name] = text

    def definitions(self):
        """Lines that define the functions, each after those that it calls."""
        return [line for text in self.routines.values() for line in text.splitlines()]

    def bindings(self):
        """Lines that read the tables into local names."""
        lines = ["numbers = f64(A, 0)", "integers = i64(A, 1)"]
        lines += [
            f"{name} = {slot.code}(A, {place})"
            for place, (slot, name) in enumerate(self.arrays.items(), start=2)
        ]
        lines += [f"{name} = integers[{k}]" for k, name in enumerate(self.integers.values())]
        lines += [f"{name} = numbers[{k}]" for k, name in enumerate(self.numbers.values())]
        return lines

    def savings(self):
        """Lines that write changed integers back."""
        return [
            f"integers[{k}] = {name}"
            for k, (slot, name) in enumerate(self.integers.items())
            if slot.saved
        ]
