"""Clean offsets and source offsets: one to one, and evidence that is the source's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.source.text import CleanText

SOURCE = "一是强基层\n— 2 —\n建高地。页脚\n二是保健康。"
CLEAN = CleanText(SOURCE, ((0, 5), (12, 16), (18, 25)))


@st.composite
def _cleaned(draw: st.DrawFn) -> CleanText:
    source = draw(st.text(min_size=1, max_size=60))
    marks = sorted(draw(st.sets(st.integers(0, len(source)), max_size=8)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return CleanText(source, tuple((start, end) for start, end in pairs if start < end))


@given(_cleaned())
def test_every_clean_character_is_the_source_character_at_its_place(clean: CleanText) -> None:
    for offset, character in enumerate(clean.text):
        place = clean.to_source(offset)
        assert clean.source[place] == character
        assert clean.to_clean(place) == offset


@given(_cleaned(), st.data())
def test_evidence_is_what_stands_between_its_offsets(clean: CleanText, data: st.DataObject) -> None:
    if clean.text:
        start = data.draw(st.integers(0, len(clean.text) - 1))
        end = data.draw(st.integers(start + 1, len(clean.text)))
        evidence = clean.evidence(start, end)
        assert clean.source[evidence.start : evidence.end] == evidence.quote
        assert evidence.quote[0] == clean.text[start]
        assert evidence.quote[-1] == clean.text[end - 1]


def test_at_a_seam_a_start_goes_right_and_an_end_left() -> None:
    assert (CLEAN.to_source(5), CLEAN.to_source(5, "left")) == (12, 5)


def test_dropped_characters_have_no_clean_offset() -> None:
    assert CLEAN.to_clean(SOURCE.index("页脚")) is None


def test_a_range_is_unbroken_up_to_the_next_seam() -> None:
    assert CLEAN.unbroken(2, 9) == 5
    assert CLEAN.unbroken(6, 8) == 8
    assert CLEAN.unbroken(10, len(CLEAN.text)) == len(CLEAN.text)


def test_an_offset_outside_the_text_is_an_error() -> None:
    with pytest.raises(IndexError):
        CLEAN.to_source(len(CLEAN.text) + 1)


def test_what_a_range_prints_leaves_out_what_was_dropped() -> None:
    text = CleanText("达到**95**%以上", ((0, 2), (4, 6), (8, 11)))
    assert text.printed(0, 11) == "达到95%以上"
    assert text.printed(3, 7) == "95"
    assert text.printed(2, 4) == ""
    assert text.readable == "达到" + "\u200b" * 2 + "95" + "\u200b" * 2 + "%以上"
    assert [text.kept_before(offset) for offset in (0, 2, 3, 4, 11)] == [0, 2, 2, 2, 7]


def test_marks_do_not_break_a_range_and_words_do() -> None:
    assert CleanText("推进**建设**工作", ((0, 2), (4, 6), (8, 10))).unbroken(0, 6) == 6
    assert CleanText("推进第3页建设", ((0, 2), (5, 7))).unbroken(0, 4) == 2


@given(st.text(alphabet="ab中*\u200b ", max_size=30), st.data())
def test_readable_is_as_long_as_the_source_and_holds_what_is_kept(source: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(source)), max_size=6)))
    kept = tuple(zip(cuts[::2], cuts[1::2], strict=False))
    text = CleanText(source, kept)
    assert len(text.readable) == len(source)
    assert text.printed(0, len(source)) == text.text
    assert all(text.readable[start:end] == source[start:end] for start, end in kept)
