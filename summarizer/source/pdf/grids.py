"""Ruled tables: from the rules of a page to cells, merged ones included.

A table is a set of rules that cross or touch. Between two neighbouring uprights and two neighbouring levels lies a field;
fields without a rule between them are one cell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.source.pdf.shapes import Box, Rule

__all__ = ["Grid", "GridCell", "find_grids"]

_SNAP = 2.5
_TOUCH = 3.5
_COVERED = 0.6
"""Share of a field's side that a rule must cover to part it from its neighbour."""
_SHORTEST = 6.0
_MOST_RULES = 4_000
_MOST_FIELDS = 20_000
_OPEN_SIDE = 8.0
"""Levels that reach this far beyond the outermost upright close a cell that has no rule at its side."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its box, where it begins in the grid, and how many rows and columns it covers."""

    box: Box
    row: int
    column: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's box, its cells from the top left, and where its columns stand."""

    box: Box
    cells: tuple[GridCell, ...]
    uprights: tuple[float, ...]


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of at least two columns and two cells beside or above each other; of a page full of lines none."""
    if len(rules) > _MOST_RULES:
        return []
    joined = _joined(rules)
    return [grid for group in _groups(joined) if (grid := _grid(group)) is not None]


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rules on one line that touch or overlap (dashes, a border drawn cell by cell) as one."""
    out: list[Rule] = []
    for upright in (True, False):
        same = sorted((rule for rule in rules if rule.upright == upright), key=lambda rule: rule.at)
        lines: list[list[Rule]] = []
        for rule in same:
            if lines and rule.at - lines[-1][-1].at <= _SNAP and rule.at - lines[-1][0].at <= 2 * _SNAP:
                lines[-1].append(rule)
            else:
                lines.append([rule])
        for line in lines:
            at = sum(rule.at for rule in line) / len(line)
            start = end = None
            for rule in sorted(line, key=lambda one: one.start):
                if end is not None and start is not None and rule.start <= end + _TOUCH:
                    end = max(end, rule.end)
                    continue
                if start is not None and end is not None and end - start >= _SHORTEST:
                    out.append(Rule(upright, at, start, end))
                start, end = rule.start, rule.end
            if start is not None and end is not None and end - start >= _SHORTEST:
                out.append(Rule(upright, at, start, end))
    return out


def _groups(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Sets of rules that hang together by crossing or touching."""
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    uprights = [index for index, rule in enumerate(rules) if rule.upright]
    levels = [index for index, rule in enumerate(rules) if not rule.upright]
    for one in uprights:
        for other in levels:
            if _cross(rules[one], rules[other]):
                parent[root(one)] = root(other)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[root(index)].append(rule)
    yield from groups.values()


def _cross(upright: Rule, level: Rule) -> bool:
    return (
        level.start - _TOUCH <= upright.at <= level.end + _TOUCH
        and upright.start - _TOUCH <= level.at <= upright.end + _TOUCH
    )


def _grid(group: Sequence[Rule]) -> Grid | None:
    uprights = [rule for rule in group if rule.upright]
    levels = [rule for rule in group if not rule.upright]
    if not uprights or len(levels) < 2:
        return None
    xs, ys = _places(uprights), _places(levels)
    # Many tables have no rule at their sides.
    if min(rule.start for rule in levels) < xs[0] - _OPEN_SIDE:
        xs.insert(0, min(rule.start for rule in levels))
    if max(rule.end for rule in levels) > xs[-1] + _OPEN_SIDE:
        xs.append(max(rule.end for rule in levels))
    ys.reverse()
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or columns * rows > _MOST_FIELDS:
        return None
    cells = tuple(_cells(xs, ys, uprights, levels))
    if len(cells) < 2 or max(cell.column for cell in cells) == 0 or (rows < 2 and columns < 3):
        return None
    return Grid(Box(xs[0], ys[-1], xs[-1], ys[0]), cells, tuple(xs))


def _places(rules: Sequence[Rule]) -> list[float]:
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _SNAP:
            places.append(at)
    return places


def _cells(
    xs: Sequence[float], ys: Sequence[float], uprights: Sequence[Rule], levels: Sequence[Rule]
) -> Iterator[GridCell]:
    columns, rows = len(xs) - 1, len(ys) - 1
    parent = list(range(columns * rows))

    def root(index: int) -> int:
        while parent[index] != index:
            index = parent[index]
        return index

    by_x, by_y = _near(xs, uprights), _near(ys, levels)
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _parted(by_x[column + 1], ys[row + 1], ys[row]):
                parent[root(here + 1)] = root(here)
            if row + 1 < rows and not _parted(by_y[row + 1], xs[column], xs[column + 1]):
                parent[root(here + columns)] = root(here)
    members: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for index in range(columns * rows):
        members[root(index)].append(divmod(index, columns))
    for fields in members.values():
        top, left = min(row for row, _ in fields), min(column for _, column in fields)
        bottom, right = max(row for row, _ in fields) + 1, max(column for _, column in fields) + 1
        yield GridCell(Box(xs[left], ys[bottom], xs[right], ys[top]), top, left, bottom - top, right - left)


def _near(places: Sequence[float], rules: Sequence[Rule]) -> list[list[Rule]]:
    return [[rule for rule in rules if abs(rule.at - place) <= 2 * _SNAP] for place in places]


def _parted(rules: Sequence[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= _COVERED * (end - start)
