"""COBA, leak 10 nS, rest at 0 mV. Source: Brette et al. 2007, J. Comput. Neurosci. 23:349."""

import nest
from bench.nest_loop import finish_timed, start
from bench.protocol import Run

stopwatch = Run()

start(dt_ms=0.1)
membrane = {"C_m": 200.0, "g_L": 10.0, "E_L": 0.0, "V_th": 10.0, "V_reset": 0.0, "t_ref": 5.0}
synaptic = {"E_ex": 60.0, "E_in": -20.0, "tau_syn_ex": 5.0, "tau_syn_in": 10.0}
P = nest.Create("iaf_cond_exp", 4000, membrane | synaptic)
P.V_m = nest.random.normal(-5.0, 5.0)
P.g_ex = nest.random.normal(40.0, 15.0)
P.g_in = nest.random.normal(200.0, 120.0)
for sources, weight in ((P[:3200], 6.0), (P[3200:], -67.0)):
    nest.Connect(
        sources,
        P,
        {"rule": "pairwise_bernoulli", "p": 0.02},
        {"weight": weight, "delay": 0.1},
    )
finish_timed(stopwatch, P)
