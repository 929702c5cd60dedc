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
