"""The paragraphs, lists and tables of an OpenDocument text as blocks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element

from summarizer.source.blocks import Block, Cell, row_lines
from summarizer.source.opendocument.names import MOST_REPEATED, attribute, name_of, table_rows
from summarizer.source.opendocument.styles import Level, Style
from summarizer.source.text import ReadingNote
from summarizer.source.word.numerals import printed

__all__ = ["Text"]

_SKIPPED = frozenset(
    "text:tracked-changes office:annotation office:annotation-end text:sequence-decls text:variable-decls text:ruby-text "
    "office:forms text:user-field-decls draw:glue-point table:named-expressions".split()
)
_CONTAINERS = frozenset(
    "text:section text:index-body text:table-of-content text:alphabetical-index office:text draw:text-box draw:frame "
    "draw:g draw:custom-shape".split()
)
_DEPTH = 40
_PATTERN = re.compile(r"%(\d{1,2})%")


@dataclass
class Text:
    """Writes out the blocks of a text, counting its lists."""

    styles: Mapping[str, Style]
    lists: Mapping[str, dict[int, Level]]
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
            name = name_of(one)
            if name == "text:tracked-changes":
                self._deleted.update(_deletions(one))
            elif name in ("text:p", "text:h"):
                level = int(attribute(one, "text:outline-level") or 0)
                label = (
                    self._label("outline", level) if name == "text:h" and level in self.lists.get("outline", {}) else ""
                )
                yield from self._paragraph(one, label, depth)
            elif name == "text:list":
                yield from self._list(one, attribute(one, "text:style-name"), 1, depth)
            elif name == "table:table":
                yield from self._table(one, depth)
            elif name in _CONTAINERS:
                reason = "hidden" if attribute(one, "text:display") == "none" else None
                for block in self.blocks(one, depth + 1):
                    yield Block(block.text, reason, "a hidden section") if reason else block

    def _list(self, parent: _Element, style: str | None, level: int, depth: int) -> Iterator[Block]:
        if depth > _DEPTH:
            raise ValueError("nested deeper than a document is")
        if (
            level == 1
            and attribute(parent, "text:continue-numbering") != "true"
            and attribute(parent, "text:continue-list") is None
        ):
            self._counters.pop(style or "", None)
        for item in parent:
            if name_of(item) not in ("text:list-item", "text:list-header"):
                continue
            numbered = name_of(item) == "text:list-item"
            if (start := attribute(item, "text:start-value")) and start.isdigit():
                self._counters.setdefault(style or "", {})[level] = int(start) - 1
            for child in item:
                if name_of(child) == "text:list":
                    yield from self._list(child, attribute(child, "text:style-name") or style, level + 1, depth + 1)
                elif name_of(child) in ("text:p", "text:h"):
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
        if shape.pattern:
            return _PATTERN.sub(lambda found: self._number(levels, counters, int(found[1])), shape.pattern)
        above = range(max(1, level - shape.shown + 1), level + 1)
        numbers = [self._number(levels, counters, at) for at in above]
        return shape.prefix + ".".join(numbers) + shape.suffix

    @staticmethod
    def _number(levels: Mapping[int, Level], counters: Mapping[int, int], at: int) -> str:
        return printed(counters.get(at, levels[at].start), levels[at].style) if at in levels else ""

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
        name = attribute(element, "text:style-name")
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
            name = name_of(one)
            if name in ("text:change-start", "text:change-end"):
                change = {attribute(one, "text:change-id") or ""} & self._deleted
                self._inside = self._inside | change if name == "text:change-start" else self._inside - change
            elif name == "text:s":
                pieces.append((" " * min(200, int(attribute(one, "text:c") or 1)), reason))
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
                pieces.append((attribute(one, "text:string-value") or "".join(map(str, one.itertext())), "hidden"))
            elif name not in _SKIPPED and name:
                self._inline(one, reason or self._unshown(one), pieces, below, depth + 1)
            pieces.append((_spaced(one.tail), reason or self._gone()))

    def _gone(self) -> str | None:
        return "hidden" if self._inside else None

    def _note(self, note: _Element, depth: int) -> Iterator[Block]:
        for child in note:
            if name_of(child) == "text:note-body":
                yield from self.blocks(child, depth + 1)

    def _table(self, table: _Element, depth: int) -> Iterator[Block]:
        cells: list[Cell] = []
        apart: list[Block] = []
        for number, row in enumerate(table_rows(table)):
            column = 0
            for cell in row:
                if name_of(cell) not in ("table:table-cell", "table:covered-table-cell"):
                    continue
                count = min(MOST_REPEATED, int(attribute(cell, "table:number-columns-repeated") or 1))
                if name_of(cell) == "table:table-cell":
                    inner = list(self.blocks(cell, depth + 1))
                    text = " ".join(block.text.strip() for block in inner if not block.reason and block.text.strip())
                    apart.extend(block for block in inner if block.reason)
                    rows, columns = (
                        int(attribute(cell, f"table:number-{what}-spanned") or 1) for what in ("rows", "columns")
                    )
                    cells.extend(Cell(text, number, column + at, rows, columns) for at in range(count))
                column += count
        for line in row_lines(cells):
            yield Block(line)
        yield from apart


def _deletions(changes: _Element) -> Iterator[str]:
    for region in changes:
        if any(name_of(child) == "text:deletion" for child in region):
            yield attribute(region, "text:id") or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""


def _spaced(text: str | None) -> str:
    """Characters as ODF reads them: a run of white space is one blank."""
    if not text:
        return ""
    inner = " ".join(text.split())
    return (" " if text[0].isspace() else "") + inner + (" " if inner and text[-1].isspace() else "")
