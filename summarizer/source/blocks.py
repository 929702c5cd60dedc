"""The blocks that a reader of a laid-out file found, written out one a line, what is no body marked with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.source.text import Dropped

__all__ = ["Block", "Cell", "row_lines", "write_out"]

CELL_SEPARATOR = " | "
_MOST_COLUMNS = 200
"""Word knows 63, spreadsheets print fewer; a wider span is damage or an attack, and every column costs a copy."""
_MOST_ROWS = 5000
_LONGEST_REPEATED = 60
"""A head, a unit or a list of offices is repeated in the fields it covers; a paragraph is not."""


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

    A cell that covers several rows or columns stands in each of them, so that every value is under its own heads, unless
    it is a text of its own length; a cell that is the whole row (a caption, a section of the table) stands there once, and
    between two such rows only columns that begin there count. Rows without any text are left out.
    """
    grid: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + min(cell.rows, _MOST_ROWS)):
            columns = grid.setdefault(row, {})
            for column in range(cell.column, cell.column + min(cell.columns, _MOST_COLUMNS)):
                columns.setdefault(column, cell)
    width = min(_MOST_COLUMNS, max((max(columns) + 1 for columns in grid.values() if columns), default=0))
    section: list[tuple[int, dict[int, Cell]]] = []
    for row, columns in sorted(grid.items()):
        if width > 1 and len(columns) == width and len({id(cell) for cell in columns.values()}) == 1:
            yield from _section(section)
            section = []
            if columns[0].text and row == columns[0].row:
                yield columns[0].text
        else:
            section.append((row, columns))
    yield from _section(section)


def _section(rows: Sequence[tuple[int, dict[int, Cell]]]) -> Iterator[str]:
    """The rows between two captions."""
    begun = sorted({cell.column for _, columns in rows for cell in columns.values()})
    for row, columns in rows:
        texts = [_text(columns.get(column), row, column) for column in begun]
        if any(texts):
            yield CELL_SEPARATOR.join(texts)


def _text(cell: Cell | None, row: int, column: int) -> str:
    if cell is None or ((row, column) != (cell.row, cell.column) and len(cell.text) > _LONGEST_REPEATED):
        return ""
    return cell.text


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
