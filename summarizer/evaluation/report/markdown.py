"""The report as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.evaluation.metrics import METRICS
from summarizer.evaluation.report.content import Cost, DocumentPart, Item, Report, Row
from summarizer.evaluation.report.words import (
    UNDEFINED,
    ceiling_line,
    change,
    described,
    figure,
    interval,
    number,
    percent,
    verdict_lines,
)
from summarizer.evaluation.robustness import WATCHED

__all__ = ["metrics_table", "render_markdown"]

_SHOWN_ITEMS = 40


def render_markdown(report: Report) -> str:
    """The whole report; it holds no time of day and no commit, so that equal results are equal files."""
    return "\n".join([*_lines(report), ""])


def _lines(report: Report) -> Iterator[str]:
    info = report.info
    yield f"# Evaluation: {info.split}"
    yield ""
    yield from verdict_lines(report)
    yield ""
    yield (
        f"Split `{info.split}`, {len(report.documents)} documents, corpus `{info.corpus[:12]}`, seed {info.seed}. Figures in per "
        "cent with 95 % intervals over documents; n is the number of documents with something to count. "
        "A dash is undefined, not 0."
    )
    yield ""
    yield "## Figures"
    yield ""
    yield from metrics_table(report)
    yield ""
    if ceiling := ceiling_line(report):
        yield ceiling
        yield ""
    yield from _detectable(report)
    yield from _both_intervals(report)
    yield from _items(report)
    yield from _robustness(report)
    yield from _costs(report)
    yield from _overview(report)
    yield from _documents(report.documents)


def metrics_table(report: Report) -> Iterator[str]:
    """Every figure that is defined for a method, methods side by side, differences to the baseline beside them."""
    others = [comparison.b for comparison in report.comparisons]
    heads = ["figure", *report.info.methods, *(f"{name} − {report.baseline}" for name in others)]
    if report.agreement is not None:
        heads.append("two annotators")
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for row in report.rows:
        if all(found.value is None for found in row.estimates.values()):
            continue
        yield _row(_cells(row, report, others))


def _cells(row: Row, report: Report, others: list[str]) -> Iterator[str]:
    yield f"**{row.metric.label}**" if row.metric.headline else row.metric.label
    yield from (figure(row.estimates[name]) for name in report.info.methods)
    for name in others:
        found = row.differences[name]
        yield f"{change(found)} {found.verdict.value}" if row.metric.headline and found.p is not None else change(found)
    if report.agreement is not None:
        yield percent(row.ceiling)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;').replace(chr(10), ' ') for cell in cells)} |"


def _detectable(report: Report) -> Iterator[str]:
    for comparison in report.comparisons:
        yield (
            f"p of headline figures (bold) is Holm's over {sum(m.headline for m in METRICS)}, of the others unadjusted. Smallest true difference that these "
            f"documents find with a power of 80 % ({comparison.b} against {comparison.a}, in points): "
            + ", ".join(
                f"{row.metric.key} {percent(row.differences[comparison.b].detectable)}"
                for row in report.rows
                if row.metric.headline
            )
            + "."
        )
        yield ""


def _both_intervals(report: Report) -> Iterator[str]:
    yield "### Both interval estimators"
    yield ""
    yield _row(["figure", "method", "value", "jackknife-t", "bootstrap-t", "n"])
    yield _row(["---"] * 6)
    for row in report.rows:
        if row.metric.headline:
            for name, found in row.estimates.items():
                yield _row(
                    [
                        row.metric.key,
                        name,
                        percent(found.value),
                        interval(found.jackknife) or UNDEFINED,
                        interval(found.bootstrap) or UNDEFINED,
                        str(found.n),
                    ]
                )
    yield ""


def _items(report: Report) -> Iterator[str]:
    for name, items in report.wrong.items():
        yield f"## Wrong values: {name}"
        yield ""
        yield from _listed(items)
    for name, (lost, won) in report.changed.items():
        yield f"## Lost by {name} against {report.baseline}"
        yield ""
        yield from _listed(lost)
        yield f"## Won by {name} against {report.baseline}"
        yield ""
        yield from _listed(won)


def _listed(items: tuple[Item, ...]) -> Iterator[str]:
    for item in items[:_SHOWN_ITEMS]:
        was = f"{item.before.outcome.value if item.before else 'not there'} → " if item.finding or item.before else ""
        now = item.finding.outcome.value if item.finding else "not there"
        label = now if item.finding and not item.before else was + now
        yield f"- `{item.document}` **{label}** {item.shown.kind} {_flat(described(item.shown))} — {_flat(item.text)}"
    if len(items) > _SHOWN_ITEMS:
        yield f"- … and {len(items) - _SHOWN_ITEMS} more in samples.jsonl"
    if not items:
        yield "None."
    yield ""


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("<", "&lt;").replace("`", "'")


def _robustness(report: Report) -> Iterator[str]:
    if not report.robustness:
        return
    yield "## Robustness"
    yield ""
    yield "Change in points against the undamaged text, paired by document, with 95 % intervals."
    yield ""
    yield _row(["method", "damage", "severity", *WATCHED, "failed"])
    yield _row(["---"] * (4 + len(WATCHED)))
    for found in report.robustness:
        changes = [f"{change(found.changes[key])}" for key in WATCHED]
        yield _row([found.method, found.perturbation, str(found.severity), *changes, str(found.failed)])
    yield ""


def _costs(report: Report) -> Iterator[str]:
    yield "## Cost"
    yield ""
    heads = "answers requests valid-at-first valid-in-the-end re-asks cut tokens-in tokens-out cost latency".split()
    yield _row(["method", *heads])
    yield _row(["---"] * (1 + len(heads)))
    for name, cost in report.costs.items():
        yield _row([name, *cost_cells(cost)])
    yield ""


def cost_cells(cost: Cost) -> list[str]:
    """A method's cost in the order of the table."""
    money = UNDEFINED if cost.cost is None else f"{cost.cost} {cost.currency or ''}".strip()
    seconds = UNDEFINED if cost.latency_s is None else f"{cost.latency_s:.1f} s live"
    counts = (
        cost.requests,
        cost.valid_at_first,
        cost.valid_in_the_end,
        cost.reasks,
        cost.cut,
        cost.input_tokens,
        cost.output_tokens,
    )
    return [" ".join(cost.sources) or UNDEFINED, *(number(value) for value in counts), money, seconds]


def _overview(report: Report) -> Iterator[str]:
    if not report.overview:
        return
    yield "## Overview"
    yield ""
    yield _row(["method", "numbers proven", "citations that carry", "ROUGE-L (characters)"])
    yield _row(["---"] * 4)
    for name, score in report.overview.items():
        shares = [f"{percent(share.value)} ({share.right}/{share.n})" for share in (score.numbers, score.citations)]
        yield _row([name, *shares, percent(score.rouge_l)])
    yield ""


def _documents(parts: Iterable[DocumentPart]) -> Iterator[str]:
    yield "## Documents"
    yield ""
    for part in parts:
        yield f"### {part.name}"
        yield ""
        if part.title:
            yield f"{_flat(part.title)}"
            yield ""
        yield _row(["method", "outcome", "kind", "gold", "prediction", "differences"])
        yield _row(["---"] * 6)
        for name, items in part.methods.items():
            for item in items:
                shown = item.shown
                yield _row(
                    [
                        name,
                        shown.outcome.value,
                        shown.kind,
                        _flat(shown.expected or UNDEFINED),
                        _flat(shown.predicted or UNDEFINED),
                        _flat("; ".join(shown.notes)),
                    ]
                )
        yield ""
