from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import outlined

from summarizer.outline.model import Item, Outline
from summarizer.schema import Horizon, MarkerStatus


def horizons(text: str) -> list[Horizon]:
    return [section.horizon for section in outlined(text).sections]


def horizon_of(text: str, words: str) -> Horizon:
    return outlined(text).section_at(text.index(words)).horizon


REPORT = """\
各位代表：
现在，我代表县人民政府，向大会报告工作。
一、2025年工作回顾
过去一年，主要做了以下工作：
一是稳住增长。完成投资62亿元。
二是办好实事。新建托育机构9家。
在肯定成绩的同时，我们也清醒认识到，产业层次不高。
二、“十五五”时期主要目标任务
到2030年，地区生产总值突破300亿元。
三、2026年重点工作
今年是“十五五”开局之年。重点抓好以下两项工作：
（一）稳投资。实施项目86个。
（二）惠民生。新增学位1200个。
各位代表！让我们携手奋进，谱写新的篇章！
"""


def test_a_report_has_a_past_a_situation_an_outlook_and_work() -> None:
    assert horizon_of(REPORT, "完成投资") is Horizon.PAST
    assert horizon_of(REPORT, "产业层次") is Horizon.SITUATION
    assert horizon_of(REPORT, "到2030年") is Horizon.OUTLOOK
    assert horizon_of(REPORT, "稳投资") is Horizon.WORK
    assert horizon_of(REPORT, "让我们") is Horizon.CLOSING


def test_a_look_alike_with_le_opens_the_past() -> None:
    text = "县水利局2025年工作报告\n去年，全局重点抓了以下工作：一是建水库。二是修渠道。\n"
    assert Horizon.WORK not in horizons(text)


def test_a_heading_with_last_year_looks_back_and_one_with_this_year_sets_work() -> None:
    text = "镇卫生院工作汇报和打算\n一、2025年重点工作\n（一）添设备。\n二、2026年重点工作\n（一）招医生。\n"
    assert horizon_of(text, "添设备") is Horizon.PAST
    assert horizon_of(text, "招医生") is Horizon.WORK


def test_orientation_before_the_list_is_no_work() -> None:
    text = "会议强调，全系统要更加注重预防，注重公平。\n会议要求，抓好以下工作：一是建网络。二是强队伍。\n"
    assert horizon_of(text, "注重公平") is Horizon.PRINCIPLES
    assert horizon_of(text, "建网络") is Horizon.WORK


def test_news_sets_no_work_though_it_enumerates() -> None:
    text = "记者从超市了解到，春节销售有三个特点：一是年货热销，二是礼盒简装，三是线上下单。店长说，下一步要备足货源。"
    assert set(horizons(text)) <= {Horizon.LEAD, Horizon.PRINCIPLES, Horizon.OTHER, Horizon.PAST}


def flat(items: tuple[Item, ...]) -> list[tuple[int, int]]:
    return [(item.depth, item.ordinal) for top in items for item in (top, *top.children)]


def test_numbers_that_run_on_over_chapters_keep_their_values() -> None:
    text = (
        "若干措施\n为促进发展，制定如下措施。\n一、增供给\n（一）建。\n（二）扩。\n二、优环境\n（三）简。\n（四）减。\n"
    )
    assert flat(outlined(text).items) == [(0, 1), (1, 1), (1, 2), (0, 2), (1, 3), (1, 4)]


def test_numbers_that_restart_begin_a_list_of_their_own() -> None:
    text = "工作要点\n一、增供给\n1.建。\n2.扩。\n二、优环境\n1.简。\n2.减。\n"
    assert flat(outlined(text).items) == [(0, 1), (1, 1), (1, 2), (0, 2), (1, 1), (1, 2)]


def test_a_list_of_the_same_style_that_is_resumed_later_holds_the_one_between() -> None:
    text = "会议要求：\n一是建。\n二是扩。\n一要优，二要畅。\n四是严。\n五是实。\n"
    items = outlined(text).items
    assert [item.ordinal for item in items] == [1, 2, 3, 4, 5]
    assert [child.marker for child in items[2].children] == ["一要", "二要"]


def test_a_list_of_the_same_style_that_begins_anew_stands_beside_the_first() -> None:
    text = "会议指出，一是成效好。二是基础牢。\n会议要求，一是建。二是扩。三是管。\n"
    assert [item.ordinal for item in outlined(text).items] == [1, 2, 1, 2, 3]


@pytest.mark.parametrize(
    ("text", "marker"),
    [
        ("会议要求：\n一是建。\n二是扩。\n第一个方面是，管。\n四是严。\n", "第一个方面是"),
        ("会议要求：\n一是建。\n二是扩。\n三啊，管。\n四是严。\n", "三啊，"),
        ("会议要求：\n一是建。\n二是扩。\n三月八日，管。\n四是严。\n", "三月八日，"),
        ("会议要求：\n一是建。\n二是扩。\n三.管。\n四是严。\n", "三."),
    ],
)
def test_what_is_left_of_a_marker_takes_the_number_that_the_list_lacks(text: str, marker: str) -> None:
    items = outlined(text).items
    assert [item.ordinal for item in items] == [1, 2, 3, 4]
    assert items[2].marker == marker
    assert items[2].status is MarkerStatus.DAMAGED


def test_a_date_at_the_head_of_a_paragraph_begins_no_list() -> None:
    assert outlined("一月十日，会议召开。\n二月三日，检查组到场。\n").items == ()


def test_a_decimal_at_the_head_of_a_line_is_no_marker() -> None:
    assert outlined("PM\n2.5\n浓度下降。\n3.1\n倍。\n").items == ()


def test_a_lost_item_in_running_text_is_found_where_the_semicolons_fit() -> None:
    text = "会议要求，抓好四项工作：一是建网络；二是强队伍；优化待遇；四是严监管。"
    items = outlined(text).items
    assert [item.status for item in items][2] is MarkerStatus.MISSING
    assert text[items[2].start : items[2].end] == "优化待遇；"


def test_a_gap_that_nothing_fits_stays_open() -> None:
    text = "会议要求：\n一是建。\n补充一段。\n二是扩。\n又一段。\n三段。\n五是严。\n六是实。\n"
    assert [item.ordinal for item in outlined(text).items] == [1, 2, 5, 6]


def test_the_declared_number_and_its_place_are_read() -> None:
    text = "会议要求，重点抓好以下十二项任务：一是建。二是扩。"
    found = outlined(text)
    assert found.declared == 12
    assert found.declared_at is not None
    assert "十二项任务" in text[slice(*found.declared_at)]


def test_a_number_of_achievements_is_not_declared() -> None:
    text = (
        "局2025年工作总结和2026年打算\n一、2025年工作回顾\n主要做了以下六项工作：一是建。\n二、2026年打算\n（一）扩。\n"
    )
    assert outlined(text).declared is None


def test_a_text_on_one_line_is_cut_like_one_with_lines() -> None:
    text = "工作计划 为做好工作，制定本计划。一、工作目标 全面达标。二、重点工作 （一）查。（二）改。三、保障措施 （一）督。"
    assert horizon_of(text, "（一）查") is Horizon.WORK
    assert horizon_of(text, "（一）督") is Horizon.SAFEGUARD


def test_a_list_told_as_in_speech_is_a_list() -> None:
    text = "同志们：今年要抓好这么几件事。\n一个是要管好库房。\n再一个是要修好管线。\n最后一个是要练好队伍。\n"
    assert [item.marker for item in outlined(text).items] == ["一个是", "再一个是", "最后一个是"]
    assert horizon_of(text, "管好") is Horizon.WORK


def test_a_list_of_links_behind_the_source_line_sets_no_work() -> None:
    text = "会议要求，要管好库房，要修好管线。\n来源：县政府办\n点击排行：1.停水通知 2.今日菜价\n"
    assert horizon_of(text, "停水") is Horizon.CLOSING


def test_an_empty_text_has_an_empty_outline() -> None:
    assert outlined("") == Outline((), ())


_PIECES = st.sampled_from(
    [
        "一、", "二、", "三、", "（一）", "（二）", "(三)", "一是", "二是", "四是", "一要", "1.", "2、", "（1）", "第一，", "首先，", "——",
        "第一章 ", "第二节 ", "01\n", "任务一：", "三啊，", "第一个方面是，", "五月六日，", "会议指出，", "会议要求，", "各位代表！", "重点任务\n",
        "总体要求\n", "2025年工作回顾\n", "到2030年", "抓好以下五项工作：", "完成", "推进建设", "。", "；", "\n", "\n\n", " ", "x",
    ]
)  # fmt: skip


def check_tree(items: tuple[Item, ...], start: int, end: int) -> None:
    for item in items:
        assert start <= item.start <= item.body <= item.end <= end
        check_tree(item.children, item.start, item.end)


@settings(max_examples=400)
@given(st.lists(_PIECES, max_size=80).map("".join))
def test_sections_cover_any_text_and_children_lie_inside_their_items(text: str) -> None:
    found = outlined(text)
    offset = 0
    for section in found.sections:
        assert section.start == offset
        assert section.end > section.start
        offset = section.end
    assert offset == len(text)
    check_tree(found.items, 0, len(text))


@pytest.mark.parametrize(
    "piece", ["一是建。", "一是建\n", "1.建\n", "（一）建。", "——建\n", "三啊，建\n", "（", "抓好", "会议要求，"]
)
def test_a_repeated_piece_nests_no_deeper_than_the_inventory(piece: str) -> None:
    def depth(items: tuple[Item, ...]) -> int:
        return max((1 + depth(item.children) for item in items), default=0)

    assert depth(outlined("通知如下：\n" + piece * 3000).items) <= 20
