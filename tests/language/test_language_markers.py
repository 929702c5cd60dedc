from __future__ import annotations

import pytest

from summarizer.language.markers import MarkerTable, scan_damaged, scan_markers
from summarizer.language.tables import load

_TABLE = load(MarkerTable, "markers.toml")


@pytest.mark.parametrize(("style", "example"), [(row.name, example) for row in _TABLE.style for example in row.example])
def test_the_example_of_every_style_is_scanned_as_that_style(style: str, example: str) -> None:
    text = f"序号\n{example}" if style == "cell" else example
    assert [marker.style.name for marker in scan_markers(text)] == [style]


@pytest.mark.parametrize("example", [example for row in _TABLE.damaged for example in row.example])
def test_the_example_of_every_damaged_form_is_scanned_as_one(example: str) -> None:
    assert [marker.style.name for marker in scan_damaged(example)] == ["damaged"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("十二是抓安全", [12]),
        ("（十六）强监管", [16]),
        ("⑩守底线", [10]),
        ("07 抓基层", [7]),
        ("21.扩容量", [21]),
        ("首先，抓规划。其次，抓落实。", [1, 2]),
        ("一是建，二是管；三是用。四是护", [1, 2, 3, 4]),
    ],
)
def test_printed_numbers_are_read(text: str, values: list[int]) -> None:
    assert [marker.value for marker in scan_markers(text)] == values


@pytest.mark.parametrize(
    "text", ["统一是关键", "一、二、三产业融合", "2.5微克", "全国第一、全省第一", "万一要来", "第三十条"]
)
def test_look_alikes_are_no_markers(text: str) -> None:
    assert list(scan_markers(text)) == []


def test_both_punctuation_widths_are_read() -> None:
    assert [m.value for m in scan_markers("(一)建\n\uff08二\uff09管\n第三,用\n第四\uff0c护")] == [1, 2, 3, 4]


def test_body_begins_behind_the_marker_and_its_white_space_before_it_is_left_out() -> None:
    text = "  （三） 建机制"
    marker = next(scan_markers(text))
    assert text[marker.start : marker.body] == "（三）"


def test_number_lines_are_markers_only_below_a_table_head() -> None:
    assert list(scan_markers("1\n任务\n2\n任务\n")) == []
    assert [m.value for m in scan_markers("序号\n任务\n1\n建\n2\n管\n")] == [1, 2]


@pytest.mark.parametrize(
    ("text", "value"), [("六啊，加强", 6), ("十一月一日，要", 11), ("第一个方面是，要", 0), ("五时助力", 5)]
)
def test_what_is_left_of_a_marker_is_scanned_with_the_number_it_shows(text: str, value: int) -> None:
    assert [marker.value for marker in scan_damaged(text)] == [value]


def test_damaged_markers_stand_only_at_the_start_of_a_line() -> None:
    assert list(scan_damaged("会议于十一月一日召开")) == []
