"""RTF (specification 1.9.1): the text as it prints, a paragraph or table row a line.

Automatic numbers stand in the file as printed (``\\listtext``). Hidden, struck and deleted text is furniture; running heads
are not read; notes and text boxes stand below their paragraph.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace

from summarizer.source.blocks import Block, row_lines, write_out
from summarizer.source.reader import Limits, ReadText
from summarizer.source.table_edges import CellEdge, EdgedRow, cells_by_edges
from summarizer.source.text import ReadingNote

__all__ = ["read_rtf"]

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z'])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\"
)
_CHARSETS = {134: "gb18030", 136: "big5hkscs", 128: "cp932", 129: "cp949", 204: "cp1251", 161: "cp1253", 222: "cp874"}
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8"}
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf fldinst "
    "annotation nonesttables listtable listoverridetable revtbl xe tc private themedata colorschememapping datastore "
    "generator filetbl rsidtbl mmathPr atnid atnauthor shprslt nonshppict bkmkstart bkmkend ftnsep ftnsepc aftnsep".split()
)
_READ_ALL_THE_SAME = frozenset("shppict shpinst shptxt nesttableprops ud listtext pntext fldrslt footnote".split())
_CHARACTERS = {
    "tab": "\t", "line": "\n", "emdash": "\u2014", "endash": "\u2013", "lquote": "\u2018", "rquote": "\u2019",
    "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022", "emspace": "\u3000", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOLS = {"~": "\u00a0", "_": "-", "\\": "\\", "{": "{", "}": "}", "\n": "\n", "\r": "\n"}
_DEPTH = 2000
_LABEL_GAP = re.compile(r"^\s*(\S{1,12}[、）)．.])\t")  # the tab that stands between an automatic number and the text


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits: where its text goes, and how it is decoded and shown."""

    where: str = "body"
    font: int = 0
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    fallback: int = 1
    """So many characters after a Unicode one repeat it for old readers."""


@dataclass
class _Paragraph:
    shown: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    below: list[Block] = field(default_factory=list)


def read_rtf(data: bytes, limits: Limits) -> ReadText:
    """The text of a file. Raises ``ValueError`` for one that is nested without end."""
    reader = _Rtf()
    reader.read(data)
    text, furniture = write_out(reader.blocks)
    notes = [ReadingNote("unread", f"{reader.pictures} picture(s) not read")] if reader.pictures else []
    return ReadText(text, furniture, f"{reader.page} in RTF", notes=tuple(notes))


class _Rtf:
    """Follows the control words of one file and collects its blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.pictures = 0
        self.page = "cp1252"
        self._state = _State()
        self._stack: list[_State] = []
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._fonts: dict[int, str] = {}
        self._defined_font = 0
        self._paragraph = _Paragraph()
        self._notes: list[list[str]] = []
        self._cells: list[str] = []
        self._inner_cells: list[str] = []
        self._edges: list[CellEdge] = []
        self._edge = CellEdge()
        self._rows: list[EdgedRow] = []
        self._in_table = False
        self._behind_table: list[Block] = []

    def read(self, data: bytes) -> None:
        """Go through the whole file."""
        position = 0
        while (match := _TOKEN.match(data, position)) is not None:
            position = match.end()
            if (word := match["word"]) is not None:
                name, number = word.decode("ascii"), int(match["number"]) if match["number"] else None
                if name == "bin":
                    position += max(0, number or 0)
                    continue
                self._word(name, number)
            elif (code := match["hex"]) is not None:
                self._byte(int(code, 16))
            elif (symbol := match["symbol"]) is not None:
                self._symbol(symbol.decode("latin-1"))
            elif (brace := match["brace"]) is not None:
                self._brace(brace == b"{")
            elif (text := match["text"]) is not None:
                self._raw(text)
        self._flush()
        self._end_paragraph(last=True)
        self._end_table()

    def _brace(self, opening: bool) -> None:
        self._flush()
        self._skip = 0
        if opening:
            if len(self._stack) >= _DEPTH:
                raise ValueError("groups nested deeper than a document is")
            self._stack.append(self._state)
        elif self._stack:
            before = self._state
            self._state = self._stack.pop()
            if before.where == "note" and self._state.where != "note":
                text = " ".join("".join(self._notes.pop()).split()) if self._notes else ""
                if text:
                    self._paragraph.below.append(Block(text, "note", "a footnote"))
        self._starred = False

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._starred = True
        elif symbol in _SYMBOLS:
            self._write(_SYMBOLS[symbol])

    def _raw(self, text: bytes) -> None:
        skipped = min(self._skip, len(text))
        self._skip -= skipped
        if self._state.where == "fonts":
            return
        self._bytes += text[skipped:]

    def _byte(self, value: int) -> None:
        if self._skip:
            self._skip -= 1
        else:
            self._bytes.append(value)

    def _flush(self) -> None:
        """Decode the bytes collected so far in the code page of their font."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            page = self._fonts.get(self._state.font, self.page)
            self._write(data.decode(page, "replace"))

    def _write(self, text: str) -> None:
        if self._bytes:
            self._flush()
        state = self._state
        if state.where == "skipped" or state.where == "fonts":
            return
        if state.where == "note":
            self._notes[-1].append(text)
        elif state.hidden or state.struck or state.deleted:
            self._paragraph.unseen.append(text)
        else:
            self._paragraph.shown.append(text)

    def _word(self, name: str, number: int | None) -> None:
        self._flush()
        starred, self._starred = self._starred, False
        on = number != 0
        state = self._state
        if name in _SKIPPED:
            self.pictures += name == "pict" and state.where == "body"
            self._state = replace(state, where="fonts" if name == "fonttbl" else "skipped")
        elif starred and name not in _READ_ALL_THE_SAME:
            self._state = replace(state, where="skipped")
        elif name == "footnote":
            self._notes.append([])
            self._state = replace(state, where="note")
        elif name == "upr":
            self._state = replace(state, where="skipped")
        elif name == "ud":
            self._state = replace(state, where="body")
        elif name == "u" and number is not None:
            self._unicode(number)
        elif name in _CHARACTERS:
            self._write(_CHARACTERS[name])
        elif state.where == "body" and self._table(name, number):
            pass
        elif name in ("par", "sect", "page") and state.where == "note":
            self._notes[-1].append(" ")
        elif name in ("par", "sect", "page") and state.where == "body":
            self._end_paragraph()
        else:
            self._format(name, number, on)

    def _format(self, name: str, number: int | None, on: bool) -> None:
        state = self._state
        match name:
            case "f":
                if state.where == "fonts":
                    self._defined_font = number or 0
                self._state = replace(state, font=number or 0)
            case "fcharset" if state.where == "fonts":
                if number in _CHARSETS:
                    self._fonts[self._defined_font] = _CHARSETS[number]
            case "ansicpg":
                self.page = _page(number or 1252)
            case "uc":
                self._state = replace(state, fallback=number if number is not None else 1)
            case "plain":
                self._state = replace(state, hidden=False, struck=False, deleted=False)
            case "v":
                self._state = replace(state, hidden=on)
            case "strike" | "striked":
                self._state = replace(state, struck=on)
            case "deleted":
                self._state = replace(state, deleted=on)

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        previous = self._paragraph.shown[-1:] if not self._state.hidden else []
        if 0xDC00 <= code <= 0xDFFF and previous and previous[0] and 0xD800 <= ord(previous[0][-1]) <= 0xDBFF:
            high = ord(self._paragraph.shown.pop())
            self._write(chr(0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)))
        else:
            self._write(chr(code))
        self._skip = self._state.fallback

    def _table(self, name: str, number: int | None) -> bool:
        """Follow a word of table structure; False when it is none."""
        match name:
            case "pard":
                self._in_table = False
            case "intbl":
                self._in_table = True
            case "trowd":
                self._edges, self._edge = [], CellEdge()
            case "clvmrg":
                self._edge = replace(self._edge, goes_on_above=True)
            case "clmrg":
                self._edge = replace(self._edge, goes_on_left=True)
            case "cellx":
                self._edges.append(replace(self._edge, right=number or 0))
                self._edge = CellEdge()
            case "nestcell":
                self._inner_cells.append(self._taken(self._behind_table))
            case "cell":
                inner = [*self._inner_cells, self._taken(self._behind_table)]
                self._inner_cells = []
                self._cells.append(" ".join(" ".join(inner).split()))
            case "row":
                if self._cells:
                    self._rows.append(EdgedRow(tuple(self._cells), tuple(self._edges)))
                self._cells = []
            case _:
                return False
        return True

    def _taken(self, behind: list[Block]) -> str:
        """The paragraph so far; what is unseen of it, and its notes, go ``behind``."""
        paragraph, self._paragraph = self._paragraph, _Paragraph()
        unseen = " ".join("".join(paragraph.unseen).split())
        if unseen:
            behind.append(Block(unseen, "hidden", "hidden, struck or deleted text"))
        behind.extend(paragraph.below)
        shown = "".join(paragraph.shown).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return _LABEL_GAP.sub(r"\1", shown)

    def _end_paragraph(self, *, last: bool = False) -> None:
        if self._in_table and not last:
            self._paragraph.shown.append(" ")  # the cell goes on behind it
            return
        behind: list[Block] = []
        text = self._taken(behind)
        self._end_table()
        if not last or text.strip():
            self.blocks.extend(Block(line) for line in text.split("\n"))
        self.blocks.extend(behind)

    def _end_table(self) -> None:
        """Write the rows collected so far."""
        if self._rows:
            self.blocks.extend(Block(line) for line in row_lines(cells_by_edges(self._rows)))
        self.blocks.extend(self._behind_table)
        self._rows, self._behind_table = [], []


def _page(number: int) -> str:
    page = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(page).name
    except LookupError:
        return "cp1252"
