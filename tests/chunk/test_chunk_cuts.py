from __future__ import annotations

import re

import pytest
from chunk_samples import FLAT_LIST, REPORT, whole
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.chunk import Chunk, Cut, counter_for, split, split_text
from summarizer.chunk.boundaries import shield
from summarizer.chunk.tokens import SHIPPED
from summarizer.outline.model import Item, Outline, Section
from summarizer.schema import Horizon, MarkerStatus

_COUNTER = counter_for(SHIPPED)
_CLAUSES = (
    "完善分级诊疗体系",
    "新增康复床位320张",
    "推动“医养结合”试点扩面",
    "落实《云州市健康促进办法》",
    "到2031年底全面建成",
)


def _texts(chunks: tuple[Chunk, ...]) -> list[str]:
    return [chunk.text for chunk in chunks]


def _split(text: str, budget: int) -> tuple[Chunk, ...]:
    return split_text(text, None, _COUNTER, budget)


def test_parts_are_parted_before_anything_else() -> None:
    chunks = _split(REPORT, 80)
    assert chunks[0].cut is Cut.PART
    assert chunks[1].text.startswith("二、重点任务")


def test_items_of_a_text_without_line_breaks_are_not_opened_when_they_fit() -> None:
    chunks = _split(FLAT_LIST, 45)
    assert [chunk.cut for chunk in chunks] == [Cut.ITEM, Cut.ITEM, Cut.END]
    assert [text[:2] for text in _texts(chunks)] == ["会议", "二是", "三是"]


def test_the_words_that_open_a_list_stay_with_its_first_item() -> None:
    text = (
        "会议指出\uff0c过去一年成绩来之不易。" * 3
        + "会议要求：一是强化党建引领。完善制度。二是补齐短板弱项。完善机制。"
    )
    chunks = _split(text, 40)
    assert chunks[1].text.startswith("会议要求：一是")


def test_an_item_too_long_is_parted_at_its_sentences() -> None:
    chunks = _split(FLAT_LIST, 36)
    assert {chunk.cut for chunk in chunks} <= {Cut.ITEM, Cut.SENTENCE, Cut.END, Cut.CLAUSE}
    assert all(chunk.text[-1] in "。\uff0c" for chunk in chunks)


def test_a_list_inside_one_sentence_that_fits_is_not_parted() -> None:
    sentence = "要做到：一是责任到人；二是措施到位；三是考核到边。"
    chunks = _split(sentence * 4, 40)
    assert _texts(chunks) == [sentence] * 4


def test_a_list_inside_one_sentence_that_does_not_fit_is_parted_at_its_items() -> None:
    items = "；".join(f"{n}是完善分级诊疗体系和转诊服务机制" for n in "一二三四五六")
    chunks = _split(f"要做到：{items}。", 40)
    assert [text[:2] for text in _texts(chunks)][1:] == ["三是", "五是"]
    assert {chunk.cut for chunk in chunks} == {Cut.LISTED, Cut.END}


def test_an_item_of_several_sentences_behind_a_semicolon_is_not_opened() -> None:
    text = "一是健全网络。推进提标扩能；二是做强医院。深化薪酬改革；三是守牢底线。开展隐患排查。"
    assert [text[:2] for text in _texts(_split(text, 20))] == ["一是", "二是", "三是"]


def test_a_heading_is_not_left_behind_at_the_end_of_a_chunk() -> None:
    body = "全市卫生系统攻坚克难\uff0c群众健康水平稳步提升。"
    text = f"{body}\n健康惠民行动\n{body}{body}\n"
    assert all(not chunk.text.endswith("健康惠民行动\n") for chunk in _split(text, 45))


def test_white_space_between_paragraphs_goes_with_the_chunk_before() -> None:
    text = "\n\n\u3000\u3000".join(["全市卫生系统攻坚克难\uff0c群众健康水平稳步提升。"] * 4)
    assert all(not chunk.text[0].isspace() for chunk in _split(text, 30))


@pytest.mark.parametrize(
    "whole_thing",
    [
        "2031年3月18日",
        "3.5个百分点",
        "1,250.8万人次",
        "二〇三一年三月十八日",
        "“三医协同发展和治理”",
        "《云州市医疗卫生服务条例》",
        "19:46:30",
    ],
)
def test_numbers_dates_quotations_and_titles_are_not_torn_in_a_text_without_punctuation(whole_thing: str) -> None:
    text = f"推进全市卫生健康事业{whole_thing}高质量发展迈上新的台阶" * 6
    spans = [match.span() for match in re.finditer(re.escape(whole_thing), text)]
    for chunk in _split(text, 34)[:-1]:
        assert not any(start < chunk.end < end for start, end in spans), chunk


def test_a_sentence_that_ends_inside_a_quotation_is_no_place_to_cut() -> None:
    text = "他说：“要坚持下去。要做得更好。”群众点头称赞\uff0c代表们纷纷表示赞同。" * 2
    chunks = _split(text, 26)
    assert not any(chunk.text.count("“") != chunk.text.count("”") for chunk in chunks)


def test_a_quotation_longer_than_the_budget_is_cut_inside_and_says_so() -> None:
    chunks = _split("“" + "健康服务" * 60 + "”", 30)
    assert chunks[0].cut is Cut.FORCED


def test_combining_marks_stay_with_their_letter() -> None:
    assert all(chunk.text[0] != "\u0301" for chunk in _split("e\u0301" * 200, 20))


@settings(max_examples=100)
@given(
    st.lists(st.lists(st.sampled_from(_CLAUSES), min_size=1, max_size=4), min_size=1, max_size=30), st.integers(60, 200)
)
def test_no_sentence_that_fits_is_ever_cut(sentences: list[list[str]], budget: int) -> None:
    text = "".join("\uff0c".join(clauses) + "。" for clauses in sentences)
    assert all(chunk.text.endswith("。") for chunk in _split(text, budget))


@settings(max_examples=100)
@given(
    st.lists(st.lists(st.sampled_from(_CLAUSES), min_size=1, max_size=5), min_size=2, max_size=10),
    st.integers(70, 200),
    st.sampled_from(["", "\n"]),
)
def test_no_top_level_item_that_fits_is_ever_cut(items: list[list[str]], budget: int, between: str) -> None:
    printed = [
        f"{n}是" + "。".join(item) + "。" + between for n, item in zip("一二三四五六七八九十", items, strict=False)
    ]
    text = "会议要求\uff0c抓好以下工作。" + "".join(printed)
    chunks = _split(text, budget)
    edges = {chunk.end for chunk in chunks}
    at = len(text) - sum(map(len, printed))
    for item in printed:
        if _COUNTER.count(item) <= budget:
            assert not any(at < edge < at + len(item) for edge in edges)
        at += len(item)


def _item(text: str, marker: str, until: str | None, ordinal: int, depth: int, children: tuple[Item, ...] = ()) -> Item:
    start = text.index(marker)
    end = text.index(until) if until else len(text)
    return Item(start, start + len(marker), end, ordinal, depth, marker, "is", MarkerStatus.INTACT, children)


def test_the_items_and_sections_of_an_outline_are_the_cuts() -> None:
    text = "过去一年成绩显著。需要夯实基层基础。还要深化公立医院改革。".replace("。", "。" + "不断推进提标扩能。" * 6)
    cut = text.index("需要")
    items = (
        Item(cut, cut, text.index("还要"), 1, 0, None, "none", MarkerStatus.MISSING),
        Item(text.index("还要"), text.index("还要"), len(text), 2, 0, None, "none", MarkerStatus.MISSING),
    )
    sections = (
        Section(0, cut, Horizon.PAST, None, "过去"),
        Section(cut, len(text), Horizon.WORK, None, "需要"),
    )
    chunks = split(whole(text), Outline(sections, items), _COUNTER, 70)
    assert [(chunk.text[:2], chunk.cut) for chunk in chunks] == [
        ("过去", Cut.PART),
        ("需要", Cut.ITEM),
        ("还要", Cut.END),
    ]
    assert chunks[2].context.previous_marker == "第1项"


@pytest.mark.parametrize(
    ("text", "offset", "torn"),
    [
        ("新增托位8900个", 6, 4),
        ("新增托位8900个", 8, 4),
        ("实施《健康办法》后", 5, 2),
        ("the hospital", 7, 4),
        ("基层医疗", 2, None),
        ("落实“四项\n允许”", 5, None),
    ],
)
def test_what_a_cut_would_tear(text: str, offset: int, torn: int | None) -> None:
    assert shield(text, offset, 0) == torn
