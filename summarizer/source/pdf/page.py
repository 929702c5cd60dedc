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
_WIDE = 0.6  # of the text's width


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
    return _around(tables, rest)


def _around(tables: Sequence[Table], rest: Sequence[Character]) -> list[list[Item]]:
    """The columns of the text with its ruled tables: one that spans most of the text parts what is above from what is below."""
    sides = [(one.left, one.right) for one in rest if one.code != " "] + [(one.left, one.right) for one in tables]
    width = max((right for _, right in sides), default=0.0) - min((left for left, _ in sides), default=0.0)
    wide = sorted((one for one in tables if one.right - one.left >= _WIDE * width), key=lambda one: -one.top)
    columns: list[list[Item]] = []
    upper = float("inf")
    for table in [*wide, None]:
        lower = table.top if table is not None else -float("inf")
        band = [one for one in rest if lower < one.middle[1] <= upper]
        parts = [find_unruled(lines_of(column)) for column in columns_of(band)]
        for narrow in tables:
            if narrow not in wide and lower < (narrow.top + narrow.bottom) / 2 <= upper:
                _insert(parts, narrow)
        if len(parts) == 1 and columns and _is_plain(columns):
            columns[0].extend(parts[0])
        else:
            columns.extend(parts)
        if table is not None:
            if not columns or not _is_plain(columns):
                columns.append([])
            columns[-1].append(table)
            upper = lower
    return columns


def _is_plain(columns: Sequence[Sequence[Item]]) -> bool:
    """Whether the page has been one column so far."""
    return len(columns) == 1


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
