"""The time a figure holds for: what carries on over sentences, paragraphs and parts, and what does not. Texts are invented."""

import pytest
from readings import indicators_of

from summarizer.schema import Horizon

_TITLE = (Horizon.LEAD, "2026年海宁县政府工作报告\n各位代表：\n")


def _periods(*parts: tuple[Horizon, str]) -> list[str | None]:
    """Periods of the figures; the first line of each part but the lead is its heading."""
    return [item.period for item in indicators_of(*parts, headed=True)]


def test_a_paragraph_that_turns_to_five_years_carries_them_to_the_next_ones() -> None:
    past = (
        "一、2025年及“十四五”时期工作回顾\n2025年成效明显。\n床位达到60张。\n"
        "各位代表！五年来，我们接续奋斗。\n——服务更优。医师达到12名。\n——基础更牢。托位达到300个。\n"
    )
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["2025年", "五年来", "五年来"]


def test_a_year_in_the_heading_says_more_than_a_relative_one_below_it() -> None:
    past = "一、2025年工作回顾\n一年来，我们主要做了以下工作。\n——服务更优。医师达到12名。\n"
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["2025年"]


@pytest.mark.parametrize(
    "mention",
    [
        "2025年6月，新院区启用。",
        "全市动态调整布局安排，2026年新建公办园。",
        "2026年底前，完成搬迁。",
        "到2030年，全面建成。",
    ],
)
def test_a_time_in_passing_does_not_carry_to_the_next_paragraph(mention: str) -> None:
    assert _periods((Horizon.LEAD, "工作方案\n"), (Horizon.WORK, f"二、任务\n{mention}\n床位达到60张。\n")) == [None]


@pytest.mark.parametrize(
    "heading", ["三、奋力实现“十五五”良好开局", "三、推动“十五五”开好局", "三、建设“十四五”批复的基地"]
)
def test_a_plan_that_is_only_mentioned_is_no_period(heading: str) -> None:
    assert _periods(_TITLE, (Horizon.WORK, f"{heading}\n今年，要抓好落实。\n一是强基层。床位达到60张。\n")) == ["今年"]


def test_a_year_that_opens_a_plan_is_the_period_not_the_plan() -> None:
    work = "三、重点工作\n今年是“十五五”开局之年。主要目标是：床位达到60张。\n"
    assert _periods(_TITLE, (Horizon.WORK, work)) == ["今年"]


def test_a_part_that_sets_work_goes_on_with_the_year_of_the_part_before() -> None:
    lead = (Horizon.LEAD, "政府工作报告\n各位代表：\n")
    outlook = (Horizon.OUTLOOK, "三、2026年工作安排\n主要目标如下。\n")
    assert _periods(lead, outlook, (Horizon.WORK, "重点抓好以下工作：\n（一）强基层。床位达到60张。\n")) == ["2026年"]


def test_work_does_not_take_the_time_of_the_look_back() -> None:
    past = (Horizon.PAST, "一、“十四五”时期回顾\n五年来，成效明显。\n")
    work = (Horizon.WORK, "二、重点任务\n床位达到60张。\n")
    assert _periods((Horizon.LEAD, "工作报告\n"), past, work) == [None]


def test_work_without_any_time_is_of_the_year_in_the_title() -> None:
    assert _periods(_TITLE, (Horizon.WORK, "重点工作\n床位达到60张。\n")) == ["2026年"]


def test_the_year_of_the_title_is_no_period_of_a_look_back() -> None:
    assert _periods(_TITLE, (Horizon.PAST, "工作回顾\n床位达到60张。\n")) == [None]


def test_the_own_clause_is_stronger_than_the_turn() -> None:
    work = "三、2026年重点工作\n今年，要抓好落实。\n到2030年，床位达到60张。\n"
    assert _periods(_TITLE, (Horizon.WORK, work)) == ["到2030年"]


def test_a_goal_of_a_later_year_does_not_carry_to_the_next_paragraph() -> None:
    work = "三、重点工作\n2030年，全面建成健康县。\n床位达到60张。\n"
    assert _periods(_TITLE, (Horizon.WORK, work)) == ["2026年"]


def test_the_month_of_an_event_does_not_carry_to_the_next_sentence() -> None:
    past = "一、2025年工作回顾\n2025年6月，新院区启用。床位达到60张。\n"
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["2025年"]


@pytest.mark.parametrize("year", ["刚刚过去的2025年", "极不平凡的2025年"])
def test_a_year_that_something_is_said_of_opens_a_paragraph_all_the_same(year: str) -> None:
    past = f"一、“十四五”时期回顾\n五年来，成效明显。\n{year}，工作有力。医师达到12名。\n——基础更牢。托位达到300个。\n"
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["2025年", "2025年"]


def test_the_day_of_the_text_holds_to_the_end_of_its_sentence() -> None:
    past = "一、2025年工作回顾\n截至目前，建成病房12间；新增站点30个，2024年开通线路8条。床位达到60张。\n"
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["截至目前", "截至目前", "2024年", "2025年"]


def test_now_in_the_middle_of_a_clause_is_no_time() -> None:
    past = "一、2025年工作回顾\n这是目前规模最大的院区，床位达到60张。\n"
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["2025年"]


def test_so_much_in_each_year_is_said_of_its_own_clause_only() -> None:
    work = "三、重点工作\n每年培训护理员不少于500人次，新增床位60张。\n"
    assert _periods(_TITLE, (Horizon.WORK, work)) == ["每年", "2026年"]


def test_a_sum_for_each_person_and_year_has_no_yearly_period() -> None:
    work = "三、重点工作\n补贴标准为每孩每年3600元。\n"
    assert _periods(_TITLE, (Horizon.WORK, work)) == ["2026年"]


def test_the_change_of_a_figure_has_the_figures_own_time() -> None:
    past = "一、回顾\n“十四五”期间，门诊量从2020年的5万人次增长到2024年的9万人次，增长了80%，床位达到60张。\n"
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["2024年", "2024年", "“十四五”期间"]


def test_a_time_that_a_multiple_is_counted_from_is_not_the_period() -> None:
    past = "一、回顾\n2024年，医师总数是2020年的3.9倍。\n"
    assert _periods(_TITLE, (Horizon.PAST, past)) == ["2024年"]
