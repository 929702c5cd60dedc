"""What every reader takes and gives: limits in, text with its furniture out; and safe access to zip containers.

A reader is a function ``(data, limits) -> ReadText``. It raises ``ValueError`` with one sentence for what it cannot read.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from summarizer.settings import MAX_FILE_SIZE
from summarizer.source.blocks import CELL_SEPARATOR
from summarizer.source.text import Dropped, ReadingNote, Recognised

__all__ = ["MAX_CHARACTERS", "MAX_LINES", "Limits", "Package", "ReadText", "Reader", "parse_xml", "table_line"]

MAX_CHARACTERS = 1_000_000
"""Characters of one text that are read at most. A yearbook has fewer; what is longer is a dump, and costs minutes and memory."""
MAX_LINES = 50_000
"""Paragraphs and rows of one text that are read at most: a small file may hold a million of them, and each has its cost."""

_UNPACKED = 10  # a container may unpack to so many times the size limit of a file
_ENTRIES = 20_000  # more entries than any office file has


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file: its size in bytes, and what it may unpack to."""

    max_bytes: int = MAX_FILE_SIZE

    @property
    def unpacked(self) -> int:
        """Most bytes that the parts of one container may hold together."""
        return _UNPACKED * self.max_bytes


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a reader makes of a file: the text, the ranges that are no content, how it was read, and what was not."""

    text: str
    furniture: tuple[Dropped, ...] = ()
    encoding: str | None = None
    note: str | None = None
    notes: tuple[ReadingNote, ...] = ()
    recognised: tuple[Recognised, ...] = ()


Reader = Callable[[bytes, Limits], ReadText]


def table_line(cells: Iterable[str]) -> str:
    """One table row as a line: white space inside a cell is one blank, empty cells at the end are left out."""
    return CELL_SEPARATOR.join(" ".join(cell.split()) for cell in cells).rstrip(" |")


class Package:
    """The parts of a zip container by name, within limits. Raises ``ValueError`` for bombs and damage."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise ValueError(f"a damaged container ({error})") from error
        self._limits = limits
        entries = self._archive.infolist()
        size = sum(entry.file_size for entry in entries)
        if size > limits.unpacked or len(entries) > _ENTRIES:
            raise ValueError(
                f"unpacks to {size:,} bytes in {len(entries):,} parts, more than the limit of {limits.unpacked:,} bytes"
            )
        self.names = frozenset(entry.filename for entry in entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part. Raises ``ValueError`` when it is not there, encrypted or damaged."""
        name = posixpath.normpath(name).lstrip("/")
        try:
            return self._archive.read(name)
        except KeyError:
            raise ValueError(f"a damaged container (no part {name})") from None
        except RuntimeError as error:
            raise ValueError("encrypted: a password is needed; save it without one") from error
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError) as error:
            raise ValueError(f"a damaged container (part {name}: {error})") from error
        except Exception as error:  # zlib.error and lzma.LZMAError are no relations of each other
            if type(error).__module__ in ("zlib", "_lzma", "lzma"):
                raise ValueError(f"a damaged container (part {name}: {error})") from error
            raise

    def xml(self, name: str) -> _Element:
        """The root of an XML part; entities are not resolved, nothing is fetched."""
        data = self.read(name)
        if len(data) > self._limits.max_bytes:  # a tree of it would take several times as much
            raise ValueError(f"its part {name} unpacks to {len(data):,} bytes, more than the limit")
        return parse_xml(data, name)


def parse_xml(data: bytes, name: str = "the file") -> _Element:
    """The root of XML bytes: no entities, no network, no end of depth. Raises ``ValueError`` for what is not XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ValueError(f"a damaged container (part {name}: {error})") from error
    if root is None:
        raise ValueError(f"a damaged container (part {name} is no XML)")
    return root
