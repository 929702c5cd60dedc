"""The headline of a task, verbatim: a heading line, a headline sentence, or the first clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.language.characters import BLANKS, CLAUSE_ENDS, ENUMERATION_COMMA, FULL_STOP, SEMICOLONS, SENTENCE_ENDS
from summarizer.language.cues import outline_cues
from summarizer.schema import CleanOffset
from summarizer.source.text import CleanRange, clean_range

__all__ = ["Headline", "bare", "headline_of", "headlines_are_sentences"]

_EDGES = BLANKS + "\r\n" + CLAUSE_ENDS + FULL_STOP + ENUMERATION_COMMA + "|"
_LEADING = re.compile(rf"[\s{CLAUSE_ENDS}{ENUMERATION_COMMA}{FULL_STOP}．.]*")
_SENTENCE_END = re.compile(rf"[{SENTENCE_ENDS}\n{SEMICOLONS}]")
_CLAUSE_END = re.compile(rf"[{CLAUSE_ENDS}{SENTENCE_ENDS}\n】]|——")
_COLUMNS = re.compile(r"[ \t]*[|｜\t]")
_ORNAMENTS = " \t\r\u3000\ufe0f—–/／|｜▌▍▎◆●■★🔹🔸"
_LONGEST_SENTENCE = 60
_MAJORITY = 0.5


@dataclass(frozen=True, slots=True)
class Headline:
    """``[start, end)`` of the headline and ``after``, where what it heads begins."""

    start: CleanOffset
    end: CleanOffset
    after: CleanOffset


def bare(text: str, start: int, end: int) -> CleanRange:
    """A range without white space and punctuation at its edges."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return clean_range(start, end)


def _first_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The range of the first sentence, its stop left out."""
    stop = _SENTENCE_END.search(text, start, end)
    return start, stop.start() if stop else end


def _is_line(text: str, sentence_end: int, end: int) -> bool:
    return sentence_end < end and text[sentence_end] == "\n"


def _more_follows(text: str, sentence_end: int, end: int) -> bool:
    return bool(text[sentence_end + 1 : end].strip(" \t\r\n\u3000")) and text[sentence_end] not in SEMICOLONS


def _is_headline_sentence(text: str, start: int, end: int) -> bool:
    """Short, and its clauses stand side by side without a connective: 坚持公益导向，聚焦三医协同，深入推进改革."""
    begin = _begin(text, start, end)
    stop = _first_sentence(text, begin, end)[1]
    short = 0 < stop - begin <= _LONGEST_SENTENCE
    return short and _more_follows(text, stop, end) and not outline_cues().subordinate.pattern.search(text, begin, stop)


def _begin(text: str, start: int, end: int) -> int:
    match = _LEADING.match(text, start, end)
    begin = match.end() if match else start
    inner = outline_cues().inner_first.pattern.match(text, begin, end)
    second = outline_cues().inner_second.words[0]
    if inner and text.find(second + text[begin + 1], inner.end(), end) >= 0:
        return inner.end()
    return begin


def headlines_are_sentences(text: str, bodies: Sequence[tuple[int, int]]) -> bool:
    """Whether the items of one list (ranges behind their enumerators) begin with a headline sentence as a rule."""
    hits = sum(_is_headline_sentence(text, start, end) for start, end in bodies)
    return hits > _MAJORITY * len(bodies)


def headline_of(text: str, start: int, end: int, *, sentences: bool) -> Headline:
    """The headline of the item whose text is ``[start, end)``, enumerator left out.

    A line of its own is the headline as a whole. Where the list writes headline sentences (``sentences``) the first
    sentence is it, elsewhere the first clause.
    """
    begin = _begin(text, start, end)
    stop = _first_sentence(text, begin, end)[1]
    if _is_line(text, stop, end):
        column = _COLUMNS.search(text, begin, stop)
        return _headline(text, begin, column.start() if column else stop, stop)
    if sentences and _is_headline_sentence(text, start, end):
        return _headline(text, begin, stop, stop + 1)
    clause = _CLAUSE_END.search(text, begin, end)
    column = _COLUMNS.search(text, begin, clause.start() if clause else end)
    if column:
        return _headline(text, begin, column.start(), column.end())
    return _headline(text, begin, clause.start(), clause.end()) if clause else _headline(text, begin, end, end)


def _headline(text: str, start: int, end: int, after: int) -> Headline:
    while end > start and text[end - 1] in _ORNAMENTS:
        end -= 1
    return Headline(*clean_range(start, end), CleanOffset(after))
