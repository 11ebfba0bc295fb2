"""One integrate-and-fire neuron, v recorded at every step; 1 pA moves the rest by 1 mV."""

import nest
from bench.nest_loop import finish_timed, start
from bench.protocol import Run

stopwatch = Run()

start(dt_ms=0.1)
membrane = {"C_m": 10.0, "tau_m": 10.0, "E_L": -70.0, "V_th": -50.0, "V_reset": -60.0}
P = nest.Create("iaf_psc_exp", 1, membrane | {"t_ref": 0.0, "I_e": 25.0, "V_m": -70.0})
trace = nest.Create("multimeter", params={"record_from": ["V_m"], "interval": 0.1})
nest.Connect(trace, P)
finish_timed(stopwatch, P)
