"""Source for all rules at synapses of a network."""

from functools import partial

from brian_nb.codegen.meetings import write_barrier
from brian_nb.codegen.modulation import ModulationSource, name_factors
from brian_nb.codegen.plasticity import PlasticitySource


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
    return {
        population: _find_master(model, tables, rule.synapses, side)
        for rule in (*model.plasticities, *model.modulations)
        for side, population in rule.traces
    }


def _find_master(model, tables, k, side):
    item = model.synapses[k]
    if side == "pre":
        return item.source, tables.integer(f"source_first{k}", "synapses", k, "source_first")
    if side == "post":
        return item.target, tables.integer(f"target_first{k}", "synapses", k, "target_first")
    return None, ""


def find_factors(model, synapses, tables):
    """Local name of the factors for a set of synapses; None where there are none."""
    found = _find_modulations(model, synapses)
    return name_factors(tables, found[0][0]) if found else None


class RuleSources:
    """Writes the code of all rules.

    Parameters
    ----------
    model : NetworkModel
    sources : list of PopulationSource
    synapses : list of SynapseSource
    tables : Tables
    """

    def __init__(self, model, sources, synapses, tables):
        self._model, self._tables = model, tables
        self._sources, self._synapses = sources, synapses
        self._plasticities = [
            self._make_plasticity(index, rule) for index, rule in enumerate(model.plasticities)
        ]

    def modulation_writers(self, synapses):
        """Writers of the factors for a set of synapses."""
        found = _find_modulations(self._model, synapses)
        for index, rule in found:
            ring, values = found[0][0], self._sources[rule.population]
            item = self._synapses[synapses]
            yield ModulationSource(ring, index == ring, rule, item, values).write
        if found:
            yield partial(write_barrier, tables=self._tables)

    def plasticity_writers(self, clock):
        """Writers of what spikes do to weights in the steps of a clock."""
        for source in self._plasticities:
            if clock in (source.synapses.source.clock, source.synapses.target.clock):
                yield partial(source.write, clock=clock)

    def write_check(self, lines):
        """Count the weights that are not finite."""
        seen = {}
        for source in self._plasticities:
            seen.setdefault(source.rule.synapses, source)
        for source in seen.values():
            source.write_check(lines)

    def _make_plasticity(self, index, rule):
        traces = {side: self._sources[place] for side, place in rule.traces}
        synapses = self._synapses[rule.synapses]
        return PlasticitySource(index, rule, synapses, traces)


def _find_modulations(model, synapses):
    found = enumerate(model.modulations)
    return [(index, rule) for index, rule in found if rule.synapses == synapses]
