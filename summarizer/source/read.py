"""From a source of bytes to source text: its kind by content, the characters by the kind's reader, errors as sentences."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from importlib import import_module
from typing import cast

from summarizer.errors import SourceError
from summarizer.settings import MAX_FILE_SIZE
from summarizer.source.byte_source import Source, named
from summarizer.source.kinds import KINDS, kind_of
from summarizer.source.reader import MAX_CHARACTERS, MAX_LINES, Limits, Reader, ReadText
from summarizer.source.text import ReadingNote, SourceText

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
    """Read one text, of a very long one the beginning, which its notes say. Raises ``SourceError`` with one sentence when it is unreadable, empty, encrypted or too large."""
    source = named(source)
    data = source.load(max_bytes)
    if not data.strip():
        raise SourceError(source.name, "the file is empty")
    try:
        kind = kind_of(data, source.file_name)
        if kind.name in _HOLDS_OTHERS:
            raise ValueError(f"{_HOLDS_OTHERS[kind.name]} holds several texts: name one of them")
        found = _first_of(_reader(kind.name)(data, Limits(max_bytes)), MAX_CHARACTERS, MAX_LINES)
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


def _first_of(found: ReadText, characters: int, lines: int) -> ReadText:
    """The text up to the last whole line within so many characters and lines, with a note of what is left out."""
    text = found.text
    if len(text) <= characters and text.count("\n") <= lines:
        return found
    end = len(text) if len(text) <= characters else text.rfind("\n", 0, characters) + 1 or characters
    if text.count("\n", 0, end) > lines:
        end = sum(len(line) + 1 for line in text.split("\n", lines)[:lines])
    left = f"not read: the last {len(text) - end:,} of {len(text):,} characters, up to {characters:,} in {lines:,} lines are read"
    return replace(
        found,
        text=text[:end],
        furniture=tuple(replace(one, end=min(one.end, end)) for one in found.furniture if one.start < end),
        recognised=tuple(replace(one, end=min(one.end, end)) for one in found.recognised if one.start < end),
        notes=(*(_clipped(note, end) for note in found.notes), ReadingNote("unread", left)),
    )


def _clipped(note: ReadingNote, end: int) -> ReadingNote:
    return replace(note, span=None) if note.span and note.span[1] > end else note


def _reader(kind: str) -> Reader:
    module, _, function = _READERS[kind].partition(":")
    return cast(Reader, getattr(import_module(f"summarizer.source.{module}"), function))
