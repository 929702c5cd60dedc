"""How much a method loses when its texts are damaged."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from summarizer.evaluation.execution import Method, run_one
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.metrics import METRICS
from summarizer.evaluation.paired import Difference, compare_pairs
from summarizer.evaluation.perturbations import PERTURBATIONS, SEVERITIES, perturb
from summarizer.evaluation.scoring import DocumentScore
from summarizer.schema import Model

__all__ = ["WATCHED", "Robustness", "measure_robustness"]

WATCHED = ("task_relaxed_f1", "indicator_correct_f1")
"""The figures whose change is shown."""


class Robustness(Model):
    """One damage at one severity: the change of each watched figure, damaged against undamaged, paired by document."""

    method: str
    perturbation: str
    severity: int
    documents: int
    failed: int
    changes: dict[str, Difference]


def measure_robustness(
    golds: Sequence[Gold],
    name: str,
    method: Method,
    *,
    seed: int = 0,
    perturbations: Iterable[str] = tuple(PERTURBATIONS),
    severities: Iterable[int] = SEVERITIES,
    progress: Callable[[str, int], None] = lambda perturbation, severity: None,
) -> tuple[Robustness, ...]:
    """Run a method over damaged copies of the plain-text fixtures; a document that fails counts as nothing found.

    ``name`` is what the method is called in the result.
    """
    plain = [gold for gold in golds if gold.path.suffix == ".txt"]
    before = [run_one(name, method, gold).score for gold in plain]
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for perturbation in perturbations:
            for severity in severities:
                progress(perturbation, severity)
                samples = [
                    run_one(name, method, _written(perturb(gold, perturbation, severity, seed), Path(folder)))
                    for gold in plain
                ]
                results.append(
                    Robustness(
                        method=name,
                        perturbation=perturbation,
                        severity=severity,
                        documents=len(plain),
                        failed=sum(sample.error is not None for sample in samples),
                        changes=_changes(before, [sample.score for sample in samples], seed),
                    )
                )
    return tuple(results)


def _written(gold: Gold, folder: Path) -> Gold:
    """The damaged fixture as a file, for methods take paths."""
    path = folder / gold.name
    path.write_bytes(gold.text.encode("utf-8"))
    return Gold(gold.name, path, gold.text, gold.annotation, gold.sha256)


def _changes(before: Sequence[DocumentScore], after: Sequence[DocumentScore], seed: int) -> dict[str, Difference]:
    return {
        metric.key: compare_pairs([metric.pair(s) for s in before], [metric.pair(s) for s in after], seed=seed)
        for metric in METRICS
        if metric.key in WATCHED
    }
