"""Times in running text and the days they are."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.dates import TimeKind, find_times, parse_date, time_at


def _found(text: str) -> list[tuple[str, TimeKind]]:
    return [(text[time.start : time.end], time.kind) for time in find_times(text)]


@pytest.mark.parametrize(
    ("text", "printed", "kind"),
    [
        ("于2026年1月21日召开", "2026年1月21日", TimeKind.DATE),
        ("1月21日,会议", "1月21日", TimeKind.DATE),
        ("发布2026-01-22", "2026-01-22", TimeKind.DATE),
        ("二〇二六年三月五日", "二〇二六年三月五日", TimeKind.DATE),
        ("2026年6月底前完成", "2026年6月底前", TimeKind.MONTH),
        ("到2030年达标", "到2030年", TimeKind.YEAR),
        ("截至2025年底，", "截至2025年底", TimeKind.YEAR),
        ("2021—2025年间", "2021—2025年", TimeKind.SPAN),
        ("“十四五”期间建成", "“十四五”期间", TimeKind.PLAN),
        ("五年来，", "五年来", TimeKind.RELATIVE),
        ("今年上半年", "今年上半年", TimeKind.RELATIVE),
        ("09:45 发布", "09:45", TimeKind.CLOCK),
    ],
)
def test_times_are_found_as_printed(text: str, printed: str, kind: TimeKind) -> None:
    assert _found(text) == [(printed, kind)]


@pytest.mark.parametrize("text", ["12345热线", "床位2025张", "第三条", "三分之一", "人均预期寿命"])
def test_what_is_no_time(text: str) -> None:
    assert _found(text) == []


def test_the_last_year_of_a_plan_is_known() -> None:
    (time,) = find_times("“十五五”时期")
    assert time.year == 2030


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_day_is_read_back_in_both_forms(day: date) -> None:
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize("text", ["2026年2月30日", "2026年", "1月21日", "会议", "2026年1月2日和3日"])
def test_what_is_no_whole_day_has_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_a_time_is_read_only_where_it_begins() -> None:
    assert time_at("在2030年", 0) is None
    assert time_at("在2030年", 1) is not None


@given(st.dates(date(2000, 1, 1), date(2000, 1, 1) + timedelta(days=30000)), st.text("，会议召开", max_size=5))
def test_times_lie_where_they_are_printed(day: date, around: str) -> None:
    printed = f"{day.year}年{day.month}月{day.day}日"
    (time,) = find_times(around + printed + around)
    assert (time.start, time.end) == (len(around), len(around) + len(printed))
