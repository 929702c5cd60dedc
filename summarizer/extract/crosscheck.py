"""The model's items beside the rules': agreement is noted on the item, disagreement is told, gaps are filled.

An item of the rules that the model left out enters the document in two cases: its chunk has no answer, or the answers
themselves show that something was lost (the rules find much that the model does not, or one member of a list is missing
whose neighbours the model has). Everything else that only one of them found is listed for the reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.schema import Indicator, Origin, Problem, Span, Task, TaskKind
from summarizer.source.text import TextRange

__all__ = ["CrossChecked", "cross_check", "same_indicator", "same_task"]

# Two spans with this much in common (of their union) are the same task, as in the evaluation.
_SAME_TASK = 0.5
# A model that confirms fewer of the rules' indicators than this has lost some: the rules' own reach that share easily.
_CONFIRMED_SHARE = 0.93
_ENOUGH_TO_JUDGE = 8
_SPLIT = 2
_PART_OF = 0.8

_Item = TypeVar("_Item", Task, Indicator)


@dataclass(frozen=True, slots=True)
class CrossChecked:
    """Items of both, in text order and numbered anew, and the disagreements."""

    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    problems: tuple[Problem, ...]


def cross_check(
    model: tuple[Sequence[Task], Sequence[Indicator]],
    rules: tuple[Sequence[Task], Sequence[Indicator]],
    unanswered: Sequence[TextRange],
    doc_id: str,
    *,
    in_pieces: bool = False,
) -> CrossChecked:
    """Check a document's model items against the rules' items.

    ``unanswered`` are source ranges of chunks without answer. ``in_pieces`` says that the model never saw the whole text:
    then the rules, which did, decide on which level of headings the tasks stand.
    """
    folded, fold_problems = _on_one_level(model[0], rules[0], doc_id) if in_pieces else (tuple(model[0]), [])
    tasks, more_tasks, task_problems = _tasks(folded, rules[0], unanswered, doc_id)
    indicators, more, indicator_problems = _indicators(model[1], rules[1], unanswered, doc_id)
    numbered_tasks = _numbered_tasks([*tasks, *more_tasks], doc_id)
    numbered = _numbered(sorted([*indicators, *more], key=lambda one: (one.evidence.end, one.evidence.start)), doc_id)
    return CrossChecked(numbered_tasks, numbered, (*fold_problems, *task_problems, *indicator_problems))


def same_task(one: Task, other: Task) -> bool:
    """Whether two tasks share at least half of their union."""
    both = min(one.evidence.end, other.evidence.end) - max(one.evidence.start, other.evidence.start)
    union = max(one.evidence.end, other.evidence.end) - min(one.evidence.start, other.evidence.start)
    return both >= _SAME_TASK * union


def same_indicator(one: Indicator, other: Indicator) -> bool:
    """Whether two indicators read the same value at the same place."""
    overlap = one.evidence.start < other.evidence.end and other.evidence.start < one.evidence.end
    return overlap and (one.value, one.value_high, one.unit) == (other.value, other.value_high, other.unit)


def _tasks(
    model: Sequence[Task], rules: Sequence[Task], unanswered: Sequence[TextRange], doc_id: str
) -> tuple[list[Task], list[Task], list[Problem]]:
    kept = [_confirmed(task, any(same_task(task, other) for other in rules), Origin.HEURISTIC) for task in model]
    extra: list[Task] = []
    problems: list[Problem] = []
    listed = [task for task in rules if task.kind is TaskKind.TASK]
    for task in rules:
        if any(_touches(task, other) for other in model):
            continue
        if _inside(task, unanswered) or _between_confirmed(task, listed, model):
            extra.append(task)
            if not _inside(task, unanswered):
                message = f"only the rules found this task, between tasks that the model has too: {task.title}"
                problems.append(_problem("rules_only", message, task, doc_id, form="rules_only_kept"))
        elif task.kind is TaskKind.TASK:
            message = f"the rules see a task here that the model did not give: {task.title}"
            problems.append(_problem("rules_only", message, task, doc_id))
    if rules:
        problems.extend(
            _problem("model_only", f"only the model found this task: {task.title}", task, doc_id)
            for task in kept
            if task.confirmed_by is None and task.kind is TaskKind.TASK
        )
    return kept, extra, problems


def _on_one_level(model: Sequence[Task], rules: Sequence[Task], doc_id: str) -> tuple[tuple[Task, ...], list[Problem]]:
    """Put a task of the rules in the place of the several tasks that the model made of it."""
    kept = list(model)
    problems: list[Problem] = []
    for rule in rules:
        inner = [task for task in kept if task.kind is TaskKind.TASK and _holds(rule, task)]
        if rule.kind is TaskKind.TASK and len(inner) >= _SPLIT:
            kept = [task for task in kept if task not in inner] + [rule]
            titles = "; ".join(task.title for task in inner)
            message = (
                f"the model made {len(inner)} tasks of the one that the whole text counts here ({rule.title}): {titles}"
            )
            details: dict[str, str | int] = {"title": rule.title, "count": len(inner), "titles": titles}
            problems.append(
                Problem(kind="split_task", message=message, document=doc_id, span=rule.evidence, details=details)
            )
    return tuple(kept), problems


def _holds(outer: Task, inner: Task) -> bool:
    """Whether one task stands inside another and is clearly less than it."""
    inside = outer.evidence.start <= inner.evidence.start and inner.evidence.end <= outer.evidence.end
    size, whole = inner.evidence.end - inner.evidence.start, outer.evidence.end - outer.evidence.start
    return inside and size < _PART_OF * whole


def _touches(one: Task, other: Task) -> bool:
    return min(one.evidence.end, other.evidence.end) > max(one.evidence.start, other.evidence.start)


def _between_confirmed(task: Task, listed: Sequence[Task], model: Sequence[Task]) -> bool:
    """Whether a marked member of the rules' list has a neighbour in that list which the model has as well."""
    if task.kind is not TaskKind.TASK or task.marker is None:
        return False
    at = next((index for index, other in enumerate(listed) if other.id == task.id), None)
    if at is None:
        return False
    neighbours = [*listed[max(0, at - 1) : at], *listed[at + 1 : at + 2]]
    return any(same_task(neighbour, other) for neighbour in neighbours for other in model)


def _indicators(
    model: Sequence[Indicator], rules: Sequence[Indicator], unanswered: Sequence[TextRange], doc_id: str
) -> tuple[list[Indicator], list[Indicator], list[Problem]]:
    kept = [_confirmed(one, any(same_indicator(one, other) for other in rules), Origin.HEURISTIC) for one in model]
    asked = [one for one in rules if not _inside(one, unanswered)]
    missed = [one for one in asked if not any(same_indicator(one, other) for other in model)]
    share = 1 - len(missed) / len(asked) if asked else 1.0
    lossy = len(asked) >= _ENOUGH_TO_JUDGE and share < _CONFIRMED_SHARE
    extra = [one for one in rules if _inside(one, unanswered)]
    problems: list[Problem] = []
    for one in missed:
        clashes = [other for other in model if _same_place(one, other)]
        if lossy and not clashes:
            extra.append(one)
        message = f"only the rules read an indicator here: {one.name} {one.raw}"
        details = {}
        if clashes:
            other = f"{clashes[0].name} {clashes[0].raw}"
            message = f"the rules read {one.name} {one.raw}, the model {other}"
            details = {"form": "reading_differs", "other": other}
        problems.append(_problem("rules_only", message, one, doc_id, **details))
    if lossy:
        message = f"the model's answers leave out {len(missed)} of {len(asked)} indicators of the rules: its list is not complete"
        counts: dict[str, str | int] = {"missed": len(missed), "total": len(asked)}
        lost = Problem(kind="incomplete_answers", message=message, details=counts, document=doc_id)
        problems.insert(0, lost)
    return kept, extra, problems


def _same_place(one: Indicator, other: Indicator) -> bool:
    """Whether two indicators quote the same printed value's end: one of the two readings is wrong."""
    return one.evidence.end == other.evidence.end


def _inside(item: Task | Indicator, ranges: Sequence[TextRange]) -> bool:
    return any(start <= item.evidence.start < end for start, end in ranges)


def _confirmed(item: _Item, agrees: bool, by: Origin) -> _Item:
    return item.model_copy(update={"confirmed_by": by}) if agrees else item


def _problem(kind: str, message: str, item: Task | Indicator, doc_id: str, **more: str) -> Problem:
    what, name = ("task", item.title) if isinstance(item, Task) else ("indicator", f"{item.name} {item.raw}")
    details: dict[str, str | int] = {"what": what, "name": name, **more}
    span = Span(start=item.evidence.start, end=item.evidence.end)
    return Problem(kind=kind, message=message, details=details, document=doc_id, span=span)


def _numbered_tasks(tasks: Sequence[Task], doc_id: str) -> tuple[Task, ...]:
    ordered = sorted(tasks, key=lambda task: (task.kind is not TaskKind.TASK, task.evidence.start))
    return tuple(
        task.model_copy(update={"id": f"{doc_id}.t{ordinal}", "ordinal": ordinal})
        for ordinal, task in enumerate(ordered, 1)
    )


def _numbered(indicators: Sequence[Indicator], doc_id: str) -> tuple[Indicator, ...]:
    return tuple(one.model_copy(update={"id": f"{doc_id}.i{number}"}) for number, one in enumerate(indicators, 1))
