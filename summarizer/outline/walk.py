"""Where the reading of a text stands while its parts are cut: the cuts so far, and what the last heading said."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from summarizer.language.markers import Marker
from summarizer.schema import Horizon
from summarizer.source.text import CleanRange

__all__ = ["SOFT", "UNMARKED", "Cut", "Walk"]

SOFT = 9.0
"""The rank of cues in running text: any heading overrules them."""
UNMARKED = 0.5
"""The rank of a heading without number that stands above numbered chapters."""
_LISTING = frozenset(
    "dun paren arabic padded part_no boxed keycap financial enclosed framed headword clause task_no paren_arabic circled adverb oral".split()
)
_NEAR = 120


@dataclass(frozen=True, slots=True)
class Cut:
    """The beginning of a part. ``rank`` is that of the heading that made it; ``asked`` tells that a meeting asks for work."""

    start: int
    horizon: Horizon
    rank: float
    reason: str
    heading: CleanRange | None = None
    asked: bool = False


@dataclass(slots=True)
class Walk:
    """One reading from the first paragraph to the last; only the readers of headings and of running text change it.

    ``rank`` and ``anchor`` are those of the heading that rules here (``anchor`` is ``None`` where none does), ``mixed``
    tells that it named two horizons, ``running`` that a paragraph of prose was read, ``asked`` that a speaker asked for
    something that is still to come, ``announced`` that an opener announced the list.
    """

    text: str
    markers: Sequence[Marker]
    sets_work: bool
    target_year: int | None
    cuts: list[Cut] = field(default_factory=list)
    rank: float = SOFT
    anchor: Horizon | None = None
    mixed: bool = False
    seen_work: bool = False
    running: bool = False
    asked: bool = False
    announced: bool = False

    @property
    def horizon(self) -> Horizon:
        """The horizon of the part that is being read."""
        return self.cuts[-1].horizon if self.cuts else Horizon.LEAD

    def cut(self, cut: Cut) -> None:
        """Begin a part; a second cut at one place replaces the first."""
        if self.cuts and self.cuts[-1].start == cut.start:
            self.cuts.pop()
        self.cuts.append(cut)
        self.seen_work |= cut.horizon is Horizon.WORK

    def list_follows(self, start: int, end: int, within: int = _NEAR) -> bool:
        """Whether the next enumerator from ``start`` on begins a list, less than ``within`` characters behind ``end``."""
        index = bisect_left(self.markers, start, key=lambda marker: marker.start)
        if index == len(self.markers):
            return False
        marker = self.markers[index]
        begins = marker.value in (1, 2) or not marker.style.numbered
        listing = marker.style.family in _LISTING or marker.style.name == "bullet"
        return listing and begins and marker.start - end < within

    def listed_since(self, start: int, end: int) -> bool:
        """Whether an enumerator stands in ``[start, end)``."""
        index = bisect_left(self.markers, start, key=lambda marker: marker.start)
        return index < len(self.markers) and self.markers[index].start < end
