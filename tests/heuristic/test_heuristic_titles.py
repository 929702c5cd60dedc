from __future__ import annotations

import pytest

from summarizer.heuristic.titles import headline_of, headlines_are_sentences


def title(text: str, *, sentences: bool) -> str:
    found = headline_of(text, 0, len(text), sentences=sentences)
    return text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("坚持预防为主，聚焦关口前移，提升防控能力。完善监测。强化预警。", "坚持预防为主，聚焦关口前移，提升防控能力"),
        ("提升防控能力。完善监测。", "提升防控能力"),
        ("提升防控能力，完善监测，强化预警。", "提升防控能力"),
        ("提升防控能力，以及预警能力。完善监测。", "提升防控能力"),
    ],
)
def test_a_headline_sentence_is_the_title_where_a_list_writes_such(text: str, expected: str) -> None:
    assert title(text, sentences=True) == expected


def test_elsewhere_the_first_clause_is_the_title() -> None:
    assert title("提升防控能力，织密监测网络。完善预案。", sentences=False) == "提升防控能力"


def test_a_line_of_its_own_is_the_title_as_a_whole() -> None:
    assert title("扩大内需，畅通循环\n开展促销活动。", sentences=False) == "扩大内需，畅通循环"


def test_punctuation_behind_the_marker_and_space_before_a_comma_are_left_out() -> None:
    assert title("，要强化党的建设 ，以及行风建设。", sentences=False) == "要强化党的建设"


def test_an_inner_list_at_the_very_beginning_gives_its_first_item() -> None:
    assert title("一要抓党建，二要抓行风。", sentences=False) == "抓党建"


def test_the_first_cell_of_a_row_is_the_title() -> None:
    assert title("建好书房 | 新建6座 | 县文旅局", sentences=False) == "建好书房"


def test_a_list_writes_headline_sentences_when_most_of_its_items_do() -> None:
    text = "甲乙丙丁。戊己庚辛。\n子丑寅卯。辰巳午未。\n申酉戌亥。"
    lines = [(0, 10), (11, 21), (22, 27)]
    assert headlines_are_sentences(text, lines)
    assert not headlines_are_sentences(text, [lines[2], lines[2], lines[0]])
