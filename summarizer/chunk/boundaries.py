"""Places in running text: where a sentence begins, where a clause ends, and what must not be torn apart."""

from __future__ import annotations

import re
import unicodedata

from summarizer.language.characters import (
    BLANKS,
    CLAUSE_ENDS,
    CLOSERS,
    CUTTING_ENDS,
    HAN,
    PAIRS,
    PHRASE_ENDS,
    SENTENCE_ENDS,
)
from summarizer.language.numerals import PRINTED_RUN
from summarizer.language.units import match_unit

__all__ = ["CLAUSE", "PARAGRAPH", "PHRASE", "SENTENCE", "at_sentence_start", "sentence_start", "shield"]

_CLOSERS = f"[{re.escape(CLOSERS)}]"
PARAGRAPH = re.compile(r"\n\s*")
SENTENCE = re.compile(rf"[{CUTTING_ENDS}]+{_CLOSERS}*\s*|[.!?](?<=[A-Za-z{HAN}].){_CLOSERS}?(?=[\s{HAN}])\s*")
CLAUSE = re.compile(rf"[{re.escape(CLAUSE_ENDS)}]{_CLOSERS}?\s*|\n\s*")
PHRASE = re.compile(rf"[{re.escape(PHRASE_ENDS)}]\s*|[{BLANKS}]+")
"""Each matches a mark with everything that belongs before a cut: closing quotes and white space; the cut is the match's end."""

_AROUND = 24
"""Characters on either side in which a number or date is looked for; 二〇三一年一月二十七日 has twelve."""
_LONGEST_PAIR = 1_000
_LONGEST_WORD = 64
_LONGEST_LOOK_BACK = 1_000
_ENDS = frozenset(CUTTING_ENDS + SENTENCE_ENDS)


def at_sentence_start(text: str, offset: int) -> bool:
    """Whether a sentence, a paragraph or the text begins at ``offset``."""
    before = text[max(0, offset - _AROUND) : offset]
    bare = before.rstrip()
    if not bare or "\n" in before[len(bare) :]:
        return True
    return bare.rstrip(CLOSERS)[-1:] in _ENDS


def sentence_start(text: str, offset: int) -> int:
    """Where the sentence that holds ``offset`` begins, at most 1000 characters before it."""
    start = max(0, offset - _LONGEST_LOOK_BACK)
    last = max(text.rfind(mark, start, offset) for mark in (*CUTTING_ENDS, "\n"))
    if last < 0:
        return start
    while last + 1 < offset and (text[last + 1] in CLOSERS or text[last + 1].isspace()):
        last += 1
    return last + 1


def shield(text: str, offset: int, start: int, *, pairs: bool = True) -> int | None:
    """Where the thing begins that a cut at ``offset`` would tear: a number with its unit, a date, a word, a character with
    its marks, and with ``pairs`` a quotation or title. ``None`` when nothing is torn. Nothing before ``start`` counts.
    """
    for found in (
        _pair(text, offset, start) if pairs else None,
        _number(text, offset, start),
        _word(text, offset, start),
    ):
        if found is not None:
            return found
    return None


def _pair(text: str, offset: int, start: int) -> int | None:
    low, high = max(start, offset - _LONGEST_PAIR), min(len(text), offset + _LONGEST_PAIR)
    opened: list[int] = []
    for opening, closing in PAIRS:
        at = text.rfind(opening, low, offset)
        if at < 0 or text.find(closing, at, offset) >= 0:
            continue
        end = text.find(closing, offset, high)
        if end >= 0 and text.find("\n", at, end) < 0:
            opened.append(at)
    return min(opened, default=None)


def _number(text: str, offset: int, start: int) -> int | None:
    for match in PRINTED_RUN.finditer(text, max(start, offset - _AROUND), min(len(text), offset + _AROUND)):
        if match.start() >= offset:
            return None
        unit = match_unit(text, match.end())
        if offset < (unit.end if unit else match.end()):
            return match.start()
    return None


def _word(text: str, offset: int, start: int) -> int | None:
    """An ASCII word of usual length, or the base character of marks and joiners."""
    if offset <= start or offset >= len(text):
        return None
    before, after = text[offset - 1], text[offset]
    if unicodedata.category(after)[0] == "M" or "\u200d" in (before, after) or (before, after) == ("\r", "\n"):
        return offset - 1
    if not (_in_word(before) and _in_word(after)):
        return None
    at = offset - 1
    while at > start and _in_word(text[at - 1]):
        at -= 1
        if offset - at > _LONGEST_WORD:
            return None
    return at


def _in_word(char: str) -> bool:
    return char.isascii() and char.isalnum()
