"""What reading a sentence gives: a figure with its name, relation and start of change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from summarizer.figures.relation import Relation
from summarizer.language.quantities import Quantity
from summarizer.schema import CleanOffset, RejectionReason
from summarizer.source.text import CleanRange

__all__ = ["Base", "Measured", "Putaside"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with what it measures. ``text[start:end]`` is the shortest stretch that holds both.

    ``lead`` is the verb of counting that opens the name (新增床位) with its offset, for the parts of a list behind it.
    """

    quantity: Quantity
    name: str
    start: CleanOffset
    end: CleanOffset
    relation: Relation
    clause: int
    base: Decimal | None = None
    base_period: str | None = None
    base_at: CleanRange | None = None
    lead: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """Where a change starts from (从75.2岁), kept for the figure where it ends."""

    value: Decimal
    unit: str
    period: str | None
    name: tuple[int, int]
    at: CleanRange


@dataclass(frozen=True, slots=True)
class Putaside:
    """A figure that measures nothing, as it is read; ``[start, end)`` is the stretch from what it would measure to it."""

    quantity: Quantity
    start: CleanOffset
    end: CleanOffset
    reason: RejectionReason
