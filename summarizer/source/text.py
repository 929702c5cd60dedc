"""Source text and clean text: what the reader decoded, and the ranges of it that are the article.

The clean text is the kept ranges joined; nothing is rewritten, so every clean offset has one source offset.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, takewhile
from typing import Literal

from summarizer.schema import CleanOffset, Evidence, SourceOffset

__all__ = [
    "UNREAD",
    "CleanRange",
    "CleanText",
    "Dropped",
    "ReadingNote",
    "Recognised",
    "SourceRange",
    "SourceText",
    "TextRange",
    "clean_range",
    "source_range",
]

_WORD = re.compile(r"\w")
UNREAD = "\u200b"
"""Stands in `CleanText.readable` for a dropped character."""

TextRange = tuple[int, int]
"""``(start, end)``, half open, in code points."""

CleanRange = tuple[CleanOffset, CleanOffset]
"""A text range that was counted in a clean text."""

SourceRange = tuple[SourceOffset, SourceOffset]
"""A text range that was counted in a source text."""


def clean_range(start: int, end: int) -> CleanRange:
    """Say of two offsets that they were counted in a clean text: for where a search or a sum gives plain numbers."""
    return CleanOffset(start), CleanOffset(end)


def source_range(start: int, end: int) -> SourceRange:
    """Say of two offsets that they were counted in a source text: for where a search or a sum gives plain numbers."""
    return SourceOffset(start), SourceOffset(end)


@dataclass(frozen=True)
class SourceText:
    """One file as it was read.

    ``text`` is exactly what was decoded: for plain text no character is changed, no newline translated.
    ``furniture`` are ranges that the format's own reader knows to be no content (outside an HTML page's article, running
    heads of a PDF), with the reason; cleaning drops them and goes on with the rest. ``notes`` name what the reader did not
    or could not surely read. ``recognised`` are the ranges that an engine read from a picture, in order; empty for a text
    that was written as text.
    """

    path: str
    sha256: str
    media_type: str
    encoding: str | None
    text: str
    furniture: tuple[Dropped, ...] = ()
    encoding_note: str | None = None
    notes: tuple[ReadingNote, ...] = ()
    recognised: tuple[Recognised, ...] = ()

    @property
    def id(self) -> str:
        """First 12 hex digits of the hash of the bytes."""
        return self.sha256[:12]

    def confidence(self, start: int, end: int) -> float | None:
        """How surely a range was recognised: its weakest character. None for a text that was written as text."""
        if not self.recognised:
            return None
        first = bisect_right(self._recognised_starts, start) - 1
        behind = (self.recognised[index] for index in range(max(0, first), len(self.recognised)))
        inside = takewhile(lambda one: one.start < end, behind)
        return min((one.confidence for one in inside if one.end > start), default=None)

    @cached_property
    def _recognised_starts(self) -> list[int]:
        return [one.start for one in self.recognised]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A source range that is not the article, and why: ``reason`` is a key of the cleaning rules, ``detail`` for people."""

    start: int
    end: int
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """What a reader could not read, or not surely: ``kind`` is a stable word, ``detail`` a sentence for people.

    ``unread`` is content of the file that is not in the text (a picture, a chart, a page without text), ``uncertain`` text
    whose characters may be wrong (a recognised text layer). ``span`` is its place in the source text, where it has one.
    """

    kind: Literal["unread", "uncertain"]
    detail: str
    span: TextRange | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """A source range read from a picture; ``confidence`` (0 to 1) is the engine's, of its weakest character."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class CleanText:
    """The kept ranges of a source text (sorted, disjoint, not empty) and the dropped ones (the complement).

    ``simplified`` is the source in simplified characters, offset for offset, where cleaning made it; whoever reads the text
    afterwards need not convert it again.
    """

    source: str
    kept: tuple[TextRange, ...]
    dropped: tuple[Dropped, ...] = ()
    simplified: str | None = field(default=None, repr=False, compare=False)

    @cached_property
    def text(self) -> str:
        """The kept ranges joined."""
        return "".join(self.source[start:end] for start, end in self.kept)

    @cached_property
    def _starts(self) -> list[int]:
        """Clean offset at which each kept range begins."""
        return [0, *accumulate(end - start for start, end in self.kept)]

    def to_source(self, offset: CleanOffset, side: Literal["left", "right"] = "right") -> SourceOffset:
        """Map a clean offset to its source offset.

        At a seam ``right`` gives the start of the next kept range (for a span's start), ``left`` the end of the one
        before (for a span's end). Raises ``IndexError`` outside ``[0, len(text)]``.
        """
        if not 0 <= offset <= self._starts[-1]:
            raise IndexError(f"offset {offset} outside the clean text of {self._starts[-1]} characters")
        if not self.kept:
            return SourceOffset(0)
        probe = offset - 1 if side == "left" and offset else offset
        index = min(bisect_right(self._starts, probe) - 1, len(self.kept) - 1)
        return SourceOffset(self.kept[index][0] + offset - self._starts[index])

    def to_source_range(self, start: CleanOffset, end: CleanOffset) -> SourceRange:
        """Map a clean range to the source range from its first character to its last, whatever was dropped inside.

        Raises ``IndexError`` outside ``[0, len(text)]``.
        """
        return self.to_source(start), self.to_source(end, "left")

    def to_clean(self, offset: SourceOffset) -> CleanOffset | None:
        """Map a source offset to its clean offset; ``None`` where the source was dropped."""
        index = bisect_right(self.kept, (offset, len(self.source) + 1)) - 1
        if index < 0 or offset >= self.kept[index][1]:
            return None
        return CleanOffset(self._starts[index] + offset - self.kept[index][0])

    def kept_before(self, offset: SourceOffset) -> CleanOffset:
        """How many characters before a source offset are kept: its clean offset where it is kept itself."""
        index = bisect_right(self.kept, (offset, len(self.source) + 1)) - 1
        if index < 0:
            return CleanOffset(0)
        return CleanOffset(self._starts[index] + min(offset, self.kept[index][1]) - self.kept[index][0])

    def unbroken(self, start: CleanOffset, end: CleanOffset) -> CleanOffset:
        """Where the clean range that begins at ``start`` first crosses dropped text with a word in it, at most ``end``."""
        for index in range(bisect_right(self._starts, start), len(self.kept)):
            if self._starts[index] >= end:
                break
            if _WORD.search(self.source, self.kept[index - 1][1], self.kept[index][0]):
                return CleanOffset(self._starts[index])
        return end

    def printed(self, start: SourceOffset, end: SourceOffset) -> str:
        """The kept characters of the source range ``[start, end)``: what a person reads there."""
        pieces: list[str] = []
        index = max(0, bisect_right(self.kept, (start, len(self.source) + 1)) - 1)
        while index < len(self.kept) and self.kept[index][0] < end:
            pieces.append(self.source[max(start, self.kept[index][0]) : min(end, self.kept[index][1])])
            index += 1
        return "".join(pieces)

    @cached_property
    def readable(self) -> str:
        """The source, offset for offset, with zero-width blanks for what was dropped: words are compared without them."""
        pieces: list[str] = []
        at = 0
        for start, end in self.kept:
            pieces += [UNREAD * (start - at), self.source[start:end]]
            at = end
        return "".join([*pieces, UNREAD * (len(self.source) - at)])

    def evidence(self, start: CleanOffset, end: CleanOffset) -> Evidence:
        """Evidence for the clean range ``[start, end)``: source offsets and the source's own characters between them."""
        first, last = self.to_source_range(start, end)
        return Evidence(start=first, end=last, quote=self.source[first:last])
