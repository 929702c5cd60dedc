"""One paragraph's printed text: runs, fields, changes, formulas and what hangs in drawings (ECMA-376 part 1, 17.3, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from summarizer.source.raised import write_raised
from summarizer.source.word.math import formula
from summarizer.source.word.numerals import printed
from summarizer.source.word.package import attribute, children, find, name_of, value_of
from summarizer.source.word.styles import Look, Styles, look_of

__all__ = ["DELETED", "WRAPPERS", "Drawn", "Fields", "Paragraph", "chosen", "read_inline"]

WRAPPERS = frozenset(
    "w:ins w:moveTo w:smartTag w:customXml w:hyperlink w:dir w:bdo w:fldSimple w:sdtContent w:rubyBase w:sdt".split()
)
"""Elements around content that prints; of a content control only ``w:sdtContent`` is content."""
DELETED = frozenset("w:del w:moveFrom w:sdtPr w:sdtEndPr w:rt w:delText w:pPr w:rPr w:customXmlPr w:smartTagPr".split())
# Symbols that stand for a word in forms; Word keeps them as codes of a picture font.
_SYMBOLS = {
    ("Wingdings", 0xFE): "☑", ("Wingdings", 0xA8): "□", ("Wingdings", 0x6F): "□", ("Wingdings", 0xFD): "☒",
    ("Wingdings", 0xFC): "✓", ("Wingdings 2", 0x52): "☑", ("Wingdings 2", 0xA3): "□", ("Wingdings 2", 0x50): "✓",
    ("Symbol", 0xB3): "≥", ("Symbol", 0xA3): "≤", ("Symbol", 0xB1): "±", ("Symbol", 0xB4): "×", ("Symbol", 0xB0): "°",
}  # fmt: skip
# EQ fields draw what they print: a circled number, a fraction.
_CIRCLED = re.compile(r"EQ\s+\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇◯]\s*[,，;；]\s*(.+?)\s*\)\s*", re.IGNORECASE)
_FRACTION = re.compile(r"EQ\s+\\f\s*\(\s*([^(),，;\\]+?)\s*[,，;]\s*([^(),，;\\]+?)\s*\)\s*", re.IGNORECASE)


@dataclass(slots=True)
class Fields:
    """The fields open at a place of the text; the code of a field never prints, its result does. One a part, mutable."""

    open: list[tuple[list[str], bool]] = field(default_factory=list)
    """For each field its code so far, and whether its result has begun."""

    @property
    def printing(self) -> bool:
        return all(shown for _, shown in self.open)

    @property
    def in_contents(self) -> bool:
        """Inside the result of a field that makes a table of contents."""
        return any(shown and "".join(code).split()[:1] == ["TOC"] for code, shown in self.open)

    def mark(self, kind: str) -> str | None:
        """Take a ``w:fldChar``; at the end of a field without a result returns the code it drew from."""
        if kind == "begin":
            self.open.append(([], False))
        elif kind == "separate" and self.open:
            self.open[-1] = (self.open[-1][0], True)
        elif kind == "end" and self.open:
            code, shown = self.open.pop()
            return None if shown else "".join(code).strip()
        return None

    def close_codes(self) -> None:
        """A code ends with its paragraph at the latest, so that an unclosed field cannot hide the rest of the document."""
        self.open = [one for one in self.open if one[1]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something that hangs in a paragraph: a text box, a diagram, or what is not read."""

    kind: Literal["box", "text", "picture", "chart", "diagram", "object"]
    element: etree._Element
    text: str = ""


@dataclass(slots=True)
class Paragraph:
    """What one paragraph prints, gathered piece by piece."""

    text: str = ""
    hidden: list[tuple[str, str]] = field(default_factory=list)
    """Reason (``hidden``, ``struck``) and text of what the file holds but does not print as valid."""
    drawn: list[Drawn] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """Kind (``footnote``, ``endnote``) and id of the notes it refers to."""
    unread: list[str] = field(default_factory=list)

    def add(self, text: str, look: Look) -> None:
        if look.hidden or look.struck:
            reason = "hidden" if look.hidden else "struck"
            if self.hidden and self.hidden[-1][0] == reason:
                text = self.hidden.pop()[1] + text
            self.hidden.append((reason, text))
        else:
            self.text += write_raised(self.text, text) if look.raised else text


def read_inline(element: etree._Element, styles: Styles, look: Look, fields: Fields) -> Paragraph:
    """Read a paragraph element; ``look`` is what its style gives to its text."""
    paragraph = Paragraph()
    _content(element, paragraph, styles, look, fields)
    fields.close_codes()
    return paragraph


def _content(element: etree._Element, out: Paragraph, styles: Styles, look: Look, fields: Fields) -> None:
    for child in element:
        name = name_of(child)
        if name == "w:r":
            _run(child, out, styles, look, fields)
        elif name in WRAPPERS:
            _content(child, out, styles, look, fields)
        elif name in ("m:oMath", "m:oMathPara"):
            if fields.printing:
                out.add(formula(child), look)
        elif name == "mc:AlternateContent":
            for branch in chosen(child):
                _content(branch, out, styles, look, fields)


def _run(run: etree._Element, out: Paragraph, styles: Styles, look: Look, fields: Fields) -> None:
    properties = find(run, "w:rPr")
    if properties is not None and len(properties):
        look = look_of(properties).over(styles.look(value_of(properties, "w:rStyle"))).over(look)
    for child in run:
        _piece(child, out, styles, look, fields)


def _piece(child: etree._Element, out: Paragraph, styles: Styles, look: Look, fields: Fields) -> None:
    name = name_of(child)
    if name == "w:fldChar":
        drawn = fields.mark(attribute(child, "w:fldCharType") or "")
        if drawn and fields.printing:
            _drawn_field(drawn, out, look)
    elif name == "w:instrText":
        if fields.open and not fields.open[-1][1]:
            fields.open[-1][0].append(child.text or "")
    elif not fields.printing or name in DELETED:
        return
    elif name == "w:t":
        out.add(child.text or "", look)
    elif name in _CHARACTERS:
        out.add(_CHARACTERS[name], look)
    elif name == "w:br":
        out.add("\n" if attribute(child, "w:type") in (None, "textWrapping") else "", look)
    elif name == "w:sym":
        out.add(_symbol(child), look)
    elif name in ("w:footnoteReference", "w:endnoteReference"):
        if not (look.hidden or look.struck):
            out.notes.append((name[2:-9], attribute(child, "w:id") or ""))
    elif name == "w:ruby":
        for base in children(child, "w:rubyBase"):
            _content(base, out, styles, look, fields)
    elif name in ("w:drawing", "w:pict", "w:object"):
        if not (look.hidden or look.struck):
            out.drawn.extend(_drawn(child))
    elif name == "mc:AlternateContent":
        for branch in chosen(child):
            for inner in branch:
                _piece(inner, out, styles, look, fields)


_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:cr": "\n", "w:noBreakHyphen": "-"}


def _symbol(element: etree._Element) -> str:
    code = attribute(element, "w:char") or ""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _SYMBOLS.get((attribute(element, "w:font") or "", number & 0xFF))
    return known or (chr(number) if 0x20 <= number < 0xE000 and not 0xD800 <= number < 0xE000 else "")


def _drawn_field(code: str, out: Paragraph, look: Look) -> None:
    """Write what an EQ field draws; other fields without a result (index marks) print nothing."""
    if not code.upper().startswith("EQ"):
        return
    circled, fraction = _CIRCLED.fullmatch(code), _FRACTION.fullmatch(code)
    if circled:
        inner = circled.group(1)
        out.add(printed(int(inner), "decimalEnclosedCircle") if inner.isdecimal() else inner, look)
    elif fraction:
        out.add(f"{fraction.group(1)}/{fraction.group(2)}", look)
    else:
        out.unread.append(f"a formula drawn by a field: {code[:40]}")


def chosen(alternatives: etree._Element) -> list[etree._Element]:
    """The branch of ``mc:AlternateContent`` to read: the first choice that holds anything printed, else the fallback."""
    branches = [child for child in alternatives if name_of(child) in ("mc:Choice", "mc:Fallback")]
    for branch in branches:
        if any(name_of(inner) in _PRINTED for inner in branch.iter()):
            return [branch]
    return branches[:1]


_PRINTED = frozenset("w:t w:txbxContent m:t v:textpath a:blip v:imagedata c:chart dgm:relIds o:OLEObject".split())


def _drawn(element: etree._Element) -> Iterator[Drawn]:
    for child in element:
        name = name_of(child)
        if name == "?:docPr" and (attribute(child, "hidden") or "") in ("1", "true"):
            return
        if name == "w:txbxContent":
            yield Drawn("box", child)
        elif name == "v:textpath" and attribute(child, "string"):
            yield Drawn("text", child, attribute(child, "string") or "")
        elif name in ("a:blip", "v:imagedata"):
            yield Drawn("picture", child)
        elif name == "c:chart":
            yield Drawn("chart", child)
        elif name == "dgm:relIds":
            yield Drawn("diagram", child, attribute(child, "r:dm") or "")
        elif name == "o:OLEObject":
            yield Drawn("object", child, attribute(child, "ProgID") or "")
        elif name == "mc:AlternateContent":
            for branch in chosen(child):
                yield from _drawn(branch)
        else:
            yield from _drawn(child)
