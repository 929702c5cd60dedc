"""Text that is only places on a page (recognised pictures, OFD) as lines, paragraphs and table rows in reading order.

Pieces whose heights overlap are one line; a line that runs to the right margin goes on in the next; pieces inside a ruled
grid are table cells; what stands at the same edge of the pages, and page numbers there, are furniture.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.source.blocks import CELL_SEPARATOR
from summarizer.source.pieces import Line, Piece, printed_rows
from summarizer.source.ruled import ruled_grids
from summarizer.source.text import Dropped, Recognised

__all__ = ["Laid", "Page", "lay_out"]

_PAGE_NUMBER = re.compile(
    r"^[\s\-\u2014\u2013\u2500\u4e00\u00b7第共/~]*\d{1,4}[\s\-\u2014\u2013\u2500\u4e00\u00b7页/共\d~]*$"
)
_NEW_PARAGRAPH = re.compile(
    r"^(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}[章节条]|\d{1,2}[.．、](?!\d)|[\u2014]{2}|[●•])"
)
_DIGITS = re.compile(r"\d+")
_INDENT = 1.2  # in heights of the line
_MARGIN_SLACK = 1.7
_FEW_LINES = 6  # fewer lines show no margin but their own
_MARGIN_SHARE = 0.15  # of a page's lines end at its right margin at least
_FAR_RIGHT = 5.0  # a line that begins further in is set apart: a title, a signature, a date
_GAP = 1.6  # a wider gap between pieces of a line parts them
_EDGE_LINES = 2


@dataclass(frozen=True, slots=True)
class Page:
    """The pieces of a page and its drawn lines, each ``(left, top, right, bottom)``."""

    pieces: tuple[Piece, ...]
    rules: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of all pages, its furniture, and the recognised ranges."""

    text: str
    furniture: tuple[Dropped, ...]
    recognised: tuple[Recognised, ...]


@dataclass
class _Paragraph:
    parts: list[Piece | str]
    furniture: str | None = None
    cut: bool = False
    """The page ended inside it."""

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


def lay_out(pages: Sequence[Page]) -> Laid:
    """Write the pages out in reading order."""
    lined = [_lines(page) for page in pages]
    running = _running(lined)
    paragraphs = [paragraph for lines in lined for paragraph in _page(lines, running)]
    return _written(paragraphs)


def _lines(page: Page) -> list[Line]:
    grids = ruled_grids(page.rules)
    free: list[Piece] = []
    inside: dict[int, list[Piece]] = {}
    for piece in page.pieces:
        at = next((number for number, grid in enumerate(grids) if grid.holds(piece)), None)
        (free if at is None else inside.setdefault(at, [])).append(piece)
    placed = [(min(piece.top for piece in row), _joined(row)) for row in printed_rows(free)]
    for number, pieces in inside.items():
        placed.extend((top, line) for top, line in grids[number].lines(pieces))
    return [line for _, line in sorted(placed, key=lambda one: one[0])]


def _joined(row: Sequence[Piece]) -> Line:
    """A line of its pieces; far apart they are cells of a table without rules, unless the line is letter-spaced."""
    height = max(piece.height for piece in row)
    wide = [after.left - before.right > _GAP * height for before, after in itertools.pairwise(row)]
    spaced = all(len(piece.text.strip()) <= 2 for piece in row)
    parts: list[Piece | str] = [row[0]]
    for piece, is_wide in zip(row[1:], wide, strict=True):
        before = parts[-1].text if isinstance(parts[-1], Piece) else ""
        if is_wide and not spaced:
            parts.append(CELL_SEPARATOR)
        elif before[-1:].isascii() and before[-1:].isalpha() and piece.text[:1].isascii() and piece.text[:1].isalpha():
            parts.append(" ")
        parts.append(piece)
    return Line(tuple(parts), row[0].left, row[-1].right, height, row=any(wide) and not spaced)


def _running(pages: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Shapes of lines that stand at the top or bottom of more than half of the pages."""
    if len(pages) < 2:
        return frozenset()
    edges: Counter[str] = Counter()
    # Of two pages only what is the very same on both is a head; of more, figures in it may differ.
    shape = _shape if len(pages) > 2 else _exact
    for lines in pages:
        edges.update({shape(line) for line in (*lines[:_EDGE_LINES], *lines[-_EDGE_LINES:])})
    return frozenset(shape for shape, count in edges.items() if count > max(1, len(pages) / 2))


def _exact(line: Line) -> str:
    return line.text.strip()


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", line.text.strip())


def _page(lines: Sequence[Line], running: frozenset[str]) -> Iterator[_Paragraph]:
    edge = {0, 1, len(lines) - 2, len(lines) - 1}
    heads = {
        index: "page_number" if _PAGE_NUMBER.match(line.text.strip()) else "running_head"
        for index, line in enumerate(lines)
        if index in edge and ({_shape(line), _exact(line)} & running or _PAGE_NUMBER.match(line.text.strip()))
    }
    upper = [index for index in sorted(heads) if index < len(lines) / 2]
    yield from (_Paragraph([*lines[index].parts], heads[index]) for index in upper)
    yield from _paragraphs([line for index, line in enumerate(lines) if index not in heads])
    yield from (_Paragraph([*lines[index].parts], heads[index]) for index in sorted(heads) if index not in upper)


def _paragraphs(lines: Sequence[Line]) -> list[_Paragraph]:
    free = [line for line in lines if not line.row]
    margin = -_margin([(-line.right, line.height) for line in free])
    edge = _margin([(line.left, line.height) for line in free])
    found: list[_Paragraph] = []
    goes_on = False
    for line in lines:
        indented = line.left > edge + _INDENT * line.height
        if goes_on and not line.row and not indented and not _NEW_PARAGRAPH.match(line.text.strip()):
            before = found[-1].text[-1:]
            latin = before.isascii() and before.isalpha() and line.text[:1].isascii() and line.text[:1].isalpha()
            found[-1].parts.extend([*([" "] if latin else []), *line.parts])
        else:
            found.append(_Paragraph([*line.parts]))
        full = abs(line.right - margin) <= _MARGIN_SLACK * line.height
        goes_on = not line.row and full and line.left <= edge + _FAR_RIGHT * line.height
    if found and goes_on:
        found[-1].cut = True
    return found


def _margin(places: Sequence[tuple[float, float]]) -> float:
    """The outermost (smallest) place at which several lines begin, or end: a line that stands out alone sets no margin."""
    ordered = sorted(places)
    wanted = max(2, round(_MARGIN_SHARE * len(ordered)))
    for index, (place, height) in enumerate(ordered if len(ordered) >= _FEW_LINES else []):
        near = bisect_right(ordered, (place + _MARGIN_SLACK * height, 0.0)) - index
        if near >= wanted:
            return place
    return ordered[0][0] if ordered else 0.0


def _written(paragraphs: Sequence[_Paragraph]) -> Laid:
    """The text; where a page break cut a paragraph, the furniture between swallows the line breaks."""
    parts: list[str] = []
    furniture: list[Dropped] = []
    recognised: list[Recognised] = []
    offset = 0
    for index, paragraph in enumerate(paragraphs):
        start = offset
        for part in [*paragraph.parts, "\n"]:
            text = part if isinstance(part, str) else part.text
            if isinstance(part, Piece) and part.confidences and text:
                recognised.append(Recognised(offset, offset + len(text), min(part.confidences)))
            parts.append(text)
            offset += len(text)
        if paragraph.furniture:
            furniture.append(Dropped(start, offset, paragraph.furniture, "repeated at the edge of the pages"))
        elif paragraph.cut and _goes_on(paragraphs, index + 1):
            furniture.append(Dropped(offset - 1, offset, "page_break", "inside a sentence"))
    return Laid("".join(parts), tuple(furniture), tuple(recognised))


def _goes_on(paragraphs: Sequence[_Paragraph], index: int) -> bool:
    while index < len(paragraphs) and paragraphs[index].furniture:
        index += 1
    return index < len(paragraphs) and not _NEW_PARAGRAPH.match(paragraphs[index].text.strip())
