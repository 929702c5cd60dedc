"""How far two ranges of a text are the same, white space not counted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from summarizer.schema import Span

__all__ = ["SolidText"]


@dataclass(frozen=True)
class SolidText:
    """A text in which lengths are counted without white space."""

    before: tuple[int, ...]
    """``before[i]`` is the number of characters in ``[0, i)`` that are no white space."""

    @classmethod
    def of(cls, text: str) -> SolidText:
        return cls(tuple(accumulate((not character.isspace() for character in text), initial=0)))

    def length(self, start: int, end: int) -> int:
        """Characters in ``[start, end)``; what lies outside the text counts nothing."""
        last = len(self.before) - 1
        return max(0, self.before[min(end, last)] - self.before[min(start, last)])

    def shared(self, a: Span, b: Span) -> int:
        """Characters that stand in both."""
        low, high = max(a.start, b.start), min(a.end, b.end)
        return self.length(low, high) if low < high else 0

    def iou(self, a: Span, b: Span) -> float:
        """Intersection over union, in [0, 1]; 0 for two empty ranges."""
        shared = self.shared(a, b)
        union = self.length(a.start, a.end) + self.length(b.start, b.end) - shared
        return shared / union if union else 0.0

    def share_inside(self, inner: Span, outer: Span) -> float:
        """Share of ``inner`` that stands in ``outer``; 0 for an empty ``inner``."""
        length = self.length(inner.start, inner.end)
        return self.shared(inner, outer) / length if length else 0.0
