"""PDF files: characters and their places by pypdfium2, the grid of ruled tables by pdfplumber.

A page's lines are joined to paragraphs (a line that runs to the right margin goes on in the next), a table row is one
line with ``" | "`` between its cells, and lines that stand at the same edge of most pages (running heads, page numbers)
are furniture, also where they fall into a sentence.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from summarizer.source.text import Dropped

__all__ = ["PdfText", "ScanError", "read_pdf"]

_PAGE_NUMBER = re.compile(r"^[\s\-\u2014\u2013\u00b7第共/]*\d{1,4}[\s\-\u2014\u2013\u00b7页/共\d]*$")
_DIGITS = re.compile(r"\d+")
_NEW_PARAGRAPH = re.compile(
    r"^[ \u3000]{2}|^(?:[（(]?[一二三四五六七八九十]{1,3}[、）)]|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}[.．、]|[\u2014]{2}|[●•·])"
)
# A line that ends within this many of its own character widths of the right margin was wrapped by the layout.
_MARGIN_SLACK = 1.6
# One that begins further from the left margin than an indent is set to the right (a signature, a date) and goes on nowhere.
_MOST_INDENT = 5.0
# Fewer drawn lines or boxes on a page are underlines and letterheads.
_LEAST_RULES = 6

_Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, the origin at the page's lower left."""


class ScanError(ValueError):
    """A file without a text layer: its pages are pictures."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """The document's text, its furniture and the number of pages."""

    text: str
    furniture: tuple[Dropped, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed line and where it begins and ends; ``row`` when it is a table row put together from its cells."""

    text: str
    left: float
    right: float
    bottom: float
    width: float
    row: bool = False


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    furniture: str | None = None
    cut: bool = False
    """The page ended inside it: its last line ran to the margin."""


def read_pdf(data: bytes) -> PdfText:
    """Read a file. Raises ``ValueError`` when it is encrypted or damaged, ``ScanError`` when it holds no text."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        wanted = "password" in str(error).lower()
        raise ValueError("encrypted: a password is needed" if wanted else f"not a readable PDF ({error})") from error
    try:
        grids = _grids(data, [number for number in range(len(document)) if _has_rules(document[number])])
        pages = [_lines(document[number], grids.get(number, [])) for number in range(len(document))]
    finally:
        document.close()
    running = _running_heads(pages)
    paragraphs = [paragraph for lines in pages for paragraph in _page(lines, running)]
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise ScanError("no text layer: a scan needs character recognition first")
    return _assemble(paragraphs, len(pages))


def _has_rules(page: pdfium.PdfPage) -> bool:
    """Whether a page draws enough lines or boxes to hold a ruled table."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=2)
    return sum(1 for _ in islice(paths, _LEAST_RULES)) == _LEAST_RULES


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table's box and its rows of cell boxes."""

    box: _Box
    rows: tuple[tuple[_Box, ...], ...]


def _grids(data: bytes, numbers: Sequence[int]) -> dict[int, list[_Grid]]:
    """The ruled tables of these pages; pdfplumber is loaded only for them, because it is slow."""
    if not numbers:
        return {}
    import pdfplumber

    found: dict[int, list[_Grid]] = {}
    with _quiet("pdfminer"), pdfplumber.open(io.BytesIO(data), pages=[number + 1 for number in numbers]) as document:
        for number, page in zip(numbers, document.pages, strict=True):
            tables = [table for table in page.find_tables() if len(table.rows) > 1]
            found[number] = [
                _Grid(
                    _upright(table.bbox, page.height),
                    tuple(tuple(_upright(cell, page.height) for cell in row.cells if cell) for row in table.rows),
                )
                for table in tables
                if max(sum(cell is not None for cell in row.cells) for row in table.rows) > 1
            ]
    return found


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library's complaints about fonts off the user's screen while it works."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _upright(box: _Box, height: float) -> _Box:
    """From pdfplumber's coordinates (from the top) to PDFium's (from the bottom)."""
    left, top, right, bottom = box
    return left, height - bottom, right, height - top


def _lines(page: pdfium.PdfPage, grids: Sequence[_Grid]) -> list[_Line]:
    """The printed lines in the order of the content, each table's lines replaced by its rows."""
    textpage = page.get_textpage()
    # U+FFFE stands where the layout broke a word; line ends come as CR LF, one index each.
    text: str = textpage.get_text_range()
    out: list[_Line] = []
    placed: set[int] = set()
    for match in re.finditer(r"[^\r\n]+", text):
        printed = match.group().replace("\ufffe", "").rstrip()
        if not printed.strip():
            continue
        line = _located(textpage, printed, match.start(), match.start() + len(match.group().rstrip()) - 1)
        at = next((index for index, grid in enumerate(grids) if _within(line, grid.box)), None)
        if at is None:
            out.append(line)
        elif at not in placed:
            placed.add(at)
            out.extend(_row(textpage, row) for row in grids[at].rows)
    return out


def _located(textpage: pdfium.PdfTextPage, printed: str, first: int, last: int) -> _Line:
    # Loose boxes follow the font's metrics: a 一 is as high and as wide as any other character.
    left, bottom, _, _ = textpage.get_charbox(first, loose=True)
    _, _, right, top = textpage.get_charbox(last, loose=True)
    return _Line(printed, left, right, bottom, max(1.0, top - bottom))


def _within(line: _Line, box: _Box) -> bool:
    return box[0] - 1 <= line.left <= box[2] + 1 and box[1] - 1 <= line.bottom <= box[3] + 1


def _row(textpage: pdfium.PdfTextPage, cells: Sequence[_Box]) -> _Line:
    texts = ["".join(textpage.get_text_bounded(*cell).replace("\ufffe", "").split("\r\n")).strip() for cell in cells]
    return _Line(" | ".join(texts), 0, 0, 0, 1, row=True)


def _shape(line: _Line) -> str:
    return _DIGITS.sub("#", line.text.strip())


def _running_heads(pages: Sequence[Sequence[_Line]]) -> frozenset[str]:
    """Shapes of lines that stand at the top or bottom of more than half of the pages."""
    if len(pages) < 3:
        return frozenset()
    edges: Counter[str] = Counter()
    for lines in pages:
        edges.update({_shape(line) for line in (*lines[:2], *lines[-2:])})
    return frozenset(shape for shape, count in edges.items() if count > len(pages) / 2)


def _page(lines: Sequence[_Line], running: frozenset[str]) -> Iterator[_Paragraph]:
    edge = {0, 1, len(lines) - 2, len(lines) - 1}
    heads = {
        index
        for index, line in enumerate(lines)
        if index in edge and (_shape(line) in running or _PAGE_NUMBER.match(line.text.strip()))
    }
    yield from (_Paragraph(lines[index].text.strip(), "running_head") for index in sorted(heads) if index < 2)
    yield from _paragraphs([line for index, line in enumerate(lines) if index not in heads])
    yield from (_Paragraph(lines[index].text.strip(), "running_head") for index in sorted(heads) if index >= 2)


def _paragraphs(lines: Sequence[_Line]) -> list[_Paragraph]:
    """Join wrapped lines; a table row stands alone."""
    margin = max((line.right for line in lines if not line.row), default=0.0)
    edge = min((line.left for line in lines if not line.row), default=0.0)
    joined: list[str] = []
    open_ = False
    for line in lines:
        text = line.text.strip()
        if open_ and not line.row and not _NEW_PARAGRAPH.match(line.text):
            joined[-1] += (" " if joined[-1][-1:].isascii() and text[:1].isascii() else "") + text
        else:
            joined.append(text)
        full = line.right >= margin - _MARGIN_SLACK * line.width
        open_ = not line.row and full and line.left <= edge + _MOST_INDENT * line.width
    paragraphs = [_Paragraph(text) for text in joined]
    if paragraphs and open_:
        paragraphs[-1] = _Paragraph(joined[-1], cut=True)
    return paragraphs


def _assemble(paragraphs: Sequence[_Paragraph], pages: int) -> PdfText:
    """Write the paragraphs out; where a page break cut one, the furniture between swallows the line breaks."""
    furniture: list[Dropped] = []
    parts: list[str] = []
    offset = 0
    for index, paragraph in enumerate(paragraphs):
        piece = paragraph.text + "\n"
        if paragraph.furniture:
            dropped = Dropped(offset, offset + len(piece), paragraph.furniture, "repeated at the edge of the pages")
            furniture.append(dropped)
        elif paragraph.cut and _goes_on(paragraphs, index + 1):
            furniture.append(Dropped(offset + len(piece) - 1, offset + len(piece), "page_break", "inside a sentence"))
        parts.append(piece)
        offset += len(piece)
    return PdfText("".join(parts), tuple(furniture), pages)


def _goes_on(paragraphs: Sequence[_Paragraph], index: int) -> bool:
    while index < len(paragraphs) and paragraphs[index].furniture:
        index += 1
    return index < len(paragraphs) and not _NEW_PARAGRAPH.match(paragraphs[index].text)
