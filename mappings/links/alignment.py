"""Paragraphs of two texts side by side in their order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product


def aligned(likeness: Sequence[Sequence[float]], least: float) -> dict[int, int]:
    """The pairs, row to column, that keep their order and are most alike in sum (Needleman and Wunsch, 1970).

    `likeness` has a row for each paragraph of the earlier text and a column for each of the later, from 0 to 1; what is
    less than `least` makes no pair.
    """
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row, column in product(range(rows - 1, -1, -1), range(columns - 1, -1, -1)):
        paired = likeness[row][column] + best[row + 1][column + 1] if likeness[row][column] >= least else 0.0
        best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    found, row, column = dict[int, int](), 0, 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            found[row] = column
            row, column = row + 1, column + 1
    return found
