"""Bytes are decoded by marks, validity, declaration and how they read; no character is changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.source.encoding import decode

SIMPLIFIED = "会议要求\uff0c二〇二六年要加快推进县域医共体建设\uff0c持续提升基层服务能力\u3002\r\n一是强基层\u3002"
TRADITIONAL = "會議要求\uff0c要加快推進縣域醫共體建設\uff0c持續提升基層服務能力\u3002"


@pytest.mark.parametrize(
    ("encoding", "reported"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("gb18030", "gb18030"), ("gbk", "gb18030")],
)
def test_simplified_text_comes_back_whole(encoding: str, reported: str) -> None:
    decoded = decode(SIMPLIFIED.encode(encoding))
    assert decoded.text == SIMPLIFIED
    assert decoded.encoding == reported


def test_traditional_text_in_big5_comes_back_whole() -> None:
    decoded = decode(TRADITIONAL.encode("big5"))
    assert decoded.text == TRADITIONAL
    assert decoded.encoding == "big5hkscs"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_zero_bytes(encoding: str) -> None:
    text = "2026年重点工作\n一是强基层 10 项\n" * 3
    assert decode(text.encode(encoding)).text == text


def test_a_declared_gb2312_is_read_as_gb18030_because_pages_use_more() -> None:
    page = '<html><head><meta charset="gb2312"></head><body>镕基㐂\u3002</body></html>'
    decoded = decode(page.encode("gb18030"))
    assert decoded.text == page
    assert decoded.encoding == "gb18030"


def test_a_page_cut_inside_a_character_is_still_utf_8() -> None:
    decoded = decode(("县域医共体建设" * 50).encode()[:-1])
    assert decoded.encoding == "utf-8"
    assert "1 unreadable" in decoded.note


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(UnicodeDecodeError):
        decode(bytes(range(128, 256)) * 10 + b"\xff\xff\x80\x80")


@given(st.text(min_size=1))
def test_any_text_in_utf_8_is_unchanged(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded.text == text.removeprefix("\ufeff") or decoded.encoding != "utf-8"


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_is_read_with_and_without_a_mark(encoding: str) -> None:
    decoded = decode(SIMPLIFIED.encode(encoding))
    assert decoded.text == SIMPLIFIED
    assert decoded.encoding == encoding


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_one_bad_byte_costs_its_place_and_not_the_file(encoding: str) -> None:
    text = TRADITIONAL * 3 if encoding == "big5" else SIMPLIFIED * 3
    first = text.index("\u3002") + 1
    decoded = decode(text[:first].encode(encoding) + b"\xff" + text[first:].encode(encoding))
    assert decoded.text == text[:first] + "\ufffd" + text[first:]
    assert "1 unreadable" in decoded.note


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-16-le", "utf-8"])
def test_a_file_cut_inside_its_last_character_is_read_up_to_there(encoding: str) -> None:
    decoded = decode((SIMPLIFIED * 3 + "县").encode(encoding)[:-1])
    assert decoded.text == SIMPLIFIED * 3 + "\ufffd"


def test_a_western_charset_declared_over_gbk_bytes_is_not_believed() -> None:
    page = '<meta charset="iso-8859-1">' + SIMPLIFIED
    assert decode(page.encode("gbk")).text == page


def test_a_simplified_charset_declared_over_big5_bytes_is_not_believed() -> None:
    page = '<meta charset="gb2312">' + TRADITIONAL
    assert decode(page.encode("big5")).text == page


def test_a_charset_is_found_in_a_late_meta_element() -> None:
    page = "<html><head><script>" + "x" * 6000 + '</script><meta charset="big5"></head>' + TRADITIONAL
    assert decode(page.encode("big5")).note == "declared as big5"


def test_a_stray_zero_byte_does_not_make_a_file_utf_16() -> None:
    text = SIMPLIFIED * 3 + "\0\0\0\0"
    assert decode(text.encode()).text == text
