"""Reached or to be reached, and for which time: the part of the text decides first, then the words near the figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.heuristic.lexicon import lexicon
from summarizer.language.dates import Time, TimeKind, find_times
from summarizer.outline.model import Horizon, Section
from summarizer.schema import Status

__all__ = ["Periods", "status_of"]

_PLANNED = frozenset({Horizon.OUTLOOK, Horizon.WORK, Horizon.SAFEGUARD, Horizon.NEAR_TERM, Horizon.PRINCIPLES})


def status_of(text: str, clause: tuple[int, int], sentence_start: int, horizon: Horizon) -> Status:
    """Status of a figure whose clause is ``text[clause]`` in a part with this horizon.

    A report's own parts decide (提高到 stands in both); only an explicit cue in the clause overrules them. Elsewhere the
    nearest cue of the sentence decides, and without one a printed figure is a fact.
    """
    words = lexicon()
    start, end = clause
    if horizon is Horizon.PAST:
        return Status.TARGET if words.target_inside_past.search(text, start, end) else Status.ACHIEVED
    if horizon in _PLANNED:
        return Status.ACHIEVED if words.past_inside_plan.search(text, start, end) else Status.TARGET
    for low in (start, sentence_start):
        target, achieved = (_last(cues, text, low, end) for cues in (words.target, words.achieved))
        if target != achieved:
            return Status.TARGET if target > achieved else Status.ACHIEVED
    return Status.ACHIEVED


def _last(cues: re.Pattern[str], text: str, start: int, end: int) -> int:
    return max((match.start() for match in cues.finditer(text, start, end)), default=-1)


_BASE_MARKS = "较比与同从由自"
_VAGUE = frozenset({"全年", "当年", "本年", "年初", "年内", "上年同期", "去年同期", "上年", "上一年", "前年"})


@dataclass(frozen=True)
class Periods:
    """The times of a text, to be asked for the one that a figure holds for."""

    text: str
    times: Sequence[Time] = field(default=())

    @cached_property
    def _usable(self) -> list[Time]:
        """Times that can be a period: no days, no clock, none that a change is measured against (较2020年, 比上年)."""
        return [
            time
            for time in self.times
            if time.kind not in (TimeKind.DATE, TimeKind.CLOCK)
            and self.text[max(0, time.start - 1) : time.start] not in tuple(_BASE_MARKS)
            and self.text[time.start : time.end] not in _VAGUE
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [time.start for time in self._usable]

    def of(self, start: int, sentence_start: int, section: Section | None) -> str | None:
        """The time printed nearest before ``start`` in its sentence, else at the head of its paragraph, else over its part."""
        index = bisect_left(self._starts, start) - 1
        if index >= 0 and self._starts[index] >= sentence_start:
            return self._printed(self._usable[index])
        head = max(self.text.rfind("\n", max(0, sentence_start - _PARAGRAPH), sentence_start) + 1, 0)
        index = bisect_left(self._starts, head)
        if index < len(self._starts) and self._starts[index] < min(head + _HEAD, sentence_start):
            return self._printed(self._usable[index])
        if section is None:
            return None
        return section.period or self._in_heading(section)

    def _in_heading(self, section: Section) -> str | None:
        if section.heading is None:
            return None
        return next((self._printed(time) for time in find_times(self.text, *section.heading)), None)

    def _printed(self, time: Time) -> str:
        return self.text[time.start : time.end].rstrip()


_PARAGRAPH = 3000
_HEAD = 12
"""A time that opens a paragraph (五年来，…) within its first characters holds for all of it."""
