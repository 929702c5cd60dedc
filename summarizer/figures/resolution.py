"""Printed times as days: 今年, 五年来, “十四五”时期, 到2030年, 6月底前, read against the year the text speaks from.

Ranges are half open. What the text does not decide (目前, 过去四年多, a month of an unknown year) stays open: None.
"""

from __future__ import annotations

from datetime import date, timedelta

from summarizer.language.characters import ORDINALS
from summarizer.language.dates import Time, TimeKind, find_times
from summarizer.language.figure_cues import figure_cues
from summarizer.language.fold import simplified
from summarizer.language.numerals import parse_number

__all__ = ["Days", "deadline_day", "resolve"]

Days = tuple[date | None, date | None]
"""First day, and the day behind the last; None where the text leaves a side open."""

_OPEN: Days = (None, None)
_PLAN_YEARS = 5
_CUES = figure_cues().resolution
_UNTIL = _CUES.until.pattern
_SINCE = _CUES.since.pattern
_BEYOND = _CUES.beyond.pattern
_HALVES = _CUES.halves.months
_QUARTER = _CUES.quarter.pattern
_MONTHS = _CUES.months.pattern
_FIRST_MONTHS = _CUES.first_months.pattern
_MONTH = _CUES.month.pattern
_SPAN = _CUES.span.pattern
_BACK = _CUES.back.pattern
_PAST_YEAR = _CUES.past_year.words
_AHEAD = _CUES.ahead.pattern
_RELATIVE = _CUES.relative.years
_YEAR_END = _CUES.year_end.pattern
_PLAN_END = _CUES.plan_end.pattern


def resolve(printed: str, year: int | None) -> Days:
    """The days of a printed time; ``year`` is the year the text speaks from, None when it is not known.

    到, 截至 and 前 leave the beginning open, 以来 and 起 the end.
    """
    text = "".join(simplified(printed).split())
    since, until = bool(_SINCE.search(text)), bool(_UNTIL.search(text))
    bare = _SINCE.sub("", _UNTIL.sub("", text))
    first, behind = _range(bare, year)
    if _BEYOND.search(text):
        return _OPEN
    if since:
        return first, None
    if until or _YEAR_END.search(bare) or _PLAN_END.search(bare) or _is_end_of_month(bare):
        return None, behind
    return first, behind


def deadline_day(printed: str, year: int | None) -> date | None:
    """The last day that is still in time: 6月底前 is the 30th of June; None when the text does not decide it."""
    _, behind = resolve(printed, year)
    return behind - timedelta(days=1) if behind else None


def _is_end_of_month(text: str) -> bool:
    return text.endswith(_CUES.month_end.words)


def _range(text: str, year: int | None) -> Days:
    """The whole stretch that a time names, without what 到, 前 and 以来 do to it."""
    if span := _SPAN.search(text):
        return date(int(span["from"]), 1, 1), date(int(span["to"]) + 1, 1, 1)
    time = next(iter(find_times(text)), None)
    if time is not None and time.kind is TimeKind.PLAN and time.year:
        return date(time.year - _PLAN_YEARS + 1, 1, 1), date(time.year + 1, 1, 1)
    if time is not None and time.kind is TimeKind.DATE:
        return _day(time, year)
    base = time.year if time is not None and time.year else _relative_year(text, year)
    if found := _years(text, year):
        return found
    return _within(text, base) if base is not None else _OPEN


def _day(time: Time, year: int | None) -> Days:
    known = time.year or year
    if known is None or not time.month or not time.day:
        return _OPEN
    try:
        day = date(known, time.month, time.day)
    except ValueError:
        return _OPEN
    return day, day + timedelta(days=1)


def _relative_year(text: str, year: int | None) -> int | None:
    """The year that 今年, 去年 or a bare month, quarter or half speaks of."""
    if year is None:
        return None
    for word, shift in sorted(_RELATIVE.items(), key=lambda row: -len(row[0])):
        if text.startswith(word):
            return year + shift
    part = (_MONTHS, _FIRST_MONTHS, _QUARTER, _MONTH)
    named = text.startswith((*_HALVES, *_CUES.within.words)) or any(pattern.search(text) for pattern in part)
    return year if named else None


def _years(text: str, year: int | None) -> Days | None:
    """过去五年 and 未来五年. In the last year of a plan its five years are meant, in any other the years before."""
    if year is None:
        return None
    last_of_plan = year % _PLAN_YEARS == 0
    if back := _BACK.match(text):
        count = parse_number(back["count"] or back["bare"])
        if count is None:
            return None
        if count == 1 and not text.startswith(_PAST_YEAR):
            return _OPEN  # 一年来 at the end of a year is that year, in January the one before
        end = year + 1 if last_of_plan and count == _PLAN_YEARS else year
        return date(end - int(count), 1, 1), date(end, 1, 1)
    if ahead := _AHEAD.match(text):
        count = parse_number(ahead["count"])
        start = year + 1 if last_of_plan else year
        return (date(start, 1, 1), date(start + int(count), 1, 1)) if count else None
    return None


def _within(text: str, year: int) -> Days:
    """The part of a year that is named, the whole year where none is."""
    for half, (first, last) in _HALVES.items():
        if half in text:
            return _months(year, first, last)
    if quarter := _QUARTER.search(text):
        number = ORDINALS.index(quarter["number"]) + 1
        return _months(year, 1 if quarter["first"] else 3 * number - 2, 3 * number)
    if _CUES.three_quarters.pattern.search(text):
        return _months(year, 1, 9)
    if months := _MONTHS.search(text):
        return _months(year, int(months["from"]), int(months["to"]))
    if opening := _FIRST_MONTHS.search(text):
        count = parse_number(opening["count"])
        return _months(year, 1, int(count)) if count else _OPEN
    if month := _MONTH.search(text):
        named = parse_number(month["month"])
        return _months(year, int(named), int(named)) if named else _OPEN
    if _CUES.open.pattern.search(text):
        return _OPEN
    return date(year, 1, 1), date(year + 1, 1, 1)


def _months(year: int, first: int, last: int) -> Days:
    if not 1 <= first <= last <= 12:
        return _OPEN
    return date(year, first, 1), date(year + last // 12, last % 12 + 1, 1)
