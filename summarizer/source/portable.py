"""PDF and Word as the dispatch wants them: a PDF without a text layer is recognised."""

from __future__ import annotations

from summarizer.source.reader import Limits, ReadText

__all__ = ["read_portable", "read_word"]


def read_portable(data: bytes, limits: Limits) -> ReadText:
    """A PDF's text layer, or, where it has none, what is recognised on its pages."""
    from summarizer.source.pdf import ScanError, read_pdf

    try:
        pdf = read_pdf(data)
    except ScanError:
        from summarizer.source.ocr import recognise_pdf

        return recognise_pdf(data, limits)
    return ReadText(pdf.text, pdf.furniture, note=f"{pdf.pages} pages")


def read_word(data: bytes, limits: Limits) -> ReadText:
    """A Word file of the new format."""
    from summarizer.source.docx import read_docx

    return ReadText(read_docx(data, limits.max_bytes))
