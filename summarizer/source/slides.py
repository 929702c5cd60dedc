"""Presentations (.pptx) by python-pptx: the slides in order, their shapes from above to below, a table row a line."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.exc import PythonPptxError

from summarizer.source.blocks import Block, Cell, row_lines, write_out
from summarizer.source.reader import Limits, Package, ReadText
from summarizer.source.text import ReadingNote

__all__ = ["read_slides"]

_DEPTH = 20


def read_slides(data: bytes, limits: Limits) -> ReadText:
    """All slides; hidden ones and speaker's notes are furniture. Raises ``ValueError`` for damage and bombs."""
    Package(data, limits)
    try:
        slides = list(Presentation(io.BytesIO(data)).slides)
        blocks = [block for slide in slides for block in _slide(slide)]
    except (PythonPptxError, KeyError, AttributeError, ValueError, zipfile.BadZipFile) as error:
        raise ValueError(f"a damaged presentation ({error})") from error
    text, furniture = write_out(blocks)
    unread = sum(1 for slide in slides for shape in slide.shapes if _is_unread(shape))
    notes = (ReadingNote("unread", f"{unread} picture(s) or chart(s) not read"),) if unread else ()
    return ReadText(text, furniture, note=f"{len(slides)} slides", notes=notes)


def _slide(slide: Any) -> Iterator[Block]:
    hidden = slide._element.get("show") in ("0", "false")
    for text in _texts(slide.shapes, 0):
        yield Block(text, "hidden", "a hidden slide") if hidden else Block(text)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        for line in _lines(slide.notes_slide.notes_text_frame):
            yield Block(line, "note", "a speaker's note")


def _texts(shapes: Any, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        raise ValueError("shapes nested deeper than a slide has them")
    for shape in sorted(shapes, key=lambda one: (one.top or 0, one.left or 0)):
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _texts(shape.shapes, depth + 1)
        elif shape.has_table:
            yield from _rows(shape.table)
        elif shape.has_text_frame:
            yield from _lines(shape.text_frame)


def _rows(table: Any) -> Iterator[str]:
    cells = [
        Cell(" ".join(cell.text.split()), row, column, cell.span_height, cell.span_width)
        if cell.is_merge_origin
        else Cell(" ".join(cell.text.split()), row, column)
        for row, line in enumerate(table.rows)
        for column, cell in enumerate(line.cells)
        if not cell.is_spanned
    ]
    return row_lines(cells)


def _lines(frame: Any) -> Iterator[str]:
    for paragraph in frame.paragraphs:
        yield from (line.strip() for line in paragraph.text.replace("\v", "\n").split("\n") if line.strip())


def _is_unread(shape: Any) -> bool:
    return bool(shape.shape_type == MSO_SHAPE_TYPE.PICTURE or getattr(shape, "has_chart", False))
