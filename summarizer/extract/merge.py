"""One document's proposals from all its chunks, made one list: joined across cuts, without doubles, numbered as read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarizer.extract.proposals import IndicatorProposal, Proposals, TaskProposal
from summarizer.language.fold import fold
from summarizer.schema import Indicator, MarkerStatus, Measure, Origin, Rejected, Task, TaskKind
from summarizer.source.text import CleanText

__all__ = ["Merged", "merge", "to_indicators", "to_tasks"]

# Two spans that share this much of their union are one task seen twice (overlap of chunks, a repeated answer).
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Merged:
    """Tasks and indicators of one document in text order, and what was refused on the way."""

    tasks: tuple[TaskProposal, ...]
    indicators: tuple[IndicatorProposal, ...]
    rejected: tuple[Rejected, ...]


def merge(answers: Sequence[Proposals], text: str) -> Merged:
    """Merge the proposals of the chunks of one clean text. The order of the answers does not matter."""
    rejected: list[Rejected] = []
    pieces = sorted((task for answer in answers for task in answer.tasks), key=lambda task: (task.start, -task.end))
    joined = _joined(pieces, text, rejected)
    tasks = _without_chapters(_without_doubles(joined), text, rejected)
    indicators: dict[tuple[tuple[int, int], str], IndicatorProposal] = {}
    for indicator in sorted(
        (one for answer in answers for one in answer.indicators), key=lambda one: (one.value_at, one.name)
    ):
        indicators.setdefault((indicator.value_at, fold(indicator.name).text), indicator)
    return Merged(tuple(tasks), tuple(indicators.values()), tuple(rejected))


def _joined(pieces: Iterable[TaskProposal], text: str, rejected: list[Rejected]) -> list[TaskProposal]:
    """Put the rest of a task to its beginning: it follows an open task, or directly the end of one."""
    whole: list[TaskProposal] = []
    for piece in pieces:
        if piece.title is not None:
            whole.append(piece)
        elif whole and (whole[-1].open or not text[whole[-1].end : piece.start].strip()):
            whole[-1] = _extended(whole[-1], piece)
        else:
            raw = json.dumps({"first": text[piece.start : piece.start + 40]}, ensure_ascii=False)
            rejected.append(Rejected(item="task", reason="the rest of a task whose beginning no answer gave", raw=raw))
    return whole


def _extended(task: TaskProposal, rest: TaskProposal) -> TaskProposal:
    return replace(
        task,
        end=max(task.end, rest.end),
        measures=(*task.measures, *rest.measures),
        lead=tuple(dict.fromkeys((*task.lead, *rest.lead))),
        support=tuple(dict.fromkeys((*task.support, *rest.support))),
        deadline=task.deadline or rest.deadline,
        open=rest.open,
    )


def _without_doubles(tasks: Sequence[TaskProposal]) -> list[TaskProposal]:
    kept: list[TaskProposal] = []
    for task in tasks:
        if not any(_shared(task, other) >= _SAME for other in kept[-3:]):
            kept.append(task)
    return kept


def _shared(one: TaskProposal, other: TaskProposal) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(0, both) / (max(one.end, other.end) - min(one.start, other.start))


def _without_chapters(tasks: Sequence[TaskProposal], text: str, rejected: list[Rejected]) -> list[TaskProposal]:
    """A task that holds other tasks is a chapter; one that holds a single other one is the task, the inner its measure."""
    kept: list[TaskProposal] = []
    chapters: set[int] = set()
    inner: set[int] = set()
    for index, task in enumerate(tasks):
        held = [
            at for at, other in enumerate(tasks) if at != index and task.start <= other.start and other.end <= task.end
        ]
        if len(held) >= 2:
            chapters.add(index)
        else:
            inner.update(held)
    for index, task in enumerate(tasks):
        if index in chapters or index in inner:
            reason = "it is a chapter that holds other tasks" if index in chapters else "it is part of another task"
            rejected.append(Rejected(item="task", reason=reason, raw=_title(task, text)))
        else:
            kept.append(task)
    return kept


def _title(task: TaskProposal, text: str) -> str:
    return text[task.title[0] : task.title[1]] if task.title else text[task.start : task.start + 40]


def to_tasks(tasks: Sequence[TaskProposal], clean: CleanText, doc_id: str) -> tuple[Task, ...]:
    """Number the tasks in text order, those of the list first, and give them the source's offsets and words."""
    ordered = sorted(tasks, key=lambda task: (task.kind is not TaskKind.TASK, task.start))
    return tuple(_task(task, clean, f"{doc_id}.t{ordinal}", ordinal) for ordinal, task in enumerate(ordered, 1))


def _task(task: TaskProposal, clean: CleanText, name: str, ordinal: int) -> Task:
    measures = tuple(clean.evidence(start, end) for start, end in task.measures)
    return Task(
        id=name,
        ordinal=ordinal,
        marker=task.marker,
        marker_status=MarkerStatus.INTACT if task.marker else MarkerStatus.MISSING,
        title=clean.text[slice(*(task.title or (task.start, task.end)))],
        kind=task.kind,
        measures=tuple(
            Measure(text=clean.printed(evidence.start, evidence.end), evidence=evidence) for evidence in measures
        ),
        lead=task.lead,
        support=task.support,
        deadline=task.deadline,
        evidence=clean.evidence(task.start, task.end),
        grounding=task.grounding,
        origin=Origin.MODEL,
    )


def to_indicators(indicators: Sequence[IndicatorProposal], clean: CleanText, doc_id: str) -> tuple[Indicator, ...]:
    """Number the indicators in text order and give them the source's offsets and words."""
    return tuple(
        Indicator(
            id=f"{doc_id}.i{number}",
            name=one.name,
            value=one.value,
            value_high=one.value_high,
            raw=one.raw,
            unit=one.unit,
            op=one.op,
            status=one.status,
            nature=one.nature,
            period=one.period,
            base=one.base,
            evidence=clean.evidence(one.start, one.end),
            grounding=one.grounding,
            origin=Origin.MODEL,
        )
        for number, one in enumerate(sorted(indicators, key=lambda one: one.value_at), 1)
    )
