"""Drawings inside drawings: a page may reuse a drawing, and a file may do so without end.

PDFium follows every use; a drawing that uses itself twice asks for all memory of the machine with 780 bytes. The uses are
counted before PDFium sees the file, from the objects that are drawings (form XObjects, ISO 32000-1, 8.10).
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pdfminer.pdfdocument import PDFDocument

__all__ = ["check_forms"]

_OBJECT = re.compile(rb"(\d{1,9})\s+\d{1,5}\s+obj\b")
_FORM = re.compile(rb"/Subtype\s*/(?:Form|F#6[fF]rm)\b|/S#|#")
_HEAD = 4096
_MOST_FORMS = 20_000
_MOST_USES = 200_000
_DEEPEST = 12
_USE = re.compile(rb"/([^\s/\[\]<>()]+)\s+Do\b")


def check_forms(data: bytes) -> None:
    """Raise ``ValueError`` when drawings use each other in a circle or more often than a page can need."""
    if b"/Form" not in data and b"#" not in data:
        return
    forms = [int(match.group(1)) for match in _OBJECT.finditer(data) if _is_form(data, match.end())]
    if not forms:
        return
    if len(forms) > _MOST_FORMS:
        raise ValueError(f"not a readable PDF ({len(forms):,} drawings)")
    uses = _uses(data, forms)
    known: dict[int, int] = {}
    for form in uses:
        _weigh(form, uses, known, ())


def _is_form(data: bytes, start: int) -> bool:
    head = data[start : start + _HEAD]
    end = head.find(b"stream")
    return end > 0 and b"endobj" not in head[:end] and _FORM.search(head[:end]) is not None


def _uses(data: bytes, forms: list[int]) -> dict[int, list[int]]:
    """For each drawing the drawings it uses, once for each use."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    wanted = frozenset(forms)
    with _quiet("pdfminer"):
        try:
            document = PDFDocument(PDFParser(io.BytesIO(data)))
        except Exception:  # noqa: BLE001  # a file that this parser cannot open is judged by PDFium, which opens more
            return {}
        return {form: _uses_of(document, form, wanted) for form in forms}


def _uses_of(document: PDFDocument, form: int, wanted: frozenset[int]) -> list[int]:
    from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1

    try:
        stream = document.getobj(form)
        if not isinstance(stream, PDFStream):
            return []
        resources = resolve1(stream.get("Resources")) or {}
        drawings = resolve1(resources.get("XObject")) or {}
        inner = {
            name.encode("latin-1", "replace"): reference.objid
            for name, reference in drawings.items()
            if isinstance(reference, PDFObjRef) and reference.objid in wanted
        }
        content = stream.get_data() if inner else b""
    except Exception:  # noqa: BLE001  # a damaged drawing uses nothing
        return []
    return [inner[use.group(1)] for use in _USE.finditer(content) if use.group(1) in inner]


def _weigh(form: int, uses: dict[int, list[int]], known: dict[int, int], above: tuple[int, ...]) -> int:
    """How many drawings one use of this one draws."""
    if form in above or len(above) > _DEEPEST:
        raise ValueError("not a readable PDF (its drawings use each other without end)")
    if form not in known:
        known[form] = 1 + sum(_weigh(inner, uses, known, (*above, form)) for inner in uses.get(form, ()))
        if known[form] > _MOST_USES:
            raise ValueError("not a readable PDF (its drawings use each other too often)")
    return known[form]


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep a library's complaints off the user's screen while it works."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
