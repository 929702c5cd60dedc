"""The briefing as a paper: 简报 with masthead, 要情, 主要信息 （一）（二）…, tables as annexes, sources as notes.

The first page holds the summary and nothing else. With many documents the paper names what matters most of each and leaves
the long lists to the workbook and the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from math import ceil

from summarizer.briefing.labels import Labels
from summarizer.briefing.render.table_cells import (
    INDICATOR_COLUMNS,
    TASK_COLUMNS,
    aligned_cell,
    groups_of,
    indicator_cells,
    task_cells,
    theme_cell,
)
from summarizer.briefing.render.word_layout import Paper, line_height
from summarizer.briefing.view import View
from summarizer.briefing.wording import printed_span
from summarizer.language.numerals import chinese_number
from summarizer.schema import Document, Indicator, Status, Task, ThemeRow, ThemeStanding

__all__ = ["render_docx"]

_FEW = 3
"""Up to so many documents are printed whole."""
_MOST_TABLES = 12
"""Beyond so many documents the paper leaves the tables of each to the workbook."""
_MOST_HOLDERS = 8
_SIZES = (16, 14, 12)
"""Points of the summary: the largest with which it stays on the first page."""
_FIRST_PAGE = 15 * 28.95
"""Points of height that the masthead and the title leave of 22 lines."""
_WIDTH = 442
"""Points of a line: 156 mm."""
_MOST_FIGURES = 6
_MOST_PROBLEMS = 10
_MOST_REASONS = 4
_MOST_PARTS = 2
_MOST_INDICATORS = 8
_MOST_ROWS = 15
_MOST_COLUMNS = 8
_TASK_WIDTHS = (11, 46, 80, 20, 18, 18, 36, 18)
_INDICATOR_WIDTHS = (62, 22, 22, 34, 17, 20, 34, 36)


@dataclass
class _Notes:
    """Numbers the items that are cited, in the order in which they are."""

    items: Mapping[str, Task | Indicator]
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, ids: Iterable[str]) -> str:
        known = [id_ for id_ in ids if id_ in self.items]
        return "".join(f"〔{self.numbers.setdefault(id_, len(self.numbers) + 1)}〕" for id_ in known)


@dataclass(frozen=True)
class _Writing:
    paper: Paper
    view: View
    notes: _Notes

    @property
    def labels(self) -> Labels:
        return self.view.labels

    @property
    def documents(self) -> Sequence[Document]:
        return self.view.distinct

    @property
    def many(self) -> bool:
        return len(self.documents) > _FEW

    def heading(self, level: int, number: int) -> str:
        """The number before a heading: 一、 and （一）, in English 1. and (1)."""
        printed = chinese_number(number) if self.view.briefing.language == "zh" else str(number)
        return self.labels[f"heading.{level}"].format(number=printed)


def render_docx(view: View) -> bytes:
    """Return the Word file. The same briefing gives the same bytes."""
    paper = Paper(view.headline, datetime.fromisoformat(view.briefing.created_at))
    writing = _Writing(paper, view, _Notes(view.items))
    comparison = view.briefing.comparison
    paper.masthead(view.labels["briefing"], view.method)
    paper.title(view.subject)
    numbers = (writing.heading(1, number) for number in range(1, 100))
    _overview(writing)
    _problems(writing, numbers)
    _main(writing, numbers)
    _to_check(writing, numbers)
    _sources(writing, numbers)
    paper.landscape()
    annex = iter(range(1, 10))
    if len(writing.documents) > 1 and comparison.themes:
        _matrix(writing, next(annex))
    if comparison.indicators:
        _aligned(writing, next(annex))
    if len(writing.documents) > _MOST_TABLES:
        paper.text(view.labels["main.elsewhere"])
    else:
        _task_tables(writing, next(annex))
        _indicator_tables(writing, next(annex))
    return paper.save()


def _overview(writing: _Writing) -> None:
    """The sentences, in a smaller size when they would run over the first page."""
    told = [(one.text, writing.notes.of(one.cites)) for one in writing.view.briefing.overview]
    size = next((size for size in _SIZES if _height(told, size) <= _FIRST_PAGE), _SIZES[-1])
    for text, note in told:
        writing.paper.text(text, note=note, size=size)
    writing.paper.page_break()


def _height(told: Sequence[tuple[str, str]], size: int) -> float:
    """Points that paragraphs with their notes take at a size; a note's characters are raised and smaller."""
    lines = sum(ceil(((len(text) + 2) * size + len(note) * (size - 4)) / _WIDTH) for text, note in told)
    return lines * line_height(size)


def _problems(writing: _Writing, numbers: Iterator[str]) -> None:
    """What to know first; what was not accepted is counted by its reason and left to the workbook."""
    problems = writing.view.briefing.problems
    rejected = [one for document in writing.documents for one in document.rejected]
    if not problems and not rejected:
        return
    writing.paper.heading(f"{next(numbers)}{writing.labels['problems']}")
    for number, problem in enumerate(problems[:_MOST_PROBLEMS], 1):
        name = writing.view.name(problem.document)
        where = f"{name}{writing.labels['colon']}" if name else ""
        writing.paper.text(f"{number}. {where}{writing.view.message(problem)}")
    if len(problems) > _MOST_PROBLEMS:
        writing.paper.text(writing.labels["more"].format(count=len(problems) - _MOST_PROBLEMS))
    if rejected:
        reasons = writing.labels["list"].join(
            writing.labels["counted"].format(what=message, count=len(members))
            for message, members in islice(writing.view.rejections(rejected), _MOST_REASONS)
        )
        writing.paper.text(writing.labels["rejected.elsewhere"].format(count=len(rejected), reasons=reasons))


def _main(writing: _Writing, numbers: Iterator[str]) -> None:
    """A few documents one by one, many by theme."""
    writing.paper.heading(f"{next(numbers)}{writing.labels['main']}")
    if writing.many and writing.view.briefing.comparison.themes:
        for number, row in enumerate(writing.view.briefing.comparison.themes, 1):
            writing.paper.heading(writing.heading(2, number) + row.label, 2)
            _theme(writing, row)
        return
    for number, document in enumerate(writing.documents, 1):
        writing.paper.heading(writing.heading(2, number) + writing.view.name(document.id), 2)
        _one_document(writing, document)


def _theme(writing: _Writing, row: ThemeRow) -> None:
    """Who sets what on a theme, the baseline first; who does not mention it."""
    baseline = writing.view.briefing.comparison.baseline
    holders = sorted(row.tasks, key=lambda id_: id_ != baseline)
    shown = [(id_, writing.view.items[row.tasks[id_][0]]) for id_ in holders[:_MOST_HOLDERS]]
    told = [
        f"{writing.view.name(id_)}{writing.labels['quote'].format(text=' '.join(task.title.split()))}"
        for id_, task in shown
        if isinstance(task, Task)
    ]
    if len(holders) > len(shown):
        told.append(writing.labels["main.more"].format(count=len(holders) - len(shown)))
    writing.paper.text(
        writing.labels["list"].join(told) + writing.labels["stop"], note=writing.notes.of(task.id for _, task in shown)
    )
    missing = [writing.view.name(id_) for id_, standing in row.standing.items() if standing is ThemeStanding.MISSING]
    if missing:
        writing.paper.text(
            f"{writing.labels['not_mentioned']}{writing.labels['colon']}{writing.labels['and'].join(missing)}{writing.labels['stop']}"
        )


def _one_document(writing: _Writing, document: Document) -> None:
    """When, where and who; the tasks under the headlines above them; targets and results."""
    facts = writing.view.facts(document)
    told = [
        f"{writing.labels[name]}{writing.labels['colon']}{facts[name]}"
        for name in ("text_kind", "meeting", "issuer", "published")
        if name in facts
    ]
    writing.paper.text(writing.labels["list"].join(told) + writing.labels["stop"])
    tasks = writing.view.tasks(document)
    for group, members in groups_of(tasks):
        if group:
            writing.paper.heading(group, 3)
        for task in members:
            writing.paper.text(f"{task.ordinal}. {' '.join(task.title.split())}", note=writing.notes.of([task.id]))
    if not tasks:
        writing.paper.text(writing.labels["no_tasks"])
    for status in (Status.TARGET, Status.ACHIEVED):
        _figures(writing, [one for one in document.proven.indicators if one.status is status], f"all.{status}")


def _figures(writing: _Writing, found: Sequence[Indicator], label: str) -> None:
    if found:
        told = writing.labels["list"].join(writing.view.figure(one) for one in found[:_MOST_FIGURES])
        more = writing.labels["and_so_on"] if len(found) > _MOST_FIGURES else ""
        note = writing.notes.of(one.id for one in found[:_MOST_FIGURES])
        writing.paper.text(
            f"{writing.labels[label]}{writing.labels['colon']}{told}{more}{writing.labels['stop']}", note=note
        )


def _to_check(writing: _Writing, numbers: Iterator[str]) -> None:
    """What a person should look at before it is used, the weightiest of all documents first."""
    doubtful = [(document, one) for document in writing.documents for one in writing.view.to_check(document)]
    if not doubtful:
        return
    writing.paper.heading(f"{next(numbers)}{writing.labels['check']}")
    for number, (document, one) in enumerate(doubtful[:_MOST_PROBLEMS], 1):
        told = f"{writing.view.name(document.id)}{writing.labels['colon']}{writing.view.content(one)}"
        reasons = f"{writing.labels['open']}{writing.view.doubts(one)}{writing.labels['close']}"
        writing.paper.text(f"{number}. {told}{reasons}", note=writing.notes.of([one.id]))
    if len(doubtful) > _MOST_PROBLEMS:
        writing.paper.text(writing.labels["more"].format(count=len(doubtful) - _MOST_PROBLEMS))


def _sources(writing: _Writing, numbers: Iterator[str]) -> None:
    """The notes, and the files."""
    writing.paper.heading(f"{next(numbers)}{writing.labels['notes']}")
    for id_, number in writing.notes.numbers.items():
        item = writing.notes.items[id_]
        document, _, local = id_.partition(".")
        what = item.title if isinstance(item, Task) else item.evidence.quote
        place = f"{writing.view.name(document)} {local} {printed_span(item.evidence)}"
        writing.paper.text(f"〔{number}〕{place}{writing.labels['colon']}{what}", size=10.5)
    for one in writing.view.briefing.documents:
        source = writing.view.facts(one)["source"]
        writing.paper.text(f"{writing.view.name(one.id)}{writing.labels['colon']}{source}", size=10.5)


def _annex(writing: _Writing, number: int, label: str, name: str = "") -> None:
    writing.paper.heading(f"{writing.labels['annex']}{number} {writing.labels[label]}{name}")


def _blocks(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Documents in such numbers as fit beside each other on a page."""
    for start in range(0, len(documents), _MOST_COLUMNS):
        yield documents[start : start + _MOST_COLUMNS]


def _widths(first: int, columns: int) -> list[int]:
    return [first, *[(247 - first) // columns] * columns]


def _matrix(writing: _Writing, annex: int) -> None:
    """Tasks a theme and document, with the standing to the baseline."""
    _annex(writing, annex, "comparison")
    for block in _blocks(writing.documents):
        rows = [
            [row.label, *(theme_cell(row, document, writing.view) for document in block)]
            for row in writing.view.briefing.comparison.themes
        ]
        head = [writing.labels["theme"], *map(writing.view.column, block)]
        writing.paper.table(head, rows, _widths(39, len(block)))


def _aligned(writing: _Writing, annex: int) -> None:
    every = writing.view.briefing.comparison.indicators
    rows = every[: _MOST_ROWS if writing.many else None]
    folded = writing.labels["folded"].format(count=len(rows)) if len(rows) < len(every) else ""
    _annex(writing, annex, "aligned", folded)
    for block in _blocks(writing.documents):
        lines = [
            [writing.view.row_name(row), *(aligned_cell(row, document, writing.view) for document in block)]
            for row in rows
        ]
        head = [writing.labels["name"], *map(writing.view.column, block)]
        writing.paper.table(head, lines, _widths(39, len(block)))


def _task_tables(writing: _Writing, annex: int) -> None:
    """The task table of each document, a row across it for the headlines above the tasks that follow."""
    _annex(writing, annex, "sheet.tasks")
    for document in writing.documents:
        tasks = document.proven.tasks
        if tasks:
            writing.paper.heading(writing.view.name(document.id), 2)
            rows: list[Sequence[str]] = []
            for group, members in groups_of(tasks):
                rows += [(group,)] if group else []
                rows += [_task_row(task, writing) for task in members]
            writing.paper.table([writing.labels[name] for name in TASK_COLUMNS], rows, _TASK_WIDTHS)


def _task_row(task: Task, writing: _Writing) -> tuple[str, ...]:
    """A row of the task table; with many documents the first steps and figures stand for all."""
    return task_cells(task, writing.view, most=_MOST_PARTS if writing.many else None)


def _indicator_tables(writing: _Writing, annex: int) -> None:
    _annex(writing, annex, "sheet.indicators")
    for document in writing.documents:
        every = document.proven.indicators
        if not every:
            continue
        targets_first = sorted(every, key=lambda one: one.status is not Status.TARGET)
        found = targets_first[:_MOST_INDICATORS] if writing.many else every
        folded = writing.labels["folded"].format(count=len(found)) if len(found) < len(every) else ""
        writing.paper.heading(writing.view.name(document.id) + folded, 2)
        rows = [indicator_cells(one, writing.view) for one in found]
        writing.paper.table([writing.labels[name] for name in INDICATOR_COLUMNS], rows, _INDICATOR_WIDTHS)
