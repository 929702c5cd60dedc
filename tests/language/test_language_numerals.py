"""Numbers in all printed forms, and the way back from value to print to value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.language.numerals import MAGNITUDE, parse_chinese, parse_number, read_numeral

_DIGITS = "零一二三四五六七八九"


def _in_characters(value: int) -> str:
    """An integer below 10^12 the way it is written in characters."""
    if value == 0:
        return "零"
    parts: list[str] = []
    gap = False
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, value = divmod(value, size)
        if not section:
            gap = bool(parts)
            continue
        parts.append(("零" if parts and (gap or section < 1000) else "") + _section(section) + name)
        gap = False
    return "".join(parts)


def _section(value: int) -> str:
    out, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            out += ("零" if zero else "") + _DIGITS[digit] + name
            zero = False
        else:
            zero = bool(out)
    return out


@given(st.integers(0, 10**12 - 1))
def test_a_number_written_in_characters_is_read_back(value: int) -> None:
    assert parse_number(_in_characters(value)) == value


@given(st.decimals(0, 10**9, places=3))
def test_a_decimal_is_read_back_exactly(value: Decimal) -> None:
    assert parse_number(f"{value:,}") == value
    assert parse_number(str(value)) == value


@given(st.decimals(0, 10**6, places=4), st.sampled_from(sorted(MAGNITUDE)))
def test_a_magnitude_multiplies_exactly(value: Decimal, word: str) -> None:
    assert parse_number(f"{value}{word}") == value * MAGNITUDE[word]


@given(st.integers(0, 10**8))
def test_full_width_digits_are_digits(value: int) -> None:
    assert parse_number(str(value).translate({48 + n: 0xFF10 + n for n in range(10)})) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千三百", "2300"),
        ("一百二十点五", "120.5"),
        ("二〇二六", "2026"),
        ("十", "10"),
        ("一万五", "15000"),
        ("一万零五", "10005"),
        ("三亿二千万", "320000000"),
        ("两万亿", "2000000000000"),
        ("千亿", "100000000000"),
        ("3亿2000万", "320000000"),
        ("1.6万", "16000"),
        ("半", "0.5"),
        ("百分之九十五", "0.95"),
        ("3/4", "0.75"),
        ("-3.2", "-3.2"),
        ("负5", "-5"),
        ("0", "0"),
    ],
)
def test_printed_forms(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


def test_two_thirds_keep_the_precision_of_decimal() -> None:
    assert parse_number("三分之二") == Decimal(2) / Decimal(3)


@pytest.mark.parametrize("text", ["", "十五五", "五十百", "床位", "12张", "1/0", "--3", "三五", "9" * 40])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert parse_number(text) is None


def test_an_estimate_of_two_digits_is_no_numeral() -> None:
    assert parse_chinese("七八") is None


def test_a_numeral_ends_before_the_unit_that_begins_like_a_magnitude() -> None:
    numeral = read_numeral("装机50千瓦", 2)
    assert numeral is not None
    assert (numeral.value, numeral.end) == (50, 4)


def test_yu_and_duo_make_a_numeral_loose() -> None:
    numeral = read_numeral("300多万人次", 0)
    assert numeral is not None
    assert (numeral.value, numeral.loose) == (3_000_000, True)


def test_a_second_magnitude_of_the_same_size_is_another_number() -> None:
    numeral = read_numeral("13万46万", 0)
    assert numeral is not None
    assert numeral.end == 3
