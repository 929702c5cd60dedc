"""One text as bytes with a name: a file, an entry of an archive, a record of a file of records, or bytes already held.

The name is what the briefing prints; :func:`summarizer.source.inputs.find_named` finds the bytes again by it, so that ``verify`` works later.
"""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from summarizer.errors import SourceError

__all__ = ["ByteSource", "PassedOver", "Source", "named", "printable_name", "size_of", "unescaped_name"]

_ESCAPED = re.compile(r"\\x([0-9a-f]{2})")


@dataclass(frozen=True, slots=True)
class ByteSource:
    """``name`` for people; ``file_name`` with a suffix; the bytes from ``path``, from its entry ``member``, or ``data``.

    ``extracted`` is the line of a document that was extracted before: it is taken as it is, and the bytes are not asked for.
    """

    name: str
    file_name: str
    path: Path | None = None
    member: str | None = None
    data: bytes | None = None
    extracted: str | None = None

    def __str__(self) -> str:
        return self.name

    @classmethod
    def of_file(cls, path: Path) -> ByteSource:
        """A file of this machine, named by its path as given."""
        return cls(printable_name(str(path)), path.name, path=path)

    def load(self, max_bytes: int) -> bytes:
        """The bytes. Raises ``SourceError`` when they cannot be had or are more than ``max_bytes``."""
        if self.data is not None:
            _check(self.name, len(self.data), max_bytes)
            return self.data
        assert self.path is not None
        if self.member is not None:
            from summarizer.source.archives import load_member

            return load_member(self.path, self.member, self.name, max_bytes)
        return _load_file(self.path, self.name, max_bytes)


def _load_file(path: Path, name: str, max_bytes: int) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SourceError(name, "no regular file (a device, a pipe or a folder)")
        _check(name, found.st_size, max_bytes)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        raise SourceError(name, error.strerror or str(error)) from error
    _check(name, len(data), max_bytes)  # it may have grown
    return data


def _check(name: str, size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise SourceError(name, f"{size:,} bytes are more than the limit of {max_bytes:,}; raise max_file_size")


def printable_name(name: str) -> str:
    r"""A file name as valid text: bytes that are no UTF-8 are written ``\xb1``, as Python escapes them."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def unescaped_name(name: str) -> str:
    """The file name behind :func:`printable_name`."""
    return _ESCAPED.sub(lambda found: chr(0xDC00 + int(found[1], 16)), name)


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A file that was met and not read, with the reason in one sentence."""

    path: str
    reason: str


Source = Path | ByteSource
"""What a text can be read from: a file, or bytes with a name."""


def named(source: Source) -> ByteSource:
    """The source with its name: a path stands for the file behind it."""
    return ByteSource.of_file(source) if isinstance(source, Path) else source


def size_of(source: Source) -> int:
    """How many bytes a source holds, as far as that is known before it is opened; 0 where it is not."""
    one = named(source)
    if one.member is not None:
        return 0
    if one.data is not None or one.path is None:
        return len(one.data or one.extracted or b"")
    try:
        return one.path.stat().st_size
    except OSError:
        return 0
