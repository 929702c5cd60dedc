"""Whether two indicators are the same thing: by name, unit, and level or change. The table is ``indicator_aliases.toml``.

Two names are one when nothing but width, script, spaces, the document's own area and a listed wording parts them. A base
(每千人口, 占地区生产总值) is a part of the name, so another base is another indicator. Of a change the name may carry the word
(地区生产总值增长) or leave it to the value.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from summarizer.language.fold import fold
from summarizer.schema import Change, Document, Indicator

__all__ = ["IndicatorKey", "indicator_key", "names_change"]

_LEAST_NAME = 3
"""Shorter names (产值, 床位) say too little to be one thing in two documents."""

_MARKS = str.maketrans("", "", "\"'()[]、,的")


@dataclass(frozen=True, slots=True)
class IndicatorKey:
    """What indicators must share to be aligned."""

    name: str
    unit: str
    change: Change | None


@dataclass(frozen=True, slots=True)
class _Table:
    own_area: dict[str, tuple[str, ...]]
    words: tuple[tuple[str, str], ...]
    names: dict[str, str]
    general: frozenset[str]
    changes: tuple[str, ...]


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
    )


def indicator_key(indicator: Indicator, document: Document) -> IndicatorKey | None:
    """The key that the same indicator has in every document; None for a name that is too general to compare."""
    table = _table()
    name = fold(indicator.name).text.lower().translate(_MARKS)
    area = [document.region] if document.region else []
    for own in (*area, *table.own_area.get(document.level or "", ())):
        name = name.removeprefix(fold(own).text)
    if indicator.change is not None:
        name = name.removesuffix(_change_word(name))
    for old, new in table.words:
        name = name.replace(old, new)
    name = table.names.get(name, name)
    if len(name) < _LEAST_NAME or name in table.general:
        return None
    return IndicatorKey(name, fold(indicator.unit).text, indicator.change)


def names_change(name: str) -> bool:
    """Whether a name ends with a word of change: 地区生产总值增长, 居民消费价格涨幅."""
    return _change_word(fold(name).text) != ""


def _change_word(name: str) -> str:
    return max((word for word in _table().changes if name.endswith(word)), key=len, default="")
