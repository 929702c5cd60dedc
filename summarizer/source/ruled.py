"""Ruled tables: the cells between drawn lines, and the rows of text that they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from summarizer.source.blocks import CELL_SEPARATOR
from summarizer.source.pdf.grids import find_grids
from summarizer.source.pdf.shapes import Rule
from summarizer.source.pieces import Line, Piece, printed_rows

__all__ = ["Grid", "ruled_grids"]

_GRID_TOLERANCE = 3.0


@dataclass(frozen=True)
class Grid:
    """A ruled table: the boxes of its cells."""

    cells: tuple[tuple[float, float, float, float], ...]
    tops: tuple[float, ...] = field(default=())
    lefts: tuple[float, ...] = field(default=())

    def holds(self, piece: Piece) -> bool:
        """Whether the piece's middle is in one of the cells."""
        return self._cell(piece) is not None

    def _cell(self, piece: Piece) -> int | None:
        x, y = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
        for number, (left, top, right, bottom) in enumerate(self.cells):
            if left <= x <= right and top <= y <= bottom:
                return number
        return None

    def lines(self, pieces: Iterable[Piece]) -> Iterator[tuple[float, Line]]:
        """A line for each row; a cell over several rows or columns stands in each, one that is the whole row once."""
        held: dict[int, list[Piece]] = {}
        for piece in pieces:
            number = self._cell(piece)
            if number is not None:
                held.setdefault(number, []).append(piece)
        texts = {number: [piece for row in printed_rows(inside) for piece in row] for number, inside in held.items()}
        for row, top in enumerate(self.tops):
            below = self.tops[row + 1] if row + 1 < len(self.tops) else float("inf")
            middle = (top + min(below, top + 2 * _GRID_TOLERANCE)) / 2
            columns = [self._at(left + _GRID_TOLERANCE, middle + 1) for left in self.lefts]
            if not any(texts.get(number) for number in columns if number is not None):
                continue
            distinct = list(dict.fromkeys(columns))
            parts: list[Piece | str] = []
            for place, number in enumerate(distinct if len(distinct) == 1 else columns):
                if place:
                    parts.append(CELL_SEPARATOR)
                parts.extend(texts.get(number, []) if number is not None else [])
            yield top, Line(tuple(parts), 0.0, 0.0, 1.0, row=True)

    def _at(self, x: float, y: float) -> int | None:
        return next(
            (
                number
                for number, (left, top, right, bottom) in enumerate(self.cells)
                if left <= x < right and top <= y < bottom
            ),
            None,
        )


def ruled_grids(rules: Sequence[tuple[float, float, float, float]]) -> list[Grid]:
    """The ruled tables that drawn lines (left, top, right, bottom; downwards) make."""
    drawn = [_rule(*rule) for rule in rules]
    grids = []
    for found in find_grids(drawn):
        cells = tuple((cell.box.left, -cell.box.top, cell.box.right, -cell.box.bottom) for cell in found.cells)
        tops, lefts = sorted({cell[1] for cell in cells}), sorted({cell[0] for cell in cells})
        if len(tops) > 1 and len(lefts) > 1:
            grids.append(Grid(cells, tuple(tops), tuple(lefts)))
    return grids


def _rule(left: float, top: float, right: float, bottom: float) -> Rule:
    """A line in the coordinates of PDF, which run upwards."""
    if right - left >= bottom - top:
        return Rule(False, -(top + bottom) / 2, left, right)
    return Rule(True, (left + right) / 2, -bottom, -top)
