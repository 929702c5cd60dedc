"""The page around the article: which lines are furniture, from one walk with look-ahead.

The article is found from its strong lines (sentences, enumerated items, salutations); cue words and shapes mark the page
around it. A list of other pages or the foot of the page swallows what follows it only while no good part of the article
follows: dropping article text is worse than leaving furniture, so whatever no rule convicts is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from summarizer.source.contents_lines import contents_lines
from summarizer.source.furniture import COUNTER
from summarizer.source.lines import Line, is_chapter, is_heading
from summarizer.source.repeats import repeated_lines
from summarizer.source.site_header import site_header
from summarizer.source.text import Dropped

__all__ = ["Page", "Verdict"]

_RESUME_CHARS = 200  # strong text after a list or an ender that may be the article going on …
_RESUME_SHARE = 0.25  # … when it is at least this share of the strong text before it,
_RESUME_MOST = 0.6  # or, in a short article, this share
_LEAD_LINES = 60  # a page's head: edge words above the first strong line are searched no further than this
_TEASER_SHARE = 0.4  # share of cut or repeated lines that makes the lines after a source line teasers
_ATTACHED_LINES = 5  # 附件 with more lines than this below it is an attachment, with fewer a link
_DATELINE = re.compile(r"(?:本报|新华社|中新社|记者|近日|日前|昨日|\d{4}年|\d{1,2}月\d{1,2}日)")
_VALUE_CHARS = 25  # longest value on the line after a label such as 来源：


_TITLE_NOUNS = (
    "报告",
    "通知",
    "意见",
    "方案",
    "规划",
    "计划",
    "要点",
    "公报",
    "讲话",
    "办法",
    "规则",
    "决定",
    "公告",
    "召开",
    "条例",
)

Verdict = tuple[str, str]
"""Reason and detail; an empty reason keeps the line."""

_KEEP: Verdict = ("", "")


class Page:
    """One walk over the lines. ``_mass`` is the strong text at and after each line, so that looking ahead is free."""

    def __init__(self, lines: list[Line], furniture: tuple[Dropped, ...]) -> None:
        self._lines = lines
        self._out: list[Verdict] = [_KEEP] * len(lines)
        for index, drop in _inside(lines, furniture):
            self._out[index] = (drop.reason, drop.detail)
        passed = frozenset(index for index, out in enumerate(self._out) if out[0])
        for index, reason, detail in (*contents_lines(lines), *repeated_lines(lines, passed)):
            self._out[index] = self._out[index] if self._out[index][0] else (reason, detail)
        self._strong = [line.strong and not out[0] for line, out in zip(lines, self._out, strict=True)]
        masses = [len(line.text) if strong else 0 for line, strong in zip(lines, self._strong, strict=True)]
        self._mass = [*reversed(list(accumulate(reversed(masses)))), 0]
        self._first = next((i for i, strong in enumerate(self._strong) if strong), len(lines))
        self._last = next((i for i in range(len(lines) - 1, -1, -1) if self._strong[i]), -1)
        # Looked up at every ender, so counted once: cues at and after a line, and the next line where an article may go on.
        self._cues = [*reversed(list(accumulate(line.cue is not None for line in reversed(lines)))), 0]
        self._candidate = [len(lines)] * (len(lines) + 1)
        for i in range(len(lines) - 1, -1, -1):
            restart = self._strong[i] or (len(lines) - i > _ATTACHED_LINES and _is_attachment(lines[i].text))
            self._candidate[i] = i if restart else self._candidate[i + 1]

    def verdicts(self) -> list[Verdict]:
        """Reason and detail for each line."""
        for i, reason, detail in site_header(self._lines, min(self._first, _LEAD_LINES)):
            cue = self._lines[i].cue
            if not self._out[i][0]:
                self._out[i] = (cue.reason, cue.detail) if cue and cue.role != "list" else (reason, detail)
        index = 0
        while index < len(self._lines):
            index = self._step(index)
        return self._out

    def _step(self, index: int) -> int:
        """Judge the line at ``index``; return the index to go on with."""
        line = self._lines[index]
        cue = line.cue
        if self._out[index][0] or cue is None:
            if self._out[index][0] == "teaser":
                return self._swallow(index, "teaser")
            return index + 1
        if cue.role == "edge" and not self._is_page_word(index):
            return index + 1
        if cue.role == "meta":
            return self._meta(index)
        if cue.role == "date" and index > self._first:
            return index + 1  # a date between paragraphs or under a signature is the author's
        if cue.role in ("list", "end") and (cue.role == "end" or not self._is_heading_of_text(index)):
            return self._swallow(index, cue.reason)
        if cue.role != "list":
            self._drop(index)
        return index + 1

    def _is_page_word(self, index: int) -> bool:
        """Whether a word that may be a table cell (大, 12, 下载) stands where a page has its buttons."""
        if self._first < index < self._last:
            return False
        if index < self._first < len(self._lines) and self._lines[index].cue != COUNTER:
            return True
        beside = (self._next(index), self._previous(index))
        cues = [cue for i in beside if 0 <= i < len(self._lines) and (cue := self._lines[i].cue) is not None]
        # One such word beside another may be two cells: a surer sign is asked for.
        return any(cue.role != "edge" or len(cue.detail) > 2 for cue in cues if cue != COUNTER)

    def _drop(self, index: int) -> None:
        cue = self._lines[index].cue
        if cue is not None and not self._out[index][0]:
            self._out[index] = (cue.reason, cue.detail)

    def _meta(self, index: int) -> int:
        """A source, date or index-card line: dropped, with its value on the next line; after the article perhaps teasers follow."""
        line = self._lines[index]
        cue = line.cue
        assert cue is not None
        inside = self._first < index <= self._last
        if cue.reason == "metadata" and index > self._first:
            return index + 1
        # “时间：3月底前” in the article is a deadline; above it, with a day, it is the page's.
        timed = cue.detail[:2] in ("时间", "日期") and (inside or not any(c.isdigit() for c in line.text))
        # Where no line is a sentence (tables, duty lists), 来源：… in the middle is a row.
        row = self._last < 0 and 8 < index < len(self._lines) - 4
        if timed or row or self._is_agenda(index) or (inside and len(line.text) > 60):
            return index + 1
        self._drop(index)
        following = self._next(index)
        if line.text[-1] in ":：" and following < len(self._lines) and self._is_value(following):
            self._out[following] = (cue.reason, f"value of {cue.detail}")
            index = following
        if index > self._first and self._teasers_follow(index):
            return self._swallow(index, "teaser")
        return index + 1

    def _is_agenda(self, index: int) -> bool:
        """时间：… followed by 地点：… announces a meeting and is content."""
        following = self._next(index)
        return (
            self._lines[index].text[:2] in ("时间", "日期")
            and following < len(self._lines)
            and self._lines[following].text.startswith(("地点", "会议地点", "地  点"))
        )

    def _is_value(self, index: int) -> bool:
        text = self._lines[index].text
        return (
            len(text) <= _VALUE_CHARS
            and not self._strong[index]
            and not text.endswith(_TITLE_NOUNS)
            and text[-1] not in ":："
        )

    def _is_heading_of_text(self, index: int) -> bool:
        """A list heading such as 相关政策 with a paragraph right below it is a heading of the article."""
        line = self._lines[index]
        following = self._next(index)
        plain = not line.text.startswith(("【", "[")) and len(line.text) <= 8 and line.text[-1] not in ":：>"
        return plain and following < len(self._lines) and self._strong[following] and self._resumes(index, following)

    def _swallow(self, index: int, reason: str) -> int:
        """Drop the line and what belongs to it: up to where the article goes on, or to the end of the page."""
        cue = self._lines[index].cue
        self._drop(index)
        stop = self._resumption(index)
        if stop == len(self._lines) and cue is not None and not self._is_foot(index):
            if cue.role != "list" or self._candidate[index + 1] == len(self._lines):
                return index + 1
            stop = self._candidate[index + 1]
        opener = self._lines[index]
        for i in range(index + 1, stop):
            line = self._lines[i]
            if not line.text or self._out[i][0]:
                continue
            if line.cue is not None:
                self._drop(i)
                if line.cue.role in ("list", "end"):
                    opener, reason = line, line.cue.reason
            else:
                # Under 责编：某某 stand other pages, not more credits.
                self._out[i] = ("teaser" if reason == "byline" else reason, "follows " + _short(opener.text))
        return max(stop, index + 1)

    def _is_foot(self, index: int) -> bool:
        """Whether what follows an ender can be a page's foot: few strong lines are left, or the lines before were the article."""
        rest = len(self._lines) - index - 1
        if self._mass[0] > self._mass[index]:
            return self._cues[index + 1] > 0 or 2 * rest <= len(self._lines)
        # No sentence before (duty lists, tables): only the last third of the lines can be a foot.
        return not self._mass[index] and 3 * rest <= len(self._lines)

    def _resumption(self, index: int) -> int:
        """Index of the first line after ``index`` that is the article again, or the number of lines."""
        found = self._candidate[index + 1]
        if found == len(self._lines) or not self._strong[found]:
            return found
        return self._heading_above(index, found) if self._resumes(index, found) else len(self._lines)

    def _resumes(self, index: int, candidate: int) -> bool:
        before, after = self._mass[0] - self._mass[index], self._mass[candidate]
        if not before or is_chapter(self._lines[candidate].text):
            return True
        much = after >= _RESUME_SHARE * before and (after >= _RESUME_CHARS or after >= _RESUME_MOST * before)
        return much and not self._teasers_follow(candidate - 1)

    def _heading_above(self, index: int, strong: int) -> int:
        """A numbered or bare heading directly above the resuming line belongs to it."""
        above = strong - 1
        while above > index and not self._lines[above].text:
            above -= 1
        if above > index and self._lines[above].cue is None and is_heading(self._lines[above].text):
            return above
        if index < self._first and strong == self._first:
            return index + 1  # still in the page's head: a headline may stand between
        return strong

    def _teasers_follow(self, index: int) -> bool:
        """Leads of other news: most lines to the end are cut off or repeat the article's own lead, and none is enumerated."""
        near = range(index + 1, min(len(self._lines), index + 1 + _LEAD_LINES))
        rest = [self._lines[i] for i in near if self._lines[i].text]
        long = [line for line in rest if len(line.text) >= 30 and line.cue is None]
        if not long or any(is_heading(line.text) for line in long):
            return False
        if 2 * self._mass[index + 1] > self._mass[0] - self._mass[index + 1]:
            return False
        cut = sum(not line.closed or line.text.endswith(("…", "...")) for line in long)
        led = sum(_DATELINE.match(line.text) is not None or line.text.endswith(("…", "...")) for line in long)
        repeated = any(self._out[i][0] == "teaser" for i in near)
        return cut >= _TEASER_SHARE * len(long) and (repeated or led >= _TEASER_SHARE * len(long))

    def _next(self, index: int) -> int:
        index += 1
        while index < len(self._lines) and not self._lines[index].text:
            index += 1
        return index

    def _previous(self, index: int) -> int:
        index -= 1
        while index >= 0 and not self._lines[index].text:
            index -= 1
        return index


def _is_attachment(text: str) -> bool:
    return text.rstrip(":：0123456789一二三四五六七八九十 ") in ("附件", "附", "附表", "附录")


def _inside(lines: list[Line], furniture: tuple[Dropped, ...]) -> Iterator[tuple[int, Dropped]]:
    """Lines that the reader's own furniture covers whole."""
    ranges = sorted(furniture, key=lambda drop: drop.start)
    place = 0
    for index, line in enumerate(lines):
        while place < len(ranges) and ranges[place].end < line.end:
            place += 1
        if place < len(ranges) and ranges[place].start <= line.start and line.end > line.start:
            yield index, ranges[place]


def _short(text: str) -> str:
    return text if len(text) <= 16 else text[:15] + "…"
