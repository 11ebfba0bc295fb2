"""Expressions: what they are made of, and all that can be done with one.

>>> from brian_nb.diagnostics import Source
>>> drift = parse_expression(Source("(E - v)/tau"))
>>> list(names_in(drift))
['E', 'v', 'tau']
>>> evaluate(drift, {"E": -0.06, "v": -0.05, "tau": 0.01})
-0.9999999999999994
>>> to_source(substitute(drift, {"E": Number(0.0)}))
'(0 - v)/tau'
"""

from brian_nb.equations.evaluation import evaluate
from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.nodes import (
    Binary,
    Call,
    Choice,
    Compare,
    Expression,
    Logical,
    Name,
    Number,
    Unary,
)
from brian_nb.equations.parsing import parse_expression
from brian_nb.equations.printing import to_source
from brian_nb.equations.walking import (
    functions_in,
    is_condition,
    names_in,
    read_product,
    substitute,
    transform,
    varies,
    walk,
)

__all__ = [
    "FUNCTIONS",
    "Binary",
    "Call",
    "Choice",
    "Compare",
    "Expression",
    "Logical",
    "Name",
    "Number",
    "Unary",
    "evaluate",
    "functions_in",
    "is_condition",
    "names_in",
    "read_product",
    "parse_expression",
    "substitute",
    "to_source",
    "transform",
    "varies",
    "walk",
]
