"""From a binary Word file to lines of text: changes accepted, fields by their results, numbers written out, tables as rows."""

from __future__ import annotations

import io
import itertools
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import olefile

from summarizer.source.blocks import Block, row_lines, write_out
from summarizer.source.old_word.binary import Header, Piece, pieces, property_runs
from summarizer.source.old_word.lists import Lists
from summarizer.source.old_word.styles import NIL, Style, styles
from summarizer.source.reader import Limits, ReadText
from summarizer.source.table_edges import CellEdge, EdgedRow, cells_by_edges
from summarizer.source.text import ReadingNote

__all__ = ["read_old_word"]

# Places of the tables in the header ([MS-DOC] 2.5.6).
_STYLES, _CHARACTER_RUNS, _PARAGRAPH_RUNS, _CLX, _DEFINITIONS, _LISTS = 1, 12, 13, 33, 73, 74
_DELETED, _STRUCK, _HIDDEN, _STRUCK_TWICE, _CHARACTER_STYLE = 0x0800, 0x0837, 0x083C, 0x2A53, 0x4A30
_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x244B, 0x244C
_LEVEL, _LIST, _TABLE_SHAPE, _DEPTH = 0x260A, 0x460B, 0xD608, 0x6649
_FIELD_BEGIN, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_PARAGRAPH_ENDS = "\r\x07\x0c"
_WRITTEN = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\x1f": "", "\xa0": "\xa0", "\t": "\t"}


def read_old_word(data: bytes, limits: Limits) -> ReadText:
    """The text of a file. A version before Word 97 is read by LibreOffice where that is installed.

    Raises ``ValueError`` for an encrypted or damaged file.
    """
    try:
        return _read(data)
    except (struct.error, IndexError, OSError) as error:
        raise ValueError(f"a damaged document ({error})") from error
    except ValueError as error:
        if "encrypted" in str(error):
            raise
        from summarizer.source.libreoffice import read_converted

        return read_converted(data, str(error), limits)


def _read(data: bytes) -> ReadText:
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        main = container.openstream("WordDocument").read()
        header = Header.read(main)
        if not container.exists(header.table_name):
            raise ValueError("a document without its table stream")
        table = container.openstream(header.table_name).read()
    document = _Document(header, main, table)
    text, furniture = write_out(document.blocks())
    return ReadText(text, furniture, "UTF-16", notes=document.notes())


@dataclass
class _Table:
    """The rows of the table that is being read, and what stands behind it."""

    rows: list[EdgedRow] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)

    def end(self) -> Iterator[Block]:
        """Write the table out and begin anew."""
        if self.cell or self.cells:
            self.rows.append(EdgedRow((*self.cells, " ".join(self.cell)), ()))
        yield from (Block(line) for line in row_lines(cells_by_edges(self.rows)))
        yield from self.behind
        self.rows, self.cells, self.cell, self.behind = [], [], [], []


class _Document:
    """One file's text with its properties."""

    def __init__(self, header: Header, main: bytes, table: bytes) -> None:
        self._header = header
        self._pieces = list(pieces(header.table(_CLX, table), main))
        self._characters = property_runs(header.table(_CHARACTER_RUNS, table), main, paragraphs=False)
        self._paragraphs = property_runs(header.table(_PARAGRAPH_RUNS, table), main, paragraphs=True)
        self._styles = styles(header.table(_STYLES, table))
        start, size = header.places[_DEFINITIONS] if len(header.places) > _LISTS else (0, 0)
        self._lists = Lists.read(table[start : start + size], table[start + size :], header.table(_LISTS, table))
        self._pictures = 0

    def notes(self) -> tuple[ReadingNote, ...]:
        """What is in the file and not in the text."""
        return (ReadingNote("unread", f"{self._pictures} picture(s) not read"),) if self._pictures else ()

    def blocks(self) -> Iterator[Block]:
        """The body, then text boxes, then notes."""
        head = self._header
        yield from self._part(0, head.main)
        behind = head.main + head.footnotes + head.headers + head.macros + head.comments
        boxes = behind + head.endnotes
        yield from (block for block in self._part(boxes, boxes + head.text_boxes) if block.text.strip())
        for start, size in ((head.main, head.footnotes), (behind, head.endnotes)):
            for block in self._part(start, start + size):
                if text := block.text.strip():
                    yield Block(text, "note", "a footnote")

    def _part(self, start: int, end: int) -> Iterator[Block]:
        shown: list[str] = []
        unseen: list[str] = []
        fields: list[bool] = []
        """For each open field, whether its result has begun."""
        table = _Table()
        for text, offset, is_unseen in self._segments(start, end):
            for place, character in enumerate(text):
                if character in (_FIELD_BEGIN, _FIELD_RESULT, _FIELD_END):
                    _follow(fields, character)
                elif character in _PARAGRAPH_ENDS:
                    paragraph, hidden = _joined(shown), " ".join(_joined(unseen).split())
                    shown, unseen = [], []
                    behind = [Block(hidden, "hidden", "hidden, struck or deleted text")] if hidden else []
                    width = self._width
                    yield from self._end(paragraph, behind, character, offset + place * width, table)
                elif all(fields):
                    self._pictures += character == "\x01"
                    written = _WRITTEN.get(character, character if character >= " " else "")
                    (unseen if is_unseen else shown).append(written)
        if shown:
            yield Block(_joined(shown))
        yield from table.end()

    _width = 1

    def _segments(self, start: int, end: int) -> Iterator[tuple[str, int, bool]]:
        """The text between two positions in stretches of the same properties: text, file offset, whether it is not shown."""
        for piece in self._pieces:
            low, high = max(start, piece.start), min(end, piece.start + len(piece.text))
            if low >= high:
                continue
            self._width = piece.width
            first = piece.offset + (low - piece.start) * piece.width
            last = piece.offset + (high - piece.start) * piece.width
            edges = self._characters.edges(first, last)
            for begin, stop in itertools.pairwise(edges):
                text = piece.text[(begin - piece.offset) // piece.width : (stop - piece.offset) // piece.width]
                if text:
                    yield text, begin, self._is_unseen(begin, piece)

    def _is_unseen(self, offset: int, piece: Piece) -> bool:
        """Whether a character is hidden, struck or deleted, by its paragraph's style, its own style and its own properties."""
        style, _ = self._paragraphs.at(offset)
        _, own = self._characters.at(offset)
        by_style = self._flags(style)
        state = dict(by_style)
        for sprm, operand in (*own, *piece.changes):
            if sprm == _CHARACTER_STYLE and len(operand) >= 2:
                state.update(self._flags(struct.unpack_from("<H", operand)[0]))
            elif sprm in (_DELETED, _STRUCK, _HIDDEN, _STRUCK_TWICE) and operand:
                value = operand[0]
                state[sprm] = by_style.get(sprm, False) ^ (value == 0x81) if value >= 0x80 else bool(value)
        return any(state.values())

    def _flags(self, number: int) -> dict[int, bool]:
        """What a style with its bases hides."""
        found: dict[int, bool] = {}
        for style in self._chain(number):
            for sprm, operand in style.character:
                if sprm in (_STRUCK, _HIDDEN, _STRUCK_TWICE) and operand and sprm not in found:
                    found[sprm] = operand[0] == 1
        return found

    def _chain(self, number: int) -> Iterator[Style]:
        seen: set[int] = set()
        while number != NIL and number not in seen and number in self._styles:
            seen.add(number)
            yield self._styles[number]
            number = self._styles[number].base

    def _end(self, text: str, behind: list[Block], mark: str, offset: int, table: _Table) -> Iterator[Block]:
        """A paragraph is whole: a line, a part of a cell, a cell, or the end of a row."""
        style, own = self._paragraphs.at(offset)
        properties = dict(own)
        if _is_on(properties, _ROW_END):
            if table.cells:
                table.rows.append(EdgedRow(tuple(table.cells), tuple(_edges(properties.get(_TABLE_SHAPE, b"")))))
            table.cells, table.cell = [], []
            return
        label = self._label(style, properties) if text.strip() else ""
        text = label + text
        if not _is_on(properties, _IN_TABLE):
            yield from table.end()
            yield from (Block(line) for line in text.split("\n"))
            yield from behind
            return
        table.behind.extend(behind)
        if line := " ".join(text.split()):
            table.cell.append(line)
        if mark == "\x07":
            table.cells.append(" ".join(table.cell))
            table.cell = []

    def _label(self, style: int, properties: dict[int, bytes]) -> str:
        """The automatic number of a paragraph, by its own properties before its style's."""
        number, level = properties.get(_LIST), properties.get(_LEVEL)
        for one in self._chain(style):
            inherited = dict(one.paragraph)
            number = inherited.get(_LIST) if number is None else number
            level = inherited.get(_LEVEL) if level is None else level
        if number is None or len(number) < 2:
            return ""
        return self._lists.label(struct.unpack_from("<h", number)[0], level[0] if level else 0)


def _follow(fields: list[bool], character: str) -> None:
    if character == _FIELD_BEGIN:
        fields.append(False)
    elif fields and character == _FIELD_RESULT:
        fields[-1] = True
    elif fields:
        fields.pop()


def _is_on(properties: dict[int, bytes], sprm: int) -> bool:
    operand = properties.get(sprm, b"")
    return bool(operand and operand[0])


def _joined(parts: Sequence[str]) -> str:
    """UTF-16 units as characters."""
    return "".join(parts).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _edges(shape: bytes) -> Iterator[CellEdge]:
    """The right edges of a row's cells ([MS-DOC] 2.9.321), and which of them continue others."""
    if len(shape) < 3:
        return
    count = shape[2]
    if len(shape) < 3 + 2 * (count + 1):
        return
    places = struct.unpack_from(f"<{count + 1}h", shape, 3)
    for number in range(count):
        at = 3 + 2 * (count + 1) + 20 * number
        flags = struct.unpack_from("<H", shape, at)[0] if at + 2 <= len(shape) else 0
        horizontal, vertical = flags & 0x3, flags >> 5 & 0x3
        yield CellEdge(places[number + 1], vertical == 1, horizontal == 1)
