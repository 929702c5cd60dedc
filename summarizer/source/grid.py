"""Tables of a page as rows whose cells stand under their own heads: cells over several rows or columns are repeated.

A table that only lays out the page (one column, other tables inside, one cell with nearly all the text) is none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

__all__ = ["Cell", "data_rows", "is_data"]

CELLS = frozenset(["td", "th"])
_SECTIONS = frozenset(["thead", "tbody", "tfoot"])
_WIDEST = 512  # columns; HTML allows 1000 for one cell
_REPEATED = 50_000  # characters that repetition may add to a table, besides three times its own
_LONGEST_CELL = 1200  # a cell with more text is no datum
_MOST_IN_ONE = 0.7  # nor is a table data when one cell holds this share of it …
_SMALL = 300  # … and more than so many characters
_BLOCKS = frozenset(["p", "div", "section", "li", "h1", "h2", "h3", "h4"])
_PARAGRAPHS = 12  # so many blocks in one cell are an article


@dataclass(frozen=True, slots=True)
class Cell:
    """One place of a row; ``own`` where the cell is printed, not repeated from the row above or the column before."""

    element: HtmlElement
    own: bool


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data: at least two rows and two columns of cells, none of which is an article."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [_cells(row) for row in _rows(table)]
    if sum(len(row) >= 2 for row in rows) < 2:
        return False
    sizes = [len("".join(cell.itertext())) for row in rows for cell in row]
    longest = max(sizes)
    if longest > _LONGEST_CELL or (longest > _SMALL and longest > _MOST_IN_ONE * sum(sizes)):
        return False
    return all(sum(1 for _ in cell.iter(*_BLOCKS)) <= _PARAGRAPHS for row in rows for cell in row)


def data_rows(table: HtmlElement, size: Callable[[HtmlElement], int]) -> Iterator[tuple[HtmlElement, list[Cell]]]:
    """The rows with their repeated cells; ``size`` tells the printed length of a cell.

    A cell that spans the whole row is not repeated: it is a heading. Where repetition would blow the table up beyond
    bounds, every cell is printed once.
    """
    rows = [(row, _cells(row)) for row in _rows(table)]
    expanded = _expanded(rows) if _bounded(rows, size) else [[Cell(cell, True) for cell in cells] for _, cells in rows]
    for (row, _), cells in zip(rows, expanded, strict=True):
        distinct = {id(cell.element) for cell in cells}
        yield row, cells[:1] if len(distinct) == 1 and cells[0].own else cells


def _rows(table: HtmlElement) -> Iterator[HtmlElement]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from (row for row in child if row.tag == "tr")


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in CELLS]


def _span(cell: HtmlElement, name: str, most: int) -> int:
    digits = (cell.get(name) or "1").strip()[:6]
    number = int(digits) if digits.isascii() and digits.isdigit() else 1
    return min(most, number if number or name == "colspan" else most) or 1


def _bounded(rows: list[tuple[HtmlElement, list[HtmlElement]]], size: Callable[[HtmlElement], int]) -> bool:
    own = printed = 0
    for index, (_, cells) in enumerate(rows):
        width = 0
        for cell in cells:
            columns, down = _span(cell, "colspan", _WIDEST + 1), _span(cell, "rowspan", len(rows) - index)
            width += columns
            characters = size(cell) + 3
            own += characters
            printed += characters * columns * down
        if width > _WIDEST:
            return False
    return printed <= 4 * own + _REPEATED


def _expanded(rows: list[tuple[HtmlElement, list[HtmlElement]]]) -> list[list[Cell]]:
    out: list[list[Cell]] = []
    pending: dict[int, tuple[HtmlElement, int]] = {}  # column → cell from above and how many rows it still spans
    for index, (_, cells) in enumerate(rows):
        row: list[Cell] = []
        for cell in cells:
            _from_above(row, pending)
            columns, down = _span(cell, "colspan", _WIDEST), _span(cell, "rowspan", len(rows) - index)
            for place in range(columns):
                if down > 1:
                    pending[len(row)] = (cell, down - 1)
                row.append(Cell(cell, place == 0))
        _from_above(row, pending)
        out.append(row)
    return out


def _from_above(row: list[Cell], pending: dict[int, tuple[HtmlElement, int]]) -> None:
    """Append the cells that reach down into this row at the next columns."""
    while (above := pending.pop(len(row), None)) is not None:
        element, left = above
        if left > 1:
            pending[len(row)] = (element, left - 1)
        row.append(Cell(element, False))
