"""A group made from texts whose places are known, as a notebook's cell gives them."""

import numpy as np

from brian_nb.diagnostics import Diagnostic, Mark, Source, Span
from brian_nb.equations import parse_equations, resolve_equations, resolve_expression, resolve_statements
from brian_nb.equations.dimensions import infer_dimension
from brian_nb.equations.expressions import (
    Call, Compare, Logical, Name, Number, Unary, evaluate, names_in, parse_expression, substitute, walk,
)
from brian_nb.errors import EquationError, ModelError
from brian_nb.network.group import NeuronGroup
from brian_nb.units import ALL_UNITS, Quantity
