"""What is measured, as data: size, time, the figure that counts and the rate that proves it ran."""

from dataclasses import dataclass

from bench.spelling import spell_number


@dataclass(frozen=True)
class Workload:
    """One piece of work that several engines do in the same way.

    Parameters
    ----------
    name : str
    program : str
        Name of the program that each engine has for it.
    title : str
        How the page calls it.
    n_neurons : int
    duration_s : float
        Simulated time of one measurement.
    figure : str
        Which value of a measurement is compared: ``run_s`` (the time loop), ``process_s``
        (the whole process, seen from outside), ``build_s`` (all before the time loop) or one that
        the program prints under a name of its own.
    unit : str
        Unit of the figure on the page: ``s/s`` (per simulated second), ``s``, ``ms``, ``x`` or
        ``MB``.
    rate_hz : (float, float), optional
        Mean rate per neuron that every engine must show; None where the model changes on the way.
    cold : bool
        Each round starts with an empty code cache.
    rounds : int, optional
        Upper limit of rounds, for what takes half a minute.
    n_synapses : int
        Synapses of each neuron, for programs that work at any number.
    engines : tuple of str, optional
        Names of the engines that do it; None for all that have the program.
    runs_of : str, optional
        Name of another workload, whose runs this one reads another figure of.
    """

    name: str
    program: str
    title: str
    n_neurons: int
    duration_s: float
    figure: str = "run_s"
    unit: str = "s/s"
    rate_hz: tuple[float, float] | None = None
    cold: bool = False
    rounds: int | None = None
    n_synapses: int = 80
    engines: tuple[str, ...] | None = None
    runs_of: str | None = None

    @property
    def source(self):
        """Name of the workload whose runs are read."""
        return self.runs_of or self.name

    def is_done_by(self, engine):
        """Whether an engine has figures for it."""
        asked = self.engines is None or engine.name in self.engines
        return asked and self.program in engine.programs


# The rates have room for other random wirings and initial values (COBAHH settles anywhere between
# 34 and 42 Hz), not for another model: without inhibition CUBA fires at above 100 Hz, without noise
# the noisy neurons are silent. The single neuron is deterministic: 908 spikes, plus or minus the
# one that a warm-up step may shift.
LOOPS = (
    Workload("cuba", "cuba", "CUBA, 4000 neurons", 4000, 1.0, rate_hz=(5.0, 7.0)),
    Workload("cuba_64000", "cuba", "CUBA, 64 000 neurons", 64_000, 1.0, rate_hz=(5.0, 7.0)),
    Workload("coba", "coba", "COBA, 4000 neurons", 4000, 1.0, rate_hz=(15.0, 23.0)),
    Workload("delays", "delays", "CUBA, delays of 0-5 ms", 4000, 1.0, rate_hz=(5.0, 7.0)),
    Workload("cobahh", "cobahh", "COBAHH, 4000 neurons, 0.05 ms", 4000, 1.0, rate_hz=(28.0, 48.0)),
    Workload("noise", "noise", "noisy LIF, 10 000 neurons", 10_000, 1.0, rate_hz=(32.0, 35.0)),
    # brian_nb: 29 Hz with a standard deviation of 2.7 Hz between wirings
    Workload("stdp", "stdp", "STDP, 1000 inputs of one neuron", 1, 20.0, rate_hz=(18.0, 50.0)),
    Workload("lif", "lif", "one LIF neuron, v recorded", 1, 10.0, rate_hz=(90.6, 91.0)),
    Workload("adaptive", "adaptive", "ten adaptive LIF, v recorded", 10, 10.0, rate_hz=(59, 60.5)),
    Workload(
        "hodgkin_huxley", "hodgkin_huxley", "one HH neuron, 0.01 ms, v recorded", 1, 2.0,
        rate_hz=(67.0, 69.5),
    ),
)  # fmt: skip

SCALED = ("cpp", "brian_nb", "standalone")


def _scale(n_neurons, n_synapses, duration_s, rate_hz=(5.0, 7.0), rounds=None):
    """CUBA of another size."""
    name = f"cuba_{n_neurons}" if n_synapses == 80 else f"cuba_{n_synapses}_synapses"
    title = f"CUBA, {spell_number(n_neurons)} neurons, {n_synapses} synapses of each"
    return Workload(
        name, "cuba", title, n_neurons, duration_s, rate_hz=rate_hz, n_synapses=n_synapses,
        engines=SCALED, rounds=rounds,
    )  # fmt: skip


# Other numbers of neurons do the same with other wirings; other numbers of synapses have weights
# that keep the rate alike, not equal: it does not fall below 11 Hz with 20 synapses.
SIZES = (
    _scale(1000, 80, 2.0, rate_hz=(3.5, 8.5)),  # 5.8 Hz, between wirings a deviation of 0.53 Hz
    _scale(16_000, 80, 1.0),
    _scale(256_000, 80, 0.5, rounds=2),
)
SYNAPSES = (
    _scale(4000, 20, 1.0, rate_hz=(10.0, 13.0)),
    _scale(4000, 320, 1.0, rate_hz=(3.5, 5.0)),
    _scale(4000, 1280, 1.0, rate_hz=(5.2, 7.2)),
)
# The series, from small to large, with the workloads that belong to both.
BY_SIZE = (SIZES[0], LOOPS[0], SIZES[1], LOOPS[1], SIZES[2])
BY_SYNAPSES = (SYNAPSES[0], LOOPS[0], *SYNAPSES[1:])

WAITING = (
    Workload(
        "startup_cold", "startup", "script to the end of 100 ms CUBA, empty cache", 4000, 0.1,
        figure="process_s", unit="s", rate_hz=(4.0, 12.0), cold=True, rounds=3,
    ),
    Workload(
        "startup_warm", "startup", "the same in a new process, filled cache", 4000, 0.1,
        figure="process_s", unit="s", rate_hz=(4.0, 12.0),
        engines=("brian_nb", "brian_nb_explicit", "brian2"),
    ),
    Workload("call", "call", "one neuron, run for one step", 1, 0.1, unit="ms"),
    Workload("change", "change", "change a parameter and run one step on", 4000, 0.1, unit="ms"),
    Workload(
        "segments", "segments", "100 runs of 10 ms against one of 1 s (CUBA)", 4000, 1.0,
        figure="ratio", unit="x", rate_hz=(5.0, 7.0),
    ),
    Workload(
        "another_p", "another", "CUBA with another connection probability, one step", 4000, 0.1,
        figure="probability_s", unit="ms", rate_hz=(4.0, 12.0), rounds=2,
    ),
    Workload(
        "another_n", "another", "CUBA with another number of neurons, one step", 4000, 0.1,
        figure="neurons_s", unit="ms", runs_of="another_p",
    ),
    Workload(
        "another_weight", "another", "CUBA with another weight, one step", 4000, 0.1,
        figure="weight_s", unit="ms", runs_of="another_p",
    ),
    Workload(
        "another_reset", "another", "CUBA with another reset, one step", 4000, 0.1,
        figure="reset_s", unit="ms", runs_of="another_p",
    ),
    Workload(
        "build", "cuba", "build CUBA, 64 000 neurons, 5.1 million synapses", 64_000, 1.0,
        figure="build_s", unit="s", runs_of="cuba_64000",
        engines=("brian_nb", "brian2", "nest"),
    ),
)  # fmt: skip

# The greatest memory of the whole process; that of a standalone program has no part in it.
MEMORY = (
    Workload(
        "memory", "cuba", "CUBA, 64 000 neurons, filled cache", 64_000, 1.0,
        figure="peak_mb", unit="MB", runs_of="cuba_64000",
        engines=("cpp", "brian_nb", "brian2", "nest"),
    ),
    Workload(
        "memory_cold", "startup", "CUBA, 4000 neurons, empty cache", 4000, 0.1,
        figure="peak_mb", unit="MB", runs_of="startup_cold", engines=("brian_nb", "brian2"),
    ),
)  # fmt: skip

WORKLOADS = LOOPS + SIZES + SYNAPSES + WAITING + MEMORY
