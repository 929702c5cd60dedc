"""The tables as a workbook: 重点任务分解表, 主要指标表, 对照表, 问题; filters, frozen heads, real numbers, sources.

Nothing that a document says can become a formula, a link or a number: every text is written as a string.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from summarizer.briefing.facts import headline, method_line
from summarizer.briefing.labels import Labels, document_names, labels_for, printed_value
from summarizer.briefing.messages import problem_message
from summarizer.briefing.render.columns import TASK_COLUMNS, task_cells
from summarizer.schema import Briefing, Document, Indicator

__all__ = ["render_xlsx"]

_MOST_CHARACTERS = 32_767
"""Of a cell, by the file format."""
_HIGHEST_ROW = 409
"""Points, by Excel."""
_LINE = 14
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_Cell = str | int | float | None
_INDICATOR_COLUMNS = ("name", "unit", "base", "value", "printed", "status", "nature", "period", "place")


def render_xlsx(briefing: Briefing) -> bytes:
    """Return the workbook. The same briefing gives the same bytes: its dates are the briefing's own."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    labels = labels_for(briefing.language)
    created = datetime.fromisoformat(briefing.created_at).replace(tzinfo=None)
    book.set_properties(
        {"title": headline(briefing, labels), "comments": method_line(briefing, labels), "created": created}
    )
    writer = _Writer(book)
    names = document_names(briefing.documents, labels)
    _overview(writer, briefing, labels)
    _tasks(writer, briefing, names, labels)
    _indicators(writer, briefing.documents, names, labels)
    if len(briefing.documents) > 1:
        _comparison(writer, briefing, names, labels)
    _problems(writer, briefing, names, labels)
    book.close()
    return stream.getvalue()


class _Writer:
    """Sheets with a head, a filter and a frozen first row."""

    def __init__(self, book: Any) -> None:
        self.book = book
        font = {"font_name": "宋体", "font_size": 10.5, "valign": "top", "text_wrap": True, "border": 1}
        self.body = book.add_format(font)
        self.number = book.add_format({**font, "num_format": "General"})
        self.head = book.add_format(
            {**font, "font_name": "黑体", "bold": True, "align": "center", "bg_color": "#F2F2F2"}
        )

    def sheet(self, title: str, head: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[_Cell]]) -> None:
        sheet = self.book.add_worksheet(title[:31])
        for column, (name, width) in enumerate(zip(head, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, self.head)
        last = 0
        for last, row in enumerate(rows, 1):
            sheet.set_row(last, _height(row, widths))
            for column, value in enumerate(row):
                self._cell(sheet, last, column, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(last, 1), len(head) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _cell(self, sheet: Any, row: int, column: int, value: _Cell) -> None:
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, self.number)
        elif value:
            sheet.write_string(row, column, _ILLEGAL.sub("\ufffd", value)[:_MOST_CHARACTERS], self.body)
        else:
            sheet.write_blank(row, column, None, self.body)


def _height(row: Sequence[_Cell], widths: Sequence[float]) -> float:
    """Height in points that shows the longest cell whole: not every program fits rows to wrapped text by itself."""
    lines = max(
        -(-sum(2 if character > "\u2e7f" else 1 for character in str(value or "")) // max(1, int(width) - 1))
        for value, width in zip(row, widths, strict=True)
    )
    return min(_HIGHEST_ROW, 4 + _LINE * max(1, lines))


def _overview(writer: _Writer, briefing: Briefing, labels: Labels) -> None:
    rows: list[Sequence[_Cell]] = [(one.text, "、".join(one.cites)) for one in briefing.overview]
    rows.append((method_line(briefing, labels), None))
    writer.sheet(labels["overview"], (labels["overview"], labels["place"]), (100, 40), rows)


def _tasks(writer: _Writer, briefing: Briefing, names: dict[str, str], labels: Labels) -> None:
    themes = {row.theme: row.label for row in briefing.comparison.themes}
    head = [labels["document"], *(labels[name] for name in TASK_COLUMNS), labels["kind"], labels["theme"]]
    rows: Iterable[Sequence[_Cell]] = (
        (
            names[document.id],
            task.ordinal,
            *cells[1:],
            labels[f"kind.{task.kind}"],
            "、".join(themes.get(key, key) for key in task.themes),
        )
        for document in briefing.documents
        for task in document.tasks
        for cells in [task_cells(task, document, labels)]
    )
    writer.sheet(labels["sheet.tasks"], head, (14, 6, 32, 60, 18, 18, 14, 36, 18, 10, 16), rows)


def _indicators(writer: _Writer, documents: Sequence[Document], names: dict[str, str], labels: Labels) -> None:
    head = [labels["document"], *(labels[name] for name in _INDICATOR_COLUMNS), labels["context"]]
    rows: Iterable[Sequence[_Cell]] = (
        (names[document.id], *_indicator(indicator, labels), indicator.evidence.quote)
        for document in documents
        for indicator in document.indicators
    )
    writer.sheet(labels["sheet.indicators"], head, (14, 30, 10, 12, 16, 18, 8, 10, 18, 18, 60), rows)


def _indicator(indicator: Indicator, labels: Labels) -> tuple[_Cell, ...]:
    high = indicator.value_high
    return (
        indicator.name,
        indicator.unit,
        None if indicator.base is None else float(indicator.base),
        float(indicator.value) if high is None else f"{indicator.value:f}—{high:f}",
        printed_value(indicator, labels),
        labels[f"status.{indicator.status}"],
        labels[f"nature.{indicator.nature}"] if indicator.nature else None,
        indicator.period,
        f"{indicator.id.partition('.')[2]} {indicator.evidence.start}–{indicator.evidence.end}",
    )


def _comparison(writer: _Writer, briefing: Briefing, names: dict[str, str], labels: Labels) -> None:
    documents, comparison = briefing.documents, briefing.comparison
    titles = {task.id: task.title for document in documents for task in document.tasks}
    items = {one.id: one for document in documents for one in document.indicators}
    columns = [names[one.id] + (labels["baseline"] if one.id == comparison.baseline else "") for one in documents]
    widths = (24, *[28] * len(columns))

    def tasks(row: Any, id_: str) -> str:
        standing = row.standing.get(id_)
        told = "；".join(titles[one] for one in row.tasks.get(id_, ()))
        return (f"〔{labels[f'standing.{standing}']}〕" if standing else "") + told

    themes = ([row.label, *(tasks(row, one.id) for one in documents)] for row in comparison.themes)
    writer.sheet(labels["sheet.comparison"], [labels["theme"], *columns], widths, themes)

    def values(row: Any, id_: str) -> str:
        found = [items[one] for one in row.indicators if one.startswith(f"{id_}.")]
        told = (
            " ".join(filter(None, (printed_value(one, labels), one.period, labels[f"status.{one.status}"])))
            for one in found
        )
        return "；".join(told) or labels["not_mentioned"]

    aligned = (
        [
            row.name + (f"{labels['open']}{labels['change']}{labels['close']}" if row.change else ""),
            row.unit,
            *(values(row, one.id) for one in documents),
        ]
        for row in comparison.indicators
    )
    head = [labels["name"], labels["unit"], *columns]
    writer.sheet(labels["aligned"], head, (28, 10, *[24] * len(columns)), aligned)
    phrases = (
        (one.phrase, names[one.document], names.get(one.against or ""), f"{one.evidence.start}–{one.evidence.end}")
        for one in comparison.new_phrases
    )
    head = [labels[name] for name in ("phrase", "document", "against", "place")]
    writer.sheet(labels["new_phrases"], head, (40, 20, 20, 18), phrases)


def _problems(writer: _Writer, briefing: Briefing, names: dict[str, str], labels: Labels) -> None:
    rows = (
        (
            names.get(problem.document or "", ""),
            problem_message(problem, briefing.language),
            f"{problem.span.start}–{problem.span.end}" if problem.span else None,
        )
        for problem in briefing.problems
    )
    head = [labels[name] for name in ("document", "problem", "place")]
    writer.sheet(labels["sheet.problems"], head, (24, 100, 18), rows)
