"""Printed lines: characters that stand beside each other, and the columns of a page in reading order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from summarizer.source.pdf.characters import Character
from summarizer.source.pdf.spacing import line_text

__all__ = ["Line", "Segment", "columns_of", "is_vertical", "lines_of"]

_OVERLAP = 0.5
_APART = 1.0  # of the height: a gap that may part two cells
_GUTTER = 0.9  # of the height: least width of the white between two columns
_CROSSED = 0.25  # most of the rows that may run across a gutter (headlines, pictures' captions)
_FILLED = 0.8  # a line of running text reaches so far across its column
_LEAST_ROWS = 4
_LEAST_CHARACTERS = 7


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line between wide gaps."""

    text: str
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line and its place; ``segments`` are its pieces between wide gaps."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    height: float
    segments: tuple[Segment, ...] = ()


def is_vertical(characters: Sequence[Character]) -> bool:
    """Whether the characters run in columns from the top: each stands below the one before it."""
    below = beside = 0
    solid = [one for one in characters if one.code != " " and not one.hidden]
    for one, after in itertools.pairwise(solid):
        height = max(one.height, 1.0)
        across, down = abs(after.left - one.left), one.bottom - after.bottom
        if across < 0.3 * height and 0.5 * height < down < 2.5 * height:
            below += 1
        elif abs(down) < 0.3 * height and 0 < after.left - one.left < 2.5 * height:
            beside += 1
    return below >= 8 and below > 4 * beside


def rows_of(characters: Sequence[Character]) -> list[list[Character]]:
    """Characters that overlap in height, from the top row to the bottom row, blanks with the row they stand in."""
    rows: list[list[Character]] = []
    bands: list[tuple[float, float]] = []
    for one in sorted(characters, key=lambda it: (-it.bottom - it.top, it.left)):
        low, high = one.bottom, one.top
        height = high - low
        if one.code == " " and height <= 0:
            continue
        for index in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
            bottom, top = bands[index]
            shared = (high if high < top else top) - (low if low > bottom else bottom)
            if shared >= _OVERLAP * max(0.1, min(top - bottom, height)):
                rows[index].append(one)
                if height > top - bottom:
                    bands[index] = low, high
                break
        else:
            rows.append([one])
            bands.append((one.bottom, one.top))
    return [row for row in rows if any(one.code != " " for one in row)]


def lines_of(characters: Sequence[Character]) -> list[Line]:
    """The lines of one column from top to bottom."""
    return [_line(row) for row in rows_of(characters)]


def _line(row: Sequence[Character]) -> Line:
    solid = sorted((one for one in row if one.code != " "), key=lambda one: one.left)
    height = max(1.0, median(one.height for one in solid))
    pieces: list[list[Character]] = []
    end = 0.0
    for one in sorted(row, key=lambda it: it.left):
        if one.code == " ":
            if pieces:
                pieces[-1].append(one)
            continue
        if not pieces or one.left - end >= _APART * height:
            pieces.append([])
        pieces[-1].append(one)
        end = max(end, one.right) if len(pieces[-1]) > 1 else one.right
    text = line_text(row)
    segments = (
        tuple(Segment(line_text(piece), piece[0].left, _end(piece)) for piece in pieces)
        if len(pieces) > 1
        else (Segment(text, solid[0].left, end),)
    )
    return Line(
        text,
        solid[0].left,
        min(one.bottom for one in solid),
        max(one.right for one in solid),
        max(one.top for one in solid),
        height,
        segments,
    )


def _end(piece: Sequence[Character]) -> float:
    return max(one.right for one in piece if one.code != " ")


def columns_of(characters: Sequence[Character]) -> Iterator[list[Character]]:
    """The characters of a page in sets that are read one after the other: columns from left to right, split where a
    headline runs across them. A page of one column is one set.
    """
    rows = [_spans(row) for row in rows_of(characters)]
    gutter = _gutter(rows)
    if gutter is None:
        if characters:
            yield list(characters)
        return
    middle = sum(gutter) / 2
    across: list[tuple[float, float]] = []
    for spans in rows:
        for left, right, bottom, top in spans:
            if left < middle - 1 and right > middle + 1:
                across.append((bottom, top))
    edges = sorted(across, reverse=True)
    upper = float("inf")
    for bottom, top in [*edges, (-float("inf"), -float("inf"))]:
        band = [one for one in characters if top < one.middle[1] < upper]
        left_side = [one for one in band if one.middle[0] < middle]
        right_side = [one for one in band if one.middle[0] >= middle]
        for side in (left_side, right_side):
            if any(one.code != " " for one in side):
                yield from columns_of(side)
        crossing = [one for one in characters if bottom <= one.middle[1] <= top and one.middle[1] < upper]
        if any(one.code != " " for one in crossing):
            yield crossing
        upper = min(upper, bottom)


_Span = tuple[float, float, float, float]


def _spans(row: Sequence[Character]) -> list[_Span]:
    """The pieces of a row between gaps, as left, right, bottom and top."""
    out: list[_Span] = []
    for one in sorted((it for it in row if it.code != " "), key=lambda it: it.left):
        if out and one.left - out[-1][1] < _GUTTER * max(one.height, 1.0):
            left, right, bottom, top = out[-1]
            out[-1] = left, max(right, one.right), min(bottom, one.bottom), max(top, one.top)
        else:
            out.append((one.left, one.right, one.bottom, one.top))
    return out


def _gutter(rows: Sequence[Sequence[_Span]]) -> tuple[float, float] | None:
    """The white between two columns of running text, or ``None``.

    A table has white between its columns too; there the cells are short and end anywhere, while running text fills its
    column line after line.
    """
    flat = [span for spans in rows for span in spans]
    if len(flat) < 2 * _LEAST_ROWS:
        return None
    low, high = min(span[0] for span in flat), max(span[1] for span in flat)
    best: tuple[float, float] | None = None
    for start, end in _whites(rows, low, high):
        left = [max((span for span in spans if span[1] <= end), key=lambda it: it[1], default=None) for spans in rows]
        right = [
            min((span for span in spans if span[0] >= start), key=lambda it: it[0], default=None) for spans in rows
        ]
        sides = [[span for span in side if span is not None] for side in (left, right)]
        if all(_is_text(side) for side in sides) and (best is None or end - start > best[1] - best[0]):
            best = start, end
    return best


def _whites(rows: Sequence[Sequence[_Span]], low: float, high: float) -> Iterator[tuple[float, float]]:
    """Stretches of the width that few rows cross, away from the edges."""
    most = max(1, int(_CROSSED * len(rows)))
    events = sorted(
        [(span[0], 1) for spans in rows for span in spans] + [(span[1], -1) for spans in rows for span in spans]
    )
    covering, start = 0, low
    for place, step in events:
        if (
            covering <= most < covering + step
            and place - start >= 6
            and low + 0.2 * (high - low) < (start + place) / 2 < high - 0.2 * (high - low)
        ):
            yield start, place
        if covering > most >= covering + step:
            start = place
        covering += step


def _is_text(side: Sequence[_Span]) -> bool:
    """Whether the pieces at one side of a gutter are lines of running text: enough of them, long, and many full."""
    if len(side) < _LEAST_ROWS:
        return False
    left, right = min(span[0] for span in side), max(span[1] for span in side)
    width = right - left
    height = median(span[3] - span[2] for span in side)
    full = sum(span[1] - span[0] >= _FILLED * width for span in side)
    return width >= _LEAST_CHARACTERS * height and full >= 0.35 * len(side)
