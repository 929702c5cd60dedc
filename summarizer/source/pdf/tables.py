"""Tables of a page: those with rules from their grid, those without from cells that stand below each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarizer.source.blocks import Cell, row_lines
from summarizer.source.pdf.characters import Character
from summarizer.source.pdf.grids import Grid
from summarizer.source.pdf.lines import Line, Segment, lines_of
from summarizer.source.pdf.shapes import Box
from summarizer.source.pdf.spacing import join_lines

__all__ = ["Table", "find_unruled", "ruled_table", "same_columns"]

_SNUG = 0.3  # of the height: how far cells of two columns may overlap
_FILLED = 0.6  # share of the fields of a table without rules that must hold text
_TIGHT = 1.45  # of the height: lines of one cell stand closer than rows do
_PADDING = 11.0  # points; Word's and Chromium's cells keep about this much free at their sides together
_ENDED_FREE = 3.5  # of the height
_UNFINISHED = ("，", "、", "（")
_ENDED = tuple("。；;.！？：:")


@dataclass(frozen=True, slots=True)
class Table:
    """A table's cells and its place; ``columns`` are the left edges of its columns, ``ends`` the right ones."""

    cells: tuple[Cell, ...]
    left: float
    bottom: float
    right: float
    top: float
    columns: tuple[float, ...]
    ends: tuple[float, ...]
    ruled: bool = True

    @property
    def rows(self) -> int:
        """The number of rows."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    def row(self, index: int) -> dict[int, Cell]:
        """The cells that cover a row, by the column they begin in."""
        return {cell.column: cell for cell in self.cells if cell.row <= index < cell.row + cell.rows}

    def lines(self) -> list[str]:
        """The rows as lines of text."""
        return list(row_lines(self.cells))

    def without_rows(self, count: int) -> Table:
        """The table without its first rows."""
        kept = [replace(cell, row=cell.row - count) for cell in self.cells if cell.row >= count]
        return replace(self, cells=tuple(kept))

    def followed_by(self, other: Table) -> Table:
        """The table with the rows of the next page below; a cell that the page's end cut is one again."""
        other = other.without_rows(self._repeated(other))
        if not other.cells:
            return self
        last, first = self.row(self.rows - 1), other.row(0)
        cells, below = list(self.cells), list(other.cells)
        if _continues(last, first):
            for column, cell in first.items():
                if cell.text and column in last:
                    at = cells.index(last[column])
                    cells[at] = replace(cells[at], text=join_lines([cells[at].text, cell.text]))
            below = list(other.without_rows(1).cells)
        elif 0 in first and not first[0].text and 0 in last and any(cell.text for cell in first.values()):
            # A cell that covers rows on both pages is printed only on the first.
            below[below.index(first[0])] = replace(first[0], text=last[0].text)
        rows = self.rows
        moved = [replace(cell, row=cell.row + rows) for cell in below]
        return replace(self, cells=(*cells, *moved), bottom=other.bottom)

    def with_line(self, line: Line) -> Table | None:
        """The table with one more row from a line of the next page, or ``None`` when its pieces do not stand in the columns."""
        if self.ruled or len(line.segments) < 2:
            return None
        around = [
            (left - line.height, right + line.height) for left, right in zip(self.columns, self.ends, strict=True)
        ]
        placed = _placed(line, around)
        near = line.bottom > self.bottom or self.bottom - line.top < 2.5 * line.height
        if placed is None or not near or len(placed) < _FILLED * len(self.columns):
            return None
        row = self.rows
        cells = [Cell(placed.get(column, ""), row, column) for column in range(len(self.columns))]
        return replace(self, cells=(*self.cells, *cells), bottom=line.bottom)

    def _repeated(self, other: Table) -> int:
        """How many rows of the other repeat the head of this one."""
        count = 0
        mine, its = self.lines(), other.lines()
        while count < min(len(mine), len(its), 3) and mine[count] == its[count]:
            count += 1
        return count


def _continues(last: dict[int, Cell], first: dict[int, Cell]) -> bool:
    """Whether the first row of a page goes on in the cells of the last: its first cell is empty, and what it holds goes on
    in cells that were not ended.
    """
    filled = [column for column, cell in first.items() if cell.text]
    if not filled or 0 in filled or 0 not in first:
        return False
    above = [last[column].text for column in filled if column in last]
    if len(above) != len(filled) or not all(above):
        return False
    if any(text.endswith(_UNFINISHED) for text in above):
        return True
    return not any(text.endswith(_ENDED) for text in above) and len(filled) <= max(1, len(first) - 2)


def same_columns(one: Table, other: Table) -> bool:
    """Whether the two have their columns in the same places, as the parts of one table on two pages have."""
    return len(one.columns) == len(other.columns) and all(
        abs(a - b) <= 6 for a, b in zip(one.columns, other.columns, strict=True)
    )


def ruled_table(grid: Grid, characters: Sequence[Character]) -> Table | None:
    """The table of a grid with the characters inside it, or ``None`` when it holds nearly none."""
    cells: list[Cell] = []
    for cell in grid.cells:
        box = cell.box
        inside = [
            one for one in characters if box.left <= one.middle[0] < box.right and box.bottom <= one.middle[1] < box.top
        ]
        text = " ".join(_cell_paragraphs(lines_of(inside), box))
        cells.append(Cell(text, cell.row, cell.column, cell.rows, cell.columns))
    if sum(bool(cell.text) for cell in cells) < 2:
        return None
    box = grid.box
    cells = _without_empty_columns(cells)
    return Table(tuple(cells), box.left, box.bottom, box.right, box.top, grid.uprights[:-1], grid.uprights[1:])


def _cell_paragraphs(lines: Sequence[Line], box: Box) -> Iterator[str]:
    """The paragraphs of a cell: a line that leaves much of the width free was ended, not wrapped, if it also ends as
    something does or others of the cell are longer.
    """
    longest = max((line.right - line.left for line in lines), default=0.0)
    open_: list[str] = []
    for line in lines:
        text = line.text.strip()
        open_.append(text)
        width = line.right - line.left
        free = box.width - _PADDING - width >= _ENDED_FREE * line.height
        if free and (text.endswith(_ENDED) or longest - width >= 2 * line.height):
            yield join_lines(open_)
            open_ = []
    if open_:
        yield join_lines(open_)


def _without_empty_columns(cells: Sequence[Cell]) -> list[Cell]:
    """The cells without columns that hold no text of their own: double rules, or a rule that ends a little aside."""
    width = max(cell.column + cell.columns for cell in cells)
    kept = [column for column in range(width) if any(cell.text and cell.column == column for cell in cells)]
    place = {column: index for index, column in enumerate(kept)}
    out: list[Cell] = []
    for cell in cells:
        own = [place[column] for column in range(cell.column, cell.column + cell.columns) if column in place]
        if own:
            out.append(replace(cell, column=own[0], columns=len(own)))
    return out


def find_unruled(lines: Sequence[Line]) -> list[Line | Table]:
    """The lines with runs of rows whose pieces stand below each other put together as tables."""
    out: list[Line | Table] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _may_follow(lines, at, end):
            end += 1
        table = _unruled(lines[at:end]) if end - at >= 2 else None
        if table is None:
            out.append(lines[at])
            at += 1
        else:
            out.append(table)
            at = end
    return out


def _may_follow(lines: Sequence[Line], start: int, at: int) -> bool:
    line = lines[at]
    if len(line.segments) >= 2:
        near = at == start or lines[at - 1].bottom - line.top < 2.5 * line.height
        return near and abs(line.height - lines[start].height) <= 0.3 * lines[start].height
    # A cell that goes on below: within the width of one cell of the row above, and close to it.
    if at == start or lines[at - 1].bottom - line.top > 0.8 * line.height:
        return False
    above = lines[at - 1].segments
    place = next((index for index, cell in enumerate(above) if abs(cell.left - line.left) < 0.5 * line.height), None)
    if place is None:
        return False
    limit = above[place + 1].left if place + 1 < len(above) else float("inf")
    return line.right <= limit and (place > 0 or (at + 1 < len(lines) and len(lines[at + 1].segments) >= 2))


def _unruled(lines: Sequence[Line]) -> Table | None:
    rows = [line for line in lines if len(line.segments) >= 2]
    if not rows:
        return None
    columns = _columns([segment for line in rows for segment in line.segments], rows[0].height)
    count = len(columns)
    if count < 2 or len(rows) < (3 if count == 2 else 2):
        return None
    grid: list[dict[int, str]] = []
    for before, line in zip([None, *lines[:-1]], lines, strict=True):
        placed = _placed(line, columns)
        if placed is None:
            return None
        tight = before is not None and before.bottom - line.bottom < _TIGHT * line.height
        if (
            grid
            and tight
            and 0 not in placed
            and all(column in grid[-1] for column in placed)
            and len(placed) < count - 1
        ):
            for column, text in placed.items():
                grid[-1][column] = join_lines([grid[-1][column], text])
        else:
            grid.append(placed)
    filled = sum(len(row) for row in grid)
    if filled < _FILLED * count * len(grid) or _is_contents(grid):
        return None
    cells = [Cell(row.get(column, ""), at, column) for at, row in enumerate(grid) for column in range(count)]
    return Table(
        tuple(cells),
        min(line.left for line in lines),
        lines[-1].bottom,
        max(line.right for line in lines),
        lines[0].top,
        tuple(left for left, _ in columns),
        tuple(right for _, right in columns),
        ruled=False,
    )


def _columns(segments: Sequence[Segment], height: float) -> list[tuple[float, float]]:
    """Stretches of the width that the pieces of all rows cover together."""
    out: list[tuple[float, float]] = []
    for segment in sorted(segments, key=lambda one: one.left):
        if out and segment.left < out[-1][1] + _SNUG * height:
            out[-1] = out[-1][0], max(out[-1][1], segment.right)
        else:
            out.append((segment.left, segment.right))
    return out


def _placed(line: Line, columns: Sequence[tuple[float, float]]) -> dict[int, str] | None:
    """The pieces of a line by column; ``None`` when two stand in one column, as words of running text do."""
    out: dict[int, str] = {}
    for segment in line.segments:
        middle = (segment.left + segment.right) / 2
        place = next((index for index, (left, right) in enumerate(columns) if left <= middle <= right), None)
        if place is None or place in out:
            return None
        out[place] = segment.text
    return out


def _is_contents(grid: Sequence[dict[int, str]]) -> bool:
    """Two columns whose second holds page numbers that only rise: a list of contents."""
    pages = [row.get(1, "") for row in grid]
    if any(len(row) > 2 for row in grid) or not all(page.isdecimal() for page in pages if page):
        return False
    numbers = [int(page) for page in pages if page]
    return len(numbers) >= 3 and numbers == sorted(numbers) and numbers[-1] < 1500
