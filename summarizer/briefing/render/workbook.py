"""The tables as a workbook: 重点任务分解表, 主要指标表, 对照表, 问题, 未采信; filters, frozen heads, real numbers and dates, sources.

Nothing that a document says can become a formula, a link or a number: every text is written as a string.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import xlsxwriter

from summarizer.briefing.render.table_cells import (
    INDICATOR_COLUMNS,
    TASK_COLUMNS,
    aligned_cell,
    indicator_cells,
    task_cells,
)
from summarizer.briefing.view import FACTS, View
from summarizer.briefing.wording import printed_group, printed_refusal, printed_span
from summarizer.schema import Document, Indicator, Task, ThemeRow

__all__ = ["render_xlsx"]

_MOST_CHARACTERS = 32_767
"""Of a cell, by the file format."""
_HIGHEST_ROW = 409
"""Points, by Excel."""
_LINE = 14
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_Cell = str | int | float | date | None


def render_xlsx(view: View) -> bytes:
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
    created = datetime.fromisoformat(view.briefing.created_at).replace(tzinfo=None)
    book.set_properties({"title": view.headline, "comments": view.method, "created": created})
    writer = _Writer(book)
    _overview(writer, view)
    _tasks(writer, view)
    _indicators(writer, view)
    if len(view.distinct) > 1:
        _comparison(writer, view)
    _problems(writer, view)
    _to_check(writer, view)
    _rejected(writer, view)
    _documents(writer, view)
    book.close()
    return stream.getvalue()


class _Writer:
    """Sheets with a head, a filter and a frozen first row."""

    def __init__(self, book: Any) -> None:
        self.book = book
        font = {"font_name": "宋体", "font_size": 10.5, "valign": "top", "text_wrap": True, "border": 1}
        self.body = book.add_format(font)
        self.number = book.add_format({**font, "num_format": "General"})
        self.date = book.add_format({**font, "num_format": "yyyy-mm-dd"})
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
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.date)
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


def _overview(writer: _Writer, view: View) -> None:
    labels = view.labels
    rows: list[Sequence[_Cell]] = [(one.text, labels["and"].join(one.cites)) for one in view.briefing.overview]
    rows.append((view.method, None))
    writer.sheet(labels["overview"], (labels["overview"], labels["place"]), (100, 40), rows)


def _tasks(writer: _Writer, view: View) -> None:
    names = ("document", "group", *TASK_COLUMNS, "deadline_date", "kind", "theme", "origin")
    widths = (14, 24, 6, 32, 60, 18, 18, 16, 36, 18, 11, 10, 16, 24)
    rows = (_task(task, document, view) for document in view.briefing.documents for task in document.proven.tasks)
    writer.sheet(view.labels["sheet.tasks"], [view.labels[name] for name in names], widths, rows)


def _task(task: Task, document: Document, view: View) -> tuple[_Cell, ...]:
    return (
        view.name(document.id),
        printed_group(task.group),
        task.ordinal,
        *task_cells(task, view)[1:],
        task.deadline_date,
        view.labels[f"kind.{task.kind}"],
        view.themes_of(task),
        view.origin(task),
    )


def _indicators(writer: _Writer, view: View) -> None:
    printed = ["printed" if name == "value" else name for name in INDICATOR_COLUMNS]
    names = (
        "document",
        *printed[:3],
        "value",
        "bound",
        "change",
        *printed[3:-1],
        "period_start",
        "period_end",
        "origin",
    )
    widths = (14, 30, 10, 16, 16, 8, 8, 18, 8, 10, 20, 11, 11, 24, 18, 60)
    rows = (
        _indicator(one, document, view) for document in view.briefing.documents for one in document.proven.indicators
    )
    head = [view.labels[name] for name in (*names, "place", "context")]
    writer.sheet(view.labels["sheet.indicators"], head, widths, rows)


def _indicator(indicator: Indicator, document: Document, view: View) -> tuple[_Cell, ...]:
    """The shared cells, with the value as a number and what it says in columns of their own, to sort and to filter by."""
    name, unit, base, printed, status, nature, period, place = indicator_cells(indicator, view)
    high, end = indicator.value_high, indicator.period_end
    return (
        view.name(document.id),
        name,
        unit,
        base,
        float(indicator.value) if high is None else f"{indicator.value:f}—{high:f}",
        view.labels[f"relation.{indicator.bound}"],
        view.labels[f"relation.{indicator.change or 'level'}"],
        printed,
        status,
        nature,
        period,
        indicator.period_start,
        end - timedelta(days=1) if end else None,
        view.origin(indicator),
        place,
        indicator.evidence.quote,
    )


def _comparison(writer: _Writer, view: View) -> None:
    documents, comparison, labels = view.distinct, view.briefing.comparison, view.labels
    columns = [view.column(one) for one in documents]
    themes = ([row.label, *(_theme(row, one, view) for one in documents)] for row in comparison.themes)
    widths = (24, *[28] * len(columns))
    writer.sheet(labels["sheet.comparison"], [labels["theme"], *columns], widths, themes)
    aligned = (
        [view.row_name(row), row.unit, *(aligned_cell(row, one, view) for one in documents)]
        for row in comparison.indicators
    )
    head = [labels["name"], labels["unit"], *columns]
    writer.sheet(labels["aligned"], head, (28, 10, *[24] * len(columns)), aligned)
    phrases = (
        (one.phrase, view.name(one.document), view.name(one.against), printed_span(one.evidence))
        for one in comparison.new_phrases
    )
    head = [labels[name] for name in ("phrase", "document", "against", "place")]
    writer.sheet(labels["new_phrases"], head, (40, 20, 20, 18), phrases)


def _theme(row: ThemeRow, document: Document, view: View) -> str:
    """The standing, and the headlines of the document's tasks on the theme."""
    standing = row.standing.get(document.id)
    titles = (item.title for id_ in row.tasks.get(document.id, ()) if isinstance(item := view.items[id_], Task))
    return (f"〔{view.labels[f'standing.{standing}']}〕" if standing else "") + view.labels["list"].join(titles)


def _problems(writer: _Writer, view: View) -> None:
    rows = (
        (view.name(one.document), view.message(one), printed_span(one.span) if one.span else None)
        for one in view.briefing.problems
    )
    head = [view.labels[name] for name in ("document", "problem", "place")]
    writer.sheet(view.labels["sheet.problems"], head, (24, 100, 18), rows)


def _to_check(writer: _Writer, view: View) -> None:
    rows = (
        (
            view.name(document.id),
            view.labels["item.task" if isinstance(one, Task) else "item.indicator"],
            view.content(one),
            view.doubts(one),
            view.origin(one),
            view.place(one),
            one.evidence.quote,
        )
        for document in view.briefing.documents
        for one in view.to_check(document)
    )
    head = [view.labels[name] for name in ("document", "kind", "item", "reason", "origin", "place", "context")]
    writer.sheet(view.labels["sheet.check"], head, (24, 8, 40, 50, 24, 18, 60), rows)


def _rejected(writer: _Writer, view: View) -> None:
    names = ("document", "origin", "kind", "reason", "words", "place")
    widths = (24, 10, 10, 50, 70, 18)
    writer.sheet(view.labels["sheet.rejected"], [view.labels[name] for name in names], widths, _rejections(view))


def _rejections(view: View) -> Iterator[Sequence[_Cell]]:
    for document in view.briefing.documents:
        for one in document.rejected:
            yield (
                view.name(document.id),
                view.labels[f"origin.{one.origin}"],
                view.labels[f"item.{one.item}"],
                view.message(one),
                printed_refusal(one, view.labels),
                printed_span(one.span) if one.span else None,
            )


def _documents(writer: _Writer, view: View) -> None:
    head = [view.labels[name] for name in ("document", "title", *FACTS)]
    widths = (24, 40, 20, 20, 12, 8, 12, 30, 22, 10, 40, 20, 20, 40)
    rows = (
        (view.name(document.id), document.title, *(view.facts(document).get(name) for name in FACTS))
        for document in view.briefing.documents
    )
    writer.sheet(view.labels["documents_table"], head, widths, rows)
