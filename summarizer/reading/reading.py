"""The reading of a text: made once behind cleaning and handed to everything that follows.

Rules, proof and chunks all look at ``text``: the clean text in simplified characters, offset for offset. What leaves the
program is cut from ``clean`` at the same offsets, so that it is the source's own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property

from summarizer.language.characters import SEMICOLONS, SENTENCE_ENDS
from summarizer.language.dates import Time, find_times
from summarizer.language.quantities import Quantity, find_quantities
from summarizer.outline.build import outline, read_markers
from summarizer.outline.model import Outline, Section
from summarizer.outline.paragraphs import paragraphs_of
from summarizer.outline.sections import title_lines
from summarizer.reading.kinds import KindDecision, decide_kind
from summarizer.schema import CleanOffset, Evidence
from summarizer.source.text import CleanRange, CleanText, clean_range
from summarizer.source.view import simplified_view

__all__ = ["Reading", "read_clean"]

_END = f"{SENTENCE_ENDS}{SEMICOLONS}\\n"
_SENTENCE = re.compile(rf"[^{_END}]{{0,500}}[{_END}]?")
"""Sentences; a stretch without any end is cut, so that no reading looks further back than this."""


@dataclass(frozen=True)
class Reading:
    """One text as it is read; all offsets are of ``text``, which is as long as ``clean.text``.

    ``view`` is the clean text in simplified characters, ``times`` and ``figures`` are all of the text in order and
    disjoint, ``kind`` is the one decision of what sort of text it is.
    """

    clean: CleanText
    view: CleanText
    times: tuple[Time, ...]
    figures: tuple[Quantity, ...]
    outline: Outline
    kind: KindDecision

    @property
    def text(self) -> str:
        """What is read: simplified characters."""
        return self.view.text

    @property
    def converted(self) -> bool:
        """Whether the source is in traditional characters."""
        return self.view is not self.clean

    def printed(self, start: CleanOffset, end: CleanOffset) -> str:
        """The source's own characters of a range."""
        return self.clean.text[start:end]

    def evidence(self, start: CleanOffset, end: CleanOffset) -> Evidence:
        """The range as evidence: source offsets, and what stands there."""
        return self.clean.evidence(start, end)

    def place(self, one: Quantity | Time) -> CleanRange:
        """Where one of the figures or times of this text stands."""
        return clean_range(one.start, one.end)

    def words(self, place: Evidence) -> str:
        """What a person reads at a place: its quote without marks, blanks and page numbers that cleaning dropped."""
        return self.clean.printed(place.start, place.end)

    @cached_property
    def _sentence_starts(self) -> list[int]:
        starts, at = [], 0
        while at < len(self.text):
            starts.append(at)
            match = _SENTENCE.match(self.text, at)
            at = max(match.end() if match else at, at + 1)
        return starts

    def sentence(self, start: int, end: int | None = None) -> CleanRange:
        """The sentence that holds ``start``, or the sentences from there to the one that holds the last character."""
        last = start if end is None else max(start, end - 1)
        first = bisect_right(self._sentence_starts, start) - 1
        behind = bisect_right(self._sentence_starts, last)
        stop = self._sentence_starts[behind] if behind < len(self._sentence_starts) else len(self.text)
        return clean_range(self._sentence_starts[max(first, 0)] if self._sentence_starts else 0, stop)

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [figure.start for figure in self.figures]

    def figures_in(self, start: int, end: int) -> tuple[Quantity, ...]:
        """The figures that begin in ``[start, end)``."""
        low, high = bisect_left(self._figure_starts, start), bisect_left(self._figure_starts, end)
        return self.figures[low:high]

    def figure_at(self, offset: int) -> Quantity | None:
        """The figure whose characters hold ``offset``."""
        index = bisect_right(self._figure_starts, offset) - 1
        return self.figures[index] if index >= 0 and offset < self.figures[index].end else None

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.outline.sections]

    def section(self, offset: int) -> Section | None:
        """The part that holds ``offset``; None in a text without parts."""
        index = bisect_right(self._section_starts, offset) - 1
        return self.outline.sections[index] if index >= 0 else None


def read_clean(clean: CleanText) -> Reading:
    """Read a cleaned text: one conversion, one scan for times and one for figures, then its kind and its outline."""
    view = simplified_view(clean)
    text = view.text
    times = tuple(find_times(text))
    figures = tuple(find_quantities(text, times=times))
    markers = read_markers(text)
    paragraphs = paragraphs_of(text, markers)
    kind = decide_kind(text, title_lines(text, paragraphs), len(figures))
    outlined = outline(text, markers, paragraphs, sets_work=kind.sets_work)
    return Reading(clean, view, times, figures, outlined, kind)
