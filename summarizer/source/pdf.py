"""PDF files: characters by pypdfium2, tables by pdfplumber on the pages that have ruled ones.

A page's lines are joined to paragraphs (a line that runs to the right margin and does not end a sentence goes on in the
next), and lines that stand at the same edge of most pages (running heads, page numbers) are furniture.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from summarizer.source.text import Dropped

__all__ = ["PdfText", "read_pdf"]

_PAGE_NUMBER = re.compile(r"^[\s\-\u2014\u2013\u00b7第共/]*\d{1,4}[\s\-\u2014\u2013\u00b7页/共\d]*$")
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = tuple("。！？；：!?;:”）》")
_NEW_PARAGRAPH = re.compile(
    r"^[ \u3000]{2}|^(?:[（(]?[一二三四五六七八九十]{1,3}[、）)]|第[一二三四五六七八九十]{1,3}[章节条]|\d{1,2}[.．、]|[\u2014]{2}|[●•·])"
)
# A line at least this full, compared with the page's longest, was wrapped by the layout and not by the author.
_FULL_LINE = 0.85
# Fewer drawn lines or boxes on a page are underlines and letterheads.
_LEAST_RULES = 6


@dataclass(frozen=True, slots=True)
class PdfText:
    """The document's text, its furniture and the number of pages."""

    text: str
    furniture: tuple[Dropped, ...]
    pages: int


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    furniture: str | None = None
    cut: bool = False
    """The last line of a page ran to the margin without ending a sentence."""


def read_pdf(data: bytes) -> PdfText:
    """Read a file. Raises ``ValueError`` when it is encrypted, damaged, or holds no text (a scan)."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        wanted = "password" in str(error).lower()
        raise ValueError("encrypted: a password is needed" if wanted else f"not a readable PDF ({error})") from error
    try:
        ruled = [_has_rules(document[number]) for number in range(len(document))]
        pages = [_page_lines(document[number]) for number in range(len(document))]
    finally:
        document.close()
    tables = _tables(data, [number for number, has in enumerate(ruled) if has])
    running = _running_heads(pages)
    paragraphs = [
        paragraph for number, lines in enumerate(pages) for paragraph in _page(lines, running, tables.get(number, []))
    ]
    if not any(paragraph.text.strip() for paragraph in paragraphs):
        raise ValueError("no text layer: a scan needs character recognition first")
    return _assemble(paragraphs, len(pages))


def _page_lines(page: pdfium.PdfPage) -> list[str]:
    textpage = page.get_textpage()
    text: str = textpage.get_text_range()
    # U+FFFE stands where the layout broke a word; line ends come as CR LF.
    return [line.rstrip() for line in text.replace("\ufffe", "").splitlines()]


def _has_rules(page: pdfium.PdfPage) -> bool:
    """Whether a page draws enough lines or boxes to hold a ruled table."""
    paths = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=2)
    return sum(1 for _ in islice(paths, _LEAST_RULES)) == _LEAST_RULES


def _tables(data: bytes, numbers: list[int]) -> dict[int, list[list[str]]]:
    """Rows of the ruled tables, a page each; empty without such pages, because pdfplumber is slow."""
    if not numbers:
        return {}
    import pdfplumber

    rows: dict[int, list[list[str]]] = {}
    with pdfplumber.open(io.BytesIO(data), pages=[number + 1 for number in numbers]) as document:
        for number, page in zip(numbers, document.pages, strict=True):
            found = [
                [(cell or "").replace("\n", "").strip() for cell in row]
                for table in page.extract_tables()
                if len(table) > 1 and max(len(row) for row in table) > 1
                for row in table
            ]
            if found:
                rows[number] = found
    return rows


def _shape(line: str) -> str:
    return _DIGITS.sub("#", line.strip())


def _running_heads(pages: list[list[str]]) -> frozenset[str]:
    """Shapes of lines that stand at the top or bottom of more than half of the pages."""
    if len(pages) < 3:
        return frozenset()
    edges: Counter[str] = Counter()
    for lines in pages:
        filled = [line for line in lines if line.strip()]
        edges.update({_shape(line) for line in (*filled[:2], *filled[-2:])})
    return frozenset(shape for shape, count in edges.items() if count > len(pages) / 2)


def _page(lines: list[str], running: frozenset[str], rows: list[list[str]]) -> list[_Paragraph]:
    filled = [line for line in lines if line.strip()]
    edge = {0, 1, len(filled) - 2, len(filled) - 1}
    heads = {
        index
        for index, line in enumerate(filled)
        if index in edge and (_shape(line) in running or _PAGE_NUMBER.match(line.strip()))
    }
    body = [line for index, line in enumerate(filled) if index not in heads]
    top = [_Paragraph(filled[index].strip(), "running_head") for index in sorted(heads) if index < 2]
    bottom = [_Paragraph(filled[index].strip(), "running_head") for index in sorted(heads) if index >= 2]
    return [*top, *_with_tables(_paragraphs(body, {cell for row in rows for cell in row}), rows), *bottom]


def _paragraphs(lines: list[str], cells: set[str]) -> list[_Paragraph]:
    """Join wrapped lines; lines that belong to table cells stay lines, :func:`_with_tables` replaces them."""
    longest = max((len(line) for line in lines), default=0)
    joined: list[str] = []
    for index, line in enumerate(lines):
        before = lines[index - 1] if index else ""
        goes_on = (
            joined
            and len(before) >= _FULL_LINE * longest
            and not before.endswith(_SENTENCE_END[:4])
            and not _NEW_PARAGRAPH.match(line)
            and before.strip() not in cells
        )
        if goes_on:
            joined[-1] += line.strip() if not (before[-1:].isascii() and line[:1].isascii()) else " " + line.strip()
        else:
            joined.append(line.strip())
    paragraphs = [_Paragraph(text) for text in joined]
    if lines and len(lines[-1]) >= _FULL_LINE * longest and not lines[-1].endswith(_SENTENCE_END[:4]):
        paragraphs[-1] = _Paragraph(joined[-1], cut=True)
    return paragraphs


def _with_tables(paragraphs: list[_Paragraph], rows: list[list[str]]) -> list[_Paragraph]:
    """Put each table row in one line, at the place of the first paragraph that its cells replace."""
    if not rows:
        return paragraphs
    table_text = "".join("".join(row) for row in rows)
    table = [_Paragraph(" | ".join(row)) for row in rows]
    out: list[_Paragraph] = []
    placed = False
    for paragraph in paragraphs:
        bare = "".join(paragraph.text.split())
        if bare and bare in "".join(table_text.split()):
            if not placed:
                out.extend(table)
                placed = True
        else:
            out.append(paragraph)
    return out if placed else [*out, *table]


def _assemble(paragraphs: list[_Paragraph], pages: int) -> PdfText:
    """Write the paragraphs out; where a page break cut a sentence, the furniture between swallows the line breaks."""
    furniture: list[Dropped] = []
    parts: list[str] = []
    offset = 0
    for index, paragraph in enumerate(paragraphs):
        piece = paragraph.text + "\n"
        if paragraph.furniture:
            furniture.append(
                Dropped(offset, offset + len(piece), paragraph.furniture, "repeated at the edge of the pages")
            )
        elif paragraph.cut and _goes_on(paragraphs, index + 1):
            furniture.append(Dropped(offset + len(piece) - 1, offset + len(piece), "page_break", "inside a sentence"))
        parts.append(piece)
        offset += len(piece)
    return PdfText("".join(parts), tuple(furniture), pages)


def _goes_on(paragraphs: list[_Paragraph], index: int) -> bool:
    while index < len(paragraphs) and paragraphs[index].furniture:
        index += 1
    return index < len(paragraphs) and not _NEW_PARAGRAPH.match(paragraphs[index].text)
