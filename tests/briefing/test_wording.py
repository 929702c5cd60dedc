"""How figures, times, duties and steps read: as printed, with the words that their sense needs and no others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from briefing_samples import Figure, document_of

from summarizer.briefing.labels import labels_for
from summarizer.briefing.wording import (
    printed_base,
    printed_deadline,
    printed_figure,
    printed_group,
    printed_period,
    printed_refusal,
    printed_step,
    printed_value,
)
from summarizer.schema import (
    Bound,
    Change,
    Evidence,
    Heading,
    Indicator,
    Origin,
    RejectionReason,
    Step,
    rejected,
)

ZH, EN = labels_for("zh"), labels_for("en")


def _indicator(quote: str, name: str, raw: str, bound: Bound = Bound.EQ, change: Change | None = None) -> Indicator:
    figure = Figure(quote, name, raw, "5", "", bound, change)
    return document_of("a.txt", quote, (figure,)).indicators[0]


@pytest.mark.parametrize(
    ("indicator", "zh", "en"),
    [
        (("生产总值增长5%左右", "生产总值", "5%", Bound.APPROX, Change.UP), "增长5%左右", "up by about 5%"),
        (("生产总值增长5%以上", "生产总值", "5%", Bound.GE, Change.UP), "增长5%以上", "up by 5% or more"),
        (("收入提高了5%", "收入", "5%", Bound.EQ, Change.UP), "提高了5%", "up by 5%"),
        (("能耗下降5%", "能耗", "5%", Bound.EQ, Change.DOWN), "下降5%", "down by 5%"),
        (("研发投入增长超10%", "研发投入", "10%", Bound.GT, Change.UP), "增长超10%", "up by more than 10%"),
        (("托位占比不低于65%", "托位占比", "65%", Bound.GE), "不低于65%", "65% or more"),
        (("失业率控制在5%以内", "失业率", "5%", Bound.LE), "5%以内", "5% or less"),
        (("参保人数超过10.7亿人", "参保人数", "10.7亿人", Bound.GT), "超过10.7亿人", "more than 10.7亿人"),
        (("人均寿命80岁", "人均寿命", "80岁", Bound.EQ), "80岁", "80岁"),
        (("增速5%—6%", "增速", "5%—6%", Bound.RANGE), "5%—6%", "5%—6%"),
        (("5500多家医院", "医院", "5500多家", Bound.GT), "5500多家", "5500多家"),
        (("出口增长-3.2%", "出口", "-3.2%", Bound.EQ, Change.UP), "增长-3.2%", "up by -3.2%"),
    ],
)
def test_a_value_reads_with_its_bound_and_change(
    indicator: tuple[str, str, str, Bound, Change | None], zh: str, en: str
) -> None:
    assert printed_value(_indicator(*indicator), ZH) == zh
    assert printed_value(_indicator(*indicator), EN) == en


def test_words_that_stand_away_from_the_value_are_said_all_the_same() -> None:
    shared = _indicator("支付比例分别稳定在80%和70%左右", "支付比例", "80%", Bound.APPROX)
    assert printed_value(shared, ZH) == "80%左右"
    listed = _indicator("甲乙两地浓度分别下降27%、20%", "浓度", "20%", Bound.EQ, Change.DOWN)
    assert printed_value(listed, ZH) == "下降20%"


def test_a_traditional_text_keeps_its_own_words() -> None:
    assert printed_value(_indicator("生產總值增長5%以上", "生產總值", "5%", Bound.GE, Change.UP), ZH) == "增長5%以上"


def test_a_line_break_in_a_value_is_a_space() -> None:
    assert printed_value(_indicator("寿命80\n岁左右", "寿命", "80\n岁", Bound.APPROX), ZH) == "80 岁左右"


def test_a_name_that_says_the_change_says_it_once() -> None:
    grown = _indicator("生产总值增长5%左右", "生产总值增长", "5%", Bound.APPROX, Change.UP)
    assert printed_figure(grown, ZH) == "生产总值增长 5%左右"
    assert printed_figure(grown.model_copy(update={"name": "生产总值"}), ZH) == "生产总值 增长5%左右"


Days = tuple[date | None, date | None]


@pytest.mark.parametrize(
    ("printed", "days", "zh", "en"),
    [
        ("今年", (date(2026, 1, 1), date(2027, 1, 1)), "今年（2026年）", "今年 (2026)"),
        (
            "“十四五”时期",
            (date(2021, 1, 1), date(2026, 1, 1)),
            "“十四五”时期（2021—2025年）",
            "“十四五”时期 (2021–2025)",
        ),
        ("上半年", (date(2026, 1, 1), date(2026, 7, 1)), "上半年（2026年1—6月）", "上半年 (2026-01 to 2026-06)"),
        ("3月份", (date(2026, 3, 1), date(2026, 4, 1)), "3月份（2026年3月）", "3月份 (2026-03)"),
        ("2026年", (date(2026, 1, 1), date(2027, 1, 1)), "2026年", "2026年"),
        ("２０２６年", (date(2026, 1, 1), date(2027, 1, 1)), "２０２６年", "２０２６年"),
        ("到2030年", (None, date(2031, 1, 1)), "到2030年", "到2030年"),
        ("截至去年底", (None, date(2026, 1, 1)), "截至去年底（至2025年12月31日）", "截至去年底 (up to 2025-12-31)"),
        ("“十四五”以来", (date(2021, 1, 1), None), "“十四五”以来（2021年起）", "“十四五”以来 (since 2021)"),
        ("昨日", (date(2026, 3, 5), date(2026, 3, 6)), "昨日（2026年3月5日）", "昨日 (2026-03-05)"),
        ("目前", (None, None), "目前", "目前"),
        (None, (None, None), "", ""),
    ],
)
def test_a_time_says_its_days_where_they_say_more(printed: str | None, days: Days, zh: str, en: str) -> None:
    one = _indicator("寿命80岁", "寿命", "80岁").model_copy(
        update={"period": printed, "period_start": days[0], "period_end": days[1]}
    )
    assert printed_period(one, ZH) == zh
    assert printed_period(one, EN) == en


def test_a_base_is_shown_as_printed_with_its_time() -> None:
    place = Evidence.model_validate({"start": 0, "end": 3, "quote": "78岁"})
    one = _indicator("寿命80岁", "寿命", "80岁").model_copy(
        update={"base": Decimal(78), "base_evidence": place, "base_period": "去年", "base_period_start": date(2025, 1, 1), "base_period_end": date(2026, 1, 1)}
    )  # fmt: skip
    assert printed_base(one, ZH) == "78岁 去年（2025年）"
    assert printed_base(one.model_copy(update={"base_evidence": None, "base_period": None}), ZH) == "78"
    assert printed_base(one.model_copy(update={"base": None}), ZH) == ""


EVIDENCE = Evidence.model_validate({"start": 0, "end": 0, "quote": ""})


def test_a_step_shows_its_marker_and_the_duties_that_its_words_leave_out() -> None:
    step = Step(
        marker="（1）", text="编制规划\uff1b", evidence=EVIDENCE, lead=("省发改委", "省财政厅"), lead_evidence=(EVIDENCE,) * 2,
        deadline="6月底前", deadline_date=date(2026, 6, 30),
    )  # fmt: skip
    assert printed_step(step, ZH) == "（1）编制规划〔牵头单位：省发改委、省财政厅；完成时限：6月底前（2026年6月30日）〕"
    assert printed_step(Step(marker="（1）", text="（1）编制规划", evidence=EVIDENCE), ZH) == "（1）编制规划"


def test_a_deadline_in_a_step_s_own_words_is_said_once_with_its_day() -> None:
    step = Step(text="6月底前编制规划", evidence=EVIDENCE, deadline="6月底前", deadline_date=date(2026, 6, 30))
    assert printed_step(step, ZH) == "6月底前编制规划〔完成时限：2026年6月30日〕"
    named = step.model_copy(update={"text": "2026年6月底前编制规划", "deadline": "2026年6月底前"})
    assert printed_step(named, ZH) == "2026年6月底前编制规划"
    assert printed_deadline(named, ZH) == "2026年6月底前"


def test_headlines_are_joined_outermost_first() -> None:
    outer = Heading(marker="一、", title="夯实\n基层", evidence=EVIDENCE)
    inner = Heading(marker=None, title="乡镇卫生院", evidence=EVIDENCE)
    assert printed_group([outer, inner]) == "一、夯实 基层 › 乡镇卫生院"
    assert printed_group([]) == ""


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ('{"name": "床位", "raw": "9张", "quote": "床位\\n9张", "op": "eq"}', "床位 9张 “床位 9张”"),
        ('{"title": "建设云医院", "first": "一是"}', "建设云医院"),
        ("床位 9张", "床位 9张"),
        ("9", "9"),
        ('{"else": 1}', '{"else": 1}'),
    ],
)
def test_a_refused_answer_is_told_in_its_words(raw: str, words: str) -> None:
    assert printed_refusal(rejected("indicator", Origin.MODEL, RejectionReason.NAME_APART, raw), ZH) == words
