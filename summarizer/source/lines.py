"""The lines of a source text with the features that tell article from page: length, closing punctuation, markers, cues.

A text without line breaks is cut at white space near its two ends, where a flattened page has its head and foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from summarizer.language.characters import BLANKS, CLOSERS, COLONS, FULL_STOP, SEMICOLONS, SENTENCE_ENDS, STOPS
from summarizer.language.page_text import page_text_cues
from summarizer.source.furniture import Cue, find_cue

__all__ = ["Line", "is_chapter", "is_heading", "read_lines"]

_SENTENCE_END = frozenset(SENTENCE_ENDS + SEMICOLONS + COLONS)
_CLOSERS = CLOSERS + "'"
_CUES = page_text_cues().lines
_MARKER = _CUES.marker.pattern
_CHAPTER = _CUES.chapter.pattern
_SALUTATION = _CUES.salutation.pattern
_FLAT_EDGE = 1500  # characters at either end of a text without line breaks that may hold page furniture
_FLAT_LINE = 150  # a line of this length in a text of hardly any lines is such a text
_LOUD = SENTENCE_ENDS.replace(FULL_STOP, "")
"""Ends that headlines have too."""
_FLOOD = re.compile(r"(?<=\n)\n{16,}")
_SPACE = re.compile(f"[{BLANKS}]+")
_SENTENCE_STOP = re.compile(f"[{STOPS}]")


class Line(NamedTuple):
    """One line: source range without (``end``) and with (``stop``) its line break, the stripped text, and what it looks like."""

    start: int
    end: int
    stop: int
    text: str
    cue: Cue | None
    strong: bool
    """A sentence, a salutation or an enumerated item: surely article text, unless a cue says otherwise."""

    @property
    def closed(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _closed(self.text)


def is_heading(text: str) -> bool:
    """Whether a stripped line begins with an enumerator (一、 （一） 1. 第一章)."""
    return _MARKER.match(text) is not None


def is_chapter(text: str) -> bool:
    """Whether a stripped line begins with a Chinese enumerator (二、 （三） 第四章 五是), which no list of other pages has."""
    return _CHAPTER.match(text) is not None


def read_lines(text: str) -> list[Line]:
    """Cut a source text into lines that cover it without gaps."""
    ranges = list(_ranges(text))
    if len(ranges) <= 5:
        ranges = [piece for start, stop in ranges for piece in _flat_pieces(text, start, stop)]
    return [_line(text, start, stop) for start, stop in ranges]


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    """The lines with their breaks; a long run of empty ones counts as one, so that a flood of them costs nothing."""
    start = 0
    for flood in [*_FLOOD.finditer(text), None]:
        stop = flood.start() if flood else len(text)
        for part in text[start:stop].splitlines(keepends=True):
            yield start, start + len(part)
            start += len(part)
        if flood:
            yield flood.span()
            start = flood.end()


def _flat_pieces(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    if stop - start < _FLAT_LINE:
        yield start, stop
        return
    cuts = {start, stop}
    head_end, tail_start = min(stop, start + _FLAT_EDGE), max(start, stop - _FLAT_EDGE)
    for low, high in ((start, head_end), (tail_start, stop)):
        cuts.update(found.end() for found in _SPACE.finditer(text, low, high))
    # A foot that is glued to the last sentence: “…参加会议。责任编辑：某某”.
    for found in _SENTENCE_STOP.finditer(text, tail_start, stop):
        tail = text[found.end() : found.end() + 30].strip()
        if tail and find_cue(tail) is not None:
            cuts.add(found.end())
    ordered = sorted(cuts)
    yield from pairwise(ordered)


def _line(source: str, start: int, stop: int) -> Line:
    raw = source[start:stop]
    end = start + len(raw.rstrip("\r\n\x0b\x0c\x85\u2028\u2029"))
    text = raw.strip()
    cue = find_cue(text) if text else None
    return Line(start, end, stop, text, cue, cue is None and _strong(text))


def _closed(text: str) -> bool:
    bare = text.rstrip(_CLOSERS)
    return bool(bare) and bare[-1] in _SENTENCE_END


def _strong(text: str) -> bool:
    size = len(text)
    if size < 4:
        return False
    if _closed(text) and text.rstrip(_CLOSERS)[-1] not in _LOUD and size >= 18:
        return True
    if size >= 60 and FULL_STOP in text:
        return True
    # A subtitle (——2026年1月5日在某会议上) begins like an item but is no sentence.
    return (size >= 6 and is_heading(text) and not text.startswith("——")) or (
        size <= 40 and _SALUTATION.match(text) is not None
    )
