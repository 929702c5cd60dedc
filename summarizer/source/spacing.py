"""Characters that print nothing or only distance: what of them has to go so that words and numbers are whole.

Zero-width characters, blanks inside a number, blanks between all characters of a letter-spaced line, and the blanks that
some programs put around every number. A blank that parts words or the columns of a table stays. All searches are anchored
and bounded, so cost is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from summarizer.source.text import Dropped

__all__ = ["spacing_drops"]

_B = "[ \u00a0\u2002-\u200a\u202f\u205f\u3000]"
# Direction marks, soft hyphens, joiners, byte order marks, variation selectors, tag characters and control characters …
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200c-\u200f\u202a-\u202e\u2061-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\ufffc"
    "\x00-\x08\x0e-\x1f\x7f\U000e0000-\U000e007f]+"
)
# … while a zero-width blank may rightly part two words (it allows a break of the line), but never a number or its marks.
_NUMERIC = frozenset("0123456789０１２３４５６７８９.．%％‰+-±≥≤~～—（）()、")
_BREAK = re.compile("[\u200b\u2060]+")
_BREAKS = 8  # so many in a row allow no break: they hide something
_FLOOD = re.compile("[ \t\u00a0\u2002-\u200a\u202f\u205f\u3000]{64,}")
_GAP_LEFT = 4  # blanks that are left of a flood of them: still a gap between columns
_LINE = re.compile(r"[^\n\r]+")
_GAP = re.compile(f"(?<=\\S){_B}{{1,2}}(?=\\S)")
_CJK = "\u4e00-\u9fff"
_IDEOGRAPH = re.compile(f"[{_CJK}]")
_LETTER_SPACED, _LETTER_SPACED_TITLE = 8, 4  # so many single characters in a row; in a line of nothing else
_SINGLES = 0.9

# 3 . 4 and 3 .4; 7. 1 only behind a word and before a unit: “7. 1月” may be an item.
_POINT = re.compile(f"(?<![\\d.．])\\d{{1,9}}({_B}{{1,3}})[.．]({_B}{{0,3}})\\d{{1,4}}(?![\\d.．])")
_POINT_AFTER = re.compile(
    f"(?<=[{_CJK}，、：（])\\d{{1,9}}[.．]({_B}{{1,2}})\\d{{1,2}}(?={_B}?[%％‰{_CJK}])(?!{_B}?[年月日])"
)
# 12\u202f500张: groups of three behind a word and before a unit, in a sentence; by a plain blank only where all numbers
# have blanks around them, else it is a printed form of the number like any other.
_THIN_THOUSANDS = re.compile(
    f"(?<=[{_CJK}，、：（(])\\d{{1,3}}(?:[\u00a0\u2009\u202f]\\d{{3}}){{1,4}}(?={_B}?[%％‰{_CJK}])"
)
_THOUSANDS = re.compile(
    f"(?<=[{_CJK}，、：（(])[ \u00a0]?\\d{{1,3}}(?:[ \u00a0\u2009\u202f]\\d{{3}}){{1,4}}(?={_B}?[%％‰{_CJK}])"
)
# 2 0 3 1 年
_DIGITS = re.compile(f"(?<![\\d.])\\d(?:{_B}\\d){{2,8}}(?={_B}?[年月日%％.．{_CJK}])")
_SPLIT = re.compile(f"(?<=[{_CJK}])({_B})(?=\\d)|(?<=[\\d%％‰])({_B})(?=[{_CJK}])")
_JOINED = re.compile(f"(?<=[{_CJK}])(?=\\d)|(?<=\\d)(?=[{_CJK}])")
_SPACED, _SPACED_SHARE = 12, 0.6  # from so many borders of numbers with blanks on, a program set them
_SENTENCE = re.compile(r"[。，；、]")
_COLUMNS = re.compile(f"[|\\t]|{_B}{{3,}}")


def spacing_drops(text: str) -> Iterator[Dropped]:
    """Yield ranges to drop, in no order: ``invisible`` characters and ``spacing`` inside numbers and words."""
    for found in _INVISIBLE.finditer(text):
        yield Dropped(found.start(), found.end(), "invisible", "characters without width")
    for found in _BREAK.finditer(text):
        beside = {text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]}
        if beside & _NUMERIC or found.end() - found.start() >= _BREAKS:
            yield Dropped(found.start(), found.end(), "invisible", "characters without width")
    for found in _FLOOD.finditer(text):
        yield Dropped(found.start() + _GAP_LEFT, found.end(), "spacing", "flood of blanks")
    spaced = _is_spaced(text)
    for line in _LINE.finditer(text):
        yield from _in_line(text, line.start(), line.end(), spaced)


def _is_spaced(text: str) -> bool:
    """Whether blanks stand around nearly all numbers, as when a word processor's automatic distance became characters."""
    split = sum(1 for _ in _SPLIT.finditer(text))
    return split >= _SPACED and split >= _SPACED_SHARE * (split + sum(1 for _ in _JOINED.finditer(text)))


def _in_line(text: str, start: int, end: int, spaced: bool) -> Iterator[Dropped]:
    # split() by itself knows no zero-width blanks, which matter to nobody here.
    line = text[start:end]
    if not re.search(_B, line):
        return
    if _is_letter_spaced(line):
        for gap in _GAP.finditer(text, start, end):
            yield Dropped(gap.start(), gap.end(), "spacing", "letter-spaced line")
        return
    for pattern in (_POINT, _POINT_AFTER):
        for found in pattern.finditer(text, start, end):
            yield from _groups(found, "blank inside a number")
    if _COLUMNS.search(line) or not _SENTENCE.search(line):
        return
    for pattern in (_THOUSANDS if spaced else _THIN_THOUSANDS, _DIGITS):
        for found in pattern.finditer(text, start, end):
            inner = found.start() + len(found.group()) - len(found.group().lstrip())
            for gap in re.compile(_B).finditer(text, inner, found.end()):
                yield Dropped(gap.start(), gap.end(), "spacing", "blank inside a number")
    if spaced:
        for found in _SPLIT.finditer(text, start, end):
            yield from _groups(found, "blanks around all numbers")


def _groups(found: re.Match[str], detail: str) -> Iterator[Dropped]:
    for number in range(1, (found.re.groups or 0) + 1):
        if found.group(number):
            yield Dropped(*found.span(number), "spacing", detail)


def _is_letter_spaced(line: str) -> bool:
    pieces = line.split()
    if len(pieces) < _LETTER_SPACED_TITLE:
        return False
    singles = sum(len(piece) == 1 for piece in pieces)
    ideographs = sum(len(piece) == 1 and _IDEOGRAPH.match(piece) is not None for piece in pieces)
    if singles == len(pieces) and ideographs >= _LETTER_SPACED_TITLE:
        return True
    return len(pieces) >= _LETTER_SPACED and singles >= _SINGLES * len(pieces) and 2 * ideographs >= len(pieces)
