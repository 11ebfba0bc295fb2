"""CUBA with a delay of each synapse's own, one step at least; 1 pA moves the rest by 1 mV."""

import nest
from bench.nest_loop import finish_timed, start
from bench.protocol import Run

stopwatch = Run()

start(dt_ms=0.1)
membrane = {"C_m": 20.0, "tau_m": 20.0, "E_L": -49.0, "V_th": -50.0, "V_reset": -60.0, "t_ref": 0.0}
synaptic = {"tau_syn_ex": 5.0, "tau_syn_in": 10.0}
P = nest.Create("iaf_psc_exp", 4000, membrane | synaptic)
P.V_m = nest.random.uniform(-60.0, -50.0)
for sources, weight in ((P[:3200], 1.62), (P[3200:], -9.0)):
    nest.Connect(
        sources,
        P,
        {"rule": "pairwise_bernoulli", "p": 0.02},
        {"weight": weight, "delay": nest.random.uniform(0.1, 5.0)},
    )
finish_timed(stopwatch, P)
