"""OpenDocument texts, sheets and their flat forms (.odt .ods .fodt .fods; ODF 1.3), by their XML.

Changes are read as accepted, hidden and struck text is furniture, automatic numbers are written out, notes stand below their
paragraph. Numbers of a sheet are in the file as they are shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from summarizer.source.blocks import Block, Cell, row_lines, write_out
from summarizer.source.reader import Limits, Package, ReadText, parse_xml
from summarizer.source.sheets import CELLS, Merge, Sheet, write_sheets
from summarizer.source.text import ReadingNote
from summarizer.source.word.numerals import printed

__all__ = ["read_opendocument"]

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SHORT = {
    _OASIS + "text:1.0": "text",
    _OASIS + "table:1.0": "table",
    _OASIS + "office:1.0": "office",
    _OASIS + "style:1.0": "style",
    _OASIS + "drawing:1.0": "draw",
    _OASIS + "xsl-fo-compatible:1.0": "fo",
}
_FULL = {short: full for full, short in _SHORT.items()}
_SKIPPED = frozenset(
    "text:tracked-changes office:annotation office:annotation-end text:sequence-decls text:variable-decls text:ruby-text "
    "office:forms text:user-field-decls draw:glue-point table:named-expressions".split()
)
_CONTAINERS = frozenset(
    "text:section text:index-body text:table-of-content text:alphabetical-index office:text draw:text-box draw:frame "
    "draw:g draw:custom-shape".split()
)
_MOST_REPEATED = 2000  # an empty row or cell may be repeated a million times to the sheet's edge
_FORMATS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none", "1": "decimal"}
_DEPTH = 40


def read_opendocument(data: bytes, limits: Limits) -> ReadText:
    """A text or a workbook. Raises ``ValueError`` when it is encrypted, damaged, or of another kind."""
    if data.startswith(b"PK"):
        package = Package(data, limits)
        if "META-INF/manifest.xml" in package.names and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise ValueError("encrypted: a password is needed; save it without one")
        roots = [package.xml(name) for name in ("styles.xml", "content.xml") if name in package.names]
    else:
        roots = [parse_xml(data)]
    if not roots:
        raise ValueError("a damaged container (no part content.xml)")
    body = next((one for one in roots[-1].iter(etree.Element) if _name(one) == "office:body"), None)
    content = body[0] if body is not None and len(body) else None
    if content is None:
        raise ValueError("a damaged container (no content in it)")
    if _name(content) == "office:spreadsheet":
        return write_sheets(list(_sheets(content, _hidden_styles(roots))))
    reader = _Text(_styles(roots), _lists(roots), _hidden_styles(roots))
    text, furniture = write_out(reader.blocks(content, 0))
    return ReadText(text, furniture, notes=reader.notes())


def _name(element: _Element) -> str:
    space, _, local = str(element.tag)[1:].partition("}")  # a comment's tag is a function, of no known name
    return f"{_SHORT.get(space, '')}:{local}"


def _get(element: _Element, name: str) -> str | None:
    prefix, _, local = name.partition(":")
    return element.get(f"{{{_FULL[prefix]}}}{local}")


@dataclass(frozen=True)
class _Style:
    parent: str | None
    list_style: str | None
    hidden: bool
    struck: bool


def _styles(roots: list[_Element]) -> dict[str, _Style]:
    found: dict[str, _Style] = {}
    for root in roots:
        for one in root.iter(etree.Element):
            if _name(one) == "style:style" and (name := _get(one, "style:name")):
                properties = [child for child in one if _name(child) == "style:text-properties"]
                found[name] = _Style(
                    _get(one, "style:parent-style-name"),
                    _get(one, "style:list-style-name"),
                    any(_get(child, "text:display") == "none" for child in properties),
                    any((_get(child, "style:text-line-through-style") or "none") != "none" for child in properties),
                )
    return found


def _hidden_styles(roots: list[_Element]) -> frozenset[str]:
    """Names of table styles that are not shown."""
    hidden: set[str] = set()
    for root in roots:
        for one in root.iter(etree.Element):
            if _name(one) == "style:style" and any(_get(child, "table:display") == "false" for child in one):
                hidden.add(_get(one, "style:name") or "")
    return frozenset(hidden)


@dataclass(frozen=True)
class _Level:
    style: str
    prefix: str
    suffix: str
    start: int
    shown: int


def _lists(roots: list[_Element]) -> dict[str, dict[int, _Level]]:
    """The numbering of each list style, and of headings (``outline``), by level from 1."""
    found: dict[str, dict[int, _Level]] = {}
    for root in roots:
        for one in root.iter(etree.Element):
            if _name(one) not in ("text:list-style", "text:outline-style"):
                continue
            name = "outline" if _name(one) == "text:outline-style" else _get(one, "style:name") or ""
            levels = found.setdefault(name, {})
            for level in one:
                if _name(level) in ("text:list-level-style-number", "text:outline-level-style"):
                    levels[int(_get(level, "text:level") or 1)] = _Level(
                        _format(_get(level, "style:num-format") or ""),
                        _get(level, "style:num-prefix") or "",
                        _get(level, "style:num-suffix") or "",
                        int(_get(level, "text:start-value") or 1),
                        int(_get(level, "text:display-levels") or 1),
                    )
    return found


def _format(code: str) -> str:
    """The name of a number format (an example of it: ``一, 二, 三, ...``) as the numerals know it."""
    first = code.split(",")[0].strip()
    if first in _FORMATS:
        return _FORMATS[first]
    if first in ("一", "壹", "壱"):
        return "chineseCounting" if first == "一" else "chineseLegalSimplified"
    return {"①": "decimalEnclosedCircle", "１": "decimalFullWidth", "甲": "ideographTraditional"}.get(first, "decimal")


@dataclass
class _Text:
    """Writes out the blocks of a text, counting its lists."""

    styles: Mapping[str, _Style]
    lists: Mapping[str, dict[int, _Level]]
    hidden_styles: frozenset[str]
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _unread: Counter[str] = field(default_factory=Counter)
    _deleted: set[str] = field(default_factory=set)
    """Changes that delete; in flat files their text stands in its place, between the change's two ends."""
    _inside: set[str] = field(default_factory=set)

    def notes(self) -> tuple[ReadingNote, ...]:
        """What is in the file and not in the text."""
        return tuple(ReadingNote("unread", f"{count} {name}(s) not read") for name, count in self._unread.items())

    def blocks(self, parent: _Element, depth: int) -> Iterator[Block]:
        """The paragraphs and rows below an element, in order."""
        if depth > _DEPTH:
            raise ValueError("nested deeper than a document is")
        for one in parent:
            name = _name(one)
            if name == "text:tracked-changes":
                self._deleted.update(_deletions(one))
            elif name in ("text:p", "text:h"):
                level = int(_get(one, "text:outline-level") or 0)
                label = (
                    self._label("outline", level) if name == "text:h" and level in self.lists.get("outline", {}) else ""
                )
                yield from self._paragraph(one, label, depth)
            elif name == "text:list":
                yield from self._list(one, _get(one, "text:style-name"), 1, depth)
            elif name == "table:table":
                yield from self._table(one, depth)
            elif name in _CONTAINERS:
                reason = "hidden" if _get(one, "text:display") == "none" else None
                for block in self.blocks(one, depth + 1):
                    yield Block(block.text, reason, "a hidden section") if reason else block

    def _list(self, parent: _Element, style: str | None, level: int, depth: int) -> Iterator[Block]:
        if depth > _DEPTH:
            raise ValueError("nested deeper than a document is")
        if (
            level == 1
            and _get(parent, "text:continue-numbering") != "true"
            and _get(parent, "text:continue-list") is None
        ):
            self._counters.pop(style or "", None)
        for item in parent:
            if _name(item) not in ("text:list-item", "text:list-header"):
                continue
            numbered = _name(item) == "text:list-item"
            if (start := _get(item, "text:start-value")) and start.isdigit():
                self._counters.setdefault(style or "", {})[level] = int(start) - 1
            for child in item:
                if _name(child) == "text:list":
                    yield from self._list(child, _get(child, "text:style-name") or style, level + 1, depth + 1)
                elif _name(child) in ("text:p", "text:h"):
                    yield from self._paragraph(child, self._label(style or "", level) if numbered else "", depth)
                    numbered = False

    def _label(self, style: str, level: int) -> str:
        levels = self.lists.get(style, {})
        shape = levels.get(level)
        if shape is None:
            return ""
        counters = self._counters.setdefault(style, {})
        counters[level] = counters.get(level, shape.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        if shape.style == "none":
            return ""
        above = range(max(1, level - shape.shown + 1), level + 1)
        numbers = [printed(counters.get(at, 1), levels[at].style) for at in above if at in levels]
        return shape.prefix + ".".join(numbers) + shape.suffix

    def _paragraph(self, element: _Element, label: str, depth: int) -> Iterator[Block]:
        pieces: list[tuple[str, str | None]] = [(label, None)] if label else []
        below: list[Block] = []
        self._inline(element, self._unshown(element), pieces, below, depth)
        text = "".join(piece for piece, reason in pieces if reason is None)
        for line in text.split("\n"):
            yield Block(line)
        unseen = "".join(piece for piece, reason in pieces if reason is not None)
        if unseen.strip():
            yield Block(" ".join(unseen.split()), "hidden", "hidden, struck or deleted text")
        yield from below

    def _unshown(self, element: _Element) -> str | None:
        name = _get(element, "text:style-name")
        seen = set()
        while name and name not in seen:
            seen.add(name)
            style = self.styles.get(name)
            if style is None:
                return None
            if style.hidden or style.struck:
                return "hidden"
            name = style.parent
        return None

    def _inline(
        self,
        element: _Element,
        reason: str | None,
        pieces: list[tuple[str, str | None]],
        below: list[Block],
        depth: int,
    ) -> None:
        if depth > _DEPTH:
            raise ValueError("nested deeper than a document is")
        pieces.append((_spaced(element.text), reason or self._gone()))
        for one in element:
            name = _name(one)
            if name in ("text:change-start", "text:change-end"):
                change = {_get(one, "text:change-id") or ""} & self._deleted
                self._inside = self._inside | change if name == "text:change-start" else self._inside - change
            elif name == "text:s":
                pieces.append((" " * min(200, int(_get(one, "text:c") or 1)), reason))
            elif name == "text:tab":
                pieces.append(("\t", reason))
            elif name == "text:line-break":
                pieces.append(("\n", reason))
            elif name == "text:note":
                below.extend(Block(block.text, "note", "a footnote") for block in self._note(one, depth))
            elif name in ("draw:frame", "draw:text-box", "draw:custom-shape", "draw:g"):
                inner = list(self.blocks(one, depth + 1))
                below.extend(inner)
                if not inner:
                    self._unread["picture"] += 1
            elif name in ("text:hidden-text", "text:hidden-paragraph"):
                pieces.append((_get(one, "text:string-value") or "".join(map(str, one.itertext())), "hidden"))
            elif name not in _SKIPPED and name:
                self._inline(one, reason or self._unshown(one), pieces, below, depth + 1)
            pieces.append((_spaced(one.tail), reason or self._gone()))

    def _gone(self) -> str | None:
        return "hidden" if self._inside else None

    def _note(self, note: _Element, depth: int) -> Iterator[Block]:
        for child in note:
            if _name(child) == "text:note-body":
                yield from self.blocks(child, depth + 1)

    def _table(self, table: _Element, depth: int) -> Iterator[Block]:
        cells: list[Cell] = []
        apart: list[Block] = []
        for number, row in enumerate(_table_rows(table)):
            column = 0
            for cell in row:
                if _name(cell) not in ("table:table-cell", "table:covered-table-cell"):
                    continue
                count = min(_MOST_REPEATED, int(_get(cell, "table:number-columns-repeated") or 1))
                if _name(cell) == "table:table-cell":
                    inner = list(self.blocks(cell, depth + 1))
                    text = " ".join(block.text.strip() for block in inner if not block.reason and block.text.strip())
                    apart.extend(block for block in inner if block.reason)
                    rows, columns = (
                        int(_get(cell, f"table:number-{what}-spanned") or 1) for what in ("rows", "columns")
                    )
                    cells.extend(Cell(text, number, column + at, rows, columns) for at in range(count))
                column += count
        for line in row_lines(cells):
            yield Block(line)
        yield from apart


def _deletions(changes: _Element) -> Iterator[str]:
    for region in changes:
        if any(_name(child) == "text:deletion" for child in region):
            yield _get(region, "text:id") or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""


def _spaced(text: str | None) -> str:
    """Characters as ODF reads them: a run of white space is one blank."""
    if not text:
        return ""
    inner = " ".join(text.split())
    return (" " if text[0].isspace() else "") + inner + (" " if inner and text[-1].isspace() else "")


def _table_rows(table: _Element) -> Iterator[_Element]:
    for one in table:
        if _name(one) == "table:table-row":
            yield one
        elif _name(one) in ("table:table-header-rows", "table:table-rows", "table:table-row-group"):
            yield from _table_rows(one)


def _sheets(content: _Element, hidden_styles: frozenset[str]) -> Iterator[Sheet]:
    for table in content:
        if _name(table) == "table:table":
            yield _sheet(table, hidden_styles)


def _sheet(table: _Element, hidden_styles: frozenset[str]) -> Sheet:
    cells: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    hidden_rows: set[int] = set()
    number = 0
    for row in _table_rows(table):
        repeated = int(_get(row, "table:number-rows-repeated") or 1)
        found = dict(_cells(row, number, merges))
        if _get(row, "table:visibility") in ("collapse", "filter"):
            hidden_rows.update(range(number, number + min(repeated, _MOST_REPEATED)))
        for at in range(number, number + min(repeated, _MOST_REPEATED)) if found else ():
            cells.update({(at, column): text for column, text in found.items()})
        if len(cells) > CELLS:
            raise ValueError(f"more than {CELLS:,} cells in sheet {_get(table, 'table:name')}")
        number += repeated
    columns: set[int] = set()
    column = 0
    for one in table.iter(etree.Element):
        if _name(one) == "table:table-column":
            count = int(_get(one, "table:number-columns-repeated") or 1)
            if _get(one, "table:visibility") in ("collapse", "filter"):
                columns.update(range(column, column + min(count, _MOST_REPEATED)))
            column += count
    hidden = _get(table, "table:style-name") in hidden_styles
    return Sheet(_get(table, "table:name") or "", cells, merges, hidden, frozenset(hidden_rows), frozenset(columns))


def _cells(row: _Element, number: int, merges: list[Merge]) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        name = _name(cell)
        if name not in ("table:table-cell", "table:covered-table-cell"):
            continue
        count = int(_get(cell, "table:number-columns-repeated") or 1)
        lines = ["".join(map(str, one.itertext())) for one in cell if _name(one) == "text:p"]
        text = " ".join(" ".join(lines).split())
        rows, columns = (int(_get(cell, f"table:number-{what}-spanned") or 1) for what in ("rows", "columns"))
        if rows > 1 or columns > 1:
            merges.append((number, column, number + rows - 1, column + columns - 1))
        if text and name == "table:table-cell":
            yield from ((column + at, text) for at in range(min(count, _MOST_REPEATED)))
        column += count
