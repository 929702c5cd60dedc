"""Automatic numbers in the formats that Word prints (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

import re

__all__ = ["printed"]

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_LEGAL = {"simplified": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"), "traditional": ("零壹貳參肆伍陸柒捌玖", "拾佰仟")}
# Counted by places: 一 … 十 十一 … 一百二十.
_COUNTED = frozenset(
    "chineseCounting chineseCountingThousand japaneseCounting taiwaneseCounting taiwaneseCountingThousand "
    "koreanCounting".split()
)
# Written digit by digit: 一〇, 一一.
_DIGIT_BY_DIGIT = frozenset(["ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2"])
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
# A run of characters of the standard, one a number: the first of them and how many there are.
_RUNS = {
    "decimalEnclosedCircle": (0x2460, 20),  # ① … ⑳
    "decimalEnclosedCircleChinese": (0x2460, 20),
    "decimalEnclosedFullstop": (0x2488, 20),  # ⒈
    "decimalEnclosedParen": (0x2474, 20),  # ⑴
    "ideographEnclosedCircle": (0x3280, 10),  # ㊀
}
_FIRST = re.compile(r"\s*(0*1)\b")
_ROMAN = tuple(
    zip((1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1), "m cm d cd c xc l xl x ix v iv i".split(), strict=True)
)


def printed(number: int, style: str, pattern: str | None = None) -> str:
    """The number as the format prints it; a decimal where the format has no form for it.

    ``pattern`` is the list of a ``custom`` format (``001, 002, 003, ...``).
    """
    if style == "none":
        return ""
    if style == "custom":
        first = _FIRST.match(pattern or "")
        return f"{number:0{len(first.group(1)) if first else 1}}"
    if style in ("decimalZero", "numberInDash"):
        return f"{number:02}" if style == "decimalZero" else f"- {number} -"
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) + 0xFEE0) if digit.isdigit() else digit for digit in str(number))
    if number < 1:
        return str(number) if style not in _COUNTED | _DIGIT_BY_DIGIT or number < 0 else "〇"
    return _positive(number, style)


def _positive(number: int, style: str) -> str:
    if style in _RUNS:
        first, count = _RUNS[style]
        if number <= count:
            return chr(first + number - 1)
        return _circled(number) if "Circle" in style and number <= 50 else str(number)
    if style in _COUNTED and number < 10_000:
        return _counted(number, _DIGITS, _PLACES)
    if style in _DIGIT_BY_DIGIT:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
    if style in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal") and number < 10_000:
        digits, places = _LEGAL["simplified" if style == "chineseLegalSimplified" else "traditional"]
        return _counted(number, digits, ("", *places), spoken_ten=False)
    if style == "ideographTraditional" and number <= 10:
        return _STEMS[number - 1]
    if style == "ideographZodiac" and number <= 12:
        return _BRANCHES[number - 1]
    if style == "ideographZodiacTraditional" and number <= 60:
        return _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12]
    if style in ("lowerLetter", "upperLetter") and number <= 26 * 9:
        letter = chr(0x61 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman") and number < 4000:
        roman = _roman(number)
        return roman if style == "lowerRoman" else roman.upper()
    return str(number)


def _counted(number: int, digits: str, places: tuple[str, ...], *, spoken_ten: bool = True) -> str:
    """By places: 一百零五; ten alone is spoken without its one (十二)."""
    out = ""
    text = str(number)
    for index, digit in enumerate(text):
        place = len(text) - 1 - index
        if digit != "0":
            out += digits[int(digit)] + places[place]
        elif text[index + 1 :].strip("0") and not out.endswith(digits[0]):
            out += digits[0]
    return out[1:] if spoken_ten and 10 <= number < 20 else out


def _circled(number: int) -> str:
    return chr(0x3251 + number - 21) if number <= 35 else chr(0x32B1 + number - 36)


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out
