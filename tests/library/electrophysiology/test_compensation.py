"""The electrode's kernel is told from the membrane's, and taken off recordings."""

import numpy as np
import pytest
from scipy.special import erf

from brian_nb import Equations, NeuronGroup
from brian_nb.errors import ModelError
from brian_nb.library.electrophysiology import (
    AEC_compensate,
    current_clamp,
    electrode,
    electrode_kernel_dendrite,
    electrode_kernel_soma,
    full_kernel,
)
from brian_nb.units import ALL_UNITS

ms, nS, Mohm = (ALL_UNITS[name] for name in "ms nS Mohm".split())
N, TAIL = 200, 40
STEPS = np.arange(N)
ELECTRODE = np.where(STEPS < TAIL, 30e6 * np.exp(-STEPS / 1.5) - 1e6 * np.exp(-STEPS / 4.0), 0)
ELECTRODE -= ELECTRODE[TAIL - 1] * (STEPS < TAIL)
SOMA = 0.25e6 * np.exp(-STEPS / 150.0)
DENDRITE = 1e6 * np.diff(erf(np.sqrt(np.arange(N + 1) / 150.0)))


def combine(membrane):
    """Full kernel of an electrode through which a membrane receives its current."""
    filtered = np.convolve(membrane, ELECTRODE / ELECTRODE.sum())[:N]
    return ELECTRODE + filtered


@pytest.mark.parametrize(
    ("find", "membrane"), [(electrode_kernel_soma, SOMA), (electrode_kernel_dendrite, DENDRITE)]
)
def test_electrode_and_membrane_are_told_apart(find, membrane):
    kernel, of_membrane = find(combine(membrane), TAIL, full_output=True)
    assert len(kernel) == TAIL
    # The time constant is fitted where the electrode still delays the membrane a little.
    tolerance = 0.001 if find is electrode_kernel_soma else 0.02
    assert kernel.sum() == pytest.approx(ELECTRODE.sum(), rel=tolerance)
    assert np.abs(kernel - ELECTRODE[:TAIL]).max() < tolerance * ELECTRODE.max()
    assert of_membrane.sum() == pytest.approx(membrane.sum(), rel=0.05)
    assert np.array_equal(find(combine(membrane), TAIL), kernel)


def test_an_electrode_alone_is_all_electrode():
    assert electrode_kernel_soma(ELECTRODE - 1e-3 * (STEPS >= TAIL), TAIL) == pytest.approx(
        ELECTRODE[:TAIL]
    )


@pytest.mark.parametrize("start_tail", [0, N - 2, N])
def test_the_tail_must_begin_within_the_kernel(start_tail):
    with pytest.raises(ModelError, match="cannot begin at step"):
        electrode_kernel_soma(combine(SOMA), start_tail)


def test_a_recording_is_freed_of_what_its_electrode_adds():
    current = np.random.default_rng(1).uniform(-0.5e-9, 0.5e-9, 3000)
    potential = -0.07 + np.convolve(current, SOMA)[:3000]
    recording = potential + np.convolve(current, ELECTRODE)[:3000]
    assert AEC_compensate(recording, current, ELECTRODE[:TAIL]) == pytest.approx(potential)
    with pytest.raises(ModelError, match="one recording"):
        AEC_compensate(recording, current[:-1], ELECTRODE)


def test_a_simulated_recording_is_compensated():
    """Brette et al. 2008: a cell of 20 nS and 20 ms, an electrode of two circuits of 50 Mohm."""
    RE, CE = 50 * Mohm, 0.1 * ms / (50 * Mohm)
    eqs = Equations(
        "dvm/dt = (-gl*vm + i_inj)/Cm : volt\nI : amp", gl=20 * nS, Cm=20 * ms * 20 * nS
    )
    eqs += electrode(0.6 * RE, CE)
    eqs += current_clamp(vm="v_el", i_inj="i_cmd", i_cmd="I", Re=0.4 * RE, Ce=CE)
    current, recording, potential = inject_noise(eqs, 20_000)
    kernel = electrode_kernel_soma(full_kernel(recording, current, 300), 40)
    assert kernel.sum() == pytest.approx(50e6, rel=0.03)
    left = AEC_compensate(recording, current, kernel) - potential
    assert np.std(left) < 0.05 * np.std(recording - potential)


def inject_noise(equations, n_steps):
    """A recording of the model with white noise, by its exact step, with steps of 0.1 ms."""
    from scipy.linalg import expm

    from brian_nb import get_linear_equations

    group = NeuronGroup(1, equations)
    matrix, _ = get_linear_equations(equations)
    names = list(group.system.variables)
    step = expm(matrix * 1e-4)
    current = np.random.default_rng(7).uniform(-0.5e-9, 0.5e-9, n_steps)
    current[-300:] = 0
    state, states = np.zeros(len(names)), np.empty((n_steps, len(names)))
    for k in range(n_steps):
        state[names.index("I")] = current[k]
        state = step @ state
        states[k] = state
    values = dict(zip(names, states.T, strict=True))
    recording = equations.apply("v_rec", values)
    return current, np.array(recording), values["vm"]
