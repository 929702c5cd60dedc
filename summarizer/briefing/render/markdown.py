"""Markdown that a secretary can paste: head facts, problems first, the task table and the indicator table of each document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from summarizer.briefing.labels import Labels, labels_for, printed_value
from summarizer.schema import Briefing, Comparison, Document, Indicator, Task, TaskKind

__all__ = ["render_markdown"]

_SPECIAL = str.maketrans({character: "\\" + character for character in "\\`*_[]<>|#~"})
_BLANK = ""


def render_markdown(briefing: Briefing) -> str:
    """Return the whole briefing as Markdown (GitHub tables). Text from documents is escaped, its line breaks become spaces."""
    labels = labels_for(briefing.language)
    blocks = [*_head(briefing, labels), *_overview(briefing, labels), *_problems(briefing, labels)]
    blocks += _comparison(briefing.comparison, briefing.documents, labels)
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
    count = len(briefing.documents)
    yield f"# {labels['briefing']}：{count}{labels['documents']}{labels['headline']}"
    method = labels[f"method.{briefing.run.method}"]
    model = f" {_text(briefing.run.model)}" if briefing.run.model else ""
    made = f"{labels['made']} {briefing.created_at[:10]} · summarizer {briefing.tool_version}"
    yield f"> {labels['method']}：{method}{model} · {made}  \n> {labels['verify']}"


def _overview(briefing: Briefing, labels: Labels) -> Iterator[str]:
    if briefing.overview:
        yield f"## {labels['overview']}"
        yield "\n".join(
            f"- {_text(statement.text)} 〔{'、'.join(statement.cites)}〕" for statement in briefing.overview
        )


def _problems(briefing: Briefing, labels: Labels) -> Iterator[str]:
    if briefing.problems:
        names = {document.id: document.path for document in briefing.documents}
        yield f"## {labels['problems']}"
        rows = (
            (_text(names.get(problem.document or "", problem.document)), _text(problem.message))
            for problem in briefing.problems
        )
        yield _table((labels["file"], labels["problem"]), rows)


def _comparison(comparison: Comparison, documents: tuple[Document, ...], labels: Labels) -> Iterator[str]:
    if len(documents) < 2 or not comparison.themes:
        return
    yield f"## {labels['comparison']}"
    heads = [
        _name(document, labels) + (labels["baseline"] if document.id == comparison.baseline else "")
        for document in documents
    ]
    rows = (
        [
            _text(row.label),
            *(str(len(row.tasks[document.id])) if row.tasks.get(document.id) else "—" for document in documents),
        ]
        for row in comparison.themes
    )
    yield _table([labels["theme"], *heads], rows)


def _name(document: Document, labels: Labels) -> str:
    return _text(document.region or document.issuer or document.title) or labels["untitled"]


def _document(document: Document, labels: Labels) -> Iterator[str]:
    yield f"## {_text(document.title) or labels['untitled']}"
    yield _facts(document, labels)
    tasks = [task for task in document.tasks if task.kind is TaskKind.TASK]
    declared = labels["declared"].format(count=document.declared_task_count) if document.declared_task_count else _BLANK
    yield f"### {labels['tasks']}（{len(tasks)}{'；' + declared if declared else ''}）"
    yield _tasks(tasks, document, labels) if tasks else labels["no_tasks"]
    for kind, label in ((TaskKind.NEAR_TERM, "near_term"), (TaskKind.SAFEGUARD, "safeguards")):
        others = [task for task in document.tasks if task.kind is kind]
        if others:
            yield f"### {labels[label]}（{len(others)}）"
            yield _tasks(others, document, labels)
    yield f"### {labels['indicators']}（{len(document.indicators)}）"
    yield _indicators(document.indicators, labels) if document.indicators else labels["no_indicators"]


def _facts(document: Document, labels: Labels) -> str:
    meeting = " ".join(filter(None, (document.meeting.name, document.meeting.date, document.meeting.place)))
    facts = {
        "issuer": document.issuer,
        "region": document.region,
        "level": labels[f"level.{document.level}"] if document.level else None,
        "genre": document.genre,
        "meeting": meeting,
        "published": " ".join(filter(None, (document.published, document.publisher))),
        "quality": "、".join(dict.fromkeys(quality.flag.value for quality in document.quality)),
        "source": f"{document.path} · sha256 {document.id}…",
    }
    return "\n".join(f"- **{labels[name]}** {_text(value)}" for name, value in facts.items() if value)


def _tasks(tasks: list[Task], document: Document, labels: Labels) -> str:
    head = ("ordinal", "task", "measures", "lead", "support", "deadline", "target", "place")
    targets: dict[str, list[str]] = {}
    for indicator in document.indicators:
        if indicator.task_id:
            targets.setdefault(indicator.task_id, []).append(f"{indicator.name} {printed_value(indicator, labels)}")
    rows = (
        (
            str(task.ordinal),
            _text(task.title),
            _text("；".join(measure.text.strip("；;。，, ") for measure in task.measures)),
            _text("、".join(task.lead)),
            _text("、".join(task.support)),
            _text(task.deadline),
            _text("；".join(targets.get(task.id, []))),
            f"{task.id.split('.')[-1]} {task.evidence.start}–{task.evidence.end}",
        )
        for task in tasks
    )
    return _table((labels[name] for name in head), rows)


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
