"""Tables of a Word file as cells in a grid (ECMA-376 part 1, 17.4): merged, ragged and nested ones too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from summarizer.source.blocks import Block, Cell, row_lines
from summarizer.source.word.inline import WRAPPERS, chosen
from summarizer.source.word.package import attribute, find, name_of, value_of
from summarizer.source.word.styles import is_on

__all__ = ["read_table"]

_MOST_COLUMNS = 63
"""Word's own limit; a wider span covers the rest of the row."""

Blocks = Callable[[etree._Element], Iterator[Block]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell as it stands in the file."""

    row: int
    column: int
    columns: int
    continues: bool
    blocks: tuple[Block, ...]


def read_table(table: etree._Element, blocks: Blocks) -> Iterator[Block]:
    """Yield the table's rows; a table of one column is a frame around paragraphs, and yields those."""
    found = list(_cells(table, blocks))
    if all(cell.column == 0 and cell.columns == 1 for cell in found):
        for cell in found:
            yield from cell.blocks
        return
    cells: list[Cell] = []
    above: dict[int, int] = {}
    """For each column, the index of the cell that a merged one below it continues."""
    for cell in found:
        upper = above.get(cell.column)
        if cell.continues and upper is not None and cells[upper].row + cells[upper].rows == cell.row:
            cells[upper] = replace(cells[upper], rows=cells[upper].rows + 1)
            continue
        above[cell.column] = len(cells)
        text = " ".join(
            " ".join(block.text.split()) for block in cell.blocks if not block.reason and block.text.strip()
        )
        cells.append(Cell(text, cell.row, cell.column, 1, cell.columns))
    for line in row_lines(cells):
        yield Block(line)
    for cell in found:
        yield from (block for block in cell.blocks if block.reason)


def _cells(table: etree._Element, blocks: Blocks) -> Iterator[_Found]:
    for index, row in enumerate(_rows(table)):
        column = _count(value_of(row, "w:trPr", "w:gridBefore"), 0)
        for cell in _inside(row, "w:tc"):
            properties = find(cell, "w:tcPr")
            if find(properties, "w:cellDel") is not None:
                continue
            merge = find(properties, "w:vMerge")
            continues = merge is not None and attribute(merge, "w:val") != "restart"
            columns = max(1, _count(value_of(properties, "w:gridSpan"), 1))
            columns = min(columns, max(1, _MOST_COLUMNS - column))
            yield _Found(index, column, columns, continues, tuple(blocks(cell)))
            column += columns


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows that print: not the deleted and not the hidden ones."""
    for row in _inside(table, "w:tr"):
        properties = find(row, "w:trPr")
        if find(properties, "w:del") is None and not is_on(properties, "w:hidden"):
            yield row


def _inside(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those in content controls, changes and custom markup."""
    for child in element:
        name = name_of(child)
        if name == wanted:
            yield child
        elif name in WRAPPERS:
            yield from _inside(child, wanted)
        elif name == "mc:AlternateContent":
            for branch in chosen(child):
                yield from _inside(branch, wanted)


def _count(text: str | None, default: int) -> int:
    return min(int(text), _MOST_COLUMNS) if text and text.isdecimal() else default
