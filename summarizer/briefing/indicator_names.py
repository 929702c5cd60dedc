"""Whether two indicators are the same thing: by name, unit, and level or change. The table is ``indicator_aliases.toml``.

Two names are one when nothing but width, script, spaces, the document's own area and a listed wording parts them. A base
(每千人口, 占地区生产总值) is a part of the name, so another base is another indicator. Of a change the name may carry the word
(地区生产总值增长) or leave it to the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.language.aliases import aliases
from summarizer.language.characters import ENUMERATION_COMMA
from summarizer.language.fold import fold
from summarizer.schema import Change, Document, Indicator, Level

__all__ = ["IndicatorKey", "indicator_key", "names_change"]

_LEAST_NAME = 3
"""Shorter names (产值, 床位) say too little to be one thing in two documents."""

_MARKS = str.maketrans("", "", "\"'()[]," + ENUMERATION_COMMA + "".join(aliases().particles.words))


@dataclass(frozen=True, slots=True)
class IndicatorKey:
    """What indicators must share to be aligned."""

    name: str
    unit: str
    change: Change | None


@dataclass(frozen=True, slots=True)
class _Table:
    own_area: Mapping[Level, tuple[str, ...]]
    words: tuple[tuple[str, str], ...]
    names: dict[str, str]
    general: frozenset[str]
    changes: tuple[str, ...]


@cache
def _table() -> _Table:
    rows = aliases()
    return _Table(
        rows.own_area.words,
        tuple((old, row.to) for row in rows.word for old in row.printed if old != row.to),
        {name: row.same[0] for row in rows.name for name in row.same},
        frozenset(rows.general.words),
        rows.change.words,
    )


def indicator_key(indicator: Indicator, document: Document) -> IndicatorKey | None:
    """The key that the same indicator has in every document; None for a name that is too general to compare."""
    table = _table()
    name = fold(indicator.name).text.lower().translate(_MARKS)
    area = [document.region] if document.region else []
    for own in (*area, *(table.own_area.get(document.level, ()) if document.level else ())):
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
