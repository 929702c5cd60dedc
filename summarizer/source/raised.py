"""Raised and lowered characters of a page: a power stays with its number, the mark of a note is set apart from it.

A browser shows 7.1¹ and 10³; written out flat both become another number (7.11, 103). A power is printed in Unicode's
superscript digits. What marks a note is told by its shape (［1］, ①, *, a link), and else by what it stands on: a number
other than 10 and a Chinese word carry notes, 10, Latin letters and units of length carry powers.
"""

from __future__ import annotations

import re

__all__ = ["lowered", "raised", "write_raised"]

_NOTE = re.compile(
    r"(?:[\[［【〔（(]\s?(?:注|note)?\s?[\d①-⑳a-z*,，、\-–—\s]{1,12}[\]］】〕）)]|[①-⑳㉑-㉟⑴-⒇❶-❿]+|[*＊※†‡§#]{1,3}|注\s?\d{0,2}|\d{1,3}(?:\s?[,，、–-]\s?\d{1,3})+)",
    re.IGNORECASE,
)
_POWER = re.compile(r"[-\u2212\u2013+]?\d{1,2}|n")
_TEN = re.compile(r"(?:^|[^\d.．０-９])(?:10|１０)$")
_LETTER = re.compile(r"[A-Za-zμΩ]$")
_LENGTH = re.compile(r"(?:米|公里|千米|厘米|毫米|分米|微米|㎝|㎞|㎜)$")
_DEGREE = re.compile(r"[\d０-９]$")
_SUPERSCRIPT = str.maketrans("0123456789+-\u2212\u2013n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻ⁿ")
_DIGIT_BEFORE = re.compile(r"[\d０-９%％‰]$")


def raised(base: str, text: str, linked: bool) -> tuple[str, bool]:
    """How a raised piece is printed: ``(characters, whether it is the mark of a note)``.

    ``base`` is what stands before it on the line (its last characters suffice), ``linked`` whether it holds a link.
    """
    base, text = base.rstrip(), " ".join(text.split())
    if not text or linked or _NOTE.fullmatch(text):
        return text, True
    if text in ("o", "○") and _DEGREE.search(base):
        return "°", False
    if not _POWER.fullmatch(text):
        return text, False
    if _TEN.search(base):
        power = text not in ("0", "1")
    elif _LENGTH.search(base):
        power = text in ("2", "3")
    else:
        power = _LETTER.search(base) is not None
    return (text.translate(_SUPERSCRIPT), False) if power else (text, True)


def lowered(base: str, text: str) -> tuple[str, bool]:
    """The same for a lowered piece: PM2.5 and CO2 are words, a digit below a value belongs to a note."""
    text = " ".join(text.split())
    note = _NOTE.fullmatch(text) is not None or (text.isdecimal() and _DIGIT_BEFORE.search(base.rstrip()) is not None)
    return text, note


def write_raised(base: str, text: str) -> str:
    """What a layout that sets no notes apart writes for a raised piece: superscript digits, nothing for a note's mark."""
    if not base.strip():
        return text
    printed, note = raised(base, text, linked=False)
    return "" if note else (printed if printed != " ".join(text.split()) else text)
