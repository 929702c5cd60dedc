"""What two people agree on: no program can be told to be better than that."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.evaluation.annotation import GoldIndicator, GoldStep, GoldTask
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.intervals import Estimate
from summarizer.evaluation.metrics import HEADLINE, measure
from summarizer.evaluation.scoring import score_documents
from summarizer.schema import (
    Chars,
    Document,
    Evidence,
    Heading,
    Indicator,
    MarkerStatus,
    Model,
    Origin,
    SourceOffset,
    Step,
    Task,
    TextKind,
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
    """An annotation as if a program had made it: its required tasks and indicators.

    A text whose kind nobody annotated comes out as one that sets work.
    """
    facts, id_ = gold.annotation, gold.annotation.sha256[:12]
    indicators = [item for item in facts.indicators if not item.optional]
    return Document(
        id=id_,
        path=str(gold.path),
        sha256=facts.sha256,
        media_type="text/plain",
        encoding=None,
        chars=Chars(source=len(gold.text), clean=len(gold.text)),
        title=facts.title,
        level=facts.level,
        year=facts.document_year,
        kind=facts.kind or TextKind.SETS_WORK,
        declared_task_count=facts.declared_task_count,
        tasks=tuple(_task(gold, task, f"{id_}.t{task.ordinal}") for task in facts.tasks if task.required),
        indicators=tuple(_indicator(gold, item, f"{id_}.i{number}") for number, item in enumerate(indicators, 1)),
    )


def _task(gold: Gold, task: GoldTask, id_: str) -> Task:
    return Task(
        id=id_,
        ordinal=task.ordinal,
        marker=task.marker,
        marker_status=MarkerStatus.INTACT if task.marker else MarkerStatus.MISSING,
        title=task.title or gold.text[task.start : task.end],
        kind=task.kind,
        group=tuple(_heading(gold, title, task.start) for title in task.group or ()),
        themes=task.themes,
        lead=task.lead,
        support=task.support,
        deadline=task.deadline,
        deadline_date=task.deadline_date,
        steps=tuple(_step(gold, step) for step in task.steps or ()),
        evidence=_evidence(gold, task.start, task.end),
        origin=Origin.HEURISTIC,
    )


def _heading(gold: Gold, title: str, before: int) -> Heading:
    """The last headline of this wording that is printed before the task."""
    start = gold.text.rindex(title, 0, before)
    return Heading(title=title, evidence=_evidence(gold, start, start + len(title)))


def _step(gold: Gold, step: GoldStep) -> Step:
    return Step(
        marker=step.marker,
        text=step.text,
        lead=step.lead,
        support=step.support,
        deadline=step.deadline,
        deadline_date=step.deadline_date,
        evidence=_evidence(gold, step.start, step.end),
    )


def _indicator(gold: Gold, item: GoldIndicator, id_: str) -> Indicator:
    start = item.start + item.quote.index(item.raw)
    return Indicator(
        id=id_,
        name=item.name_full or item.name,
        value=item.low,
        value_high=item.high,
        raw=item.raw,
        value_evidence=_evidence(gold, start, start + len(item.raw)),
        unit=item.unit or "",
        bound=item.bound,
        change=item.change,
        status=item.status,
        period=item.period,
        period_start=item.period_start,
        period_end=item.period_end,
        base=item.base,
        base_period=item.base_period,
        base_period_start=item.base_period_start,
        base_period_end=item.base_period_end,
        evidence=_evidence(gold, item.start, item.end),
        origin=Origin.HEURISTIC,
    )


def _evidence(gold: Gold, start: int, end: int) -> Evidence:
    return Evidence(start=SourceOffset(start), end=SourceOffset(end), quote=gold.text[start:end])
