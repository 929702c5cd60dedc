"""Proving tasks: every part of a proposed task is found in the chunk, or the task does not exist.

``first`` and ``last`` bound the task, the title and the measures stand inside. A part that is found nowhere takes its item
with it when the item means nothing without it (the bounds, the title), and only itself otherwise (a measure, a unit).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.extract.grounding import Found, GroundedText, Missed
from summarizer.extract.proposals import TaskProposal
from summarizer.extract.wire import WireTask
from summarizer.language.characters import (
    CLAUSE_BREAKS,
    CLOSERS,
    COLONS,
    COMMAS,
    ENUMERATION_COMMA,
    FULL_STOP,
    SEMICOLONS,
)
from summarizer.language.fold import fold
from summarizer.language.markers import marker_before
from summarizer.outline.model import Outline
from summarizer.schema import CleanOffset, Grounding, Horizon, Origin, Rejected, RejectionReason, TaskKind, rejected
from summarizer.source.text import CleanRange, TextRange, clean_range

__all__ = ["ProvenTasks", "prove_tasks"]

# What may still belong to a task after its last quoted words, and what may stand between a marker and the quoted words.
_CLOSING = FULL_STOP + "." + SEMICOLONS + "\uff01!" + CLOSERS
_AFTER_MARKER = " \u3000.．)\uff09" + ENUMERATION_COMMA + COMMAS + COLONS + FULL_STOP
_MARKS_BEHIND = " \u3000,.:"
# A title further from the task's first word than this belongs to another item.
_TITLE_WITHIN = 60
# A step that is cut out of its clause is given the rest of it when that is no longer than this.
_CLAUSE_WITHIN = 16


@dataclass(frozen=True, slots=True)
class ProvenTasks:
    """The proven tasks in text order, what was refused, and what a second question could win back."""

    tasks: tuple[TaskProposal, ...]
    rejected: tuple[Rejected, ...]
    repairable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Bounds:
    wire: WireTask
    start: int
    first_end: int
    grounding: Grounding


def prove_tasks(wires: Sequence[WireTask], text: GroundedText, window: TextRange, outline: Outline) -> ProvenTasks:
    """Prove the tasks that an answer proposes for the clean range ``window``."""
    refused: list[Rejected] = []
    repairable: list[str] = []
    bounds: list[_Bounds] = []
    for wire in wires:
        first = text.find(wire.first, within=window)
        if isinstance(first, Missed):
            refused.append(_refused(wire, first.reason, "first", first.difference))
            repairable.append(f"任务“{wire.title}”：first 不是原文里的字：{wire.first}")
        else:
            bounds.append(_Bounds(wire, first.start, first.end, first.grounding))
    bounds.sort(key=lambda found: found.start)
    tasks: list[TaskProposal] = []
    for index, found in enumerate(bounds):
        limit = next((later.start for later in bounds[index + 1 :] if later.start > found.start), window[1])
        proven = _prove(found, text, (window[0], limit), outline, at_end=limit == window[1])
        if isinstance(proven, _Refusal):
            refused.append(_refused(found.wire, proven.reason, proven.part, proven.difference))
            if proven.repair:
                repairable.append(f"任务“{found.wire.title}”：{proven.repair}")
        elif any((task.start, task.end) == (proven.task.start, proven.task.end) for task in tasks):
            refused.append(_refused(found.wire, RejectionReason.GIVEN_TWICE))
        else:
            tasks.append(proven.task)
            refused.extend(proven.lost)
    return ProvenTasks(tuple(tasks), tuple(refused), tuple(repairable))


@dataclass(frozen=True, slots=True)
class _Refusal:
    reason: RejectionReason
    repair: str | None = None
    part: str = ""
    difference: str = ""


@dataclass(frozen=True, slots=True)
class _Proof:
    task: TaskProposal
    lost: tuple[Rejected, ...]


def _prove(
    found: _Bounds, text: GroundedText, window: TextRange, outline: Outline, *, at_end: bool
) -> _Proof | _Refusal:
    wire = found.wire
    start = _with_marker(found.start, wire.marker, text.text, window[0])
    end = _end(found, text, window[1])
    if isinstance(end, Missed):
        return _Refusal(end.reason, f"last 不是原文里的字：{wire.last}", "last", end.difference)
    if outline.section_at(found.start).horizon is Horizon.PAST:
        return _Refusal(RejectionReason.LOOKS_BACK)
    title: CleanRange | None = None
    if wire.title.strip():
        named = text.find(wire.title, within=(start, min(end, window[1])), near=start)
        if isinstance(named, Missed):
            repair = f"title 不是这一任务原文里的字：{wire.title}"
            return _Refusal(named.reason, repair, "title", named.difference)
        if named.start - start > _TITLE_WITHIN:
            return _Refusal(RejectionReason.TITLE_APART, "title 与 first 不在一处")
        title = (named.start, named.end)
    elif start > window[0] + _TITLE_WITHIN:
        return _Refusal(RejectionReason.NO_TITLE, "缺 title")
    steps, lost = _steps(wire, text, (start, end), title)
    lead, lost_lead = _printed(wire.lead, "lead", text, (start, end))
    support, lost_support = _printed(wire.support, "support", text, (start, end))
    deadline, lost_deadline = _printed([wire.deadline] if wire.deadline else [], "deadline", text, (start, end))
    task = TaskProposal(
        CleanOffset(start),
        CleanOffset(end),
        title,
        _marker_at(start, wire.marker, text.text),
        wire.ordinal,
        TaskKind(wire.kind),
        steps,
        lead,
        support,
        deadline[0] if deadline else None,
        found.grounding,
        open=wire.last is None and at_end,
    )
    return _Proof(task, (*lost, *lost_lead, *lost_support, *lost_deadline))


def _end(found: _Bounds, text: GroundedText, limit: int) -> int | Missed:
    """The end of the first place at or behind the start where the closing words stand, before the next task begins."""
    if found.wire.last is None:
        return found.start + len(text.text[found.start : limit].rstrip())
    last = text.find(found.wire.last, within=(found.start, limit), near=found.start)
    if isinstance(last, Missed):
        return last
    end = max(last.end, found.first_end)
    while end < limit and text.text[end] in _CLOSING:
        end += 1
    return end


def _with_marker(start: int, marker: str | None, text: str, low: int) -> int:
    """Move the start back over the marker when the quoted first words begin after it."""
    if not marker or text.startswith(marker, start):
        return start
    before = text[max(low, start - len(marker) - 2) : start]
    bare = before.rstrip(_AFTER_MARKER)
    return start - len(before) + len(bare) - len(marker) if bare.endswith(marker.rstrip(_AFTER_MARKER)) else start


def _marker_at(start: int, marker: str | None, text: str) -> str | None:
    """The marker as the text prints it at the task's start; one that does not stand there is none."""
    if not marker:
        return None
    printed = text[start : start + len(marker) + 2]
    whole = fold(marker).text
    for wanted in (whole, whole.rstrip(_MARKS_BEHIND)):
        for length in range(1, len(printed) + 1):
            if wanted and fold(printed[:length]).text == wanted:
                return printed[:length]
    return None


def _steps(
    wire: WireTask, text: GroundedText, within: TextRange, title: CleanRange | None
) -> tuple[tuple[CleanRange, ...], list[Rejected]]:
    found: list[CleanRange] = []
    lost: list[Rejected] = []
    cursor = title[1] if title else within[0]
    for step in wire.measures:
        place = text.find(step, within=within, near=cursor)
        if isinstance(place, Found):
            whole = _whole_clause(text.text, (place.start, place.end), title or (within[0], within[0]), within[1])
            if (place.start, place.end) != title and whole not in found:
                found.append(whole)
                cursor = place.end
        else:
            lost.append(_lost("step", place, "step", step))
    return tuple(sorted(found)), lost


def _whole_clause(text: str, step: TextRange, title: TextRange, end: int) -> CleanRange:
    """The step with the clause that it stands in: 降低服务标准 out of 不得降低服务标准 would say the contrary."""
    start, stop = step
    low = max(title[1], start - _CLAUSE_WITHIN)
    at = start
    while at > low and text[at - 1] not in CLAUSE_BREAKS:
        at -= 1
    if (at > low or at == title[1]) and marker_before(text, at, start) is None:
        start = at
    at = stop
    while (
        at < min(end, stop + _CLAUSE_WITHIN) and text[at] not in CLAUSE_BREAKS and text[stop - 1] not in CLAUSE_BREAKS
    ):
        at += 1
    return clean_range(start, at if at < len(text) and (at == end or text[at] in CLAUSE_BREAKS) else stop)


def _printed(
    values: Sequence[str], part: str, text: GroundedText, within: TextRange
) -> tuple[tuple[CleanRange, ...], list[Rejected]]:
    """Where the text prints the values inside the task, each once."""
    kept: dict[str, CleanRange] = {}
    lost: list[Rejected] = []
    for value in values:
        place = text.find(value, within=within)
        if isinstance(place, Found):
            kept.setdefault(text.text[place.start : place.end], (place.start, place.end))
        else:
            lost.append(_lost("field", place, part, value))
    return tuple(kept.values()), lost


def _lost(item: Literal["step", "field"], missed: Missed, part: str, raw: str) -> Rejected:
    details: dict[str, str | int] = {"part": part, "difference": missed.difference}
    return rejected(item, Origin.MODEL, missed.reason, raw, details)


def _refused(wire: WireTask, reason: RejectionReason, part: str = "", difference: str = "") -> Rejected:
    details: dict[str, str | int] = {"part": part, "difference": difference}
    return rejected("task", Origin.MODEL, reason, json.dumps(wire.model_dump(), ensure_ascii=False), details)
