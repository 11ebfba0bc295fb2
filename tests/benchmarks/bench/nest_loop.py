"""How long NEST spends in its time loop, apart from what it prepares before."""

import nest


def start(dt_ms):
    """Begin with an empty kernel that says nothing and takes steps of `dt_ms`."""
    nest.verbosity = nest.VerbosityLevel.ERROR
    nest.ResetKernel()
    nest.resolution = dt_ms


def finish_timed(stopwatch, neurons):
    """Record the spikes of all neurons, run and print the line.

    Parameters
    ----------
    stopwatch : bench.protocol.Run
    neurons : nest.NodeCollection
    """
    recorder = nest.Create("spike_recorder")
    nest.Connect(neurons, recorder)
    nest.Prepare()
    stopwatch.built()
    nest.Run(stopwatch.duration_s * 1000.0)
    stopwatch.finish(len(neurons), recorder.n_events)
