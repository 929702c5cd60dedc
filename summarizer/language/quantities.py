"""Quantities in running text: a number with its unit, found in one scan from left to right.

A quantity here is only what is printed. Whether it measures something (an indicator) or names something (a slogan, an
age group, a date) is decided in :mod:`summarizer.heuristic`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import merge

from summarizer.language.characters import CLAUSE_ENDS, COLONS, ENUMERATION_COMMA, FULL_STOP, NUMERALS
from summarizer.language.dates import Time, find_times
from summarizer.language.fold import simplified
from summarizer.language.numerals import Numeral, parse_chinese, parse_number, read_numeral, read_spaced
from summarizer.language.units import Unit, UnitKind, match_unit

__all__ = ["Quantity", "find_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A printed quantity, ``text[start:end] == raw``.

    ``value_high`` is set for a range (5%—6%), ``unit`` is "" when none is printed (a ratio of 2.93). ``loose`` is set by 余
    and 多 inside it; ``chinese`` when the number is written in characters.
    """

    start: int
    end: int
    value: Decimal
    value_high: Decimal | None
    raw: str
    unit: str
    kind: UnitKind
    loose: bool = False
    chinese: bool = False


_TRADITIONAL = re.compile("[萬億餘幾兩點個項張條戶歲輛臺畝噸場處間隻種類對組門]")
"""Characters of which a traditional text has some; without them conversion is not worth its cost."""
_NUMERALS = NUMERALS.replace("○", "")
"""Without the ○ that stands for a zero in 二○二六: alone it is a bullet."""
_START = re.compile(rf"\d|[{_NUMERALS}]|翻")
# The longest head that a number can have; a longer run of digits is passed over whole.
_DIGIT_RUN = re.compile(r"[\d.,]*")
_CHINESE_RUN = re.compile(f"[{_NUMERALS}]+")
_PERCENT = re.compile(r"(百|千|十万|万)分之([〇零一二两三四五六七八九十百千点]{1,12}|\d{1,6}(?:\.\d{1,6})?)")
_PARTS = re.compile(r"([二三四五六七八九十]{1,3})分之([一二两三四五六七八九十]{1,3})")
_SLASH = re.compile(r"(\d{1,3})/(\d{1,3})(?![\d/万亿])")
_TO_ONE = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)[:：∶]1(?![\d.:：])")
_ONE_TO = re.compile(r"1[:：∶](\d{1,3}(?:\.\d{1,3})?)(?![\d.:：])")
_RATIO_NAME = re.compile(r"比(?!例尺)[^，。；、,;\d\s]{0,8}$")
"""What must stand before 1:2 for it to be no time and no scale: 医护比达到, 师生比为."""
_DOUBLE = re.compile(r"翻(?:了)?([一二两三四]|\d)?番")
_TENTHS = re.compile(
    r"([一二两三四五六七八九])成([一二三四五六七八九半]?)(?:(?=以上|以下|多|左右|的|[，。；、,;）)\s]|$)|(?<=[近超约达过逾占].成)(?![立功员果为本长品熟就]))"
)
_RANGE = re.compile(r"\s?(?:[-—–－~～]{1,2}|至|到)\s?(?=\d)")
_SOUP = re.compile(rf"[\d.%\s{CLAUSE_ENDS}{ENUMERATION_COMMA}{FULL_STOP}/|％‰\-+个张家项年元人名万亿]++")
_NOISE = 200
"""So many characters in a row that are figures, units and marks are no prose: counters, keypads, dumps of numbers."""
# What must stand before a bare 万亿元 or 千亿: without it the word is part of a name (千亿级产业, 万户).
_REACHING = "超近逾过破达上成越"
# 2.0版, 6.2级, 3.0时代: the number names a version or a class
_COLONS = (*COLONS, "\u2236")
_ARRIVING = ("为", "到", "至", "达")
_NAME_TAILS = tuple("版级代期型号时系")
_FROM = ("从", "由", "自")


def find_quantities(
    text: str, start: int = 0, end: int | None = None, *, times: Iterable[Time] | None = None
) -> Iterator[Quantity]:
    """Quantities of ``text[start:end]`` in order and disjoint; dates, years and clock times are passed over.

    Traditional characters are read as simplified ones; unit and ``raw`` are as printed. Cost is linear in the length.
    ``times`` are those of the range when the caller has found them already. Numbers without a unit are yielded with unit "" and kind RATIO only when they have a
    decimal point (2.93) or are fractions; others name something.
    """
    limit = len(text) if end is None else end
    printed, text = text, simplified(text) if _TRADITIONAL.search(text, start, limit) else text
    passed = ((time.start, time.end) for time in (find_times(text, start, limit) if times is None else times))
    noise = (run.span() for run in _SOUP.finditer(text, start, limit) if run.end() - run.start() >= _NOISE)
    ahead = merge(passed, noise)
    time = next(ahead, None)
    at = start
    while match := _START.search(text, at, limit):
        at = match.start()
        while time is not None and time[1] <= at:
            time = next(ahead, None)
        found = _one_to(text, at, limit)
        if found is None and time is not None and time[0] <= at:
            at = time[1]
            continue
        found = found or _special(text, at, limit) or _plain(text, at, limit)
        if found is None:
            at = _skip(text, at, limit)
        else:
            yield found if printed is text else _as_printed(found, printed)
            at = found.end


def _as_printed(found: Quantity, printed: str) -> Quantity:
    """The figure with raw text and unit in the characters of the text, not in the simplified ones they were read in."""
    raw = printed[found.start : found.end]
    unit = raw[len(raw) - len(found.unit) :] if found.unit and found.raw.endswith(found.unit) else found.unit
    return replace(found, raw=raw, unit=unit)


def _skip(text: str, at: int, limit: int) -> int:
    """Past a number that is no quantity, whole, so that its tail is not read as another one."""
    run = _DIGIT_RUN if text[at].isdecimal() else _CHINESE_RUN
    match = run.match(text, at, limit)
    return max(at + 1, match.end() if match else 0)


def _special(text: str, at: int, limit: int) -> Quantity | None:
    """Forms with a grammar of their own: 百分之九十五, 三分之二, 1/3, 2.3:1, 翻两番, 八成, 两成五."""
    if match := _PERCENT.match(text, at, limit):
        value = parse_number(match[2])
        sign = {"百": "%", "千": "‰", "万": "‱", "十万": "/10万"}[match[1]]
        return _made(match, value, sign, chinese=not match[2][0].isdecimal())
    if match := _PARTS.match(text, at, limit):
        below, above = parse_chinese(match[1]), parse_chinese(match[2])
        return _made(match, above / below if above and below else None, "", chinese=True)
    if text[at].isdecimal() and not _glued(text, at) and (match := _SLASH.match(text, at, limit)):
        return _made(match, parse_number(match[0]), "", chinese=False) if int(match[2]) > int(match[1]) else None
    if text[at].isdecimal() and not _glued(text, at) and (match := _TO_ONE.match(text, at, limit)):
        return _made(match, parse_number(match[1]), "", chinese=False)
    if match := _DOUBLE.match(text, at, limit):
        times = parse_number(match[1]) if match[1] else Decimal(1)
        return _made(match, Decimal(2) ** int(times) if times else None, "倍", chinese=True)
    if match := _TENTHS.match(text, at, limit):
        tenths = parse_chinese(match[1])
        more = Decimal(5) if match[2] == "半" else parse_chinese(match[2]) or Decimal(0)
        return _made(match, tenths * 10 + more if tenths else None, "%", chinese=True)
    return None


def _one_to(text: str, at: int, limit: int) -> Quantity | None:
    """1:1.25, and 1:16 where a word names a ratio: the value is the side that is not one, as that of 2.3:1."""
    if text[at] != "1" or _glued(text, at) or (match := _ONE_TO.match(text, at, limit)) is None:
        return None
    ratio = "." in match[1] or _RATIO_NAME.search(text, max(0, at - 10), at)
    return _made(match, parse_number(match[1]), "", chinese=False) if ratio else None


def _made(match: re.Match[str], value: Decimal | None, unit: str, *, chinese: bool) -> Quantity | None:
    if value is None:
        return None
    return Quantity(match.start(), match.end(), value, None, match[0], unit, UnitKind.RATIO, chinese=chinese)


def _glued(text: str, at: int) -> bool:
    """Whether the number is the tail of a code (PM2.5, G318, 14+1, 7×24) an ordinal (第30个) or a base (每10万人口)."""
    if at == 0:
        return False
    before = text[at - 1]
    if before in " \u2009\u00a0" and text[at - 2 : at - 1].isdecimal():
        return True  # the tail of 3 860, or a cell behind another: no number of its own
    return before in ("第", "每") or (before.isascii() and (before.isalnum() or before in "_+./")) or before in "×+／"


def _plain(text: str, at: int, limit: int) -> Quantity | None:
    """Number and unit, or a range of two numbers that share the unit."""
    if text[at] == "翻" or _glued(text, at):
        return None
    if spaced := _spaced(text, at, limit):
        return spaced
    number = read_numeral(text, at, limit)
    if number is None or (number.chinese and not _stands_alone(text, number)):
        return None
    unit = match_unit(text, number.end, limit)
    if not number.chinese and (high := _upper(text, number, unit, limit)):
        return high
    if unit is None:
        return _without_unit(text, number, limit)
    return _quantity(text, number, None, unit)


def _spaced(text: str, at: int, limit: int) -> Quantity | None:
    """12 500张: one number where a word stands before it and what it counts behind it; else the groups may be cells of a row."""
    number = read_spaced(text, at, limit)
    if number is None or (at and text[at - 1].isspace()):
        return None
    unit = match_unit(text, number.end, limit)
    return _quantity(text, number, None, unit) if unit is not None and unit.kind is not UnitKind.RATIO else None


def _stands_alone(text: str, number: Numeral) -> bool:
    """A bare 千亿 or 万 needs a word of reaching before it."""
    if text[number.start] not in "百千万亿" or number.start == 0:
        return True
    return text[number.start - 1] in _REACHING


def _upper(text: str, low: Numeral, unit: Unit | None, limit: int) -> Quantity | None:
    """The upper end of a range: 5%—6%, 5-6个, 3至5家; 从40个到55个 is a change and no range."""
    after = unit.end if unit else low.end
    dash = _RANGE.match(text, after, limit)
    if dash is None or text[max(0, low.start - 1) : low.start] in _FROM:
        return None
    high = read_numeral(text, dash.end(), limit)
    high_unit = match_unit(text, high.end, limit) if high else None
    if high is None or high_unit is None or (unit is not None and unit.name != high_unit.name):
        return None
    scale = _shared_magnitude(text, low, high) if unit is None else Decimal(1)
    if low.value * scale >= high.value:
        return None
    joined = Numeral(low.start, high.end, low.value * scale, chinese=False, loose=high.loose)
    return _quantity(text, joined, high.value, high_unit)


def _shared_magnitude(text: str, low: Numeral, high: Numeral) -> Decimal:
    """3—5万人 means 30000 to 50000: the lower number borrows the magnitude that only the upper one prints."""
    digits = re.match(r"[\d.,]+", text[high.start : high.end])
    plain = parse_number(digits[0].rstrip(".,")) if digits else None
    if not plain or not text[low.end - 1].isdecimal():
        return Decimal(1)
    return high.value / plain


def _without_unit(text: str, number: Numeral, limit: int) -> Quantity | None:
    """A pure ratio (2.93), a bare magnitude (突破万亿, 46万) or a zero (死亡率为0).

    Versions, other integers and the parts of a structure (7.7:39.8:52.5) are left out.
    """
    raw = text[number.start : number.end]
    follows = text[number.end : min(number.end + 1, limit)]
    if follows in _COLONS or text[max(0, number.start - 1) : number.start] in _COLONS:
        return None
    if raw in ("0", "零") and text[max(0, number.start - 1) : number.start] in _ARRIVING and not follows.isalnum():
        return _quantity(text, number, None, Unit(number.end, number.end, "", UnitKind.RATIO))
    decimal = "." in raw and not (follows.isascii() and follows.isalnum()) and follows not in _NAME_TAILS
    large = raw[-1] in "万亿" and (follows == "" or not follows.isalnum() or follows in "以左的台")
    if not decimal and not large:
        return None
    return _quantity(text, number, None, Unit(number.end, number.end, "", UnitKind.RATIO))


def _quantity(text: str, number: Numeral, high: Decimal | None, unit: Unit) -> Quantity:
    """Join number and unit; a 多 behind the unit (两年多, 1.2倍多) belongs to the comparator, not to the raw text.

    The sign before it belongs to it: -3%, and ±5%, whose value is 5.
    """
    start, value = number.start, number.value
    if start and text[start - 1] in "-－" and (start == 1 or not text[start - 2].isalnum() or text[start - 2] > "一"):
        start, value = start - 1, -value
    elif start and text[start - 1] == "±":
        start -= 1
    return Quantity(
        start,
        unit.end,
        value,
        high,
        text[start : unit.end],
        unit.name,
        unit.kind,
        loose=number.loose,
        chinese=number.chinese,
    )
