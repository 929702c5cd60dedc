"""Binary Word files: the final view of their text."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest

from summarizer.source.old_word import read_old_word
from summarizer.source.old_word.binary import Header, changes
from summarizer.source.reader import Limits

_PLAN = Path(__file__).parent / "files" / "plan.doc"


def test_numbers_tables_changes_and_fields_read_as_they_print() -> None:
    found = read_old_word(_PLAN.read_bytes(), Limits())
    kept = found.text
    for drop in reversed(found.furniture):
        kept = kept[: drop.start] + kept[drop.end :]
    assert kept.splitlines()[:12] == [
        "2033年全市健康工作要点",
        "一、夯实基层网底",
        "（一）新建社区卫生服务站12个",
        "（二）配齐全科医生",
        "二、完善急救体系",
        "（一）急救点覆盖率达到95%以上",
        "序号 | 重点任务 | 牵头单位",
        "1 | 建设托位900个 | 市卫生健康委",
        "2 | 改造病房 | 市卫生健康委",
        "门诊次数达到98%",
        "修订后为插入75%",
        "见附件一",
    ]
    assert "页眉" not in found.text


def test_hidden_struck_and_deleted_words_are_furniture() -> None:
    found = read_old_word(_PLAN.read_bytes(), Limits())
    hidden = "".join(found.text[one.start : one.end] for one in found.furniture)
    assert hidden.split() == ["隐藏80%划去90%", "删去70%"]


@pytest.mark.parametrize("size", [600, 3000, 9000, 15000])
def test_a_cut_file_is_one_sentence(size: int) -> None:
    with pytest.raises(ValueError, match=r"damaged|not a|without"):
        read_old_word(_PLAN.read_bytes()[:size], Limits())


def _header(flags: int = 0, version: int = 0x00C1) -> bytes:
    data = bytearray(1472)
    struct.pack_into("<HH", data, 0, 0xA5EC, version)
    struct.pack_into("<H", data, 10, flags)
    return bytes(data)


def test_an_encrypted_document_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="encrypted"):
        Header.read(_header(flags=0x0100))


def test_a_document_before_word_97_needs_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    data = bytearray(_PLAN.read_bytes())
    at = data.index(b"\xec\xa5")
    struct.pack_into("<H", data, at + 2, 101)
    with pytest.raises(ValueError, match=r"Word 6 or 95: save it as \.docx, or install LibreOffice"):
        read_old_word(bytes(data), Limits())


def test_property_groups_that_are_cut_end_quietly() -> None:
    assert list(changes(b"\x3c\x08\x01\x4b\x66")) == [(0x083C, b"\x01"), (0x664B, b"")]
