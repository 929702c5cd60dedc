"""Paragraphs: lines, and within a line the stretches that begin with a block enumerator (texts that lost their newlines)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.language.characters import BLANKS, CLOSERS, COLONS, SEMICOLONS, SENTENCE_ENDS, ZERO_WIDTH
from summarizer.language.markers import Marker

__all__ = ["Paragraph", "head_end", "paragraphs_of", "sentence_starts"]

_LINE = re.compile(r"[^\n]+")
_EDGE = BLANKS + ZERO_WIDTH + "\r"
_HEAD_STOP = re.compile(rf"[{SENTENCE_ENDS}{SEMICOLONS}{COLONS}\n]")
_CLOSED = f"[{re.escape(CLOSERS)}']*"
_SENTENCE = re.compile(rf"[^{SENTENCE_ENDS}\n]+(?:[{SENTENCE_ENDS}]+{_CLOSED})?")
_CLAUSE_GROUP = re.compile(rf"[^{SENTENCE_ENDS}{SEMICOLONS}\n]+(?:[{SENTENCE_ENDS}{SEMICOLONS}]+{_CLOSED})?")
_HEAD_LIMIT = 80
_LINE_HEADING_LIMIT = 45


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The trimmed range ``[start, end)`` with the enumerator that begins it.

    ``body`` is the first character after the enumerator, ``head`` the end of the headline: the first sentence or the
    whole line. ``is_heading`` tells that the paragraph is nothing but a headline.
    """

    start: int
    end: int
    body: int
    head: int
    marker: Marker | None
    is_heading: bool


def head_end(text: str, start: int, end: int) -> int:
    """The end of the headline that begins at ``start``: before the first stop, at most 80 characters on."""
    limit = min(end, start + _HEAD_LIMIT)
    stop = _HEAD_STOP.search(text, start, limit)
    return stop.start() if stop else limit


def paragraphs_of(text: str, markers: Sequence[Marker]) -> list[Paragraph]:
    """The paragraphs of ``text`` in order; ``markers`` are its enumerators in order."""
    starts = [marker.start for marker in markers]
    found: list[Paragraph] = []
    for line in _LINE.finditer(text):
        low, high = bisect_left(starts, line.start()), bisect_left(starts, line.end())
        cuts = [m for m in markers[low:high] if m.style.block or m.style.name == "ordinal" or m.at_line]
        found.extend(_cut_line(text, line.start(), line.end(), cuts))
    return found


def _cut_line(text: str, start: int, end: int, cuts: Sequence[Marker]) -> Iterable[Paragraph]:
    first = _trimmed(text, start, cuts[0].start if cuts else end)
    if first[0] < first[1]:
        yield _paragraph(text, *first, None)
    for index, marker in enumerate(cuts):
        stop = cuts[index + 1].start if index + 1 < len(cuts) else end
        begin, stop = _trimmed(text, marker.start, stop)
        yield _paragraph(text, begin, max(stop, marker.body), marker)


def _paragraph(text: str, start: int, end: int, marker: Marker | None) -> Paragraph:
    body = marker.body if marker else start
    head = head_end(text, body, end)
    rest = text[head:end].strip(_EDGE)
    bare = rest == "" or (marker is not None and rest in tuple(COLONS))
    is_heading = bare and 0 < head - body <= _LINE_HEADING_LIMIT
    return Paragraph(start, end, body, head, marker, is_heading)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return start, end


def sentence_starts(text: str, start: int, end: int, *, semicolons: bool = False) -> list[int]:
    """Where the sentences of ``[start, end)`` begin, white space skipped; with ``semicolons`` they part too."""
    starts = []
    for match in (_CLAUSE_GROUP if semicolons else _SENTENCE).finditer(text, start, end):
        begin, stop = _trimmed(text, match.start(), match.end())
        if begin < stop:
            starts.append(begin)
    return starts
