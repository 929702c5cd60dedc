"""Automatic numbers of a binary Word file ([MS-DOC] 2.9.147 to 2.9.150), counted as Word counts them."""

from __future__ import annotations

import struct
from collections import defaultdict
from dataclasses import dataclass, field

from summarizer.source.word.numerals import printed

__all__ = ["Lists"]

_LEVELS = 9
_SIMPLE = 0x01
_STARTS, _FORMATS = 0x10, 0x20
# [MS-OSHARED] 2.2.1.3, by the names of the newer format.
_STYLES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    legal: bool
    no_restart: bool
    text: str


@dataclass(frozen=True, slots=True)
class _List:
    definition: int
    starts: dict[int, int]
    levels: dict[int, _Level]


@dataclass
class Lists:
    """Counts the numbers of one document, paragraph by paragraph, in the order of the document."""

    _definitions: dict[int, list[_Level]] = field(default_factory=dict)
    _lists: list[_List] = field(default_factory=list)
    _counters: dict[int, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def read(cls, definitions: bytes, behind: bytes, lists: bytes) -> Lists:
        """From the table of definitions, the bytes behind it (their levels) and the table of lists; damage costs numbers only."""
        try:
            return cls(_definitions(definitions, behind), _overrides(lists))
        except (struct.error, IndexError):
            return cls()

    def label(self, number: int, level: int) -> str:
        """The number printed before a paragraph of list ``number`` (from 1) at ``level`` (from 0), or an empty string."""
        if not 0 < number <= len(self._lists) or not 0 <= level < _LEVELS:
            return ""
        one = self._lists[number - 1]
        levels = self._definitions.get(one.definition, [])
        shape = one.levels.get(level) or (levels[level] if level < len(levels) else None)
        if shape is None:
            return ""
        counters = self._counters[one.definition]
        start = one.starts.get(level, shape.start)
        if level in one.starts and (number, level) not in self._begun:
            counters.pop(level, None)
        self._begun.add((number, level))
        counters[level] = counters.get(level, start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            if deeper >= len(levels) or not levels[deeper].no_restart:
                del counters[deeper]
        if shape.style == "bullet":
            return ""
        return "".join(self._piece(one, levels, counters, character, shape) for character in shape.text)

    def _piece(self, one: _List, levels: list[_Level], counters: dict[int, int], character: str, shape: _Level) -> str:
        at = ord(character)
        if at >= _LEVELS:
            return character
        upper = one.levels.get(at) or (levels[at] if at < len(levels) else shape)
        number = counters.get(at, one.starts.get(at, upper.start))
        return printed(number, "decimal" if shape.legal else upper.style)


def _definitions(table: bytes, behind: bytes) -> dict[int, list[_Level]]:
    found: dict[int, list[_Level]] = {}
    if len(table) < 2:
        return found
    position = 0
    for number in range(struct.unpack_from("<H", table)[0]):
        at = 2 + 28 * number
        identity, flags = struct.unpack_from("<i", table, at)[0], table[at + 26]
        levels: list[_Level] = []
        for _ in range(1 if flags & _SIMPLE else _LEVELS):
            level, position = _level(behind, position)
            levels.append(level)
        found[identity] = levels
    return found


def _level(data: bytes, position: int) -> tuple[_Level, int]:
    start, style, flags = struct.unpack_from("<iBB", data, position)
    characters, paragraph = data[position + 24], data[position + 25]
    at = position + 28 + paragraph + characters
    size = struct.unpack_from("<H", data, at)[0]
    text = data[at + 2 : at + 2 + 2 * size].decode("utf-16-le", "replace")
    shape = _Level(start, _STYLES.get(style, "decimal"), bool(flags & 0x04), bool(flags & 0x08), text)
    return shape, at + 2 + 2 * size


def _overrides(table: bytes) -> list[_List]:
    if len(table) < 4:
        return []
    count = struct.unpack_from("<I", table)[0]
    found: list[_List] = []
    position = 4 + 16 * count
    for number in range(min(count, len(table) // 16)):
        definition, levels = struct.unpack_from("<i8xB", table, 4 + 16 * number)
        position += 4
        starts: dict[int, int] = {}
        shapes: dict[int, _Level] = {}
        for _ in range(levels):
            start, flags = struct.unpack_from("<iI", table, position)
            position += 8
            if flags & _STARTS:
                starts[flags & 0xF] = start
            if flags & _FORMATS:
                shapes[flags & 0xF], position = _level(table, position)
        found.append(_List(definition, starts, shapes))
    return found
