"""What is printed at a place: a piece of a printed number is another number."""

from __future__ import annotations

import pytest

from summarizer.figures.printed import is_piece


@pytest.mark.parametrize(
    ("text", "value", "at", "piece"),
    [
        ("预期寿命 | 78.9 | 80.2", "80", 14, True),
        ("能耗降低 | 3.1 | 3 |", "3", 7, True),
        ("能耗降低 | 3.1 | 3 |", "3", 13, False),
        ("床位3.6万张", "6万张", 4, True),
        ("产值1\uff0c250亿元", "1", 2, True),
        ("水平\n25.6\n32\n预期性", "32", 8, False),
        ("建成3个,12所", "3个", 2, False),
        ("预期寿命80.2岁", "80.2岁", 4, False),
    ],
)
def test_a_value_that_cuts_a_printed_number_is_a_piece(text: str, value: str, at: int, *, piece: bool) -> None:
    assert text[at : at + len(value)] == value
    assert is_piece(text, (at, at + len(value))) is piece
