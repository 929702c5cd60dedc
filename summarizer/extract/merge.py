"""One document's proposals from all its chunks, made one list: joined across cuts, without doubles, numbered as read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from summarizer.extract.proposals import IndicatorProposal, Proposals, TaskProposal
from summarizer.figures.figures import Figures
from summarizer.figures.printed import printed_unit
from summarizer.figures.resolution import deadline_day
from summarizer.language.characters import SENTENCE_ENDS
from summarizer.language.fold import fold
from summarizer.language.markers import marker_before
from summarizer.reading.reading import Reading
from summarizer.schema import (
    CleanOffset,
    Decision,
    DecisionBy,
    Difference,
    Indicator,
    MarkerStatus,
    Origin,
    Rejected,
    RejectionReason,
    Span,
    Step,
    Task,
    TaskKind,
    rejected,
)

__all__ = ["Merged", "merge", "to_indicators", "to_tasks"]

# Two spans that share this much of their union are one task seen twice (overlap of chunks, a repeated answer).
_SAME = 0.8
# An enumerator before a step is no longer than this.
_MARKER = 10


@dataclass(frozen=True, slots=True)
class Merged:
    """Tasks and indicators of one document in text order, and what was refused on the way."""

    tasks: tuple[TaskProposal, ...]
    indicators: tuple[IndicatorProposal, ...]
    rejected: tuple[Rejected, ...]


def merge(answers: Sequence[Proposals], text: str) -> Merged:
    """Merge the proposals of the chunks of one clean text. The order of the answers does not matter."""
    refused: list[Rejected] = []
    pieces = sorted((task for answer in answers for task in answer.tasks), key=lambda task: (task.start, -task.end))
    joined = _joined(pieces, text, refused)
    tasks = _without_chapters(_without_doubles(joined), text, refused)
    indicators: dict[tuple[int, int, str], IndicatorProposal] = {}
    for indicator in sorted(
        (one for answer in answers for one in answer.indicators), key=lambda one: (_value_at(one), _name(one, text))
    ):
        indicators.setdefault((*_value_at(indicator), fold(_name(indicator, text)).text), indicator)
    return Merged(tuple(tasks), tuple(indicators.values()), tuple(refused))


def _value_at(one: IndicatorProposal) -> tuple[int, int]:
    return one.quantity.start, one.quantity.end


def _name(one: IndicatorProposal, text: str) -> str:
    """The pieces of the name as the text prints them, a space where words are left out."""
    return " ".join(" ".join(text[start:end] for start, end in one.name).split())


def _joined(pieces: Iterable[TaskProposal], text: str, refused: list[Rejected]) -> list[TaskProposal]:
    """Put the rest of a task to its beginning: it follows an open task, or directly the end of one."""
    whole: list[TaskProposal] = []
    for piece in pieces:
        if piece.title is not None:
            whole.append(piece)
        elif whole and (whole[-1].open or not text[whole[-1].end : piece.start].strip()):
            whole[-1] = _extended(whole[-1], piece)
        else:
            raw = json.dumps({"first": text[piece.start : piece.start + 40]}, ensure_ascii=False)
            refused.append(rejected("task", Origin.MODEL, RejectionReason.NO_BEGINNING, raw))
    return whole


def _extended(task: TaskProposal, rest: TaskProposal) -> TaskProposal:
    return replace(
        task,
        end=max(task.end, rest.end),
        steps=(*task.steps, *rest.steps),
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


def _without_chapters(tasks: Sequence[TaskProposal], text: str, refused: list[Rejected]) -> list[TaskProposal]:
    """A task that holds other tasks is a chapter; one that holds a single other one is the task, the inner its step."""
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
            reason = RejectionReason.HOLDS_TASKS if index in chapters else RejectionReason.PART_OF_TASK
            refused.append(rejected("task", Origin.MODEL, reason, _title(task, text)))
        else:
            kept.append(task)
    return kept


def _title(task: TaskProposal, text: str) -> str:
    return text[task.title[0] : task.title[1]] if task.title else text[task.start : task.start + 40]


def to_tasks(tasks: Sequence[TaskProposal], figures: Figures, doc_id: str) -> tuple[Task, ...]:
    """Number the tasks in text order, those of the list first, and give them the source's offsets and words."""
    ordered = sorted(tasks, key=lambda task: (task.kind is not TaskKind.TASK, task.start))
    return tuple(_task(task, figures, f"{doc_id}.t{ordinal}", ordinal) for ordinal, task in enumerate(ordered, 1))


def _task(task: TaskProposal, figures: Figures, name: str, ordinal: int) -> Task:
    reading = figures.reading
    lead = tuple(reading.evidence(*unit) for unit in task.lead)
    support = tuple(reading.evidence(*unit) for unit in task.support)
    deadline = reading.evidence(*task.deadline) if task.deadline else None
    return Task(
        id=name,
        ordinal=ordinal,
        marker=task.marker,
        marker_status=MarkerStatus.INTACT if task.marker else MarkerStatus.MISSING,
        title=reading.printed(*(task.title or (task.start, task.end))),
        kind=task.kind,
        steps=tuple(_step(reading, *step) for step in task.steps),
        lead=tuple(dict.fromkeys(map(reading.words, lead))),
        lead_evidence=tuple({reading.words(unit): unit for unit in lead}.values()),
        support=tuple(dict.fromkeys(map(reading.words, support))),
        support_evidence=tuple({reading.words(unit): unit for unit in support}.values()),
        deadline=reading.words(deadline) if deadline else None,
        deadline_evidence=deadline,
        deadline_date=deadline_day(reading.words(deadline), figures.year) if deadline else None,
        evidence=reading.evidence(task.start, task.end),
        grounding=task.grounding,
        origin=Origin.MODEL,
    )


def _step(reading: Reading, start: CleanOffset, end: CleanOffset) -> Step:
    evidence = reading.evidence(start, end)
    line = reading.text.rfind("\n", max(0, start - _MARKER), start) + 1 or max(0, start - _MARKER)
    low = max((reading.text.rfind(mark, line, start) + 1 for mark in SENTENCE_ENDS), default=line)
    return Step(marker=marker_before(reading.clean.text, max(low, line), start), text=evidence.quote, evidence=evidence)


def to_indicators(indicators: Sequence[IndicatorProposal], figures: Figures, doc_id: str) -> tuple[Indicator, ...]:
    """Number the indicators in text order and give them the source's offsets and words."""
    ordered = sorted(indicators, key=_value_at)
    return tuple(_indicator(one, figures, f"{doc_id}.i{number}") for number, one in enumerate(ordered, 1))


def _indicator(one: IndicatorProposal, figures: Figures, name: str) -> Indicator:
    reading = figures.reading
    period = reading.evidence(*one.period) if one.period else None
    start, end = figures.days(reading.text[slice(*one.period)] if one.period else None)
    places = tuple(reading.evidence(*piece) for piece in one.name)
    return Indicator(
        id=name,
        name=_name(one, reading.clean.text),
        name_evidence=tuple(Span(start=place.start, end=place.end) for place in places),
        value=one.quantity.value,
        value_high=one.quantity.value_high,
        raw=reading.printed(*reading.place(one.quantity)),
        value_evidence=reading.evidence(*reading.place(one.quantity)),
        unit=figures.as_printed(printed_unit(reading, one.quantity) or one.unit, one.start, one.end, 0),
        bound=one.relation.bound,
        change=one.relation.change,
        status=one.status,
        nature=one.nature,
        period=period.quote if period else None,
        period_start=start,
        period_end=end,
        period_evidence=period,
        base=one.base.value if one.base else None,
        base_evidence=reading.evidence(*reading.place(one.base)) if one.base else None,
        evidence=reading.evidence(one.start, one.end),
        grounding=one.grounding,
        origin=Origin.MODEL,
        decision=_status_decision(one),
    )


def _status_decision(one: IndicatorProposal) -> Decision | None:
    """The model's status stands where the program reads another: on real texts it was right in ten of ten such cases."""
    if one.status is one.read:
        return None
    difference = Difference(field="status", model=one.status.value, rules=one.read.value)
    return Decision(by=DecisionBy.MODEL, differences=(difference,))
