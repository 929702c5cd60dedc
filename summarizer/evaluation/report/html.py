"""The report as one self-contained HTML file."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from summarizer.evaluation.metrics import METRICS, Metric
from summarizer.evaluation.report.content import DocumentPart, Report
from summarizer.evaluation.report.markdown import cost_cells
from summarizer.evaluation.report.plots import Mark, dots, forest
from summarizer.evaluation.report.words import ceiling_line, change, described, figure, interval, percent, verdict_lines
from summarizer.evaluation.robustness import WATCHED

__all__ = ["render_html"]

_DOTS = ("task_relaxed_f1", "indicator_correct_f1")


def render_html(report: Report) -> str:
    """One file without script or anything to fetch; the texts of documents are escaped."""
    environment = Environment(
        loader=PackageLoader("summarizer.evaluation.report", "."),
        autoescape=select_autoescape(default_for_string=True, default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(percent=percent, figure=figure, interval=interval, change=change, described=described)
    return environment.get_template("report.html.j2").render(
        report=report,
        verdict=verdict_lines(report),
        headline_plot=Markup(_headline_plot(report)),  # noqa: S704 - plots escape their labels
        difference_plots=[Markup(plot) for plot in _difference_plots(report)],  # noqa: S704 - as above
        document_plots=[Markup(plot) for plot in _document_plots(report)],  # noqa: S704 - as above
        robustness_plots=[Markup(plot) for plot in _robustness_plots(report)],  # noqa: S704 - as above
        ceiling=ceiling_line(report),
        cost_cells=cost_cells,
        watched=WATCHED,
    )


def _headline_plot(report: Report) -> str:
    marks = []
    for row in report.rows:
        if not row.metric.headline:
            continue
        for series, (name, found) in enumerate(row.estimates.items()):
            if found.value is not None:
                low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
                marks.append(Mark(f"{row.metric.key} · {name}", found.value, low, high, series, figure(found)))
    return forest(marks, low=0.0, high=1.0, title="Headline figures with 95 % intervals, per cent")


def _difference_plots(report: Report) -> Iterator[str]:
    for comparison in report.comparisons:
        marks = []
        for row in report.rows:
            found = comparison.differences[row.metric.key]
            if row.metric.headline and found.difference is not None:
                low, high = (found.interval.low, found.interval.high) if found.interval else (None, None)
                marks.append(Mark(row.metric.key, found.difference, low, high, 1, change(found), not found.differing))
        reach = _reach(marks)
        yield forest(
            marks,
            low=-reach,
            high=reach,
            zero=True,
            title=f"{comparison.b} against {comparison.a}, difference in points",
        )


def _reach(marks: list[Mark]) -> float:
    """Half the width of a plot of differences, in tenths."""
    furthest = max((abs(edge) for m in marks for edge in (m.value, m.low, m.high) if edge is not None), default=0.1)
    return min(1.0, max(0.1, (int(furthest * 10) + 1) / 10))


def _document_plots(report: Report) -> Iterator[str]:
    for metric in METRICS:
        if metric.key not in _DOTS:
            continue
        other = report.comparisons[0].b if report.comparisons else None
        points = [
            (part.name, _value(metric, part, report.baseline), None if other is None else _value(metric, part, other))
            for part in report.documents
        ]
        yield dots(points, names=(report.baseline, other or ""), title=f"{metric.label}, by document, per cent")


def _value(metric: Metric, part: DocumentPart, method: str) -> float | None:
    sample = part.samples.get(method)
    if sample is None:
        return None
    share, whole = metric.pair(sample.score)
    return share / whole if whole else None


def _robustness_plots(report: Report) -> Iterator[str]:
    for key in WATCHED if report.robustness else ():
        marks = []
        for found in report.robustness:
            difference = found.changes[key]
            if difference.difference is not None:
                low, high = (difference.interval.low, difference.interval.high) if difference.interval else (None, None)
                label = f"{found.method} · {found.perturbation} {found.severity}"
                marks.append(
                    Mark(
                        label,
                        difference.difference,
                        low,
                        high,
                        found.severity - 1,
                        change(difference),
                        not difference.differing,
                    )
                )
        reach = _reach(marks)
        yield forest(marks, low=-reach, high=reach, zero=True, title=f"Change of {key} under damage, points")
