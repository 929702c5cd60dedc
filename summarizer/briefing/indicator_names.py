"""Whether two indicators are the same thing: by name, unit, and level or change. The table is ``indicator_aliases.toml``.

Two names are one when nothing but width, script, spaces, the document's own area and a listed wording parts them. A base
(每千人口, 占地区生产总值) is a part of the name, so another base is another indicator.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from summarizer.language.fold import fold
from summarizer.schema import Document, Indicator, Op

__all__ = ["IndicatorKey", "indicator_key"]

_LEAST_NAME = 3
"""Shorter names (产值, 床位) say too little to be one thing in two documents."""

_MARKS = str.maketrans("", "", "\"'()[]、,的")


@dataclass(frozen=True, slots=True)
class IndicatorKey:
    """What indicators must share to be aligned."""

    name: str
    unit: str
    change: bool


@dataclass(frozen=True, slots=True)
class _Table:
    own_area: dict[str, tuple[str, ...]]
    words: tuple[tuple[str, str], ...]
    names: dict[str, str]
    general: frozenset[str]
    change: tuple[str, ...]
    to: tuple[str, ...]


@cache
def _table() -> _Table:
    path = files("summarizer.language") / "data" / "indicator_aliases.toml"
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    words = [(old, row["to"]) for row in data["word"] for old in row["from"] if old != row["to"]]
    return _Table(
        {level: tuple(own) for level, own in data["own_area"].items()},
        tuple(words),
        {name: row["same"][0] for row in data["name"] for name in row["same"]},
        frozenset(data["general"]["words"]),
        tuple(data["change"]["words"]),
        tuple(data["change"]["to"]),
    )


def indicator_key(indicator: Indicator, document: Document) -> IndicatorKey | None:
    """The key that the same indicator has in every document; None for a name that is too general to compare."""
    table = _table()
    name = fold(indicator.name).text.lower().translate(_MARKS)
    area = [document.region] if document.region else []
    for own in (*area, *table.own_area.get(document.level or "", ())):
        name = name.removeprefix(fold(own).text)
    for old, new in table.words:
        name = name.replace(old, new)
    name = table.names.get(name, name)
    if len(name) < _LEAST_NAME or name in table.general:
        return None
    return IndicatorKey(name, indicator.unit, _is_change(indicator, table))


def _is_change(indicator: Indicator, table: _Table) -> bool:
    """Whether the figure says by how much something changed: by its operator, or by the word just before the value."""
    if indicator.op in (Op.DELTA_UP, Op.DELTA_DOWN):
        return True
    before = indicator.evidence.quote.partition(indicator.raw)[0]
    at, word = max(((before.rfind(word), word) for word in table.change), default=(-1, ""))
    if at < 0:
        return False
    behind = before[at + len(word) :]
    return not behind.startswith(table.to) and not any(mark in behind for mark in "，,、；;。")
