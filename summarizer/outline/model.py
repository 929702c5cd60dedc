"""The outline of a text: its parts with their horizon, and the tree of its enumerated items.

All offsets here are half-open ranges of the **clean text** (``CleanText.text``); ``CleanText.evidence`` maps them back.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from summarizer.schema import CleanOffset, Horizon, MarkerStatus
from summarizer.source.text import CleanRange

__all__ = ["Item", "Outline", "Section"]


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the text. Sections are in order, disjoint, and cover the clean text.

    ``heading`` is the range of the printed heading or opener that started it, ``None`` when the cue stands inside a sentence
    or nowhere; ``reason`` says which rule placed it.
    """

    start: CleanOffset
    end: CleanOffset
    horizon: Horizon
    heading: CleanRange | None
    reason: str


@dataclass(frozen=True, slots=True)
class Item:
    """One enumerated unit and everything below it.

    ``start`` is the first character of the marker (or of the text when the marker is missing), ``end`` the character after
    its last 。; ``body`` is the first character after the marker. ``ordinal`` is the logical place in its list, whatever is
    printed. ``depth`` is 0 for the outermost list of the document.
    """

    start: CleanOffset
    body: CleanOffset
    end: CleanOffset
    ordinal: int
    depth: int
    marker: str | None
    style: str
    status: MarkerStatus
    children: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """Parts and items of one text. ``declared`` is the number of tasks that the text itself announces, with its place."""

    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    declared: int | None = None
    declared_at: CleanRange | None = None

    def section_at(self, offset: int) -> Section:
        """The section that holds a clean offset. Raises ``IndexError`` outside the text."""
        index = bisect_right(self.sections, offset, key=lambda section: section.start) - 1
        if index >= 0 and offset < self.sections[index].end:
            return self.sections[index]
        raise IndexError(f"offset {offset} outside the outlined text")
