"""Matrices of connections: what a user reads and writes of weights and delays, element by element.

Matrices of connections (`ConnectionMatrix`) are views of the arrays that compiled code works on;
construction matrices are for building one before. Rows and columns are connection vectors.
"""

from brian_nb.network.matrices.base import ConnectionMatrix
from brian_nb.network.matrices.construction import (
    ConstructionMatrix,
    DenseConstructionMatrix,
    DynamicConstructionMatrix,
    SparseConstructionMatrix,
)
from brian_nb.network.matrices.dense import DenseConnectionMatrix
from brian_nb.network.matrices.dynamic import DynamicConnectionMatrix
from brian_nb.network.matrices.sparse import SparseConnectionMatrix
from brian_nb.network.matrices.vectors import (
    ConnectionVector,
    DenseConnectionVector,
    SparseConnectionVector,
)

__all__ = [
    "ConnectionMatrix",
    "ConnectionVector",
    "ConstructionMatrix",
    "DenseConnectionMatrix",
    "DenseConnectionVector",
    "DenseConstructionMatrix",
    "DynamicConnectionMatrix",
    "DynamicConstructionMatrix",
    "SparseConnectionMatrix",
    "SparseConnectionVector",
    "SparseConstructionMatrix",
]
