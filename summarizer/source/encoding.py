"""From bytes to characters: which encoding a plain text is in, and why.

The order follows how such files are made: a byte order mark decides; valid UTF-8 is UTF-8 (other encodings are valid
UTF-8 only by accident, and never over hundreds of Chinese characters); then a declared charset; then GB18030 against
Big5 by which of them reads as common Chinese; UTF-16 without a mark by its zero bytes.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode"]

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# gb2312 and gbk are subsets of gb18030, and pages that declare them use characters beyond them.
_ALIASES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "big5-hkscs": "big5hkscs",
    "big5": "big5hkscs",
}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,20})""")
_DECLARATION_BYTES = 4096
# The commonest characters of official prose in either script; a wrong decoding yields rare ones instead.
_COMMON = frozenset("的一是在和了有为以会全加工作中国人民发展建设推进实施重点年月日會為發實點進國務與業體區縣強學")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding that gave it; ``note`` says how it was found, and how many bytes could not be read."""

    text: str
    encoding: str
    note: str


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Decode a whole file; no character is changed and no newline translated.

    ``declared`` is a charset named outside the bytes. Raises ``UnicodeDecodeError`` when no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding), "utf-8" if encoding == "utf-8-sig" else "utf-16", "byte order mark")
    wide = _utf16_without_mark(data)
    if wide:
        return Decoded(data.decode(wide), wide, "zero bytes of UTF-16")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError as error:
        broken = error
    named = declared or _declared_inside(data)
    if named and (text := _try(data, named)) is not None:
        return Decoded(text, _ALIASES.get(named, named), f"declared as {named}")
    candidates = [(name, text) for name in ("gb18030", "big5hkscs") if (text := _try(data, name)) is not None]
    if candidates:
        encoding, text = max(candidates, key=lambda pair: _commonness(pair[1]))
        return Decoded(text, encoding, "not UTF-8; reads as Chinese in this encoding")
    return _mostly_utf8(data, broken)


def _utf16_without_mark(data: bytes) -> str | None:
    head = data[:4096]
    if len(head) < 8 or len(data) % 2:
        return None
    # Line breaks, digits and ASCII spaces leave zero bytes on one side only; no other text encoding has any.
    low, high = head[0::2].count(0), head[1::2].count(0)
    if low == high or max(low, high) < 2:
        return None
    encoding = "utf-16-le" if high > low else "utf-16-be"
    return encoding if _try(data, encoding) is not None else None


def _declared_inside(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, _DECLARATION_BYTES)
    return found.group(1).decode("ascii").lower() if found else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(_ALIASES.get(encoding.lower(), encoding))
    except (UnicodeDecodeError, LookupError):
        return None


def _commonness(text: str) -> float:
    sample = text[:20_000]
    return sum(character in _COMMON for character in sample) / max(1, len(sample))


def _mostly_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded:
    """A UTF-8 page cut inside a character is still UTF-8; anything worse is refused."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if bad > max(3, len(text) // 100):
        raise error
    return Decoded(text, "utf-8", f"UTF-8 with {bad} unreadable places")
