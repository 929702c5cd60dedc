"""Bodies that issue texts: how they are printed for short, what they are called in full, where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pydantic import Field

from summarizer.language.regions import region_named
from summarizer.language.tables import Pattern, Row, Table, Words, alternation, compiled, load
from summarizer.schema import Level

__all__ = ["Body", "BodyTable", "find_bodies", "is_bare_place"]


@dataclass(frozen=True, slots=True)
class Body:
    """A body named at ``text[start:end]``.

    ``place`` is what stands before it as printed (国家, 河北省, 省, 自治区, 某县; empty for 国务院 and the ministries), ``name``
    the full name without the place, ``speaks`` whether the words after it make it the one that speaks.
    """

    start: int
    end: int
    place: str
    name: str
    speaks: bool
    national: bool


@dataclass(frozen=True, slots=True)
class _Names:
    pattern: re.Pattern[str]
    full: dict[str, str]
    speaks: re.Pattern[str]
    bare: tuple[str, ...]
    county: re.Pattern[str]
    break_: re.Pattern[str]
    source: str


_PLACE_REACH = 14
"""Characters before a body in which its place, or the 据 of a news item, is looked for."""


class _Printed(Row):
    printed: dict[str, tuple[str, ...]]


class _Places(Row):
    bare: tuple[str, ...]
    county: Pattern
    break_: Pattern = Field(alias="break")
    source: str


class BodyTable(Table):
    """``data/bodies.toml``."""

    names: _Printed
    national: Words
    speaks: Words
    places: _Places


@cache
def _names() -> _Names:
    table = load(BodyTable, "bodies.toml")
    full = {printed: name for name, forms in table.names.printed.items() for printed in forms}
    after = "|".join(table.speaks.words)
    places = table.places
    return _Names(
        alternation([*full, *table.national.words]),
        full,
        re.compile(rf"(?:副?{after})"),
        places.bare,
        compiled(places.county),
        compiled(places.break_),
        places.source,
    )


def find_bodies(text: str, start: int = 0, end: int | None = None) -> Iterator[Body]:
    """Bodies named in ``text[start:end]`` with the place before them, in order; a body without a place is left out."""
    names = _names()
    limit = len(text) if end is None else end
    for found in names.pattern.finditer(text, start, limit):
        printed = found.group()
        speaks = (
            names.speaks.match(text, found.end()) is not None
            or names.source in text[max(0, found.start() - _PLACE_REACH) : found.start()]
        )
        if printed not in names.full:
            yield Body(found.start(), found.end(), "", printed, speaks, national=True)
            continue
        before = text[max(start, found.start() - _PLACE_REACH) : found.start()]
        place = _place(before, names)
        if place:
            yield Body(
                found.start() - len(place),
                found.end(),
                place,
                names.full[printed],
                speaks,
                national=place == names.bare[0],
            )


def is_bare_place(place: str) -> bool:
    """Whether a place is only the word for its kind (省, 自治区), without a name."""
    return place in _names().bare


def _place(before: str, names: _Names) -> str:
    """The place that ends ``before``: the longest known region, else a county's name after a boundary, else the bare 省, 市, 区."""
    clause = names.break_.split(before)[-1]
    for size in range(min(len(clause), 12), 1, -1):
        known = region_named(clause[-size:])
        if known is not None and (known.level is Level.PROVINCE or known.name == clause[-size:]):
            return clause[-size:]
    bare = next((word for word in names.bare if clause.endswith(word)), "")
    if len(bare) > 1:
        return bare
    county = names.county.search(clause)
    return county.group() if county is not None else bare
