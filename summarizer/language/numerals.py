"""Numbers as Chinese texts print them: Arabic, full-width, with 万 and 亿, written in characters, fractions.

Values are exact :class:`~decimal.Decimal`; nothing passes through a float. What a number counts (its unit) is the
business of :mod:`summarizer.language.quantities`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from summarizer.language.characters import COLONS, COMMAS, NUMERAL_DIGITS, NUMERALS, WIDE_COMMA, WIDE_DIGITS

__all__ = [
    "LOOSE",
    "MAGNITUDE",
    "PRINTED_RUN",
    "Numeral",
    "chinese_digits",
    "chinese_number",
    "parse_chinese",
    "parse_number",
    "read_numeral",
    "read_spaced",
]

MAX_DIGITS = 24
"""Longer runs of digits are serial numbers or noise, never a quantity; the cap also keeps parsing linear."""

_DIGITS = {
    **{char: value for value, char in enumerate("〇一二三四五六七八九")},
    "零": 0,
    "○": 0,
    "两": 2,
    "俩": 2,
    "壹": 1,
    "贰": 2,
    "叁": 3,
}
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_TENS = {"廿": "二十", "卅": "三十"}
"""Two places in one character: 廿五家, 卅载."""
_LARGE = {"万": 10**4, "亿": 10**8}

MAGNITUDE = {
    "百": 10**2,
    "千": 10**3,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
"""Words that multiply the Arabic number before them: 1.6万, 8千亿, 2.7万亿."""

# 千 and 百 open other words too: 千瓦, 千克, 百分点; 万 opens 万元户 only as a word for a person.
_MAGNITUDE_WORD = "万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?![瓦米克伏安卡焦帕赫吨字])|百(?!分)"
LOOSE = "余多几来"
"""Behind a number: somewhat more than it (500余, 300多万, 十来个)."""
_LOOSE = f"[{LOOSE}]"

_ARABIC = re.compile(rf"\d{{1,3}}(?:[{COMMAS}]\d{{3}})+(?!\d)(?:[.．]\d+)?|\d+(?:[.．]\d+)?")
_SPACED = re.compile(r"\d{1,3}(?:(?P<gap>[ \u00a0\u2009\u202f])\d{3})(?:(?P=gap)\d{3})*(?![\d,.．])")
"""12 500: thousands parted by a blank, always the same one."""
_AFTER = re.compile(rf"\s?(?P<l1>{_LOOSE})?(?P<mag>{_MAGNITUDE_WORD})?(?P<l2>{_LOOSE})?")
_CHINESE = re.compile(rf"[{NUMERALS}]+(?:点[{NUMERAL_DIGITS}]+)?")
PRINTED_RUN = re.compile(
    rf"[0-9{WIDE_DIGITS}][0-9{WIDE_DIGITS}.,{COLONS}/％%‰~～—\-年月日时分秒万亿千百余多]*+|[{NUMERALS}][{NUMERALS}点分之年月日]*+"
)
"""A number, range or date as one run of characters, without its unit: 2026年1月, 5%—6%, 二〇三一年."""
_FRACTION = re.compile(r"(?P<below>[^分]{1,12})分之(?P<above>.{1,16})")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A printed number in ``text[start:end]``; ``loose`` is set by 余, 多, 几 (20余, 300多万): more than the value."""

    start: int
    end: int
    value: Decimal
    chinese: bool
    loose: bool = False


def parse_number(text: str) -> Decimal | None:
    """The exact value of a text that is one number and nothing else, ``None`` when it is not.

    Reads Arabic digits of any width, thousands separators (12,500, 12 500), 万 and 亿 behind them, Chinese numerals (两千三百, 一百二十点五,
    二〇二六), 半, fractions (百分之九十五 is 0.95, 三分之二, 2/3) and a sign. A unit or a percent sign is not part of a number.
    """
    text = unicodedata.normalize("NFKC", text.strip()).replace("−", "-")
    if text[:1] in ("-", "负", "+"):
        inner = parse_number(text[1:]) if text[1:2] not in ("-", "负", "+") else None
        return inner if inner is None or text[0] == "+" else -inner
    if text == "半":
        return Decimal("0.5")
    if "分之" in text and (fraction := _FRACTION.fullmatch(text)):
        return _quotient(parse_number(fraction["above"]), parse_number(fraction["below"]))
    if text.count("/") == 1:
        above, below = text.split("/")
        return _quotient(parse_number(above), parse_number(below))
    if not text:
        return None
    numerals = (read_numeral(text, 0), read_spaced(text, 0))
    return next((found.value for found in numerals if found and found.end == len(text)), None)


def _quotient(above: Decimal | None, below: Decimal | None) -> Decimal | None:
    """The fraction; 28 significant digits where it has no finite decimal form."""
    return above / below if above is not None and below else None


def read_numeral(text: str, start: int, end: int | None = None) -> Numeral | None:
    """The number that begins exactly at ``start``, as long as it goes but not past ``end``; ``None`` if none does."""
    limit = len(text) if end is None else end
    if start >= limit:
        return None
    char = text[start]
    if char.isdecimal():
        return _read_arabic(text, start, limit)
    if char in NUMERALS and (match := _CHINESE.match(text, start, limit)):
        return _read_chinese(match)
    return None


def read_spaced(text: str, start: int, end: int | None = None) -> Numeral | None:
    """The number at ``start`` whose thousands are parted by blanks (12 500); ``None`` if there is none.

    Whether the groups are one number or the cells of a row is for the caller to say.
    """
    match = _SPACED.match(text, start, len(text) if end is None else end)
    if match is None or match.end() - match.start() > MAX_DIGITS or text[start] == "0":
        return None
    return Numeral(start, match.end(), Decimal("".join(match[0].split())), chinese=False)


def _read_chinese(match: re.Match[str]) -> Numeral | None:
    """The run of numeral characters, or its longest head that is a number, so that 三千千瓦 still gives 三千."""
    run = match[0]
    if len(run) > MAX_DIGITS:
        return None
    for length in (len(run), len(run) - 1):
        value = parse_chinese(run[:length])
        if value is not None:
            return Numeral(match.start(), match.start() + length, value, chinese=True)
    return None


def _read_arabic(text: str, start: int, limit: int) -> Numeral | None:
    """Digits with what multiplies them; parts add up as long as they shrink: 3亿2000万."""
    total, end, loose, room = Decimal(0), start, False, Decimal("Infinity")
    while match := _ARABIC.match(text, end, limit):
        if match.end() - match.start() > MAX_DIGITS:
            return None
        number = Decimal(match[0].replace(",", "").replace(WIDE_COMMA, "").replace("．", "."))
        after = _AFTER.match(text, match.end(), limit)
        magnitude = MAGNITUDE[after["mag"]] if after and after["mag"] else 1
        if end > start and number * magnitude >= room:
            break
        total += number * magnitude
        vague = after is not None and bool(after["l1"] or after["l2"])
        end = after.end() if after and (after["mag"] or vague) else match.end()
        loose, room = loose or vague, Decimal(magnitude)
        if magnitude < MAGNITUDE["万"] or vague:
            break
    return Numeral(start, end, total, chinese=False, loose=loose)


def parse_chinese(text: str) -> Decimal | None:
    """The value of a numeral in characters, ``None`` when the characters make no number.

    两千三百 and 一百二十点五 by place, 二〇二六 digit by digit, 一万五 and 三千六 with the last place left out, 廿五; 十五五 is none.
    """
    for short, long in _TENS.items():
        text = text.replace(short, long)
    whole, point, decimals = text.partition("点")
    value = _by_digit(whole) if len(whole) > 1 and all(char in _DIGITS for char in whole) else _by_place(whole)
    if value is None or not point:
        return None if value is None else Decimal(value)
    if not decimals or any(char not in _DIGITS for char in decimals):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[char]) for char in decimals)}")


def _by_digit(text: str) -> int | None:
    """二〇二六. Without a zero and shorter than four it is an enumeration or an estimate (三五, 七八), not a number."""
    if len(text) < 4 and not any(char in "〇零○" for char in text):
        return None
    return int("".join(str(_DIGITS[char]) for char in text))


def _by_place(text: str) -> int | None:
    """Left to right: a digit waits for its place, 万 closes what stands before it, 亿 closes that too (一万亿, 三亿二千万)."""
    if not text:
        return None
    high = middle = section = last = 0
    digit: int | None = None
    zero = False
    for char in text:
        if char in _DIGITS:
            if digit is not None:
                return None
            if _DIGITS[char] == 0 and len(text) > 1:
                zero = True
            else:
                digit = _DIGITS[char]
            continue
        if char in _SMALL:
            if section and last <= _SMALL[char]:
                return None
            section += (1 if digit is None else digit) * _SMALL[char]
            last = _SMALL[char]
        else:
            below = section + (digit or 0)
            section, last = 0, _LARGE[char]
            if char == "亿":
                high, middle = high + (middle + below or 1) * last, 0
            elif middle:
                return None
            else:
                middle = (below or 1) * last
        digit, zero = None, False
    tail = digit or 0
    if tail and last > 10 and not zero:  # 一万五 is 15000, 一万零五 is 10005
        tail *= last // 10
    return high + middle + section + tail


def chinese_digits(digits: str, zero: str = "零") -> str:
    """ASCII digits one by one: 2026 is 二零二六, with ``zero`` 〇 二〇二六."""
    return "".join((zero, *"一二三四五六七八九")[int(digit)] for digit in digits)


def chinese_number(number: int) -> str:
    """A whole number below 10000 as it is written with places: 零, 十, 二十一, 一百零五, 三千二百.

    Raises :class:`ValueError` for any other number.
    """
    if not 0 <= number < 10_000:
        raise ValueError(f"no number from 0 to 9999: {number}")
    written, gap, printed = "", False, str(number)
    for at, digit in enumerate(printed):
        place = ("", "十", "百", "千")[len(printed) - 1 - at]
        if digit == "0":
            gap = True
            continue
        written += "零" if gap else ""
        written += place if digit == "1" and place == "十" and at == 0 else chinese_digits(digit) + place
        gap = False
    return written or "零"
