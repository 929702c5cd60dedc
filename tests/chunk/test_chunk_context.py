from __future__ import annotations

from chunk_samples import FLAT_LIST, REPORT, whole

from summarizer.chunk import ChunkContext, counter_for, lead_in, sent, split, split_text
from summarizer.chunk.context import narrower
from summarizer.chunk.tokens import SHIPPED
from summarizer.outline.model import Item, Outline, Section
from summarizer.schema import Horizon, MarkerStatus

_COUNTER = counter_for(SHIPPED)


def test_a_chunk_that_begins_with_a_later_item_knows_the_marker_before_it() -> None:
    chunks = split_text(FLAT_LIST, None, _COUNTER, 45)
    assert [chunk.context.previous_marker for chunk in chunks] == [None, "一是", "二是"]


def test_a_chunk_that_begins_inside_an_item_knows_the_item() -> None:
    body = "深化薪酬改革\uff0c控制次均费用增幅。"
    inside = split_text(FLAT_LIST.replace(body[:6], body * 20 + body[:6]), None, _COUNTER, 120)[3]
    assert inside.text.startswith(body)
    assert inside.context.previous_marker == "二是"
    assert inside.context.headings == ("二是做强公立医院",)


def test_a_chunk_stands_under_its_part() -> None:
    chunks = split_text(REPORT + "完善安宁疗护网络\uff0c覆盖全部县区。" * 3, None, _COUNTER, 100)
    assert chunks[-1].context.headings[0] == "二、重点任务"
    assert chunks[-1].context.previous_marker == "（一）"


def test_the_first_item_of_a_later_list_has_no_marker_before_it() -> None:
    text = FLAT_LIST + "会议强调\uff0c作风要过硬。" + FLAT_LIST
    chunks = split_text(text, None, _COUNTER, 45)
    assert [chunk.context.previous_marker for chunk in chunks if "一是" in chunk.text[:40]] == [None, None]


def test_the_outline_gives_horizon_and_heading() -> None:
    text = f"二、2031年重点工作\n一是健全基层网络。{'推进提标扩能。' * 20}\n二是做强公立医院。{'深化薪酬改革。' * 20}\n"
    heading, first, second = (0, text.index("一是")), text.index("一是"), text.index("二是")
    items = (
        Item(first, first + 2, second, 1, 0, "一是", "is", MarkerStatus.INTACT),
        Item(second, second + 2, len(text), 2, 0, "二是", "is", MarkerStatus.INTACT),
    )
    outline = Outline((Section(0, len(text), Horizon.WORK, heading, "heading"),), items)
    context = split(whole(text), outline, _COUNTER, 200, title="云州市卫生工作要点")[-1].context
    assert context == ChunkContext("云州市卫生工作要点", ("二、2031年重点工作",), Horizon.WORK, "一是")


def test_what_is_sent_names_each_thing_on_a_line_and_ends_with_the_text() -> None:
    chunk = split_text(FLAT_LIST, None, _COUNTER, 80, title="要点", overlap=10)[1]
    head, text = sent(chunk).split("【正文】\n")
    assert text == chunk.text
    assert head.splitlines()[0] == "【文件】要点"
    assert f"【前文】{chunk.overlap}" in head


def test_nothing_known_is_nothing_sent() -> None:
    assert lead_in(ChunkContext()) == ""


def test_a_long_title_gives_way_to_the_text() -> None:
    chunks = split_text(FLAT_LIST, None, _COUNTER, 60, title="关于" * 60)
    assert all(chunk.context.title is None for chunk in chunks)


def test_the_marker_is_left_out_last() -> None:
    context: ChunkContext | None = ChunkContext("题", ("甲", "乙"), Horizon.WORK, "一是")
    seen = []
    while context is not None:
        seen.append(context)
        context = narrower(context)
    assert seen[-2] == ChunkContext(previous_marker="一是")
    assert seen[-1] == ChunkContext()
