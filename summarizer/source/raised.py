"""Raised characters: an exponent belongs to its number, a note's mark to no text.

A layout tells them by height alone; written on one line 7.1 with the mark of note 1 would read 7.11, and 10³ as 103.
"""

from __future__ import annotations

import re

__all__ = ["write_raised"]

_SUPERSCRIPTS = str.maketrans("0123456789+-\u2212\u2013\uff0b", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁺")
_EXPONENT = re.compile(r"[+\-\u2212\u2013\uff0b]?\d{1,2}")
# What can be raised to a power: a ten that stands alone, the letters of a unit or a variable, a closed bracket.
_BASE = re.compile(r"(?:(?<![\d.,])10|[A-Za-zμ])$")
_MARK = re.compile(
    r"(?=.*[\d①-⑳㉑-㊿*＊†‡※#注])\s*[\[(（【〔]?(?:注?\s*[\d①-⑳㉑-㊿、,，\-–~]+|[*＊†‡※#]+|注)[\])）】〕]?\s*"
)


def write_raised(before: str, raised: str) -> str:
    """What to write for raised characters after ``before``: superscript digits, nothing for a note's mark, else the text."""
    text = raised.strip()
    if not before.strip():
        return raised
    if _EXPONENT.fullmatch(text) and _BASE.search(before.rstrip()):
        return text.translate(_SUPERSCRIPTS)
    return "" if _MARK.fullmatch(raised) else raised
