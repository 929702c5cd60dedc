"""Paragraphs: which printed line goes on in the next one, told by its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from summarizer.source.contents import is_entry
from summarizer.source.pdf.lines import Line
from summarizer.source.pdf.page import Item
from summarizer.source.pdf.spacing import join_lines
from summarizer.source.pdf.tables import Table

__all__ = ["Measure", "Paragraph", "goes_on", "measure", "paragraphs"]

_NEW = re.compile(
    r"[（(][一二三四五六七八九十百]{1,4}[）)]|[一二三四五六七八九十百]{1,4}[、.．]|第[一二三四五六七八九十百零〇]{1,5}[章节条编部篇][\s\u3000：:]?"
    r"|\d{1,2}[.．、](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3} (?=[\u3400-\u9fff])|[（(]\d{1,2}[）)]|[①-⑳]|[\u2014\u2013-]{2}|[●•·■◆▪➢]|附件\s*\d*\s*[:：]|附[:：]|注[:：]"
)
_ENDED = re.compile(r"[。！？!?；;：:…][”’\"』」）)]*$")
# Nothing new begins after these.
_UNFINISHED = re.compile(r"[，、（《“]$")
# A line that ends within this many of its own heights of the right margin was wrapped by the layout.
_SLACK = 1.6
# One that begins further from the left margin than an indent is set to the right or centred and goes on nowhere.
_MOST_INDENT = 4.6
_INDENT = 1.2
_REACH = 0.6  # of the page's width
_LEAST_COLUMN = 8.0  # of the body's height
_NEARLY = 0.75  # of the column's width: a line so long that ends inside a sentence may have been wrapped
_OTHER_SIZE = 0.12
_HEADLINE = 1.15  # of the body's height
_LOOSE = 1.35  # of the usual distance: more white parts paragraphs


@dataclass(frozen=True, slots=True)
class Measure:
    """The margins of a column in points, whether several lines reach the right one, and the usual distance of lines."""

    left: float
    right: float
    trusted: bool
    leading: float
    body: float
    indented: bool
    """Paragraphs begin with an indent."""
    narrow: bool = False
    """One of several columns, whose lines end less evenly."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a table in reading order; of a paragraph its first and last line."""

    text: str
    first: Line | None = None
    last: Line | None = None
    table: Table | None = None


def measure(
    column: Sequence[Item], width: float, body: float, like: Measure | None = None, *, narrow: bool = False
) -> Measure:
    """The margins of one column on a page of this width; ``like`` is that of the document's other columns of its kind."""
    lines = [item for item in column if isinstance(item, Line)]
    of_body = [line for line in lines if abs(line.height - body) <= _OTHER_SIZE * 2 * body] or lines
    if not of_body:
        return like or Measure(0, width, False, 1.5 * body, body, False)
    left, right = min(line.left for line in of_body), max(line.right for line in of_body)
    if like is not None and abs(like.left - left) <= 4 * body:
        left, right = min(left, like.left), max(right, like.right)
    full = sum(line.right >= right - _SLACK * body for line in of_body)
    even = abs((width - right) - left) <= 0.12 * width
    gaps = [one.bottom - after.bottom for one, after in itertools.pairwise(lines) if one.bottom > after.bottom]
    leading = median(gaps) if gaps else 1.6 * body
    starts = [line for line in of_body if left + _INDENT * body < line.left < left + _MOST_INDENT * body]
    # Short lines that happen to end together are a list; running text reaches across the page or fills a column.
    wide = right >= _REACH * width or (narrow and right - left >= _LEAST_COLUMN * body)
    trusted = (full >= 2 and wide) or even or (like is not None and like.trusted)
    return Measure(left, right, trusted, leading, body, len(starts) >= 1, narrow)


def goes_on(line: Line, after: Line, space: Measure, *, broken: bool = False) -> bool:
    """Whether a paragraph goes on from one line to the next; ``broken`` when a page or column ends between them."""
    text, next_text = line.text.strip(), after.text.strip()
    if abs(line.height - after.height) > _OTHER_SIZE * max(line.height, after.height):
        return False
    if not broken and _headline(line, after, space):
        return True
    if _NEW.match(next_text) or is_entry(text) or line.left > space.left + _MOST_INDENT * space.body:
        return False
    if not broken and line.bottom - after.bottom > _LOOSE * max(space.leading, 1.2 * line.height):
        return False
    if _UNFINISHED.search(text):
        return True
    offset = after.left - space.left
    if line.right < space.right - max(_SLACK * line.height, _first_word(after)):
        # Short of the margin, but inside a sentence, and the next line is no beginning.
        certain = (space.narrow and "，" in text) or (space.indented and offset < _INDENT * space.body)
        nearly = line.right - space.left >= _NEARLY * (space.right - space.left)
        return certain and nearly and not _ENDED.search(text) and offset < _INDENT * space.body
    if not space.trusted and (not space.narrow or _ENDED.search(text)):
        return False
    if offset > _MOST_INDENT * space.body:
        return False  # centred or set to the right
    if offset > _INDENT * space.body and space.indented:
        return not broken and abs(after.left - line.left) < 0.5 * space.body and not _ENDED.search(text)
    return True


def _first_word(line: Line) -> float:
    """The width of a Latin word or number that begins a line: it may have been too long for the end of the line before."""
    word = re.match(r"[!-~]+", line.text.strip())
    length = len(word.group()) if word else 0
    return 0.55 * line.height * length + 0.5 * line.height if length > 2 else 0.0


def _headline(line: Line, after: Line, space: Measure) -> bool:
    """Two centred lines in one large size are one headline."""
    large = line.height >= _HEADLINE * space.body
    middle = (space.left + space.right) / 2
    centred = all(abs((one.left + one.right) / 2 - middle) <= 1.6 * one.height for one in (line, after))
    centred = centred and after.left > space.left + 0.5 * after.height
    near = line.bottom - after.bottom <= 2.3 * line.height
    text = after.text.strip()
    apart = _NEW.match(text) or _NEW.match(line.text.strip()) or _ENDED.search(line.text.strip())
    bracketed = text[:1] in "（(" and text[-1:] in "）)"
    return large and centred and near and not apart and not bracketed


def paragraphs(column: Sequence[Item], space: Measure) -> Iterator[Paragraph]:
    """Join the wrapped lines of one column; a table stands alone."""
    open_: list[Line] = []
    for item in column:
        if open_ and (isinstance(item, Table) or not goes_on(open_[-1], item, space)):
            yield _paragraph(open_)
            open_ = []
        if isinstance(item, Table):
            yield Paragraph("", table=item)
        else:
            open_.append(item)
    if open_:
        yield _paragraph(open_)


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    return Paragraph(join_lines([line.text for line in lines]), lines[0], lines[-1])
