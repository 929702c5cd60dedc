"""The styles of a binary Word file ([MS-DOC] 2.9.271): what they hide, and which list they number by."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from summarizer.source.old_word.binary import changes

__all__ = ["Style", "styles"]

_PARAGRAPH, _CHARACTER = 1, 2
NIL = 0x0FFF

Changes = tuple[tuple[int, bytes], ...]


@dataclass(frozen=True, slots=True)
class Style:
    """A style's base, and its changes to paragraphs and to characters."""

    base: int
    paragraph: Changes
    character: Changes


def styles(sheet: bytes) -> dict[int, Style]:
    """The styles by number, as far as the sheet is whole."""
    found: dict[int, Style] = {}
    if len(sheet) < 6:
        return found
    head = struct.unpack_from("<H", sheet)[0]
    count, base_size = struct.unpack_from("<HH", sheet, 2)
    position = 2 + head
    for number in range(count):
        if position + 2 > len(sheet):
            break
        size = struct.unpack_from("<H", sheet, position)[0]
        body = sheet[position + 2 : position + 2 + size]
        position += 2 + size
        if len(body) >= base_size + 2:
            found[number] = _style(body, base_size)
    return found


def _style(body: bytes, base_size: int) -> Style:
    kind_and_base, count_and_next = struct.unpack_from("<HH", body, 2)
    kind, base, parts = kind_and_base & 0xF, kind_and_base >> 4, count_and_next & 0xF
    position = base_size + 2 + 2 * struct.unpack_from("<H", body, base_size)[0] + 2
    groups: list[bytes] = []
    for _ in range(parts):
        if position + 2 > len(body):
            break
        size = struct.unpack_from("<H", body, position)[0]
        groups.append(body[position + 2 : position + 2 + size])
        position += 2 + size + size % 2
    paragraph = groups[0][2:] if kind == _PARAGRAPH and groups else b""
    character = (
        groups[1] if kind == _PARAGRAPH and len(groups) > 1 else groups[0] if kind == _CHARACTER and groups else b""
    )
    return Style(base, tuple(changes(paragraph)), tuple(changes(character)))
