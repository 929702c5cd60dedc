"""Numbers of a spreadsheet as a person sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.source.number_format import shown


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.853, "0.0%", "85.3%"),
        (0.95, "0%", "95%"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (999, "#,##0", "999"),
        (0, "#,##0", "0"),
        (12, "000", "012"),
        (1234.5, "0.##", "1234.5"),
        (1234, "0.##", "1234"),
        (2.345, "0.00", "2.35"),
        (-0.5, "0.0", "-0.5"),
        (-3.2, "0.0_ ;[Red]\\-0.0\\ ", "-3.2"),
        (-3, "#,##0;(#,##0)", "(3)"),
        (12345.6, '0\\.0,"万"', "1.2万"),
        (12345678, '0.00,,"百万"', "12.35百万"),
        (3, '0"个"', "3个"),
        (95, '"≥"0"%"', "≥95%"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.05, "[>=1]0.0;0.00", "0.05"),
        (0.0, "0.0%;;", ""),
        (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        (161.32, "General", "161.32"),
        (150.20000000000002, "General", "150.2"),
        (0.1 + 0.2, "General", "0.3"),
        (1e-7, "General", "1E-07"),
        (44562, 'yyyy"年"m"月"d"日"', "2022年1月1日"),
        (44562, "yyyy/m/d", "2022/1/1"),
        (44562.5, "yyyy-mm-dd hh:mm:ss", "2022-01-01 12:00:00"),
        (0.5, "h:mm", "12:00"),
        (1.25, "[h]:mm", "30:00"),
        (44562.75, '上午/下午h"时"mm"分"', "下午6时00分"),
        (44562, "[$-804]aaaa", "星期六"),
        (1, "yyyy/m/d", "1900/1/1"),
        (-1, "yyyy/m/d", "-1"),
    ],
)
def test_a_number_is_shown_as_its_format_says(value: float, code: str, text: str) -> None:
    assert shown(value, code) == text


@given(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(alphabet='0#?.,%;E+-yMdhs"\\[]_*@ ', max_size=20),
)
def test_no_format_code_ends_the_reading(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
