"""Two methods, or one before and after a change, over the same documents."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.errors import UsageError
from summarizer.evaluation.findings import Finding, Outcome
from summarizer.evaluation.metrics import HEADLINE, METRICS
from summarizer.evaluation.paired import Difference, Verdict, compare_pairs, holm, verdict_of
from summarizer.evaluation.runs import Sample
from summarizer.schema import Model

__all__ = ["Changed", "Comparison", "compare_samples"]

_GOOD = {Outcome.RIGHT, Outcome.PARTIAL}
_BAD_FIRST = (Outcome.WRONG, Outcome.DECOY, Outcome.MISSED, Outcome.EXTRA, Outcome.OTHER_LEVEL, Outcome.PARTIAL)


class Changed(Model):
    """One item that one side has right and the other has not; ``before`` and ``after`` are None where it did not come out."""

    document: str
    before: Finding | None
    after: Finding | None


class Comparison(Model):
    """B against A. ``verdict`` is worse when any headline figure is, better when one is and none is worse."""

    a: str
    b: str
    documents: int
    verdict: Verdict
    differences: dict[str, Difference]
    lost: tuple[Changed, ...]
    won: tuple[Changed, ...]


def compare_samples(a: Sequence[Sample], b: Sequence[Sample], *, names: tuple[str, str], seed: int = 0) -> Comparison:
    """Compare two sets of samples document by document.

    Raises ``UsageError`` when they are not of the same documents with the same gold: then nothing can be paired.
    """
    before, after = ({sample.document: sample for sample in samples} for samples in (a, b))
    if before.keys() != after.keys():
        differing = sorted(before.keys() ^ after.keys())
        raise UsageError(f"{names[0]} and {names[1]} are not of the same documents: {', '.join(differing[:5])}")
    for name, sample in before.items():
        if sample.gold_sha256 != after[name].gold_sha256:
            raise UsageError(f"{name}: the runs were scored with different gold; run 'summarizer eval report' on both")
    order = sorted(before)
    differences = {
        metric.key: compare_pairs(
            [metric.pair(before[name].score) for name in order],
            [metric.pair(after[name].score) for name in order],
            seed=seed,
        )
        for metric in METRICS
    }
    adjusted = holm({metric.key: differences[metric.key].p for metric in HEADLINE})
    for metric in HEADLINE:
        found = differences[metric.key]
        p = adjusted[metric.key]
        differences[metric.key] = found.model_copy(
            update={
                "p_holm": p,
                "verdict": verdict_of(found.difference, p, lower_is_better=metric.lower_is_better),
            }
        )
    verdicts = {differences[metric.key].verdict for metric in HEADLINE}
    changed = [change for name in order for change in _changes(name, before[name], after[name])]
    return Comparison(
        a=names[0],
        b=names[1],
        documents=len(order),
        verdict=next((v for v in (Verdict.WORSE, Verdict.BETTER) if v in verdicts), Verdict.INCONCLUSIVE),
        differences=differences,
        lost=tuple(sorted((c for c in changed if _lost(c)), key=lambda c: (_badness(c.after), c.document))),
        won=tuple(sorted((c for c in changed if not _lost(c)), key=lambda c: (_badness(c.before), c.document))),
    )


def _changes(document: str, a: Sample, b: Sample) -> list[Changed]:
    """Items whose outcome went from good to bad or back: gold items by their span, false alarms by theirs."""
    before = {finding.key: finding for finding in a.score.findings if finding.outcome is not Outcome.IGNORED}
    after = {finding.key: finding for finding in b.score.findings if finding.outcome is not Outcome.IGNORED}
    return [
        Changed(document=document, before=before.get(key), after=after.get(key))
        for key in sorted(before.keys() | after.keys())
        if _is_bad(before.get(key)) is not _is_bad(after.get(key))
    ]


def _is_bad(finding: Finding | None) -> bool:
    return finding is not None and finding.outcome not in _GOOD


def _lost(change: Changed) -> bool:
    return _is_bad(change.after)


def _badness(finding: Finding | None) -> int:
    return len(_BAD_FIRST) if finding is None else _BAD_FIRST.index(finding.outcome)
