"""Tables whose cells are given by the places of their edges, as in RTF and the binary Word format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.source.blocks import Cell

__all__ = ["CellEdge", "EdgedRow", "cells_by_edges"]

_NEAR = 40  # twips; edges that are nearer are one


@dataclass(frozen=True, slots=True)
class CellEdge:
    """The right edge of a cell in twips, and whether the cell only continues another."""

    right: int = 0
    goes_on_above: bool = False
    goes_on_left: bool = False


@dataclass(frozen=True, slots=True)
class EdgedRow:
    """The texts of a row's cells and their edges, in order; edges may be missing."""

    cells: tuple[str, ...]
    edges: tuple[CellEdge, ...]


def cells_by_edges(rows: Sequence[EdgedRow]) -> list[Cell]:
    """The cells in a grid: rows of one table have different edges where cells are merged."""
    columns = _columns(sorted({edge.right for row in rows for edge in row.edges}))
    cells: list[Cell] = []
    last_in: dict[int, int] = {}
    for number, row in enumerate(rows):
        left = 0
        for place, text in enumerate(row.cells):
            edge = row.edges[place] if place < len(row.edges) else CellEdge()
            right = columns.get(edge.right, left) + 1
            above = last_in.get(left)
            if edge.goes_on_left and cells and cells[-1].row == number:
                cells[-1] = replace(cells[-1], columns=right - cells[-1].column)
            elif edge.goes_on_above and above is not None and cells[above].row + cells[above].rows == number:
                cells[above] = replace(cells[above], rows=cells[above].rows + 1)
            else:
                last_in[left] = len(cells)
                cells.append(Cell(text, number, left, 1, max(1, right - left)))
            left = max(right, left + 1)
    return cells


def _columns(rights: Sequence[int]) -> dict[int, int]:
    """The number of the column that each right edge closes."""
    columns: dict[int, int] = {}
    number = -1
    for place, right in enumerate(rights):
        if place == 0 or right - rights[place - 1] > _NEAR:
            number += 1
        columns[right] = number
    return columns
