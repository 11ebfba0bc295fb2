"""Source for all rules at synapses of a network."""

from functools import partial

from brian_nb.codegen.meetings import write_barrier
from brian_nb.codegen.modulation import ModulationSource, name_factors
from brian_nb.codegen.plasticity import PlasticitySource
from brian_nb.codegen.population import STREAMS_PER_POPULATION


def find_masters(model, tables):
    """To which neurons the values of each population of traces belong.

    Parameters
    ----------
    model : NetworkModel
    tables : Tables

    Returns
    -------
    dict of int to (int or None, str)
        By position: that of the population of these neurons, and the local name of the first of
        them; None and "" where values belong to synapses.
    """
    masters = {}
    for kind, rules in (("plasticity", model.plasticities), ("modulation", model.modulations)):
        for index, rule in enumerate(rules):
            for side, population in rule.traces:
                masters[population] = _find_master(model, tables, rule, kind, index, side)
    return masters


def _find_master(model, tables, rule, kind, index, side):
    k = rule.synapses
    if side == "pre":
        first = tables.integer(f"source_first{k}", "synapses", k, "source_first")
        return model.synapses[k].source, first
    if side == "post":
        return model.synapses[k].target, tables.integer(
            f"target_first{index}", kind, index, "target_first"
        )
    return None, ""


class RuleSources:
    """Writes the code of all rules.

    Parameters
    ----------
    model : NetworkModel
    sources : list of PopulationSource
    tables : Tables
    """

    def __init__(self, model, sources, tables):
        self._model, self._sources, self._tables = model, sources, tables
        self._streams = len(sources) * STREAMS_PER_POPULATION
        self._plasticities = [
            self._make_plasticity(index, rule) for index, rule in enumerate(model.plasticities)
        ]

    def modulation_writers(self, synapses):
        """Writers of the factors for a set of synapses."""
        found = self._modulations_of(synapses)
        for index, rule in found:
            ring = found[0][0]
            item = self._model.synapses[synapses]
            parts = self._sources[item.source], self._sources[rule.population], self._tables
            stream = self._stream_of(len(self._plasticities) + index)
            yield ModulationSource(ring, index == ring, rule, *parts, stream).write
        if found:
            yield partial(write_barrier, tables=self._tables)

    def name_factors(self, synapses):
        """Local name of the factors for a set of synapses; None where there are none."""
        found = self._modulations_of(synapses)
        return name_factors(self._tables, found[0][0]) if found else None

    def plasticity_writers(self, clock):
        """Writers of what spikes do to weights in the steps of a clock."""
        for source in self._plasticities:
            if clock in (source.source.clock, source.target.clock):
                yield partial(source.write, clock=clock)

    def write_check(self, lines):
        """Count the weights that are not finite."""
        seen = {}
        for source in self._plasticities:
            seen.setdefault(source.rule.synapses, source)
        for source in seen.values():
            source.write_check(lines)

    def _modulations_of(self, synapses):
        found = enumerate(self._model.modulations)
        return [(index, rule) for index, rule in found if rule.synapses == synapses]

    def _make_plasticity(self, index, rule):
        item = self._model.synapses[rule.synapses]
        ends = self._sources[item.source], self._sources[item.target]
        traces = {side: self._sources[place] for side, place in rule.traces}
        stream = self._stream_of(index)
        return PlasticitySource(index, rule, *ends, traces, self._tables, stream)

    def _stream_of(self, rule):
        return self._streams + rule * STREAMS_PER_POPULATION
