"""DOCX files by python-docx: paragraphs and tables in order, automatic numbers written out, a table row a line.

Word keeps an automatic number (一、 （一） 1.) outside the paragraph's text; without it the items of a plan would lose
their markers, so the numbering definitions are followed (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

__all__ = ["read_docx"]

_OLE = b"\xd0\xcf\x11\xe0"
_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
    ]
)
_CIRCLED = frozenset(["decimalEnclosedCircle", "decimalEnclosedCircleChinese"])


def read_docx(data: bytes, max_bytes: int) -> str:
    """Return the document's text, a paragraph or table row a line.

    Raises ``ValueError`` when the file is encrypted, an old .doc, damaged, or unpacks to more than ``max_bytes``.
    """
    if data.startswith(_OLE):
        raise ValueError("encrypted, or an old .doc: save it as .docx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > 10 * max_bytes:
            raise ValueError(f"unpacks to {size:,} bytes, more than ten times the limit of {max_bytes:,}")
        document = Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError) as error:
        raise ValueError(f"not a readable DOCX ({error})") from error
    numbering = _Numbering(document)
    return "".join(line + "\n" for line in _lines(document, numbering))


def _lines(document: DocxDocument, numbering: _Numbering) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield from (numbering.label(block) + block.text).split("\n")


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        cells: list[_Cell] = []
        for cell in row.cells:
            if not cells or cell._tc is not cells[-1]._tc:  # a merged cell comes once for each column it spans
                cells.append(cell)
        yield " | ".join(" ".join(cell.text.split()) for cell in cells)


class _Numbering:
    """Counts the automatic numbers of one document, paragraph by paragraph, in order."""

    def __init__(self, document: DocxDocument) -> None:
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._abstract_of: dict[str, str] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for number in root.findall(qn("w:num")):
            abstract = number.find(qn("w:abstractNumId"))
            if abstract is not None:
                self._abstract_of[number.get(qn("w:numId"))] = abstract.get(qn("w:val"))
        for abstract in root.findall(qn("w:abstractNum")):
            for level in abstract.findall(qn("w:lvl")):
                key = (abstract.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl"))))
                start = _value(level, "w:start") or "1"
                self._levels[key] = (
                    _value(level, "w:numFmt") or "decimal",
                    _value(level, "w:lvlText") or "",
                    int(start),
                )

    def label(self, paragraph: Paragraph) -> str:
        """The number that Word prints before the paragraph, or an empty string."""
        found = _numbered(paragraph)
        abstract = self._abstract_of.get(found[0]) if found else None
        if found is None or abstract is None or (abstract, found[1]) not in self._levels:
            return ""
        level = found[1]
        style, text, start = self._levels[abstract, level]
        if style in ("bullet", "none"):
            return ""
        counters = self._counters[abstract]
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        for upper in range(level + 1):
            known = self._levels.get((abstract, upper), ("decimal", "", 1))
            text = text.replace(f"%{upper + 1}", _printed(counters.get(upper, known[2]), known[0]))
        return text


def _value(element: object, child: str) -> str | None:
    found = element.find(qn(child))  # type: ignore[attr-defined]  # an lxml element; python-docx types none
    return None if found is None else found.get(qn("w:val"))


def _numbered(paragraph: Paragraph) -> tuple[str, int] | None:
    """``(numId, level)`` of the paragraph or of the style it has."""
    properties = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None:
        properties.append(style.element.pPr)
        style = style.base_style
    for candidate in properties:
        numbers = None if candidate is None else candidate.find(qn("w:numPr"))
        if numbers is not None and _value(numbers, "w:numId") not in (None, "0"):
            return str(_value(numbers, "w:numId")), int(_value(numbers, "w:ilvl") or 0)
    return None


def _printed(number: int, style: str) -> str:
    if style in _CHINESE and 0 < number < 100:
        tens, ones = divmod(number, 10)
        return ("" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十") + (
            _DIGITS[ones] if ones or not tens else ""
        )
    if style in _CIRCLED and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if style in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((0x61 if style == "lowerLetter" else 0x41) + number - 1)
    if style == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return str(number)
