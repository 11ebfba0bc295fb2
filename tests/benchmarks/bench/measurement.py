"""One line of JSON for one run of one program, and back."""

import json
from dataclasses import asdict, dataclass, field

PRINTED = ("n_neurons", "duration_s", "build_s", "run_s", "spikes", "peak_mb")


@dataclass(frozen=True)
class Measurement:
    """What one run of a program gave.

    Parameters
    ----------
    workload, engine : str
    round : int
        Runs of the same round followed each other directly, whatever the engine.
    process_s : float
        Seconds from the start of the process to its end.
    n_neurons, duration_s, build_s, run_s, spikes, peak_mb
        As the program printed them; seconds, or megabytes.
    extra : dict
        Further values that the program printed.
    began : str
        When the command that measured it began; the same for all of one command.
    """

    workload: str
    engine: str
    round: int
    process_s: float
    n_neurons: int
    duration_s: float
    build_s: float
    run_s: float
    spikes: int
    peak_mb: float
    extra: dict = field(default_factory=dict)
    began: str = ""

    @property
    def rate_hz(self):
        return self.spikes / self.n_neurons / self.duration_s

    def value(self, figure):
        """Value of a figure, whether all programs print it or only this one."""
        return self.extra[figure] if figure in self.extra else getattr(self, figure)

    def to_line(self):
        return json.dumps(asdict(self))


def parse_output(output, workload, engine, round_number, process_s):
    """Read the measurement from what a program printed.

    Raises
    ------
    ValueError
        The last line is no JSON object with all the values of the protocol.
    """
    lines = output.strip().splitlines()
    try:
        printed = json.loads(lines[-1])
        known = {name: printed.pop(name) for name in PRINTED}
    except (IndexError, KeyError, AttributeError, json.JSONDecodeError) as problem:
        raise ValueError(f"the program printed no measurement: {output[-300:]!r}") from problem
    return Measurement(workload, engine, round_number, process_s, **known, extra=printed)


def read_lines(text):
    """Measurements of a file with one JSON object per line."""
    return [Measurement(**json.loads(line)) for line in text.splitlines() if line.strip()]
