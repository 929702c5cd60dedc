"""Hits, false alarms and misses, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from summarizer.schema import Model

__all__ = ["Counts", "Mean", "Share", "ratio", "total"]


def ratio(part: float, whole: float) -> float | None:
    """``part / whole``; None, not 0 and not 1, when there is nothing to divide by."""
    return part / whole if whole else None


class Counts(Model):
    """True positives, false positives and false negatives of one kind of item in one document or in many."""

    tp: int = Field(default=0, ge=0)
    fp: int = Field(default=0, ge=0)
    fn: int = Field(default=0, ge=0)

    def __add__(self, other: Counts) -> Counts:
        return Counts(tp=self.tp + other.tp, fp=self.fp + other.fp, fn=self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """``tp / (tp + fp)``; None when nothing was predicted."""
        return ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """``tp / (tp + fn)``; None when there was nothing to find."""
        return ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """``2 tp / (2 tp + fp + fn)`` (van Rijsbergen's F with weight 1); None when nothing was there and nothing predicted."""
        return ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)


class Share(Model):
    """``right`` of ``n``."""

    right: int = Field(default=0, ge=0)
    n: int = Field(default=0, ge=0)

    def __add__(self, other: Share) -> Share:
        return Share(right=self.right + other.right, n=self.n + other.n)

    @property
    def value(self) -> float | None:
        """The share in [0, 1]; None of nothing."""
        return ratio(self.right, self.n)

    @classmethod
    def of(cls, judged: Iterable[bool]) -> Share:
        """Count the true ones among the judged."""
        marks = list(judged)
        return cls(right=sum(marks), n=len(marks))


class Mean(Model):
    """The sum of ``n`` grades in [0, 1]."""

    total: float = Field(default=0.0, ge=0)
    n: int = Field(default=0, ge=0)

    def __add__(self, other: Mean) -> Mean:
        return Mean(total=self.total + other.total, n=self.n + other.n)

    @property
    def value(self) -> float | None:
        """The mean grade; None of nothing."""
        return ratio(self.total, self.n)

    @classmethod
    def of(cls, grades: Iterable[float]) -> Mean:
        """Add the grades up."""
        marks = list(grades)
        return cls(total=sum(marks), n=len(marks))


def total(counts: Iterable[Counts]) -> Counts:
    """The sum, all zero for none."""
    return sum(counts, Counts())
