"""Start programs one after the other, all engines within a round, and collect what they say."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass

from bench.engines.engine import MissingEngineError
from bench.measurement import parse_output
from bench.places import BUILD, HERE, ROOT

WARM_UP_S = 0.01  # simulated time of the untimed first run that fills the caches
LIMIT_S = 900  # a program that takes longer counts as failed


class ProgramError(Exception):
    """A program failed, took too long or printed no measurement."""


@dataclass(frozen=True)
class Task:
    """One workload on one engine, with the command that does it."""

    workload: object
    engine: object
    command: tuple[str, ...]


def prepare_tasks(workloads, engines, note):
    """Get the engines ready and pair them with the workloads they have a program for.

    Parameters
    ----------
    note : callable
        Told, as a sentence, of an engine that is left out.

    Returns
    -------
    list of Task
        Ordered by workload, then by engine.
    """
    commands = {}
    workloads = [workload for workload in workloads if workload.runs_of is None]
    for engine in engines:
        names = sorted({item.program for item in workloads if item.is_done_by(engine)})
        try:
            commands[engine.name] = engine.prepare(names) if names else {}
        except MissingEngineError as missing:
            note(f"{engine.title} is left out: {missing}")
            commands[engine.name] = {}
    return [
        Task(workload, engine, tuple(commands[engine.name][workload.program]))
        for workload in workloads
        for engine in engines
        if workload.is_done_by(engine) and workload.program in commands[engine.name]
    ]


def measure_rounds(tasks, n_rounds, record, note):
    """Run every task once per round, so that a slow minute of the machine meets all engines alike.

    Parameters
    ----------
    record : callable
        Given each Measurement as it comes.
    note : callable
        Told of a program that fails, which is then left out.
    """
    alive = [
        task
        for task in tasks
        if task.workload.cold or not task.engine.warm_up or _attempt(task, 0, note, WARM_UP_S)
    ]
    for number in range(1, n_rounds + 1):
        for task in list(alive):
            if number > min(filter(None, (task.workload.rounds, task.engine.rounds, n_rounds))):
                continue
            measurement = _attempt(task, number, note, task.workload.duration_s)
            if measurement is None:
                alive.remove(task)
            else:
                record(measurement)


def _attempt(task, number, note, duration_s):
    try:
        return measure_once(task, number, duration_s)
    except ProgramError as problem:
        note(f"{task.engine.title} failed on {task.workload.title}: {problem}")
        return None


def measure_once(task, number, duration_s):
    """Run a program in a process of its own.

    Raises
    ------
    ProgramError
        It failed, took longer than `LIMIT_S`, printed no measurement, or compiled to another
        folder than the empty one it was given for a cold start.
    """
    with tempfile.TemporaryDirectory(prefix="bench-cache-") as empty:
        cache = empty if task.workload.cold else str(BUILD / "caches" / task.engine.name)
        begin = time.perf_counter()
        sizes = map(str, (duration_s, task.workload.n_neurons, task.workload.n_synapses))
        output = _run_program([*task.command, *sizes], _environment(task.engine, cache))
        process_s = time.perf_counter() - begin
        if task.workload.cold and task.engine.cache_variables and not os.listdir(empty):
            raise ProgramError("its cache folder stayed empty, so the start may not have been cold")
    try:
        return parse_output(output, task.workload.name, task.engine.name, number, process_s)
    except ValueError as problem:
        raise ProgramError(str(problem)) from problem


def _run_program(command, environment):
    try:
        done = subprocess.run(
            command, env=environment, cwd=BUILD, capture_output=True, text=True, timeout=LIMIT_S
        )
    except subprocess.TimeoutExpired as slow:
        raise ProgramError(f"not done after {LIMIT_S} s") from slow
    if done.returncode:
        raise ProgramError(_last_error(done.stderr) or f"exit status {done.returncode}")
    return done.stdout


def _last_error(text):
    lines = text.strip().splitlines()
    named = [line for line in lines if line.partition(":")[0].endswith(("Error", "Exception"))]
    return (named or lines or [""])[-1].strip()


def _environment(engine, cache):
    BUILD.mkdir(parents=True, exist_ok=True)
    caches = dict.fromkeys(engine.cache_variables, cache)
    plotting = {"MPLBACKEND": "Agg", "MPLCONFIGDIR": str(BUILD / "caches" / "matplotlib")}
    return os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{ROOT}"} | plotting | caches
