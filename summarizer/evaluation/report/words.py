"""How figures are written: per cent with one decimal, an interval, a dash for what is undefined."""

from __future__ import annotations

from summarizer.evaluation.findings import Finding
from summarizer.evaluation.intervals import Estimate, Interval
from summarizer.evaluation.paired import Difference, Verdict
from summarizer.evaluation.report.content import Report

__all__ = [
    "UNDEFINED",
    "ceiling_line",
    "change",
    "described",
    "figure",
    "interval",
    "number",
    "percent",
    "verdict_lines",
]

UNDEFINED = "–"

_VERDICTS = {
    Verdict.BETTER: "better",
    Verdict.WORSE: "worse",
    Verdict.INCONCLUSIVE: "inconclusive",
}


def percent(share: float | None) -> str:
    """0.1234 → 12.3; a dash for null."""
    return UNDEFINED if share is None else f"{100 * share:.1f}"


def interval(found: Interval | None) -> str:
    """``[low, high]`` in per cent, nothing for null."""
    return "" if found is None else f"[{percent(found.low)}, {percent(found.high)}]"


def figure(found: Estimate) -> str:
    """Value, interval and number of documents."""
    return UNDEFINED if found.value is None else f"{percent(found.value)} {interval(found.interval)} n={found.n}"


def change(found: Difference) -> str:
    """A difference in points with its interval and p; where nothing differs, that is said."""
    if found.difference is None:
        return UNDEFINED
    if found.differing == 0:
        return f"+0.0 {interval(found.interval)} none of {found.n} differs"
    p = found.p_holm if found.p_holm is not None else found.p
    shown = "" if p is None else f" p={p:.3f}" if p >= 0.001 else " p<0.001"
    return f"{100 * found.difference:+.1f} {interval(found.interval)}{shown}"


def number(value: object) -> str:
    """A count or an amount; a dash for null."""
    return UNDEFINED if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def described(finding: Finding) -> str:
    """Expected, predicted and the notes of one finding on one line."""
    if finding.notes and finding.expected:
        return f"{finding.expected}: {'; '.join(finding.notes)}"
    said = finding.expected or finding.predicted or ""
    return f"{said} ({'; '.join(finding.notes)})" if finding.notes else said


def verdict_lines(report: Report) -> list[str]:
    """The sentences a report begins with."""
    lines = [
        f"{comparison.b} is {_VERDICTS[comparison.verdict]} than {comparison.a}"
        if comparison.verdict is not Verdict.INCONCLUSIVE
        else f"{comparison.b} against {comparison.a}: inconclusive"
        for comparison in report.comparisons
    ]
    if not report.comparisons:
        lines = [f"One method, {report.baseline}: nothing to compare it with in this run"]
    documents = len(report.documents)
    lines = [f"{line} ({documents} documents, paired)." if report.comparisons else f"{line}." for line in lines]
    if report.failed:
        names = ", ".join(f"{sample.method}: {sample.document}" for sample in report.failed[:5])
        lines.append(f"{len(report.failed)} failed and count as nothing found ({names}).")
    for name, items in report.wrong.items():
        lines.append(f"{name}: {len(items)} wrong values or units.")
    return lines


def ceiling_line(report: Report) -> str:
    """What the column of two annotators is; empty without a second annotation."""
    if report.agreement is None:
        return ""
    names = report.agreement.documents
    return (
        f"Two annotators: mean of each scored against the other, over {len(names)} of these documents "
        f"({', '.join(names)}); no method can be told to be better than that."
    )
