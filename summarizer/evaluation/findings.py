"""One judged item: what was there, what was said, and what is to be said about the difference."""

from __future__ import annotations

from enum import StrEnum

from summarizer.schema import Model

__all__ = ["Finding", "Outcome"]


class Outcome(StrEnum):
    """What became of an item, the worst first."""

    WRONG = "wrong"
    """Found at its place, with another value or unit: the error a reader cannot see."""
    DECOY = "decoy"
    """Something that must never come out came out."""
    EXTRA = "extra"
    OTHER_LEVEL = "other level"
    """A right task of the level above or below the gold's: a false alarm there, told apart because nothing is invented."""
    MISSED = "missed"
    PARTIAL = "partial"
    """Found and right in the main, with a difference in a side field."""
    RIGHT = "right"
    IGNORED = "ignored"
    """Optional, near-term, safeguard or outside the annotated ranges: counts neither way."""


class Finding(Model):
    """One gold item, one prediction or a pair of them; ``start`` and ``end`` are the gold's where there is one."""

    kind: str
    outcome: Outcome
    start: int
    end: int
    expected: str | None = None
    predicted: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int, int, str]:
        """Same item in two runs over the same gold."""
        return self.kind, self.start, self.end, self.expected or f"+{self.predicted}"
