"""Sizes of what a segment works with, brought in line with the lengths of steps and delays."""

from brian_nb.engine.rules import fit_factors, fit_rules


def fit_storage(model, storage, n_threads):
    """Fit arrivals, rules, probes and spike rings to the clocks, the delays and the threads.

    Parameters
    ----------
    model : NetworkModel
    storage : Storage
    n_threads : int

    Returns
    -------
    bool
        Whether spikes are read later than in the step in which they are fired.

    Raises
    ------
    SimulationError
        See `fit_rules`.
    """
    longest = [
        storage.timebases[item.clock].steps_in(state.max_delay)
        for item, state in zip(model.populations, storage.populations, strict=True)
    ]

    def wait(population, steps):
        longest[population] = max(longest[population], steps)

    for item, synapses in zip(model.synapses, storage.synapses, strict=True):
        wait(item.source, storage.timebases[model.clock_of(item)].steps_in(synapses.delay))
        if item.delayed:
            arrival_clock = storage.timebases[model.populations[item.target].clock]
            synapses.fit_delays(arrival_clock.dt, n_threads)
    for population, steps in fit_rules(model, storage):
        wait(population, steps)
    for item, probe in zip(model.probes, storage.probes, strict=True):
        probe.fit(storage.timebases[item.clock])
        wait(item.population, probe.delay_steps)
    for item, state, delay in zip(model.populations, storage.populations, longest, strict=True):
        state.fit_ring(delay, n_threads, storage.timebases[item.clock].step)
    fit_factors(model, storage)
    return any(longest)
