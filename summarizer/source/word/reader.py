"""From the bytes of a .docx to lines of text: the body in order, then what stands apart from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from lxml import etree

from summarizer.source.blocks import Block, write_out
from summarizer.source.contents import CONTENTS, mark_contents
from summarizer.source.reader import MAX_CHARACTERS, MAX_LINES
from summarizer.source.text import Dropped, ReadingNote
from summarizer.source.word.chunks import chunk_blocks
from summarizer.source.word.inline import WRAPPERS, Drawn, Fields, Paragraph, chosen, read_inline
from summarizer.source.word.math import formula
from summarizer.source.word.numbering import Numbering
from summarizer.source.word.package import (
    Package,
    Relationship,
    attribute,
    children,
    find,
    full_names,
    name_of,
    value_of,
)
from summarizer.source.word.styles import Styles, is_on
from summarizer.source.word.tables import read_table

__all__ = ["WordText", "read_docx"]

_UNPACKED = 10
"""A package may unpack to this many times the limit of a file: the text of an office file shrinks well."""
_DEEPEST_TABLE = 16
_BLOCKS = full_names(
    "w:p w:tbl w:sdt w:ins w:moveTo w:customXml w:smartTag w:altChunk w:subDoc w:sectPr mc:AlternateContent "
    "m:oMath m:oMathPara".split()
)
_NAMES = {
    "picture": ("picture", "pictures"),
    "chart": ("chart", "charts"),
    "object": ("embedded object", "embedded objects"),
}


@dataclass(frozen=True, slots=True)
class WordText:
    """The document's text, what of it is not the body, and what could not be read."""

    text: str
    furniture: tuple[Dropped, ...]
    notes: tuple[ReadingNote, ...]


def read_docx(data: bytes, max_bytes: int, *, depth: int = 0) -> WordText:
    """Read a file as it prints: changes accepted, fields by their results, a paragraph or table row a line.

    Of a very long file the beginning is read, which a note says.
    Hidden and struck text, notes and running heads are written out too, each on lines of its own, as furniture.
    Raises ``ValueError`` when the file is encrypted, an old .doc, damaged, without any text, or unpacks to more than ten
    times ``max_bytes``.
    """
    package = Package(data, _UNPACKED * max_bytes)
    story = _Story(package, max_bytes, depth)
    try:
        blocks = list(story.blocks_within(MAX_CHARACTERS, MAX_LINES))
    except (etree.XMLSyntaxError, RecursionError) as error:
        raise ValueError(f"not a readable DOCX ({_said(error)})") from error
    blocks = mark_contents(blocks)
    if not any(block.text.strip() for block in blocks):
        held = "; it holds only what needs character recognition first: " if story.unread else ""
        raise ValueError(f"the file holds no text{held}{_listed(story.unread)}")
    text, furniture = write_out(blocks)
    return WordText(text, furniture, story.notes())


def _said(error: Exception) -> str:
    if isinstance(error, RecursionError) or "depth" in str(error):
        return "its parts are nested too deeply"
    return str(error).partition(", line")[0]


def _listed(unread: Counter[str]) -> str:
    return ", ".join(
        f"{count} {_NAMES[kind][count > 1]}" if kind in _NAMES else kind for kind, count in sorted(unread.items())
    )


@dataclass(slots=True)
class _Waiting:
    """Text whose paragraph mark was deleted or hidden: it runs on into the next paragraph."""

    text: str = ""


@dataclass
class _Story:
    """The walk through one document; it counts numbers and gathers notes on its way."""

    package: Package
    max_bytes: int
    depth: int
    unread: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._main = self.package.main
        self._relationships = self.package.relationships(self._main)
        self._styles = Styles(self._root("styles", "word/styles.xml"))
        self._numbering = Numbering(self._root("numbering", "word/numbering.xml"), self._styles)
        self._fields = Fields()
        self._waiting = _Waiting()
        self._notes: list[tuple[str, str]] = []
        self._running: list[str] = []
        self._tables = 0
        self._source = self._relationships

    def _root(self, kind: str, usual: str) -> etree._Element | None:
        part = self._part(kind) or usual
        root = self.package.root(part)
        if root is None and part in self.package:
            self.unread[f"the damaged part {part}"] += 1
        return root

    def _part(self, kind: str) -> str | None:
        return next((one.target for one in self._relationships.values() if one.kind == kind and one.target), None)

    def blocks_within(self, characters: int, lines: int) -> Iterator[Block]:
        """Body and what stands apart from it, up to so many characters and lines; that there is more is noted as unread."""
        read = 0
        for number, block in enumerate(chain(self.body(), self.apart())):
            read += len(block.text) + 1
            if number and (read > characters or number >= lines):
                self.unread[f"everything behind the first {number:,} paragraphs and rows"] += 1
                return
            yield block

    def body(self) -> Iterator[Block]:
        """The blocks of the document's body. The tree is let go block by block, so that a long document costs little memory."""
        with self.package.open(self._main) as stream:
            events = etree.iterparse(
                stream, events=("end",), tag=_BLOCKS, resolve_entities=False, no_network=True, load_dtd=False
            )
            for _, element in events:
                body = element.getparent()
                if body is not None and name_of(body) == "w:body":
                    yield from self._block(element)
                    element.clear()
                    while element.getprevious() is not None:
                        del body[0]
        if find(events.root, "w:body") is None:
            raise ValueError("not a readable DOCX (the document has no body)")
        if events.root.getroottree().docinfo.internalDTD is not None:
            raise ValueError("not a readable DOCX (it declares entities of its own)")
        if self._waiting.text:
            yield Block(self._taken())

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """The blocks of a cell, a text box, a note or another container."""
        for child in container:
            yield from self._block(child)

    def _block(self, element: etree._Element) -> Iterator[Block]:
        name = name_of(element)
        if name == "w:p":
            yield from self._paragraph(element)
        elif name == "w:tbl":
            yield from self._table(element)
        elif name == "w:sdt":
            gallery = value_of(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
            for content in children(element, "w:sdtContent"):
                for block in self.blocks(content):
                    contents = gallery == "Table of Contents" and block.reason is None and block.text.strip()
                    yield replace(block, reason=CONTENTS, detail="list of contents") if contents else block
        elif name in WRAPPERS:
            yield from self.blocks(element)
        elif name == "mc:AlternateContent":
            for branch in chosen(element):
                yield from self.blocks(branch)
        elif name in ("m:oMath", "m:oMathPara"):
            yield Block(formula(element))
        elif name == "w:altChunk":
            yield from self._chunk(element)
        elif name == "w:subDoc":
            self.unread["a linked subdocument"] += 1
        elif name == "w:sectPr":
            self._section(element)

    def _paragraph(self, element: etree._Element) -> Iterator[Block]:
        properties = find(element, "w:pPr")
        style = self._styles.paragraph_style(value_of(properties, "w:pStyle"))
        before = self._fields.in_contents
        found = read_inline(element, self._styles, self._styles.look(style), self._fields)
        mark = find(properties, "w:rPr")
        runs_on = any(find(mark, kind) is not None for kind in ("w:del", "w:moveFrom")) or (
            is_on(mark, "w:vanish") and not found.text.strip()
        )
        if find(properties, "w:sectPr") is not None:
            self._section(find(properties, "w:sectPr"))
        if runs_on or is_on(mark, "w:specVanish"):
            self._waiting.text += found.text
        else:
            shown = bool((self._waiting.text + found.text).strip())
            label = self._numbering.label(find(properties, "w:numPr"), style, printing=shown)
            text = label + self._taken() + found.text
            kind = self._styles.contents(style) if shown else None
            contents = kind is not None or (before and shown and text.rstrip()[-1:].isdigit())
            for line in text.split("\n"):
                yield Block(line, CONTENTS, "list of contents") if contents and line.strip() else Block(line)
        yield from self._aside(found)

    def _taken(self) -> str:
        text, self._waiting.text = self._waiting.text, ""
        return text

    def _aside(self, found: Paragraph) -> Iterator[Block]:
        """What a paragraph holds besides its text: boxes, then what does not print."""
        self._notes.extend(found.notes)
        for what in found.unread:
            self.unread[what] += 1
        for drawn in found.drawn:
            yield from self._drawing(drawn)
        for reason, text in found.hidden:
            if text.strip():
                detail = "hidden in the file" if reason == "hidden" else "struck out"
                yield Block(" ".join(text.split()), reason, detail)

    def _drawing(self, drawn: Drawn) -> Iterator[Block]:
        if drawn.kind == "box":
            fields, self._fields = self._fields, Fields()
            yield from (block for block in self.blocks(drawn.element) if block.text.strip())
            self._fields = fields
        elif drawn.kind == "text":
            yield Block(drawn.text)
        elif drawn.kind == "diagram":
            yield from self._diagram(self._source.get(drawn.text))
        else:
            self.unread[drawn.kind] += 1

    def _diagram(self, relationship: Relationship | None) -> Iterator[Block]:
        """The texts of a diagram's nodes, in the order of its data."""
        root = self.package.root(relationship.target) if relationship and relationship.target else None
        if root is None:
            self.unread["a diagram whose data are missing"] += 1
            return
        for point in root.iter():
            if name_of(point) == "dgm:pt":
                text = "".join(part.text or "" for part in point.iter() if name_of(part) == "a:t")
                if text.strip():
                    yield Block(text)

    def _table(self, element: etree._Element) -> Iterator[Block]:
        if self._tables >= _DEEPEST_TABLE:
            self.unread[f"a table nested deeper than {_DEEPEST_TABLE}"] += 1
            return
        self._tables += 1
        yield from read_table(element, self.blocks)
        self._tables -= 1

    def _chunk(self, element: etree._Element) -> Iterator[Block]:
        relationship = self._source.get(attribute(element, "r:id") or "")
        target = relationship.target if relationship else None
        if target is None or target not in self.package:
            self.unread["an inserted file that is missing"] += 1
            return
        try:
            blocks, notes = chunk_blocks(target, self.package.open(target).read(), self.max_bytes, self.depth)
        except ValueError as error:
            self.unread[f"an inserted file ({target.rpartition('/')[2]}: {error})"] += 1
            return
        for what in notes:
            self.unread[what] += 1
        yield from blocks

    def _section(self, section: etree._Element | None) -> None:
        for kind in ("w:headerReference", "w:footerReference"):
            for one in children(section, kind):
                relationship = self._relationships.get(attribute(one, "r:id") or "")
                if relationship and relationship.target and relationship.target not in self._running:
                    self._running.append(relationship.target)

    def apart(self) -> Iterator[Block]:
        """Notes in the order of their marks, then running heads and feet."""
        for kind in ("footnote", "endnote"):
            ids = list(dict.fromkeys(key for one, key in self._notes if one == kind))
            part = self._part(f"{kind}s") or f"word/{kind}s.xml"
            bodies = self._note_bodies(kind) if ids else {}
            for number, key in enumerate(ids, 1):
                if key not in bodies:
                    self.unread[f"a {kind} that is missing"] += 1
                    continue
                lines = [block.text.strip() for block in self._in_part(part, bodies[key]) if block.text.strip()]
                if lines:
                    yield Block(f"{number} {' '.join(lines)}", "footnote", f"{kind} {number}")
        seen: set[str] = set()
        for part in self._running:
            root = self.package.root(part)
            for block in self._in_part(part, root) if root is not None else ():
                if block.text.strip() and block.text not in seen:
                    seen.add(block.text)
                    yield Block(block.text, "running_head", "head or foot of the pages")

    def _note_bodies(self, kind: str) -> dict[str, etree._Element]:
        return {
            attribute(one, "w:id") or "": one
            for one in children(self._root(f"{kind}s", f"word/{kind}s.xml"), f"w:{kind}")
            if attribute(one, "w:type") in (None, "normal")
        }

    def _in_part(self, part: str, container: etree._Element) -> Iterator[Block]:
        """The blocks of another part, whose own relationships hold for what it refers to."""
        before = self._source, self._fields
        self._source, self._fields = self.package.relationships(part), Fields()
        yield from self.blocks(container)
        self._source, self._fields = before

    def notes(self) -> tuple[ReadingNote, ...]:
        """What was not read, one note for all of it."""
        return (ReadingNote("unread", f"not read: {_listed(self.unread)}"),) if self.unread else ()
