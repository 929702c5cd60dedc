"""Figures with their units in running text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.quantities import find_quantities
from summarizer.language.units import UnitKind, match_unit


def _found(text: str) -> list[tuple[str, Decimal, Decimal | None, str]]:
    return [(q.raw, q.value, q.value_high, q.unit) for q in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "raw", "value", "high", "unit"),
    [
        ("收入1.6万户", "1.6万户", "16000", None, "户"),
        ("增长5%—6%", "5%—6%", "5", "6", "%"),
        ("增长5%至6%", "5%至6%", "5", "6", "%"),
        ("新建5-6个", "5-6个", "5", "6", "个"),
        ("培训3—5万人", "3—5万人", "30000", "50000", "人"),
        ("达百分之九十五", "百分之九十五", "95", None, "%"),
        ("死亡率9.8/10万", "9.8/10万", "9.8", None, "/10万"),
        ("死亡率十万分之九", "十万分之九", "9", None, "/10万"),
        ("浓度28微克/立方米", "28微克/立方米", "28", None, "微克/立方米"),
        ("扩大20余家", "20余家", "20", None, "家"),
        ("惠及46万群众", "46万群众", "460000", None, "人"),
        ("总量超万亿元", "万亿元", "1000000000000", None, "元"),
        ("近八成投向民生", "八成", "80", None, "%"),
        ("规模翻两番", "翻两番", "4", None, "倍"),
        ("占全国1/4", "1/4", "0.25", None, ""),
        ("之比降至2.3:1", "2.3:1", "2.3", None, ""),
        ("偏差控制在±2%以内", "±2%", "2", None, "%"),
        ("增长-3.3%", "-3.3%", "-3.3", None, "%"),
        ("整治3万套（户）", "3万套（户）", "30000", None, "套（户）"),
        ("零事故，死亡0人", "0人", "0", None, "人"),
        ("壽命80.6歲", "80.6歲", "80.6", None, "歲"),
        ("病床增至21 340张", "21 340张", "21340", None, "张"),
        ("病床增至1\u00a0021\u00a0340张", "1\u00a0021\u00a0340张", "1021340", None, "张"),
        ("开办日间照料点廿八家", "廿八家", "28", None, "家"),
        ("周转率提高三成五。", "三成五", "35", None, "%"),
        ("成本压降近两成半", "两成半", "25", None, "%"),
        ("床护比为1:0.65", "1:0.65", "0.65", None, ""),
        ("师生比达到1:16", "1:16", "16", None, ""),
    ],
)
def test_printed_forms(text: str, raw: str, value: str, high: str | None, unit: str) -> None:
    assert _found(text) == [(raw, Decimal(value), Decimal(high) if high else None, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "2026年1月21日9:45召开",
        "“十五五”时期",
        "第30个世界日",
        "PM2.5与G318",
        "每10万人口",
        "7×24不打烊",
        "系统2.0版本",
        "6.2级地震",
        "2021—2025年",
        "500强榜单",
        "十五五规划",
        "百县千村",
        "活动1:30开始",
        "图纸比例尺见1:500",
        "三成五中心",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert _found(text) == []


@pytest.mark.parametrize(
    ("row", "raws"), [("床位 12 500张", []), ("完成率12 500%", []), ("病区12 034", []), ("共3 50张", [])]
)
def test_figures_side_by_side_are_no_number_with_a_blank_in_it(row: str, raws: list[str]) -> None:
    assert [raw for raw, *_ in _found(row)] == raws


def test_a_change_from_one_value_to_another_is_no_range() -> None:
    assert [raw for raw, *_ in _found("从40个到55个")] == ["40个", "55个"]


def test_a_range_of_years_hides_no_figure_behind_it() -> None:
    assert [raw for raw, *_ in _found("2021—2025年新增120个")] == ["120个"]


@given(st.decimals(0, 10**6, places=2), st.sampled_from(["张", "岁", "%", "个百分点", "亿元", "/10万", "万人次"]))
def test_a_figure_is_found_where_it_was_put(value: Decimal, unit: str) -> None:
    text = f"该项达到{value}{unit}，较好"
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == quantity.raw == f"{value}{unit}"
    assert [again.value for again in find_quantities(quantity.raw)] == [quantity.value]


@given(st.text("0123456789.,%万亿元个年月第“”、—至一二十百", max_size=60))
def test_figures_are_disjoint_in_order_and_verbatim(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.raw
        end = quantity.end


@given(st.text("床位5%万。个", max_size=40), st.integers(0, 40))
def test_a_window_finds_only_what_lies_inside(text: str, cut: int) -> None:
    assert all(quantity.end <= cut for quantity in find_quantities(text, 0, min(cut, len(text))))


def test_the_longest_unit_wins() -> None:
    unit = match_unit("吨标准煤下降", 0)
    assert unit is not None
    assert (unit.name, unit.kind) == ("吨标准煤", UnitKind.AMOUNT)


def test_a_latin_unit_is_no_head_of_a_longer_word() -> None:
    assert match_unit("Pro", 0) is None
