"""Sheets of a workbook as text: a row a line, merged cells expanded, what is hidden named and apart.

A cell that was merged over several rows or columns stands in each of them, so that a value stands under its own head and
beside its own name; a row of one merged cell alone (a title, a section) is printed once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.source.blocks import CELL_SEPARATOR
from summarizer.source.reader import ReadText
from summarizer.source.text import Dropped

__all__ = ["CELLS", "Merge", "Sheet", "write_sheets"]

CELLS = 2_000_000
"""Most cells of one workbook; more are no table that people wrote."""

_PLAIN_NAMES = ("sheet", "工作表", "表格", "table")

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, all inclusive, from 0."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: shown values by ``(row, column)`` from 0, the merged ranges, and what of it is hidden."""

    name: str
    cells: Mapping[tuple[int, int], str]
    merges: Sequence[Merge] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


def write_sheets(sheets: Sequence[Sheet], note: str | None = None) -> ReadText:
    """The text of a workbook. Hidden sheets, rows and columns are written and marked as ``hidden``."""
    writer = _Writer()
    named = len([sheet for sheet in sheets if sheet.cells and not sheet.hidden]) > 1
    for sheet in sheets:
        if not sheet.cells:
            continue
        begin = writer.size
        if (named or sheet.hidden) and not _is_plain(sheet.name):
            writer.write(sheet.name.strip() + "\n")
        for row, cells in _rows(sheet):
            start = writer.size
            writer.row(cells, sheet)
            if row in sheet.hidden_rows and not sheet.hidden:
                writer.hide(start, f"row {row + 1} of sheet {sheet.name} is hidden")
        if sheet.hidden:
            writer.hide(begin, f"sheet {sheet.name} is hidden")
    return ReadText("".join(writer.parts), tuple(_disjoint(writer.furniture)), note=note)


class _Writer:
    """The text so far, its length, and what of it is hidden."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.size = 0
        self.furniture: list[Dropped] = []

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    def hide(self, start: int, detail: str) -> None:
        if self.size > start:
            self.furniture.append(Dropped(start, self.size, "hidden", detail))

    def row(self, cells: Sequence[tuple[int, str]], sheet: Sheet) -> None:
        """One line; a hidden column's cell goes with the separator after it."""
        for place, (column, text) in enumerate(cells):
            start = self.size
            self.write(text + (CELL_SEPARATOR if place + 1 < len(cells) else ""))
            if column in sheet.hidden_columns and not sheet.hidden:
                self.hide(start, f"column {column + 1} of sheet {sheet.name} is hidden")
        self.write("\n")


def _rows(sheet: Sheet) -> Iterator[tuple[int, list[tuple[int, str]]]]:
    """The rows that hold something, as ``(column, text)`` of the columns that hold something anywhere."""
    cells = dict(sheet.cells)
    last_row = max(row for row, _ in cells)
    width = max(column for _, column in cells)
    filled_of: dict[int, list[int]] = {}
    for (row, column), text in cells.items():
        if text:
            filled_of.setdefault(row, []).append(column)
    titles: set[int] = set()
    for top, left, bottom, right in sheet.merges:
        text = cells.get((top, left), "")
        if not text:
            continue
        if top == bottom and filled_of[top] == [left]:
            titles.add(top)
            continue
        bottom, right = min(bottom, last_row), min(right, width)
        if len(cells) + (bottom - top + 1) * (right - left + 1) > CELLS:
            raise ValueError(f"more than {CELLS:,} cells")
        cells.update({(row, column): text for row in range(top, bottom + 1) for column in range(left, right + 1)})
    filled = sorted({column for (row, column), text in cells.items() if text and row not in titles})
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in cells.items():
        if text:
            by_row.setdefault(row, {})[column] = " ".join(text.split())
    for row in sorted(by_row):
        found = by_row[row]
        if row in titles or (len(found) == 1 and min(found) == min(filled, default=0)):
            yield row, sorted(found.items())
            continue
        last = max(found)
        yield row, [(column, found.get(column, "")) for column in filled if column <= last]


def _is_plain(name: str) -> bool:
    bare = name.strip().lower()
    return any(bare.removeprefix(plain).strip("()（） ").isdigit() for plain in _PLAIN_NAMES) or bare in _PLAIN_NAMES


def _disjoint(drops: Iterable[Dropped]) -> Iterator[Dropped]:
    """Without those inside another (a hidden column in a hidden row)."""
    end = 0
    for drop in sorted(drops, key=lambda one: (one.start, -one.end)):
        if drop.end > end:
            yield Dropped(max(drop.start, end), drop.end, drop.reason, drop.detail)
            end = drop.end
