"""One page as lines and tables in reading order, and what stands beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium

from summarizer.source.pdf.characters import Character, PageCharacters, read_characters
from summarizer.source.pdf.grids import find_grids
from summarizer.source.pdf.lines import Line, columns_of, is_vertical, lines_of
from summarizer.source.pdf.shapes import Rule
from summarizer.source.pdf.tables import Table, find_unruled, ruled_table

__all__ = ["Item", "PageLines", "read_page"]

Item = Line | Table
_LEAST_WATERMARK = 2


@dataclass(frozen=True, slots=True)
class PageLines:
    """A page's columns, each a list of lines and tables from the top, and its texts that are no part of them."""

    number: int
    width: float
    height: float
    columns: tuple[tuple[Item, ...], ...]
    hidden: tuple[str, ...] = ()
    turned: tuple[str, ...] = ()
    levels: tuple[Rule, ...] = field(default=(), repr=False)
    """Level rules: one of them stands above footnotes."""
    pictured: bool = False
    recognised: bool = False

    @property
    def items(self) -> list[Item]:
        """Lines and tables of all columns in reading order."""
        return [item for column in self.columns for item in column]


def read_page(page: pdfium.PdfPage, number: int) -> PageLines:
    """Read one page."""
    found = read_characters(page)
    seen = [one for one in found.upright if not one.hidden]
    height, width = found.height, found.width
    if is_vertical(seen):
        seen = [one.laid(height) for one in seen]
        width, height = height, width
        columns: list[list[Item]] = [list(lines_of(seen))]
        levels: tuple[Rule, ...] = ()
    else:
        columns = _columns(seen, found)
        levels = tuple(rule for rule in found.shapes.rules if not rule.upright)
    hidden = [line.text for line in lines_of([one for one in found.upright if one.hidden])]
    turned = "".join(one.code for one in found.turned).strip()
    return PageLines(
        number,
        width,
        height,
        tuple(tuple(column) for column in columns if column),
        tuple(text for text in hidden if text.strip()),
        (turned,) if len(turned) >= _LEAST_WATERMARK else (),
        levels,
        found.pictured,
        found.recognised,
    )


def _columns(seen: Sequence[Character], found: PageCharacters) -> list[list[Item]]:
    tables: list[Table] = []
    rest = list(seen)
    for grid in find_grids(found.shapes.rules):
        box = grid.box
        inside = [
            one for one in rest if box.left <= one.middle[0] <= box.right and box.bottom <= one.middle[1] <= box.top
        ]
        table = ruled_table(grid, inside)
        if table is not None:
            tables.append(table)
            taken = set(map(id, inside))
            rest = [one for one in rest if id(one) not in taken]
    columns = [find_unruled(lines_of(column)) for column in columns_of(rest)]
    for table in sorted(tables, key=lambda one: -one.top):
        _insert(columns, table)
    return columns


def _insert(columns: list[list[Item]], table: Table) -> None:
    """Put a ruled table before the first line that is below its top and beside no other column."""
    for column in columns:
        left, right = min(item.left for item in column), max(item.right for item in column)
        if right < table.left or left > table.right:
            continue
        for index, item in enumerate(column):
            if item.top <= table.top and item.bottom < table.bottom:
                column.insert(index, table)
                return
    for column in reversed(columns):
        left, right = min(item.left for item in column), max(item.right for item in column)
        if left <= table.right and right >= table.left:
            column.append(table)
            return
    columns.append([table])
