"""Units and measure words: which word behind a number says what it counts, and of what kind that is.

The table is ``data/units.toml``; this module reads it once and finds the longest word at a place.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from summarizer.language.fold import simplified

__all__ = ["Unit", "UnitKind", "implied_unit", "match_unit"]


class UnitKind(StrEnum):
    """What sort of thing a unit measures; the keys of ``units.toml``."""

    RATIO = "ratio"
    COUNT = "count"
    PERSON = "person"
    AMOUNT = "amount"
    AGE = "age"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found at ``text[start:end]``; ``name`` is the form to report (％ is %)."""

    start: int
    end: int
    name: str
    kind: UnitKind


_PER = re.compile(
    r"/(?:每)?(?:\d{0,3}(?:万亿|千亿|百亿|亿|千万|百万|十万|万|千|百)|1000+)?(?:元|人口|活产|立方米|平方米|平方公里|公顷|千瓦时|吨|升|人·月|人|年|月|日|天|小时|户|亩|次|床|L|m3|kWh|h|d)?"
)
"""A denominator behind a unit or behind the bare number: 微克/立方米, 人/10万, 14.5/10万, 元/吨."""

_MAX_IMPLYING = 8
"""Characters at the end of a name that can hold a word of ``[implied]``."""

_BARE = ("万", "亿", "萬", "億")

_TWIN = re.compile(r"[（(]([^（）()]{1,3})[）)]")
"""A second measure word in brackets: 100条（个）, 3.1万套（户）."""


@cache
def _table() -> dict[str, tuple[tuple[str, str, UnitKind], ...]]:
    """First character → (word, name, kind), longest word first."""
    data = tomllib.loads((files("summarizer.language") / "data" / "units.toml").read_text(encoding="utf-8"))
    rows: dict[str, list[tuple[str, str, UnitKind]]] = defaultdict(list)
    same: dict[str, str] = data["same"]
    for kind in UnitKind:
        for word in data[kind.value]["words"]:
            rows[word[0]].append((word, same.get(word, word), kind))
    return {first: tuple(sorted(words, key=lambda row: -len(row[0]))) for first, words in rows.items()}


@cache
def _implied() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words at a name's end that say its unit, longest first, and the unit of each."""
    data = tomllib.loads((files("summarizer.language") / "data" / "units.toml").read_text(encoding="utf-8"))
    units = {word: unit for unit, words in data["implied"].items() for word in words}
    ends = "|".join(re.escape(word) for word in sorted(units, key=len, reverse=True))
    return re.compile(rf"(?P<word>{ends})\Z"), units


def implied_unit(name: str, raw: str) -> str:
    """The unit that a bare magnitude leaves to its name (出院人次数 35万 → 人次, 生产总值 1.2万亿 → 元); "" where none is safe.

    Traditional characters are read as simplified ones.
    """
    if raw[-1:] not in _BARE:
        return ""
    pattern, units = _implied()
    found = pattern.search(simplified(name[-_MAX_IMPLYING:]))
    return units[found["word"]] if found else ""


def match_unit(text: str, start: int, end: int | None = None) -> Unit | None:
    """The longest unit that begins at ``start`` (a space before it is passed over), denominator included."""
    limit = len(text) if end is None else end
    at = start + 1 if start < limit and text[start] == " " else start
    if at >= limit:
        return None
    if text[at] == "/":
        return _with_denominator(text, Unit(at, at, "", UnitKind.RATIO), limit)
    for word, name, kind in _table().get(text[at], ()):
        if text.startswith(word, at, limit) and not _runs_on(text, at + len(word), word, limit):
            return _with_denominator(text, Unit(at, at + len(word), name, kind), limit)
    return None


def _runs_on(text: str, end: int, word: str, limit: int) -> bool:
    """Whether a Latin unit is only the head of a longer Latin word (5G of 5Gbps, 4A of 4AAA)."""
    return word[-1].isascii() and word[-1].isalpha() and end < limit and text[end].isascii() and text[end].isalnum()


def _with_denominator(text: str, unit: Unit, limit: int) -> Unit | None:
    if (
        unit.name
        and (twin := _TWIN.match(text, unit.end, limit))
        and any(word == twin[1] for word, _, _ in _table().get(twin[1][0], ()))
    ):
        return Unit(unit.start, twin.end(), unit.name + twin[0], unit.kind)
    per = _PER.match(text, unit.end, limit)
    if per and len(per[0]) > 1:
        return Unit(unit.start, per.end(), unit.name + per[0], unit.kind)
    return unit if unit.name else None
