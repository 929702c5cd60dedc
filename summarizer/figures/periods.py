"""For which time a figure holds: the printed time nearest before it, or the one that its paragraph or part turned to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from summarizer.language.characters import BLANKS, COLONS, COMMAS, ENUMERATION_COMMA, STOPS, WIDE_SEMICOLON
from summarizer.language.cues import outline_cues
from summarizer.language.dates import Time, TimeKind
from summarizer.language.figure_cues import figure_cues
from summarizer.outline.model import Section
from summarizer.schema import CleanOffset, Horizon, Status
from summarizer.source.text import clean_range

__all__ = ["AHEAD_PARTS", "Period", "Periods"]

AHEAD_PARTS = frozenset({Horizon.OUTLOOK, Horizon.WORK, Horizon.SAFEGUARD, Horizon.NEAR_TERM, Horizon.PRINCIPLES})
"""Parts that look ahead."""


@dataclass(frozen=True, slots=True)
class Period:
    """The time a figure holds for, ``text[start:end] == printed``; ``lean`` says whether it lies behind or ahead of the
    text's own year.
    """

    start: CleanOffset
    end: CleanOffset
    printed: str
    lean: Status | None


_CUES = figure_cues().periods
_AIMS = _CUES.aims.words
_BASE_MARKS = _CUES.base_marks.words
_VAGUE = _CUES.vague.words
_BEHIND = _CUES.behind.pattern
_CHANGED = _CUES.changed.words
_ADVERBIAL = "".join(_CUES.adverbial.words)
_AHEAD = _CUES.ahead.pattern
_PARAGRAPH = 3000
_HEAD = 20
"""A time that opens a paragraph (五年来，…; 会议指出，“十四五”时期…) stands within its first characters."""
_LOOK_BACK = 12
_SENTENCE_END = STOPS + WIDE_SEMICOLON + "\n"
_BEFORE_OPENER = _SENTENCE_END + COMMAS + COLONS + ENUMERATION_COMMA + "）)!?." + BLANKS
"""What stands before a time that opens a sentence: the end of another, a speaker, an address, a marker."""
_OPENING_SENTENCES = 80
"""A paragraph turns to another time in its first sentences: 各位代表！2025年是…收官之年。五年来，…"""
_SPEAKER = 8
"""In its first sentence a time opens it right at the start, or behind a marker or a speaker as short as 会议指出，."""
_OPENER = _CUES.opener.pattern
_ONE_YEAR = _CUES.one_year.pattern
_A_YEAR = _CUES.year.pattern
_PASSING = _CUES.passing.pattern
_ATTRIBUTE = _CUES.attribute.pattern
_MULTIPLE = _CUES.multiple.pattern
_SAME_SERIES = _CUES.same_series.pattern
_NOW = _CUES.now.pattern
_EACH = _CUES.each.pattern
_OWN_FIGURE = _CUES.own_figure.pattern
"""What joins a time to the figure behind it, when more of the sentence follows."""
_HEADING_WINDOW = 60
"""A part without a heading names its time within these characters, as the outline reads it."""
_PLAN_YEARS = 4
"""From the last year of a five-year plan back to its first."""
_OPENING = 600
"""The year of the text itself is looked for in its title, date line and first paragraph."""


_WRONG_SIDE: dict[Horizon | int, Status] = {Horizon.PAST: Status.TARGET, Horizon.WORK: Status.ACHIEVED}
"""A look-back turns to no time ahead of the text, a plan to none behind it."""


def _side(section: Section) -> Horizon | int:
    """What a part shares its time with: all look-backs, all parts that look ahead, any other with itself alone."""
    if section.horizon in AHEAD_PARTS:
        return Horizon.WORK
    return Horizon.PAST if section.horizon is Horizon.PAST else section.start


@dataclass(frozen=True)
class Periods:
    """The times of a text, to be asked for the one that a figure holds for."""

    text: str
    times: Sequence[Time] = field(default=())
    sections: Sequence[Section] = field(default=())
    known: int | None = None
    """The year the text speaks from where that is known; otherwise the first year of its opening is taken for it."""

    @cached_property
    def year(self) -> int | None:
        """The year the text speaks from: a whole date, a document number, the title's year or plan, else the first year."""
        if self.known is not None:
            return self.known
        opening = [time for time in self.times if time.start < _OPENING and time.year]
        if dated := next((time.year for time in opening if time.kind is TimeKind.DATE), None):
            return dated
        if number := outline_cues().own_number.pattern.search(self.text, 0, _OPENING):
            return int(number["year"])
        title = self.text.find("\n", len(self.text) - len(self.text.lstrip())) % (len(self.text) + 1)
        opening.sort(key=lambda time: (time.start > title, time.kind is TimeKind.PLAN))
        opening = [time for time in opening if not self._aimed_at(time)]
        if not opening:
            return None
        first = opening[0]
        return first.year - _PLAN_YEARS if first.year and first.kind is TimeKind.PLAN else first.year

    def _aimed_at(self, time: Time) -> bool:
        """到2027年, 确保2027年通过评估: a year that is aimed at is not the year the text speaks from."""
        return self.text[time.start] in _CUES.until.words or self.text.endswith(
            _AIMS, max(0, time.start - 2), time.start
        )

    @cached_property
    def usable(self) -> list[Time]:
        """Times that can be a period: no days, no clock, none that a change is measured against (较2020年, 比上年)."""
        return [
            time
            for time in self.times
            if time.kind not in (TimeKind.DATE, TimeKind.CLOCK)
            and self.text[max(0, time.start - 1) : time.start] not in _BASE_MARKS
            and self.text[time.start : time.end] not in _VAGUE
            and not self._in_passing(time)
            and _MULTIPLE.match(self.text, time.end) is None
        ]

    def _in_passing(self, time: Time) -> bool:
        """“十五五”开局之年, 建设“十四五”批复的基地: a plan that is named, but not the time of what is said."""
        if time.kind is not TimeKind.PLAN or self.text.endswith(_CUES.plan_tail.words, time.start, time.end):
            return False
        return self._in_noun(time) or _PASSING.match(self.text, time.end) is not None

    def _in_noun(self, time: Time) -> bool:
        before = self.text[max(0, time.start - 1) : time.start]
        return before.isalpha() and before not in _ADVERBIAL

    @cached_property
    def _starts(self) -> list[int]:
        return [time.start for time in self.usable]

    def of(self, start: int, sentence_start: int, section: Section | None) -> Period | None:
        """The time printed nearest before ``start`` in its sentence, else one that opens an earlier sentence of its
        paragraph (or the paragraph itself), else the one that the text last turned to in this part or those like it."""
        return next(self._candidates(start, sentence_start, section), None)

    def candidates(self, start: int, sentence_start: int, section: Section | None) -> list[Period]:
        """Every time that may govern a figure at ``start``, the one that does first."""
        return list(self._candidates(start, sentence_start, section))

    def _candidates(self, start: int, sentence_start: int, section: Section | None) -> Iterator[Period]:
        undated = self._undated(start, sentence_start)
        index = bisect_left(self._starts, start) - 1
        while index >= 0 and self._starts[index] >= sentence_start:
            while undated and undated[-1].start > self._starts[index]:
                yield undated.pop()
            if not self._belongs_before(self.usable[index], start):
                yield self._period(self.usable[index])
            index -= 1
        yield from reversed(undated)
        head = self.text.rfind("\n", max(0, sentence_start - _PARAGRAPH), sentence_start) + 1
        for time in reversed(self.usable[max(0, index - _LOOK_BACK + 1, bisect_left(self._starts, head)) : index + 1]):
            if time.kind is not TimeKind.MONTH and (
                time.start < head + _HEAD or self.text[time.start - 1] in _SENTENCE_END
            ):
                yield self._period(time)
        if section is not None and (carried := self._carried(start, section)):
            yield carried

    def _undated(self, start: int, sentence_start: int) -> list[Period]:
        """截至目前 in the sentence before ``start`` and 每年 in its clause: times that name no days, in order.

        截至目前 holds beyond a semicolon, until another time is printed.
        """
        whole = max(self.text.rfind(mark, max(0, start - _PARAGRAPH), start) for mark in STOPS + "\n") + 1
        dated = bisect_left(self._starts, sentence_start)
        after = self.usable[dated - 1].end if dated else 0
        found: list[tuple[re.Match[str], Status | None]] = [
            (match, Status.ACHIEVED) for match in _NOW.finditer(self.text, max(whole, after), start)
        ]
        found += [(match, None) for match in _EACH.finditer(self.text, sentence_start, start)]
        found.sort(key=lambda one: one[0].start())
        return [Period(*clean_range(*match.span()), match.group(), lean) for match, lean in found]

    def _belongs_before(self, time: Time, start: int) -> bool:
        """增长到2025年的4.93万亿元、实现…: a time that is joined to its own figure by 的 says nothing of later ones, but for
        the change of the same figure (，增长了44倍).
        """
        own = _OWN_FIGURE.match(self.text, time.end, start)
        return own is not None and _SAME_SERIES.fullmatch(self.text, own.end() - 1, start) is None

    def _carried(self, start: int, section: Section) -> Period | None:
        """The last turn before ``start``; plans without any speak of the year in the text's title or lead."""
        turns = self._turns.get(_side(section), [])
        index = bisect_left(turns, start, key=lambda turn: turn[0]) - 1
        if index >= 0:
            return turns[index][1]
        return self._own_year if section.horizon in AHEAD_PARTS else None

    @cached_property
    def _turns(self) -> dict[Horizon | int, list[tuple[int, Period]]]:
        """Where parts of each side turn to a time, in order: at their headings and where a paragraph opens with one."""
        turns: dict[Horizon | int, list[tuple[int, Period]]] = {}
        for section in self.sections:
            found: list[tuple[int, Period | None]] = [(section.start, self._of_heading(section))]
            first, last = (bisect_left(self._starts, offset) for offset in (section.start, section.end))
            for time in filter(self._opens, self.usable[first:last]):
                period, current = self._period(time), found[-1][1]
                # Under 2025年工作回顾, 一年来 is that year again: the printed year says more.
                if not (current and _A_YEAR.fullmatch(current.printed) and _ONE_YEAR.match(period.printed)):
                    found.append((time.start, period))
            wrong = _WRONG_SIDE.get(_side(section))
            kept = [(at, period) for at, period in found if period and (wrong is None or period.lean is not wrong)]
            turns.setdefault(_side(section), []).extend(kept)
        return turns

    def _opens(self, time: Time) -> bool:
        """Whether a paragraph turns to ``time``, so that the next ones go on with it: no month, no goal's year (到2030年)."""
        text, printed = self.text, self.text[time.start : time.end]
        start = time.start
        if told := _ATTRIBUTE.search(text, max(0, start - _HEAD), start):
            start = told.start()  # 刚刚过去的2025年 opens as 2025年 does
        before = text[max(0, start - 1) : start]
        if (
            before not in _BEFORE_OPENER
            or text[time.end : time.end + 1].isdigit()
            or printed.endswith(_CUES.before.words)
        ):
            return False
        head = text.rfind("\n", max(0, start - _OPENING_SENTENCES), start) + 1
        if start - head > (_OPENING_SENTENCES if before in _SENTENCE_END else _SPEAKER):
            return False
        if time.kind is TimeKind.YEAR:
            return self.year is not None and time.year in (self.year - 1, self.year) and not self._aimed_at(time)
        return time.kind is TimeKind.PLAN or _OPENER.search(printed) is not None

    def _of_heading(self, section: Section) -> Period | None:
        """The first time of a heading or opener that is not named in passing."""
        start, end = section.heading or (section.start, min(section.end, section.start + _HEADING_WINDOW))
        index = bisect_left(self._starts, start)
        if index < len(self._starts) and self._starts[index] < end:
            return self._period(self.usable[index])
        return None

    @cached_property
    def _own_year(self) -> Period | None:
        """The text's own year where its title or lead prints it as a year: 2026年重点工作安排, 部署2026年工作."""
        end = next((section.end for section in self.sections if section.horizon is Horizon.LEAD), 0)
        for time in self.usable[: bisect_left(self._starts, min(end, _OPENING))]:
            if time.kind is TimeKind.YEAR and time.year == self.year and not self._aimed_at(time):
                return self._period(time)
        return None

    def _period(self, time: Time) -> Period:
        start = time.start
        if self.text[start] in _CUES.until.words and self.text[max(0, start - 1) : start] in _CHANGED:
            start += 1  # 提高到2025年的78岁: the first character belongs to the verb
        printed = self.text[start : time.end]
        return Period(*clean_range(start, time.end), printed, self._lean(time, printed))

    def _lean(self, time: Time, printed: str) -> Status | None:
        """Behind or ahead; a time inside a noun phrase (加快建设“十四五”批复的基地) says nothing of the clause."""
        if time.kind is TimeKind.PLAN and self._in_noun(time):
            return None
        if time.year is not None and self.year is not None:
            if time.year < self.year:
                return Status.ACHIEVED
            return Status.TARGET if time.year > self.year else None
        if _BEHIND.search(printed):
            return Status.ACHIEVED
        return Status.TARGET if _AHEAD.search(printed) else None
