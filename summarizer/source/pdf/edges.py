"""What stands at the edges of the pages and is no text of the document: running heads and feet, page numbers, footnotes."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from statistics import median

from summarizer.source.pdf.lines import Line
from summarizer.source.pdf.page import PageLines

__all__ = ["find_footnotes", "find_running"]

_DASHES = r"[\s\-\u2014\u2013\u2015\u2012\u00b7•~|/_]"
_PAGE_NUMBER = re.compile(
    rf"{_DASHES}*(?:第?\s*(?:\d{{1,4}}|[ivxIVX]{{1,6}}|[\u2160-\u217f]|[０-９]{{1,4}})\s*页?)"
    rf"(?:{_DASHES}*[，,/]?\s*(?:共|of)?\s*\d{{1,4}}\s*页?)?{_DASHES}*",
    re.IGNORECASE,
)
# What a browser prints at the foot of a page: the address and the page.
_BROWSER = re.compile(r"(?:https?://|file:///)\S+.*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_ZONE = 0.14  # of the page's height, at the top and at the foot
_NEAR = 6.0  # points that a running head may move from page to page
_EDGE_LINES = 3
_IN_A_ROW = 3
_NOTE_MARK = re.compile(r"[\[(（【〔]?(?:\d{1,2}|[①-⑳]|[*＊†‡※])[\])）】〕]?[.．、]?\s*\S|注\s*\d*[:：]")
_SMALL = 0.93
_NOTE_RULE = 0.55  # of the text's width: the rule above footnotes is shorter


def find_running(pages: Sequence[PageLines]) -> set[int]:
    """The lines (by identity) that are running heads, running feet or page numbers."""
    found: set[int] = set()
    places: dict[tuple[str, bool], list[tuple[int, Line]]] = defaultdict(list)
    for page in pages:
        for line, at_top in _edge_lines(page):
            text = line.text.strip()
            if _PAGE_NUMBER.fullmatch(text) or (_BROWSER.fullmatch(text) and not at_top):
                found.add(id(line))
            places[_DIGITS.sub("#", re.sub(r"\s+", "", text)), at_top].append((page.number, line))
    for alike in places.values():
        middle = median(line.bottom for _, line in alike)
        same = [(number, line) for number, line in alike if abs(line.bottom - middle) <= _NEAR]
        if _runs([number for number, _ in same], len(pages)):
            found.update(id(line) for _, line in same)
    return found


def _edge_lines(page: PageLines) -> Iterator[tuple[Line, bool]]:
    """The few lines nearest to the top and the foot of a page that stand in its margins, and whether at the top."""
    lines = sorted((item for item in page.items if isinstance(item, Line)), key=lambda line: -line.top)
    for line in lines[:_EDGE_LINES]:
        if line.bottom > (1 - _ZONE) * page.height:
            yield line, True
    for line in lines[-_EDGE_LINES:]:
        if line.top < _ZONE * page.height:
            yield line, False


def _runs(numbers: Sequence[int], pages: int) -> bool:
    """Whether lines on these pages are one running head: on most pages, on most left or right ones, or on several in a row."""
    distinct = sorted(set(numbers))
    if len(distinct) < 2:
        return False
    if len(distinct) > pages / 2:
        return True
    for parity in (0, 1):
        alike = [number for number in distinct if number % 2 == parity]
        if len(alike) >= 2 and len(alike) > 0.6 * (pages / 2):
            return True
    runs = sum(after - one == 1 for one, after in itertools.pairwise(distinct))
    return len(distinct) >= _IN_A_ROW and runs >= _IN_A_ROW - 1


def find_footnotes(page: PageLines, running: set[int], height: float) -> set[int]:
    """The lines (by identity) of footnotes: the last ones of a page or column, small, after a mark or below a short rule."""
    found: set[int] = set()
    for column in page.columns:
        lines = [item for item in column if isinstance(item, Line) and id(item) not in running]
        small: list[Line] = []
        for line in reversed(lines):
            if line.height > _SMALL * height or line.bottom > 0.6 * page.height:
                break
            small.insert(0, line)
        if not small or len(small) == len(lines):
            continue
        above = lines[len(lines) - len(small) - 1]
        below_rule = any(
            small[0].top - 2 <= rule.at <= above.bottom + 2
            and rule.end - rule.start < max(_NOTE_RULE * (above.right - above.left), 0.4 * page.width)
            for rule in page.levels
        )
        if below_rule or _NOTE_MARK.match(small[0].text.strip()):
            found.update(map(id, small))
    return found
