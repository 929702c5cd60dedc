"""Which kind of file some bytes are: what they hold decides, the suffix only where the content says nothing.

Real folders are full of suffixes that lie: a page saved as .doc or .xls, RTF or DOCX named .doc, a table of text named .xlsx.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

__all__ = ["KINDS", "Kind", "by_suffix", "kind_of", "suffixes"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its name for people, its media type, its usual suffixes."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]
    textual: bool = False
    """Characters in some encoding: nothing in the first bytes may tell it from plain text."""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("text", "text/plain", (".txt", ".text"), textual=True),
        Kind("markdown", "text/markdown", (".md", ".markdown"), textual=True),
        # Pages saved from a server keep the suffix of the program that made them.
        Kind(
            "page",
            "text/html",
            (".html", ".htm", ".xhtml", ".shtml", ".jsp", ".jspx", ".asp", ".aspx", ".php"),
            textual=True,
        ),
        Kind("saved page", "multipart/related", (".mht", ".mhtml")),
        Kind("mail", "message/rfc822", (".eml",)),
        Kind("PDF", "application/pdf", (".pdf",)),
        Kind("OFD", "application/ofd", (".ofd",)),
        Kind("Word", _OFFICE + "wordprocessingml.document", (".docx", ".docm", ".dotx")),
        Kind("old Word", "application/msword", (".doc", ".dot", ".wps", ".wpt")),
        Kind("RTF", "application/rtf", (".rtf",)),
        Kind("OpenDocument text", _OPEN + "text", (".odt", ".ott", ".fodt")),
        Kind("workbook", _OFFICE + "spreadsheetml.sheet", (".xlsx", ".xlsm", ".xltx")),
        Kind("old workbook", "application/vnd.ms-excel", (".xls", ".xlt", ".et", ".ett")),
        Kind("OpenDocument workbook", _OPEN + "spreadsheet", (".ods", ".ots", ".fods")),
        Kind("table of text", "text/csv", (".csv", ".tsv"), textual=True),
        Kind("slides", _OFFICE + "presentationml.presentation", (".pptx", ".pptm", ".ppsx")),
        Kind("translation memory", "application/x-tmx+xml", (".tmx",), textual=True),
        Kind("PNG", "image/png", (".png",)),
        Kind("JPEG", "image/jpeg", (".jpg", ".jpeg")),
        Kind("TIFF", "image/tiff", (".tif", ".tiff")),
        Kind("BMP", "image/bmp", (".bmp",)),
        Kind("records", "application/jsonl", (".jsonl", ".ndjson"), textual=True),
        Kind("JSON", "application/json", (".json",), textual=True),
        Kind("zip", "application/zip", (".zip",)),
        Kind("tar", "application/x-tar", (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")),
    )
}

_BY_SUFFIX = {suffix: kind for kind in KINDS.values() for suffix in kind.suffixes}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "RTF"),
    (b"\x89PNG\r\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"BM", "BMP"),
    (b"\x1f\x8b", "tar"),
    (b"BZh", "tar"),
    (b"\xfd7zXZ\x00", "tar"),
)
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive: unpack it first"),
    (b"SQLite format 3\x00", "a database"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "old Word"),
    ("Workbook", "old workbook"),
    ("Book", "old workbook"),
)
_OLE_REFUSED: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "encrypted: a password is needed; save it without one"),
    ("PowerPoint Document", "an old .ppt: save it as .pptx"),
    ("__properties_version1.0", "an Outlook .msg: save it as .eml"),
    ("MatOST", "a Microsoft Works document: save it as .docx"),
)
_ZIP_ENTRIES: tuple[tuple[str, str], ...] = (
    ("word/", "Word"),
    ("xl/", "workbook"),
    ("ppt/", "slides"),
    ("OFD.xml", "OFD"),
)
_MAIL_HEADER = re.compile(
    rb"(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|x-[\w-]+): ?",
    re.IGNORECASE,
)
_PAGE = re.compile(
    r"(?:\s|<\?xml[^>]*>|<!--.*?-->|<%.*?%>)*<(?:!doctype\s+html|html|head|body|table|meta)\b", re.I | re.S
)
_FLAT_XML: tuple[tuple[str, str], ...] = (
    ("urn:oasis:names:tc:opendocument", ""),  # which of them is told by the suffix or the media type inside
    ("<tmx", "translation memory"),
)
_FLAT_REFUSED: tuple[tuple[str, str], ...] = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "a workbook in the XML of Excel 2003: save it as .xlsx"),
    ("schemas.microsoft.com/office/word/2003/wordml", "a document in the XML of Word 2003: save it as .docx"),
    ("schemas.microsoft.com/office/2006/xmlpackage", "a document in flat XML of Word: save it as .docx"),
)


def suffixes() -> tuple[str, ...]:
    """Every suffix of a kind that is read."""
    return tuple(_BY_SUFFIX)


def by_suffix(name: str) -> Kind | None:
    """The kind that a file name promises; None for a suffix of no known kind."""
    lower = name.lower()
    ends = [suffix for suffix in _BY_SUFFIX if lower.endswith(suffix)]
    return _BY_SUFFIX[max(ends, key=len)] if ends else None


def kind_of(data: bytes, name: str) -> Kind:
    """The kind of a file's bytes; ``name`` decides among kinds of plain characters. A name of no kind is read as text.

    Raises ``ValueError`` with one sentence for content that is known and not read.
    """
    promised = by_suffix(name)
    found = _binary(data, promised) or _by_first_characters(data, promised)
    if found is not None:
        return KINDS[found]
    if promised is None or promised.textual:
        return promised or KINDS["text"]
    # Characters under the suffix of a binary kind: rows of values are a table, everything else is text.
    return KINDS["table of text" if "workbook" in promised.name else "text"]


def _binary(data: bytes, promised: Kind | None) -> str | None:
    for magic, reason in _REFUSED:
        if data.startswith(magic) and (len(magic) > 2 or b"\x00" in data[:512]):
            raise ValueError(reason)
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "PDF"
    for magic, name in _MAGIC:
        if data.startswith(magic) and (len(magic) > 2 or name == "tar" or b"\x00" in data[:32]):
            return name
    if data.startswith(_OLE):
        return _inside_ole(data)
    if data[257:262] == b"ustar":
        return "tar"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _inside_zip(data, promised)
    return None


def _inside_ole(data: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            for stream, reason in _OLE_REFUSED:
                if container.exists(stream):
                    raise ValueError(reason)
            for stream, name in _OLE_STREAMS:
                if container.exists(stream):
                    return name
    except (OSError, IndexError, RecursionError) as error:
        raise ValueError(f"a damaged file of old Office ({error})") from error
    raise ValueError("a file of old Office that holds neither a document nor a workbook")


def _inside_zip(data: bytes, promised: Kind | None) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            media_type = _opendocument_type(archive) if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as error:
        raise ValueError(f"a damaged zip container ({error})") from error
    for kind in KINDS.values():
        if media_type and media_type.removesuffix("-template") == kind.media_type:
            return kind.name
    # Folders of such names in an archive of many files are folders.
    if "[Content_Types].xml" in names or "OFD.xml" in names or not _named(promised, "zip"):
        for prefix, name in _ZIP_ENTRIES:
            if any(entry.startswith(prefix) for entry in names):
                return name
    return "zip"


def _opendocument_type(archive: zipfile.ZipFile) -> str:
    with archive.open("mimetype") as entry:
        return entry.read(200).decode("ascii", "replace").strip()


def _by_first_characters(data: bytes, promised: Kind | None) -> str | None:
    """The kind of bytes that are characters, by how they begin; None where the suffix may decide."""
    head = _head(data)
    if _is_mail(data):
        # A mail with pictures in its text is "related" too; only its own suffix tells it from a page saved as MHTML.
        related = re.search(r"content-type:\s*multipart/related", head, re.IGNORECASE)
        return "saved page" if related and not _named(promised, "mail") else "mail"
    if head.lstrip("\ufeff \t\r\n").startswith("<?xml") or "<?mso-application" in head:
        for mark, reason in _FLAT_REFUSED:
            if mark in head:
                raise ValueError(reason)
        for mark, name in _FLAT_XML:
            if mark in head:
                return name or _flat_opendocument(head)
    if _named(promised, "markdown") or _named(promised, "records") or _named(promised, "JSON"):
        return None
    return "page" if _PAGE.match(head.lstrip("\ufeff")) else None


def _named(kind: Kind | None, name: str) -> bool:
    return kind is not None and kind.name == name


def _flat_opendocument(head: str) -> str:
    return "OpenDocument workbook" if _OPEN + "spreadsheet" in head else "OpenDocument text"


def _head(data: bytes) -> str:
    """The first characters, well enough decoded to see markup in ASCII."""
    piece = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if piece.startswith((b"\xff\xfe", b"\xfe\xff")):
        return piece.decode("utf-16", "replace")
    return piece.decode("latin-1")


def _is_mail(data: bytes) -> bool:
    """Whether the bytes begin with the headers of a message: two of the usual names on the first lines."""
    lines = data[:2048].lstrip().split(b"\n")[:6]
    return bool(lines) and sum(_MAIL_HEADER.match(line) is not None for line in lines) >= 2
