"""Printed times as days."""

from __future__ import annotations

from datetime import date

import pytest

from summarizer.figures.resolution import deadline_day, resolve


@pytest.mark.parametrize(
    ("printed", "year", "first", "behind"),
    [
        ("今年", 2026, "2026-01-01", "2027-01-01"),
        ("去年", 2026, "2025-01-01", "2026-01-01"),
        ("2030年", None, "2030-01-01", "2031-01-01"),
        ("二〇三〇年", None, "2030-01-01", "2031-01-01"),
        ("2018—2025年", None, "2018-01-01", "2026-01-01"),
        ("“十四五”时期", None, "2021-01-01", "2026-01-01"),
        ("“十四五”以来", None, "2021-01-01", None),
        ("到2030年", 2026, None, "2031-01-01"),
        ("到“十五五”末", 2026, None, "2031-01-01"),
        ("截至去年底", 2026, None, "2026-01-01"),
        ("6月底前", 2026, None, "2026-07-01"),
        ("12月31日前", 2026, None, "2027-01-01"),
        ("上半年", 2026, "2026-01-01", "2026-07-01"),
        ("1—11月", 2026, "2026-01-01", "2026-12-01"),
        ("前三季度", 2026, "2026-01-01", "2026-10-01"),
        ("2026年一季度", None, "2026-01-01", "2026-04-01"),
        ("过去五年", 2026, "2021-01-01", "2026-01-01"),
        ("过去一年", 2026, "2025-01-01", "2026-01-01"),
        ("五年来", 2025, "2021-01-01", "2026-01-01"),
        ("過去五年", 2026, "2021-01-01", "2026-01-01"),
        ("未来五年", 2026, "2026-01-01", "2031-01-01"),
        ("今年3月1日起", 2026, "2026-03-01", None),
    ],
)
def test_a_printed_time_is_the_days_that_the_texts_year_makes_of_it(
    printed: str, year: int | None, first: str | None, behind: str | None
) -> None:
    days = tuple(date.fromisoformat(day) if day else None for day in (first, behind))
    assert resolve(printed, year) == days


@pytest.mark.parametrize("printed", ["目前", "一年来", "截至目前", "过去四年多", "一个月", "本届政府", "年初", "三年"])
def test_what_the_text_does_not_decide_stays_open(printed: str) -> None:
    assert resolve(printed, 2026) == (None, None)


@pytest.mark.parametrize("printed", ["今年", "上半年", "6月底前", "过去五年"])
def test_a_relative_time_needs_the_year_of_the_text(printed: str) -> None:
    assert resolve(printed, None) == (None, None)


def test_a_deadline_is_the_last_day_that_is_in_time() -> None:
    assert deadline_day("6月底前", 2026) == date(2026, 6, 30)
    assert deadline_day("2027年底前", 2026) == date(2027, 12, 31)
    assert deadline_day("长期坚持", 2026) is None


def test_a_day_that_does_not_exist_is_open() -> None:
    assert resolve("2月30日前", 2026) == (None, None)
