"""From bytes to characters: which encoding a plain text is in, and why.

The order follows how such files are made: a byte order mark decides; zero bytes tell of UTF-32 and UTF-16 without a mark;
what is UTF-8 but for a few places is UTF-8 (other encodings are valid UTF-8 only by accident, and never over hundreds of
Chinese characters); then the declared charset against GB18030 and Big5 by which of them reads as common Chinese.

A file with a bad byte, or cut inside a character, is read: the place stands as U+FFFD in the text, where the quality flags
find it. A file with many such places is in none of these encodings and is refused.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode"]

# UTF-32 before UTF-16: its little-endian mark begins with that of UTF-16.
_MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)
# gb2312 and gbk are subsets of gb18030, and pages that declare them use characters beyond them.
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "gb-2312": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "hz-gb-2312": "hz",
    "big5-hkscs": "big5hkscs",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "cp950": "big5hkscs",
}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,8}=\s{0,8}["']?\s{0,8}([A-Za-z0-9_.:-]{2,20})""", re.IGNORECASE)
_DECLARATION_BYTES = 4096
_META = re.compile(rb"<meta\b", re.IGNORECASE)
_META_BYTES = 300  # a <meta> element is no longer than this up to its charset
_META_ELEMENTS = 200
# The commonest characters of official prose in either script; a wrong decoding yields rare ones instead.
_COMMON = frozenset("的一是在和了有为以会全加工作中国人民发展建设推进实施重点年月日為會發實點進國務與業體區縣強學")
_CHINESE = ("gb18030", "big5hkscs")
_LOST = "\ufffd"
_FEW = 3  # so many unreadable places may stand in any text, in a long one
_FEW_SHARE = 0.01  # this share of its characters
_VALID_SHARE = 2  # valid characters beyond ASCII for each unreadable place of a UTF-8 file
_AS_GOOD = 0.7  # a declared charset is believed while it reads this well beside the best other one


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding that gave it; ``note`` says how it was found, and how many places could not be read."""

    text: str
    encoding: str
    note: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode a whole file; no character is changed and no newline translated.

    ``declared`` is a charset named outside the bytes. Raises ``UnicodeDecodeError`` when no encoding fits.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _decoded(data.decode(encoding, errors="replace"), name, "byte order mark")
    if wide := _wide_without_mark(data):
        return _decoded(data.decode(wide, errors="replace"), wide, f"zero bytes of {wide.upper()[:6]}")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError as error:
        broken = error
    text = data.decode("utf-8", errors="replace")
    if _mostly_utf8(text):
        return _decoded(text, "utf-8", "UTF-8")
    return _chinese(data, declared or _declared_inside(data), broken)


def _decoded(text: str, encoding: str, how: str) -> Decoded:
    bad = text.count(_LOST)
    return Decoded(text, encoding, f"{how} with {bad} unreadable places" if bad else how)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-32 or UTF-16 known by where its zero bytes stand: line breaks, digits and ASCII leave them on one side only."""
    head = data[:4096]
    head = head[: len(head) // 4 * 4]
    if len(head) < 8:
        return None
    zeros = [head[place::4].count(0) for place in range(4)]
    quarter = len(head) // 4
    if zeros[3] == quarter and zeros[2] >= 0.9 * quarter:
        return "utf-32-le"
    if zeros[0] == quarter and zeros[1] >= 0.9 * quarter:
        return "utf-32-be"
    low, high = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if low == high or max(low, high) < 2:
        return None
    encoding = "utf-16-le" if high > low else "utf-16-be"
    # A stray zero byte in a file of another encoding leaves rare characters when it is read two bytes a character.
    text = head.decode(encoding, errors="replace")
    plain = sum(character in _COMMON or "\t" <= character < "\u0100" for character in text)
    return encoding if plain >= 0.1 * len(text) and text.count(_LOST) <= 1 else None


def _mostly_utf8(text: str) -> bool:
    """A UTF-8 file with bad bytes or cut inside a character: hardly any of its bytes beyond ASCII fail."""
    bad = text.count(_LOST)
    beyond = sum(character > "\x7f" for character in text) - bad
    return bad <= max(_FEW, _FEW_SHARE * len(text)) and beyond >= _VALID_SHARE * bad


def _chinese(data: bytes, declared: str | None, broken: UnicodeDecodeError) -> Decoded:
    """The declared charset unless one of the Chinese ones reads much better: pages declare iso-8859-1 and hold GBK."""
    encoding = _ALIASES.get(declared.lower(), declared.lower()) if declared else None
    named = _read(data, encoding) if encoding else None
    found = {name: text for name in _CHINESE if (text := _read(data, name)) is not None}
    best = max(found, key=lambda name: _commonness(found[name]), default=None)
    if encoding and named is not None:
        good = _commonness(named)
        if best is None or good >= _AS_GOOD * _commonness(found[best]):
            return _decoded(named, encoding, f"declared as {declared}")
    if best is None:
        raise broken
    return _decoded(found[best], best, "not UTF-8; reads as Chinese in this encoding")


def _declared_inside(data: bytes) -> str | None:
    """The charset that the file itself names: near its beginning, or in a ``<meta>`` that a page carries later."""
    found = _DECLARED.search(data, 0, _DECLARATION_BYTES)
    if found is None:
        for count, meta in enumerate(_META.finditer(data, _DECLARATION_BYTES)):
            found = _DECLARED.search(data, meta.start(), meta.end() + _META_BYTES)
            if found or count >= _META_ELEMENTS:
                break
    return found.group(1).decode("ascii").lower() if found else None


def _read(data: bytes, encoding: str) -> str | None:
    """The text in this encoding, with the few places that do not fit as U+FFFD; ``None`` when they are many."""
    try:
        text = data.decode(encoding, errors="replace")
    except LookupError:
        return None
    return text if text.count(_LOST) <= max(_FEW, _FEW_SHARE * len(text)) else None


def _commonness(text: str) -> float:
    sample = text[:20_000]
    return sum(character in _COMMON for character in sample) / max(1, len(sample))
