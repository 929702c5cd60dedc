"""One document against its gold."""

from __future__ import annotations

from collections.abc import Iterator

from summarizer.evaluation.counts import Share
from summarizer.evaluation.findings import Finding
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.indicator_scores import IndicatorScore, score_indicators
from summarizer.evaluation.overlap import SolidText
from summarizer.evaluation.proof_scores import ProofScore
from summarizer.evaluation.task_scores import TaskScore, score_tasks
from summarizer.schema import Document, Evidence, Model

__all__ = ["DocumentScore", "score_documents"]


class DocumentScore(Model):
    """All counts of one document; sums of them over documents give every figure of a report.

    ``kind`` is whether the kind of the text was told, where it was annotated. ``grounded`` is the share of evidence (of
    items and of their fields) that stands in the source as quoted, at its offsets. ``chunks_failed`` is the share of chunks
    that nobody answered.
    """

    tasks: TaskScore
    indicators: IndicatorScore
    kind: Share = Share()
    grounded: Share
    chunks_failed: Share
    findings: tuple[Finding, ...]

    @property
    def proof(self) -> ProofScore:
        """What the proof lets through of tasks and indicators together."""
        return self.tasks.proof + self.indicators.proof


def score_documents(gold: Gold, prediction: Document) -> DocumentScore:
    """Score one prediction against its gold; the order of items in either changes nothing.

    Raises ``ValueError`` when the prediction was made from other bytes than the gold: nothing would be comparable.
    """
    if prediction.sha256 != gold.annotation.sha256:
        raise ValueError(f"{gold.name}: predicted from {prediction.sha256[:12]}…, gold is for another file")
    solid = SolidText.of(gold.text)
    tasks, task_findings = score_tasks(gold, prediction, solid)
    indicators, indicator_findings = score_indicators(gold, prediction, solid)
    return DocumentScore(
        tasks=tasks,
        indicators=indicators,
        kind=_kind(gold, prediction),
        grounded=Share.of(gold.text[e.start : e.end] == e.quote for e in _all_evidence(prediction)),
        chunks_failed=Share(right=prediction.coverage.failed, n=prediction.coverage.chunks),
        findings=(*task_findings, *indicator_findings),
    )


def _kind(gold: Gold, prediction: Document) -> Share:
    facts = gold.annotation
    if facts.kind is None or not facts.asks("kind"):
        return Share()
    return Share.of([prediction.kind in (facts.kind, *facts.kind_also)])


def _all_evidence(prediction: Document) -> Iterator[Evidence]:
    """Every quoted place of a document."""
    yield from prediction.kind_evidence
    for task in prediction.tasks:
        yield task.evidence
        yield from (heading.evidence for heading in task.group)
        yield from (step.evidence for step in task.steps)
        for duties in (task, *task.steps):
            yield from (*duties.lead_evidence, *duties.support_evidence)
            if duties.deadline_evidence is not None:
                yield duties.deadline_evidence
    for indicator in prediction.indicators:
        yield indicator.evidence
        places = (indicator.value_evidence, indicator.period_evidence, indicator.base_evidence)
        yield from (place for place in places if place is not None)
