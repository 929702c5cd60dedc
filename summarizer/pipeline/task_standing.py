"""How far a task is proven: its duties and deadline are printed as such, its headline opens it, its part sets such tasks.

A unit that no expression of duty names, and a deadline that is no time before which something is to be done, are dropped by
themselves; the task lives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.heuristic.duties import duties_of
from summarizer.language.dates import find_times
from summarizer.language.duty_cues import duty_cues
from summarizer.language.fold import fold, simplified
from summarizer.pipeline.analysis import Analysis
from summarizer.schema import (
    Doubt,
    DoubtReason,
    Evidence,
    Horizon,
    ItemStanding,
    Rejected,
    RejectionReason,
    SourceOffset,
    Task,
    TaskKind,
    rejected,
)
from summarizer.source.text import clean_range

__all__ = ["stand_tasks"]

_KINDS = {
    Horizon.WORK: TaskKind.TASK,
    Horizon.SAFEGUARD: TaskKind.SAFEGUARD,
    Horizon.NEAR_TERM: TaskKind.NEAR_TERM,
}
_PROOF = duty_cues().proof
_LEADS = _PROOF.leads.pattern
_SUPPORTS = _PROOF.supports.pattern
_LABEL = _PROOF.label.pattern
_DUE = _PROOF.due.pattern
_TITLE_WITHIN = 16


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the program reads of a task's duties: units that lead and that support, folded, and deadlines."""

    lead: frozenset[str]
    support: frozenset[str]
    deadlines: frozenset[str]


def stand_tasks(analysis: Analysis, tasks: Sequence[Task]) -> tuple[tuple[Task, ...], tuple[Rejected, ...]]:
    """Each task with its standing, less the duties and deadlines that are not printed as such, and those as rejections."""
    refused: list[Rejected] = []
    return tuple(_stand(analysis, task, refused) for task in tasks), tuple(refused)


def _stand(analysis: Analysis, task: Task, refused: list[Rejected]) -> Task:
    printed = _printed(analysis, task)
    lead = [unit for unit in task.lead_evidence if _is_duty(analysis, unit, printed.lead, printed.support, _LEADS)]
    support = [
        unit for unit in task.support_evidence if _is_duty(analysis, unit, printed.support, frozenset(), _SUPPORTS)
    ]
    update: dict[str, object] = {}
    for part, kept, whole in (("lead", lead, task.lead_evidence), ("support", support, task.support_evidence)):
        if len(kept) < len(whole):
            refused.extend(_part(task, part, unit) for unit in whole if unit not in kept)
            update |= {part: tuple(unit.quote for unit in kept), f"{part}_evidence": tuple(kept)}
    deadline = task.deadline_evidence
    if deadline is not None and not _is_deadline(analysis, deadline, printed.deadlines):
        refused.append(_part(task, "deadline", deadline))
        update |= {"deadline": None, "deadline_evidence": None, "deadline_date": None}
    doubts = tuple(_doubts(analysis, task))
    if doubts:
        update |= {"standing": ItemStanding.CHECK, "reasons": (*task.reasons, *doubts)}
    return task.model_copy(update=update) if update else task


def _printed(analysis: Analysis, task: Task) -> _Printed:
    """The duties that the rules read in the task's range: by its words, and by the rows and steps that stand there."""
    view = analysis.reading.view
    start, end = task.evidence.start, task.evidence.end
    low, high = view.to_clean(start), view.to_clean(SourceOffset(end - 1))
    lead: set[str] = set()
    support: set[str] = set()
    deadlines: set[str] = set()
    if low is not None and high is not None:
        found = duties_of(view.text, low, high + 1)
        lead |= {view.text[slice(*unit)] for unit in found.lead}
        support |= {view.text[slice(*unit)] for unit in found.support}
        deadlines |= {view.text[slice(*found.deadline)]} if found.deadline else set()
    for rule in analysis.tasks:
        if rule.evidence.start < end and start < rule.evidence.end:
            for duties in (rule, *rule.steps):
                lead |= set(duties.lead)
                support |= set(duties.support)
                deadlines |= {duties.deadline} if duties.deadline else set()
    return _Printed(*(frozenset(fold(one).text for one in some) for some in (lead, support, deadlines)))


def _is_duty(
    analysis: Analysis, unit: Evidence, own: frozenset[str], other: frozenset[str], verbs: re.Pattern[str]
) -> bool:
    """Whether a unit is printed in this role: as the rules read it, before a verb of the role, or behind a label of units."""
    name = fold(unit.quote).text
    if name in own:
        return True
    if name in other:
        return False
    text = analysis.reading.view.source
    return (
        verbs.match(text, unit.end) is not None or _LABEL.search(text[max(0, unit.start - 80) : unit.start]) is not None
    )


def _is_deadline(analysis: Analysis, deadline: Evidence, printed: frozenset[str]) -> bool:
    """Whether the words are a time before or within which something is to be done."""
    if fold(deadline.quote).text in printed:
        return True
    words = simplified(deadline.quote)
    behind = analysis.reading.view.source[deadline.end : deadline.end + 2]
    timed = next(find_times(words), None) is not None or _DUE.fullmatch(words) is not None
    return timed and _DUE.search(words + behind) is not None


def _doubts(analysis: Analysis, task: Task) -> Iterator[Doubt]:
    start = analysis.reading.clean.to_clean(task.evidence.start)
    section = analysis.reading.section(start) if start is not None else None
    expected = _KINDS.get(section.horizon) if section else None
    if expected is not None and section is not None and expected is not task.kind:
        place = section.heading or clean_range(section.start, min(section.end, section.start + 1))
        yield Doubt(reason=DoubtReason.OTHER_KIND, evidence=analysis.reading.evidence(*place))
    at = task.evidence.quote.find(task.title)
    if at > len(task.marker or "") + _TITLE_WITHIN:
        yield Doubt(reason=DoubtReason.TITLE_APART, evidence=task.evidence)


def _part(task: Task, part: str, evidence: Evidence) -> Rejected:
    return rejected("field", task.origin, RejectionReason.NOT_BOUND, evidence.quote, {"part": part}, span=evidence)
