"""What an answer proposes once it is proven: items in clean offsets, not yet numbered or merged."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from summarizer.schema import Grounding, Nature, Op, Rejected, Status, TaskKind
from summarizer.source.text import TextRange

__all__ = ["IndicatorProposal", "Proposals", "TaskProposal"]


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """A task that stands in the text at ``[start, end)``.

    ``title`` is None for the rest of a task that began in an earlier chunk; ``open`` says that the chunk ended inside it.
    """

    start: int
    end: int
    title: TextRange | None
    marker: str | None
    ordinal: int
    kind: TaskKind
    measures: tuple[TextRange, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str | None
    grounding: Grounding
    open: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorProposal:
    """An indicator whose quote stands at ``[start, end)`` and whose value at ``value_at``; all texts are the source's own."""

    start: int
    end: int
    value_at: TextRange
    name: str
    value: Decimal
    value_high: Decimal | None
    raw: str
    unit: str
    op: Op
    status: Status
    nature: Nature | None
    period: str | None
    base: Decimal | None
    grounding: Grounding


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything that one answer gave: proven items, rejected ones, what should be asked again, and what was noticed.

    ``repairable`` holds one sentence for each item that a second question could win back; ``notes`` are (kind, message)
    pairs for the reader of the briefing; ``instructions`` are places where the text gives orders to the model.
    """

    tasks: tuple[TaskProposal, ...] = ()
    indicators: tuple[IndicatorProposal, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    repairable: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    instructions: tuple[TextRange, ...] = field(default=())
    cut: bool = False
    readable: bool = True
