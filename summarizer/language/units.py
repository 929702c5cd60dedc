"""Units and measure words: which word behind a number says what it counts, and of what kind that is.

The table is ``data/units.toml``; this module reads it once and finds the longest word at a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from summarizer.language.fold import simplified
from summarizer.language.tables import Form, Row, Table, Words, load

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


_MAX_IMPLYING = 8
"""Characters at the end of a name that can hold a word of ``[implied]``."""

_BARE = ("万", "亿", "萬", "億")


class _Same(Row):
    name: dict[str, str]


class _Implied(Row):
    unit: dict[str, tuple[str, ...]]


class UnitTable(Table):
    """``data/units.toml``."""

    same: _Same
    implied: _Implied
    kind: dict[UnitKind, Words]
    denominator: Form
    twin: Form


@cache
def _data() -> UnitTable:
    return load(UnitTable, "units.toml")


@cache
def _table() -> dict[str, tuple[tuple[str, str, UnitKind], ...]]:
    """First character → (word, name, kind), longest word first."""
    data = _data()
    rows: dict[str, list[tuple[str, str, UnitKind]]] = defaultdict(list)
    for kind in UnitKind:
        for word in data.kind[kind].words:
            rows[word[0]].append((word, data.same.name.get(word, word), kind))
    return {first: tuple(sorted(words, key=lambda row: -len(row[0]))) for first, words in rows.items()}


@cache
def _implied() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words at a name's end that say its unit, longest first, and the unit of each."""
    units = {word: unit for unit, words in _data().implied.unit.items() for word in words}
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
        and (twin := _data().twin.pattern.match(text, unit.end, limit))
        and any(word == twin[1] for word, _, _ in _table().get(twin[1][0], ()))
    ):
        return Unit(unit.start, twin.end(), unit.name + twin[0], unit.kind)
    per = _data().denominator.pattern.match(text, unit.end, limit)
    if per and len(per[0]) > 1:
        return Unit(unit.start, per.end(), unit.name + per[0], unit.kind)
    return unit if unit.name else None
