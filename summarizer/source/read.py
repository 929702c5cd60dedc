"""From a path to source text: the format by suffix, the characters by the format's reader, errors as sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from summarizer.errors import SourceError, UsageError
from summarizer.settings import MAX_FILE_SIZE
from summarizer.source.encoding import decode
from summarizer.source.markup import is_markup
from summarizer.source.text import Dropped, ReadingNote, SourceText

__all__ = ["MEDIA_TYPES", "find_files", "read"]

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".mht": "multipart/related",
    ".mhtml": "multipart/related",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def find_files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the readable files among the paths: files as given, folders recursively and sorted, each file once.

    Hidden files and other formats inside a folder are passed over. Raises ``UsageError`` for a path that does not
    exist, a format named outright that cannot be read, or a folder without a readable file.
    """
    seen: set[Path] = set()
    for path in paths:
        if path.is_dir():
            found = sorted(
                file
                for file in path.rglob("*")
                if file.suffix.lower() in MEDIA_TYPES and file.is_file() and not _hidden(file.relative_to(path))
            )
            if not found:
                raise UsageError(f"{path}: no file to read in this folder; formats are {' '.join(MEDIA_TYPES)}")
        elif not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        elif path.suffix.lower() not in MEDIA_TYPES:
            raise UsageError(f"{path}: cannot read this format; formats are {' '.join(MEDIA_TYPES)}")
        else:
            found = [path]
        for file in found:
            if (real := file.resolve()) not in seen:
                seen.add(real)
                yield file


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def read(path: Path, *, max_bytes: int = MAX_FILE_SIZE) -> SourceText:
    """Read one file. Raises ``SourceError`` with one sentence when it is unreadable, empty, encrypted or too large."""
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise SourceError(
                str(path), f"{size:,} bytes are more than the limit of {max_bytes:,}; raise max_file_size"
            )
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), error.strerror or str(error)) from error
    if not data.strip():
        raise SourceError(str(path), "the file is empty")
    try:
        text, furniture, encoding, note, notes = _decoded(path.suffix.lower(), data, max_bytes)
    except UnicodeDecodeError as error:
        raise SourceError(
            str(path), f"no known encoding fits the bytes at {error.start}: is it a text file?"
        ) from error
    except ValueError as error:
        raise SourceError(str(path), str(error)) from error
    if not text.strip():
        raise SourceError(str(path), "the file holds no text")
    media_type = MEDIA_TYPES.get(path.suffix.lower(), "text/plain")
    return SourceText(str(path), hashlib.sha256(data).hexdigest(), media_type, encoding, text, furniture, note, notes)


_Decoded = tuple[str, tuple[Dropped, ...], str | None, str | None, tuple[ReadingNote, ...]]
"""Text, furniture, encoding, how it was found, and what was not read."""


def _decoded(suffix: str, data: bytes, max_bytes: int) -> _Decoded:
    if suffix == ".pdf":
        from summarizer.source.pdf.reader import read_pdf

        pdf = read_pdf(data)
        return pdf.text, pdf.furniture, None, f"{pdf.pages} pages", pdf.notes
    if suffix == ".docx":
        from summarizer.source.word.reader import read_docx

        word = read_docx(data, max_bytes)
        return word.text, word.furniture, None, None, word.notes
    if suffix in (".html", ".htm", ".mht", ".mhtml"):
        from summarizer.source.html import read_page

        page, decoded = read_page(data)
        return page.text, page.furniture, decoded.encoding, decoded.note, ()
    decoded = decode(data)
    if suffix == ".md":
        from summarizer.source.markdown import read_markdown

        text, marks = read_markdown(decoded.text)
        return text, marks, decoded.encoding, decoded.note, ()
    if is_markup(decoded.text):
        from summarizer.source.html import read_html

        page = read_html(decoded.text)
        return page.text, page.furniture, decoded.encoding, decoded.note, ()
    return decoded.text, (), decoded.encoding, decoded.note, ()
