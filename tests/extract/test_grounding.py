"""Quotes are found where they stand, and nowhere else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.extract.grounding import Found, GroundedText, Missed
from summarizer.schema import Grounding

TEXT = (
    "会议要求\uff0c抓好以下三项工作\u3002一是推进社区食堂建设\uff0c年内新增助餐点120个以上\uff0c覆盖率提高到78.5%\u3002"
    "二是完善\u201c一刻钟\u201d便民圈\uff0c不得新增形象工程\u3002三是推进社区食堂建设的督导\uff0c预算控制在3.2亿元以内\u3002"
)
GROUNDED = GroundedText(TEXT)


def _found(quote: str, **options: object) -> str:
    found = GROUNDED.find(quote, **options)  # type: ignore[arg-type]
    assert isinstance(found, Found), found
    return TEXT[found.start : found.end]


def test_an_exact_quote_is_found_as_exact() -> None:
    found = GROUNDED.find("年内新增助餐点120个以上")
    assert isinstance(found, Found)
    assert found.grounding is Grounding.EXACT
    assert TEXT[found.start : found.end] == "年内新增助餐点120个以上"


@pytest.mark.parametrize(
    "quote",
    [
        "一是推进社区食堂建设,年内新增助餐点120个以上",
        "年内新增助餐点\n   120个以上",
        "完善「一刻钟」便民圈",
        "推進社區食堂建設的督導",
        "覆盖率提高到７８.５％",
    ],
)
def test_width_space_marks_and_script_are_no_difference(quote: str) -> None:
    found = GROUNDED.find(quote)
    assert isinstance(found, Found)
    assert found.grounding is Grounding.NORMALIZED
    assert found.repaired is None


@pytest.mark.parametrize(
    "quote",
    [
        "年内新增助餐点130个以上",
        "年内新增助餐点12个以上",
        "年内新增助餐点120个以下",
        "覆盖率提高到7.85%",
        "覆盖率提高了78.5%",
        "覆盖率降低到78.5%",
        "得新增形象工程\u3002三是不",
        "必须新增形象工程\uff0c三是推进",
        "预算控制在3.2万元以内",
        "建设全市智慧停车平台",
        "抓好以下四项工作",
        "",
        "   ",
    ],
)
def test_what_says_something_else_is_refused(quote: str) -> None:
    result = GROUNDED.find(quote)
    assert isinstance(result, Missed)
    assert result.reason


def test_a_slip_of_the_pen_is_mended_to_the_printed_words() -> None:
    text = GroundedText("统筹推进城乡融合发展和县域商业体系建设工作\u3002")
    found = text.find("统筹推进城乡融和发展和县域商业体系建设工作")
    assert isinstance(found, Found)
    assert found.repaired == "和 for 合"
    assert text.text[found.start : found.end] == "统筹推进城乡融合发展和县域商业体系建设工作"


def test_the_place_nearest_to_the_hint_is_taken() -> None:
    second = TEXT.rindex("推进社区食堂建设")
    found = GROUNDED.find("推进社区食堂建设", near=second)
    assert isinstance(found, Found)
    assert found.start == second


def test_a_window_keeps_other_places_out() -> None:
    assert isinstance(GROUNDED.find("推进社区食堂建设的督导", within=(0, TEXT.index("二是"))), Missed)


def test_two_cells_do_not_make_one_number() -> None:
    assert isinstance(GroundedText("合计 12\n34 个").find("1234 个"), Missed)


def test_a_line_break_inside_the_quoted_number_is_forgiven() -> None:
    assert _found("覆盖率提高到78\n .5%") == "覆盖率提高到78.5%"


@given(st.data())
def test_every_stretch_of_a_text_is_found_at_its_place(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 1))
    end = data.draw(st.integers(start + 1, len(TEXT)))
    found = GROUNDED.find(TEXT[start:end], near=start)
    assert found == Found(start, end, Grounding.EXACT)


@given(st.integers(0, 2**32 - 1))
def test_the_order_of_the_questions_does_not_matter(seed: int) -> None:
    quotes = [TEXT[i : i + 9] for i in range(0, len(TEXT) - 9, 5)] + ["没有的话", "一刻钟便民圈建设规划"]
    shuffled = quotes[:]
    random.Random(seed).shuffle(shuffled)
    fresh = GroundedText(TEXT)
    assert {quote: fresh.find(quote) for quote in shuffled} == {quote: GROUNDED.find(quote) for quote in quotes}
