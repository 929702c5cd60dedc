"""Reached or to be reached, and for which time: the part of the text decides first, then printed times, then near words."""

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

__all__ = ["Period", "Periods", "status_of"]

_PLANNED = frozenset({Horizon.OUTLOOK, Horizon.WORK, Horizon.SAFEGUARD, Horizon.NEAR_TERM})


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure holds for as it is printed; ``lean`` says whether it lies behind or ahead of the text's own year."""

    printed: str
    lean: Status | None


def status_of(
    text: str, clause: tuple[int, int], sentence_start: int, horizon: Horizon, period: Period | None = None
) -> Status:
    """Status of a figure whose clause is ``text[clause]`` in a part with this horizon.

    A report's own parts decide (提高到 stands in both); only an explicit cue or a year on the other side overrules them.
    Elsewhere the year decides, then the nearest cue of the sentence; without any a printed figure is a fact.
    """
    words = lexicon()
    start, end = clause
    lean = period.lean if period else None
    if horizon is Horizon.PAST:
        ahead = period is not None and lean is Status.TARGET and period.printed.startswith(("到", "至"))
        return Status.TARGET if ahead or words.target_inside_past.search(text, start, end) else Status.ACHIEVED
    if horizon in _PLANNED:
        if lean is not Status.ACHIEVED and not words.past_inside_plan.search(text, start, end):
            return Status.TARGET
        return Status.ACHIEVED
    if lean is not None:
        return lean
    for low in (start, sentence_start):
        target, achieved = (_last(cues, text, low, end) for cues in (words.target, words.achieved))
        if target != achieved:
            return Status.TARGET if target > achieved else Status.ACHIEVED
    this_year = period is not None and period.printed.startswith("今年") and horizon is Horizon.SITUATION
    return Status.TARGET if this_year else Status.ACHIEVED


def _last(cues: re.Pattern[str], text: str, start: int, end: int) -> int:
    return max((match.start() for match in cues.finditer(text, start, end)), default=-1)


_AIMS = ("确保", "力争", "争取")
_BASE_MARKS = tuple("较比与同从由自")
_VAGUE = frozenset(
    {"全年", "当年", "本年", "年初", "年内", "上年同期", "去年同期", "上年", "上一年", "前年", "年底", "年末"}
)
_BEHIND = re.compile(r"去年|上年|过去|[年间]来$|以来$")
_CHANGED = tuple("高升加大长降少低小增至展")
_ADVERBIAL = "在到至截于是出省市县区州国我"
_AHEAD = re.compile(r"未来|明年|今后|下一")
_PARAGRAPH = 3000
_HEAD = 20
"""A time that opens a paragraph (五年来，…; 会议指出，“十四五”时期…) stands within its first characters."""
_LOOK_BACK = 12
_SENTENCE_END = "。！？；\n"
_NUMBERED = re.compile(r"[〔\[（(](20\d\d)[〕\]）)]\d{0,4}号?")
_PLAN_YEARS = 4
"""From the last year of a five-year plan back to its first."""
_OPENING = 600
"""The year of the text itself is looked for in its title, date line and first paragraph."""


@dataclass(frozen=True)
class Periods:
    """The times of a text, to be asked for the one that a figure holds for."""

    text: str
    times: Sequence[Time] = field(default=())

    @cached_property
    def year(self) -> int | None:
        """The year the text speaks from: a whole date, a document number, the title's year or plan, else the first year."""
        opening = [time for time in self.times if time.start < _OPENING and time.year]
        if dated := next((time.year for time in opening if time.kind is TimeKind.DATE), None):
            return dated
        if number := _NUMBERED.search(self.text, 0, _OPENING):
            return int(number[1])
        title = self.text.find("\n", len(self.text) - len(self.text.lstrip())) % (len(self.text) + 1)
        opening.sort(key=lambda time: (time.start > title, time.kind is TimeKind.PLAN))
        opening = [time for time in opening if not self._aimed_at(time)]
        if not opening:
            return None
        first = opening[0]
        return first.year - _PLAN_YEARS if first.year and first.kind is TimeKind.PLAN else first.year

    def _aimed_at(self, time: Time) -> bool:
        """到2027年, 确保2027年通过评估: a year that is aimed at is not the year the text speaks from."""
        return self.text[time.start] in "到至" or self.text.endswith(_AIMS, max(0, time.start - 2), time.start)

    @cached_property
    def _usable(self) -> list[Time]:
        """Times that can be a period: no days, no clock, none that a change is measured against (较2020年, 比上年)."""
        return [
            time
            for time in self.times
            if time.kind not in (TimeKind.DATE, TimeKind.CLOCK)
            and self.text[max(0, time.start - 1) : time.start] not in _BASE_MARKS
            and self.text[time.start : time.end] not in _VAGUE
        ]

    @cached_property
    def _starts(self) -> list[int]:
        return [time.start for time in self._usable]

    def of(self, start: int, sentence_start: int, section: Section | None) -> Period | None:
        """The time printed nearest before ``start`` in its sentence, else one that opens an earlier sentence of its
        paragraph (or the paragraph itself), else that over its part."""
        index = bisect_left(self._starts, start) - 1
        if index >= 0 and self._starts[index] >= sentence_start:
            return self._period(self._usable[index], self.text)
        head = self.text.rfind("\n", max(0, sentence_start - _PARAGRAPH), sentence_start) + 1
        for time in reversed(self._usable[max(0, index - _LOOK_BACK + 1, bisect_left(self._starts, head)) : index + 1]):
            if time.start < head + _HEAD or self.text[time.start - 1] in _SENTENCE_END:
                return self._period(time, self.text)
        return None if section is None else self._of_section(section)

    def _of_section(self, section: Section) -> Period | None:
        printed = section.period or (self.text[slice(*section.heading)] if section.heading else "")
        return next((self._period(time, printed) for time in find_times(printed)), None)

    def _period(self, time: Time, text: str) -> Period:
        printed = text[time.start : time.end]
        if printed[0] in "到至" and text[max(0, time.start - 1) : time.start] in _CHANGED:
            printed = printed[1:]  # 提高到2025年的78岁: the first character belongs to the verb
        return Period(printed, self._lean(time, printed))

    def _lean(self, time: Time, printed: str) -> Status | None:
        """Behind or ahead; a time inside a noun phrase (加快建设“十四五”批复的基地) says nothing of the clause."""
        before = self.text[time.start - 1 : time.start] if self.text.startswith(printed, time.start) else ""
        if time.kind is TimeKind.PLAN and before.isalpha() and before not in _ADVERBIAL:
            return None
        if time.year is not None and self.year is not None:
            if time.year < self.year:
                return Status.ACHIEVED
            return Status.TARGET if time.year > self.year else None
        if _BEHIND.search(printed):
            return Status.ACHIEVED
        return Status.TARGET if _AHEAD.search(printed) else None
