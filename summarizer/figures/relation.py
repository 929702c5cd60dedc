"""How a figure stands to what it measures: what it bounds, and whether it is a level or a change."""

from __future__ import annotations

from dataclasses import dataclass

from summarizer.schema import Bound, Change

__all__ = ["OPEN_BOUNDS", "Relation"]

OPEN_BOUNDS = frozenset({Bound.GE, Bound.GT, Bound.LE, Bound.LT, Bound.APPROX})
"""Bounds that words beside the figure print; behind the last figure of a list they hold for all of it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """``bound`` by the comparators beside the figure, ``change`` by the verb before it or by the name itself."""

    bound: Bound = Bound.EQ
    change: Change | None = None
