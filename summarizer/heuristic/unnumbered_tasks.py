"""Tasks without enumerators: bare heading lines, one task a paragraph, one task a sentence group of a readout."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.language.characters import BLANKS, CLAUSE_ENDS, COLONS, FULL_STOP, SEMICOLONS, STOPS
from summarizer.language.cues import is_attitude, opener_in, outline_cues, request_at, speaker_at
from summarizer.schema import CleanOffset
from summarizer.source.text import clean_range

__all__ = ["UnnumberedTask", "unnumbered_tasks"]

_LINE = re.compile(r"[^\n]+")
_EDGE = BLANKS + "\r"
_STOP = re.compile(rf"[{FULL_STOP}\uff01!\n]")
_PART = re.compile(f"[^{SEMICOLONS}]+[{SEMICOLONS}]?")
_LONGEST_HEADING = 45
_LEAST = 6


@dataclass(frozen=True, slots=True)
class UnnumberedTask:
    """A task without enumerator at ``[start, end)``; ``body`` is where its headline begins (behind 要)."""

    start: CleanOffset
    body: CleanOffset
    end: CleanOffset


@dataclass(frozen=True, slots=True)
class _Line:
    start: CleanOffset
    end: CleanOffset
    heading: bool


def unnumbered_tasks(text: str, start: int, end: int, *, chapter: bool) -> list[UnnumberedTask]:
    """The tasks of ``[start, end)``, a part that sets work and has no list.

    ``chapter`` tells that a heading stands above: then every paragraph sets work. Otherwise somebody speaks, and only
    what is asked for (要…) counts.
    """
    lines = _lines(text, start, end)
    headed = _headed(lines)
    if headed:
        return headed
    if chapter or _headline_paragraphs(text, lines):
        return [task for line in lines if (task := _paragraph(text, line, whole=chapter)) is not None]
    return [task for line in lines for task in _asked(text, line)]


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines = []
    for match in _LINE.finditer(text, start, end):
        first, last = match.span()
        while first < last and text[first] in _EDGE:
            first += 1
        while last > first and text[last - 1] in _EDGE:
            last -= 1
        if first < last:
            heading = last - first <= _LONGEST_HEADING and text[last - 1] not in STOPS + CLAUSE_ENDS
            lines.append(_Line(*clean_range(first, last), heading))
    return lines


def _headed(lines: Sequence[_Line]) -> list[UnnumberedTask]:
    """Bare heading lines, each with the paragraphs below it; needs two of them."""
    heads = [
        index
        for index, line in enumerate(lines)
        if line.heading and index + 1 < len(lines) and not lines[index + 1].heading
    ]
    if len(heads) < 2:
        return []
    tasks = []
    for order, index in enumerate(heads):
        until = heads[order + 1] if order + 1 < len(heads) else len(lines)
        tasks.append(UnnumberedTask(lines[index].start, lines[index].start, lines[until - 1].end))
    return tasks


def _headline_paragraphs(text: str, lines: Sequence[_Line]) -> bool:
    """Whether most paragraphs are a headline sentence with more behind it."""
    plain = [line for line in lines if speaker_at(text, line.start, line.end) is None]
    hits = sum(1 for line in plain if _has_headline(text, line))
    return hits >= 2 and hits * 2 > len(plain)


def _has_headline(text: str, line: _Line) -> bool:
    match = outline_cues().headline.pattern.match(text, line.start, line.end)
    return match is not None and match.end() < line.end - _LEAST


def _paragraph(text: str, line: _Line, *, whole: bool) -> UnnumberedTask | None:
    """One paragraph as a task, unless it only introduces the others."""
    if line.heading or text[line.end - 1] in COLONS:
        return None
    if speaker_at(text, line.start, line.end) is not None or opener_in(
        text, line.start, min(line.end, line.start + 60)
    ):
        return None
    request = request_at(text, line.start, line.end)
    if not _has_headline(text, line) and not (whole and request.asks):
        return None
    return UnnumberedTask(line.start, line.start, line.end)


def _asked(text: str, line: _Line) -> list[UnnumberedTask]:
    """What a speaker asks for in one paragraph: a task a sentence, or a clause group where semicolons part them."""
    tasks: list[UnnumberedTask] = []
    for start, end in _sentences(text, line.start, line.end):
        speaker = speaker_at(text, start, end)
        begin = speaker.end if speaker else start
        if speaker and speaker.kind not in ("directive", "statement", "near_term"):
            continue
        parts = list(_PART.finditer(text, begin, end))
        asks = False
        for part in parts:
            request = request_at(text, _skip(text, part.start(), part.end()), part.end())
            asks = asks or request.asks
            if asks and not is_attitude(text, part.start(), part.end()) and part.end() - part.start() >= _LEAST:
                tasks.append(UnnumberedTask(*clean_range(request.start, request.body), CleanOffset(part.end())))
    return tasks


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    ranges, begin = [], start
    for stop in [*_STOP.finditer(text, start, end), None]:
        until = stop.end() if stop else end
        first = _skip(text, begin, until)
        if first < until:
            ranges.append((first, until))
        begin = until
    return ranges


def _skip(text: str, start: int, end: int) -> int:
    while start < end and text[start] in _EDGE:
        start += 1
    return start
