"""Cues that tell what a part of a text speaks of; the lists are ``data/outline.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summarizer.language.characters import CLAUSE_ENDS, SENTENCE_ENDS
from summarizer.language.tables import Cues, Form, Pattern, Row, Table, Words, compiled, load

__all__ = [
    "OutlineTable",
    "Request",
    "Speaker",
    "classify_heading",
    "is_attitude",
    "is_tail",
    "lean_of",
    "opener_in",
    "outline_cues",
    "request_at",
    "speaker_at",
    "speaks_of",
    "starts_imperative",
    "target_year",
    "turn_at",
]

_SUBJECT_LIMIT = 30
_NAME_LIMIT = 4
_OPEN = "open"
_LATE_LIMIT = 120
_SPEAKER_BREAK = re.compile(rf"[{CLAUSE_ENDS}{SENTENCE_ENDS}\n“]")
_MEETING = "会"
_COPULA = "是"


class _Horizon(Cues):
    horizon: str


class _Turn(_Horizon):
    where: Literal["line", "sentence"]


class _Lean(_Horizon):
    weight: float


class _Verb(Row):
    horizon: str
    verb: Pattern


class _Said(Table):
    orientation: Cues
    achieved: Cues
    trouble: Cues
    meeting: Cues
    talk: Cues


class _RequestForms(Table):
    before: Form
    verb: Form
    topic: Form
    attitude: Cues


class OutlineTable(Table):
    """``data/outline.toml``; its head tells what each group is for."""

    heading: tuple[_Horizon, ...]
    opener: tuple[_Horizon, ...]
    subject: Cues
    late_speaker: Form
    speaker: tuple[_Verb, ...]
    said: _Said
    target_year: Form
    turn: tuple[_Turn, ...]
    tail: Cues
    imperative: Cues
    request: _RequestForms
    lean: tuple[_Lean, ...]
    declared: Form
    next_steps: Words
    paper: Form
    own_number: Form
    aimed: Words
    asking: Form
    inner_first: Form
    inner_second: Words
    subordinate: Form
    headline: Form
    heading_year: Form


@cache
def outline_cues() -> OutlineTable:
    """The table, read once."""
    return load(OutlineTable, "outline.toml")


@dataclass(frozen=True, slots=True)
class Speaker:
    """``kind`` of speech (directive, statement, near_term, other) and the offset behind its verb."""

    kind: str
    end: int


@dataclass(frozen=True, slots=True)
class Request:
    """Whether a clause asks for something (要…), where its own words begin, and where what it asks for begins."""

    asks: bool
    start: int
    body: int


def classify_heading(headline: str) -> str | None:
    """The horizon that a heading names, or ``mixed_…`` and ``outlook_period`` where it names two; ``None`` if no cue."""
    for row in outline_cues().heading:
        if row.pattern.search(headline):
            return None if row.horizon == _OPEN else row.horizon
    return None


def opener_in(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The first opener of a list in ``[start, end)``: horizon and range; look-alikes win over real ones."""
    for row in outline_cues().opener:
        match = row.pattern.search(text, start, end)
        if match:
            return row.horizon, match.start(), match.end()
    return None


@cache
def _verbs() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row.horizon, compiled(row.verb)) for row in outline_cues().speaker)


def speaker_at(text: str, start: int, end: int) -> Speaker | None:
    """Who says what at the beginning of the sentence ``[start, end)``: 会议强调，… ; ``None`` when nobody speaks."""
    if late := outline_cues().late_speaker.pattern.match(text, start, min(end, start + _LATE_LIMIT)):
        return Speaker("directive", late.end())
    limit = min(end, start + _SUBJECT_LIMIT)
    stop = _SPEAKER_BREAK.search(text, start, limit)
    until = stop.start() if stop else limit
    subject = outline_cues().subject.pattern
    for kind, verb in _verbs():
        match = verb.search(text, start, until)
        if match is None or match.start() == start:
            continue
        known = subject.search(text, start, match.start()) is not None
        named = match.start() - start <= _NAME_LIMIT
        before = text[start : match.start()]
        meeting = _MEETING in before and _COPULA not in before
        if (known and (meeting or until - match.end() <= 2)) or (named and until == match.end() and stop is not None):
            return Speaker(kind, stop.end() if stop else match.end())
    return None


def speaks_of(kind: Literal["orientation", "achieved", "trouble", "meeting", "talk"], words: str) -> bool:
    """Whether a speaker's words are about ``kind``."""
    cues: Cues = getattr(outline_cues().said, kind)
    return cues.pattern.search(words) is not None


def target_year(text: str) -> int | None:
    """The latest year for which ``text`` names work: 2026年重点工作."""
    return max((int(match[1]) for match in outline_cues().target_year.pattern.finditer(text)), default=None)


def turn_at(text: str, start: int, end: int, *, at_line: bool) -> str | None:
    """The horizon that begins with the sentence or paragraph ``[start, end)``, if its first words say so."""
    for row in outline_cues().turn:
        if (at_line or row.where == "sentence") and row.pattern.match(text, start, end):
            return row.horizon
    return None


def is_tail(text: str, start: int) -> bool:
    """Whether the paragraph that begins at ``start`` speaks of something beside the list before it."""
    return outline_cues().tail.pattern.match(text, start) is not None


@cache
def _request_verb() -> re.Pattern[str]:
    forms = outline_cues().request
    return re.compile(f"{forms.verb.form}|{forms.topic.form}")


def request_at(text: str, start: int, end: int) -> Request:
    """How the clause ``[start, end)`` asks; subject and time before 要 are left out."""
    skipped = outline_cues().request.before.pattern.match(text, start, end)
    begin = skipped.end() if skipped else start
    match = _request_verb().match(text, begin, end)
    return Request(match is not None, begin, match.end() if match else begin)


def is_attitude(text: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` asks for an attitude, not for work."""
    return outline_cues().request.attitude.pattern.search(text, start, end) is not None


def starts_imperative(headline: str) -> bool:
    """Whether a headline begins like a task: with a verb that sets work."""
    return outline_cues().imperative.pattern.match(headline) is not None


def lean_of(text: str, start: int, end: int) -> dict[str, float]:
    """How much ``[start, end)`` speaks of past, work and outlook: summed weights of the cues in it."""
    total: dict[str, float] = {}
    for row in outline_cues().lean:
        hits = sum(1 for _ in row.pattern.finditer(text, start, end))
        total[row.horizon] = total.get(row.horizon, 0.0) + hits * row.weight
    return total
