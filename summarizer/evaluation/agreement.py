"""What two people agree on: no program can be told to be better than that."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evaluation.gold import Gold
from summarizer.evaluation.intervals import Estimate
from summarizer.evaluation.metrics import HEADLINE, measure
from summarizer.evaluation.scoring import score_documents
from summarizer.schema import (
    Chars,
    Document,
    Evidence,
    Indicator,
    Level,
    MarkerStatus,
    Model,
    Origin,
    Task,
)

__all__ = ["Agreement", "agreement", "as_document"]


class Agreement(Model):
    """Headline figures of the second annotator against the first (``forward``) and the other way round (``backward``)."""

    documents: tuple[str, ...]
    forward: dict[str, Estimate]
    backward: dict[str, Estimate]


def agreement(first: Sequence[Gold], second: Sequence[Gold], *, seed: int = 0) -> Agreement | None:
    """Score each annotation against the other, over the documents that both have; None when there are none.

    What either annotator marked as optional is no prediction, and counts neither way where it is the gold.
    """
    other = {gold.name: gold for gold in second}
    pairs = [(gold, other[gold.name]) for gold in first if gold.name in other]
    if not pairs:
        return None
    forward = [score_documents(a, as_document(b)) for a, b in pairs]
    backward = [score_documents(b, as_document(a)) for a, b in pairs]
    return Agreement(
        documents=tuple(a.name for a, _ in pairs),
        forward={metric.key: measure(metric, forward, seed=seed) for metric in HEADLINE},
        backward={metric.key: measure(metric, backward, seed=seed) for metric in HEADLINE},
    )


def as_document(gold: Gold) -> Document:
    """An annotation as if a program had made it: its required tasks and indicators."""
    facts, id_ = gold.annotation, gold.annotation.sha256[:12]
    tasks = tuple(
        Task(
            id=f"{id_}.t{task.ordinal}",
            ordinal=task.ordinal,
            marker=task.marker,
            marker_status=MarkerStatus.INTACT if task.marker else MarkerStatus.MISSING,
            title=task.title or gold.text[task.start : task.end],
            kind=task.kind,
            themes=task.themes,
            lead=task.lead,
            deadline=task.deadline,
            evidence=_evidence(gold, task.start, task.end),
            origin=Origin.HEURISTIC,
        )
        for task in facts.tasks
        if task.required
    )
    indicators = []
    for number, item in enumerate((i for i in facts.indicators if not i.optional), 1):
        low, high = item.value if isinstance(item.value, tuple) else (item.value, None)
        indicators.append(
            Indicator(
                id=f"{id_}.i{number}",
                name=item.name,
                value=low,
                value_high=high,
                raw=item.raw,
                unit=item.unit or "",
                op=item.op,
                status=item.status,
                period=item.period,
                base=item.base,
                evidence=_evidence(gold, item.start, item.end),
                origin=Origin.HEURISTIC,
            )
        )
    return Document(
        id=id_,
        path=str(gold.path),
        sha256=facts.sha256,
        media_type="text/plain",
        encoding=None,
        chars=Chars(source=len(gold.text), clean=len(gold.text)),
        title=facts.title,
        level=Level(facts.level) if facts.level else None,
        declared_task_count=facts.declared_task_count,
        tasks=tasks,
        indicators=tuple(indicators),
    )


def _evidence(gold: Gold, start: int, end: int) -> Evidence:
    return Evidence(start=start, end=end, quote=gold.text[start:end])
