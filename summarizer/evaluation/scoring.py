"""One document against its gold."""

from __future__ import annotations

from summarizer.evaluation.counts import Share
from summarizer.evaluation.findings import Finding
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.indicator_scores import IndicatorScore, score_indicators
from summarizer.evaluation.overlap import SolidText
from summarizer.evaluation.task_scores import TaskScore, score_tasks
from summarizer.schema import Document, Evidence, Model

__all__ = ["DocumentScore", "score_documents"]


class DocumentScore(Model):
    """All counts of one document; sums of them over documents give every figure of a report.

    ``grounded`` is the share of evidence (tasks, measures, indicators) that stands in the source as quoted, at its offsets.
    ``chunks_failed`` is the share of chunks that nobody answered.
    """

    tasks: TaskScore
    indicators: IndicatorScore
    grounded: Share
    chunks_failed: Share
    findings: tuple[Finding, ...]


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
        grounded=Share.of(gold.text[e.start : e.end] == e.quote for e in _all_evidence(prediction)),
        chunks_failed=Share(right=prediction.coverage.failed, n=prediction.coverage.chunks),
        findings=(*task_findings, *indicator_findings),
    )


def _all_evidence(prediction: Document) -> list[Evidence]:
    return [
        *(task.evidence for task in prediction.tasks),
        *(measure.evidence for task in prediction.tasks for measure in task.measures),
        *(indicator.evidence for indicator in prediction.indicators),
    ]
