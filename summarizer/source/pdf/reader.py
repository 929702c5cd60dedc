"""From the bytes of a PDF to lines of text: pages one by one, then what only the whole document tells."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from summarizer.source.blocks import Block, write_out
from summarizer.source.contents import mark_contents
from summarizer.source.pdf.edges import find_footnotes, find_running
from summarizer.source.pdf.forms import check_forms
from summarizer.source.pdf.library import PDFIUM
from summarizer.source.pdf.lines import Line
from summarizer.source.pdf.page import PageLines, read_page
from summarizer.source.pdf.paragraphs import Measure, Paragraph, goes_on, measure, paragraphs
from summarizer.source.pdf.spacing import join_lines
from summarizer.source.pdf.tables import Table, same_columns
from summarizer.source.text import Dropped, ReadingNote

__all__ = ["PdfText", "ScanError", "read_pdf"]

_MOST_PAGES = 5_000
_UNREADABLE = 0.2  # share of the letters that are codes without a meaning
_SCAN = "no text layer: a scan needs character recognition first"


class ScanError(ValueError):
    """A file without a text layer that means something: only its pictures can be read."""


@dataclass(frozen=True, slots=True)
class PdfText:
    """The document's text, its furniture, the number of pages, and what could not be read."""

    text: str
    furniture: tuple[Dropped, ...]
    pages: int
    notes: tuple[ReadingNote, ...] = ()


def read_pdf(data: bytes) -> PdfText:
    """Read a file as a person reads it: a paragraph or table row a line, running heads and footnotes apart as furniture.

    Raises ``ValueError`` when it is encrypted or damaged, ``ScanError`` when it holds no text or one that means nothing.
    """
    check_forms(data)
    with PDFIUM:
        pages, lost = _read_pages(data)
    count = len(pages) + len(lost)
    if count and len(lost) == count:
        raise ValueError("not a readable PDF (none of its pages can be loaded)")
    _check_letters(pages)
    blocks = mark_contents(list(_blocks(pages)))
    text, furniture = write_out(blocks)
    return PdfText(text, furniture, count, tuple(_notes(pages, lost)))


def _read_pages(data: bytes) -> tuple[list[PageLines], list[int]]:
    """The pages of a file, and the numbers of those that cannot be loaded. Raises ``ValueError``."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        wanted = "password" in str(error).lower()
        raise ValueError("encrypted: a password is needed" if wanted else f"not a readable PDF ({error})") from error
    try:
        if len(document) > _MOST_PAGES:
            raise ValueError(f"{len(document):,} pages, more than the limit of {_MOST_PAGES:,}")
        return _pages(document)
    finally:
        document.close()


def _pages(document: pdfium.PdfDocument) -> tuple[list[PageLines], list[int]]:
    """The pages, and the numbers of those that cannot be loaded."""
    pages: list[PageLines] = []
    lost: list[int] = []
    for index in range(len(document)):
        try:
            page = _printing(document, index)
        except pdfium.PdfiumError:
            lost.append(index + 1)
            continue
        try:
            pages.append(read_page(page, index + 1))
        finally:
            page.close()
    return pages, lost


def _printing(document: pdfium.PdfDocument, index: int) -> pdfium.PdfPage:
    """A page with what prints on top of it: filled form fields, text put on it as an annotation."""
    page = document[index]
    if pdfium_c.FPDFPage_GetAnnotCount(page) > 0:
        changed = pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_PRINT) == pdfium_c.FLATTEN_SUCCESS
        if changed:
            page.close()
            page = document[index]
    return page


def _texts(page: PageLines) -> Iterator[str]:
    for item in page.items:
        yield from (cell.text for cell in item.cells) if isinstance(item, Table) else (item.text,)


def _check_letters(pages: Sequence[PageLines]) -> None:
    kinds: Counter[str] = Counter()
    for page in pages:
        for text in _texts(page):
            kinds.update(_kind(letter) for letter in text)
    letters = kinds["letter"] + kinds["lost"]
    if letters + kinds["other"] == 0:
        raise ScanError(_SCAN)
    if kinds["lost"] >= max(3, _UNREADABLE * letters):
        raise ScanError(
            f"unreadable text layer: {kinds['lost']:,} of {letters:,} letters are codes without a meaning "
            "(private use or undefined); the pages need character recognition first"
        )


def _kind(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Co", "Cn", "Cc") or letter == "\ufffd" or ("\u00c0" <= letter <= "\u00ff" and letter not in "×÷"):
        return "lost" if not letter.isspace() else "space"
    if category[0] == "L":
        return "letter"
    return "other" if category[0] == "N" else "space"


def _blocks(pages: Sequence[PageLines]) -> Iterator[Block]:
    """All blocks in reading order; what a page's end cut is whole, and furniture stands between paragraphs only."""
    running = find_running(pages)
    body = _body_height(pages, running)
    usual = _usual(pages, running, body)
    open_: Paragraph | None = None
    before: Measure | None = None
    aside: list[Block] = []
    for page in pages:
        notes = find_footnotes(page, running, body)
        aside.extend(_heads(page, running, at_top=True))
        apart = running | notes
        for column in page.columns:
            items = [item for item in column if id(item) not in apart]
            if not items:
                continue
            narrow = len(page.columns) > 1
            space = measure(items, page.width, body, None if narrow else usual, narrow=narrow)
            for paragraph in paragraphs(items, space):
                joined = _joined(open_, paragraph, before, space)
                before = space
                if joined is None:
                    yield from _written(open_) if open_ is not None else ()
                    yield from aside
                    aside = []
                open_ = joined or paragraph
        aside.extend(_heads(page, running, at_top=False))
        aside.extend(_aside(page, notes))
    if open_ is not None:
        yield from _written(open_)
    yield from aside


def _joined(open_: Paragraph | None, after: Paragraph, before: Measure | None, space: Measure) -> Paragraph | None:
    """The two as one where a page or column ended inside a paragraph or table, else ``None``."""
    if open_ is None or before is None:
        return None
    if open_.table is not None and after.table is not None:
        if (
            open_.table.ruled == after.table.ruled
            and same_columns(open_.table, after.table)
            and _is_below(open_.table, after.table)
        ):
            return Paragraph("", table=open_.table.followed_by(after.table))
        return None
    if open_.table is not None and after.first is not None and after.first is after.last:
        longer = open_.table.with_line(after.first)
        return Paragraph("", table=longer) if longer is not None else None
    if open_.last is None or after.first is None or open_.last.bottom > after.first.bottom:
        return None  # a line below the other one on the same page was judged already
    # The first line as if it stood in the column that ended.
    shift = before.left - space.left
    first = replace(after.first, left=after.first.left + shift, right=after.first.right + shift)
    if goes_on(open_.last, first, before, broken=True):
        return replace(after, text=join_lines([open_.text, after.text]), first=open_.first)
    return None


def _is_below(one: Table, after: Table) -> bool:
    """Whether the second table stands higher on its page than the end of the first: it begins a new page."""
    return after.top > one.bottom


def _written(paragraph: Paragraph) -> Iterator[Block]:
    if paragraph.table is not None:
        yield from (Block(line) for line in paragraph.table.lines())
    elif paragraph.text.strip():
        yield Block(paragraph.text.strip())


def _heads(page: PageLines, running: set[int], *, at_top: bool) -> Iterator[Block]:
    for item in page.items:
        if isinstance(item, Line) and id(item) in running and (item.bottom > page.height / 2) == at_top:
            yield Block(item.text.strip(), "running_head", "at the edge of the pages")


def _aside(page: PageLines, notes: set[int]) -> Iterator[Block]:
    """What else of a page is no body: footnotes, hidden text, text set at an angle."""
    found = [item for item in page.items if isinstance(item, Line) and id(item) in notes]
    if found:
        yield Block(join_lines([line.text for line in found]), "footnote", "at the foot of the page")
    for text in page.hidden:
        yield Block(text, "hidden", "drawn so that nobody sees it")
    for text in page.turned:
        yield Block(" ".join(text.split()), "watermark", "set at an angle to the text")


def _body_height(pages: Sequence[PageLines], running: set[int]) -> float:
    """The height of most characters."""
    heights: Counter[float] = Counter()
    for page in pages:
        for item in page.items:
            if isinstance(item, Line) and id(item) not in running:
                heights[round(item.height * 2) / 2] += len(item.text)
    return heights.most_common(1)[0][0] if heights else 12.0


def _usual(pages: Sequence[PageLines], running: set[int], body: float) -> Measure | None:
    """The measure that most pages of one column share."""
    found = [
        measure([item for item in page.columns[0] if id(item) not in running], page.width, body)
        for page in pages
        if len(page.columns) == 1
    ]
    known = sorted((one for one in found if one.trusted), key=lambda one: one.right)
    return known[len(known) // 2] if known else None


def _notes(pages: Sequence[PageLines], lost: Sequence[int]) -> Iterator[ReadingNote]:
    empty = [page.number for page in pages if page.pictured and not any(text.strip() for text in _texts(page))]
    if empty:
        yield ReadingNote("unread", f"pages without a text layer, not read: {_listed(empty)}")
    if lost:
        yield ReadingNote("unread", f"pages that cannot be loaded, not read: {_listed(lost)}")
    recognised = [page.number for page in pages if page.recognised]
    if recognised:
        yield ReadingNote(
            "uncertain",
            f"a scan with somebody's recognition as its text: characters may be wrong, pages {_listed(recognised)}",
        )


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers with runs as ranges: 2, 5-7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
