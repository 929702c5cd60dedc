"""Cues that tell what a part of a text speaks of; the lists are ``data/outline.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

__all__ = [
    "Request",
    "Speaker",
    "classify_heading",
    "is_attitude",
    "is_tail",
    "lean_of",
    "opener_in",
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
_SPEAKER_BREAK = re.compile(r"[，,。；;：:！？!?\n“]")


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


@cache
def _data() -> dict[str, Any]:
    text = files("summarizer.language").joinpath("data", "outline.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _groups(table: str) -> tuple[tuple[str, re.Pattern[str], dict[str, Any]], ...]:
    """Rows of one table: horizon, the alternation of its cues, and the row."""
    return tuple((row["horizon"], _any(row["cues"]), row) for row in _data()[table])


def _any(cues: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{cue})" for cue in cues))


def classify_heading(headline: str) -> str | None:
    """The horizon that a heading names, or ``mixed_…`` and ``outlook_period`` where it names two; ``None`` if no cue."""
    for horizon, pattern, _ in _groups("heading"):
        if pattern.search(headline):
            return None if horizon == _OPEN else horizon
    return None


def opener_in(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The first opener of a list in ``[start, end)``: horizon and range; look-alikes win over real ones."""
    for horizon, pattern, _ in _groups("opener"):
        match = pattern.search(text, start, end)
        if match:
            return horizon, match.start(), match.end()
    return None


@cache
def _speakers() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...]]:
    verbs = tuple((row["horizon"], re.compile(row["verb"])) for row in _data()["speaker"])
    return _any(_data()["subject"]["any"]), verbs


def speaker_at(text: str, start: int, end: int) -> Speaker | None:
    """Who says what at the beginning of the sentence ``[start, end)``: 会议强调，… ; ``None`` when nobody speaks."""
    if late := _late_speaker().match(text, start, min(end, start + _LATE_LIMIT)):
        return Speaker("directive", late.end())
    limit = min(end, start + _SUBJECT_LIMIT)
    stop = _SPEAKER_BREAK.search(text, start, limit)
    until = stop.start() if stop else limit
    subject, verbs = _speakers()
    for kind, verb in verbs:
        match = verb.search(text, start, until)
        if match is None or match.start() == start:
            continue
        known = subject.search(text, start, match.start()) is not None
        named = match.start() - start <= _NAME_LIMIT
        before = text[start : match.start()]
        meeting = "会" in before and "是" not in before
        if (known and (meeting or until - match.end() <= 2)) or (named and until == match.end() and stop is not None):
            return Speaker(kind, stop.end() if stop else match.end())
    return None


_LATE_LIMIT = 120


@cache
def _late_speaker() -> re.Pattern[str]:
    return re.compile(_data()["late_speaker"]["form"])


@cache
def _said() -> dict[str, re.Pattern[str]]:
    return {kind: _any(cues) for kind, cues in _data()["said"].items()}


def speaks_of(kind: Literal["orientation", "achieved", "trouble", "meeting", "talk"], words: str) -> bool:
    """Whether a speaker's words are about ``kind``."""
    return _said()[kind].search(words) is not None


@cache
def _target_year() -> re.Pattern[str]:
    return re.compile(_data()["time"]["target_year"])


def target_year(text: str) -> int | None:
    """The latest year for which ``text`` names work: 2026年重点工作."""
    return max((int(match[1]) for match in _target_year().finditer(text)), default=None)


def turn_at(text: str, start: int, end: int, *, at_line: bool) -> str | None:
    """The horizon that begins with the sentence or paragraph ``[start, end)``, if its first words say so."""
    for horizon, pattern, row in _groups("turn"):
        if (at_line or row["where"] == "sentence") and pattern.match(text, start, end):
            return horizon
    return None


@cache
def _tails() -> re.Pattern[str]:
    return _any(_data()["tail"]["any"])


def is_tail(text: str, start: int) -> bool:
    """Whether the paragraph that begins at ``start`` speaks of something beside the list before it."""
    return _tails().match(text, start) is not None


@cache
def _requests() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    row = _data()["request"]
    return re.compile(row["before"]), re.compile(f"{row['verb']}|{row['topic']}"), _any(row["attitude"])


def request_at(text: str, start: int, end: int) -> Request:
    """How the clause ``[start, end)`` asks; subject and time before 要 are left out."""
    before, verb, _ = _requests()
    skipped = before.match(text, start, end)
    begin = skipped.end() if skipped else start
    match = verb.match(text, begin, end)
    return Request(match is not None, begin, match.end() if match else begin)


def is_attitude(text: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` asks for an attitude, not for work."""
    return _requests()[2].search(text, start, end) is not None


@cache
def _imperatives() -> re.Pattern[str]:
    return _any(_data()["imperative"]["any"])


def starts_imperative(headline: str) -> bool:
    """Whether a headline begins like a task: with a verb that sets work."""
    return _imperatives().match(headline) is not None


def lean_of(text: str, start: int, end: int) -> dict[str, float]:
    """How much ``[start, end)`` speaks of past, work and outlook: summed weights of the cues in it."""
    total: dict[str, float] = {}
    for horizon, pattern, row in _groups("lean"):
        hits = sum(1 for _ in pattern.finditer(text, start, end))
        total[horizon] = total.get(horizon, 0.0) + hits * float(row["weight"])
    return total
