"""CUBA in Brian 2, for the programs that measure it in different ways."""

from brian2 import NeuronGroup, SpikeMonitor, Synapses, mV, prefs, seed


def make_cuba():
    """Neurons (with the changeable drive `E`), excitation, inhibition and spikes of CUBA."""
    prefs.codegen.target = "cython"
    seed(1)
    equations = """
    dv/dt = (ge + gi - (v - E))/(20*ms) : volt
    dge/dt = -ge/(5*ms) : volt
    dgi/dt = -gi/(10*ms) : volt
    E : volt
    """
    neurons = NeuronGroup(
        4000, equations, threshold="v > -50*mV", reset="v = -60*mV", method="exact"
    )
    neurons.v = "-60*mV + rand()*10*mV"
    neurons.E = -49 * mV
    excitation = Synapses(neurons[:3200], neurons, on_pre="ge += 1.62*mV")
    inhibition = Synapses(neurons[3200:], neurons, on_pre="gi -= 9*mV")
    excitation.connect(p=0.02)
    inhibition.connect(p=0.02)
    return neurons, excitation, inhibition, SpikeMonitor(neurons)
