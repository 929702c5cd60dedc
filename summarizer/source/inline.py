"""What has to go from inside a line: paywall notices, page numbers that part a sentence, trailing credits, certain spam.

Every search is anchored at a literal word or a short bounded window, so cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.language.characters import BLANKS, COLONS, FULL_STOP, SEMICOLONS, SENTENCE_ENDS
from summarizer.language.page_text import page_text_cues
from summarizer.source.lines import is_heading
from summarizer.source.repeats import second_copy
from summarizer.source.text import Dropped

__all__ = ["inline_drops"]

_CUES = page_text_cues().inline
_PAYWALL = _CUES.paywall.pattern
_ENDED = frozenset(("", *SENTENCE_ENDS, *SEMICOLONS, *COLONS, *"”） \n\r"))
_OPEN, _CLOSE = "（([【", "）)]】"
_REACH = 160  # how far a notice may run to either side of the word that betrays it
_DOTS = "…." + BLANKS
_PAGE = _CUES.page_number.pattern
# The same on a line of its own: “— 3 —”, “第 3 页 共 12 页”.
_PAGE_LINE = _CUES.page_line.pattern
_CREDIT = _CUES.credit.pattern
# A run of these inside a sentence is certain: no work text names a casino site, and none is met beside a word of law enforcement.
_SPAM = _CUES.spam.pattern
_ENFORCEMENT = _CUES.enforcement.pattern


def inline_drops(text: str) -> Iterator[Dropped]:
    """Yield source ranges to drop, in no order; they may overlap each other and whole dropped lines."""
    yield from _paywalls(text)
    if (copy := second_copy(text)) is not None:
        yield Dropped(*copy, "duplicate", "second copy")
    for found in _PAGE.finditer(text):
        yield Dropped(found.start(), found.end(), "page_number", found.group().strip())
    for found in _PAGE_LINE.finditer(text):
        yield Dropped(found.start(), _join(text, found), "page_number", found.group().strip())
    for found in _CREDIT.finditer(text):
        yield Dropped(found.start(), found.end(), "byline", "credit after the last sentence")
    for found in _SPAM.finditer(text):
        around = text[max(0, found.start() - 20) : found.end() + 20]
        if not _ENFORCEMENT.search(around):
            yield Dropped(found.start(), found.end(), "spam", found.group())


def _paywalls(text: str) -> Iterator[Dropped]:
    done = 0
    for found in _PAYWALL.finditer(text):
        if found.start() < done:
            continue
        low = max(done, found.start() - _REACH)
        low = max(low, text.rfind("\n", low, found.start()) + 1)
        high = min(len(text), found.end() + _REACH)
        line_end = text.find("\n", found.end(), high)
        high = high if line_end < 0 else line_end
        opened = max((text.rfind(mark, low, found.start()) for mark in _OPEN), default=-1)
        # Without a bracket the notice is its own clause and ends with its sentence.
        marks = _CLOSE if opened >= 0 else FULL_STOP
        closes = [place + 1 for mark in marks if (place := text.find(mark, found.end(), high)) >= 0]
        start, end = (opened if opened >= 0 else found.start()), min(closes, default=high)
        while start > low and text[start - 1] in _DOTS:
            start -= 1
        while end < high and text[end] in _DOTS:
            end += 1
        done = end
        yield Dropped(start, end, "paywall", found.group())


def _join(text: str, page: re.Match[str]) -> int:
    """Where to go on after a page number: right at the next line when the number stands inside a sentence."""
    before, after = text[max(0, page.start() - 1) : page.start()], page.end()
    while after < min(len(text), page.end() + 8) and text[after].isspace():
        after += 1
    goes_on = after < len(text) and not is_heading(text[after : after + 12])
    return after if before not in _ENDED and goes_on else page.end()
