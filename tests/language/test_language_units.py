"""Units that are left to the name of a figure."""

import pytest

from summarizer.language.units import implied_unit


@pytest.mark.parametrize(
    ("name", "raw", "unit"),
    [
        ("入院人次数", "35万", "人次"),
        ("常住人口", "300万", "人"),
        ("参保户数", "12万", "户"),
        ("海洋生产总值", "万亿", "元"),
        ("存款余额", "1.2万亿", "元"),
        ("海洋生產總值", "1.2萬億", "元"),
    ],
)
def test_a_bare_magnitude_takes_the_unit_that_its_name_ends_in(name: str, raw: str, unit: str) -> None:
    assert implied_unit(name, raw) == unit


@pytest.mark.parametrize(("name", "raw"), [("企业总量", "35万"), ("生产总值", "2.93"), ("收入比", "1.2万")])
def test_no_unit_is_implied_where_the_name_or_the_number_leaves_it_open(name: str, raw: str) -> None:
    assert implied_unit(name, raw) == ""
