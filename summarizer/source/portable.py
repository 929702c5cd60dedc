"""PDF and Word as the dispatch wants them: a PDF without a text layer is recognised."""

from __future__ import annotations

from summarizer.source.reader import Limits, ReadText

__all__ = ["read_portable", "read_word"]


def read_portable(data: bytes, limits: Limits) -> ReadText:
    """A PDF's text layer, or, where it has none, what is recognised on its pages."""
    from summarizer.source.pdf.reader import ScanError, read_pdf

    try:
        pdf = read_pdf(data)
    except ScanError as error:
        from summarizer.source.ocr import recognise_pdf

        return recognise_pdf(data, str(error))
    return ReadText(pdf.text, pdf.furniture, note=f"{pdf.pages} pages", notes=pdf.notes)


def read_word(data: bytes, limits: Limits) -> ReadText:
    """A Word file of the new format."""
    from summarizer.source.word.reader import read_docx

    word = read_docx(data, limits.max_bytes)
    return ReadText(word.text, word.furniture, notes=word.notes)
