from __future__ import annotations

import pytest
from chunk_samples import ANY_TEXT, FLAT_LIST, REPORT, whole
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.chunk import Chunk, counter_for, sent, split, split_text
from summarizer.chunk.split import SMALLEST_BUDGET
from summarizer.chunk.tokens import SHIPPED, TokenCounter
from summarizer.errors import UsageError
from summarizer.reading.reading import read_clean
from summarizer.source.text import CleanText

_COUNTER = counter_for(SHIPPED)
_BUDGETS = st.sampled_from([SMALLEST_BUDGET, 20, 37, 64, 200, 5000])


def _check(text: str, chunks: tuple[Chunk, ...], counter: TokenCounter, budget: int) -> None:
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))
    assert "".join(chunk.text for chunk in chunks) == text
    at = 0
    for chunk in chunks:
        assert chunk.start == at < chunk.end
        assert text[chunk.start : chunk.end] == chunk.text
        assert chunk.tokens == counter.count(sent(chunk)) <= budget
        assert text[: chunk.start].endswith(chunk.overlap)
        at = chunk.end
    assert at == len(text)


@settings(max_examples=200)
@given(ANY_TEXT, _BUDGETS, st.integers(0, 30), st.sampled_from([None, "云州市卫生工作要点", "题" * 90]))
def test_chunks_cover_any_text_once_in_order_within_the_budget(
    text: str, budget: int, overlap: int, title: str | None
) -> None:
    for name in (SHIPPED, "qwen-max"):
        counter = counter_for(name)
        _check(text, split_text(text, None, counter, budget, title=title, overlap=overlap), counter, budget)


@settings(max_examples=60)
@given(ANY_TEXT, _BUDGETS)
def test_the_same_holds_with_an_outline(text: str, budget: int) -> None:
    clean = whole(text)
    _check(text, split(clean, read_clean(clean).outline, _COUNTER, budget, title="要点"), _COUNTER, budget)


@settings(max_examples=60)
@given(ANY_TEXT, st.lists(st.integers(0, 200), max_size=8))
def test_each_chunk_maps_back_to_its_own_source_characters(text: str, edges: list[int]) -> None:
    places = sorted({min(edge, len(text)) for edge in edges})
    kept = tuple((a, b) for a, b in zip(places[::2], places[1::2], strict=False) if a < b)
    clean = CleanText(text, kept)
    for chunk in split(clean, None, _COUNTER, 24):
        evidence = clean.evidence(chunk.start, chunk.end)
        characters = [clean.source[clean.to_source(at)] for at in range(chunk.start, chunk.end)]
        assert "".join(characters) == chunk.text
        assert evidence.quote == text[evidence.start : evidence.end]


@pytest.mark.parametrize("char", ["a", "健", "7", "—", " ", "\n", "😀", "e\u0301", "\u200d", "“", "<|endoftext|>"])
def test_a_text_of_one_endless_word_is_split_within_the_budget(char: str) -> None:
    text = char * (200_000 // len(char))
    _check(text, split_text(text, None, _COUNTER, 3000), _COUNTER, 3000)


def test_a_word_of_a_million_letters_is_split_within_the_budget() -> None:
    text = "a" * 1_000_000
    _check(text, split_text(text, None, _COUNTER, 2000), _COUNTER, 2000)


def test_an_empty_text_has_no_chunks() -> None:
    assert split_text("", None, _COUNTER, 100) == ()


def test_a_text_within_the_budget_is_one_chunk() -> None:
    (chunk,) = split_text(REPORT, None, _COUNTER, 1000)
    assert chunk.text == REPORT


def test_a_budget_too_small_for_anything_is_refused() -> None:
    with pytest.raises(UsageError, match="16"):
        split_text(REPORT, None, _COUNTER, SMALLEST_BUDGET - 1)


def test_a_negative_overlap_is_refused() -> None:
    with pytest.raises(UsageError, match="overlap"):
        split_text(REPORT, None, _COUNTER, 100, overlap=-1)


def test_overlap_repeats_whole_clauses_before_the_chunk_and_is_no_part_of_the_cover() -> None:
    chunks = split_text(FLAT_LIST, None, _COUNTER, 90, overlap=20)
    _check(FLAT_LIST, chunks, _COUNTER, 90)
    assert chunks[1].overlap
    assert FLAT_LIST[chunks[1].start - len(chunks[1].overlap) - 1] in "\uff0c。"


def test_the_overlap_gives_way_when_the_budget_is_small() -> None:
    assert all(not chunk.overlap for chunk in split_text(FLAT_LIST * 3, None, _COUNTER, 30, overlap=200))


def test_splitting_is_the_same_twice() -> None:
    assert split_text(FLAT_LIST, None, _COUNTER, 60) == split_text(FLAT_LIST, None, _COUNTER, 60)
