"""The package of a Word file: its parts and relationships, opened with limits (ECMA-376 part 2).

Read straight from the archive, because a dangling relationship, a strict namespace or one bad part must not cost the file.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import unquote

from lxml import etree

__all__ = ["Package", "Relationship", "attribute", "children", "find", "full_names", "name_of", "value_of"]

_OLE = b"\xd0\xcf\x11\xe0"
_MOST_ENTRIES = 10_000
# Prefixes of the namespaces that hold text; the strict form of the format (ISO 29500) has other addresses for the same names.
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
}
_FOREIGN = "?"


@lru_cache(maxsize=4096)
def _qualified(tag: str) -> str:
    uri, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_PREFIXES.get(uri, _FOREIGN)}:{local}"


def name_of(element: etree._Element) -> str:
    """The element's name with a short prefix (``w:p``), whichever form of the format the file has; ``?`` for foreign ones."""
    return _qualified(element.tag) if isinstance(element.tag, str) else "?:comment"


def full_names(names: Sequence[str]) -> list[str]:
    """The names with their namespaces, in each form of the format."""
    return [
        f"{{{uri}}}{local}"
        for prefix, _, local in (name.partition(":") for name in names)
        for uri, known in _PREFIXES.items()
        if known == prefix
    ]


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute by its prefixed or bare name (``w:val``)."""
    for key, value in element.attrib.items():
        key = str(key)
        if (_qualified(key) if key.startswith("{") else key) == name:
            return str(value)
    return None


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of this name, also those inside ``mc:AlternateContent`` (the choice first)."""
    for child in () if element is None else element:
        kind = name_of(child)
        if kind == name:
            yield child
        elif kind in ("mc:AlternateContent", "mc:Choice"):
            yield from children(child, name)


def find(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first descendant along a path of names, or ``None``."""
    for name in path:
        element = next(children(element, name), None)
        if element is None:
            return None
    return element


def value_of(element: etree._Element | None, *path: str) -> str | None:
    """The ``w:val`` of the element at the path, or ``None``."""
    found = find(element, *path)
    return None if found is None else attribute(found, "w:val")


@dataclass(frozen=True, slots=True)
class Relationship:
    """Where a relationship of a part leads: the last word of its type, and the part (``None``: outside the file)."""

    kind: str
    target: str | None


class Package:
    """An opened file. Raises ``ValueError`` with one sentence when it is no Word file that can be trusted."""

    def __init__(self, data: bytes, max_unpacked: int) -> None:
        if data.startswith(_OLE):
            encrypted = "EncryptedPackage".encode("utf-16-le") in data
            raise ValueError(
                "encrypted: save it without a password"
                if encrypted
                else "encrypted, or an old .doc: save it as .docx without a password"
            )
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise ValueError(f"not a readable DOCX ({error})") from error
        entries = self._archive.infolist()
        size = sum(entry.file_size for entry in entries)
        if size > max_unpacked:
            raise ValueError(f"unpacks to {size:,} bytes, more than the limit of {max_unpacked:,}")
        if len(entries) > _MOST_ENTRIES:
            raise ValueError(f"holds {len(entries):,} parts, more than the limit of {_MOST_ENTRIES:,}")
        self._names = {entry.filename.lstrip("/").lower(): entry.filename for entry in entries}
        if len(self._names) != len(entries):
            raise ValueError("not a readable DOCX (two parts have one name, so which of them is meant cannot be known)")

    def __contains__(self, part: str) -> bool:
        return part.lower() in self._names

    def open(self, part: str) -> io.BytesIO:
        """The bytes of a part. Raises ``ValueError`` when it is missing, locked or damaged."""
        name = self._names.get(part.lower())
        if name is None:
            raise ValueError(f"not a readable DOCX (it has no part {part})")
        try:
            return io.BytesIO(self._archive.read(name))
        except RuntimeError as error:
            raise ValueError("encrypted: a password is needed") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise ValueError(f"not a readable DOCX ({error})") from error

    def root(self, part: str) -> etree._Element | None:
        """The parsed part, or ``None`` when it is missing or not well formed: what hangs on it is then not known."""
        try:
            return etree.parse(self.open(part), safe_parser()).getroot()
        except (ValueError, etree.XMLSyntaxError):
            return None

    @cached_property
    def main(self) -> str:
        """The part that is the document. Raises ``ValueError`` for a package of another program."""
        target = next((one.target for one in self.relationships("").values() if one.kind == "officeDocument"), None)
        if target and not target.startswith("word/") and ("xl/" in target or "ppt/" in target):
            kind = "a spreadsheet" if "xl/" in target else "a presentation"
            raise ValueError(f"not a Word file but {kind}: give it the suffix of its kind")
        return target if target and target in self else "word/document.xml"

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of a part by id (``""``: of the package); those that lead nowhere are kept with their target."""
        folder, name = posixpath.split(part)
        root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: dict[str, Relationship] = {}
        for one in children(root, "rel:Relationship"):
            kind = (attribute(one, "Type") or "").rpartition("/")[2]
            target = unquote(attribute(one, "Target") or "")
            inside = attribute(one, "TargetMode") != "External"
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/") if inside else None
            found[attribute(one, "Id") or ""] = Relationship(kind, place)
        return found


def safe_parser() -> etree.XMLParser:
    """A parser that expands no entity and asks no network."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
