"""What a report says, before any format: figures, differences, items with their text, costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from summarizer.evaluation.agreement import Agreement
from summarizer.evaluation.comparison import Changed, Comparison, compare_samples
from summarizer.evaluation.findings import Finding, Outcome
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.intervals import Estimate
from summarizer.evaluation.metrics import METRICS, Metric, measure
from summarizer.evaluation.overview_scores import OverviewScore
from summarizer.evaluation.paired import Difference
from summarizer.evaluation.robustness import Robustness
from summarizer.evaluation.runs import Facts, Run, RunInfo, Sample
from summarizer.schema import Number

__all__ = ["BASELINE", "Cost", "DocumentPart", "Item", "Report", "Row", "build_report"]

BASELINE = "heuristic"
"""What other methods are held against; the first method where it was not run."""
_EXCERPT = 80


@dataclass(frozen=True)
class Row:
    """One figure: an estimate a method, the difference of each other method to the baseline, the annotators' own."""

    metric: Metric
    estimates: dict[str, Estimate]
    differences: dict[str, Difference]
    ceiling: float | None


@dataclass(frozen=True)
class Item:
    """One item with the text it is about. ``before`` is set where two methods are compared."""

    document: str
    finding: Finding | None
    before: Finding | None
    text: str

    @property
    def shown(self) -> Finding:
        """The side that came out, the compared one before the baseline's."""
        finding = self.finding or self.before
        assert finding is not None, "an item has a finding on one side at least"
        return finding


@dataclass(frozen=True)
class Cost:
    """Sums over a method's documents; null where no document says anything."""

    sources: tuple[str, ...]
    requests: int | None
    valid_at_first: int | None
    valid_in_the_end: int | None
    reasks: int | None
    cut: int | None
    input_tokens: int | None
    output_tokens: int | None
    cost: Number | None
    currency: str | None
    latency_s: float | None


@dataclass(frozen=True)
class DocumentPart:
    """One document: its findings under each method, worst first, and its own figures."""

    name: str
    title: str | None
    methods: dict[str, tuple[Item, ...]]
    samples: dict[str, Sample]


@dataclass(frozen=True)
class Report:
    """Everything a format needs."""

    info: RunInfo
    baseline: str
    comparisons: tuple[Comparison, ...]
    rows: tuple[Row, ...]
    changed: dict[str, tuple[tuple[Item, ...], tuple[Item, ...]]]
    """Method → items lost and won against the baseline."""
    wrong: dict[str, tuple[Item, ...]]
    failed: tuple[Sample, ...]
    costs: dict[str, Cost]
    overview: dict[str, OverviewScore]
    documents: tuple[DocumentPart, ...]
    agreement: Agreement | None
    robustness: tuple[Robustness, ...]


def build_report(
    run: Run, golds: Sequence[Gold], *, agreed: Agreement | None = None, robustness: Sequence[Robustness] = ()
) -> Report:
    """Put a report together from a run and the gold it was scored with; same input, same report."""
    info = run.info
    baseline = BASELINE if BASELINE in info.methods else info.methods[0]
    others = [name for name in info.methods if name != baseline]
    comparisons = tuple(
        compare_samples(run.of(baseline), run.of(name), names=(baseline, name), seed=info.seed) for name in others
    )
    texts = {gold.name: gold.text for gold in golds}
    return Report(
        info=info,
        baseline=baseline,
        comparisons=comparisons,
        rows=_rows(run, comparisons, agreed),
        changed={c.b: (_changed(c.lost, texts), _changed(c.won, texts)) for c in comparisons},
        wrong={name: _of_outcome(run.of(name), Outcome.WRONG, texts) for name in info.methods},
        failed=tuple(sample for sample in run.samples if sample.error is not None),
        costs={name: _cost([sample.facts for sample in run.of(name)]) for name in info.methods},
        overview=info.overview,
        documents=_documents(run, golds, texts),
        agreement=agreed,
        robustness=tuple(robustness),
    )


def _rows(run: Run, comparisons: Sequence[Comparison], agreed: Agreement | None) -> tuple[Row, ...]:
    scores = {name: [sample.score for sample in run.of(name)] for name in run.info.methods}
    return tuple(
        Row(
            metric=metric,
            estimates={name: measure(metric, found, seed=run.info.seed) for name, found in scores.items()},
            differences={comparison.b: comparison.differences[metric.key] for comparison in comparisons},
            ceiling=_ceiling(metric.key, agreed),
        )
        for metric in METRICS
    )


def _ceiling(key: str, agreed: Agreement | None) -> float | None:
    """The mean of both directions."""
    if agreed is None or key not in agreed.forward:
        return None
    values = [side[key].value for side in (agreed.forward, agreed.backward)]
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _changed(changes: Iterable[Changed], texts: dict[str, str]) -> tuple[Item, ...]:
    return tuple(Item(c.document, c.after, c.before, _excerpt(texts[c.document], c.after or c.before)) for c in changes)


def _of_outcome(samples: Iterable[Sample], outcome: Outcome, texts: dict[str, str]) -> tuple[Item, ...]:
    return tuple(
        Item(sample.document, finding, None, _excerpt(texts[sample.document], finding))
        for sample in samples
        for finding in sample.score.findings
        if finding.outcome is outcome
    )


def _excerpt(text: str, finding: Finding | None) -> str:
    if finding is None:
        return ""
    piece = " ".join(text[finding.start : finding.end].split())
    return piece if len(piece) <= _EXCERPT else f"{piece[: _EXCERPT * 2 // 3]} … {piece[-_EXCERPT // 3 :]}"


def _documents(run: Run, golds: Sequence[Gold], texts: dict[str, str]) -> tuple[DocumentPart, ...]:
    by_place = {(sample.method, sample.document): sample for sample in run.samples}
    worst_first = list(Outcome)
    parts = []
    for gold in golds:
        samples = {name: by_place[name, gold.name] for name in run.info.methods if (name, gold.name) in by_place}
        if not samples:
            continue
        methods = {
            name: tuple(
                Item(gold.name, finding, None, _excerpt(texts[gold.name], finding))
                for finding in sorted(
                    sample.score.findings, key=lambda f: (f.kind != "task", worst_first.index(f.outcome), f.start)
                )
            )
            for name, sample in samples.items()
        }
        parts.append(DocumentPart(gold.name, gold.annotation.title, methods, samples))
    return tuple(parts)


def _cost(facts: Sequence[Facts]) -> Cost:
    currencies = {fact.currency for fact in facts if fact.currency is not None}
    latencies = [fact.latency_s for fact in facts if fact.latency_s is not None]
    costs = [fact.cost for fact in facts if fact.cost is not None]
    return Cost(
        sources=tuple(sorted({fact.source for fact in facts if fact.source is not None})),
        requests=_sum(fact.requests for fact in facts),
        valid_at_first=_sum(fact.valid_at_first for fact in facts),
        valid_in_the_end=_sum(fact.valid_in_the_end for fact in facts),
        reasks=_sum(fact.reasks for fact in facts),
        cut=_sum(fact.cut for fact in facts),
        input_tokens=_sum(fact.input_tokens for fact in facts),
        output_tokens=_sum(fact.output_tokens for fact in facts),
        cost=sum(costs[1:], costs[0]) if costs and len(currencies) <= 1 else None,
        currency=next(iter(currencies)) if len(currencies) == 1 else None,
        latency_s=sum(latencies) if latencies else None,
    )


def _sum(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
