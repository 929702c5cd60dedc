"""The administrative units of China down to the prefectures: names, short forms, levels, and mentions in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from summarizer.schema import Level

__all__ = ["Mention", "Region", "county_names", "find_regions", "nation", "province_of_seat", "region_named"]


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
    not_county: tuple[str, ...]
    not_stem: tuple[str, ...]


_BOUNDARY = "省市州盟年在共对"
# A county's name stands after a boundary: the start, punctuation, a higher unit's name, a year, 在 or 中共.
_COUNTY = re.compile(
    rf"(?:^|(?<=[^\u4e00-\u9fff])|(?<=[{_BOUNDARY}])|(?<=自治区))"
    r"(?P<stem>[\u4e00-\u9fff]{1,3}?|[\u4e00-\u9fff]{2,9}?族(?:各族)?)(?P<kind>自治县|自治旗|[县区旗])(?!域|级)",
    re.MULTILINE,
)


@cache
def nation() -> Region:
    """China as a whole, named as gold and briefing name it."""
    return Region("全国", "全国", Level.NATIONAL, "全国")


@cache
def _gazetteer() -> _Gazetteer:
    file = resources.files("summarizer.language") / "data" / "regions.toml"
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    ethnic = "|".join(data["ethnic"])
    shorten = re.compile(rf"(?:(?:{ethnic})*自治州|地区|盟|市)$")
    full: dict[str, Region] = {}
    short: dict[str, Region] = {}
    seats: dict[str, Region] = {}
    for row in data["province"]:
        province = Region(row["name"], row["short"], Level.PROVINCE, row["name"])
        full[province.name] = short[province.short] = seats[row["seat"]] = province
        for name in row["prefectures"]:
            full[name] = Region(name, shorten.sub("", name), Level.CITY, province.name)
    for region in list(full.values()):
        short.setdefault(region.short, region)
    provinces = [region.short for region in full.values() if region.level is Level.PROVINCE]
    # A short form counts alone only for provinces: 朝阳, 白银 or 安康 are words as well.
    spoken = sorted([*full, *provinces], key=len, reverse=True)
    return _Gazetteer(
        full, short, seats, re.compile("|".join(spoken)), tuple(data["not_county"]), tuple(data["not_stem"])
    )


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


def province_of_seat(place: str) -> Region | None:
    """The province whose government sits at ``place`` (石家庄, 石家庄市, 京)."""
    name = "北京" if place in ("京", "首都") else place.removesuffix("市")
    return _gazetteer().seats.get(name)


def county_names(text: str, start: int = 0, end: int | None = None) -> Iterator[str]:
    """Names such as 昌平区 or 安吉县 in ``text[start:end]``; 全县, 示范区 and their like are none."""
    table = _gazetteer()
    for found in _COUNTY.finditer(text, start, len(text) if end is None else end):
        stem = found["stem"].lstrip(_BOUNDARY)
        name = stem + found["kind"]
        if stem and not name.endswith(table.not_county) and not stem.endswith(table.not_stem):
            yield name
