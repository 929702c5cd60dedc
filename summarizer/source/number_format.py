"""A number as a spreadsheet shows it: format codes of ECMA-376 part 1, 18.8.31, as a Chinese installation prints them.

0.853 under ``0.0%`` is 85.3%, 44562 under ``yyyy"年"m"月"`` is 2022年1月. Chinese numerals ([DBNum1]) stay Arabic digits.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

__all__ = ["BUILT_IN", "shown"]

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<clock>AM/PM|A/P|上午/下午)|(?P<exponent>E[+-]0+)|(?P<date>y+|m+|d+|h+|s+|e+|a{3,4}|g+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")
_WEEKDAYS = "一二三四五六日"
_GENERAL_DIGITS = 10
_LATEST = 2_958_465  # 9999-12-31

BUILT_IN: dict[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "General", 13: "General", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"',
    29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"', 35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0",
    38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00",
    44: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"', 54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
"""What the numbers without a code of their own stand for; 14 to 58 as a Chinese installation shows them."""

_Token = tuple[str, str]


def shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """The number under a format code; a code that cannot be followed shows the number as ``General`` does."""
    try:
        return _shown(value, code, since_1904)
    except (ValueError, OverflowError, InvalidOperation):
        return _general(value)


def _shown(value: float, code: str, since_1904: bool) -> str:
    sections = _sections(code)
    tokens, absolute = _section(sections, value)
    kinds = {kind for kind, _ in tokens}
    if "date" in kinds or "clock" in kinds or "elapsed" in kinds:
        return _date(value, tokens, since_1904)
    if not code.strip():
        return _general(value)
    if "digit" not in kinds:  # a section without placeholders shows its words alone, an empty one nothing
        number = _general(abs(value) if absolute else value)
        return "".join(number if kind in ("general", "text") else text for kind, text in tokens).strip()
    return _number(abs(value) if absolute else value, tokens)


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[tuple[str, tuple[_Token, ...]], ...]:
    """Each section's condition and its tokens."""
    found: list[tuple[str, tuple[_Token, ...]]] = []
    tokens: list[_Token] = []
    condition = ""
    for match in _TOKEN.finditer(code):
        kind, text = match.lastgroup, match.group()
        if kind == "other" and text == ";":
            found.append((condition, tuple(tokens)))
            tokens, condition = [], ""
        elif kind in ("quoted", "escaped", "other"):
            tokens.append(("literal", match.group(kind)))
        elif kind == "bracket":
            inner = match.group(kind)
            if _CONDITION.fullmatch(inner):
                condition = inner
            elif inner.lower().strip("hms") == "" and inner:
                tokens.append(("elapsed", inner.lower()))
            elif inner.startswith("$") and (sign := inner[1:].split("-")[0]):
                tokens.append(("literal", sign))
        elif kind is not None:
            tokens.append((kind, text if kind == "clock" else text.lower()))
    found.append((condition, tuple(tokens)))
    return tuple(found)


def _section(sections: tuple[tuple[str, tuple[_Token, ...]], ...], value: float) -> tuple[tuple[_Token, ...], bool]:
    """The section for a value, and whether that section writes the sign itself."""
    if any(condition for condition, _ in sections):
        for condition, tokens in sections:
            if not condition or _holds(condition, value):
                return tokens, value < 0 and len(sections) > 1 and not condition
        return sections[-1][1], False
    if value < 0 and len(sections) > 1:
        return sections[1][1], True
    if value == 0 and len(sections) > 2:
        return sections[2][1], False
    return sections[0][1], False


def _holds(condition: str, value: float) -> bool:
    found = _CONDITION.fullmatch(condition)
    assert found is not None
    sign, limit = found[1], float(found[2])
    return {
        "<": value < limit,
        ">": value > limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _general(value: float) -> str:
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    text = f"{value:.{_GENERAL_DIGITS}g}"
    return text.upper() if "e" in text else text


def _number(value: float, tokens: tuple[_Token, ...]) -> str:
    last_digit = max(index for index, (kind, _) in enumerate(tokens) if kind == "digit")
    point = next((index for index, (kind, _) in enumerate(tokens) if kind == "point"), None)
    end_of_whole = last_digit if point is None else point
    whole = [index for index, (kind, _) in enumerate(tokens) if kind == "digit" and index <= end_of_whole]
    decimals = [
        index for index, (kind, _) in enumerate(tokens) if kind == "digit" and point is not None and index > point
    ]
    exponent = any(kind == "exponent" for kind, _ in tokens)
    number = Decimal(f"{value:.15g}") * (100 ** sum(kind == "percent" for kind, _ in tokens))
    last_whole = whole[-1] if whole else -1
    commas = [index for index, (kind, _) in enumerate(tokens) if kind == "comma"]
    number /= 1000 ** sum(
        index > max(last_whole, *decimals, -1) or last_whole < index < end_of_whole for index in commas
    )
    power = 0
    if exponent and number:
        power = number.adjusted()
        number = number.scaleb(-power)
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, fraction = f"{rounded:f}".partition(".")
    least = sum(tokens[index][1] == "0" for index in whole)
    digits = (digits.lstrip("0") or "").rjust(least, "0")
    grouped = any(whole and whole[0] < index < last_whole for index in commas)
    placed = _placed(digits, whole, grouped)
    optional = {index for index in decimals if tokens[index][1] == "#"}
    kept = list(zip(decimals, fraction, strict=False))
    while kept and kept[-1][0] in optional and kept[-1][1] == "0":
        kept.pop()
    placed.update(kept)
    out = ["-"] if number < 0 and rounded else []
    for index, (kind, text) in enumerate(tokens):
        if kind == "digit":
            out.append(placed.get(index, ""))
        elif kind == "point":
            out.append("." if kept or not optional else "")
        elif kind == "exponent":
            out.append(f"E{'-' if power < 0 else '+' if text[1] == '+' else ''}{abs(power):0{len(text) - 2}d}")
        elif kind != "comma":
            out.append(text)
    return "".join(out).strip()


def _placed(digits: str, places: list[int], grouped: bool) -> dict[int, str]:
    """The digits of the whole part over their placeholders, from the right; the leftmost takes what is left."""
    placed: dict[int, str] = {}
    left = digits
    for count, index in enumerate(reversed(places)):
        piece = left if count == len(places) - 1 else left[-1:]
        left = left[: len(left) - len(piece)]
        placed[index] = piece
    if grouped and places:
        joined = f"{int(digits or 0):,}" if digits else ""
        placed = dict.fromkeys(places, "")
        placed[places[-1]] = joined.rjust(len(digits), "0")
    return placed


def _date(value: float, tokens: tuple[_Token, ...], since_1904: bool) -> str:
    if not 0 <= value <= _LATEST:
        raise ValueError("no date")
    days = value + (1462 if since_1904 else 0)
    # Day 60 is a 29 February 1900 that never was; before it the count is one ahead.
    moment = datetime(1899, 12, 30) + timedelta(days=days + (1 if days < 60 else 0), milliseconds=500)
    half = any(kind == "clock" for kind, _ in tokens)
    out: list[str] = []
    for index, (kind, text) in enumerate(tokens):
        if kind == "date":
            out.append(_part(moment, text, half, _is_minute(tokens, index)))
        elif kind == "elapsed":
            hours = int(value * 24 + 1e-9)
            out.append(str({"h": hours, "m": int(value * 1440 + 1e-9), "s": round(value * 86400)}[text[0]]))
        elif kind == "clock":
            late = moment.hour >= 12
            out.append(("下午" if late else "上午") if "午" in text else ("PM" if late else "AM"))
        elif kind in ("literal", "comma", "percent") or (
            kind == "point" and tokens[index + 1 :][:1] != (("digit", "0"),)
        ):
            out.append(text)  # fractions of a second are left out
    return "".join(out).strip()


def _is_minute(tokens: tuple[_Token, ...], index: int) -> bool:
    """Whether ``m`` stands for minutes: after hours, or before seconds."""
    if tokens[index][1][0] != "m":
        return False
    before = next((text for kind, text in reversed(tokens[:index]) if kind in ("date", "elapsed")), "")
    after = next((text for kind, text in tokens[index + 1 :] if kind == "date"), "")
    return before.startswith("h") or after.startswith("s")


def _part(moment: datetime, text: str, half: bool, minute: bool) -> str:
    size = len(text)
    if minute:
        return f"{moment.minute:0{min(size, 2)}d}"
    match text[0]:
        case "y":
            return f"{moment.year % 100:02d}" if size <= 2 else str(moment.year)
        case "e":
            return str(moment.year)
        case "m":
            return f"{moment.month:0{size}d}" if size <= 2 else f"{moment.month}月"
        case "d":
            return f"{moment.day:0{size}d}" if size <= 2 else f"星期{_WEEKDAYS[moment.weekday()]}"
        case "a":
            return ("星期" if size == 4 else "周") + _WEEKDAYS[moment.weekday()]
        case "h":
            return f"{(moment.hour - 1) % 12 + 1 if half else moment.hour:0{min(size, 2)}d}"
        case "s":
            return f"{moment.second:0{min(size, 2)}d}"
    return ""
