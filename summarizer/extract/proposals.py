"""What an answer proposes once it is proven: items in clean offsets, not yet numbered or merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from summarizer.figures.relation import Relation
from summarizer.language.quantities import Quantity
from summarizer.schema import CleanOffset, Grounding, Nature, Problem, Rejected, Status, TaskKind
from summarizer.source.text import CleanRange

__all__ = ["IndicatorProposal", "Proposals", "TaskProposal"]


@dataclass(frozen=True, slots=True)
class TaskProposal:
    """A task that stands in the text at ``[start, end)``; every part is the range where it stands.

    ``title`` is None for the rest of a task that began in an earlier chunk; ``open`` says that the chunk ended inside it.
    """

    start: CleanOffset
    end: CleanOffset
    title: CleanRange | None
    marker: str | None
    ordinal: int
    kind: TaskKind
    steps: tuple[CleanRange, ...]
    lead: tuple[CleanRange, ...]
    support: tuple[CleanRange, ...]
    deadline: CleanRange | None
    grounding: Grounding
    open: bool = False


@dataclass(frozen=True, slots=True)
class IndicatorProposal:
    """An indicator whose quote stands at ``[start, end)``: the figure the program reads there, the pieces of its name, the
    figure it starts from, and the time it holds for, each as the range where it stands. ``status`` is the answer's,
    ``read`` what the program reads there.
    """

    start: CleanOffset
    end: CleanOffset
    quantity: Quantity
    name: tuple[CleanRange, ...]
    unit: str
    relation: Relation
    status: Status
    read: Status
    nature: Nature | None
    period: CleanRange | None
    base: Quantity | None
    grounding: Grounding


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything that one answer gave: proven items, rejected ones, what should be asked again, and what was noticed.

    ``repairable`` holds one sentence for each item that a second question could win back; ``notes`` are for the reader of
    the briefing; ``instructions`` are places where the text gives orders to the model.
    """

    tasks: tuple[TaskProposal, ...] = ()
    indicators: tuple[IndicatorProposal, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    repairable: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()
    instructions: tuple[CleanRange, ...] = field(default=())
    cut: bool = False
    readable: bool = True
