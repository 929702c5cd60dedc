"""Printed times that mean the same, and such that do not."""

from __future__ import annotations

import pytest

from summarizer.evaluation.times import same_time


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("到2030年", "2030年底"),
        ("“十五五”时期", "十五五"),
        ("今年", "2026年"),
        ("过去一年", "2025年"),
        ("去年以来", "去年"),
        ("五年来", "“十四五”时期"),
        (None, None),
    ],
)
def test_the_same_time_goes_by_several_names(a: str | None, b: str | None) -> None:
    assert same_time(a, b, 2026)
    assert same_time(b, a, 2026)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("今年", "2025年"),
        ("“十四五”时期", "“十五五”时期"),
        ("2025年", None),
        ("五年来", "2025年"),
        ("“十四五”时期", "2025年"),
        ("到2030年", "“十五五”时期"),
        ("到", "2025年"),
    ],
)
def test_other_times_differ(a: str | None, b: str | None) -> None:
    assert not same_time(a, b, 2026)
    assert not same_time(b, a, 2026)


def test_without_a_year_this_year_is_no_year() -> None:
    assert not same_time("今年", "2026年", None)
    assert same_time("今年", "今年", None)
