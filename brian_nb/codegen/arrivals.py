"""Source for synapses that have delays of their own: what comes later waits in lists or sums.

A spike is propagated when it is fired, with the weights of that step; `engine.arrivals` says how
its effects wait.
"""

from dataclasses import dataclass

from brian_nb.codegen.synapses import SynapseSource


@dataclass(frozen=True)
class DelayedSource(SynapseSource):
    """Writes the code of synapses with a delay each."""

    def waiting(self, stem, role):
        """Local name of an integer of what is on its way."""
        return self.tables.integer(self.name(stem), "arrivals", self.index, role)

    def waiting_array(self, stem, code, role):
        """Local name of an array of what is on its way."""
        return self.tables.array(self.name(stem), code, "arrivals", self.index, role)

    @property
    def head(self):
        """Local name of the slot of the present step of the target's clock."""
        name = self.name("head")
        return self.tables.integer(name, "arrivals", self.index, "head", saved=True)

    def write_propagation(self, lines):
        """Let the effects of the spikes of this step come, each in its time."""
        lines.add(
            f"# synapses {self.index}: population {self.source.index} -> {self.target.index}, "
            "each with its delay",
            f"{self.name('w')} = {self._scale}[0]",
            f"lists = thread*{self._n_slots}",
        )

        def write(amount):
            with lines.block("for k in range(begin, end):"):
                self._write_entry(lines, amount)

        with self.spike_loop(lines):
            self.write_row(lines)
            self.write_amounts(lines, write)

    def write_arrival(self, lines):
        """Add what comes in this step to the targets."""
        count, summed = self._counts, self._summed
        lines.add(
            f"# arrivals of synapses {self.index}",
            f"place = thread*{self._n_slots} + {self.head}",
        )
        with lines.block(f"if {summed}[place] == 0:"):
            self._write_list_arrival(lines)
        with lines.block("else:"):
            self._write_drain(lines, self.head, f"{count}[place]")
            first, size = self.write_targets(lines)
            lines.add(f"row = {self.head}*{size} - {first}")
            with lines.block("for i in range(begin, end):"):
                lines.add(f"{self.state}[i] += {self._sums}[row + i]")
                lines.add(f"{self._sums}[row + i] = 0.0")
            lines.add(f"{summed}[place] = 0")
        lines.add(f"{count}[place] = 0")

    def write_advance(self, lines):
        """Move on to the slot of the next step."""
        head = self.head
        lines.add(f"{head} = {head} + 1 if {head} + 1 < {self._n_slots} else 0")

    # -- details ---------------------------------------------------------------------------

    def _write_entry(self, lines, amount):
        """Enter what synapse `k` adds into the list of its step; a full list goes to the sums."""
        count, room = self._counts, self._room
        targets = self.targets
        lines.add(f"slot = {self.head} + {self._lags}[k]")
        lines.add(f"slot = slot - {self._n_slots} if slot >= {self._n_slots} else slot")
        lines.add("place = lists + slot", f"count = {count}[place]")
        with lines.block(f"if count == {room}:"):
            self._write_drain(lines, "slot", room)
            lines.add(f"{self._summed}[place] = 1", "count = 0")
        lines.add(
            f"{self._entries}[place*{room} + count] = {targets}[k]",
            f"{self._amounts}[place*{room} + count] = {amount}",
            f"{count}[place] = count + 1",
        )

    def _write_drain(self, lines, slot, n_entries):
        """Add up a list, `place`, into the sums of its slot."""
        row = f"{slot}*{self.integer('target_size', 'target_size')}"
        lines.add(f"first = place*{self._room}", f"last = first + {n_entries}")
        with lines.block("for e in range(first, last):"):
            lines.add(f"{self._sums}[{row} + {self._entry('e')}] += {self._amounts}[e]")

    def _write_list_arrival(self, lines):
        """Make the sums of the listed targets, then add each to its target."""
        arriving = self.waiting_array("arriving", "f64", "arriving")
        lines.add(f"first = place*{self._room}", f"last = first + {self._counts}[place]")
        with lines.block("for e in range(first, last):"):
            lines.add(f"{arriving}[{self._entry('e')}] += {self._amounts}[e]")
        with lines.block("for e in range(first, last):"):
            lines.add(
                f"i = {self._entries}[e]",
                f"{self.state}[i] += {arriving}[i - {self._first}]",
                f"{arriving}[i - {self._first}] = 0.0",
            )

    def _entry(self, place):
        """Source text of the target of an entry, counted within the range of targets."""
        return f"({self._entries}[{place}] - {self._first})"

    @property
    def _first(self):
        return self.integer("target_first", "target_first")

    @property
    def _lags(self):
        return self.array("lags", "u32", "lags")

    @property
    def _fetched(self):
        return *super()._fetched, (self._lags, 4, None)

    @property
    def _n_slots(self):
        return self.waiting("n_slots", "n_slots")

    @property
    def _room(self):
        return self.waiting("list_room", "room")

    @property
    def _counts(self):
        return self.waiting_array("list_count", "i64", "counts")

    @property
    def _summed(self):
        return self.waiting_array("list_summed", "i64", "summed")

    @property
    def _entries(self):
        return self.waiting_array("entry_target", "u32", "targets")

    @property
    def _amounts(self):
        return self.waiting_array("entry_amount", "f64", "amounts")

    @property
    def _sums(self):
        return self.waiting_array("sums", "f64", "sums")
