"""What ``summarizer eval`` prints: data to stdout, progress to a terminal's stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.evaluation.comparison import Comparison
    from summarizer.evaluation.gates import Check
    from summarizer.evaluation.report.content import Report

__all__ = ["comparison_lines", "print_checks", "print_reports", "progress"]


def progress(what: str, which: str) -> None:
    """Overwrite one line on a terminal's stderr; nothing elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what}: {which}", end="", file=sys.stderr, flush=True)


def print_reports(reports: Mapping[str, Report], *, as_json: bool) -> None:
    """The verdict and the table of each report, or all figures as JSON."""
    from summarizer.evaluation.report.markdown import metrics_table
    from summarizer.evaluation.report.words import verdict_lines

    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    if as_json:
        print(json.dumps({name: _as_json(report) for name, report in reports.items()}, ensure_ascii=False, indent=1))
        return
    for name, found in reports.items():
        print(f"## {name}\n")
        print("\n".join([*verdict_lines(found), "", *metrics_table(found), ""]))


def _as_json(found: Report) -> dict[str, object]:
    return {
        "documents": len(found.documents),
        "failed": [f"{sample.method}: {sample.document}: {sample.error}" for sample in found.failed],
        "figures": {
            row.metric.key: {name: one.model_dump(mode="json") for name, one in row.estimates.items()}
            for row in found.rows
        },
        "comparisons": [
            one.model_dump(mode="json", include={"a", "b", "verdict", "differences"}) for one in found.comparisons
        ],
    }


def comparison_lines(found: Comparison) -> Iterator[str]:
    """The verdict, the headline figures, and every item that was lost or won."""
    from summarizer.evaluation.metrics import HEADLINE
    from summarizer.evaluation.report.words import change, described, percent

    yield f"{found.verdict.value}: {found.b} against {found.a}, {found.documents} documents, paired"
    yield ""
    yield "| figure | A | B | B − A | verdict | detectable |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for metric in HEADLINE:
        one = found.differences[metric.key]
        yield (
            f"| {metric.label} | {percent(one.a)} | {percent(one.b)} | {change(one)} | {one.verdict.value} "
            f"| {percent(one.detectable)} |"
        )
    for title, items in (("lost", found.lost), ("won", found.won)):
        yield ""
        yield f"{len(items)} {title}"
        for item in items:
            sides = " → ".join(side.outcome.value if side else "not there" for side in (item.before, item.after))
            shown = item.after or item.before
            assert shown is not None
            yield f"- {item.document}: {sides}: {shown.kind} {described(shown)}"


def print_checks(checks: Sequence[Check], *, as_json: bool) -> None:
    """One line a check, or all as JSON."""
    if as_json:
        print(json.dumps([check.model_dump() for check in checks], ensure_ascii=False, indent=1))
        return
    for check in checks:
        print(f"{'held  ' if check.passed else 'FAILED'} {check.name}: {check.detail}")
        for item in check.items:
            print(f"       {item}")
