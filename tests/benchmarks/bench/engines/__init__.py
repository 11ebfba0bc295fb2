"""The engines, one file each: the programs they have and how to get ready to start one."""

from bench.engines.brian2 import BRIAN2, STANDALONE
from bench.engines.cpp import CPP
from bench.engines.numba_loop import NUMBA_LOOP
from bench.engines.ours import OURS, OURS_EXPLICIT

ENGINES = (CPP, NUMBA_LOOP, OURS, OURS_EXPLICIT, BRIAN2, STANDALONE)
