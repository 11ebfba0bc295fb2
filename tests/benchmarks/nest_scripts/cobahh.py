"""COBAHH. Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3.

The model's conductances cannot be set: a spike in the first step brings what they begin with.
"""

import nest
from bench.nest_loop import finish_timed, start
from bench.protocol import Run

stopwatch = Run()

start(dt_ms=0.05)
membrane = {"C_m": 200.0, "g_L": 10.0, "E_L": -60.0, "V_T": -63.0, "t_ref": 3.0}
channels = {"g_Na": 20000.0, "g_K": 6000.0, "E_Na": 50.0, "E_K": -90.0}
synaptic = {"E_ex": 0.0, "E_in": -80.0, "tau_syn_ex": 5.0, "tau_syn_in": 10.0}
gates = {"Act_m": 0.0, "Inact_h": 0.0, "Act_n": 0.0}
P = nest.Create("hh_cond_exp_traub", 4000, membrane | channels | synaptic | gates)
P.V_m = nest.random.normal(-65.0, 5.0)
first = nest.Create("spike_generator", params={"spike_times": [0.05]})
for low, high, mean, deviation in ((0.0, 1e4, 40.0, 15.0), (-1e4, 0.0, -200.0, 120.0)):
    amounts = nest.math.redraw(nest.random.normal(mean, deviation), low, high)
    nest.Connect(first, P, "all_to_all", {"weight": amounts, "delay": 0.05})
for sources, weight in ((P[:3200], 6.0), (P[3200:], -67.0)):
    nest.Connect(
        sources,
        P,
        {"rule": "pairwise_bernoulli", "p": 0.02},
        {"weight": weight, "delay": 0.05},
    )
finish_timed(stopwatch, P)
