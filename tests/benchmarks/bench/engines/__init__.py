"""The engines, one file each: the programs they have and how to get ready to start one."""

from bench.engines.brian2 import BRIAN2, STANDALONE
from bench.engines.brian2 import ENVIRONMENT as BRIAN2_ENVIRONMENT
from bench.engines.cpp import CPP
from bench.engines.nest import ENVIRONMENT as NEST_ENVIRONMENT
from bench.engines.nest import NEST
from bench.engines.numba_loop import NUMBA_LOOP
from bench.engines.ours import OURS, OURS_EXPLICIT

ENGINES = (CPP, NUMBA_LOOP, OURS, OURS_EXPLICIT, BRIAN2, STANDALONE, NEST)
ENVIRONMENTS = (BRIAN2_ENVIRONMENT, NEST_ENVIRONMENT)
