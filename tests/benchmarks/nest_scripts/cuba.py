"""CUBA, for any size and number of synapses; 1 pA moves the rest by 1 mV."""

import nest
from bench.nest_loop import finish_timed, start
from bench.protocol import Run

stopwatch = Run()

start(dt_ms=0.1)
n_excitatory = stopwatch.n_neurons * 4 // 5
membrane = {"C_m": 20.0, "tau_m": 20.0, "E_L": -49.0, "V_th": -50.0, "V_reset": -60.0, "t_ref": 0.0}
synaptic = {"tau_syn_ex": 5.0, "tau_syn_in": 10.0}
P = nest.Create("iaf_psc_exp", stopwatch.n_neurons, membrane | synaptic)
P.V_m = nest.random.uniform(-60.0, -50.0)
for sources, share, weight in ((P[:n_excitatory], 0.8, 1.62), (P[n_excitatory:], 0.2, -9.0)):
    n_inputs = round(share * stopwatch.n_synapses)
    nest.Connect(
        sources,
        P,
        {"rule": "fixed_indegree", "indegree": n_inputs, "allow_multapses": False},
        {"weight": weight * stopwatch.weight_scale, "delay": 0.1},
    )
finish_timed(stopwatch, P)
