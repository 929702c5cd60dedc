"""Where the blanks of a printed line are: a line of characters with their places, written as a person reads it.

Word and Chromium set digits and Latin words a little apart from Chinese characters, titles are letter-spaced, justified
lines are stretched: none of these gaps is a blank. Where the eye sees two words, a blank stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median

from summarizer.source.pdf.characters import Character
from summarizer.source.raised import write_raised

__all__ = ["is_wide", "join_lines", "line_text"]

_WORD_GAP = 0.17  # of the height, between Latin letters
_STRETCHED_GAP = 0.2  # a digit apart from the next one only by the line's own stretch is no new number
_CHINESE_GAP = 0.32
_MIXED_GAP = 1.1
_NUMBER_GAP = 0.8
_RAISED_SIZE = 0.78
_RAISED_BY = 0.18
_RAISED_NEAR = 0.5  # a mark stands at its word; small print further away is another cell
_IN_NUMBER = frozenset(".,%‰％/:")
# Behind a number that begins a line these are its unit; before any other character it is the number of a head (1 总则).
_UNITS = "多余类年月日号时分个万亿千百元人家次项条岁名张所批户亩级倍台套件种公米吨度平%‰％至到以、，。）)-—"
_HEAD_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}")
_SINGLES = re.compile(r"(?<!\S)[\u3400-\u9fff](?: [\u3400-\u9fff](?!\S))+")


@lru_cache(maxsize=8192)
def is_wide(code: str) -> bool:
    """Whether the character takes a whole square: a Chinese character or full-width mark."""
    return unicodedata.east_asian_width(code) in "WFA" and not code.isdigit() and not "\u0370" <= code <= "\u04ff"


def line_text(characters: Sequence[Character]) -> str:
    """The text of one line or cell from its characters, which may hold blanks that the file itself prints."""
    line = sorted(characters, key=lambda one: (one.left, one.right))
    solid = [one for one in line if one.code != " "]
    if not solid:
        return ""
    blanks = _blanks_before(line)
    tallest = max(one.height for one in solid)
    height = max(1.0, median(one.height for one in solid if one.height >= _RAISED_SIZE * tallest))
    floor = median(one.bottom for one in solid if one.height > _RAISED_SIZE * height)
    stretch = _stretch(solid, height)
    text, raised = "", ""
    before: Character | None = None
    end = solid[0].left
    for one in solid:
        small = one.height < _RAISED_SIZE * height and one.bottom - floor > _RAISED_BY * height and one.code not in "·°"
        near, end = one.left - end < _RAISED_NEAR * height, one.right
        if small and near:
            raised += one.code
            continue
        if raised:
            text, raised = text + write_raised(text, raised), ""
        elif before is not None:
            printed = id(one) in blanks
            gap = (one.left - before.right) / height
            if _is_blank(before, one, gap - stretch, printed=printed) or (
                (printed or gap >= _STRETCHED_GAP) and _after_head_number(text, one.code)
            ):
                text += " "
        text += one.code
        before = one
    text += write_raised(text, raised) if raised else ""
    return _SINGLES.sub(lambda match: match.group().replace(" ", ""), text)


def _blanks_before(line: Sequence[Character]) -> set[int]:
    """The characters (by identity) before which the file prints a blank."""
    found: set[int] = set()
    blank = False
    for one in line:
        if one.code == " ":
            blank = True
        elif blank:
            found.add(id(one))
            blank = False
    return found


def _stretch(solid: Sequence[Character], height: float) -> float:
    """The gap that the whole line has between its characters, as a share of the height."""
    gaps = [
        (after.left - one.right) / height for one, after in pairwise(solid) if is_wide(one.code) == is_wide(after.code)
    ]
    return max(0.0, median(gaps)) if len(gaps) >= 3 else 0.0


def _is_blank(one: Character, after: Character, gap: float, *, printed: bool) -> bool:
    wide = is_wide(one.code), is_wide(after.code)
    if all(wide):
        marks = unicodedata.category(one.code)[0] in "PS" or unicodedata.category(after.code)[0] in "PS"
        return gap >= _CHINESE_GAP or (printed and not marks)
    if any(wide):
        return gap >= _MIXED_GAP
    if one.code in _IN_NUMBER or after.code in _IN_NUMBER:
        # 5 % and 3 . 5 are one number; a sentence's full stop is followed by a word.
        joins = one.code.isdigit() or after.code.isdigit()
        return gap >= (_NUMBER_GAP if joins else _WORD_GAP)
    if one.code.isdigit() and after.code.isdigit():
        return gap >= _STRETCHED_GAP or (printed and gap >= 0.1)
    return gap >= _WORD_GAP or (printed and gap >= 0.08)


def _after_head_number(text: str, after: str) -> bool:
    """Whether ``text`` is the number of a head (1, 2.1) and what follows is its title, not a unit (12个, 7月)."""
    return _HEAD_NUMBER.fullmatch(text) is not None and is_wide(after) and after not in _UNITS


def join_lines(texts: Sequence[str]) -> str:
    """One text of wrapped lines: a blank only between Latin words, none inside a number or a Chinese sentence."""
    return "".join(_pieces(texts))


def _pieces(texts: Sequence[str]) -> Iterator[str]:
    before = ""
    for text in texts:
        text = text.strip()
        if not text:
            continue
        if before and (head := re.match(rf"{_HEAD_NUMBER.pattern}(?= [\u3400-\u9fff])", text)):
            text = head.group() + text[head.end() + 1 :]  # inside a sentence it is a quantity
        words = before[-1:].isascii() and text[:1].isascii() and before[-1:].isalnum() and text[:1].isalnum()
        if (words and not (before[-1].isdigit() and text[0].isdigit())) or (
            before and before[-1] in ".,;:)!?" and text[:1].isascii() and text[:1].isalpha()
        ):
            yield " "
        yield text
        before = text
