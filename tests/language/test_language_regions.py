"""The gazetteer: all units are there, short forms resolve, words that only look like places do not."""

from __future__ import annotations

import pytest

from summarizer.language.regions import county_names, find_regions, province_of_seat, region_named
from summarizer.schema import Level


def test_every_province_and_prefecture_is_in_the_table() -> None:
    from summarizer.language.regions import _gazetteer

    levels = [region.level for region in _gazetteer().full.values()]
    assert (levels.count(Level.PROVINCE), levels.count(Level.CITY)) == (34, 333)


@pytest.mark.parametrize(
    ("name", "full"),
    [("河北", "河北省"), ("内蒙古", "内蒙古自治区"), ("苏州", "苏州市"), ("延边", "延边朝鲜族自治州"), ("锡林郭勒", "锡林郭勒盟"),
     ("阿里", "阿里地区"), ("西双版纳", "西双版纳傣族自治州"), ("海西", "海西蒙古族藏族自治州"), ("海南", "海南省"), ("吉林", "吉林省")],
)  # fmt: skip
def test_short_forms_resolve(name: str, full: str) -> None:
    region = region_named(name)
    assert region is not None
    assert region.name == full


def test_a_prefectures_short_form_inside_a_text_is_no_mention() -> None:
    assert [m.region.name for m in find_regions("朝阳产业和白银价格，苏州市与河北")] == ["苏州市", "河北省"]


def test_the_longest_name_wins() -> None:
    assert [m.region.name for m in find_regions("海南藏族自治州")] == ["海南藏族自治州"]


def test_a_seat_points_to_its_province() -> None:
    assert [getattr(province_of_seat(place), "name", None) for place in ("石家庄", "京", "银川市", "苏州")] == [
        "河北省",
        "北京市",
        "宁夏回族自治区",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("杭州市拱墅区和绍兴市柯桥区", ["拱墅区", "柯桥区"]),
        ("2026年安吉县政府工作报告", ["安吉县"]),
        ("恭城瑶族自治县", ["恭城瑶族自治县"]),
        ("紧紧围绕区委、区政府部署，全区、各县、示范区、自治区", []),
        ("做好县域经济和区级财政", []),
    ],
)
def test_county_names_are_told_from_words(text: str, names: list[str]) -> None:
    assert list(county_names(text)) == names
