#!/usr/bin/env bash
# What Binder does, in a fresh environment: install the pinned packages, then see that all is there.
set -euo pipefail
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
python=${PYTHON:-.venv/bin/python}
"$python" -m venv "$fresh/env"
"$fresh/env/bin/python" -m pip install --quiet --requirement binder/requirements.txt
"$fresh/env/bin/jupyter" labextension list 2>&1 | grep -E 'brian-nb .*enabled.*OK'
cd "$fresh"
"$fresh/env/bin/python" - <<'CHECK'
from brian_nb import Network, NeuronGroup, SpikeMonitor, mV, ms, second

group = NeuronGroup(40, "dV/dt = -(V + 49*mV)/(20*ms) : volt", threshold=-50 * mV, reset=-60 * mV)
monitor = SpikeMonitor(group)
Network(group, monitor).run(1 * second)
assert monitor.nspikes == 840, monitor.nspikes
print("a run in the fresh environment gives the 840 spikes of tutorial 1c")
CHECK
