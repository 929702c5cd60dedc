"""The structures of a binary Word file ([MS-DOC] 2.4 to 2.9): its header, its pieces of text, the properties of runs."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Header", "Piece", "Properties", "changes", "pieces", "property_runs"]

_IDENTITY = 0xA5EC
_OLDEST = 0x00C1  # Word 97
_PAGE = 512
_MOST_PIECES = 1_000_000

_Change = tuple[int, bytes]
"""A property modifier (sprm) and its operand."""


@dataclass(frozen=True)
class Header:
    """The file information block: lengths of the parts of the text in characters, and where tables lie."""

    table_name: str
    main: int
    footnotes: int
    headers: int
    macros: int
    comments: int
    endnotes: int
    text_boxes: int
    places: tuple[tuple[int, int], ...]

    @classmethod
    def read(cls, data: bytes) -> Header:
        """Raises ``ValueError`` for what is no Word 97 or later, and for an encrypted file."""
        if len(data) < 900 or struct.unpack_from("<H", data)[0] != _IDENTITY:
            raise ValueError("not a Word document inside")
        version, flags = struct.unpack_from("<H", data, 2)[0], struct.unpack_from("<H", data, 10)[0]
        if flags & 0x0100:
            raise ValueError("encrypted: a password is needed; save it without one")
        if version < _OLDEST:
            raise ValueError("a document of Word 6 or 95")
        main, footnotes, headers, macros, comments, endnotes, boxes = struct.unpack_from("<7i", data, 0x4C)
        count = struct.unpack_from("<H", data, 0x98)[0]
        pairs = struct.unpack_from(f"<{2 * count}I", data, 0x9A)
        places = tuple(zip(pairs[::2], pairs[1::2], strict=True))
        name = "1Table" if flags & 0x0200 else "0Table"
        return cls(name, main, footnotes, headers, macros, comments, endnotes, boxes, places)

    def table(self, number: int, data: bytes) -> bytes:
        """The bytes of a structure in the table stream; empty when the file has none."""
        if number >= len(self.places):
            return b""
        start, size = self.places[number]
        return data[start : start + size]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: its first character, where its bytes lie, its characters, and changes for all of it."""

    start: int
    offset: int
    width: int
    text: str
    changes: tuple[_Change, ...]


def pieces(clx: bytes, data: bytes) -> Iterator[Piece]:
    """The pieces in order ([MS-DOC] 2.9.38). Raises ``ValueError`` for a damaged table."""
    position = 0
    groups: list[bytes] = []
    while position < len(clx) and clx[position] == 1:
        size = struct.unpack_from("<H", clx, position + 1)[0]
        groups.append(clx[position + 3 : position + 3 + size])
        position += 3 + size
    if position + 5 > len(clx) or clx[position] != 2:
        raise ValueError("the table of its pieces is damaged")
    table = clx[position + 5 : position + 5 + struct.unpack_from("<I", clx, position + 1)[0]]
    count = (len(table) - 4) // 12
    if not 0 < count <= _MOST_PIECES:
        raise ValueError("the table of its pieces is damaged")
    starts = struct.unpack_from(f"<{count + 1}I", table)
    for number in range(count):
        where, modifier = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * number + 2)
        length = starts[number + 1] - starts[number]
        if length < 0:
            raise ValueError("the table of its pieces is damaged")
        narrow = bool(where & 0x40000000)
        offset = (where & 0x3FFFFFFF) // 2 if narrow else where & 0x3FFFFFFF
        raw = data[offset : offset + length * (1 if narrow else 2)]
        # A character is a UTF-16 unit here, as positions count them; pairs are joined when the text is put together.
        text = raw.decode("cp1252", "replace") if narrow else _units(raw)
        yield Piece(starts[number], offset, 1 if narrow else 2, text, _piece_changes(modifier, groups))


def _units(raw: bytes) -> str:
    count = len(raw) // 2
    return "".join(map(chr, struct.unpack_from(f"<{count}H", raw)))


_SHORT_CHANGES = {0x41: 0x0800, 0x42: 0x0801, 0x57: 0x0837, 0x5C: 0x083C}


def _piece_changes(modifier: int, groups: list[bytes]) -> tuple[_Change, ...]:
    if modifier & 1:
        index = modifier >> 1
        return tuple(changes(groups[index])) if index < len(groups) else ()
    sprm = _SHORT_CHANGES.get((modifier >> 1) & 0x7F)
    return ((sprm, bytes([modifier >> 8])),) if sprm else ()


_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}


def changes(group: bytes) -> Iterator[_Change]:
    """The property modifiers of a group ([MS-DOC] 2.6), as far as it is whole."""
    position = 0
    while position + 2 <= len(group):
        sprm = struct.unpack_from("<H", group, position)[0]
        position += 2
        size = _SIZES.get(sprm >> 13)
        if size is None:
            if sprm == 0xD608 and position + 2 <= len(group):
                size = struct.unpack_from("<H", group, position)[0] + 1
            elif position < len(group):
                size = group[position] + 1
            else:
                return
        yield sprm, group[position : position + size]
        position += size


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    style: int
    changes: tuple[_Change, ...]


class Properties:
    """Property runs by file offset."""

    def __init__(self, runs: list[_Run]) -> None:
        self._runs = sorted(runs, key=lambda run: run.start)
        self._starts = [run.start for run in self._runs]

    def at(self, offset: int) -> tuple[int, tuple[_Change, ...]]:
        """The style and the changes of the byte at an offset."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._runs[index].end:
            return self._runs[index].style, self._runs[index].changes
        return 0, ()

    def edges(self, start: int, end: int) -> list[int]:
        """The offsets between two at which the properties change, with both."""
        low, high = bisect_right(self._starts, start), bisect_right(self._starts, end - 1)
        return [start, *self._starts[low:high], end]


def property_runs(plex: bytes, data: bytes, *, paragraphs: bool) -> Properties:
    """The runs of all pages that a plex names ([MS-DOC] 2.9.33, 2.9.175)."""
    runs: list[_Run] = []
    count = (len(plex) - 4) // 8
    for number in range(max(0, count)):
        page = struct.unpack_from("<I", plex, 4 * (count + 1) + 4 * number)[0] & 0x3FFFFF
        block = data[page * _PAGE : (page + 1) * _PAGE]
        if len(block) == _PAGE:
            runs.extend(_page_runs(block, paragraphs))
    return Properties(runs)


def _page_runs(block: bytes, paragraphs: bool) -> Iterator[_Run]:
    count = block[-1]
    step = 13 if paragraphs else 1
    if 4 * (count + 1) + step * count > _PAGE:
        return
    offsets = struct.unpack_from(f"<{count + 1}I", block)
    for number in range(count):
        at = 2 * block[4 * (count + 1) + step * number]
        style, group = 0, b""
        if at:
            if paragraphs:
                size = block[at]
                begin, length = (at + 2, 2 * block[at + 1]) if size == 0 and at + 1 < _PAGE else (at + 1, 2 * size - 1)
                body = block[begin : begin + length]
                if len(body) >= 2:
                    style, group = struct.unpack_from("<H", body)[0], body[2:]
            else:
                group = block[at + 1 : at + 1 + block[at]]
        yield _Run(offsets[number], offsets[number + 1], style, tuple(changes(group)))
