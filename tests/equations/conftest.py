"""Short ways from a text to a system, and the messages' golden files."""

import os
from pathlib import Path

from brian_nb.diagnostics import Source
from brian_nb.equations import parse_equations, resolve_equations
from brian_nb.equations.expressions import parse_expression
from brian_nb.units import ALL_UNITS

GOLDEN = Path(__file__).parents[1] / "golden"

COBAHH = """
dv/dt = (gl*(El-v)+ge*(Ee-v)+gi*(Ei-v)- \\
    g_na*(m*m*m)*h*(v-ENa)- \\
    g_kd*(n*n*n*n)*(v-EK))/Cm : volt
dm/dt = alpham*(1-m)-betam*m : 1
dn/dt = alphan*(1-n)-betan*n : 1
dh/dt = alphah*(1-h)-betah*h : 1
dge/dt = -ge*(1./taue) : siemens
dgi/dt = -gi*(1./taui) : siemens
alpham = 0.32*(mV**-1)*(13*mV-v+VT)/ \\
    (exp((13*mV-v+VT)/(4*mV))-1.)/ms : Hz
betam = 0.28*(mV**-1)*(v-VT-40*mV)/ \\
    (exp((v-VT-40*mV)/(5*mV))-1.)/ms : Hz
alphah = 0.128*exp((17*mV-v+VT)/(18*mV))/ms : Hz
betah = 4./(1+exp((40*mV-v+VT)/(5*mV)))/ms : Hz
alphan = 0.032*(mV**-1)*(15*mV-v+VT)/ \\
    (exp((15*mV-v+VT)/(5*mV))-1.)/ms : Hz
betan = .5*exp((10*mV-v+VT)/(40*mV))/ms : Hz
"""

_SIZES = (
    "Cm=200*pF gl=10*nS El=-60*mV EK=-90*mV ENa=50*mV g_na=20*uS g_kd=6*uS VT=-63*mV "
    "taue=5*ms taui=10*ms Ee=0*mV Ei=-80*mV"
)


def make_namespace(text):
    """Values from a text such as ``"tau=10*ms El=-60*mV n=3"``, with all units around them."""
    namespace = dict(ALL_UNITS)
    for item in text.split():
        name, _, value = item.partition("=")
        number, _, unit = value.partition("*")
        namespace[name] = float(number) * ALL_UNITS[unit] if unit else float(number)
    return namespace


COBAHH_VALUES = make_namespace(_SIZES)


def parse(text):
    """An expression."""
    return parse_expression(Source(text))


def resolve(text, values=""):
    """A system of equations among values (see `make_namespace`)."""
    namespace = values if isinstance(values, dict) else make_namespace(values)
    return resolve_equations(parse_equations(Source(text)), namespace)


def check_golden(name, text, package="equations"):
    """Compare a message with the one that a person has read; BRIAN_NB_WRITE_GOLDEN=1 writes it."""
    path = GOLDEN / package / f"{name}.txt"
    if os.environ.get("BRIAN_NB_WRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")
