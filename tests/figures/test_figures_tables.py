"""Tables of indicators: whatever the order of their columns, a row is a range that holds its name and its value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.figures.tables import find_tables


@pytest.mark.parametrize(
    ("text", "names", "values"),
    [
        ("| 指标 | 单位 | 2035年 |\n| 绿道长度 | 公里 | 86 |\n", ["绿道长度"], ["86"]),
        ("| 2035年 | 指标 | 单位 |\n| 86 | 绿道长度 | 公里 |\n", ["绿道长度"], ["86"]),
    ],
)
def test_a_row_holds_its_name_and_its_value_in_either_order(text: str, names: list[str], values: list[str]) -> None:
    (found,) = find_tables(text)
    assert [row.name for row in found.rows] == names
    assert [text[slice(*row.value_at)] for row in found.rows] == values
    for row in found.rows:
        assert row.name in text[row.start : row.end]
        assert row.start <= row.value_at[0] < row.value_at[1] <= row.end


@pytest.mark.parametrize(
    "text",
    [
        "| 指标 | 单位 | 2035年 |\n| 溺水死亡率 | 1/10万 | 2.4 |\n",
        "| 指标 | 2035年 |\n| 溺水死亡率（1/10万） | 2.4 |\n",
    ],
)
def test_a_rate_that_is_written_as_a_fraction_of_one_is_the_unit(text: str) -> None:
    ((row,),) = (found.rows for found in find_tables(text))
    assert (row.name, row.unit) == ("溺水死亡率", "/10万")


def test_a_mark_behind_the_value_is_no_name() -> None:
    assert list(find_tables("指标|2035|属性\n3|\uff1b\n")) == []


_CELLS = st.sampled_from(
    ["指标", "2035", "2035年", "目标值", "单位", "属性", "公里", "86", "约束性", "绿道长度", "\uff1b", "1"]
)


@given(st.lists(st.lists(_CELLS, min_size=1, max_size=5).map("|".join), min_size=2, max_size=6).map("\n".join))
def test_no_row_ends_before_it_begins(text: str) -> None:
    for found in find_tables(text):
        assert all(found.start <= row.start < row.end <= found.end for row in found.rows)
