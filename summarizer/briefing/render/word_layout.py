"""A Word file laid out as an official paper: page, faces, headings, tables. Knows nothing of briefings.

GB/T 9704-2012: A4, top margin 37 mm, binding margin 28 mm, a body of 156 × 225 mm with 22 lines; text in 仿宋 of size 三号
(16 pt), the title in 小标宋 of size 二号 (22 pt), 一、 in 黑体, （一） in 楷体. Faces are named whether this machine has them or not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

__all__ = ["Paper", "line_height"]

_LINE = Pt(28.95)
"""225 mm over 22 lines."""
_BODY, _HEADING, _SUBHEADING, _TITLE = "仿宋", "黑体", "楷体", "方正小标宋简体"
_LATIN = "Times New Roman"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_RED = RGBColor(0xC0, 0x00, 0x00)
_TWIPS = 56.7
"""Twentieths of a point in a millimetre."""


def line_height(size: float) -> float:
    """Points from line to line of text of a size in points."""
    return float(_LINE.pt) if size == 16 else size * 1.7


class Paper:
    """Builds the file from top to bottom; ``created`` dates it, so that the same content gives the same bytes."""

    def __init__(self, title: str, created: datetime) -> None:
        self._docx = docx.Document()
        self._created = created.replace(tzinfo=None)
        properties = self._docx.core_properties
        properties.title, properties.author, properties.comments = _clean(title)[:250], "summarizer", ""
        properties.created = properties.modified = self._created
        section = self._docx.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        self._page_number(section)
        style = self._docx.styles["Normal"]
        style.font.name, style.font.size = _LATIN, Pt(16)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY)
        style.paragraph_format.space_after = Pt(0)
        for rule in self._docx.styles["Title"].element.xpath(".//w:pBdr"):
            rule.getparent().remove(rule)
        for level, (face, size) in enumerate(((_TITLE, 22), (_HEADING, 16), (_SUBHEADING, 16), (_BODY, 16))):
            heading = self._docx.styles["Title" if level == 0 else f"Heading {level}"]
            heading.font.name, heading.font.size, heading.font.bold = _LATIN, Pt(size), False
            heading.font.color.rgb = RGBColor(0, 0, 0)
            fonts = heading.element.get_or_add_rPr().get_or_add_rFonts()
            for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{name}"), None)
            fonts.set(qn("w:eastAsia"), face)

    def masthead(self, name: str, line: str) -> None:
        """The red name of the paper, and the line under it."""
        head = self._paragraph(name, style=None, size=36, face=_TITLE, align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(48))
        head.runs[0].font.color.rgb = _RED
        below = self._paragraph(line, style=None, size=10.5, align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(18))
        borders = OxmlElement("w:pBdr")
        bottom = OxmlElement("w:bottom")
        for key, value in (("val", "single"), ("sz", "12"), ("space", "4"), ("color", "C00000")):
            bottom.set(qn(f"w:{key}"), value)
        borders.append(bottom)
        below._p.get_or_add_pPr().append(borders)

    def title(self, text: str) -> None:
        """The paper's title."""
        self._paragraph(text, style="Title", align=WD_ALIGN_PARAGRAPH.CENTER, line=Pt(32), before=10, after=8)

    def heading(self, text: str, level: int = 1) -> None:
        """一、 at level 1, （一） at level 2, the text's own face at level 3."""
        self._paragraph(text, style=f"Heading {level}", indent=2)

    def text(self, text: str, *, note: str = "", size: float = 16) -> None:
        """A paragraph of a size in points, indented by two characters, with raised note numbers behind it."""
        line = Pt(line_height(size))
        paragraph = self._paragraph(text, style=None, size=size, line=line, indent=2 if size >= 12 else 0)
        if note:
            run = paragraph.add_run(_clean(note))
            run.font.superscript, run.font.size = True, Pt(size - 4)

    def page_break(self) -> None:
        """Go on with the next page."""
        self._docx.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def landscape(self) -> None:
        """Go on with pages laid across, for wide tables."""
        section = self._docx.add_section()
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(28), Mm(26)
        section.left_margin, section.right_margin = Mm(25), Mm(25)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> None:
        """A table with thin rules whose head comes again on each page; ``widths`` in millimetres.

        A row of one cell stands across the whole table.
        """
        table = self._docx.add_table(rows=0, cols=0)._tbl
        table.tblPr.append(_borders())
        layout = OxmlElement("w:tblLayout")
        layout.set(qn("w:type"), "fixed")
        table.tblPr.append(layout)
        for width in widths:
            column = OxmlElement("w:gridCol")
            column.set(qn("w:w"), str(round(width * _TWIPS)))
            table.tblGrid.append(column)
        table.append(_row(head, widths, head=True))
        for row in rows:
            table.append(
                _row(row, widths if len(row) > 1 else [sum(widths)], across=len(widths) if len(row) == 1 else 1)
            )
        self._paragraph("", style=None, size=8, line=Pt(10))

    def save(self) -> bytes:
        """The file's bytes; the dates inside the archive are the paper's own."""
        stream = io.BytesIO()
        self._docx.save(stream)
        out = io.BytesIO()
        moment = self._created.timetuple()[:6]
        with zipfile.ZipFile(stream) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as dated:
            for info in made.infolist():
                entry = zipfile.ZipInfo(info.filename, moment)
                entry.compress_type = zipfile.ZIP_DEFLATED
                dated.writestr(entry, made.read(info.filename))
        return out.getvalue()

    def _paragraph(
        self,
        text: str,
        *,
        style: str | None,
        size: float | None = None,
        face: str | None = None,
        align: Any = None,
        line: Any = _LINE,
        indent: int = 0,
        before: float = 0,
        after: float = 0,
    ) -> Any:
        paragraph = self._docx.add_paragraph(style=style)
        run = paragraph.add_run(_clean(text))
        if size:
            run.font.size = Pt(size)
        if face:
            run.font.name = _LATIN
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        layout = paragraph.paragraph_format
        layout.line_spacing, layout.space_before, layout.space_after = line, Pt(before), Pt(after)
        layout.first_line_indent = Pt(16 * indent)
        if align is not None:
            paragraph.alignment = align
        return paragraph

    def _page_number(self, section: Any) -> None:
        paragraph = section.footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run()
        run.font.size = Pt(14)
        for kind in ("begin", None, "end"):
            if kind:
                field = OxmlElement("w:fldChar")
                field.set(qn("w:fldCharType"), kind)
            else:
                field = OxmlElement("w:instrText")
                field.text = " PAGE "
            run._r.append(field)


def _clean(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", " ".join(text.split()))


def _borders() -> Any:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        rule = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "000000")):
            rule.set(qn(f"w:{key}"), value)
        borders.append(rule)
    return borders


def _row(cells: Sequence[str], widths: Sequence[int], *, head: bool = False, across: int = 1) -> Any:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    for text, width in zip(cells, widths, strict=True):
        row.append(_cell(text, width, head=head, across=across))
    return row


def _cell(text: str, width: int, *, head: bool, across: int) -> Any:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    size = OxmlElement("w:tcW")
    size.set(qn("w:w"), str(round(width * _TWIPS)))
    size.set(qn("w:type"), "dxa")
    properties.append(size)
    if across > 1:
        span = OxmlElement("w:gridSpan")
        span.set(qn("w:val"), str(across))
        properties.append(span)
    cell.append(properties)
    paragraph = OxmlElement("w:p")
    layout = OxmlElement("w:pPr")
    spacing = OxmlElement("w:spacing")
    for key, value in (("before", "40"), ("after", "40"), ("line", "260"), ("lineRule", "atLeast")):
        spacing.set(qn(f"w:{key}"), value)
    layout.append(spacing)
    if head:
        centred = OxmlElement("w:jc")
        centred.set(qn("w:val"), "center")
        layout.append(centred)
    paragraph.append(layout)
    run = OxmlElement("w:r")
    style = OxmlElement("w:rPr")
    fonts = OxmlElement("w:rFonts")
    fonts.set(qn("w:eastAsia"), _HEADING if head else _SUBHEADING if across > 1 else _BODY)
    style.append(fonts)
    for tag in ("w:sz", "w:szCs"):
        half_points = OxmlElement(tag)
        half_points.set(qn("w:val"), "20")
        style.append(half_points)
    run.append(style)
    words = OxmlElement("w:t")
    words.text = _clean(text)
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    paragraph.append(run)
    cell.append(paragraph)
    return cell
