"""Markdown that a secretary can paste: head facts, problems first, the task table and the indicator table of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from summarizer.briefing.render.table_cells import (
    INDICATOR_COLUMNS,
    TASK_COLUMNS,
    aligned_cell,
    groups_of,
    indicator_cells,
    task_cells,
    theme_cell,
)
from summarizer.briefing.view import View
from summarizer.briefing.wording import printed_refusal, printed_span
from summarizer.language.characters import ENUMERATION_COMMA
from summarizer.schema import Document, Origin, Rejected, Task, TaskKind

__all__ = ["render_markdown"]

_SPECIAL = str.maketrans({character: "\\" + character for character in "\\`*_[]<>|#~"})
_SECTIONS = ((TaskKind.TASK, "tasks"), (TaskKind.NEAR_TERM, "near_term"), (TaskKind.SAFEGUARD, "safeguards"))
_EXAMPLES = 3
_LONGEST_WORDS = 80


def render_markdown(view: View) -> str:
    """Return the whole briefing as Markdown (GitHub tables). Text from documents is escaped, its line breaks become spaces."""
    blocks = [*_head(view), *_overview(view), *_problems(view), *_comparison(view)]
    for document in view.briefing.documents:
        blocks += _document(document, view)
    return "\n\n".join(blocks) + "\n"


def _text(value: str | None) -> str:
    return " ".join(value.split()).translate(_SPECIAL) if value else ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _counted(label: str, count: int, view: View) -> str:
    return f"{view.labels[label]}{view.labels['open']}{count}{view.labels['close']}"


def _head(view: View) -> Iterator[str]:
    yield f"# {_text(view.headline)}"
    yield f"> {_text(view.method)}  \n> {view.labels['verify']}"


def _overview(view: View) -> Iterator[str]:
    if view.briefing.overview:
        yield f"## {view.labels['overview']}"
        yield "\n".join(
            f"- {_text(one.text)} 〔{ENUMERATION_COMMA.join(one.cites)}〕" for one in view.briefing.overview
        )


def _problems(view: View) -> Iterator[str]:
    if view.briefing.problems:
        yield f"## {view.labels['problems']}"
        rows = ((_text(view.name(one.document)), _text(view.message(one))) for one in view.briefing.problems)
        yield _table((view.labels["document"], view.labels["problem"]), rows)


def _comparison(view: View) -> Iterator[str]:
    """Theme matrix with the standing to the baseline, indicators side by side, new phrases."""
    comparison, documents, labels = view.briefing.comparison, view.distinct, view.labels
    if len(documents) < 2 or not comparison.themes:
        return
    heads = [_text(view.column(one)) for one in documents]
    yield f"## {labels['comparison']}"
    rows = ([_text(row.label), *(theme_cell(row, one, view) for one in documents)] for row in comparison.themes)
    yield _table([labels["theme"], *heads], rows)
    if comparison.indicators:
        yield f"## {labels['aligned']}"
        lines = (
            [
                _text(view.row_name(row)),
                _text(row.unit),
                *(_text(aligned_cell(row, one, view)) for one in documents),
            ]
            for row in comparison.indicators
        )
        yield _table([labels["name"], labels["unit"], *heads], lines)
    if comparison.new_phrases:
        yield f"## {_counted('new_phrases', len(comparison.new_phrases), view)}"
        yield "\n".join(_phrases(view))


def _phrases(view: View) -> Iterator[str]:
    """One line a document, so that a thousand phrases stay readable."""
    by_document: dict[str, list[str]] = {}
    for one in view.briefing.comparison.new_phrases:
        by_document.setdefault(one.document, []).append(_text(one.phrase))
    for document, phrases in by_document.items():
        yield f"- **{_text(view.name(document))}** {ENUMERATION_COMMA.join(phrases)}"


def _document(document: Document, view: View) -> Iterator[str]:
    labels = view.labels
    yield f"## {_text(document.title) or labels['untitled']}"
    yield "\n".join(f"- **{labels[name]}** {_text(value)}" for name, value in view.facts(document).items())
    if document.duplicate_of is not None:
        return
    for kind, label in _SECTIONS:
        tasks = view.tasks(document, kind)
        if tasks or kind is TaskKind.TASK:
            yield f"### {_counted(label, len(tasks), view)}"
            yield _tasks(tasks, view) if tasks else labels["no_tasks"]
    indicators = document.proven.indicators
    yield f"### {_counted('indicators', len(indicators), view)}"
    if indicators:
        rows = ([_text(cell) for cell in indicator_cells(one, view)] for one in indicators)
        yield _table((labels[name] for name in INDICATOR_COLUMNS), rows)
    else:
        yield labels["no_indicators"]
    if doubtful := view.to_check(document):
        yield f"### {_counted('check', len(doubtful), view)}"
        lines = ((_text(view.content(one)), _text(view.doubts(one)), view.place(one)) for one in doubtful)
        yield _table((labels["item"], labels["reason"], labels["place"]), lines)
    if document.rejected:
        yield f"### {_counted('rejected', len(document.rejected), view)}"
        yield "\n".join(_rejected(document.rejected, view))


def _tasks(tasks: Sequence[Task], view: View) -> str:
    """The task table; a row of its own for the headlines above the tasks that follow."""
    rows: list[list[str]] = []
    for group, members in groups_of(tasks):
        if group:
            rows.append(["", f"**{_text(group)}**", *[""] * (len(TASK_COLUMNS) - 2)])
        rows += [[_text(cell) for cell in task_cells(task, view)] for task in members]
    return _table((view.labels[name] for name in TASK_COLUMNS), rows)


def _rejected(rejected: Sequence[Rejected], view: View) -> Iterator[str]:
    """What the model proposed one by one; what the rules put aside by its reason, with the first few."""
    proposed = [one for one in rejected if one.origin is Origin.MODEL]
    for one in proposed:
        yield f"- {view.labels[f'item.{one.item}']} {_words(one, view)}{_where(one)}{view.labels['colon']}{_text(view.message(one))}"
    for message, members in view.rejections([one for one in rejected if one.origin is not Origin.MODEL]):
        told = view.labels["list"].join(f"{_words(one, view)}{_where(one)}" for one in members[:_EXAMPLES])
        such = f"{view.labels['rejected.example']} " if len(members) > _EXAMPLES else ""
        counted = view.labels["counted"].format(what=f"{_text(message)} ", count=len(members))
        yield f"- {counted}{view.labels['colon']}{such}{told}"


def _words(one: Rejected, view: View) -> str:
    words = printed_refusal(one, view.labels)
    return _text(words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 1]}…")


def _where(one: Rejected) -> str:
    return f" {printed_span(one.span)}" if one.span else ""
