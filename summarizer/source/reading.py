"""A view of a clean text for reading facts: simplified characters, no injected pinyin, the same source offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.language.fold import simplified
from summarizer.source.script import detect_script
from summarizer.source.text import CleanText, TextRange

__all__ = ["PINYIN", "reading_view"]

PINYIN = re.compile(r"[（(][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɡńňǹḿ]{1,7}[）)]")
"""A reading in brackets behind its character: 衛(wèi)生."""


_SAMPLE = 4000  # pinyin is injected everywhere or nowhere


def reading_view(clean: CleanText) -> CleanText:
    """The clean text as the word lists expect it; offsets map to the source as before. Ordinary texts are returned as they are."""
    text = clean.text
    source = simplified(clean.source) if detect_script(text) == "zh-Hant" else clean.source
    kept = tuple(_without_pinyin(clean)) if PINYIN.search(text, 0, _SAMPLE) else clean.kept
    return clean if source == clean.source and kept == clean.kept else CleanText(source, kept, clean.dropped)


def _without_pinyin(clean: CleanText) -> Iterator[TextRange]:
    for start, end in clean.kept:
        for found in PINYIN.finditer(clean.source, start, end):
            if found.start() > start:
                yield start, found.start()
            start = found.end()
        if start < end:
            yield start, end
