"""The blocks that a reader of a laid-out file found, written out one a line, what is no body marked with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from summarizer.source.text import Dropped

__all__ = ["Block", "Cell", "row_lines", "write_out"]

CELL_SEPARATOR = " | "
_MOST_COLUMNS = 200
"""Word knows 63, spreadsheets print fewer; a wider span is damage or an attack, and every column costs a copy."""
_MOST_ROWS = 5000


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table row; ``reason`` (a key of the cleaning rules) when it is not the body."""

    text: str
    reason: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell at its place in the grid, and how many rows and columns it covers."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


def row_lines(cells: Iterable[Cell]) -> Iterator[str]:
    """Yield each row of a table as a line, the cells apart by ``" | "``.

    A cell that covers several rows or columns stands in each of them, so that every value is under its own heads; a cell
    that is the whole row (a caption, a section of the table) stands there once. Rows without any text are left out.
    """
    grid: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + min(cell.rows, _MOST_ROWS)):
            columns = grid.setdefault(row, {})
            for column in range(cell.column, cell.column + min(cell.columns, _MOST_COLUMNS)):
                columns.setdefault(column, cell)
    width = max((max(columns) + 1 for columns in grid.values() if columns), default=0)
    for _, columns in sorted(grid.items()):
        distinct = list({id(cell): cell for cell in columns.values()}.values())
        if not any(cell.text for cell in distinct):
            continue
        if len(distinct) == 1 and width > 1 and len(columns) == width:
            yield distinct[0].text
        else:
            texts = (columns[at].text if at in columns else "" for at in range(min(width, _MOST_COLUMNS)))
            yield CELL_SEPARATOR.join(texts)


def write_out(blocks: Iterable[Block]) -> tuple[str, tuple[Dropped, ...]]:
    """Return the text, a block a line, and the ranges of the blocks that are not the body (neighbours of one reason joined)."""
    parts: list[str] = []
    dropped: list[Dropped] = []
    offset = 0
    for block in blocks:
        piece = block.text + "\n"
        end = offset + len(piece)
        if block.reason:
            last = dropped[-1] if dropped else None
            if last and last.end == offset and (last.reason, last.detail) == (block.reason, block.detail):
                dropped[-1] = replace(last, end=end)
            else:
                dropped.append(Dropped(offset, end, block.reason, block.detail))
        parts.append(piece)
        offset = end
    return "".join(parts), tuple(dropped)
