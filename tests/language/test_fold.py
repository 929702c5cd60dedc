"""Folding keeps a map back to every character, and folds nothing that changes a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language import fold as fold_module
from summarizer.language.fold import FoldingTable, fold, legible, simplified
from summarizer.language.tables import load


def test_width_and_punctuation_variants_become_equal() -> None:
    assert fold("到２０２６年\uff0c覆盖率达９５\uff05\u3002").text == fold("到2026年,覆盖率达95%.").text


def test_quotation_marks_of_all_kinds_become_equal() -> None:
    assert fold("\u201c健康快车\u201d").text == fold("\u300c健康快车\u300d").text == fold('"健康快车"').text


def test_traditional_script_becomes_simplified_one_to_one() -> None:
    assert fold("醫療衛生機構").text == "医疗卫生机构"


def test_white_space_and_invisible_characters_are_removed() -> None:
    assert fold("医 疗\n\u3000卫\u200b生").text == "医疗卫生"


def test_square_units_are_written_out_with_their_place() -> None:
    folded = fold("绿地10\u33a1。")
    assert folded.text == "绿地10m2."
    assert folded.original(4, 6) == (4, 5)


def test_superscripts_and_circled_numbers_are_no_digits() -> None:
    assert fold("10\u00b2").text != fold("102").text
    assert fold("\u2460").text != "1"


def test_a_full_stop_between_digits_is_no_decimal_point() -> None:
    assert fold("增长5\u30023个").text != fold("增长5.3个").text


def test_a_run_of_dashes_is_one() -> None:
    assert fold("2026\u2014\u20142030年").text == fold("2026-2030年").text


@given(st.text())
def test_places_rise_and_stay_inside_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.places) == len(folded.text)
    assert all(0 <= place < len(text) for place in folded.places)
    assert all(one <= other for one, other in zip(folded.places, folded.places[1:], strict=False))


@given(st.text())
def test_folding_a_folded_text_changes_nothing_more(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


def test_radicals_become_the_characters_that_they_stand_for() -> None:
    assert fold("\u2f63产和\u2ea0\u2f63").text == "生产和民生"
    assert simplified("\u2f00\u2f24\u2f2f\u7a0b") == "一大工程"


@pytest.mark.parametrize("printed", ["能\u30ab建设", "\u30ab争完成", "提升能\u30ab\uff0c"])
def test_a_kana_beside_a_chinese_character_is_the_character_it_looks_like(printed: str) -> None:
    assert simplified(printed) == printed.replace("\u30ab", "力")
    assert fold(printed).text == fold(printed.replace("\u30ab", "力")).text


@pytest.mark.parametrize("printed", ["\u30ab\u30e9\u30fc印刷", "卡拉\u30aa\u30b1", "\u30abA品牌", "X\u30ed中心"])
def test_kana_beside_kana_or_letters_stay(printed: str) -> None:
    assert simplified(printed) == printed


@pytest.mark.parametrize(
    ("printed", "read"),
    [("统\u2014部署", "统一部署"), ("统\u2014\u2014部署", None), ("2026\u2014是", None), ("健康中国\u2014行动", None)],
)
def test_a_dash_is_a_numeral_only_where_a_known_word_is_broken(printed: str, read: str | None) -> None:
    assert simplified(printed) == (read or printed)


def test_examples_of_the_look_alikes_are_restored() -> None:
    for row in load(FoldingTable, "folding.toml").look_alike:
        for example in row.example:
            assert simplified(example) == example.replace(row.printed, row.stands_for)


def test_a_line_whose_length_conversion_would_change_is_converted_character_by_character(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    convert = fold_module._converter()
    monkeypatch.setattr(fold_module, "_converter", lambda: lambda text: convert(text).replace("罕词", "罕见词"))
    assert simplified("會議強調\n一個罕詞，統籌發展") == "会议强调\n一个罕词，统筹发展"


@given(st.text(alphabet="醫療衛生會議乾隆皇後著作\u2014\u30ab\u2f63 \n后面里干1。"))
def test_simplifying_keeps_every_offset(text: str) -> None:
    assert len(simplified(text)) == len(text)


def test_a_legible_text_has_its_numbers_in_one_piece_and_keeps_lines_and_marks() -> None:
    printed = "參保率\uff19\uff15 .\uff12 %\uff0c每\u200b12/10 万\n3\u2009860人、2 3"
    read = legible(printed)
    assert read.text == "参保率95.2%\uff0c每12/10万\n3860人、2 3"
    assert printed[slice(*read.original(3, 7))] == "\uff19\uff15 .\uff12"


@given(st.text())
def test_every_character_of_a_legible_text_has_its_place(text: str) -> None:
    read = legible(text)
    assert len(read.places) == len(read.text)
    assert all(0 <= place < len(text) for place in read.places)
