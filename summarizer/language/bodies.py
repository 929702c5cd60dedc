"""Bodies that issue texts: how they are printed for short, what they are called in full, where a text names them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from summarizer.language.regions import region_named
from summarizer.schema import Level

__all__ = ["Body", "find_bodies"]


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


_BARE = ("国家", "自治区", "省", "市", "县", "区", "州", "盟", "旗")
_COUNTY_PLACE = re.compile(r"(?:^|(?<=[省市州盟区]))[\u4e00-\u9fff]{1,4}?(?:自治[县旗]|[县区旗市])$")
_PLACE_REACH = 14
_BREAK = re.compile(r"[^\u4e00-\u9fff]|[据由经受在对向与和及的]|代表")


@cache
def _names() -> _Names:
    file = resources.files("summarizer.language") / "data" / "bodies.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    full = {printed: name for name, forms in data["names"].items() for printed in forms}
    national = dict.fromkeys(data["national"]["names"], "")
    spoken = sorted([*full, *national], key=len, reverse=True)
    after = "|".join(data["speaks"]["after"])
    return _Names(re.compile("|".join(spoken)), full, re.compile(rf"(?:副?{after})"))


def find_bodies(text: str, start: int = 0, end: int | None = None) -> Iterator[Body]:
    """Bodies named in ``text[start:end]`` with the place before them, in order; a body without a place is left out."""
    names = _names()
    limit = len(text) if end is None else end
    for found in names.pattern.finditer(text, start, limit):
        printed = found.group()
        speaks = (
            names.speaks.match(text, found.end()) is not None
            or text[max(0, found.start() - 14) : found.start()].rfind("据") >= 0
        )
        if printed not in names.full:
            yield Body(found.start(), found.end(), "", printed, speaks, national=True)
            continue
        before = text[max(start, found.start() - _PLACE_REACH) : found.start()]
        place = _place(before)
        if place:
            yield Body(
                found.start() - len(place), found.end(), place, names.full[printed], speaks, national=place == "国家"
            )


def _place(before: str) -> str:
    """The place that ends ``before``: the longest known region, else a county's name after a boundary, else the bare 省, 市, 区."""
    clause = _BREAK.split(before)[-1]
    for size in range(min(len(clause), 12), 1, -1):
        known = region_named(clause[-size:])
        if known is not None and (known.level is Level.PROVINCE or known.name == clause[-size:]):
            return clause[-size:]
    if clause.endswith(_BARE[:2]):
        return "国家" if clause.endswith("国家") else "自治区"
    county = _COUNTY_PLACE.search(clause)
    if county is not None:
        return county.group()
    return clause[-1:] if clause.endswith(_BARE) else ""
