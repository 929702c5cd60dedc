"""Who does a task, with whom, and by when: right in itself, and right in its place (on the task or on one of its steps)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, Protocol

from summarizer.evaluation.annotation import GoldStep, GoldTask
from summarizer.evaluation.counts import Counts, Share
from summarizer.language.characters import ENUMERATION_COMMA
from summarizer.language.fold import fold
from summarizer.schema import Model, Task

__all__ = ["DutyScore", "duty_differences", "folded", "score_duties"]

_Field = Literal["lead", "support", "deadline"]
_FIELDS: tuple[_Field, ...] = ("lead", "support", "deadline")


class _Holder(Protocol):
    """A task or a step of either side."""

    @property
    def lead(self) -> tuple[str, ...]: ...
    @property
    def support(self) -> tuple[str, ...]: ...
    @property
    def deadline(self) -> str | None: ...


class DutyScore(Model):
    """Counts of one document's found tasks.

    ``lead``, ``support`` and ``deadline`` count values wherever they stand in the task, its steps included. ``place`` is the
    share of the right values that stand on the task or on the steps as printed, of tasks with marked steps. ``date`` is the
    share of resolved deadlines that come out, of those that the text decides.
    """

    lead: Counts = Counts()
    support: Counts = Counts()
    deadline: Counts = Counts()
    place: Share = Share()
    date: Share = Share()


def score_duties(pairs: Sequence[tuple[GoldTask, Task]]) -> DutyScore:
    """Score the duties of tasks that were found; a field of which the annotator is unsure is not asked for."""
    return DutyScore(
        lead=_counts("lead", pairs),
        support=_counts("support", pairs),
        deadline=_counts("deadline", pairs),
        place=Share.of(judged for pair in pairs for judged in _places(*pair)),
        date=Share.of(judged for pair in pairs for judged in _dates(*pair)),
    )


def duty_differences(gold: GoldTask, predicted: Task) -> Iterator[str]:
    """What differs in the duties of one task, a note each."""
    for field in _FIELDS:
        expected, said = _pooled(gold, field), _pooled(predicted, field)
        if gold.asks(field) and expected != said:
            yield f"{field} {_shown(expected)} → {_shown(said)}"


def folded(values: Iterable[str]) -> frozenset[str]:
    """Values as they are compared: width, script and white space folded."""
    return frozenset(fold(value).text for value in values)


def _counts(field: _Field, pairs: Sequence[tuple[GoldTask, Task]]) -> Counts:
    counts = Counts()
    for gold, predicted in pairs:
        if gold.asks(field):
            expected, said = _pooled(gold, field), _pooled(predicted, field)
            hits = len(expected & said)
            counts += Counts(tp=hits, fp=len(said) - hits, fn=len(expected) - hits)
    return counts


def _pooled(task: GoldTask | Task, field: _Field) -> frozenset[str]:
    return _values(task, field).union(*(_values(step, field) for step in task.steps or ()))


def _values(holder: _Holder, field: _Field) -> frozenset[str]:
    if field == "deadline":
        return folded(() if holder.deadline is None else (holder.deadline,))
    return folded(holder.lead if field == "lead" else holder.support)


def _places(gold: GoldTask, predicted: Task) -> Iterator[bool]:
    """For each right value of a task with marked steps, whether it stands on the same level."""
    if not gold.steps:
        return
    for field in _FIELDS:
        if gold.asks(field):
            on_task, on_task_said = _values(gold, field), _values(predicted, field)
            for value in _pooled(gold, field) & _pooled(predicted, field):
                yield (value in on_task) == (value in on_task_said)


def _dates(gold: GoldTask, predicted: Task) -> Iterator[bool]:
    said = {predicted.deadline_date, *(step.deadline_date for step in predicted.steps)}
    holders: tuple[GoldTask | GoldStep, ...] = (gold, *(gold.steps or ()))
    for holder in holders:
        if holder.deadline_date is not None and holder.asks("deadline", "deadline_date"):
            yield holder.deadline_date in said


def _shown(values: Iterable[str]) -> str:
    return ENUMERATION_COMMA.join(sorted(values)) or "–"
