"""Recognition: what the worker says becomes text with confidences; the engine reads a printed line."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from summarizer.source import ocr
from summarizer.source.byte_source import ByteSource
from summarizer.source.clean import clean
from summarizer.source.quality import quality
from summarizer.source.read import read
from summarizer.source.reader import Limits

_PICTURE = Path(__file__).parent / "files" / "printed.png"


def _line(text: str, top: float, scores: list[float] | None = None, left: float = 100) -> dict[str, Any]:
    sure = scores or [0.99] * len(text)
    characters = [
        (character, score, left + 20 * place) for place, (character, score) in enumerate(zip(text, sure, strict=True))
    ]
    return {"box": [left, top, left + 20 * len(text), top + 20], "slope": 0.0, "characters": characters}


class _Told:
    """A worker that has its answers already."""

    def __init__(self, *pages: list[dict[str, Any]]) -> None:
        self.pages = list(pages)

    def ask(self, picture: bytes) -> list[dict[str, Any]]:
        return self.pages.pop(0)


def _picture(frames: int = 1, kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    pages = [Image.new("L", (200, 100), 255) for _ in range(frames)]
    pages[0].save(out, kind, **({"save_all": True, "append_images": pages[1:]} if frames > 1 else {}))
    return out.getvalue()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)

    def tell(*pages: list[dict[str, Any]]) -> None:
        monkeypatch.setattr(ocr, "_WORKER", _Told(*pages))

    return tell


def test_an_unsure_digit_is_a_note_with_its_place_and_the_text_says_it_is_a_scan(told: Any) -> None:
    told([_line("建设托位900个", 100, [0.99] * 4 + [0.99, 0.6, 0.99] + [0.99])])
    source = read(ByteSource("scan.png", "scan.png", data=_picture()))
    assert source.text == "建设托位900个\n"
    assert [(source.text[one.start : one.end], one.confidence) for one in source.recognised] == [
        ("建设托位", 0.99),
        ("900", 0.6),
        ("个", 0.99),
    ]
    flags = {str(one.flag): one for one in quality(source, clean(source))}
    assert "scanned" in flags
    unsure = flags["uncertain_text"]
    assert unsure.span is not None
    assert source.text[unsure.span.start : unsure.span.end] == "900"


def test_every_page_of_a_tiff_is_read(told: Any) -> None:
    told([_line("第一页内容", 100)], [_line("第二页内容", 100)])
    seen: list[tuple[int, int]] = []
    ocr.progress = lambda page, pages: seen.append((page, pages))
    try:
        text = ocr.read_picture(_picture(2, "TIFF"), Limits()).text
    finally:
        ocr.progress = None
    assert text == "第一页内容\n第二页内容\n"
    assert seen == [(1, 2), (2, 2)]


def test_narrow_punctuation_beside_chinese_is_the_wide_one(told: Any) -> None:
    told([_line("(一)到2033年,A(B)达95%", 100)])
    assert ocr.read_picture(_picture(), Limits()).text == "\uff08一\uff09到2033年\uff0cA(B\uff09达95%\n"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n cut", _picture()[:60]])
def test_a_damaged_picture_is_one_sentence(told: Any, data: bytes) -> None:
    told()
    with pytest.raises(ValueError, match="damaged picture"):
        ocr.read_picture(data, Limits())


def test_a_picture_without_text_says_so(told: Any) -> None:
    told([])
    with pytest.raises(ValueError, match="no text could be recognised"):
        ocr.read_picture(_picture(), Limits())


def test_the_engine_reads_a_printed_picture_in_its_own_process() -> None:
    assert ocr.is_installed(), "the tests need the extra: the lock has it"
    found = ocr.read_picture(_PICTURE.read_bytes(), Limits())
    assert "建设托位900个" in found.text
    assert "95%" in found.text
    assert all(found.text[one.start : one.end].strip() for one in found.recognised)


def test_a_worker_that_ends_costs_the_page_and_the_next_one_starts_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = ocr._Worker()
    monkeypatch.setattr(ocr, "_WORKER", worker)
    monkeypatch.setattr(ocr, "_PROGRAM", ["-c", "import sys; sys.stdin.buffer.read(8)"])
    with pytest.raises(ValueError, match="the engine ended"):
        ocr.read_picture(_picture(), Limits())
    assert worker._process is None
