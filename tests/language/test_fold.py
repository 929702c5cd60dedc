"""Folding keeps a map back to every character, and folds nothing that changes a value."""

from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.fold import fold


def test_width_and_punctuation_variants_become_equal() -> None:
    assert fold("到２０２６年\uff0c覆盖率达９５\uff05\u3002").text == fold("到2026年,覆盖率达95%.").text


def test_quotation_marks_of_all_kinds_become_equal() -> None:
    assert fold("\u201c健康快车\u201d").text == fold("\u300c健康快车\u300d").text == fold('"健康快车"').text


def test_traditional_script_becomes_simplified_one_to_one() -> None:
    assert fold("醫療衛生機構").text == "医疗卫生机构"
    assert fold("醫療衛生機構", script=False).text == "醫療衛生機構"


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
