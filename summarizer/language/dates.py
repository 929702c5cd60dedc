"""Times in running text: dates, years, planning periods, relative years, clock times.

They serve two ends: a figure in a time is no quantity, and an indicator's period is the time printed nearest to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from summarizer.language.characters import CLOSING_QUOTES, FRAGMENTS, OPENING_QUOTES, ORDINALS
from summarizer.language.numerals import parse_number

__all__ = ["MONTH", "Time", "TimeKind", "find_times", "parse_date", "time_at", "year_as_printed"]


MONTH = "月"
"""Behind the number of a month."""


class TimeKind(StrEnum):
    """What sort of time is printed."""

    DATE = "date"
    """A day: 2026年1月21日, 1月21日, 2026-01-21."""
    MONTH = "month"
    """A month of a year, or a month alone: 2026年6月底前."""
    YEAR = "year"
    """2025年, 到2030年, 2025年上半年."""
    SPAN = "span"
    """2021—2025年, 1—11月."""
    PLAN = "plan"
    """“十四五”期间: ``year`` is its last year."""
    RELATIVE = "relative"
    """今年, 去年, 上半年, 过去五年, 五年来."""
    CLOCK = "clock"
    """09:45."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time at ``text[start:end]``; ``year``, ``month`` and ``day`` as far as they are printed (the end of a span)."""

    start: int
    end: int
    kind: TimeKind
    year: int | None = None
    month: int | None = None
    day: int | None = None


_YEAR = r"(?:(?:19|20)\d\d|二[〇零○][〇零○一二三四五六七八九]{2}|一九[〇零○一二三四五六七八九]{2})"
_NUMBER = rf"(?:\d{{1,2}}|{FRAGMENTS['cn']})"
_TAIL = r"(?:年?[底末初中]|年度|上半年|下半年|前?[一二三四]季度)?(?:之?前|以前|以来|起|以后|期间)?"
_PLAN = "十一|十二|十三|十四|十五|十六|十七|九|八|七"
_QUOTE = f"[{OPENING_QUOTES}]"
_UNQUOTE = f"[{CLOSING_QUOTES}]"

# One pattern, tried at each place where a time can begin; every repetition in it is bounded, so the scan is linear.
_TIME = re.compile(
    rf"""
    (?=[\d从自截到至今去前明本当上下年过未近这最刚两全{ORDINALS}{OPENING_QUOTES}])(?:
      (?P<iso>(?<!\d)(?:19|20)\d\d(?P<sep>[-/.])(?P<im>1[0-2]|0?[1-9])(?P=sep)(?P<iday>3[01]|[12]\d|0?[1-9])(?!\d))
    | (?P<clock>(?<!\d)(?:2[0-3]|[01]?\d):[0-5]\d(?::[0-5]\d)?(?!\d))
    | (?P<span>(?<!\d)(?:从|自)?(?P<from>{_YEAR})年?(?:[-—–－~～]{{1,2}}|至|到)(?P<to>{_YEAR})年(?:期间|底|末)?)
    | (?P<year>(?<!\d)(?:截至|截止|到|至)?(?P<y>{_YEAR})年(?:(?P<m>{_NUMBER})月(?:份|底|末|初)?(?:(?P<d>{_NUMBER})(?:日|号))?(?:之?前|以来|起)?|{_TAIL}))
    | (?P<short>(?<![\d.第])(?P<sm>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?P<sd>3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号](?!报))
    | (?P<months>(?<!\d)(?:1[0-2]|[1-9])(?:[-—–－~～]{{1,2}}|至|到)(?:1[0-2]|[1-9])月份?|(?<![\d个])(?:1[0-2]|[1-9])月(?:份|底|末|初)(?:之?前)?|前\d{{1,2}}个月)
    | (?P<plan>(?:到)?{_QUOTE}(?P<p>{_PLAN})五{_UNQUOTE}(?:规划)?(?:期间|时期|以来|末期|末|期末|初)?|(?P<p2>{_PLAN})五(?:期间|时期|以来|末|期末))
    | (?P<relative>
        本世纪(?:中叶|末)|(?:今明两|今后|未来|过去|刚刚过去的?|近|这|最近)[一二两三四五六七八九十\d]{{1,2}}年(?:多来|多|来|间|里)?
      | (?:[一二两三四五六七八九十]|\d{{1,2}})年(?:多)?(?:以来|来|间)(?!自|往)
      | (?:今年|去年|前年|明年|本年|当年|上年|上一年|全年|年内|年底|年末|年初|本届政府|上半年|下半年|上年同期|去年同期)(?:以来|末|底|初|上半年|下半年|[一二三四]季度|前)?
      | (?<!第)(?:前?[一二三四]季度|前三季度)
      ))
    """,
    re.VERBOSE,
)
_PLAN_END = {"七": 1990, "八": 1995, "九": 2000, "十一": 2010, "十二": 2015, "十三": 2020, "十四": 2025, "十五": 2030}


def find_times(text: str, start: int = 0, end: int | None = None) -> Iterator[Time]:
    """Times in ``text[start:end]``, in order and disjoint, as long as printed (截至2025年底, 到2030年, “十四五”期间)."""
    limit = len(text) if end is None else end
    for match in _TIME.finditer(text, start, limit):
        yield _time(match)


def time_at(text: str, start: int, end: int | None = None) -> Time | None:
    """The time that begins exactly at ``start``, if one does."""
    match = _TIME.match(text, start, len(text) if end is None else end)
    return _time(match) if match else None


def _time(match: re.Match[str]) -> Time:
    kind = match.lastgroup
    begin, end = match.span()
    if match["iso"]:
        return Time(begin, end, TimeKind.DATE, int(match["iso"][:4]), int(match["im"]), int(match["iday"]))
    if match["year"]:
        month, day = _small(match["m"]), _small(match["d"])
        kind = TimeKind.DATE if day else TimeKind.MONTH if month else TimeKind.YEAR
        return Time(begin, end, kind, _small(match["y"]), month, day)
    if match["short"]:
        return Time(begin, end, TimeKind.DATE, None, _small(match["sm"]), _small(match["sd"]))
    if match["span"]:
        return Time(begin, end, TimeKind.SPAN, _small(match["to"]))
    if match["plan"]:
        return Time(begin, end, TimeKind.PLAN, _PLAN_END.get(match["p"] or match["p2"]))
    if match["months"]:
        return Time(begin, end, TimeKind.MONTH)
    return Time(begin, end, TimeKind.CLOCK if match["clock"] else TimeKind.RELATIVE)


def _small(text: str | None) -> int | None:
    value = parse_number(text) if text else None
    return None if value is None else int(value)


def parse_date(text: str) -> date | None:
    """The day that ``text`` is (2026年1月21日, 2026-01-21, 二〇二六年一月二十一日); ``None`` if it is not one whole date."""
    text = text.strip()
    for time in find_times(text):
        if (
            time.kind is TimeKind.DATE
            and (time.start, time.end) == (0, len(text))
            and time.year
            and time.month
            and time.day
        ):
            try:
                return date(time.year, time.month, time.day)
            except ValueError:
                return None
        return None
    return None


def year_as_printed(year: int) -> str:
    """A year as texts print it: 2026年."""
    return f"{year}年"
