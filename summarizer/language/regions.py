"""The administrative units of China down to the prefectures: names, short forms, levels, and mentions in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summarizer.language.tables import Form, Row, Table, Words, alternation, load
from summarizer.schema import Level

__all__ = [
    "CAPITAL",
    "Mention",
    "Region",
    "capital_names",
    "county_names",
    "find_regions",
    "is_municipality",
    "nation",
    "province_of_seat",
    "region_named",
]


@dataclass(frozen=True, slots=True)
class Region:
    """A unit with its full ``name`` (河北省, 苏州市, 延边朝鲜族自治州), usual ``short`` form and the province it lies in."""

    name: str
    short: str
    level: Level
    province: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A region named at ``text[start:end]``."""

    start: int
    end: int
    region: Region


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    full: dict[str, Region]
    short: dict[str, Region]
    seats: dict[str, Region]
    pattern: re.Pattern[str]


CAPITAL = "北京"
"""The seat of the central government."""


class _Province(Table):
    name: str
    short: str
    seat: str
    prefectures: tuple[str, ...]


class _Provinces(Row):
    rows: tuple[_Province, ...]


class RegionTable(Table):
    """``data/regions.toml``."""

    provinces: _Provinces
    ethnic: Words
    not_county: Words
    not_stem: Words
    nation: Words
    capital: Words
    county: Form
    boundary: Words


@cache
def _rows() -> RegionTable:
    return load(RegionTable, "regions.toml")


@cache
def nation() -> Region:
    """China as a whole, named as gold and briefing name it."""
    name = _rows().nation.words[0]
    return Region(name, name, Level.NATIONAL, name)


@cache
def _gazetteer() -> _Gazetteer:
    rows = _rows()
    ethnic = "|".join(rows.ethnic.words)
    shorten = re.compile(rf"(?:(?:{ethnic})*自治州|地区|盟|市)$")
    full: dict[str, Region] = {}
    short: dict[str, Region] = {}
    seats: dict[str, Region] = {}
    for row in rows.provinces.rows:
        province = Region(row.name, row.short, Level.PROVINCE, row.name)
        full[province.name] = short[province.short] = seats[row.seat] = province
        for name in row.prefectures:
            full[name] = Region(name, shorten.sub("", name), Level.CITY, province.name)
    for region in list(full.values()):
        short.setdefault(region.short, region)
    provinces = [region.short for region in full.values() if region.level is Level.PROVINCE]
    # A short form counts alone only for provinces: 朝阳, 白银 or 安康 are words as well.
    return _Gazetteer(full, short, seats, alternation([*full, *provinces]))


def find_regions(text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
    """Provinces (full or short) and prefectures (full name) named in ``text[start:end]``, in order."""
    table = _gazetteer()
    for found in table.pattern.finditer(text, start, len(text) if end is None else end):
        name = found.group()
        yield Mention(found.start(), found.end(), table.full.get(name) or table.short[name])


def region_named(name: str) -> Region | None:
    """The region that is called so in full or for short (河北, 河北省, 石家庄); ``None`` if there is none down to prefectures."""
    table = _gazetteer()
    return table.full.get(name) or table.short.get(name)


def capital_names() -> tuple[str, ...]:
    """Other names of the seat of the central government: 在京召开."""
    return _rows().capital.words


def province_of_seat(place: str) -> Region | None:
    """The province whose government sits at ``place`` (石家庄, 石家庄市, 京)."""
    name = CAPITAL if place in capital_names() else place.removesuffix("市")
    return _gazetteer().seats.get(name)


def county_names(text: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """Names such as 昌平区 or 安吉县 in ``text[start:end]``; 全县, 示范区 and their like are none."""
    rows = _rows()
    boundary = "".join(rows.boundary.words)
    for found in rows.county.pattern.finditer(text, start, len(text) if end is None else end):
        stem = found["stem"].lstrip(boundary)
        name = stem + found["kind"]
        if stem and not name.endswith(rows.not_county.words) and not stem.endswith(rows.not_stem.words):
            yield name


def is_municipality(region: Region) -> bool:
    """Whether a province is a city: 北京市, 上海市, 天津市, 重庆市."""
    return region.level is Level.PROVINCE and region.name.endswith("市")
