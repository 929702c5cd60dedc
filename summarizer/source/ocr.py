"""Recognition of scans and pictures: pages as images to a worker process, its answer laid out as text with confidences.

The engine (RapidOCR on onnxruntime, its models inside the package) is an extra. It runs in a process of its own, because it
is heavy, starts threads, and may die of a bad picture; one worker serves all files of a run.
"""

from __future__ import annotations

import atexit
import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from statistics import median
from typing import IO, Any

from summarizer.source.layout import Page, lay_out
from summarizer.source.pdf.library import PDFIUM
from summarizer.source.pieces import Piece
from summarizer.source.reader import Limits, ReadText
from summarizer.source.text import ReadingNote, Recognised

__all__ = ["INSTALL", "UNSURE", "is_installed", "progress", "read_picture", "recognise_pdf"]

INSTALL = "pip install 'summarizer[ocr]'"
UNSURE = 0.90
"""A digit of lower confidence is not shown as certain: over the benchmark's pages none above it was wrong."""

_DPI = 200
_LONGEST = 3600  # pixels of a page's longer side; larger pictures are made smaller
_PIXELS = 200_000_000
_PAGES = 2000
_SECONDS = 300
_PROGRAM = ["-m", "summarizer.source.ocr_worker"]
_NEEDED = ("rapidocr", "onnxruntime")
_WIDE = {"(": "\uff08", ")": "\uff09", ",": "\uff0c", ":": "\uff1a", ";": "\uff1b", "?": "\uff1f", "!": "\uff01"}

progress: Callable[[int, int], None] | None = None
"""Called after each page with its number and how many there are, where somebody looks."""


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def _require(reason: str) -> None:
    if not is_installed():
        raise ValueError(f"{reason}: {INSTALL}")


def read_picture(data: bytes, limits: Limits) -> ReadText:
    """The text of a picture, of all pages of a TIFF. Raises ``ValueError`` for damage, and without the extra."""
    _require("a picture: its characters must be recognised first")
    from PIL import Image, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _PIXELS:
                raise ValueError(f"a picture of {picture.width:,} × {picture.height:,} pixels is larger than any page")
            count = min(_PAGES, getattr(picture, "n_frames", 1))
            return _recognised((_as_png(frame) for frame in ImageSequence.Iterator(picture)), count)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise ValueError(f"a damaged picture ({error})") from error


def recognise_pdf(data: bytes, reason: str) -> ReadText:
    """The text of a PDF's pages as they look. Raises ``ValueError``, with the ``reason`` it is needed for, without the extra."""
    _require(reason)
    import pypdfium2 as pdfium

    with PDFIUM:
        document = pdfium.PdfDocument(data)
    try:
        with PDFIUM:
            count = len(document)
        if count > _PAGES:
            raise ValueError(f"a scan of more than {_PAGES:,} pages")
        return _recognised((_rendered(document, number) for number in range(count)), count)
    finally:
        with PDFIUM:
            document.close()


def _rendered(document: Any, number: int) -> bytes:
    """A page as a picture; the lock is free while the picture is recognised."""
    with PDFIUM:
        page = document[number]
        try:
            width, height = page.get_size()
            scale = min(_DPI / 72, _LONGEST / max(1.0, width, height))
            return _as_png(page.render(scale=scale, grayscale=True).to_pil())
        finally:
            page.close()


def _as_png(picture: Any) -> bytes:
    """A picture as the worker takes it: gray, upright, not larger than needed."""
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture).convert("L")
    if max(upright.size) > _LONGEST:
        upright.thumbnail((_LONGEST, _LONGEST))
    out = io.BytesIO()
    upright.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _recognised(pictures: Iterable[bytes], count: int) -> ReadText:
    pages = []
    for number, picture in enumerate(pictures, 1):
        pages.append(_page(_WORKER.ask(picture)))
        if progress is not None:
            progress(number, count)
        if number >= count:
            break
    laid = lay_out(pages)
    if not laid.text.strip():
        raise ValueError("no text could be recognised on it")
    share = sum(one.confidence * (one.end - one.start) for one in laid.recognised) / max(
        1, sum(one.end - one.start for one in laid.recognised)
    )
    note = f"recognised from {count} page(s), confidence {share:.3f}"
    return ReadText(
        laid.text,
        laid.furniture,
        note=note,
        notes=tuple(_unsure(laid.text, laid.recognised)),
        recognised=laid.recognised,
    )


def _unsure(text: str, recognised: Iterable[Recognised]) -> Iterator[ReadingNote]:
    """Digits that the engine is not sure of, each with its place."""
    for one in recognised:
        quote = text[one.start : one.end]
        if one.confidence < UNSURE and any(character.isdigit() for character in quote):
            yield ReadingNote(
                "uncertain", f"recognised with confidence {one.confidence:.2f}: {quote}", (one.start, one.end)
            )


def _page(lines: list[dict[str, Any]]) -> Page:
    """The worker's lines as pieces, the page turned upright."""
    slope = median([line["slope"] for line in lines]) if lines else 0.0
    return Page(tuple(piece for line in lines for piece in _pieces(line, slope)))


def _pieces(line: dict[str, Any], slope: float) -> Iterator[Piece]:
    """A recognised line, its numbers apart from the words between them, so that each carries its own confidence."""
    left, top, right, bottom = line["box"]
    turn = slope * (left + right) / 2
    text = _widened("".join(character for character, _, _ in line["characters"]))
    edges = [left, *(x for _, _, x in line["characters"][1:]), right]
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or _is_number(text[end]) != _is_number(text[start]):
            confidences = tuple(score for _, score, _ in line["characters"][start:end])
            yield Piece(edges[start], top - turn, edges[end], bottom - turn, text[start:end], confidences)
            start = end


def _is_number(character: str) -> bool:
    return character.isdigit() or character in ".%％‰"


def _widened(text: str) -> str:
    """Punctuation of a narrow form beside a Chinese character is the engine's choice: official papers print the wide one."""
    out = list(text)
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in text)
    for place, character in enumerate(text):
        if character in _WIDE and is_chinese:
            beside = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
            if len(beside) < 2 or any("\u4e00" <= other <= "\u9fff" for other in beside):
                out[place] = _WIDE[character]
    return "".join(out)


class _Worker:
    """The process that recognises, started at the first page, started again after a death."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, picture: bytes) -> list[dict[str, Any]]:
        """The lines of a page. Raises ``ValueError`` when the worker dies or takes too long over it."""
        with self._lock:
            process = self._started()
            assert process.stdin is not None
            assert process.stdout is not None
            guard = threading.Timer(_SECONDS, process.kill)
            guard.daemon = True
            guard.start()
            try:
                process.stdin.write(len(picture).to_bytes(8, "big") + picture)
                process.stdin.flush()
                answer = _line(process.stdout)
            except OSError:
                answer = b""
            finally:
                guard.cancel()
            if not answer:
                self.stop()
                raise ValueError(
                    f"a page could not be recognised: the engine ended, or took more than {_SECONDS} seconds"
                )
        found = json.loads(answer)
        if "error" in found:
            raise ValueError(f"a page could not be recognised ({found['error']})")
        lines: list[dict[str, Any]] = found["lines"]
        return lines

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 - this interpreter with a module of ours
                [sys.executable, *_PROGRAM],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            atexit.register(self.stop)
        return self._process

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def _line(pipe: IO[bytes]) -> bytes:
    return pipe.readline()


_WORKER = _Worker()
