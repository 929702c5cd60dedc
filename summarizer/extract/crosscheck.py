"""The model's items beside the rules': agreement is noted on the item, disagreement is told, gaps are filled.

The model's items stand. What only the rules found enters the document where nobody answered, where a list shows a gap (its
neighbours are there), where the model's item of that name or value could not be proven, or where the answers leave out more
of the *sure* items than a careful model does. Sure are marked tasks of a list, and indicators whose name stands before their
value: on 29 real texts a strong model confirmed 80 of 81 such tasks and 233 of 237 such indicators, and none of the ten
other items that it left out was required. A model that confirms less than three fifths of the sure items has failed: then
everything that the rules found is shown beside its answers, and the briefing says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from summarizer.schema import (
    Decision,
    DecisionBy,
    Difference,
    Indicator,
    MarkerStatus,
    Origin,
    Problem,
    ProblemKind,
    Rejected,
    Task,
    TaskKind,
    problem,
)
from summarizer.source.text import SourceRange

__all__ = ["CrossChecked", "cross_check", "same_indicator", "same_task"]

# Two spans with this much in common (of their union) are the same task, as in the evaluation.
_SAME_TASK = 0.5
# A careful model leaves out at most one of a text's sure indicators; one that leaves out more, and more than this share, has
# lost some.
_LOST_SHARE = 0.05
_MORE_THAN_ONE = 2
# Fewer sure items say nothing about a model; one that confirms a smaller share of them has failed.
_LEAST_SURE = 3
_LEAST_CONFIRMED = 0.6
# A careful model's status differs from the rules' for at most an eighth of a text's indicators; where it differs for more
# than half of at least so many, the statuses are turned.
_TURNED_SHARE = 0.5
_LEAST_NAME = 3
_SPLIT = 2
_BOTH = 2
_PART_OF = 0.8

_Item = TypeVar("_Item", Task, Indicator)


@dataclass(frozen=True, slots=True)
class CrossChecked:
    """Items of both, in text order and numbered anew, and the disagreements."""

    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    problems: tuple[Problem, ...]
    failed: bool = False
    """The answers confirm too few of the rules' sure items to be relied on."""


def cross_check(
    model: tuple[Sequence[Task], Sequence[Indicator]],
    rules: tuple[Sequence[Task], Sequence[Indicator]],
    unanswered: Sequence[SourceRange],
    doc_id: str,
    *,
    in_pieces: bool = False,
    declared: int | None = None,
    rejected: Sequence[Rejected] = (),
) -> CrossChecked:
    """Check a document's model items against the rules' items.

    ``unanswered`` are source ranges of chunks without answer. ``in_pieces`` says that the model never saw the whole text
    and ``declared`` how many tasks the text announces: where the rules find that number and the model does not, the
    source decides the level of the tasks. ``rejected`` are the model's items that could not be proven.
    """
    confirmed, sure = _confirmed_sure(model, rules, unanswered)
    failed = sure >= _LEAST_SURE and confirmed < _LEAST_CONFIRMED * sure
    leveled, level_problems = _on_one_level(
        model[0], rules[0], doc_id, announced=in_pieces and _announced(rules[0], model[0], declared)
    )
    parted = _parted(leveled, rules[0])
    tasks, more_tasks, task_problems = _tasks(parted, rules[0], unanswered, doc_id, failed=failed)
    turned, status_problems = _with_statuses(model[1], rules[1], doc_id)
    indicators, more, indicator_problems = _indicators(turned, rules[1], unanswered, rejected, doc_id, failed=failed)
    numbered_tasks = _numbered_tasks([*tasks, *more_tasks], doc_id)
    numbered = _numbered(sorted([*indicators, *more], key=lambda one: (one.evidence.end, one.evidence.start)), doc_id)
    failure = (
        [problem(ProblemKind.MODEL_FAILED, {"confirmed": confirmed, "total": sure}, document=doc_id)] if failed else []
    )
    problems = (*failure, *level_problems, *task_problems, *status_problems, *indicator_problems)
    return CrossChecked(numbered_tasks, numbered, problems, failed)


def _confirmed_sure(
    model: tuple[Sequence[Task], Sequence[Indicator]],
    rules: tuple[Sequence[Task], Sequence[Indicator]],
    unanswered: Sequence[SourceRange],
) -> tuple[int, int]:
    """How many of the rules' sure items in what was answered the model has too, on whatever level; and how many there are."""
    tasks = [
        task
        for task in rules[0]
        if task.kind is TaskKind.TASK and task.marker_status is MarkerStatus.INTACT and not _inside(task, unanswered)
    ]
    figures = [one for one in rules[1] if _is_sure(one) and not _inside(one, unanswered)]
    confirmed = sum(any(_touches(task, other) for other in model[0]) for task in tasks)
    confirmed += sum(any(same_indicator(one, other) for other in model[1]) for one in figures)
    return confirmed, len(tasks) + len(figures)


def _is_sure(one: Indicator) -> bool:
    """Whether an indicator's name stands before its value, and a unit behind it."""
    value_at = one.evidence.start + one.evidence.quote.rfind(one.raw)
    return bool(one.unit and one.name_evidence) and one.name_evidence[-1].end <= value_at


def _announced(rules: Sequence[Task], model: Sequence[Task], declared: int | None) -> bool:
    """Whether the rules find as many tasks as the text announces, and the model another number."""
    found, given = (sum(task.kind is TaskKind.TASK for task in tasks) for tasks in (rules, model))
    return declared is not None and found == declared != given


def _with_statuses(
    model: Sequence[Indicator], rules: Sequence[Indicator], doc_id: str
) -> tuple[Sequence[Indicator], list[Problem]]:
    """The model's indicators; with the statuses that the rules read where the model turns most of them round."""
    pairs = {one.id: other for one in model if (other := next((o for o in rules if same_indicator(one, o)), None))}
    differing = sum(one.status is not pairs[one.id].status for one in model if one.id in pairs)
    if len(pairs) < _LEAST_SURE or differing <= _TURNED_SHARE * len(pairs):
        return model, []
    turned = [_read_as(one, pairs[one.id]) if one.id in pairs else one for one in model]
    told = problem(ProblemKind.STATUSES_TURNED, {"differing": differing, "total": len(pairs)}, document=doc_id)
    return turned, [told]


def _read_as(one: Indicator, rule: Indicator) -> Indicator:
    if one.status is rule.status:
        return one
    difference = Difference(field="status", model=one.status.value, rules=rule.status.value)
    decision = Decision(by=DecisionBy.RULES, differences=(difference,))
    return one.model_copy(update={"status": rule.status, "decision": decision})


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
    model: Sequence[Task], rules: Sequence[Task], unanswered: Sequence[SourceRange], doc_id: str, *, failed: bool
) -> tuple[list[Task], list[Task], list[Problem]]:
    kept = [_confirmed(task, any(same_task(task, other) for other in rules)) for task in model]
    extra: list[Task] = []
    problems: list[Problem] = []
    listed = [task for task in rules if task.kind is TaskKind.TASK]
    for task in rules:
        if any(_touches(task, other) for other in model):
            continue
        if failed or _inside(task, unanswered) or _between_confirmed(task, listed, model):
            asked = not _inside(task, unanswered)
            extra.append(_decided(task, DecisionBy.RULES) if asked else task)
            if asked:
                problems.append(_problem(ProblemKind.RULES_ONLY_KEPT, task, doc_id))
        elif task.kind is TaskKind.TASK:
            problems.append(_problem(ProblemKind.RULES_ONLY, task, doc_id))
    if rules:
        problems.extend(
            _problem(ProblemKind.MODEL_ONLY, task, doc_id)
            for task in kept
            if task.origin is Origin.MODEL and task.confirmed_by is None and task.kind is TaskKind.TASK
        )
    return kept, extra, problems


def _on_one_level(
    model: Sequence[Task], rules: Sequence[Task], doc_id: str, *, announced: bool
) -> tuple[tuple[Task, ...], list[Problem]]:
    """Tell where the model made several tasks of one of the rules; where the text announces the rules' number (``announced``)
    theirs takes their place.
    """
    kept = list(model)
    problems: list[Problem] = []
    for rule in rules:
        inner = [task for task in kept if task.kind is TaskKind.TASK and _holds(rule, task)]
        if rule.kind is TaskKind.TASK and len(inner) >= _SPLIT:
            titles = "; ".join(task.title for task in inner)
            if announced:
                inner += [task for task in kept if _runs_out_of(rule, task)]
                kept = [task for task in kept if task not in inner] + [_replaced(rule, titles)]
            details: dict[str, str | int] = {"title": rule.title, "count": len(inner), "titles": titles}
            kind = ProblemKind.SPLIT_TASK if announced else ProblemKind.OTHER_LEVEL
            problems.append(problem(kind, details, document=doc_id, span=rule.evidence))
    return tuple(kept), problems


def _holds(outer: Task, inner: Task) -> bool:
    """Whether one task stands inside another and is clearly less than it."""
    inside = outer.evidence.start <= inner.evidence.start and inner.evidence.end <= outer.evidence.end
    size, whole = inner.evidence.end - inner.evidence.start, outer.evidence.end - outer.evidence.start
    return inside and size < _PART_OF * whole


def _runs_out_of(outer: Task, inner: Task) -> bool:
    """Whether one task begins inside another, behind its start, and ends behind its end."""
    return outer.evidence.start < inner.evidence.start < outer.evidence.end < inner.evidence.end


def _parted(model: Sequence[Task], rules: Sequence[Task]) -> tuple[Task, ...]:
    """Take tasks apart that an answer melted together: several of the rules' stand in one, while the others agree.

    A task that swallowed the safeguards or reminders behind it is melted as well.
    """
    listed = [rule for rule in rules if rule.kind is TaskKind.TASK]
    melted = {
        task.id: inner
        for task in model
        if len(inner := [rule for rule in rules if _holds(task, rule)]) >= _SPLIT
        and any(rule.kind is TaskKind.TASK for rule in inner)
    }
    agreed = sum(any(same_task(task, rule) for rule in listed) for task in model if task.id not in melted)
    if not melted or agreed < len(melted):
        return tuple(model)
    return tuple(
        part
        for task in model
        for part in ([_replaced(rule, task.title) for rule in melted[task.id]] if task.id in melted else [task])
    )


def _replaced(rule: Task, model: str) -> Task:
    """A task of the rules that stands on another level than the model's."""
    difference = Difference(field="level", model=model, rules=rule.title)
    return rule.model_copy(update={"decision": Decision(by=DecisionBy.SOURCE, differences=(difference,))})


def _decided(item: _Item, by: DecisionBy) -> _Item:
    """An item that only one of the two has, kept."""
    name = item.title if isinstance(item, Task) else f"{item.name} {item.raw}"
    difference = (
        Difference(field="item", model=name) if by is DecisionBy.MODEL else Difference(field="item", rules=name)
    )
    return item.model_copy(update={"decision": item.decision or Decision(by=by, differences=(difference,))})


def _touches(one: Task, other: Task) -> bool:
    return min(one.evidence.end, other.evidence.end) > max(one.evidence.start, other.evidence.start)


def _between_confirmed(task: Task, listed: Sequence[Task], model: Sequence[Task]) -> bool:
    """Whether the model has the neighbours of a member of the rules' list: one when it is marked, else both."""
    if task.kind is not TaskKind.TASK:
        return False
    at = next((index for index, other in enumerate(listed) if other.id == task.id), None)
    if at is None:
        return False
    neighbours = [*listed[max(0, at - 1) : at], *listed[at + 1 : at + 2]]
    agreed = sum(any(same_task(neighbour, other) for other in model) for neighbour in neighbours)
    return agreed >= (_BOTH if task.marker is None else 1)


def _indicators(
    model: Sequence[Indicator],
    rules: Sequence[Indicator],
    unanswered: Sequence[SourceRange],
    rejected: Sequence[Rejected],
    doc_id: str,
    *,
    failed: bool,
) -> tuple[list[Indicator], list[Indicator], list[Problem]]:
    kept = [_confirmed(one, any(same_indicator(one, other) for other in rules)) for one in model]
    asked = [one for one in rules if not _inside(one, unanswered)]
    missed = [one for one in asked if not any(same_indicator(one, other) for other in model)]
    lost, sure = ([one for one in some if _is_sure(one)] for some in (missed, asked))
    lossy = len(lost) >= max(_MORE_THAN_ONE, _LOST_SHARE * len(sure))
    extra = [one for one in rules if _inside(one, unanswered)]
    unproven = [one.raw for one in rejected if one.item == "indicator"]
    problems: list[Problem] = []
    for one in missed:
        clashes = [other for other in model if _same_place(one, other)]
        filled = failed or (lossy and _is_sure(one)) or any(_speaks_of(raw, one) for raw in unproven)
        if not clashes and filled:
            extra.append(_decided(one, DecisionBy.RULES))
        problems.append(_missed(one, clashes, doc_id))
    if lossy:
        problems.insert(0, _incomplete(len(lost), len(sure), doc_id))
    return kept, extra, problems


def _missed(one: Indicator, clashes: Sequence[Indicator], doc_id: str) -> Problem:
    if not clashes:
        return _problem(ProblemKind.RULES_ONLY, one, doc_id)
    return _problem(ProblemKind.READING_DIFFERS, one, doc_id, other=f"{clashes[0].name} {clashes[0].raw}")


def _incomplete(missed: int, asked: int, doc_id: str) -> Problem:
    return problem(ProblemKind.INCOMPLETE_ANSWERS, {"missed": missed, "total": asked}, document=doc_id)


def _speaks_of(raw: str, indicator: Indicator) -> bool:
    """Whether an item that was refused names this value or a part of this name."""
    parts = [part for part in indicator.name.split() if len(part) >= _LEAST_NAME]
    return indicator.raw in raw or any(part in raw for part in parts)


def _same_place(one: Indicator, other: Indicator) -> bool:
    """Whether two indicators quote the same printed value's end: one of the two readings is wrong."""
    return one.evidence.end == other.evidence.end


def _inside(item: Task | Indicator, ranges: Sequence[SourceRange]) -> bool:
    return any(start <= item.evidence.start < end for start, end in ranges)


def _confirmed(item: _Item, agrees: bool) -> _Item:
    if not agrees:
        return _decided(item, DecisionBy.MODEL)
    return item.model_copy(update={"confirmed_by": Origin.HEURISTIC}) if item.origin is Origin.MODEL else item


def _problem(kind: ProblemKind, item: Task | Indicator, doc_id: str, **more: str) -> Problem:
    what, name = ("task", item.title) if isinstance(item, Task) else ("indicator", f"{item.name} {item.raw}")
    return problem(kind, {"what": what, "name": name, **more}, document=doc_id, span=item.evidence)


def _numbered_tasks(tasks: Sequence[Task], doc_id: str) -> tuple[Task, ...]:
    ordered = sorted(tasks, key=lambda task: (task.kind is not TaskKind.TASK, task.evidence.start))
    return tuple(
        task.model_copy(update={"id": f"{doc_id}.t{ordinal}", "ordinal": ordinal})
        for ordinal, task in enumerate(ordered, 1)
    )


def _numbered(indicators: Sequence[Indicator], doc_id: str) -> tuple[Indicator, ...]:
    return tuple(one.model_copy(update={"id": f"{doc_id}.i{number}"}) for number, one in enumerate(indicators, 1))
