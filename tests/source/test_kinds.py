"""What a file is, is told by its content; the suffix decides among kinds of plain characters only."""

from __future__ import annotations

import pytest
from office_files import make_odt, make_ofd, make_zip

from summarizer.source.kinds import kind_of

_PAGE = "<html><body><p>一、建设站点</p></body></html>"
_WORD = make_zip({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
_BOOK = make_zip({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"})


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("page.doc", _PAGE.encode(), "page"),
        ("page.xls", b"\xef\xbb\xbf <!-- x -->\n<table><tr><td>1</td></tr></table>", "page"),
        ("page.txt", b"<!DOCTYPE html><html></html>", "page"),
        ("wide.htm", _PAGE.encode("utf-16"), "page"),
        ("server.jsp", b"<%@ page %><html></html>", "page"),
        ("rich.doc", rb"{\rtf1\ansi x}", "RTF"),
        ("new.doc", _WORD, "Word"),
        ("new.wps", _WORD, "Word"),
        ("new.et", _BOOK, "workbook"),
        ("new.xls", _BOOK, "workbook"),
        ("text.odt", make_odt("<text:p>x</text:p>"), "OpenDocument text"),
        ("layout.zip", make_ofd([""]), "OFD"),
        ("many.zip", make_zip({"a.txt": "x"}), "zip"),
        ("values.xlsx", "指标,目标\n床位,7\n".encode(), "table of text"),
        ("notes.doc", "一、建设站点。".encode(), "text"),
        ("layer.txt", b"%PDF-1.7\n", "PDF"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n", "PNG"),
        ("saved.html", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "saved page"),
        ("letter.txt", b"From: a@b.cn\r\nSubject: x\r\n\r\ntext", "mail"),
        ("notes.md", b"<html> in Markdown", "markdown"),
        ("unknown", "一、建设站点。".encode(), "text"),
        ("letters.txt", b"BM is how this text begins", "text"),
    ],
)
def test_the_content_decides_the_kind(name: str, data: bytes, kind: str) -> None:
    assert kind_of(data, name).name == kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"7z\xbc\xaf\x27\x1c", "unpack"),
        (b"Rar!\x1a\x07\x00", "unpack"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut", "damaged"),
        (b"PK\x03\x04 cut", "damaged"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "save it as .xlsx"),
    ],
)
def test_what_is_known_and_not_read_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        kind_of(data, "file.doc")
