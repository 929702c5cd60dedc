"""The clean text as the word lists expect it: simplified characters, every offset kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.language.fold import simplified
from summarizer.source.text import CleanText, TextRange

__all__ = ["PINYIN", "simplified_view", "without_pinyin"]

PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɡńňǹḿ]{1,7}[）)]")
"""A reading in brackets behind its character: 衛(wèi)生."""

_SAMPLE = 4000  # pinyin is injected everywhere or nowhere


def simplified_view(clean: CleanText) -> CleanText:
    """The clean text in simplified characters with the same kept ranges; itself where nothing is to convert."""
    source = simplified(clean.source) if clean.simplified is None else clean.simplified
    return clean if source == clean.source else CleanText(source, clean.kept, clean.dropped, source)


def without_pinyin(clean: CleanText) -> CleanText:
    """The text without injected readings; the kept ranges are cut around them."""
    if not PINYIN.search(clean.text, 0, _SAMPLE):
        return clean
    return CleanText(clean.source, tuple(_between(clean)), clean.dropped, clean.simplified)


def _between(clean: CleanText) -> Iterator[TextRange]:
    for start, end in clean.kept:
        for found in PINYIN.finditer(clean.source, start, end):
            if found.start() > start:
                yield start, found.start()
            start = found.end()
        if start < end:
            yield start, end
