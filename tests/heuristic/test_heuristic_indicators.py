"""Indicators of a whole text: parts, periods, tables, evidence. The texts are invented."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import indicators_of, with_sections

from summarizer.heuristic.indicators import find_indicators
from summarizer.outline.model import Section
from summarizer.schema import Bound, Horizon, Nature, Origin, RejectionReason, Status
from summarizer.source.text import CleanText


def test_the_part_of_the_text_decides_the_status_of_the_same_words() -> None:
    words = "人均预期寿命提高到79.6岁。\n"
    past, ahead = indicators_of((Horizon.PAST, words), (Horizon.OUTLOOK, words))
    assert (past.status, ahead.status) == (Status.ACHIEVED, Status.TARGET)


def test_ids_count_in_the_order_of_the_text() -> None:
    found = indicators_of((Horizon.PAST, "床位达到60张，门诊量增长5%。医师增至12名。"))
    assert [item.id for item in found] == ["d.i1", "d.i2", "d.i3"]
    assert {item.origin for item in found} == {Origin.HEURISTIC}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("到2030年，签约率达到70%。", Status.TARGET),
        ("力争签约率达到70%。", Status.TARGET),
        ("截至目前，签约率达到70%。", Status.ACHIEVED),
        ("签约率较上年提高3个百分点。", Status.ACHIEVED),
        ("签约率70%。", Status.ACHIEVED),
    ],
)
def test_where_the_part_does_not_decide_the_nearest_cue_does(text: str, status: Status) -> None:
    (item,) = indicators_of((Horizon.OTHER, "2026年3月2日讯 " + text))
    assert item.status is status


def test_a_year_behind_the_text_is_reached_even_in_the_part_that_sets_work() -> None:
    (item,) = indicators_of((Horizon.WORK, "2026年1月8日印发\n2025年，托位达到4.6万个。"))
    assert (item.status, item.period) == (Status.ACHIEVED, "2025年")


def test_the_period_is_the_nearest_printed_time() -> None:
    found = indicators_of((Horizon.PAST, "“十四五”时期，成效明显。床位达到60张。2025年，医师达到12名。"))
    assert [item.period for item in found] == ["“十四五”时期", "2025年"]


def test_a_time_that_a_change_is_measured_against_is_no_period() -> None:
    (item,) = indicators_of((Horizon.PAST, "2025年工作回顾\n门诊量较2020年增长12%。"))
    assert item.period == "2025年"


def test_evidence_lies_in_the_source_across_dropped_ranges() -> None:
    source = "页眉\n床位达到60张。\n页脚"
    clean = CleanText(source, ((3, 12),))
    figures = with_sections(clean, [Section(0, 9, Horizon.PAST, None, "test")])
    (item,) = find_indicators(figures, "d").indicators
    assert source[item.evidence.start : item.evidence.end] == item.evidence.quote == "床位达到60张"


def test_a_figure_that_page_matter_cuts_in_two_is_put_aside_with_its_reason() -> None:
    clean = CleanText("床位达到6【第3页】0张。", ((0, 5), (10, 13)))
    found = find_indicators(with_sections(clean, [Section(0, 8, Horizon.PAST, None, "test")]), "d")
    assert clean.text == "床位达到60张。"
    assert found.indicators == ()
    assert [one.reason for one in found.rejected] == [RejectionReason.CUT_FIGURE]


def test_traditional_script_is_read_and_kept() -> None:
    (item,) = indicators_of((Horizon.PAST, "人均預期壽命達到80.2歲。"))
    assert (item.name, item.raw, item.unit) == ("人均預期壽命", "80.2歲", "歲")


_ROWS = "指标 | 2025年 | 2030年 | 属性\n人均预期寿命（岁） | 78.4 | 80 | 预期性\n孕产妇死亡率（/10万） | 9.1 | ≤8.5 | 约束性\n"


def test_rows_of_a_table_are_indicators_with_base_nature_and_unit() -> None:
    life, death = indicators_of((Horizon.OUTLOOK, "规划\n" + _ROWS + "各地要抓好落实。\n"))
    assert (life.name, life.value, life.unit, life.base, life.period) == (
        "人均预期寿命",
        80,
        "岁",
        Decimal("78.4"),
        "2030年",
    )
    assert (death.bound, death.unit, death.nature, death.status) == (Bound.LE, "/10万", Nature.BINDING, Status.TARGET)


def test_a_table_with_one_cell_a_line_gives_the_same_values() -> None:
    lines = "主要指标\n单位\n2025年\n2030年\n属性\n人均预期寿命\n岁\n78.4\n80\n预期性\n每千人口托位数\n个\n4.4\n5.5\n约束性\n"
    found = indicators_of((Horizon.OUTLOOK, lines))
    assert [(item.name, item.value, item.unit, item.nature) for item in found] == [
        ("人均预期寿命", 80, "岁", Nature.EXPECTED),
        ("每千人口托位数", Decimal("5.5"), "个", Nature.BINDING),
    ]


def test_sentences_beside_a_table_are_still_read() -> None:
    found = indicators_of((Horizon.OUTLOOK, "床位达到60张。\n" + _ROWS + "医师达到12名。\n"))
    assert [item.name for item in found] == ["床位", "人均预期寿命", "孕产妇死亡率", "医师"]


@given(st.text("床位新增5%3个。，、\n|指标2030年达到“”（）从至", max_size=120))
def test_every_indicator_is_proven_by_its_quote(text: str) -> None:
    for item in indicators_of((Horizon.WORK, text)) if text else ():
        assert text[item.evidence.start : item.evidence.end] == item.evidence.quote
        assert item.raw in item.evidence.quote


def test_a_text_about_other_things_has_no_indicators() -> None:
    text = "联赛第9轮，海燕队客场2比1取胜，控球率58%，全场射门16次，1.8万名球迷到场。"
    assert indicators_of((Horizon.OTHER, text)) == ()


def test_a_paragraph_about_other_things_is_left_out_of_a_text_about_work() -> None:
    work = "全市基层医疗卫生机构床位达到60张，人均预期寿命提高到79.6岁。\n"
    match = "联赛第9轮，海燕队客场取胜，控球率58%，射门16次，1.8万名球迷到场。\n"
    assert [item.raw for item in indicators_of((Horizon.PAST, work + match + work))] == ["60张", "79.6岁"] * 2


def test_a_bare_magnitude_gets_the_unit_of_its_name() -> None:
    found = indicators_of((Horizon.PAST, "入院人次数35万，海洋生产总值突破万亿。"))
    assert [(item.raw, item.unit) for item in found] == [("35万", "人次"), ("万亿", "元")]


@pytest.mark.parametrize("piece", ["5%", "1个、2个、3个、", "5%，", "1.5 "])
def test_long_stretches_of_nothing_but_figures_are_no_prose(piece: str) -> None:
    assert indicators_of((Horizon.PAST, f"床位达到60张。\n{piece * 300}"))[1:] == ()


def test_one_name_does_not_hold_for_endless_figures() -> None:
    assert len(indicators_of((Horizon.PAST, "床位达到60张" + "，增长5%" * 40))) < 12


def test_a_year_that_is_aimed_at_is_not_the_year_of_the_text() -> None:
    (item,) = indicators_of((Horizon.WORK, "确保2027年通过评估认定，制定本方案。\n2026年新建公办园6所。"))
    assert (item.status, item.period) == (Status.TARGET, "2026年")


def test_a_goal_beyond_the_year_of_a_review_is_a_target() -> None:
    (item,) = indicators_of((Horizon.PAST, "2026年1月8日印发\n到2030年，签约率达到70%。"))
    assert item.status is Status.TARGET


def test_a_table_names_its_years_in_brackets() -> None:
    text = "附件：主要监测指标表\n监测指标 | 基期（2025年） | 目标（2027年）\n班额达标率（%） | 88.5 | 97\n"
    (item,) = indicators_of((Horizon.CLOSING, text))
    assert (item.value, item.unit, item.base, item.status) == (97, "%", Decimal("88.5"), Status.TARGET)


def test_the_price_of_a_file_for_sale_is_no_indicator() -> None:
    assert indicators_of((Horizon.OTHER, "乡镇卫生院2025年工作总结（12元）")) == ()


def test_a_unit_in_a_tables_head_is_shown_in_the_characters_of_the_text() -> None:
    (item,) = indicators_of(
        (Horizon.OUTLOOK, "| 指標 | 單位 | 2035年 |\n| 每萬人口托位數 | 個 | 52 |\n各地要抓好落實。\n")
    )
    assert (item.name, item.unit) == ("每萬人口托位數", "個")
