"""Pieces of printed text with their boxes, and the lines that they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

__all__ = ["Line", "Piece", "printed_rows"]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text and its box, the origin at the page's upper left; ``confidences`` of its characters where recognised."""

    left: float
    top: float
    right: float
    bottom: float
    text: str
    confidences: tuple[float, ...] = ()

    @property
    def height(self) -> float:
        """Of the box, never zero."""
        return max(0.1, self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line or table row: the pieces with what stands between them."""

    parts: tuple[Piece | str, ...]
    left: float
    right: float
    height: float
    row: bool = False

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


def printed_rows(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces of one printed line together, from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.top + one.bottom) / 2):
        middle = (piece.top + piece.bottom) / 2
        for row in rows[-3:]:
            first = row[0]
            overlap = min(piece.bottom, first.bottom) - max(piece.top, first.top)
            if overlap > 0.5 * min(piece.height, first.height) and abs(
                middle - (first.top + first.bottom) / 2
            ) < 0.6 * max(piece.height, first.height):
                row.append(piece)
                break
        else:
            rows.append([piece])
    yield from (sorted(row, key=lambda one: one.left) for row in rows)
