"""The sheets of an OpenDocument workbook."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from summarizer.source.opendocument.names import MOST_REPEATED, attribute, name_of, table_rows
from summarizer.source.sheets import CELLS, Merge, Sheet

__all__ = ["sheets"]


def sheets(content: _Element, hidden_styles: frozenset[str]) -> Iterator[Sheet]:
    for table in content:
        if name_of(table) == "table:table":
            yield _sheet(table, hidden_styles)


def _sheet(table: _Element, hidden_styles: frozenset[str]) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    hidden_rows: set[int] = set()
    number = 0
    for row in table_rows(table):
        repeated = int(attribute(row, "table:number-rows-repeated") or 1)
        found = dict(_cells(row, number, merges))
        if attribute(row, "table:visibility") in ("collapse", "filter"):
            hidden_rows.update(range(number, number + min(repeated, MOST_REPEATED)))
        for at in range(number, number + min(repeated, MOST_REPEATED)) if found else ():
            cells.update({(at, column): text for column, text in found.items()})
        if len(cells) > CELLS:
            raise ValueError(f"more than {CELLS:,} cells in sheet {attribute(table, 'table:name')}")
        number += repeated
    columns: set[int] = set()
    column = 0
    for one in table.iter(etree.Element):
        if name_of(one) == "table:table-column":
            count = int(attribute(one, "table:number-columns-repeated") or 1)
            if attribute(one, "table:visibility") in ("collapse", "filter"):
                columns.update(range(column, column + min(count, MOST_REPEATED)))
            column += count
    hidden = attribute(table, "table:style-name") in hidden_styles
    return Sheet(
        attribute(table, "table:name") or "", cells, merges, hidden, frozenset(hidden_rows), frozenset(columns)
    )


def _cells(row: _Element, number: int, merges: list[Merge]) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        name = name_of(cell)
        if name not in ("table:table-cell", "table:covered-table-cell"):
            continue
        count = int(attribute(cell, "table:number-columns-repeated") or 1)
        lines = ["".join(map(str, one.itertext())) for one in cell if name_of(one) == "text:p"]
        text = " ".join(" ".join(lines).split())
        rows, columns = (int(attribute(cell, f"table:number-{what}-spanned") or 1) for what in ("rows", "columns"))
        if rows > 1 or columns > 1:
            merges.append((number, column, number + rows - 1, column + columns - 1))
        if text and name == "table:table-cell":
            yield from ((column + at, text) for at in range(min(count, MOST_REPEATED)))
        column += count
