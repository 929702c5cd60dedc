"""Markdown that a secretary can paste: head facts, problems first, the task table and the indicator table of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from summarizer.briefing.facts import document_facts, headline, method_line
from summarizer.briefing.labels import Labels, document_names, labels_for, printed_value
from summarizer.briefing.messages import problem_message
from summarizer.briefing.render.columns import TASK_COLUMNS, task_cells
from summarizer.schema import (
    Briefing,
    Comparison,
    Document,
    Indicator,
    IndicatorRow,
    Task,
    TaskKind,
    ThemeRow,
)

__all__ = ["render_markdown"]

_SPECIAL = str.maketrans({character: "\\" + character for character in "\\`*_[]<>|#~"})
_BLANK = ""


def render_markdown(briefing: Briefing) -> str:
    """Return the whole briefing as Markdown (GitHub tables). Text from documents is escaped, its line breaks become spaces."""
    labels = labels_for(briefing.language)
    blocks = [*_head(briefing, labels), *_overview(briefing, labels), *_problems(briefing, labels)]
    blocks += _comparison(briefing, labels)
    for document in briefing.documents:
        blocks += _document(document, labels)
    return "\n\n".join(blocks) + "\n"


def _text(value: str | None) -> str:
    return " ".join(value.split()).translate(_SPECIAL) if value else _BLANK


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _head(briefing: Briefing, labels: Labels) -> Iterator[str]:
    yield f"# {_text(headline(briefing, labels))}"
    yield f"> {_text(method_line(briefing, labels))}  \n> {labels['verify']}"


def _overview(briefing: Briefing, labels: Labels) -> Iterator[str]:
    if briefing.overview:
        yield f"## {labels['overview']}"
        yield "\n".join(
            f"- {_text(statement.text)} 〔{'、'.join(statement.cites)}〕" for statement in briefing.overview
        )


def _problems(briefing: Briefing, labels: Labels) -> Iterator[str]:
    if briefing.problems:
        names = document_names(briefing.documents, labels)
        yield f"## {labels['problems']}"
        rows = (
            (
                _text(names.get(problem.document or "", problem.document)),
                _text(problem_message(problem, briefing.language)),
            )
            for problem in briefing.problems
        )
        yield _table((labels["document"], labels["problem"]), rows)


def _comparison(briefing: Briefing, labels: Labels) -> Iterator[str]:
    """Theme matrix with the standing to the baseline, indicators side by side, new phrases."""
    comparison, documents = briefing.comparison, briefing.documents
    if len(documents) < 2 or not comparison.themes:
        return
    names = document_names(documents, labels)
    heads = [_text(names[one.id]) + (labels["baseline"] if one.id == comparison.baseline else "") for one in documents]
    yield f"## {labels['comparison']}"
    rows = ([_text(row.label), *(_standing(row, one.id, labels) for one in documents)] for row in comparison.themes)
    yield _table([labels["theme"], *heads], rows)
    if comparison.indicators:
        items = {one.id: one for document in documents for one in document.indicators}
        yield f"## {labels['aligned']}"
        lines = (
            [
                _text(row.name + (f"{labels['open']}{labels['change']}{labels['close']}" if row.change else "")),
                _text(row.unit),
            ]
            + [_values(row, one.id, items, labels) for one in documents]
            for row in comparison.indicators
        )
        yield _table([labels["name"], labels["unit"], *heads], lines)
    if comparison.new_phrases:
        yield f"## {labels['new_phrases']}{labels['open']}{len(comparison.new_phrases)}{labels['close']}"
        yield "\n".join(_phrases(comparison, names))


def _standing(row: ThemeRow, document: str, labels: Labels) -> str:
    count = str(len(row.tasks[document])) if row.tasks.get(document) else "—"
    standing = row.standing.get(document)
    return f"{count} {labels[f'standing.{standing}']}" if standing else count


def _values(row: IndicatorRow, document: str, items: Mapping[str, Indicator], labels: Labels) -> str:
    found = [items[one] for one in row.indicators if one.startswith(f"{document}.")]
    told = (
        " ".join(filter(None, (printed_value(one, labels), one.period, labels[f"status.{one.status}"])))
        for one in found
    )
    return _text("；".join(told)) or labels["not_mentioned"]


def _phrases(comparison: Comparison, names: Mapping[str, str]) -> Iterator[str]:
    """One line a document, so that a thousand phrases stay readable."""
    by_document: dict[str, list[str]] = {}
    for one in comparison.new_phrases:
        by_document.setdefault(one.document, []).append(_text(one.phrase))
    for document, phrases in by_document.items():
        yield f"- **{_text(names[document])}** {'、'.join(phrases)}"


def _document(document: Document, labels: Labels) -> Iterator[str]:
    yield f"## {_text(document.title) or labels['untitled']}"
    yield "\n".join(f"- **{label}** {_text(value)}" for label, value in document_facts(document, labels))
    tasks = [task for task in document.tasks if task.kind is TaskKind.TASK]
    yield f"### {labels['tasks']}{labels['open']}{len(tasks)}{labels['close']}"
    yield _tasks(tasks, document, labels) if tasks else labels["no_tasks"]
    for kind, label in ((TaskKind.NEAR_TERM, "near_term"), (TaskKind.SAFEGUARD, "safeguards")):
        others = [task for task in document.tasks if task.kind is kind]
        if others:
            yield f"### {labels[label]}{labels['open']}{len(others)}{labels['close']}"
            yield _tasks(others, document, labels)
    yield f"### {labels['indicators']}{labels['open']}{len(document.indicators)}{labels['close']}"
    yield _indicators(document.indicators, labels) if document.indicators else labels["no_indicators"]


def _tasks(tasks: list[Task], document: Document, labels: Labels) -> str:
    rows = ([_text(cell) for cell in task_cells(task, document, labels)] for task in tasks)
    return _table((labels[name] for name in TASK_COLUMNS), rows)


def _indicators(indicators: Iterable[Indicator], labels: Labels) -> str:
    head = ("name", "unit", "base", "value", "status", "nature", "period", "place")
    rows = (
        (
            _text(indicator.name),
            _text(indicator.unit),
            str(indicator.base) if indicator.base is not None else _BLANK,
            _text(printed_value(indicator, labels)),
            labels[f"status.{indicator.status}"],
            labels[f"nature.{indicator.nature}"] if indicator.nature else _BLANK,
            _text(indicator.period),
            f"{indicator.id.split('.')[-1]} {indicator.evidence.start}–{indicator.evidence.end}",
        )
        for indicator in indicators
    )
    return _table((labels[name] for name in head), rows)
