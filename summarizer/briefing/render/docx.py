"""The briefing as a paper: 简报 with masthead, 要情, 主要信息 （一）（二）…, tables as annexes, sources as notes.

The first page holds the summary and nothing else. With many documents the paper names what matters most of each and leaves
the long lists to the workbook and the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from summarizer.briefing.facts import document_facts, headline, method_line
from summarizer.briefing.labels import Labels, document_names, labels_for, printed_value
from summarizer.briefing.messages import problem_message
from summarizer.briefing.numbering import in_characters
from summarizer.briefing.render.columns import TASK_COLUMNS, task_cells
from summarizer.briefing.render.paper import Paper
from summarizer.schema import Briefing, Document, Indicator, Standing, Status, Task, TaskKind, ThemeRow

__all__ = ["render_docx"]

_FEW = 3
"""Up to so many documents are printed whole."""
_MOST_TABLES = 12
"""Beyond so many documents the paper leaves the tables of each to the workbook."""
_MOST_HOLDERS = 8
_A_LINE = 28
_FIRST_PAGE_LINES = 15
"""What the masthead and the title leave of 22 lines."""
_MOST_FIGURES = 6
_MOST_PROBLEMS = 10
_MOST_PARTS = 2
_LONGEST_CELL = 80
_MOST_INDICATORS = 8
_MOST_ROWS = 15
_MOST_COLUMNS = 8
_TASK_WIDTHS = (11, 46, 80, 20, 18, 18, 36, 18)
_INDICATOR_WIDTHS = (62, 22, 22, 34, 17, 20, 34, 36)
_INDICATOR_COLUMNS = ("name", "unit", "base", "value", "status", "nature", "period", "place")


@dataclass
class _Notes:
    """Numbers the items that are cited, in the order in which they are."""

    items: dict[str, Task | Indicator]
    numbers: dict[str, int] = field(default_factory=dict)

    def of(self, ids: Iterable[str]) -> str:
        known = [id_ for id_ in ids if id_ in self.items]
        return "".join(f"〔{self.numbers.setdefault(id_, len(self.numbers) + 1)}〕" for id_ in known)


@dataclass(frozen=True)
class _Writing:
    paper: Paper
    briefing: Briefing
    labels: Labels
    names: dict[str, str]
    notes: _Notes

    @property
    def many(self) -> bool:
        return len(self.briefing.documents) > _FEW


def render_docx(briefing: Briefing) -> bytes:
    """Return the Word file. The same briefing gives the same bytes."""
    labels = labels_for(briefing.language)
    paper = Paper(headline(briefing, labels), datetime.fromisoformat(briefing.created_at))
    notes = _Notes({item.id: item for document in briefing.documents for item in document.items})
    writing = _Writing(paper, briefing, labels, document_names(briefing.documents, labels), notes)
    paper.masthead(labels["briefing"], method_line(briefing, labels))
    paper.title(headline(briefing, labels).partition(labels["colon"])[2])
    numbers = (in_characters(number) for number in range(1, 100))
    _overview(writing)
    _problems(writing, numbers)
    _main(writing, numbers)
    _sources(writing, numbers)
    paper.landscape()
    annex = iter(range(1, 10))
    if len(briefing.documents) > 1 and briefing.comparison.themes:
        _matrix(writing, next(annex))
    if briefing.comparison.indicators:
        _aligned(writing, next(annex))
    if len(briefing.documents) > _MOST_TABLES:
        paper.text(labels["main.elsewhere"])
    else:
        _task_tables(writing, next(annex))
        _indicator_tables(writing, next(annex))
    return paper.save()


def _overview(writing: _Writing) -> None:
    """The sentences, in a smaller size when they would run over the first page."""
    told = [(statement.text, writing.notes.of(statement.cites)) for statement in writing.briefing.overview]
    lines = sum(-(-(len(text) + len(note) + 2) // _A_LINE) for text, note in told)
    for text, note in told:
        writing.paper.text(text, note=note, size=16 if lines <= _FIRST_PAGE_LINES else 14)
    writing.paper.page_break()


def _problems(writing: _Writing, numbers: Iterator[str]) -> None:
    problems = writing.briefing.problems
    if not problems:
        return
    writing.paper.heading(f"{next(numbers)}、{writing.labels['problems']}")
    for number, problem in enumerate(problems[:_MOST_PROBLEMS], 1):
        where = (
            f"{writing.names[problem.document]}{writing.labels['colon']}" if problem.document in writing.names else ""
        )
        writing.paper.text(f"{number}. {where}{problem_message(problem, writing.briefing.language)}")
    if len(problems) > _MOST_PROBLEMS:
        writing.paper.text(writing.labels["more"].format(count=len(problems) - _MOST_PROBLEMS))


def _main(writing: _Writing, numbers: Iterator[str]) -> None:
    """A few documents one by one, many by theme."""
    writing.paper.heading(f"{next(numbers)}、{writing.labels['main']}")
    if writing.many and writing.briefing.comparison.themes:
        for number, row in enumerate(writing.briefing.comparison.themes, 1):
            writing.paper.heading(f"（{in_characters(number)}）{row.label}", 2)
            _theme(writing, row)
        return
    for number, document in enumerate(writing.briefing.documents, 1):
        writing.paper.heading(f"（{in_characters(number)}）{writing.names[document.id]}", 2)
        _one_document(writing, document)


def _theme(writing: _Writing, row: ThemeRow) -> None:
    """Who sets what on a theme, the baseline first; who does not mention it."""
    titles = {task.id: task.title for document in writing.briefing.documents for task in document.tasks}
    baseline = writing.briefing.comparison.baseline
    holders = sorted(row.tasks, key=lambda id_: id_ != baseline)
    shown = holders[:_MOST_HOLDERS]
    told = [f"{writing.names[id_]}{writing.labels['quote'].format(text=titles[row.tasks[id_][0]])}" for id_ in shown]
    if len(holders) > len(shown):
        told.append(writing.labels["main.more"].format(count=len(holders) - len(shown)))
    writing.paper.text("；".join(told) + "。", note=writing.notes.of(row.tasks[id_][0] for id_ in shown))
    missing = [writing.names[id_] for id_, standing in row.standing.items() if standing is Standing.MISSING]
    if missing:
        writing.paper.text(f"{writing.labels['not_mentioned']}{writing.labels['colon']}{'、'.join(missing)}。")


def _one_document(writing: _Writing, document: Document) -> None:
    _lead(writing, document)
    tasks = [task for task in document.tasks if task.kind is TaskKind.TASK]
    for task in tasks:
        writing.paper.text(f"{task.ordinal}. {task.title}", note=writing.notes.of([task.id]))
    if not tasks:
        writing.paper.text(writing.labels["no_tasks"])
    for status, label in ((Status.TARGET, "targets"), (Status.ACHIEVED, "results")):
        _figures(writing, [one for one in document.indicators if one.status is status], label)


def _lead(writing: _Writing, document: Document) -> None:
    """导语: when, where, who, as far as it is printed."""
    facts = dict(document_facts(document, writing.labels))
    told = [
        f"{label}{writing.labels['colon']}{facts[label]}"
        for name in ("meeting", "issuer", "published")
        if (label := writing.labels[name]) in facts
    ]
    if told:
        writing.paper.text("；".join(told) + "。")


def _figures(writing: _Writing, found: Sequence[Indicator], label: str) -> None:
    if found:
        told = "；".join(f"{one.name} {printed_value(one, writing.labels)}" for one in found[:_MOST_FIGURES])
        more = writing.labels["and_so_on"] if len(found) > _MOST_FIGURES else ""
        note = writing.notes.of(one.id for one in found[:_MOST_FIGURES])
        writing.paper.text(f"{writing.labels[label]}{writing.labels['colon']}{told}{more}。", note=note)


def _sources(writing: _Writing, numbers: Iterator[str]) -> None:
    """The notes, and the files."""
    writing.paper.heading(f"{next(numbers)}、{writing.labels['notes']}")
    paths = {document.id: document.path for document in writing.briefing.documents}
    for id_, number in writing.notes.numbers.items():
        item = writing.notes.items[id_]
        document, _, local = id_.partition(".")
        what = item.title if isinstance(item, Task) else item.evidence.quote
        place = f"{writing.names[document]} {local}，{item.evidence.start}–{item.evidence.end}"
        writing.paper.text(f"〔{number}〕{place}：{what}", size=10.5)
    for document_id, path in paths.items():
        writing.paper.text(
            f"{writing.names[document_id]}{writing.labels['colon']}{path}，sha256 {document_id}…", size=10.5
        )


def _annex(writing: _Writing, number: int, label: str, name: str = "") -> None:
    writing.paper.heading(f"{writing.labels['annex']}{number} {writing.labels[label]}{name}")


def _blocks(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Documents in such numbers as fit beside each other on a page."""
    for start in range(0, len(documents), _MOST_COLUMNS):
        yield documents[start : start + _MOST_COLUMNS]


def _column(writing: _Writing, document: Document) -> str:
    mark = writing.labels["baseline"] if document.id == writing.briefing.comparison.baseline else ""
    return writing.names[document.id] + mark


def _widths(first: int, columns: int) -> list[int]:
    return [first, *[(247 - first) // columns] * columns]


def _matrix(writing: _Writing, annex: int) -> None:
    """Tasks a theme and document, with the standing to the baseline."""
    _annex(writing, annex, "comparison")
    for block in _blocks(writing.briefing.documents):
        rows = []
        for row in writing.briefing.comparison.themes:
            cells = []
            for document in block:
                standing = row.standing.get(document.id)
                count = str(len(row.tasks.get(document.id, ()))) if document.id in row.tasks else "—"
                cells.append(f"{count} {writing.labels[f'standing.{standing}']}" if standing else count)
            rows.append([row.label, *cells])
        head = [writing.labels["theme"], *(_column(writing, document) for document in block)]
        writing.paper.table(head, rows, _widths(39, len(block)))


def _aligned(writing: _Writing, annex: int) -> None:
    rows = writing.briefing.comparison.indicators[: _MOST_ROWS if writing.many else None]
    folded = (
        writing.labels["folded"].format(count=len(rows))
        if len(rows) < len(writing.briefing.comparison.indicators)
        else ""
    )
    _annex(writing, annex, "aligned", folded)
    items = {one.id: one for document in writing.briefing.documents for one in document.indicators}
    for block in _blocks(writing.briefing.documents):
        lines = []
        for row in rows:
            name = row.name + (
                f"{writing.labels['open']}{writing.labels['change']}{writing.labels['close']}" if row.change else ""
            )
            cells = [
                "；".join(
                    _told(items[one], writing.labels) for one in row.indicators if one.startswith(f"{document.id}.")
                )
                or writing.labels["not_mentioned"]
                for document in block
            ]
            lines.append([name, *cells])
        head = [writing.labels["name"], *(_column(writing, document) for document in block)]
        writing.paper.table(head, lines, _widths(39, len(block)))


def _told(indicator: Indicator, labels: Labels) -> str:
    parts = (printed_value(indicator, labels), indicator.period, labels[f"status.{indicator.status}"])
    return " ".join(filter(None, parts))


def _task_tables(writing: _Writing, annex: int) -> None:
    _annex(writing, annex, "sheet.tasks")
    for document in writing.briefing.documents:
        if document.tasks:
            writing.paper.heading(writing.names[document.id], 2)
            rows = [_task_row(task, document, writing) for task in document.tasks]
            writing.paper.table([writing.labels[name] for name in TASK_COLUMNS], rows, _TASK_WIDTHS)


def _task_row(task: Task, document: Document, writing: _Writing) -> tuple[str, ...]:
    """A row of the task table; with many documents the first measures and figures stand for all."""
    cells = list(task_cells(task, document, writing.labels))
    if writing.many:
        for column in (2, 6):
            parts = cells[column].split("；")
            folded = "；".join(parts[:_MOST_PARTS])[:_LONGEST_CELL]
            cells[column] = folded + writing.labels["and_so_on"] if folded != cells[column] else folded
    return tuple(cells)


def _indicator_tables(writing: _Writing, annex: int) -> None:
    _annex(writing, annex, "sheet.indicators")
    for document in writing.briefing.documents:
        if not document.indicators:
            continue
        targets_first = sorted(document.indicators, key=lambda one: one.status is not Status.TARGET)
        found = targets_first[:_MOST_INDICATORS] if writing.many else document.indicators
        folded = writing.labels["folded"].format(count=len(found)) if len(found) < len(document.indicators) else ""
        writing.paper.heading(writing.names[document.id] + folded, 2)
        rows = [_indicator_row(one, writing.labels) for one in found]
        writing.paper.table([writing.labels[name] for name in _INDICATOR_COLUMNS], rows, _INDICATOR_WIDTHS)


def _indicator_row(indicator: Indicator, labels: Labels) -> tuple[str, ...]:
    return (
        indicator.name,
        indicator.unit,
        "" if indicator.base is None else f"{indicator.base:f}",
        printed_value(indicator, labels),
        labels[f"status.{indicator.status}"],
        labels[f"nature.{indicator.nature}"] if indicator.nature else "",
        indicator.period or "",
        f"{indicator.id.partition('.')[2]} {indicator.evidence.start}–{indicator.evidence.end}",
    )
