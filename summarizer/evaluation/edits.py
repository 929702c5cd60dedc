"""Change a text and carry its gold along: every span of the changed gold is exact in the changed text."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from summarizer.evaluation.annotation import AlternativeLevel, GoldHeading, GoldIndicator, GoldStep, GoldTask
from summarizer.evaluation.gold import Gold
from summarizer.evaluation.overlap import SolidText
from summarizer.schema import JsonObject, SourceOffset, Span

__all__ = ["Edit", "EditedText", "edit_gold"]

_NICKED = 4
"""Characters that a task may lose (its marker) and still be asked for."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """``text[start:end]`` becomes ``new``; an insertion has ``start == end``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class EditedText:
    """A text after edits (sorted, disjoint), with the way from old offsets to new ones."""

    old: str
    edits: tuple[Edit, ...]

    @classmethod
    def of(cls, old: str, edits: Iterable[Edit]) -> EditedText:
        """Sort the edits; of two that overlap the first stays."""
        kept: list[Edit] = []
        for edit in sorted(edits):
            if not kept or edit.start >= kept[-1].end:
                kept.append(edit)
        return cls(old, tuple(kept))

    @cached_property
    def text(self) -> str:
        pieces, at = [], 0
        for edit in self.edits:
            pieces += [self.old[at : edit.start], edit.new]
            at = edit.end
        return "".join([*pieces, self.old[at:]])

    @cached_property
    def _starts(self) -> list[int]:
        return [edit.start for edit in self.edits]

    @cached_property
    def _ends(self) -> list[int]:
        return [edit.end for edit in self.edits]

    @cached_property
    def _growth(self) -> list[int]:
        """How much longer the text is after the first i edits."""
        return [0, *accumulate(len(edit.new) - (edit.end - edit.start) for edit in self.edits)]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where ``[start, end)`` stands now. What was inserted at either edge stays outside; what was cut is gone."""
        done = bisect_right(self._ends, start)
        if done < len(self.edits) and self.edits[done].start < start:
            first = self.edits[done].start + self._growth[done]
        else:
            first = start + self._growth[done]
        begun = bisect_left(self._starts, end)
        if begun and self.edits[begun - 1].end > end:
            last = self.edits[begun - 1].end + self._growth[begun]
        else:
            last = end + self._growth[begun]
        return first, max(first, last)

    def share_left(self, start: int, end: int, solid: SolidText) -> float:
        """Share of the characters of ``[start, end)`` that no edit took away without putting something in their place."""
        cut = sum(solid.shared(_span(start, end), _span(edit.start, edit.end)) for edit in self.edits if not edit.new)
        whole = solid.length(start, end)
        return 1 - cut / whole if whole else 0.0


def _span(start: int, end: int) -> Span:
    return Span(start=SourceOffset(start), end=SourceOffset(end))


def edit_gold(gold: Gold, edits: Iterable[Edit], *, restate: Callable[[str], str] = lambda printed: printed) -> Gold:
    """Apply edits to a fixture's text and carry its gold along.

    Headlines, steps, values and quotes are read anew from the changed text; ``restate`` says how the other verbatim fields
    (names, units, times, responsible units, decoys) are printed now. An item that was cut away is dropped,
    one that was cut into is optional. Another level that lost a headline is dropped whole, and so are decoys that are no
    longer printed. What a text is, and which days its times name, does not change.
    """
    edited = EditedText.of(gold.text, edits)
    solid, text, facts = SolidText.of(gold.text), edited.text, gold.annotation
    tasks = [moved for task in facts.tasks if (moved := _task(task, edited, solid, restate)) is not None]
    indicators = [new for item in facts.indicators if (new := _indicator(item, edited, solid, restate)) is not None]
    ranges = facts.annotated_ranges
    decoys = dict.fromkeys(printed for decoy in facts.decoys for printed in (decoy, restate(decoy)))
    annotation = facts.model_copy(
        update={
            "sha256": hashlib.sha256(text.encode("utf-8")).hexdigest(),
            "tasks": tuple(tasks),
            "alternative_level": _alternative(facts.alternative_level, edited, solid),
            "indicators": tuple(indicators),
            "annotated_ranges": None if ranges is None else tuple(edited.span(*pair) for pair in ranges),
            "decoys": tuple(decoy for decoy in decoys if decoy in text),
        }
    )
    return replace(gold, text=text, annotation=annotation)


def _task(task: GoldTask, edited: EditedText, solid: SolidText, restate: Callable[[str], str]) -> GoldTask | None:
    left = edited.share_left(task.start, task.end, solid)
    start, end = edited.span(task.start, task.end)
    if left <= 0 or start == end:
        return None
    title = None if task.title is None else (_reprinted(task.title, task.start, edited) or None)
    steps = task.steps
    if steps is not None:
        steps = tuple(new for step in steps if (new := _step(step, edited, solid, restate)) is not None)
    return task.model_copy(
        update={
            "start": start,
            "end": end,
            "title": title,
            "optional": task.optional or left < 1 - _NICKED / max(solid.length(task.start, task.end), _NICKED),
            "group": None if task.group is None else tuple(_group(task, edited)),
            "steps": steps,
            **_duties(task, restate),
        }
    )


def _reprinted(part: str, after: int, edited: EditedText) -> str:
    """How the first ``part`` at or after an old offset is printed now."""
    at = edited.old.index(part, after)
    return edited.text[slice(*edited.span(at, at + len(part)))]


def _group(task: GoldTask, edited: EditedText) -> Iterator[str]:
    """The headlines above as they are printed now; one that was cut away is none any more."""
    for title in task.group or ():
        at = edited.old.rindex(title, 0, task.start)
        if printed := edited.text[slice(*edited.span(at, at + len(title)))]:
            yield printed


def _duties(holder: GoldTask | GoldStep, restate: Callable[[str], str]) -> JsonObject:
    return {
        "lead": tuple(restate(unit) for unit in holder.lead),
        "support": tuple(restate(unit) for unit in holder.support),
        "deadline": None if holder.deadline is None else restate(holder.deadline),
    }


def _step(step: GoldStep, edited: EditedText, solid: SolidText, restate: Callable[[str], str]) -> GoldStep | None:
    if edited.share_left(step.start, step.end, solid) < 1:
        return None
    start, end = edited.span(step.start, step.end)
    place = {"start": start, "end": end, "text": _reprinted(step.text, step.start, edited)}
    return step.model_copy(update={**place, **_duties(step, restate)})


def _alternative(level: AlternativeLevel | None, edited: EditedText, solid: SolidText) -> AlternativeLevel | None:
    if level is None or any(edited.share_left(item.start, item.end, solid) < 1 for item in level.tasks):
        return None
    return level.model_copy(update={"tasks": tuple(_heading(item, edited) for item in level.tasks)})


def _heading(item: GoldHeading, edited: EditedText) -> GoldHeading:
    start, end = edited.span(item.start, item.end)
    title = _reprinted(item.title, item.start, edited)
    return item.model_copy(update={"start": start, "end": end, "title": title})


def _indicator(
    item: GoldIndicator, edited: EditedText, solid: SolidText, restate: Callable[[str], str]
) -> GoldIndicator | None:
    if edited.share_left(item.start, item.end, solid) < 1:
        return None
    start, end = edited.span(item.start, item.end)
    at = item.start + item.quote.index(item.raw)
    return item.model_copy(
        update={
            "start": start,
            "end": end,
            "quote": edited.text[start:end],
            "raw": edited.text[slice(*edited.span(at, at + len(item.raw)))],
            "name": restate(item.name),
            "name_full": None if item.name_full is None else restate(item.name_full),
            "unit": None if item.unit is None else restate(item.unit),
            "period": None if item.period is None else restate(item.period),
            "base_period": None if item.base_period is None else restate(item.base_period),
        }
    )
