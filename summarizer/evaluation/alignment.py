"""Which predicted item is meant to be which gold item: the assignment that is best as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

__all__ = ["assign"]


def assign(weights: Sequence[Sequence[float]]) -> tuple[tuple[int, int], ...]:
    """Pair rows with columns so that the sum of weights is the largest; pairs of weight 0 are no pairs.

    Maximum-weight bipartite matching (Jonker-Volgenant, ``scipy.optimize.linear_sum_assignment``; Crouse 2016). The order
    of rows and columns changes the result only among assignments of the same sum. Returns ``(row, column)``, by row;
    nothing for an empty matrix.
    """
    matrix = np.asarray(weights, dtype=float)
    if matrix.size == 0:
        return ()
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return tuple((int(r), int(c)) for r, c in zip(rows, columns, strict=True) if matrix[r, c] > 0)
