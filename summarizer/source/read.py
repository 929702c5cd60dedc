"""From a source of bytes to source text: its kind by content, the characters by the kind's reader, errors as sentences."""

from __future__ import annotations

import hashlib
from importlib import import_module
from typing import cast

from summarizer.errors import SourceError
from summarizer.settings import MAX_FILE_SIZE
from summarizer.source.byte_source import Source, named
from summarizer.source.kinds import KINDS, kind_of
from summarizer.source.reader import Limits, Reader
from summarizer.source.text import SourceText

__all__ = ["read"]


_READERS: dict[str, str] = {
    "text": "plain:read_plain",
    "markdown": "plain:read_markdown_text",
    "page": "plain:read_web_page",
    "saved page": "plain:read_web_page",
    "mail": "mail:read_mail",
    "PDF": "portable:read_portable",
    "OFD": "ofd:read_ofd",
    "Word": "portable:read_word",
    "old Word": "old_word:read_old_word",
    "RTF": "rtf:read_rtf",
    "OpenDocument text": "opendocument:read_opendocument",
    "OpenDocument workbook": "opendocument:read_opendocument",
    "workbook": "workbook:read_workbook",
    "old workbook": "old_workbook:read_old_workbook",
    "table of text": "delimited:read_delimited",
    "slides": "slides:read_slides",
    "translation memory": "plain:read_translation_memory",
    "PNG": "ocr:read_picture",
    "JPEG": "ocr:read_picture",
    "TIFF": "ocr:read_picture",
    "BMP": "ocr:read_picture",
}
"""Kind → module and function of its reader; imported when the first file of the kind comes."""

_HOLDS_OTHERS = {"zip": "an archive", "tar": "an archive", "records": "a file of records", "JSON": "a file of records"}


def read(source: Source, *, max_bytes: int = MAX_FILE_SIZE) -> SourceText:
    """Read one text. Raises ``SourceError`` with one sentence when it is unreadable, empty, encrypted or too large."""
    source = named(source)
    data = source.load(max_bytes)
    if not data.strip():
        raise SourceError(source.name, "the file is empty")
    try:
        kind = kind_of(data, source.file_name)
        if kind.name in _HOLDS_OTHERS:
            raise ValueError(f"{_HOLDS_OTHERS[kind.name]} holds several texts: name one of them")
        found = _reader(kind.name)(data, Limits(max_bytes))
    except UnicodeDecodeError as error:
        raise SourceError(
            source.name, f"no known encoding fits the bytes at {error.start}: is it a text file?"
        ) from error
    except ValueError as error:
        raise SourceError(source.name, str(error)) from error
    if not found.text.strip():
        raise SourceError(source.name, "the file holds no text")
    digest = hashlib.sha256(data).hexdigest()
    return SourceText(
        source.name,
        digest,
        KINDS[kind.name].media_type,
        found.encoding,
        found.text,
        found.furniture,
        found.note,
        found.notes,
        found.recognised,
    )


def _reader(kind: str) -> Reader:
    module, _, function = _READERS[kind].partition(":")
    return cast(Reader, getattr(import_module(f"summarizer.source.{module}"), function))
