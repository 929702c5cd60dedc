"""Files of every format become source text; bad ones become one clear sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from office_files import make_zip

from summarizer.errors import SourceError
from summarizer.source.read import read


def _write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_plain_text_keeps_every_character_and_line_end(tmp_path: Path) -> None:
    text = "一是强基层\u3002\r\n二是建高地\u3002\n\n\u3000三是保健康\u3002\x0b"
    source = read(_write(tmp_path, "a.txt", text.encode()))
    assert source.text == text
    assert source.media_type == "text/plain"
    assert source.id == source.sha256[:12]


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b" \n ", "empty"),
        ("broken.pdf", b"%PDF-1.7 nothing", "PDF"),
        ("broken.docx", b"PK\x03\x04 nothing", "damaged"),
        ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "damaged"),
        ("many.txt", make_zip({"a.txt": "x"}), "several texts"),
        ("blank.html", b"<html><body><script>x</script></body></html>", "no text"),
        ("noise.txt", bytes(range(128, 256)) * 10 + b"\xff\xff\x80\x80", "no known encoding"),
    ],
)
def test_a_bad_file_is_one_sentence_with_its_path(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        read(_write(tmp_path, name, data))
    assert name in str(caught.value)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="limit"):
        read(_write(tmp_path, "big.txt", b"x" * 100), max_bytes=99)


def test_docx_keeps_automatic_numbers_and_tables_in_order(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("2026年重点工作")
    document.add_paragraph("强基层", style="List Number")
    table = document.add_table(rows=2, cols=3)
    for row, cells in zip(table.rows, [("序号", "任务", "牵头单位"), ("1", "扩大\n托位", "县卫健局")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("建高地", style="List Number")
    path = tmp_path / "plan.docx"
    document.save(str(path))
    lines = read(path).text.splitlines()
    assert lines[0] == "2026年重点工作"
    assert lines[1].endswith("强基层")
    assert lines[1].startswith("1")
    assert lines[2:4] == ["序号 | 任务 | 牵头单位", "1 | 扩大 托位 | 县卫健局"]
    assert lines[4].startswith("2")


def test_a_docx_that_unpacks_to_a_flood_is_refused(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 2_000_000)
    path = _write(tmp_path, "bomb.docx", data.getvalue())
    with pytest.raises(SourceError, match="unpacks"):
        read(path, max_bytes=100_000)


def test_a_text_file_that_is_markup_all_through_is_read_as_a_page(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("".join(f"<p><span>增长</span><span>{n}%</span></p>\n" for n in range(9)), encoding="utf-8")
    assert read(path).text.splitlines()[:2] == ["增长0%", "增长1%"]


def test_a_text_file_that_quotes_a_tag_is_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("页面里的<p>和</p>要成对\u3002\n" + "其余各行都是文字\u3002\n" * 9, encoding="utf-8")
    assert read(path).text.startswith("页面里的<p>")


def test_markdown_keeps_its_offsets_and_drops_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# 要点\n", encoding="utf-8")
    source = read(path)
    assert source.text == "# 要点\n"
    assert [(drop.start, drop.end) for drop in source.furniture] == [(0, 2)]


@pytest.mark.parametrize("suffix", [".mht", ".mhtml", ".html"])
def test_a_web_archive_is_read_whatever_its_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html; charset=utf-8\n\n'
        + "<p>推进建设\u3002</p>".encode()
        + b"\n--b--\n"
    )
    assert read(path).text == "推进建设\u3002\n"


@pytest.mark.parametrize("limit", [{"MAX_CHARACTERS": 30}, {"MAX_LINES": 3}])
def test_of_a_very_long_text_the_beginning_is_read_up_to_a_line_end_and_the_rest_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: dict[str, int]
) -> None:
    for name, value in limit.items():
        monkeypatch.setattr(f"summarizer.source.read.{name}", value)
    source = read(_write(tmp_path, "dump.txt", "新增床位21张\u3002\n".encode() * 9))
    assert source.text == "新增床位21张\u3002\n" * 3
    (note,) = source.notes
    assert (note.kind, "the last 54 of 81 characters" in note.detail) == ("unread", True)


def test_furniture_behind_the_end_of_what_is_read_goes_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<html><body><article><p>新增床位21张\u3002</p><p>改造病房34间\u3002</p></article><footer>版权所有</footer></body></html>"
    path = _write(tmp_path, "page.html", page.encode())
    most = len(read(path).text) - 2
    monkeypatch.setattr("summarizer.source.read.MAX_CHARACTERS", most)
    source = read(path)
    assert all(one.start < one.end <= len(source.text) <= most for one in source.furniture)
