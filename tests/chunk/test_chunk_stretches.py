from __future__ import annotations

import random

import pytest
from chunk_samples import ANY_TEXT, FLAT_LIST, GENRE, REPORT
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.chunk import stretches
from summarizer.chunk.stretches import StretchCounter
from summarizer.chunk.tokens import SHIPPED, counter_for

_COUNTER = counter_for(SHIPPED)


@settings(max_examples=300)
@given(GENRE, st.data())
def test_a_stretch_is_counted_as_if_it_stood_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert StretchCounter(text, _COUNTER).tokens(start, end) == _COUNTER.count(text[start:end])


@given(ANY_TEXT)
def test_every_prefix_and_suffix_of_any_text_is_counted_exactly(text: str) -> None:
    measured = StretchCounter(text, _COUNTER)
    for at in range(0, len(text) + 1, 7):
        assert measured.tokens(0, at) == _COUNTER.count(text[:at])
        assert measured.tokens(at, len(text)) == _COUNTER.count(text[at:])


@pytest.mark.parametrize("piece", [REPORT, FLAT_LIST, "健康", "————", "e\u0301", "7", "word ", "\n \n"])
def test_long_texts_of_many_blocks_are_counted_exactly(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stretches, "_BLOCK", 300)
    monkeypatch.setattr(stretches, "_AHEAD", 200)
    text = piece * (4000 // len(piece))
    measured = StretchCounter(text, _COUNTER)
    chance = random.Random(7)
    for _ in range(40):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randrange(1200))
        assert measured.tokens(start, end) == _COUNTER.count(text[start:end])


def test_a_reach_comes_close_to_the_room_given() -> None:
    text = REPORT * 30
    measured = StretchCounter(text, _COUNTER)
    for start in range(0, len(text) // 2, 97):
        end = measured.reach(start, 200)
        assert 195 <= measured.tokens(start, end) <= 205


def test_a_reach_beyond_the_text_is_its_end() -> None:
    assert StretchCounter(REPORT, _COUNTER).reach(5, 100_000) == len(REPORT)


def test_the_bound_is_additive_everywhere() -> None:
    bound = counter_for("qwen-max")
    measured = StretchCounter(FLAT_LIST, bound)
    assert measured.tokens(3, 40) == len(FLAT_LIST[3:40].encode())
