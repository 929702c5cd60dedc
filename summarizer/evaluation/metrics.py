"""The figures of a report: each a ratio of sums over documents, named once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from summarizer.evaluation.counts import Counts, Mean, Share
from summarizer.evaluation.intervals import Estimate, Ratios, estimate, wilson
from summarizer.evaluation.scoring import DocumentScore

__all__ = ["HEADLINE", "METRICS", "Metric", "measure", "metric_named"]

Pair = tuple[float, float]


@dataclass(frozen=True)
class Metric:
    """``pair`` gives a document's part and whole; the figure is the sum of parts over the sum of wholes.

    ``kind`` says what it is over documents: an F1 or a mean of documents (jackknife or bootstrap), or a rate of items
    (Wilson with the design effect). ``headline`` figures decide verdicts.
    """

    key: str
    label: str
    kind: Literal["f1", "mean", "rate"]
    pair: Callable[[DocumentScore], Pair]
    group: Literal["tasks", "indicators", "trust"]
    headline: bool = False
    lower_is_better: bool = False
    floor: bool = False
    """Whether a floor holds it though it decides no verdict."""

    @property
    def held(self) -> bool:
        """Whether floors are set for it."""
        return self.headline or self.floor


def _f1(counts: Callable[[DocumentScore], Counts]) -> Callable[[DocumentScore], Pair]:
    def pair(score: DocumentScore) -> Pair:
        c = counts(score)
        return 2 * c.tp, 2 * c.tp + c.fp + c.fn

    return pair


def _mean_f1(counts: Callable[[DocumentScore], Counts]) -> Callable[[DocumentScore], Pair]:
    def pair(score: DocumentScore) -> Pair:
        f1 = counts(score).f1
        return (0.0, 0.0) if f1 is None else (f1, 1.0)

    return pair


def _precision(counts: Callable[[DocumentScore], Counts]) -> Callable[[DocumentScore], Pair]:
    return lambda score: (counts(score).tp, counts(score).tp + counts(score).fp)


def _recall(counts: Callable[[DocumentScore], Counts]) -> Callable[[DocumentScore], Pair]:
    return lambda score: (counts(score).tp, counts(score).tp + counts(score).fn)


def _share(share: Callable[[DocumentScore], Share]) -> Callable[[DocumentScore], Pair]:
    return lambda score: (share(score).right, share(score).n)


def _mean(mean: Callable[[DocumentScore], Mean]) -> Callable[[DocumentScore], Pair]:
    return lambda score: (mean(score).total, mean(score).n)


METRICS: tuple[Metric, ...] = (
    Metric("task_relaxed_f1", "tasks found (IoU ≥ 0.5), F1", "f1", _f1(lambda s: s.tasks.relaxed), "tasks", headline=True),
    Metric("task_strict_f1", "tasks found exactly (IoU ≥ 0.9), F1", "f1", _f1(lambda s: s.tasks.strict), "tasks", headline=True),
    Metric("task_precision", "tasks found, precision", "rate", _precision(lambda s: s.tasks.relaxed), "tasks"),
    Metric("task_recall", "tasks found, recall", "rate", _recall(lambda s: s.tasks.relaxed), "tasks"),
    Metric("task_document_f1", "tasks found, mean F1 of documents", "mean", _mean_f1(lambda s: s.tasks.relaxed), "tasks"),
    Metric("task_count", "documents with the right number of tasks", "rate", _share(lambda s: s.tasks.count), "tasks"),
    Metric("task_declared", "announced number read", "rate", _share(lambda s: s.tasks.declared), "tasks"),
    Metric("task_title", "headline right, of found", "rate", _share(lambda s: s.tasks.title), "tasks"),
    Metric("task_ordinal", "ordinal right, of found", "rate", _share(lambda s: s.tasks.ordinal), "tasks"),
    Metric("task_theme_f1", "themes of found tasks, F1", "f1", _f1(lambda s: s.tasks.theme), "tasks"),
    Metric("task_group", "headlines above right, of found", "rate", _share(lambda s: s.tasks.group), "tasks"),
    Metric("task_step_f1", "marked steps of found tasks, F1", "f1", _f1(lambda s: s.tasks.steps), "tasks"),
    Metric("task_step_marker", "step markers right, of found", "rate", _share(lambda s: s.tasks.step_marker), "tasks"),
    Metric("task_lead_f1", "lead units of found tasks, F1", "f1", _f1(lambda s: s.tasks.duties.lead), "tasks"),
    Metric("task_support_f1", "support units of found tasks, F1", "f1", _f1(lambda s: s.tasks.duties.support), "tasks"),
    Metric("task_deadline_f1", "deadlines of found tasks, F1", "f1", _f1(lambda s: s.tasks.duties.deadline), "tasks"),
    Metric("task_deadline_date", "resolved deadlines right, of those decided", "rate", _share(lambda s: s.tasks.duties.date), "tasks"),
    Metric("task_duty_place", "duties on the right level, of right ones", "rate", _share(lambda s: s.tasks.duties.place), "tasks"),
    Metric("task_other_level", "tasks of another level, of those that came out", "rate", _share(lambda s: s.tasks.other_level), "tasks", lower_is_better=True),
    Metric("indicator_located_f1", "indicators located, F1", "f1", _f1(lambda s: s.indicators.located), "indicators", headline=True),
    Metric("indicator_correct_f1", "… value and unit right, F1", "f1", _f1(lambda s: s.indicators.correct), "indicators", headline=True),
    Metric("indicator_full_f1", "… bound, change, status and period too, F1", "f1", _f1(lambda s: s.indicators.full), "indicators", headline=True),
    Metric("indicator_wrong_value", "wrong values, of located", "rate", _share(lambda s: s.indicators.wrong_value), "indicators", headline=True, lower_is_better=True),
    Metric("indicator_precision", "indicators located, precision", "rate", _precision(lambda s: s.indicators.located), "indicators"),
    Metric("indicator_recall", "indicators located, recall", "rate", _recall(lambda s: s.indicators.located), "indicators"),
    Metric("indicator_document_f1", "value and unit right, mean F1 of documents", "mean", _mean_f1(lambda s: s.indicators.correct), "indicators"),
    Metric("indicator_status", "status right, of located", "rate", _share(lambda s: s.indicators.status), "indicators"),
    Metric("indicator_bound", "bound right, of located", "rate", _share(lambda s: s.indicators.bound), "indicators", floor=True),
    Metric("indicator_change", "change right, of located", "rate", _share(lambda s: s.indicators.change), "indicators", floor=True),
    Metric("indicator_period", "period right, of located", "rate", _share(lambda s: s.indicators.period), "indicators"),
    Metric("indicator_dates", "resolved period right, of those with one", "rate", _share(lambda s: s.indicators.dates), "indicators", floor=True),
    Metric("indicator_base", "start value right, of those with one", "rate", _share(lambda s: s.indicators.base), "indicators"),
    Metric("indicator_base_dates", "resolved period of the start value right", "rate", _share(lambda s: s.indicators.base_dates), "indicators"),
    Metric("indicator_unit", "unit right, of located", "rate", _share(lambda s: s.indicators.unit), "indicators"),
    Metric("indicator_name", "name alike, of located", "rate", _share(lambda s: s.indicators.name), "indicators"),
    Metric("indicator_full_name", "likeness to the name that stands alone, mean", "mean", _mean(lambda s: s.indicators.full_name), "indicators"),
    Metric("document_kind", "kind of text right", "rate", _share(lambda s: s.kind), "trust", floor=True),
    Metric("decoys_hit", "decoys that came out", "rate", _share(lambda s: s.indicators.decoys), "trust", floor=True, lower_is_better=True),
    Metric("grounded", "evidence that verifies", "rate", _share(lambda s: s.grounded), "trust", floor=True),
    Metric("proof_true", "right items that stand as proven", "rate", _share(lambda s: s.proof.true), "trust"),
    Metric("proof_false", "false items that stand as proven", "rate", _share(lambda s: s.proof.false), "trust", lower_is_better=True),
    Metric("proof_checked", "items that a person is asked to check", "rate", _share(lambda s: s.proof.checked), "trust", lower_is_better=True),
    Metric("chunks_failed", "chunks nobody answered", "rate", _share(lambda s: s.chunks_failed), "trust", floor=True, lower_is_better=True),
)  # fmt: skip
"""Every figure, in the order of the report."""

HEADLINE: tuple[Metric, ...] = tuple(metric for metric in METRICS if metric.headline)
"""The figures that decide whether a change is better; Holm's adjustment is over these."""

_BY_KEY = {metric.key: metric for metric in METRICS}


def metric_named(key: str) -> Metric | None:
    """The metric with this key, None when there is none."""
    return _BY_KEY.get(key)


def measure(metric: Metric, scores: Iterable[DocumentScore], *, seed: int = 0) -> Estimate:
    """The metric over documents with its intervals; rates get Wilson's as the quoted one."""
    pairs = [metric.pair(score) for score in scores]
    found = estimate(pairs, seed=seed)
    if metric.kind != "rate" or found.value is None:
        return found
    ratios = Ratios.of(pairs)
    quoted = wilson(float(ratios.parts.sum()), float(ratios.wholes.sum()), clusters=ratios)
    return found.model_copy(update={"interval": quoted})
